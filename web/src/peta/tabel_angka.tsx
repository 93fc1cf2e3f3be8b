/** @jsxImportSource preact */
// The map as a table: every region's figure, for those who read it better so, with the keyboard or a screen reader.

import { useState } from "preact/hooks";
import { tanya } from "./ambil.ts";
import type { Angka } from "./angka.ts";
import { Asal } from "./legenda.tsx";
import { Galat, Memuat } from "./kabar.tsx";
import { useAmbil } from "./kait.ts";
import type { Hasil } from "./kait.ts";
import type { Butir } from "./katalog.ts";
import { Tabel } from "./tabel.tsx";
import type { Kolom } from "./tabel.tsx";
import type { Tampilan } from "./tampilan.ts";
import { namaPeriode, TINGKAT, tingkatKode, tulisAngka, tulisKeadaan, tulisNilai } from "./tulisan.ts";
import type { Status, Tingkat } from "./tulisan.ts";

interface Cabang {
  kode: string;
  nama: string;
  kabupaten?: Cabang[];
  kecamatan?: Cabang[];
  desa?: Cabang[];
}

interface Baris {
  kode: string;
  nama: string;
  di: string;
  nilai: number | null;
  status: Status;
}

const TURUN: readonly Tingkat[] = ["PROVINSI", "KABUPATEN", "KECAMATAN", "DESA"];

/** Names of all regions of a level in a region, those of today, as the map shows them. */
async function muatNama(wilayah: string, tingkat: Tingkat, sinyal: AbortSignal): Promise<Map<string, { nama: string; di: string }>> {
  const dari = TURUN.indexOf(tingkatKode(wilayah));
  const lapis = TURUN.slice(dari + 1, TURUN.indexOf(tingkat) + 1).map((t) => t.toLowerCase());
  const isi = lapis.reduceRight((dalam, t) => ` ${t} { kode nama${dalam} }`, "");
  const akar = TURUN[dari]?.toLowerCase() ?? "provinsi";
  const jawab = await tanya<Record<string, Cabang | null>>(
    `query ($k: KodeWilayah!) { ${akar}(kode: $k) { kode nama${isi} } }`, { k: wilayah }, sinyal,
  );
  const hasil = new Map<string, { nama: string; di: string }>();
  const telusuri = (c: Cabang, atas: string[]) => {
    hasil.set(c.kode, { nama: c.nama, di: atas.join(", ") });
    for (const anak of c.kabupaten ?? c.kecamatan ?? c.desa ?? []) telusuri(anak, tingkatKode(c.kode) === "PROVINSI" ? atas : [c.nama, ...atas]);
  };
  const pangkal = jawab[akar];
  if (pangkal != null) telusuri(pangkal, []);
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
