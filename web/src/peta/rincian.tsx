/** @jsxImportSource preact */
// What is known about the one thing that was clicked: a region's figure, an institution, a WKSBM.

import type { ComponentChildren } from "preact";
import { ask } from "./fetch.ts";
import { Galat, Memuat } from "./kabar.tsx";
import { useAmbil } from "./kait.ts";
import type { Butir } from "./katalog.ts";
import { MUTU_BATAS, SKALA_JEJARING, SUMBER_DAYA, TAHAP_WKSBM } from "./palet.ts";
import type { MutuBatas } from "./palet.ts";
import { SUMBER_DAYA_DETAILS, WILAYAH_DETAILS, WILAYAH_ELEMEN, WILAYAH_INDIKATOR, WKSBM } from "./queries.ts";
import type { WilayahDetailsFragment, WilayahElemenQuery, WilayahIndikatorQuery } from "./queries.ts";
import { hariTerakhir, namaLengkap, namaPeriode, TINGKAT, tingkatKode, tulisAngka, tulisKeadaan, tulisLuas, tulisNilai, tulisTanggal } from "./tulisan.ts";

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

interface Row {
  nama: string;
  isi: ComponentChildren;
}
const row = (nama: string, isi: ComponentChildren): Row => ({ nama, isi });

function Isi({ judul, sub, baris }: { judul: string; sub: string; baris: Row[] }) {
  return (
    <>
      <h2>{judul}</h2>
      <p class="sub">{sub}</p>
      <dl>
        {baris.map(({ nama, isi }) => (
          <div key={nama}>
            <dt>{nama}</dt>
            <dd>{isi}</dd>
          </div>
        ))}
      </dl>
    </>
  );
}

type Figure = WilayahElemenQuery["agregat"][number] | WilayahIndikatorQuery["indikator"][number];

async function askWilayah(kode: string, butir: Butir | undefined, periode: string, sinyal: AbortSignal): Promise<WilayahDetailsFragment & { figure: Figure | undefined }> {
  const tingkat = tingkatKode(kode);
  const asked = { text: kode, kode, isDesa: tingkat === "DESA" };
  if (butir === undefined) return { ...(await ask(WILAYAH_DETAILS, asked, sinyal)), figure: undefined };
  if (butir.indikator) {
    const answer = await ask(WILAYAH_INDIKATOR, { ...asked, indikator: butir.kode, periode, tingkat }, sinyal);
    return { ...answer, figure: answer.indikator[0] };
  }
  // figures of an older period on the borders of today, as the map has them
  const kini = hariIni();
  const older = hariTerakhir(periode) < kini ? { wilayahPada: kini } : {};
  const answer = await ask(WILAYAH_ELEMEN, { ...asked, elemen: butir.kode, periode, tingkat, ...older }, sinyal);
  return { ...answer, figure: answer.agregat[0] };
}

function RincianWilayah({ kode, butir, periode, versi, siap, onSumberDaya }: Sifat & { kode: string }) {
  const { isi, galat, ulang } = useAmbil(siap ? `${kode} ${butir?.kode} ${periode} ${versi}` : null, (sinyal) => askWilayah(kode, butir, periode, sinyal));
  if (galat !== null) return <Galat galat={galat} ulang={ulang} />;
  if (isi === null) return <Memuat apa="rincian" />;
  const kena = isi.cariWilayah.find((h) => h.wilayah.kode === kode);
  const b = isi.figure;
  const baris: Row[] = [];
  if (butir !== undefined && b !== undefined) {
    const angka = (n: number | string): string => tulisNilai(Number(n), butir.satuan);
    baris.push(row(butir.nama, <strong class="nilai">{tulisKeadaan(b.nilai === null ? null : Number(b.nilai), b.status, butir.satuan)}</strong>));
    baris.push(row("Periode", namaPeriode(periode)));
    if ("tertulis" in b && b.tertulis !== null && Number(b.tertulis) !== Number(b.nilai)) baris.push(row("Ditulis wilayah itu sendiri", angka(b.tertulis)));
    if ("pembilang" in b && b.pembilang !== null && b.penyebut !== null) baris.push(row("Perhitungan", `${tulisAngka(Number(b.pembilang))} dari ${tulisAngka(Number(b.penyebut))}`));
    baris.push(row("Kelengkapan", `${tulisAngka(b.kelengkapan.disetujui)} dari ${tulisAngka(b.kelengkapan.diharapkan)} rekap kabupaten/kota disetujui`));
  } else if (butir !== undefined) baris.push(row(butir.nama, `Wilayah ini belum ada pada ${namaPeriode(periode)}; angkanya tercatat pada wilayah asalnya.`));
  if (kena !== undefined && kena.wilayah.luasKm2 !== null) baris.push(row("Luas", `${tulisAngka(kena.wilayah.luasKm2)} km²`));
  const disini = isi.desa?.sumberDaya ?? [];
  if (disini.length > 0) {
    baris.push(row(
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
    ));
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
  const baris: Row[] = [
    row("Wilayah", <TautanWilayah kode={kode} nama={kode} onLihat={onLihat} />),
    row("Luas", tulisLuas(luasM2)),
  ];
  if (lain.length > 0) {
    baris.push(row(
      "Juga menyangkut",
      <ul class="beberapa">
        {lain.map((k) => (
          <li key={k}>
            <TautanWilayah kode={k} nama={k} onLihat={onLihat} />
          </li>
        ))}
      </ul>,
    ));
  }
  if (bagian !== null && BAGIAN[apa] !== "") baris.push(row(BAGIAN[apa], `${tulisAngka(bagian * 100)}%`));
  return <Isi judul={MUTU_BATAS[apa].nama} sub="Temuan pada batas, dari pemeriksaan terakhir" baris={baris} />;
}

function RincianSumberDaya({ id, versi, onLihat }: Sifat & { id: string }) {
  const { isi, galat, ulang } = useAmbil(`${id} ${versi}`, (sinyal) => ask(SUMBER_DAYA_DETAILS, { id }, sinyal));
  if (galat !== null) return <Galat galat={galat} ulang={ulang} />;
  if (isi === null) return <Memuat apa="rincian" />;
  const s = isi.sumberDaya;
  if (s === null) return <p>Sumber daya ini tidak ada lagi, atau tidak dibuka untuk umum.</p>;
  const baris: Row[] = [
    row("Pemilik", kata(s.pemilik)),
    row("Desa", <TautanWilayah kode={s.desa.kode} nama={`${s.desa.nama}, ${s.desa.kecamatan.nama}, ${s.desa.kecamatan.kabupaten.nama}`} onLihat={onLihat} />),
  ];
  if (s.alamat !== null) baris.push(row("Alamat", s.alamat));
  if ("dayaTampung" in s) {
    const terisi = s.jumlahKlien === null ? "" : `, terisi ${tulisAngka(s.jumlahKlien)}`; // unknown or secret is not "nobody"
    baris.push(row("Daya tampung", `${tulisAngka(s.dayaTampung)} orang${terisi}`));
  }
  if ("akreditasi" in s && s.akreditasi !== null) baris.push(row("Akreditasi", s.akreditasi));
  if ("kesehatan" in s) baris.push(row("Persediaan", kata(s.kesehatan)));
  if (s.sumber !== null) baris.push(row("Sumber", s.sumber));
  if (s.contoh) baris.push(row("Catatan", "Baris contoh, bukan lembaga yang sungguh ada."));
  return <Isi judul={s.nama} sub={`${SUMBER_DAYA[s.jenis].nama}${s.aktif ? "" : " · tidak aktif"}`} baris={baris} />;
}

function RincianWksbm({ id, versi, onLihat }: Sifat & { id: string }) {
  const { isi, galat, ulang } = useAmbil(`${id} ${versi}`, (sinyal) => ask(WKSBM, { id, today: hariIni() }, sinyal));
  if (galat !== null) return <Galat galat={galat} ulang={ulang} />;
  if (isi === null) return <Memuat apa="rincian" />;
  const w = isi.wksbm;
  if (w === null) return <p>WKSBM ini tidak ada lagi.</p>;
  return (
    <Isi
      judul={w.nama}
      sub={`WKSBM · ${TAHAP_WKSBM[w.tahap].nama} sejak ${tulisTanggal(new Date(w.tahapSejak))}`}
      baris={[
        row("Desa", <TautanWilayah kode={w.desa.kode} nama={`${w.desa.nama}, ${w.desa.kecamatan.nama}`} onLihat={onLihat} />),
        row("Anggota", w.jumlahAnggota === 0 ? "belum dicatat" : tulisAngka(w.jumlahAnggota)),
        row(`Hubungan (${tulisAngka(w.hubungan.length)})`, <Beberapa isi={w.hubungan.map((h) => `${h.tujuan.nama}: ${h.jenis}, ${SKALA_JEJARING[h.skala].nama.toLowerCase()}`)} />),
        row(`Terjangkau dalam dua langkah (${tulisAngka(w.jangkauan.length)})`, <Beberapa isi={w.jangkauan.map((j) => j.nama)} />),
        ...(w.contoh ? [row("Catatan", "Baris contoh, bukan jejaring yang sungguh ada.")] : []),
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
