/** @jsxImportSource preact */
// A screen that is loaded when it is first opened; the service worker keeps it from the first visit on.

import type { ComponentType } from "preact";
import { useEffect, useState } from "preact/hooks";
import { Failure } from "../hub/fetch.ts";
import { ErrorNotice, Loading } from "../hub/notices.tsx";
import type { ScreenProps } from "./screens.ts";

/** `load`: imports the screen's module and picks its component. */
export function lazyScreen(title: string, load: () => Promise<ComponentType<ScreenProps>>): ComponentType<ScreenProps> {
  let loaded: ComponentType<ScreenProps> | null = null;
  return function LazyScreen({ parts }: ScreenProps) {
    const [View, setView] = useState<{ of: ComponentType<ScreenProps> } | null>(loaded === null ? null : { of: loaded });
    const [hasFailed, setFailed] = useState(false);
    const fetchIt = () => {
      setFailed(false);
      load().then(
        (component) => {
          loaded = component;
          setView({ of: component });
        },
        () => setFailed(true),
      );
    };
    useEffect(() => {
      if (View === null) fetchIt();
      // whoever was put at this title is put at that of the screen
      else if (document.activeElement === document.body) document.querySelector<HTMLElement>("main h1")?.focus({ preventScroll: true });
    }, [View]);
    if (View !== null) return <View.of parts={parts} />;
    return (
      <>
        <h1 tabIndex={-1}>{title}</h1>
        {hasFailed ? <ErrorNotice error={new Failure("Halaman ini belum termuat.", "Periksa sambungan, lalu coba lagi.", 0)} retry={fetchIt} /> : <Loading what="halaman" />}
      </>
    );
  };
}
