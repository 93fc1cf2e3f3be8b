/** @jsxImportSource preact */
// The letter that goes with a rekap, where there is one.

import type { Letter as Content } from "./cells.ts";

export function Letter({ letter, isReadOnly, onChange }: { letter: Content; isReadOnly: boolean; onChange: (letter: Content) => void }) {
  const isHalf = (letter.number.trim() === "") !== (letter.day === "");
  return (
    <details class="surat" open={letter.number !== ""}>
      <summary>Surat pengantar {letter.number === "" && <small>bila ada</small>}</summary>
      <div class="unduhan">
        <label>
          Nomor surat
          <input type="text" maxLength={100} readOnly={isReadOnly} value={letter.number} onChange={(e) => onChange({ ...letter, number: e.currentTarget.value })} />
        </label>
        <label>
          Tanggal surat
          <input type="date" readOnly={isReadOnly} value={letter.day} onChange={(e) => onChange({ ...letter, day: e.currentTarget.value })} />
        </label>
      </div>
      {isHalf && <p class="petunjuk">Surat ikut terkirim bila nomor dan tanggalnya terisi.</p>}
    </details>
  );
}
