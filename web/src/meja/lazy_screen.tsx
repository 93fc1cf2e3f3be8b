/** @jsxImportSource preact */
// Screens that are loaded when they are opened, so that the first one stays light.

import type { ComponentType } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { Failure } from "../hub/fetch.ts";
import { ErrorNotice, Loading } from "../hub/notices.tsx";
import type { ScreenProps } from "./screens.ts";

/** A screen whose code comes by `load`; `title`: its heading until it is there. */
export function lazyScreen(title: string, load: () => Promise<ComponentType<ScreenProps>>): ComponentType<ScreenProps> {
  let loaded: ComponentType<ScreenProps> | null = null;
  return function Lazy(props: ScreenProps) {
    const [View, setView] = useState<ComponentType<ScreenProps> | null>(() => loaded);
    const [error, setError] = useState<Failure | null>(null);
    const wasAtHeading = useRef(false); // whoever was put at the beginning of the page stays there
    const fetchIt = () => {
      setError(null);
      load().then(
        (view) => {
          loaded = view;
          wasAtHeading.current = document.activeElement?.matches("main h1") === true;
          setView(() => view);
        },
        () => setError(new Failure("Layar ini belum termuat.", "Periksa sambungan, lalu coba lagi.", 0)),
      );
    };
    useEffect(() => {
      if (View === null) fetchIt();
    }, []);
    useEffect(() => {
      if (View !== null && wasAtHeading.current) document.querySelector<HTMLElement>("main h1")?.focus();
    }, [View]);
    if (View !== null) return <View {...props} />;
    return (
      <>
        <h1 tabIndex={-1}>{title}</h1>
        {error === null ? <Loading what={title.toLowerCase()} /> : <ErrorNotice error={error} retry={fetchIt} />}
      </>
    );
  };
}
