// The view and the page's address say the same.

import { useEffect, useState } from "preact/hooks";
import { levelsFor } from "./katalog.ts";
import { readLink, writeLink } from "./view.ts";
import type { View } from "./view.ts";

const WRITE_PAUSE_MS = 200;

interface Address {
  view: View;
  setView: (f: (t: View) => View) => void;
  change: (changes: Partial<View>) => void;
}

/** `onOpened`: somebody wrote or chose another address of this page. */
export function useAddress(onOpened: (t: View) => void): Address {
  const [view, setView] = useState<View>(() => readLink(location.hash));
  useEffect(() => {
    const timer = setTimeout(() => history.replaceState(null, "", `#${writeLink(view)}`), WRITE_PAUSE_MS);
    return () => clearTimeout(timer);
  }, [view]);
  useEffect(() => {
    const open = () => {
      const given = readLink(location.hash);
      setView((t) => ({ ...given, wilayah: given.wilayah || t.wilayah, level: given.level || t.level, data: given.data || t.data, periode: given.periode || t.periode }));
      onOpened(given);
    };
    addEventListener("hashchange", open);
    return () => removeEventListener("hashchange", open);
  }, [onOpened]);
  return { view, setView, change: (changes) => setView((t) => tidy({ ...t, ...changes })) };
}

// A region is never shown by a level above its own.
function tidy(t: View): View {
  const allowed = levelsFor(t.wilayah);
  return t.level === "" || t.wilayah === "" || allowed.includes(t.level) ? t : { ...t, level: allowed[1] ?? allowed[0] ?? "" };
}
