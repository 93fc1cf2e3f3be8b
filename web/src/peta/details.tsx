/** @jsxImportSource preact */
// What is known about the one thing that was clicked: a region, an institution, a WKSBM, a finding on boundaries.

import type { BatasTemuan, Thing } from "./card.ts";
import { ask } from "../hub/fetch.ts";
import { ErrorNotice, Loading } from "../hub/notices.tsx";
import { useFetch } from "../hub/hooks.ts";
import { BATAS_QUALITY, JEJARING_SCALES, SUMBER_DAYA, WKSBM_STAGES } from "./palette.ts";
import type { BatasQuality } from "./palette.ts";
import { SUMBER_DAYA_DETAILS, WKSBM } from "./queries.ts";
import { row, Summary, today } from "./summary.tsx";
import type { Row } from "./summary.tsx";
import { WilayahDetails } from "./wilayah_details.tsx";
import type { Figures } from "./wilayah_details.tsx";
import { writeArea, writeDate, writeNumber } from "../hub/wording.ts";

interface Props extends Figures {
  thing: Thing;
  onClose: () => void;
  onShow: (kode: string) => void;
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

/** "KAMPUNG_SIAGA" → "Kampung siaga" */
const words = (kode: string): string => kode.charAt(0) + kode.slice(1).toLowerCase().replace(/_/g, " ");
