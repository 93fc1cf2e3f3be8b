/** @jsxImportSource preact */
// The map as a table: every region's figure, for those who read it better so, with the keyboard or a screen reader.

import type { ComponentChildren } from "preact";
import { useState } from "preact/hooks";
import { ask } from "../hub/fetch.ts";
import type { Angka, Classification, Look } from "./angka.ts";
import { LookSwatch, Origin } from "./legend.tsx";
import { ErrorNotice, Loading } from "../hub/notices.tsx";
import { useFetch } from "../hub/hooks.ts";
import type { Result } from "../hub/hooks.ts";
import { LEVELS } from "./katalog.ts";
import type { Item } from "./katalog.ts";
import { DESA_NAME, KABUPATEN_NAMES, KECAMATAN_NAMES, PROVINSI_NAMES } from "./queries.ts";
import { Table } from "./table.tsx";
import type { Column } from "./table.tsx";
import type { View } from "./view.ts";
import { periodeName, LEVEL_NAMES, levelOf, writeNumber, writeNilaiOrWhy, writeNilai } from "../hub/wording.ts";
import type { Status, Level } from "../hub/wording.ts";

/** A region with those below it, as far down as was asked. */
interface Branch {
  kode: string;
  nama: string;
  kabupaten?: readonly Branch[];
  kecamatan?: readonly Branch[];
  desa?: readonly Branch[];
}

interface Row {
  kode: string;
  name: string;
  within: string;
  nilai: number | null;
  rate: number | null; // per thousand
  status: Status;
  look: Look | undefined;
}

async function askNames(kode: string, level: Level, signal: AbortSignal): Promise<Branch | null> {
  const reaches = (t: Level): boolean => LEVELS.indexOf(level) >= LEVELS.indexOf(t);
  const [kabupaten, kecamatan, desa] = [reaches("KABUPATEN"), reaches("KECAMATAN"), reaches("DESA")];
  switch (levelOf(kode)) {
    case "PROVINSI":
      return (await ask(PROVINSI_NAMES, { kode, kabupaten, kecamatan, desa }, signal)).wilayah;
    case "KABUPATEN":
      return (await ask(KABUPATEN_NAMES, { kode, kecamatan, desa }, signal)).wilayah;
    case "KECAMATAN":
      return (await ask(KECAMATAN_NAMES, { kode, desa }, signal)).wilayah;
    case "DESA":
      return (await ask(DESA_NAME, { kode }, signal)).wilayah;
  }
}

/** Names of all regions of a level in a region, those of today, as the map shows them. */
async function loadNames(wilayah: string, level: Level, signal: AbortSignal): Promise<Map<string, { name: string; within: string }>> {
  const names = new Map<string, { name: string; within: string }>();
  const walk = (c: Branch, above: string[]) => {
    names.set(c.kode, { name: c.nama, within: above.join(", ") });
    for (const child of c.kabupaten ?? c.kecamatan ?? c.desa ?? []) walk(child, levelOf(c.kode) === "PROVINSI" ? above : [c.nama, ...above]);
  };
  const root = await askNames(wilayah, level, signal);
  if (root !== null) walk(root, []);
  return names;
}

interface Props {
  view: View;
  angka: Result<Angka>;
  classification: Classification | null;
  version: number;
  visible: Set<string> | null; // null: no map
  onShow: (kode: string) => void;
}

export function AngkaTable({ view, angka, classification, version, visible, onShow }: Props) {
  const { wilayah, level, periode } = view;
  const [onlyVisible, setOnlyVisible] = useState(false);
  const names = useFetch(level === "" ? null : `${wilayah} ${level} ${version}`, (signal) => loadNames(wilayah, level === "" ? "KABUPATEN" : level, signal));
  const { content } = angka;
  const item = content?.question.item;
  const rate = content?.rate ?? null;
  if (angka.error !== null) return <ErrorNotice error={angka.error} retry={angka.retry} />;
  if (names.error !== null) return <ErrorNotice error={names.error} retry={names.retry} />;
  if (content === null || item === undefined || level === "") return <Loading what="tabel" />;
  const isRate = (classification?.shown.rate ?? null) !== null;
  const within = onlyVisible ? visible : null;
  const rows: Row[] = content.kode.flatMap((kode, i) => {
    if (within !== null && !within.has(kode)) return [];
    const known = names.content?.get(kode);
    return [{ kode, name: known?.name ?? kode, within: known?.within ?? "", nilai: content.nilai[i] ?? null, rate: rate?.nilai[i] ?? null, status: content.status[i] ?? "TIDAK_ADA_DATA", look: classification?.looks.get(kode) }];
  });
  return (
    <div class="pilihan">
      {visible !== null && (
        <label class="saklar">
          <input type="checkbox" checked={onlyVisible} onChange={() => setOnlyVisible(!onlyVisible)} />
          <span>Hanya yang tampak di peta</span>
        </label>
      )}
      <Table
        title={`${item.nama} menurut ${LEVEL_NAMES[level].toLowerCase()}, ${periodeName(periode)}: ${writeNumber(rows.length)} wilayah`}
        columns={columnsOf(item, level, { hasSeveralPlaces: new Set(rows.map((b) => b.within)).size > 1, classCount: classification?.classes.length ?? 1, base: rate?.base.word ?? "", isRate }, onShow)}
        rows={rows}
        rowKey={(b) => b.kode}
        key={isRate ? "per" : "jumlah"}
        initial={{ column: isRate ? "per" : "nilai", descending: true }}
        highlighted={view.chosen}
      />
      <Origin angka={content} />
    </div>
  );
}

interface Columns {
  hasSeveralPlaces: boolean;
  classCount: number;
  base: string; // "": nothing is known per thousand
  isRate: boolean; // whether that colours the map
}

function columnsOf(item: Item, level: Level, { hasSeveralPlaces, classCount, base, isRate }: Columns, onShow: (kode: string) => void): Column<Row>[] {
  const withSwatch = (b: Row, text: ComponentChildren) => (
    <span class="berpetak">
      {text}
      {b.look !== undefined && <LookSwatch look={b.look} classCount={classCount} />}
    </span>
  );
  const nilai = (b: Row) =>
    b.nilai === null ? <span class="pudar">{writeNilaiOrWhy(null, b.status, item.satuan)}</span> : writeNilai(b.nilai, item.satuan === "rupiah" || item.satuan === "persen" ? item.satuan : "");
  return [
    {
      key: "nama", title: LEVEL_NAMES[level], sortBy: (b) => b.name,
      cell: (b) => (
        <>
          <button type="button" class="tautan" onClick={() => onShow(b.kode)}>
            {b.name}
          </button>
          <small class="kode">{b.kode}</small>
        </>
      ),
    },
    ...(hasSeveralPlaces ? [{ key: "di", title: "Di", sortBy: (b: Row) => b.within, cell: (b: Row) => b.within }] : []),
    { key: "nilai", title: nilaiHeading(item.satuan), isNumber: true, sortBy: (b) => b.nilai, cell: (b) => (isRate ? nilai(b) : withSwatch(b, nilai(b))) },
    ...(base === ""
      ? []
      : [{
          key: "per", title: `Per 1.000 ${base}`, isNumber: true, sortBy: (b: Row) => b.rate,
          cell: (b: Row) => {
            const text = b.rate === null ? "–" : writeNumber(b.rate);
            return isRate ? withSwatch(b, text) : text;
          },
        }]),
  ];
}

// the unit stands once above the column, but for those written into every figure
function nilaiHeading(unit: string): string {
  return unit === "rupiah" || unit === "persen" ? "Nilai" : `Nilai (${unit})`;
}
