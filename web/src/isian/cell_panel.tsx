/** @jsxImportSource preact */
// What is said of the chosen cell, below the grid: its place and figure in words, its findings, and what can be done with a key or a tap.

import { EMPTY_WORDS, placeOf, wordCell } from "./cells.ts";
import type { Cell, Cells } from "./cells.ts";
import { GRADE_WORDS, proposalWords } from "./findings.ts";
import type { Finding } from "./findings.ts";
import { nameOf } from "./layout.ts";
import type { Sheet } from "./layout.ts";
import type { EmptyStatus } from "./numbers.ts";
import type { Note } from "./note_list.tsx";

/** Keys in the grid that say why there is no figure, and the one that takes a suggestion. */
export const STATUS_KEYS: Record<string, EmptyStatus> = { "-": "TIDAK_ADA_DATA", x: "TIDAK_DILAKSANAKAN", b: "TIDAK_BERLAKU" };
export const TAKE_KEY = "u";

interface CellPanelProps {
  sheet: Sheet;
  cells: Cells;
  chosen: readonly string[]; // keys; the first one is spoken of
  findings: ReadonlyMap<string, Finding[]>;
  notes: ReadonlyMap<string, Note>;
  isReadOnly: boolean;
  onCells: (changes: [string, Cell | undefined][]) => void;
}

export function CellPanel({ sheet, cells, chosen, findings, notes, isReadOnly, onCells }: CellPanelProps) {
  const [key] = chosen;
  if (key === undefined) return <div class="panel-sel" />;
  const { kode, code } = placeOf(key);
  const region = sheet.regions.find((one) => one.kode === kode);
  const figure = sheet.figures.find((one) => one.code === code);
  if (region === undefined || figure === undefined) return <div class="panel-sel" />;
  const note = notes.get(key);
  const give = (cell: Cell | undefined) => onCells(chosen.map((one) => [one, cell]));
  return (
    <div class="panel-sel">
      <div role="status">
        <p class="tempat-sel">
          <strong>{region.nama}</strong>, {nameOf(figure)} <small>{figure.code}</small>: <strong>{wordCell(cells.get(key))}</strong> <small>{figure.elemen.satuan}</small>
          {chosen.length > 1 && <small> dan {chosen.length - 1} sel lain</small>}
        </p>
        {(findings.get(key) ?? []).map((one, i) => (
          <p key={one.message} class={`temuan-sel ${one.grade === "GALAT" ? "salah" : "periksa"}`}>
            <span aria-hidden="true">{GRADE_WORDS[one.grade].sign}</span> {GRADE_WORDS[one.grade].word}: {one.message}{" "}
            {!isReadOnly &&
              one.proposals.map((proposal, n) => (
                <button type="button" key={proposal} onClick={() => onCells([[key, proposal]])}>
                  {proposalWords(proposal)}
                  {i === 0 && n === 0 && <kbd>U</kbd>}
                </button>
              ))}
          </p>
        ))}
        {note !== undefined && (
          <p class="temuan-sel catatan-sel">
            <span aria-hidden="true">✎</span> Catatan provinsi: {note.alasan}{" "}
            {note.proposal !== null && !isReadOnly && cells.get(key) !== note.proposal && (
              <button type="button" onClick={() => onCells([[key, note.proposal ?? undefined]])}>
                {proposalWords(note.proposal)}
              </button>
            )}
          </p>
        )}
      </div>
      {!isReadOnly && (
        <div class="tombol kecil" role="group" aria-label="Isi sel yang dipilih">
          {Object.entries(STATUS_KEYS).map(([letter, status]) => (
            <button type="button" key={status} onClick={() => give(`!${status}`)}>
              {EMPTY_WORDS[status].word} <kbd>{letter === "-" ? "−" : letter.toUpperCase()}</kbd>
            </button>
          ))}
          <button type="button" onClick={() => give(undefined)}>
            kosongkan <kbd>Del</kbd>
          </button>
        </div>
      )}
    </div>
  );
}
