/** @jsxImportSource preact */
// Where the figure on the card comes from, in words: asked for when somebody wants to know.

import { useState } from "preact/hooks";
import { ask } from "../hub/fetch.ts";
import { useFetch } from "../hub/hooks.ts";
import type { Item } from "./katalog.ts";
import { ErrorNotice, Loading } from "../hub/notices.tsx";
import { EXPLANATION } from "./queries.ts";
import type { ExplanationQuery } from "./queries.ts";
import { fullName, periodeName, withNames, writeDate, writeNilai, writeNilaiOrWhy } from "../hub/wording.ts";

type Proof = NonNullable<ExplanationQuery["jelaskanAngka"]>;
type Part = Proof["asal"][number];

interface Props {
  kode: string;
  item: Item;
  periode: string;
  version: number;
  names: ReadonlyMap<string, string>; // of codes of the catalogue
  shown: number | null; // the figure on the card, which may be by the borders of today
}

export function Explanation({ kode, item, periode, version, names, shown }: Props) {
  const [isOpen, setOpen] = useState(false);
  const { content, error, retry } = useFetch(isOpen ? `${kode} ${item.kode} ${periode} ${version}` : null, (signal) =>
    ask(EXPLANATION, { kode, elemen: item.kode, periode }, signal),
  );
  return (
    <div class="penjelasan">
      <button type="button" class="tautan" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
        Dari mana angka ini?
      </button>
      {isOpen && (
        <section aria-label="Asal angka" aria-live="polite">
          {error !== null && <ErrorNotice error={error} retry={retry} />}
          {error === null && content === null && <Loading what="asal angka" />}
          {error === null && content !== null && <ProofText proof={content.jelaskanAngka} item={item} periode={periode} names={names} shown={shown} />}
        </section>
      )}
    </div>
  );
}

function ProofText({ proof, item, periode, names, shown }: Pick<Props, "item" | "periode" | "names" | "shown"> & { proof: Proof | null }) {
  if (proof === null) return <p>Wilayah ini belum ada pada {periodeName(periode)}; tanyakan wilayah asalnya.</p>;
  const own = proof.baris?.nilai ?? null;
  return (
    <>
      <p>{withNames(proof.cara, names)}</p>
      {own !== null && shown !== null && Number(own) !== shown && (
        <p>
          Menurut batas pada akhir {periodeName(periode)} angkanya {writeNilai(Number(own), item.satuan)}; di peta dijumlahkan menurut batas hari ini.
        </p>
      )}
      {proof.asal.length > 0 && (
        <ul class="asal">
          {proof.asal.map((part) => (
            <li key={`${part.kabupaten.kode} ${part.sisi} ${part.elemen.kode} ${choices(part)} ${part.periode}`}>
              <PartText part={part} withElemen={item.indikator} />
            </li>
          ))}
        </ul>
      )}
      {proof.belumAda.length > 0 && <p>Belum ada: {proof.belumAda.map((k) => fullName(k.nama, k.kode)).join(", ")}.</p>}
      <p class="sidik">
        <small>Sidik: {proof.sidik}</small>
      </p>
    </>
  );
}

function choices(part: Part): string {
  return part.rincian.map((r) => r.pilihan).join(", ");
}

function PartText({ part, withElemen }: { part: Part; withElemen: boolean }) {
  const unit = part.elemen.satuan;
  const nilai = writeNilaiOrWhy(part.nilai === null ? null : Number(part.nilai), part.status, unit);
  const differs = part.tertulis !== null && Number(part.tertulis) !== Number(part.nilai);
  return (
    <>
      {fullName(part.kabupaten.nama, part.kabupaten.kode)}
      {withElemen && `, ${[part.elemen.nama, choices(part)].filter(Boolean).join(", ")}`}: <strong>{nilai}</strong>
      {differs && part.tertulis !== null && ` (kantornya menulis ${writeNilai(Number(part.tertulis), unit)})`}
      <br />
      <small>
        Rekap {periodeName(part.periode)}, revisi {part.revisi}, disetujui {part.disetujuiOleh} pada {writeDate(new Date(part.disetujuiPada))}
      </small>
    </>
  );
}
