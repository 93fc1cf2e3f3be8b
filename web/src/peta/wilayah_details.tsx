/** @jsxImportSource preact */
// What is known about a region that was clicked.

import type { Shown } from "./angka.ts";
import { Explanation } from "./explanation.tsx";
import { ask } from "../hub/fetch.ts";
import { ErrorNotice, Loading } from "../hub/notices.tsx";
import { useFetch } from "../hub/hooks.ts";
import type { Item } from "./katalog.ts";
import { SUMBER_DAYA } from "./palette.ts";
import { WILAYAH_DETAILS, WILAYAH_ELEMEN, WILAYAH_INDIKATOR } from "./queries.ts";
import type { WilayahDetailsFragment, WilayahElemenQuery, WilayahIndikatorQuery } from "./queries.ts";
import { REPORTING_STATES, stateOf } from "./reporting.ts";
import type { ReportingRow } from "./reporting.ts";
import { standingOf } from "./standing.ts";
import { row, Summary, today } from "./summary.tsx";
import type { Row } from "./summary.tsx";
import { lastDay, fullName, periodeName, LEVEL_NAMES, levelOf, writeNumber, writeNilaiOrWhy, writeDate, writeNilai, yearsAway } from "../hub/wording.ts";

/** Which figure a card tells. */
export interface Figures {
  item: Item | undefined;
  periode: string;
  version: number;
  ready: boolean; // whether it is known what is shown; before that nothing is asked
  shown: Shown | null; // what colours the map
  report?: ReportingRow | null | undefined; // instead of a figure: how its report stands; null: none is expected
  names: ReadonlyMap<string, string>; // of codes of the catalogue, for people
  onSumberDaya: (id: string) => void;
}

type Figure = WilayahElemenQuery["agregat"][number] | WilayahIndikatorQuery["indikator"][number];

type Answer = WilayahDetailsFragment & { figure: Figure | undefined; before: Figure | undefined };

async function askWilayah(kode: string, item: Item | undefined, periode: string, signal: AbortSignal): Promise<Answer> {
  const level = levelOf(kode);
  const asked = { text: kode, kode, isDesa: level === "DESA" };
  if (item === undefined) return { ...(await ask(WILAYAH_DETAILS, asked, signal)), figure: undefined, before: undefined };
  const periods = [periode, yearsAway(periode, -1)];
  const split = (figures: readonly Figure[]) => ({ figure: figures.find((f) => f.periode === periods[0]), before: figures.find((f) => f.periode === periods[1]) });
  if (item.indikator) {
    const answer = await ask(WILAYAH_INDIKATOR, { ...asked, indikator: item.kode, periode: periods, tingkat: level }, signal);
    return { ...answer, ...split(answer.indikator) };
  }
  // figures of an older period on the borders of today, as the map has them
  const now = today();
  const older = lastDay(periode) < now ? { wilayahPada: now } : {};
  const answer = await ask(WILAYAH_ELEMEN, { ...asked, elemen: item.kode, periode: periods, tingkat: level, ...older }, signal);
  return { ...answer, ...split(answer.agregat) };
}

/** A region: its figure, how it stands among the others, what it was a year before, and what else there is. */
export function WilayahDetails({ kode, periode, version, ready, shown, names, report, onSumberDaya, ...given }: Figures & { kode: string }) {
  const item = report === undefined ? given.item : undefined;
  const { content, error, retry } = useFetch(ready ? `${kode} ${item?.kode} ${periode} ${version}` : null, (signal) => askWilayah(kode, item, periode, signal));
  if (error !== null) return <ErrorNotice error={error} retry={retry} />;
  if (content === null) return <Loading what="rincian" />;
  const hit = content.cariWilayah.find((h) => h.wilayah.kode === kode);
  const b = content.figure;
  const rows: Row[] = report === undefined ? [] : reportRows(report);
  if (item !== undefined && b !== undefined) {
    const write = (n: number | string): string => writeNilai(Number(n), item.satuan);
    rows.push(row(item.nama, <strong class="nilai">{writeNilaiOrWhy(b.nilai === null ? null : Number(b.nilai), b.status, item.satuan)}</strong>));
    rows.push(...standingRows(kode, shown), ...beforeRow(b, content.before, item));
    rows.push(row("Periode", periodeName(periode)));
    if ("tertulis" in b && b.tertulis !== null && Number(b.tertulis) !== Number(b.nilai)) rows.push(row("Ditulis wilayah itu sendiri", write(b.tertulis)));
    if ("pembilang" in b && b.pembilang !== null && b.penyebut !== null) rows.push(row("Perhitungan", `${writeNumber(Number(b.pembilang))} dari ${writeNumber(Number(b.penyebut))}`));
    rows.push(row("Kelengkapan", `${writeNumber(b.kelengkapan.disetujui)} dari ${writeNumber(b.kelengkapan.diharapkan)} kabupaten/kota rekapnya disetujui`));
  } else if (item !== undefined) rows.push(row(item.nama, `Wilayah ini belum ada pada ${periodeName(periode)}; angkanya tercatat pada wilayah asalnya.`));
  if (hit !== undefined && hit.wilayah.luasKm2 !== null) rows.push(row("Luas", `${writeNumber(hit.wilayah.luasKm2)} km²`));
  const here = content.desa?.sumberDaya ?? [];
  if (here.length > 0) {
    rows.push(row(
      "Sumber daya di sini",
      <ul class="beberapa">
        {here.map((s) => (
          <li key={s.id}>
            <button type="button" class="tautan" onClick={() => onSumberDaya(s.id)}>
              {s.nama}
            </button>{" "}
            <small>{SUMBER_DAYA[s.jenis].name}</small>
          </li>
        ))}
      </ul>,
    ));
  }
  const [, ...above] = hit?.jalur.split(", ") ?? [];
  return (
    <>
      <Summary title={hit === undefined ? kode : fullName(hit.wilayah.nama, kode)} sub={[LEVEL_NAMES[levelOf(kode)], kode, ...above].join(" · ")} rows={rows} />
      {item !== undefined && b !== undefined && (
        <Explanation key={`${item.kode} ${periode}`} kode={kode} item={item} periode={periode} version={version} names={names} shown={b.nilai === null ? null : Number(b.nilai)} />
      )}
    </>
  );
}

function reportRows(report: ReportingRow | null): Row[] {
  if (report === null) return [row("Laporan", "tidak ditunggu untuk periode ini")];
  const { name } = REPORTING_STATES[stateOf(report)];
  return [row("Laporan", <strong class="nilai">{name}</strong>), ...(report.tenggat === null ? [] : [row("Tenggat", writeDate(new Date(report.tenggat)))])];
}

// Only of regions that are on the map, by what colours it.
function standingRows(kode: string, shown: Shown | null): Row[] {
  const standing = shown === null ? null : standingOf(kode, shown);
  if (shown === null || standing === null) return [];
  const { angka, rate } = shown;
  const perThousand = rate?.nilai[angka.kode.indexOf(kode)] ?? null;
  const rows: Row[] = [];
  if (rate !== null && perThousand !== null) rows.push(row(`Per 1.000 ${rate.base.word}`, writeNumber(perThousand)));
  if (standing.of > 1) rows.push(row("Peringkat", `${writeNumber(standing.rank)} dari ${writeNumber(standing.of)} ${LEVEL_NAMES[angka.question.level].toLowerCase()} yang ada angkanya, dari yang terbesar`));
  if (standing.share !== null) rows.push(row("Bagian", `${writeNumber(standing.share)}% dari jumlah ${LEVEL_NAMES[angka.question.level].toLowerCase()} yang ada angkanya`));
  return rows;
}

function beforeRow(now: Figure, before: Figure | undefined, item: Item): Row[] {
  const unit = item.satuan;
  if (before === undefined || before.nilai === null || now.nilai === null) return [];
  const [old, current] = [Number(before.nilai), Number(now.nilai)];
  const change = old === current ? "tetap" : `${current > old ? "naik" : "turun"} ${unit === "persen" ? `${writeNumber(Math.abs(current - old))} poin` : old === 0 ? `dari ${writeNilai(0, unit)}` : `${writeNumber(Math.abs(current / old - 1) * 100)}%`}`;
  return [row(`Setahun sebelumnya (${periodeName(before.periode)})`, `${writeNilai(old, unit)}; sejak itu ${change}`)];
}
