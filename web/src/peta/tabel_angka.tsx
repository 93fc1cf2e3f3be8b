/** @jsxImportSource preact */
// The map as a table: every region's figure, for those who read it better so, with the keyboard or a screen reader.

import { useState } from "preact/hooks";
import { ask } from "./fetch.ts";
import type { Angka } from "./angka.ts";
import { Asal } from "./legenda.tsx";
import { Galat, Memuat } from "./kabar.tsx";
import { useAmbil } from "./kait.ts";
import type { Hasil } from "./kait.ts";
import type { Butir } from "./katalog.ts";
import { DESA_NAME, KABUPATEN_NAMES, KECAMATAN_NAMES, PROVINSI_NAMES } from "./queries.ts";
import { Tabel } from "./tabel.tsx";
import type { Kolom } from "./tabel.tsx";
import type { Tampilan } from "./tampilan.ts";
import { namaPeriode, TINGKAT, tingkatKode, tulisAngka, tulisKeadaan, tulisNilai } from "./tulisan.ts";
import type { Status, Tingkat } from "./tulisan.ts";

/** A region with those below it, as far down as was asked. */
interface Cabang {
  kode: string;
  nama: string;
  kabupaten?: readonly Cabang[];
  kecamatan?: readonly Cabang[];
  desa?: readonly Cabang[];
}

interface Baris {
  kode: string;
  nama: string;
  di: string;
  nilai: number | null;
  status: Status;
}

const TURUN: readonly Tingkat[] = ["PROVINSI", "KABUPATEN", "KECAMATAN", "DESA"];

async function askNames(kode: string, level: Tingkat, sinyal: AbortSignal): Promise<Cabang | null> {
  const reaches = (t: Tingkat): boolean => TURUN.indexOf(level) >= TURUN.indexOf(t);
  const [kabupaten, kecamatan, desa] = [reaches("KABUPATEN"), reaches("KECAMATAN"), reaches("DESA")];
  switch (tingkatKode(kode)) {
    case "PROVINSI":
      return (await ask(PROVINSI_NAMES, { kode, kabupaten, kecamatan, desa }, sinyal)).wilayah;
    case "KABUPATEN":
      return (await ask(KABUPATEN_NAMES, { kode, kecamatan, desa }, sinyal)).wilayah;
    case "KECAMATAN":
      return (await ask(KECAMATAN_NAMES, { kode, desa }, sinyal)).wilayah;
    case "DESA":
      return (await ask(DESA_NAME, { kode }, sinyal)).wilayah;
  }
}

/** Names of all regions of a level in a region, those of today, as the map shows them. */
async function muatNama(wilayah: string, tingkat: Tingkat, sinyal: AbortSignal): Promise<Map<string, { nama: string; di: string }>> {
  const hasil = new Map<string, { nama: string; di: string }>();
  const telusuri = (c: Cabang, atas: string[]) => {
    hasil.set(c.kode, { nama: c.nama, di: atas.join(", ") });
    for (const anak of c.kabupaten ?? c.kecamatan ?? c.desa ?? []) telusuri(anak, tingkatKode(c.kode) === "PROVINSI" ? atas : [c.nama, ...atas]);
  };
  const pangkal = await askNames(wilayah, tingkat, sinyal);
  if (pangkal !== null) telusuri(pangkal, []);
  return hasil;
}

interface Sifat {
  tampilan: Tampilan;
  angka: Hasil<Angka>;
  versi: number;
  tampak: Set<string> | null; // null: no map
  onLihat: (kode: string) => void;
}

export function TabelAngka({ tampilan, angka, versi, tampak, onLihat }: Sifat) {
  const { wilayah, tingkat, periode } = tampilan;
  const [hanyaTampak, aturHanyaTampak] = useState(false);
  const nama = useAmbil(tingkat === "" ? null : `${wilayah} ${tingkat} ${versi}`, (sinyal) => muatNama(wilayah, tingkat === "" ? "KABUPATEN" : tingkat, sinyal));
  const { isi } = angka;
  const butir = isi?.tanya.butir;
  if (angka.galat !== null) return <Galat galat={angka.galat} ulang={angka.ulang} />;
  if (nama.galat !== null) return <Galat galat={nama.galat} ulang={nama.ulang} />;
  if (isi === null || butir === undefined || tingkat === "") return <Memuat apa="tabel" />;
  const dalam = hanyaTampak ? tampak : null;
  const baris: Baris[] = isi.kode.flatMap((kode, i) => {
    if (dalam !== null && !dalam.has(kode)) return [];
    const kenal = nama.isi?.get(kode);
    return [{ kode, nama: kenal?.nama ?? kode, di: kenal?.di ?? "", nilai: isi.nilai[i] ?? null, status: isi.status[i] ?? "TIDAK_ADA_DATA" }];
  });
  return (
    <div class="pilihan">
      {tampak !== null && (
        <label class="saklar">
          <input type="checkbox" checked={hanyaTampak} onChange={() => aturHanyaTampak(!hanyaTampak)} />
          <span>Hanya yang tampak di peta</span>
        </label>
      )}
      <Tabel
        judul={`${butir.nama} menurut ${TINGKAT[tingkat].toLowerCase()}, ${namaPeriode(periode)}: ${tulisAngka(baris.length)} wilayah`}
        kolom={kolom(butir, tingkat, new Set(baris.map((b) => b.di)).size > 1, onLihat)}
        baris={baris}
        kunci={(b) => b.kode}
        awal={{ kolom: "nilai", turun: true }}
        disorot={tampilan.dipilih}
      />
      <Asal angka={isi} />
    </div>
  );
}

function kolom(butir: Butir, tingkat: Tingkat, lebihDariSatu: boolean, onLihat: (kode: string) => void): Kolom<Baris>[] {
  return [
    {
      kunci: "nama", judul: TINGKAT[tingkat], urut: (b) => b.nama,
      isi: (b) => (
        <>
          <button type="button" class="tautan" onClick={() => onLihat(b.kode)}>
            {b.nama}
          </button>
          <small class="kode">{b.kode}</small>
        </>
      ),
    },
    ...(lebihDariSatu ? [{ kunci: "di", judul: "Di", urut: (b: Baris) => b.di, isi: (b: Baris) => b.di }] : []),
    { kunci: "nilai", judul: kepalaNilai(butir.satuan), angka: true, urut: (b) => b.nilai, isi: (b) => (b.nilai === null ? <span class="pudar">{tulisKeadaan(null, b.status, butir.satuan)}</span> : tulisNilai(b.nilai, butir.satuan === "rupiah" || butir.satuan === "persen" ? butir.satuan : "")) },
  ];
}

// the unit stands once above the column, but for those written into every figure
function kepalaNilai(satuan: string): string {
  return satuan === "rupiah" || satuan === "persen" ? "Nilai" : `Nilai (${satuan})`;
}
