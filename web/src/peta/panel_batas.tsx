/** @jsxImportSource preact */
// What is wrong with boundaries: which kinds are drawn, how many there are, and a list that leads to each.

import { tanya } from "./ambil.ts";
import { Galat, Memuat } from "./kabar.tsx";
import { useAmbil } from "./kait.ts";
import { namaDaerah } from "./katalog.ts";
import { JENIS_MUTU, MUTU_BATAS } from "./palet.ts";
import type { MutuBatas } from "./palet.ts";
import { PilihWilayah } from "./panel_angka.tsx";
import type { SifatPanel } from "./panel_angka.tsx";
import { saklar } from "./panel_lapisan.tsx";
import { Tabel } from "./tabel.tsx";
import type { Kolom } from "./tabel.tsx";
import { tulisAngka, tulisLuas, tulisTanggal } from "./tulisan.ts";

type Jenis = MutuBatas | "TANPA_BATAS";
const SEMUA: readonly Jenis[] = [...JENIS_MUTU, "TANPA_BATAS"];
const NAMA: Record<Jenis, string> = { TUMPANG_TINDIH: "Tumpang tindih", CELAH: "Celah", DI_LUAR_INDUK: "Di luar induknya", LUAS_BEDA: "Luas berbeda", TANPA_BATAS: "Batas belum dimuat" };

interface Temuan {
  jenis: Jenis;
  wilayah: { kode: string; nama: string } | null;
  luasM2: number | null;
  diperiksaPada: string;
}
type Jawaban = Record<Jenis, { totalCount: number }> & { daftar: { edges: { node: Temuan }[]; totalCount: number } };

const SEKALIGUS = 200;
const MUTU = `query ($w: KodeWilayah!) { ${SEMUA.map((j) => `${j}: mutuBatas(wilayah: $w, jenis: [${j}], first: 1) { totalCount }`).join(" ")}
  daftar: mutuBatas(wilayah: $w, first: ${SEKALIGUS}) { totalCount edges { node { jenis wilayah { kode nama } luasM2 diperiksaPada } } } }`;

export function PanelBatas(s: SifatPanel & { versi: number; onLihat: (kode: string) => void }) {
  const { tampilan, ubah, katalog, versi, onLihat } = s;
  const { isi, memuat, galat, ulang } = useAmbil(`${tampilan.wilayah} ${versi}`, (sinyal) => tanya<Jawaban>(MUTU, { w: tampilan.wilayah }, sinyal));
  const semua = tampilan.mutu.length === JENIS_MUTU.length;
  return (
    <form class="pilihan" onSubmit={(e) => e.preventDefault()}>
      <PilihWilayah {...s} />
      <fieldset class="daftar-centang">
        <legend>Temuan yang digambar</legend>
        {JENIS_MUTU.map((j) => (
          <label key={j}>
            <input type="checkbox" checked={tampilan.mutu.includes(j)} onChange={() => ubah({ mutu: saklar(JENIS_MUTU, tampilan.mutu, j) })} />
            <span class="lencana bulatan" style={{ backgroundColor: MUTU_BATAS[j].warna }} aria-hidden="true" />
            <span>{MUTU_BATAS[j].nama}</span>
            <small>{isi === null ? "" : tulisAngka(isi[j].totalCount)}</small>
          </label>
        ))}
      </fieldset>
      <button type="button" class="lagi" onClick={() => ubah({ mutu: semua ? [] : [...JENIS_MUTU] })}>
        {semua ? "Sembunyikan semua" : "Tampilkan semua"}
      </button>
      {galat !== null && <Galat galat={galat} ulang={ulang} />}
      {isi === null && memuat && <Memuat apa="temuan pada batas" />}
      {isi !== null && <Daftar isi={isi} daerah={namaDaerah(tampilan.wilayah, katalog)} onLihat={onLihat} />}
    </form>
  );
}

function Daftar({ isi, daerah, onLihat }: { isi: Jawaban; daerah: string; onLihat: (kode: string) => void }) {
  const { edges, totalCount } = isi.daftar;
  if (totalCount === 0) {
    return <p class="kosong">Tidak ada temuan di {daerah}. Temuan muncul sesudah pengelola hub memeriksa batas (hub check batas), dan hilang begitu batasnya diganti.</p>;
  }
  const kolom: Kolom<Temuan & { nomor: string }>[] = [
    {
      kunci: "wilayah", judul: "Wilayah", urut: (t) => t.wilayah?.kode ?? null,
      isi: ({ wilayah }) =>
        wilayah === null ? (
          "tidak berlaku lagi"
        ) : (
          <button type="button" class="tautan" onClick={() => onLihat(wilayah.kode)}>
            {wilayah.nama}
          </button>
        ),
    },
    { kunci: "jenis", judul: "Temuan", urut: (t) => NAMA[t.jenis], isi: (t) => NAMA[t.jenis] },
    { kunci: "luas", judul: "Luas", angka: true, urut: (t) => t.luasM2, isi: (t) => (t.luasM2 === null ? "–" : tulisLuas(t.luasM2)) },
  ];
  const diperiksa = edges[0] === undefined ? "" : `, diperiksa ${tulisTanggal(new Date(edges[0].node.diperiksaPada))}`;
  const sebagian = totalCount > edges.length ? `${tulisAngka(edges.length)} pertama dari ${tulisAngka(totalCount)} temuan` : `${tulisAngka(totalCount)} temuan`;
  return <Tabel judul={`${sebagian}, ${daerah}${diperiksa}`} kolom={kolom} baris={edges.map(({ node }, i) => ({ ...node, nomor: String(i) }))} kunci={(t) => t.nomor} awal={{ kolom: "wilayah", turun: false }} />;
}
