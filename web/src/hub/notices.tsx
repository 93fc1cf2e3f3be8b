/** @jsxImportSource preact */
// Waiting, failing, and what a screen reader is told.

import { useEffect, useState } from "preact/hooks";
import { onRetrying, type Failure } from "./fetch.ts";

/** A failure with its remedy and, where it helps, another try. */
export function ErrorNotice({ error, retry }: { error: Failure; retry?: () => void }) {
  return (
    <div class="galat" role="alert">
      <p>
        <strong>{error.message}</strong> {error.remedy}
      </p>
      {retry !== undefined && (
        <button type="button" onClick={retry}>
          Coba lagi
        </button>
      )}
    </div>
  );
}

export function Loading({ what }: { what: string }) {
  return (
    <p class="memuat">
      <span class="putar" aria-hidden="true" />
      Memuat {what}…
    </p>
  );
}

/** Said when the line is bad: something is being asked for again. */
export function ConnectionNotice() {
  const [isRetrying, setRetrying] = useState(false);
  useEffect(() => onRetrying(setRetrying), []);
  return (
    <div class="kabar-sambungan" role="status">
      {isRetrying && "Sambungan ke hub terputus-putus; mencoba lagi…"}
    </div>
  );
}
