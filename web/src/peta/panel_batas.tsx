/** @jsxImportSource preact */
// What is wrong with boundaries: which kinds are drawn, how many there are, and a list that leads to each.

import { ask } from "./fetch.ts";
import { Galat, Memuat } from "./kabar.tsx";
import { useAmbil } from "./kait.ts";
import { namaDaerah } from "./katalog.ts";
import { JENIS_MUTU, MUTU_BATAS } from "./palet.ts";
import { PilihWilayah } from "./panel_angka.tsx";
import type { SifatPanel } from "./panel_angka.tsx";
import { DaftarCentang } from "./panel_lapisan.tsx";
import { BATAS_FINDINGS } from "./queries.ts";
import type { BatasFindingsQuery, JenisMutuBatas } from "./queries.ts";
import { Tabel } from "./tabel.tsx";
import type { Kolom } from "./tabel.tsx";
import { tulisAngka, tulisLuas, tulisTanggal } from "./tulisan.ts";

const NAMA: Record<JenisMutuBatas, string> = { TUMPANG_TINDIH: "Tumpang tindih", CELAH: "Celah", DI_LUAR_INDUK: "Di luar induknya", LUAS_BEDA: "Luas berbeda", TANPA_BATAS: "Batas belum dimuat" };

type Temuan = BatasFindingsQuery["all"]["edges"][number]["node"];

const SEKALIGUS = 200;

export function PanelBatas(s: SifatPanel & { versi: number; onLihat: (kode: string) => void }) {
  const { tampilan, ubah, katalog, versi, onLihat } = s;
  const { isi, memuat, galat, ulang } = useAmbil(`${tampilan.wilayah} ${versi}`, (sinyal) => ask(BATAS_FINDINGS, { wilayah: tampilan.wilayah, first: SEKALIGUS }, sinyal));
  return (
    <form class="pilihan" onSubmit={(e) => e.preventDefault()}>
      <PilihWilayah {...s} />
      <DaftarCentang judul="Temuan yang digambar" semua={JENIS_MUTU} ada={tampilan.mutu} ubah={(mutu) => ubah({ mutu })} rupa={MUTU_BATAS} banyak={(j) => isi?.[j].totalCount} />
      {galat !== null && <Galat galat={galat} ulang={ulang} />}
      {isi === null && memuat && <Memuat apa="temuan pada batas" />}
      {isi !== null && <Daftar isi={isi} daerah={namaDaerah(tampilan.wilayah, katalog)} onLihat={onLihat} />}
    </form>
  );
}

function Daftar({ isi, daerah, onLihat }: { isi: BatasFindingsQuery; daerah: string; onLihat: (kode: string) => void }) {
  const { edges, totalCount } = isi.all;
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
