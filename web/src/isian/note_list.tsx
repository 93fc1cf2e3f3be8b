/** @jsxImportSource preact */
// What the province wrote on the figures of a returned rekap.

import { keyOf, wordCell } from "./cells.ts";
import type { Cell, Cells, Rekap } from "./cells.ts";
import { codeOf, figureOf, nameOf } from "./layout.ts";
import type { Form } from "./layout.ts";
import { tidy } from "./numbers.ts";

/** `proposal`: what the province proposes; null: nothing. */
export interface Note {
  key: string;
  where: string;
  what: string;
  alasan: string;
  proposal: Cell | null;
}

/** The notes of a rekap that came back, in the province's order; none of another. */
export function notesOf(rekap: Rekap | null, form: Form): Note[] {
  if (rekap?.status !== "DIKEMBALIKAN") return [];
  return rekap.catatan.map((one) => {
    const elemen = form.elemen.find(({ kode }) => kode === one.elemen.kode);
    return {
      key: keyOf(one.wilayah.kode, codeOf(one.elemen.kode, one.rincian)), where: one.wilayah.nama, alasan: one.alasan,
      what: elemen === undefined ? one.elemen.nama : nameOf(figureOf(elemen, [...one.rincian])),
      proposal: one.usulan === null ? null : tidy(String(one.usulan)),
    };
  });
}

interface NoteListProps {
  notes: readonly Note[];
  reason: string | null;
  cells: Cells;
  isReadOnly: boolean;
  onCells: (changes: [string, Cell | undefined][]) => void;
  onJump: (key: string) => void;
}

export function NoteList({ notes, reason, cells, isReadOnly, onCells, onJump }: NoteListProps) {
  const open = notes.filter((one) => one.proposal !== null && cells.get(one.key) !== one.proposal);
  return (
    <section class="kartu peringatan" aria-labelledby="catatan-provinsi">
      <h2 id="catatan-provinsi">Dikembalikan{notes.length > 0 && `: ${notes.length} catatan`}</h2>
      {reason !== null && <p class="alasan">“{reason}”</p>}
      <ul class="temuan-daftar">
        {notes.map((one) => (
          <li key={one.key}>
            <button type="button" class="ke-sel" onClick={() => onJump(one.key)}>
              {one.where}, {one.what}
            </button>
            : {one.alasan} Terisi {wordCell(cells.get(one.key))}
            {one.proposal !== null && (cells.get(one.key) === one.proposal ? ", seperti yang diusulkan." : `, usulan ${wordCell(one.proposal)}.`)}
          </li>
        ))}
      </ul>
      {open.length > 0 && !isReadOnly && (
        <button type="button" class="utama" onClick={() => onCells(open.map((one) => [one.key, one.proposal ?? undefined]))}>
          Terima semua usulan ({open.length})
        </button>
      )}
    </section>
  );
}
