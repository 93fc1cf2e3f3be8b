// Single keys that do something on a screen; not while somebody types, and not at all where they were switched off.

import { useLayoutEffect, useRef, useState } from "preact/hooks";

const OFF = "hub.tanpa-pintasan";

const isTyping = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement && (target.isContentEditable || target.matches("input:not([type=checkbox]), textarea, select"));

/** `keys`: by the small letter. */
export function useKeys(keys: Record<string, () => void>): { isOn: boolean; switchKeys: () => void } {
  const [isOn, setOn] = useState(() => localStorage.getItem(OFF) === null);
  const current = useRef(keys);
  current.current = keys;
  // at once: whoever has just switched them on may press one
  useLayoutEffect(() => {
    if (!isOn) return;
    const press = (e: KeyboardEvent) => {
      if (e.ctrlKey || e.metaKey || e.altKey || e.repeat || isTyping(e.target) || document.querySelector("dialog[open]") !== null) return;
      const act = current.current[e.key.toLowerCase()];
      if (act === undefined) return;
      e.preventDefault();
      act();
    };
    addEventListener("keydown", press);
    return () => removeEventListener("keydown", press);
  }, [isOn]);
  const switchKeys = () => {
    if (isOn) localStorage.setItem(OFF, "ya");
    else localStorage.removeItem(OFF);
    setOn(!isOn);
  };
  return { isOn, switchKeys };
}
