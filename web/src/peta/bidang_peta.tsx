/** @jsxImportSource preact */
// The map's place: the map, its legend, what is pointed at, the details, and what to say where there is no map.

import { useMemo, useState } from "preact/hooks";
import type { Angka, Pembagian } from "./angka.ts";
import { Gagal } from "./fetch.ts";
import { Galat, KabarSambungan } from "./kabar.tsx";
import type { Hasil } from "./kait.ts";
import type { Butir } from "./katalog.ts";
import { Legenda, LegendaRingkas } from "./legenda.tsx";
import type { KeadaanPeta } from "./pakai_peta.ts";
import { isKeyOf, MUTU_BATAS, SUMBER_DAYA, TAHAP_WKSBM } from "./palet.ts";
import type { Kena } from "./peta_hub.ts";
import { Rincian } from "./rincian.tsx";
import type { Benda } from "./rincian.tsx";
import type { Tampilan } from "./tampilan.ts";
import { namaPeriode, TINGKAT, tulisAngka, tulisKeadaan, tulisLuas, wordOf } from "./tulisan.ts";

export interface Tunjuk {
  kena: Kena;
  x: number;
  y: number;
}

export interface Tampak {
  kode: Set<string>;
  contoh: boolean;
  mulai: number | null; // zoom from which the level is drawn, where it is not yet
}

interface Sifat {
  wadah: { current: HTMLDivElement | null };
  keadaan: KeadaanPeta;
  tampilan: Tampilan;
  butir: Butir | undefined;
  angka: Hasil<Angka>;
  pembagian: Pembagian | null;
  tunjuk: Tunjuk | null;
  benda: Benda | null;
  versi: number;
  ubinGagal: boolean;
  sibuk: boolean;
  tampak: Tampak | null;
  siap: boolean;
  onTutup: () => void;
  onLihat: (kode: string) => void;
  onSumberDaya: (id: string) => void;
  onUlang: () => void;
}

const SEMPIT = 760; // px: there the legend begins folded, so that it leaves the map its room

export function BidangPeta(s: Sifat) {
  const { wadah, keadaan, tampilan, angka, pembagian, benda, onTutup } = s;
  const [terbuka, buka] = useState(() => innerWidth > SEMPIT);
  return (
    <section class="bidang-peta" aria-label="Peta" aria-busy={s.sibuk}>
      <div class="peta" ref={wadah} />
      {keadaan === "tanpa-webgl" && (
        <div class="tanpa-peta">
          <h2>Peramban ini tidak dapat menggambar peta</h2>
          <p>
            WebGL 2 tidak tersedia atau dimatikan. Semua angka tetap ada di tab <strong>Tabel</strong>. Untuk petanya: perbarui peramban (Chrome, Edge atau Firefox), atau nyalakan
            “akselerasi grafis/perangkat keras” di setelannya, lalu muat ulang halaman ini.
          </p>
        </div>
      )}
      {keadaan === "memuat" && <p class="tanpa-peta memuat">Memuat peta…</p>}
      {keadaan === "gagal" && (
        <div class="tanpa-peta">
          <Galat galat={new Gagal("Program peta tidak sampai.", "Periksa sambungan, lalu muat ulang. Tabel tetap dapat dipakai.")} ulang={() => location.reload()} />
        </div>
      )}
      <div class={`legenda ${angka.memuat ? "lama" : ""}`}>
        <button type="button" class="lipat" aria-expanded={terbuka} aria-controls="legenda" onClick={() => buka(!terbuka)}>
          Legenda <span aria-hidden="true">{terbuka ? "▾" : "▴"}</span>
          {!terbuka && pembagian !== null && <LegendaRingkas pembagian={pembagian} />}
        </button>
        <div id="legenda" hidden={!terbuka}>
          <Legenda tampilan={tampilan} angka={angka.isi} pembagian={pembagian} />
        </div>
      </div>
      {benda !== null && <Rincian {...s} benda={benda} periode={tampilan.periode} onTutup={onTutup} />}
      {s.tampak?.contoh === true && <p class="contoh">Peta contoh buatan, bukan batas resmi</p>}
      {s.tampak !== null && s.tampak.mulai !== null && tampilan.tingkat !== "" && (
        <p class="contoh">Dari sejauh ini {s.tampak.kode.size === 0 ? TINGKAT[tampilan.tingkat].toLowerCase() : "desa/kelurahan"} terlalu banyak untuk digambar; perbesar peta sampai zoom {s.tampak.mulai}</p>
      )}
      {s.tampak?.kode.size === 0 && s.tampak.mulai === null && tampilan.tingkat !== "" && <p class="contoh">Tidak ada batas {TINGKAT[tampilan.tingkat].toLowerCase()} di bagian peta ini</p>}
      <Petunjuk tunjuk={s.tunjuk} angka={angka.isi} />
      <div class="kabar-peta">
        <KabarSambungan />
        {s.ubinGagal && <Galat galat={new Gagal("Sebagian peta tidak sampai.", "Sambungan mungkin terputus.")} ulang={s.onUlang} />}
        {angka.galat !== null && <Galat galat={angka.galat} ulang={angka.ulang} />}
      </div>
    </section>
  );
}

function Petunjuk({ tunjuk, angka }: { tunjuk: Tunjuk | null; angka: Angka | null }) {
  const nomor = useMemo(() => new Map(angka?.kode.map((k, i) => [k, i])), [angka]);
  if (tunjuk === null) return null;
  const { kena, x, y } = tunjuk;
  const [judul, isi] = tulisPetunjuk(kena, angka, nomor);
  return (
    <div class="petunjuk" style={{ transform: `translate(${x}px, ${y}px)` }} aria-hidden="true">
      <span>
        <strong>{judul}</strong>
        {isi}
      </span>
    </div>
  );
}

function tulisPetunjuk({ lapisan, sifat }: Kena, angka: Angka | null, nomor: Map<string, number>): [string, string] {
  const nama = wordOf(sifat["nama"]);
  if (lapisan === "titik") {
    const jenis = isKeyOf(SUMBER_DAYA, sifat["jenis"]) ? SUMBER_DAYA[sifat["jenis"]].nama : undefined;
    const banyak = Number(sifat["banyak"] ?? 1);
    if (banyak === 1) return [nama, jenis ?? ""];
    return [`${tulisAngka(banyak)} ${jenis ?? "sumber daya"}`, sifat["kode_desa"] === undefined ? "klik untuk mendekat" : "di desa ini, letak persisnya belum dicatat"];
  }
  if (lapisan === "wksbm") return [nama, isKeyOf(TAHAP_WKSBM, sifat["tahap"]) ? TAHAP_WKSBM[sifat["tahap"]].nama : ""];
  if (lapisan === "usulan") return [`Letak usulan ${String(sifat["urutan"])}`, nama];
  const kode = String(sifat["kode"]);
  if (lapisan === "mutu" || lapisan === "mutu-titik") return [isKeyOf(MUTU_BATAS, sifat["jenis"]) ? MUTU_BATAS[sifat["jenis"]].nama : "", tulisLuas(Number(sifat["luas_m2"]))];
  const i = nomor.get(kode);
  if (angka === null) return [nama, ""];
  const { wilayah, periode } = angka.tanya;
  if (i === undefined) return [nama, kode.startsWith(wilayah) ? `belum ada pada ${namaPeriode(periode)}` : "di luar wilayah yang dipilih"];
  return [nama, tulisKeadaan(angka.nilai[i] ?? null, angka.status[i] ?? "TIDAK_ADA_DATA", angka.tanya.butir.satuan)];
}
