/** @jsxImportSource preact */
// The dated papers of a resource: as many as there are.

import { Field } from "../meja/field.tsx";
import type { Finding } from "../meja/field.tsx";
import { Choice } from "./choice.tsx";
import type { JenisSurat } from "./queries.ts";
import { EMPTY_PAPER } from "./resource_draft.ts";
import type { Paper } from "./resource_draft.ts";
import { PAPER_NAMES } from "./wording.ts";

const GRADES = [["A", "A"], ["B", "B"], ["C", "C"]] as const;

interface PapersProps {
  papers: readonly Paper[];
  kinds: readonly JenisSurat[];
  findings: readonly Finding[];
  onChange: (papers: Paper[]) => void;
}

export function PaperFields({ papers, kinds, findings, onChange }: PapersProps) {
  const choices = kinds.map((kind) => [kind, PAPER_NAMES[kind]] as const);
  return (
    <>
      {papers.map((paper, i) => (
        // oxlint-disable-next-line react/no-array-index-key -- they have no other name
        <PaperRow key={i} paper={paper} i={i} choices={choices} findings={findings} onChange={(changed) => onChange(papers.map((one, j) => (j === i ? { ...one, ...changed } : one)))} onDrop={() => onChange(papers.filter((_, j) => j !== i))} />
      ))}
      <div class="bidang penuh">
        <button type="button" onClick={() => onChange([...papers, { ...EMPTY_PAPER, kind: kinds.length === 1 ? (kinds[0] ?? "") : "" }])}>
          Tambah berkas
        </button>
        {papers.length === 0 && <p class="petunjuk">Tanda daftar, akreditasi atau izin, dengan masa berlakunya.</p>}
      </div>
    </>
  );
}

interface RowProps {
  paper: Paper;
  i: number;
  choices: readonly (readonly [string, string])[];
  findings: readonly Finding[];
  onChange: (changed: Partial<Paper>) => void;
  onDrop: () => void;
}

function PaperRow({ paper, i, choices, findings, onChange, onDrop }: RowProps) {
  const id = `surat-${i}`;
  return (
    <div class="kelompok" role="group" aria-label={`Berkas ${i + 1}`}>
      <Field id={id} label="Jenis berkas" isRequired findings={findings}>
        {(given) => <Choice given={given} value={paper.kind} choices={choices} empty="Pilih" onPick={(kind) => onChange({ kind })} />}
      </Field>
      <Field id={`${id}-nomor`} label="Nomor" findings={findings}>
        {(given) => <input {...given} type="text" autocomplete="off" value={paper.number} onInput={(e) => onChange({ number: e.currentTarget.value })} />}
      </Field>
      <Field id={`${id}-sejak`} label="Berlaku sejak" isRequired findings={findings}>
        {(given) => <input {...given} type="date" value={paper.since} onInput={(e) => onChange({ since: e.currentTarget.value })} />}
      </Field>
      <Field id={`${id}-sampai`} label="Sampai dengan" findings={findings} hint="Kosongkan bila tanpa batas.">
        {(given) => <input {...given} type="date" value={paper.last} onInput={(e) => onChange({ last: e.currentTarget.value })} />}
      </Field>
      {paper.kind === "AKREDITASI" && (
        <Field id={`${id}-peringkat`} label="Peringkat" isRequired findings={findings}>
          {(given) => <Choice given={given} value={paper.grade} choices={GRADES} empty="Pilih" onPick={(grade) => onChange({ grade })} />}
        </Field>
      )}
      <button type="button" class="kecil bahaya" onClick={onDrop}>
        Hapus<span class="hanya-suara"> berkas {i + 1}</span>
      </button>
    </div>
  );
}
