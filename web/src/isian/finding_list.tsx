/** @jsxImportSource preact */
// All that was found, the gravest first; each leads to its cell.

import { placeOf } from "./cells.ts";
import type { Cell } from "./cells.ts";
import { GRADE_WORDS, proposalWords } from "./findings.ts";
import type { Finding, Grade } from "./findings.ts";
import { allRegions, figureOf, nameOf, readCode } from "./layout.ts";
import type { Form, Regions } from "./layout.ts";

const MOST_SHOWN = 100;
const CLASSES: Record<Grade, string> = { GALAT: "salah", PERINGATAN: "periksa", INFO: "info" };

interface FindingListProps {
  findings: readonly Finding[];
  form: Form;
  regions: Regions;
  isReadOnly: boolean;
  isAsking: boolean;
  onJump: (key: string) => void;
  onCells: (changes: [string, Cell | undefined][]) => void;
}

export function countWords(findings: readonly Finding[]): string {
  const count = (grade: Grade): number => findings.filter((one) => one.grade === grade).length;
  const words = [
    [count("GALAT"), "harus diperbaiki"],
    [count("PERINGATAN"), "perlu diperiksa"],
    [count("INFO"), "catatan"],
  ] as const;
  return words.filter(([n]) => n > 0).map(([n, word]) => `${n} ${word}`).join(", ");
}

export function FindingList({ findings, form, regions, isReadOnly, isAsking, onJump, onCells }: FindingListProps) {
  const proposed = findings.filter((one) => one.key !== null && one.proposals.length === 1 && one.grade !== "INFO");
  return (
    <section class="kartu" aria-labelledby="temuan">
      <h2 id="temuan">Pemeriksaan</h2>
      <p role="status">
        {findings.length === 0 ? "Tidak ada yang perlu diperbaiki." : `${countWords(findings)}.`}
        {isAsking && " Hub sedang memeriksa…"}
      </p>
      <ul class="temuan-daftar">
        {findings.slice(0, MOST_SHOWN).map((one) => (
          <li key={`${one.key} ${one.message}`} class={CLASSES[one.grade]}>
            <span aria-hidden="true">{GRADE_WORDS[one.grade].sign}</span> <span class="hanya-suara">{GRADE_WORDS[one.grade].word}: </span>
            {one.key !== null && (
              <>
                <button type="button" class="ke-sel" onClick={() => onJump(one.key ?? "")}>
                  {wordsOf(one.key, form, regions)}
                </button>
                {": "}
              </>
            )}
            {one.message}{" "}
            {!isReadOnly &&
              one.key !== null &&
              one.proposals.map((proposal) => (
                <button type="button" key={proposal} onClick={() => onCells([[one.key ?? "", proposal]])}>
                  {proposalWords(proposal)}
                  <span class="hanya-suara"> untuk {wordsOf(one.key ?? "", form, regions)}</span>
                </button>
              ))}
          </li>
        ))}
      </ul>
      {findings.length > MOST_SHOWN && <p>Dan {findings.length - MOST_SHOWN} lagi.</p>}
      {proposed.length > 1 && !isReadOnly && (
        <button type="button" onClick={() => onCells(proposed.map((one) => [one.key ?? "", one.proposals[0]]))}>
          Pakai semua {proposed.length} usulan
        </button>
      )}
    </section>
  );
}

/** "Rote Barat, KPM PKH". */
export function wordsOf(key: string, form: Form, regions: Regions): string {
  const { kode, code } = placeOf(key);
  const { elemen, choices } = readCode(code);
  const known = form.elemen.find((one) => one.kode === elemen);
  const region = allRegions(regions).find((one) => one.kode === kode);
  return `${region?.nama ?? kode}, ${known === undefined ? code : nameOf(figureOf(known, choices))}`;
}
