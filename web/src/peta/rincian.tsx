/** @jsxImportSource preact */
// What is known about the one thing that was clicked: a region's figure, an institution, a WKSBM.

import type { ComponentChildren } from "preact";
import { tanya } from "./ambil.ts";
import { Galat, Memuat } from "./kabar.tsx";
import { useAmbil } from "./kait.ts";
import type { Butir } from "./katalog.ts";
import { MUTU_BATAS, SKALA_JEJARING, SUMBER_DAYA, TAHAP_WKSBM } from "./palet.ts";
import type { JenisSumberDaya, MutuBatas, SkalaJejaring, TahapWksbm } from "./palet.ts";
import { hariTerakhir, namaLengkap, namaPeriode, TINGKAT, tingkatKode, tulisAngka, tulisKeadaan, tulisLuas, tulisNilai, tulisTanggal } from "./tulisan.ts";
import type { Status } from "./tulisan.ts";

export type Benda = { jenis: "wilayah"; kode: string } | { jenis: "sumber-daya"; id: string } | { jenis: "wksbm"; id: string } | TemuanBatas;
/** As a tile tells it. */
export interface TemuanBatas {
  jenis: "batas";
  apa: MutuBatas;
  kode: string;
  lain: string[];
  luasM2: number;
  bagian: number | null;
}

interface Sifat {
  benda: Benda;
  butir: Butir | undefined;
  periode: string;
  versi: number;
  siap: boolean; // whether it is known what is shown; before that nothing is asked
  onTutup: () => void;
  onLihat: (kode: string) => void;
  onSumberDaya: (id: string) => void;
}

export function Rincian(s: Sifat) {
  const { benda, onTutup } = s;
  return (
    <section class="rincian" aria-label="Rincian">
      <button type="button" class="tutup" aria-label="Tutup rincian" onClick={onTutup}>
        ×
      </button>
      {benda.jenis === "wilayah" && <RincianWilayah key={benda.kode} kode={benda.kode} {...s} />}
      {benda.jenis === "sumber-daya" && <RincianSumberDaya key={benda.id} id={benda.id} {...s} />}
      {benda.jenis === "batas" && <RincianBatas temuan={benda} onLihat={s.onLihat} />}
      {benda.jenis === "wksbm" && <RincianWksbm key={benda.id} id={benda.id} {...s} />}
    </section>
  );
}

function Isi({ judul, sub, baris }: { judul: string; sub: string; baris: [string, ComponentChildren][] }) {
  return (
    <>
      <h2>{judul}</h2>
      <p class="sub">{sub}</p>
      <dl>
        {baris.map(([nama, isi]) => (
          <div key={nama}>
            <dt>{nama}</dt>
            <dd>{isi}</dd>
          </div>
        ))}
      </dl>
    </>
  );
}

interface Lengkap {
  diharapkan: number;
  disetujui: number;
  tepatWaktu: number;
}
interface BarisAngka {
  nilai: number | string | null;
  status: Status;
  tertulis?: number | string | null;
  pembilang?: number | string | null;
  penyebut?: number | string | null;
  kelengkapan: Lengkap;
}
interface JawabanWilayah {
  cariWilayah: { jalur: string; wilayah: { kode: string; nama: string; luasKm2: number | null } }[];
  baris?: BarisAngka[];
  desa?: { sumberDaya: { id: string; nama: string; jenis: JenisSumberDaya }[] } | null;
}

const LENGKAP = "kelengkapan { diharapkan disetujui tepatWaktu }";

function tanyaWilayah(kode: string, butir: Butir | undefined, periode: string): [string, Record<string, unknown>] {
  const isiDesa = tingkatKode(kode) === "DESA" ? "desa(kode: $k) { sumberDaya { id nama jenis } }" : "";
  const wilayah = `cariWilayah(teks: $w, batas: 1) { jalur wilayah { kode nama luasKm2 } } ${isiDesa}`;
  // figures of an older period on the borders of today, as the map has them
  const kini = hariIni();
  const lampau = hariTerakhir(periode) < kini;
  if (butir === undefined) return [`query ($w: String!${isiDesa === "" ? "" : ", $k: KodeWilayah!"}) { ${wilayah} }`, { w: kode, k: kode }];
  const isi = butir.indikator
    ? `baris: indikator(kode: [$d], periode: [$p], wilayah: $k, tingkat: $t) { nilai status pembilang penyebut ${LENGKAP} }`
    : `baris: agregat(elemen: [$d], periode: [$p], wilayah: $k, tingkat: $t${lampau ? ", wilayahPada: $h" : ""}) { nilai status tertulis ${LENGKAP} }`;
  return [
    `query ($w: String!, $k: KodeWilayah!, $d: String!, $p: Periode!, $t: TingkatWilayah!${lampau && !butir.indikator ? ", $h: Date!" : ""}) { ${wilayah} ${isi} }`,
    { w: kode, k: kode, d: butir.kode, p: periode, t: tingkatKode(kode), ...(lampau && !butir.indikator ? { h: kini } : {}) },
  ];
}

function RincianWilayah({ kode, butir, periode, versi, siap, onSumberDaya }: Sifat & { kode: string }) {
  const { isi, galat, ulang } = useAmbil(siap ? `${kode} ${butir?.kode} ${periode} ${versi}` : null, (sinyal) => tanya<JawabanWilayah>(...tanyaWilayah(kode, butir, periode), sinyal));
  if (galat !== null) return <Galat galat={galat} ulang={ulang} />;
  if (isi === null) return <Memuat apa="rincian" />;
  const kena = isi.cariWilayah.find((h) => h.wilayah.kode === kode);
  const b = isi.baris?.[0];
  const baris: [string, ComponentChildren][] = [];
  if (butir !== undefined && b !== undefined) {
    const angka = (n: number | string): string => tulisNilai(Number(n), butir.satuan);
    baris.push([butir.nama, <strong class="nilai">{tulisKeadaan(b.nilai === null ? null : Number(b.nilai), b.status, butir.satuan)}</strong>]);
    baris.push(["Periode", namaPeriode(periode)]);
    if (b.tertulis != null && Number(b.tertulis) !== Number(b.nilai)) baris.push(["Ditulis wilayah itu sendiri", angka(b.tertulis)]);
    if (b.pembilang != null && b.penyebut != null) baris.push(["Perhitungan", `${tulisAngka(Number(b.pembilang))} dari ${tulisAngka(Number(b.penyebut))}`]);
    baris.push(["Kelengkapan", `${tulisAngka(b.kelengkapan.disetujui)} dari ${tulisAngka(b.kelengkapan.diharapkan)} kabupaten/kota rekapnya disetujui`]);
  } else if (butir !== undefined) baris.push([butir.nama, `Wilayah ini belum ada pada ${namaPeriode(periode)}; angkanya tercatat pada wilayah asalnya.`]);
  if (kena?.wilayah.luasKm2 != null) baris.push(["Luas", `${tulisAngka(kena.wilayah.luasKm2)} km²`]);
  const disini = isi.desa?.sumberDaya ?? [];
  if (disini.length > 0) {
    baris.push([
      "Sumber daya di sini",
      <ul class="beberapa">
        {disini.map((s) => (
          <li key={s.id}>
            <button type="button" class="tautan" onClick={() => onSumberDaya(s.id)}>
              {s.nama}
            </button>{" "}
            <small>{SUMBER_DAYA[s.jenis].nama}</small>
          </li>
        ))}
      </ul>,
    ]);
  }
  const [, ...atas] = kena?.jalur.split(", ") ?? [];
  return <Isi judul={kena === undefined ? kode : namaLengkap(kena.wilayah.nama, kode)} sub={[TINGKAT[tingkatKode(kode)], kode, ...atas].join(" · ")} baris={baris} />;
}

const BAGIAN: Record<MutuBatas, string> = {
  TUMPANG_TINDIH: "Bagian dari yang lebih kecil",
  CELAH: "",
  DI_LUAR_INDUK: "Bagian di dalam induknya",
  LUAS_BEDA: "Selisih dari luas resmi",
};

function RincianBatas({ temuan: { apa, kode, lain, luasM2, bagian }, onLihat }: { temuan: TemuanBatas; onLihat: (kode: string) => void }) {
  const baris: [string, ComponentChildren][] = [
    ["Wilayah", <TautanWilayah kode={kode} nama={kode} onLihat={onLihat} />],
    ["Luas", tulisLuas(luasM2)],
  ];
  if (lain.length > 0) {
    baris.push([
      "Juga menyangkut",
      <ul class="beberapa">
        {lain.map((k) => (
          <li key={k}>
            <TautanWilayah kode={k} nama={k} onLihat={onLihat} />
          </li>
        ))}
      </ul>,
    ]);
  }
  if (bagian !== null && BAGIAN[apa] !== "") baris.push([BAGIAN[apa], `${tulisAngka(bagian * 100)}%`]);
  return <Isi judul={MUTU_BATAS[apa].nama} sub="Temuan pada batas, dari pemeriksaan terakhir" baris={baris} />;
}

interface JawabanSumberDaya {
  sumberDaya: {
    jenis: JenisSumberDaya; nama: string; pemilik: string; aktif: boolean; alamat: string | null; sumber: string | null; contoh: boolean; sejak: string;
    dayaTampung?: number; jumlahKlien?: number | null; akreditasi?: string | null; kesehatan?: string;
    desa: { kode: string; nama: string; kecamatan: { nama: string; kabupaten: { nama: string } } };
  } | null;
}
const SUMBER = `query ($id: ID!) { sumberDaya(id: $id) { jenis nama pemilik aktif alamat sumber contoh sejak
  desa { kode nama kecamatan { nama kabupaten { nama } } } ... on Panti { dayaTampung jumlahKlien } ... on Lks { akreditasi } ... on GudangBencana { kesehatan } } }`;

function RincianSumberDaya({ id, versi, onLihat }: Sifat & { id: string }) {
  const { isi, galat, ulang } = useAmbil(`${id} ${versi}`, (sinyal) => tanya<JawabanSumberDaya>(SUMBER, { id }, sinyal));
  if (galat !== null) return <Galat galat={galat} ulang={ulang} />;
  if (isi === null) return <Memuat apa="rincian" />;
  const s = isi.sumberDaya;
  if (s === null) return <p>Sumber daya ini tidak ada lagi, atau tidak dibuka untuk umum.</p>;
  const baris: [string, ComponentChildren][] = [
    ["Pemilik", kata(s.pemilik)],
    ["Desa", <TautanWilayah kode={s.desa.kode} nama={`${s.desa.nama}, ${s.desa.kecamatan.nama}, ${s.desa.kecamatan.kabupaten.nama}`} onLihat={onLihat} />],
  ];
  if (s.alamat !== null) baris.push(["Alamat", s.alamat]);
  if (s.dayaTampung !== undefined) {
    const terisi = s.jumlahKlien == null ? "" : `, terisi ${tulisAngka(s.jumlahKlien)}`; // unknown or secret is not "nobody"
    baris.push(["Daya tampung", `${tulisAngka(s.dayaTampung)} orang${terisi}`]);
  }
  if (s.akreditasi != null) baris.push(["Akreditasi", s.akreditasi]);
  if (s.kesehatan !== undefined) baris.push(["Persediaan", kata(s.kesehatan)]);
  if (s.sumber !== null) baris.push(["Sumber", s.sumber]);
  if (s.contoh) baris.push(["Catatan", "Baris contoh, bukan lembaga yang sungguh ada."]);
  return <Isi judul={s.nama} sub={`${SUMBER_DAYA[s.jenis].nama}${s.aktif ? "" : " · tidak aktif"}`} baris={baris} />;
}

interface JawabanWksbm {
  wksbm: {
    nama: string; tahap: TahapWksbm; tahapSejak: string; jumlahAnggota: number; contoh: boolean; desa: { kode: string; nama: string; kecamatan: { nama: string } };
    hubungan: { id: string; jenis: string; skala: SkalaJejaring; tujuan: { nama: string } }[]; jangkauan: { id: string; nama: string }[];
  } | null;
}
const WKSBM = `query ($id: ID!, $h: Date!) { wksbm(id: $id) { nama tahap tahapSejak jumlahAnggota contoh desa { kode nama kecamatan { nama } }
  hubungan(pada: $h) { id jenis skala tujuan { ... on Wksbm { nama } ... on SumberDaya { nama } ... on MitraLuar { nama } } } jangkauan { id nama } } }`;

function RincianWksbm({ id, versi, onLihat }: Sifat & { id: string }) {
  const { isi, galat, ulang } = useAmbil(`${id} ${versi}`, (sinyal) => tanya<JawabanWksbm>(WKSBM, { id, h: hariIni() }, sinyal));
  if (galat !== null) return <Galat galat={galat} ulang={ulang} />;
  if (isi === null) return <Memuat apa="rincian" />;
  const w = isi.wksbm;
  if (w === null) return <p>WKSBM ini tidak ada lagi.</p>;
  return (
    <Isi
      judul={w.nama}
      sub={`WKSBM · ${TAHAP_WKSBM[w.tahap].nama} sejak ${tulisTanggal(new Date(w.tahapSejak))}`}
      baris={[
        ["Desa", <TautanWilayah kode={w.desa.kode} nama={`${w.desa.nama}, ${w.desa.kecamatan.nama}`} onLihat={onLihat} />],
        ["Anggota", w.jumlahAnggota === 0 ? "belum dicatat" : tulisAngka(w.jumlahAnggota)],
        [`Hubungan (${tulisAngka(w.hubungan.length)})`, <Beberapa isi={w.hubungan.map((h) => `${h.tujuan.nama}: ${h.jenis}, ${SKALA_JEJARING[h.skala].nama.toLowerCase()}`)} />],
        [`Terjangkau dalam dua langkah (${tulisAngka(w.jangkauan.length)})`, <Beberapa isi={w.jangkauan.map((j) => j.nama)} />],
        ...(w.contoh ? [["Catatan", "Baris contoh, bukan jejaring yang sungguh ada."] as [string, ComponentChildren]] : []),
      ]}
    />
  );
}

const SEKALIGUS = 6;

function Beberapa({ isi }: { isi: string[] }) {
  if (isi.length === 0) return <>tidak ada</>;
  return (
    <ul class="beberapa">
      {isi.slice(0, SEKALIGUS).map((teks) => (
        <li key={teks}>{teks}</li>
      ))}
      {isi.length > SEKALIGUS && <li>dan {tulisAngka(isi.length - SEKALIGUS)} lagi</li>}
    </ul>
  );
}

function TautanWilayah({ kode, nama, onLihat }: { kode: string; nama: string; onLihat: (kode: string) => void }) {
  return (
    <button type="button" class="tautan" onClick={() => onLihat(kode)}>
      {nama}
    </button>
  );
}

// by the clock of the screen, which hangs in the office: toISOString would say yesterday there until 7 in the morning
const hariIni = (): string => new Date().toLocaleDateString("sv-SE");

/** "KAMPUNG_SIAGA" → "Kampung siaga" */
const kata = (kode: string): string => kode.charAt(0) + kode.slice(1).toLowerCase().replace(/_/g, " ");
