/** @jsxImportSource preact */
// Waiting, failing, and what a screen reader is told.

import { useEffect, useState } from "preact/hooks";
import { dengarSambungan, type Gagal } from "./fetch.ts";

/** A failure with its remedy and, where it helps, another try. */
export function Galat({ galat, ulang }: { galat: Gagal; ulang?: () => void }) {
  return (
    <div class="galat" role="alert">
      <p>
        <strong>{galat.message}</strong> {galat.usul}
      </p>
      {ulang !== undefined && (
        <button type="button" onClick={ulang}>
          Coba lagi
        </button>
      )}
    </div>
  );
}

export function Memuat({ apa }: { apa: string }) {
  return (
    <p class="memuat">
      <span class="putar" aria-hidden="true" />
      Memuat {apa}…
    </p>
  );
}

/** Said when the line is bad: something is being asked for again. */
export function KabarSambungan() {
  const [mencoba, atur] = useState(false);
  useEffect(() => dengarSambungan(atur), []);
  return (
    <div class="kabar-sambungan" role="status">
      {mencoba && "Sambungan ke hub terputus-putus; mencoba lagi…"}
    </div>
  );
}
