/** @jsxImportSource preact */
// Parts of a page that are fetched when they are first shown: they weigh nothing before.

import type { ComponentType } from "preact";
import { useEffect, useState } from "preact/hooks";
import { Failure } from "./fetch.ts";
import { ErrorNotice, Loading } from "./notices.tsx";

/** A component that is fetched by `load` (an `import()`) on its first use; `what` it is, in words, is said while one waits. */
export function onDemand<P extends object>(what: string, load: () => Promise<ComponentType<P>>): ComponentType<P> {
  let part: ComponentType<P> | null = null;
  return function OnDemand(props: P) {
    const [Part, setPart] = useState<{ View: ComponentType<P> } | "failed" | null>(part === null ? null : { View: part });
    useEffect(() => {
      let isCurrent = true;
      if (part === null) {
        load().then(
          (View) => {
            part = View;
            if (isCurrent) setPart({ View });
          },
          () => isCurrent && setPart("failed"),
        );
      }
      return () => {
        isCurrent = false;
      };
    }, []);
    if (Part === null) return <Loading what={what} />;
    // a browser remembers that a module did not arrive: only the page anew asks for it again
    if (Part === "failed") return <ErrorNotice error={new Failure("Bagian halaman ini tidak sampai.", "Periksa sambungan, lalu muat ulang.")} retry={() => location.reload()} />;
    return <Part.View {...props} />;
  };
}
