/** @jsxImportSource preact */
// What a pasted block was read as.

import type { Pasted } from "./paste.ts";

export function PasteStrip({ pasted, onUndo, onClose }: { pasted: Pasted; onUndo: () => void; onClose: () => void }) {
  return (
    <section class="kabar tempelan" aria-label="Hasil tempelan" role="status">
      <p>
        <strong>{pasted.changes.length} sel ditempel.</strong> {pasted.said.join(" ")}
      </p>
      {pasted.leftOut.length > 0 && (
        <>
          <p>Yang tidak diambil:</p>
          <ul>
            {pasted.leftOut.map((one) => (
              <li key={one}>{one}</li>
            ))}
          </ul>
        </>
      )}
      <div class="tombol">
        <button type="button" onClick={onUndo}>
          Batalkan tempelan
        </button>
        <button type="button" onClick={onClose}>
          Tutup
        </button>
      </div>
    </section>
  );
}
