/** @jsxImportSource preact */
// A box to type in and a list to choose from: the ARIA combobox with a listbox, by keyboard, mouse and touch.

import type { ComponentChildren } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";

export interface Choice {
  key: string;
  label: string;
  sub?: string;
  group?: string;
  faded?: boolean; // nothing to see there
}

interface Props {
  id: string;
  label: string;
  placeholder: string;
  text: string;
  choices: readonly Choice[];
  chosen?: string;
  message?: string | undefined; // said in place of an empty list
  onText: (text: string) => void;
  onChoose: (key: string) => void;
  onClose?: () => void;
  icon?: ComponentChildren;
}

export function Combobox({ id, label, placeholder, text, choices, chosen, message, onText, onChoose, onClose, icon }: Props) {
  const [isOpen, setOpen] = useState(false);
  const [active, setActive] = useState(-1);
  const list = useRef<HTMLUListElement>(null);
  const activeIndex = Math.min(active, choices.length - 1);

  useEffect(() => {
    list.current?.querySelector('[data-aktif="ya"]')?.scrollIntoView({ block: "nearest" });
  }, [activeIndex, isOpen]);

  const close = () => {
    setOpen(false);
    setActive(-1);
    onClose?.();
  };
  const choose = (index: number) => {
    const choice = choices[index];
    if (choice === undefined) return;
    onChoose(choice.key);
    close();
  };
  const begin = () => {
    setOpen(true);
    setActive(choices.findIndex((b) => b.key === chosen));
  };
  const onKey = (e: KeyboardEvent) => {
    const step = { ArrowDown: 1, ArrowUp: -1, PageDown: 8, PageUp: -8 }[e.key];
    if (step !== undefined) {
      e.preventDefault();
      if (!isOpen) begin();
      else setActive((n) => Math.max(0, Math.min(choices.length - 1, n + step)));
    } else if (e.key === "Enter" && isOpen) {
      e.preventDefault();
      choose(activeIndex < 0 ? 0 : activeIndex);
    } else if (e.key === "Escape" && isOpen) {
      e.preventDefault();
      close();
    } else if (e.key === "Tab") close();
  };

  let group: string | undefined;
  const isShown = isOpen && (choices.length > 0 || message !== undefined);
  return (
    <div class="kotak-pilih">
      <label for={id}>{label}</label>
      <div class="isian">
        {icon}
        <input
          id={id}
          role="combobox"
          type="text"
          autocomplete="off"
          spellcheck={false}
          placeholder={placeholder}
          value={text}
          aria-expanded={isShown}
          aria-controls={`${id}-daftar`}
          aria-autocomplete="list"
          aria-activedescendant={isOpen && activeIndex >= 0 ? `${id}-${activeIndex}` : undefined}
          onFocus={(e) => e.currentTarget.select()}
          onClick={() => !isOpen && begin()}
          onInput={(e) => {
            onText(e.currentTarget.value);
            setOpen(true);
            setActive(0);
          }}
          onKeyDown={onKey}
          onBlur={close}
        />
      </div>
      <ul id={`${id}-daftar`} role="listbox" aria-label={label} ref={list} hidden={!isShown} onMouseDown={(e) => e.preventDefault()}>
        {isShown && choices.length === 0 && (
          <li class="pesan" role="option" aria-disabled="true" aria-selected="false">
            {message}
          </li>
        )}
        {isShown &&
          choices.map((b, i) => {
            const title = b.group !== undefined && b.group !== group ? b.group : undefined;
            group = b.group;
            return (
              <>
                {title !== undefined && (
                  <li class="kelompok" role="presentation">
                    {title}
                  </li>
                )}
                {/* oxlint-disable-next-line jsx-a11y/click-events-have-key-events -- the keys are the text box's, which keeps the focus */}
                <li
                  id={`${id}-${i}`}
                  role="option"
                  aria-selected={b.key === chosen}
                  data-aktif={i === activeIndex ? "ya" : "tidak"}
                  class={b.faded === true ? "pudar" : ""}
                  onClick={() => choose(i)}
                >
                  <span>{b.label}</span>
                  {b.sub !== undefined && <small>{b.sub}</small>}
                </li>
              </>
            );
          })}
      </ul>
    </div>
  );
}
