/** @jsxImportSource preact */
// A screen that is loaded when it is first opened; the service worker keeps it from the first visit on.

import type { ComponentType } from "preact";
import { useEffect, useState } from "preact/hooks";
import { Failure } from "../hub/fetch.ts";
import { ErrorNotice, Loading } from "../hub/notices.tsx";
import { counted } from "../hub/quiet.ts";
import type { AskFirst } from "./early.ts";
import type { ScreenProps } from "./screens.ts";
import { useDesk } from "./use_session.ts";

/** `prefetch`: begins to load it before it is shown, so that on a slow line its code and the answer to "who is this?" come side by side. */
export type LazyScreen = ComponentType<ScreenProps> & { prefetch: () => void };

interface Beside {
  asking?: () => Promise<AskFirst>;
  more?: () => Promise<unknown>;
}

/** `load`: imports the screen's module and picks its component. `asking`: imports what asks its first question, a small part that is there
 * sooner; `more`: imports what the screen itself loads as soon as it is there. */
export function lazyScreen(title: string, load: () => Promise<ComponentType<ScreenProps>>, { asking, more }: Beside = {}): LazyScreen {
  let loaded: ComponentType<ScreenProps> | null = null;
  function View({ parts }: ScreenProps) {
    const [screen, setScreen] = useState<{ of: ComponentType<ScreenProps> } | null>(loaded === null ? null : { of: loaded });
    const [hasFailed, setFailed] = useState(false);
    const desk = useDesk();
    const fetchIt = () => {
      setFailed(false);
      load().then(
        (component) => {
          loaded = component;
          setScreen({ of: component });
        },
        () => setFailed(true),
      );
    };
    useEffect(() => {
      if (screen === null) {
        fetchIt();
        asking?.().then(
          (askFirst) => loaded === null && askFirst(desk, parts),
          () => null, // then the screen asks
        );
      }
      // whoever was put at this title is put at that of the screen
      else if (document.activeElement === document.body) document.querySelector<HTMLElement>("main h1")?.focus({ preventScroll: true });
    }, [screen]);
    if (screen !== null) return <screen.of parts={parts} />;
    return (
      <>
        <h1 tabIndex={-1}>{title}</h1>
        {hasFailed ? <ErrorNotice error={new Failure("Halaman ini belum termuat.", "Periksa sambungan, lalu coba lagi.", 0)} retry={fetchIt} /> : <Loading what="halaman" />}
      </>
    );
  }
  // a failure is told when the screen is opened, which loads it again
  const prefetch = () => {
    for (const part of [asking, load, more]) if (part !== undefined) counted<unknown>(part()).catch(() => null);
  };
  return Object.assign(View, { prefetch });
}
