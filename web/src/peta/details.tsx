/** @jsxImportSource preact */
// What is known about the one thing that was clicked: a region's figure, an institution, a WKSBM.

import type { ComponentChildren } from "preact";
import { Explanation } from "./explanation.tsx";
import { ask } from "../hub/fetch.ts";
import { ErrorNotice, Loading } from "../hub/notices.tsx";
import { useFetch } from "../hub/hooks.ts";
import type { Item } from "./katalog.ts";
import { BATAS_QUALITY, JEJARING_SCALES, SUMBER_DAYA, WKSBM_STAGES } from "./palette.ts";
import type { BatasQuality } from "./palette.ts";
import { SUMBER_DAYA_DETAILS, WILAYAH_DETAILS, WILAYAH_ELEMEN, WILAYAH_INDIKATOR, WKSBM } from "./queries.ts";
import type { WilayahDetailsFragment, WilayahElemenQuery, WilayahIndikatorQuery } from "./queries.ts";
import { lastDay, fullName, periodeName, LEVEL_NAMES, levelOf, writeNumber, writeNilaiOrWhy, writeArea, writeNilai, writeDate } from "../hub/wording.ts";

export type Thing = { kind: "wilayah"; kode: string } | { kind: "sumber-daya"; id: string } | { kind: "wksbm"; id: string } | BatasTemuan;
/** As a tile tells it. */
export interface BatasTemuan {
  kind: "batas";
  quality: BatasQuality;
  kode: string;
  others: string[];
  areaM2: number;
  part: number | null;
}

interface Props {
  thing: Thing;
  item: Item | undefined;
  periode: string;
  version: number;
  ready: boolean; // whether it is known what is shown; before that nothing is asked
  onClose: () => void;
  onShow: (kode: string) => void;
  onSumberDaya: (id: string) => void;
}

export function Details(s: Props) {
  const { thing, onClose } = s;
  return (
    <section class="rincian" aria-label="Rincian">
      <button type="button" class="tutup" aria-label="Tutup rincian" onClick={onClose}>
        ×
      </button>
      {thing.kind === "wilayah" && <WilayahDetails key={thing.kode} kode={thing.kode} {...s} />}
      {thing.kind === "sumber-daya" && <SumberDayaDetails key={thing.id} id={thing.id} {...s} />}
      {thing.kind === "batas" && <BatasDetails temuan={thing} onShow={s.onShow} />}
      {thing.kind === "wksbm" && <WksbmDetails key={thing.id} id={thing.id} {...s} />}
    </section>
  );
}

interface Row {
  label: string;
  content: ComponentChildren;
}
const row = (label: string, content: ComponentChildren): Row => ({ label, content });

function Summary({ title, sub, rows }: { title: string; sub: string; rows: Row[] }) {
  return (
    <>
      <h2>{title}</h2>
      <p class="sub">{sub}</p>
      <dl>
        {rows.map(({ label, content }) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd>{content}</dd>
          </div>
        ))}
      </dl>
    </>
  );
}

type Figure = WilayahElemenQuery["agregat"][number] | WilayahIndikatorQuery["indikator"][number];

async function askWilayah(kode: string, item: Item | undefined, periode: string, signal: AbortSignal): Promise<WilayahDetailsFragment & { figure: Figure | undefined }> {
  const level = levelOf(kode);
  const asked = { text: kode, kode, isDesa: level === "DESA" };
  if (item === undefined) return { ...(await ask(WILAYAH_DETAILS, asked, signal)), figure: undefined };
  if (item.indikator) {
    const answer = await ask(WILAYAH_INDIKATOR, { ...asked, indikator: item.kode, periode, tingkat: level }, signal);
    return { ...answer, figure: answer.indikator[0] };
  }
  // figures of an older period on the borders of today, as the map has them
  const now = today();
  const older = lastDay(periode) < now ? { wilayahPada: now } : {};
  const answer = await ask(WILAYAH_ELEMEN, { ...asked, elemen: item.kode, periode, tingkat: level, ...older }, signal);
  return { ...answer, figure: answer.agregat[0] };
}

function WilayahDetails({ kode, item, periode, version, ready, onSumberDaya }: Props & { kode: string }) {
  const { content, error, retry } = useFetch(ready ? `${kode} ${item?.kode} ${periode} ${version}` : null, (signal) => askWilayah(kode, item, periode, signal));
  if (error !== null) return <ErrorNotice error={error} retry={retry} />;
  if (content === null) return <Loading what="rincian" />;
  const hit = content.cariWilayah.find((h) => h.wilayah.kode === kode);
  const b = content.figure;
  const rows: Row[] = [];
  if (item !== undefined && b !== undefined) {
    const write = (n: number | string): string => writeNilai(Number(n), item.satuan);
    rows.push(row(item.nama, <strong class="nilai">{writeNilaiOrWhy(b.nilai === null ? null : Number(b.nilai), b.status, item.satuan)}</strong>));
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
        <Explanation key={`${item.kode} ${periode}`} kode={kode} item={item} periode={periode} version={version} shown={b.nilai === null ? null : Number(b.nilai)} />
      )}
    </>
  );
}

const PART_NAMES: Record<BatasQuality, string> = {
  TUMPANG_TINDIH: "Bagian dari yang lebih kecil",
  CELAH: "",
  DI_LUAR_INDUK: "Bagian di dalam induknya",
  LUAS_BEDA: "Selisih dari luas resmi",
};

function BatasDetails({ temuan: { quality, kode, others, areaM2, part }, onShow }: { temuan: BatasTemuan; onShow: (kode: string) => void }) {
  const rows: Row[] = [
    row("Wilayah", <WilayahLink kode={kode} name={kode} onShow={onShow} />),
    row("Luas", writeArea(areaM2)),
  ];
  if (others.length > 0) {
    rows.push(row(
      "Juga menyangkut",
      <ul class="beberapa">
        {others.map((k) => (
          <li key={k}>
            <WilayahLink kode={k} name={k} onShow={onShow} />
          </li>
        ))}
      </ul>,
    ));
  }
  if (part !== null && PART_NAMES[quality] !== "") rows.push(row(PART_NAMES[quality], `${writeNumber(part * 100)}%`));
  return <Summary title={BATAS_QUALITY[quality].name} sub="Temuan pada batas, dari pemeriksaan terakhir" rows={rows} />;
}

function SumberDayaDetails({ id, version, onShow }: Props & { id: string }) {
  const { content, error, retry } = useFetch(`${id} ${version}`, (signal) => ask(SUMBER_DAYA_DETAILS, { id }, signal));
  if (error !== null) return <ErrorNotice error={error} retry={retry} />;
  if (content === null) return <Loading what="rincian" />;
  const s = content.sumberDaya;
  if (s === null) return <p>Sumber daya ini tidak ada lagi, atau tidak dibuka untuk umum.</p>;
  const rows: Row[] = [
    row("Pemilik", words(s.pemilik)),
    row("Desa", <WilayahLink kode={s.desa.kode} name={`${s.desa.nama}, ${s.desa.kecamatan.nama}, ${s.desa.kecamatan.kabupaten.nama}`} onShow={onShow} />),
  ];
  if (s.alamat !== null) rows.push(row("Alamat", s.alamat));
  if ("dayaTampung" in s) {
    const occupied = s.jumlahKlien === null ? "" : `, terisi ${writeNumber(s.jumlahKlien)}`; // unknown or secret is not "nobody"
    rows.push(row("Daya tampung", `${writeNumber(s.dayaTampung)} orang${occupied}`));
  }
  if ("akreditasi" in s && s.akreditasi !== null) rows.push(row("Akreditasi", s.akreditasi));
  if ("kesehatan" in s) rows.push(row("Persediaan", words(s.kesehatan)));
  if (s.sumber !== null) rows.push(row("Sumber", s.sumber));
  if (s.contoh) rows.push(row("Catatan", "Baris contoh, bukan lembaga yang sungguh ada."));
  return <Summary title={s.nama} sub={`${SUMBER_DAYA[s.jenis].name}${s.aktif ? "" : " · tidak aktif"}`} rows={rows} />;
}

function WksbmDetails({ id, version, onShow }: Props & { id: string }) {
  const { content, error, retry } = useFetch(`${id} ${version}`, (signal) => ask(WKSBM, { id, today: today() }, signal));
  if (error !== null) return <ErrorNotice error={error} retry={retry} />;
  if (content === null) return <Loading what="rincian" />;
  const w = content.wksbm;
  if (w === null) return <p>WKSBM ini tidak ada lagi.</p>;
  return (
    <Summary
      title={w.nama}
      sub={`WKSBM · ${WKSBM_STAGES[w.tahap].name} sejak ${writeDate(new Date(w.tahapSejak))}`}
      rows={[
        row("Desa", <WilayahLink kode={w.desa.kode} name={`${w.desa.nama}, ${w.desa.kecamatan.nama}`} onShow={onShow} />),
        row("Anggota", w.jumlahAnggota === 0 ? "belum dicatat" : writeNumber(w.jumlahAnggota)),
        row(`Hubungan (${writeNumber(w.hubungan.length)})`, <Several texts={w.hubungan.map((h) => `${h.tujuan.nama}: ${h.jenis}, ${JEJARING_SCALES[h.skala].name.toLowerCase()}`)} />),
        row(`Terjangkau dalam dua langkah (${writeNumber(w.jangkauan.length)})`, <Several texts={w.jangkauan.map((j) => j.nama)} />),
        ...(w.contoh ? [row("Catatan", "Baris contoh, bukan jejaring yang sungguh ada.")] : []),
      ]}
    />
  );
}

const AT_ONCE = 6;

function Several({ texts }: { texts: string[] }) {
  if (texts.length === 0) return <>tidak ada</>;
  return (
    <ul class="beberapa">
      {texts.slice(0, AT_ONCE).map((text) => (
        <li key={text}>{text}</li>
      ))}
      {texts.length > AT_ONCE && <li>dan {writeNumber(texts.length - AT_ONCE)} lagi</li>}
    </ul>
  );
}

function WilayahLink({ kode, name, onShow }: { kode: string; name: string; onShow: (kode: string) => void }) {
  return (
    <button type="button" class="tautan" onClick={() => onShow(kode)}>
      {name}
    </button>
  );
}

// by the clock of the screen, which hangs in the office: toISOString would say yesterday there until 7 in the morning
const today = (): string => new Date().toLocaleDateString("sv-SE");

/** "KAMPUNG_SIAGA" → "Kampung siaga" */
const words = (kode: string): string => kode.charAt(0) + kode.slice(1).toLowerCase().replace(/_/g, " ");
