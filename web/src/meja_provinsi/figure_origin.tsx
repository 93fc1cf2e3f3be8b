/** @jsxImportSource preact */
// Where a figure comes from: which rekap made it, who approved it when, who is missing.

import { ask } from "../hub/fetch.ts";
import { useFetch } from "../hub/hooks.ts";
import { ErrorNotice, Loading } from "../hub/notices.tsx";
import { fullName, periodeName, writeDate, writeNilai, writeNilaiOrWhy } from "../hub/wording.ts";
import { plainWords } from "../meja/plain_words.ts";
import { linkTo } from "../meja/router.ts";
import type { Item } from "./comparison.ts";
import { FIGURE_ORIGIN } from "./queries.ts";
import type { FigureOriginQuery } from "./queries.ts";

type Origin = NonNullable<FigureOriginQuery["jelaskanAngka"]>;
type Part = Origin["asal"][number];

export function FigureOrigin({ wilayah, item, periode }: { wilayah: string; item: Item; periode: string }) {
  const { content, error, retry } = useFetch(`${wilayah} ${item.kode} ${periode}`, (signal) => ask(FIGURE_ORIGIN, { wilayah, elemen: item.kode, periode }, signal));
  return (
    <section class="asal-angka" aria-label="Asal angka" aria-live="polite">
      {error !== null && <ErrorNotice error={error} retry={retry} />}
      {error === null && content === null && <Loading what="asal angka" />}
      {content !== null && content.jelaskanAngka === null && <p>Wilayah ini belum ada pada {periodeName(periode)}.</p>}
      {content !== null && content.jelaskanAngka !== null && <OriginText origin={content.jelaskanAngka} isIndicator={item.isIndicator} />}
    </section>
  );
}

function OriginText({ origin, isIndicator }: { origin: Origin; isIndicator: boolean }) {
  return (
    <>
      <p>{plainWords(origin.cara)}</p>
      <ul>
        {origin.asal.map((part) => (
          <li key={`${part.rekap.id} ${part.sisi} ${part.elemen.kode} ${JSON.stringify(part.rincian)}`}>
            <PartText part={part} isIndicator={isIndicator} />
          </li>
        ))}
      </ul>
      {origin.belumAda.length > 0 && <p>Belum ada: {origin.belumAda.map((one) => fullName(one.nama, one.kode)).join(", ")}.</p>}
      <p class="sidik">
        <small>Sidik: {origin.sidik}</small>
      </p>
    </>
  );
}

function PartText({ part, isIndicator }: { part: Part; isIndicator: boolean }) {
  const unit = part.elemen.satuan;
  const choices = part.rincian.map((one) => one.pilihan).join(", ");
  const differs = part.tertulis !== null && Number(part.tertulis) !== Number(part.nilai);
  return (
    <>
      {fullName(part.kabupaten.nama, part.kabupaten.kode)}
      {isIndicator && `, ${[part.elemen.nama, choices].filter(Boolean).join(", ")}`}:{" "}
      <strong>{writeNilaiOrWhy(part.nilai === null ? null : Number(part.nilai), part.status, unit)}</strong>
      {differs && part.tertulis !== null && ` (kantornya menulis ${writeNilai(Number(part.tertulis), unit)})`}.{" "}
      <a href={linkTo("periksa", part.rekap.id)}>
        Rekap {periodeName(part.periode)}, revisi {part.revisi}
      </a>
      , disetujui {part.disetujuiOleh} pada {writeDate(new Date(part.disetujuiPada))}
    </>
  );
}
