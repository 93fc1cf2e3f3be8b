/** @jsxImportSource preact */
// What comes out of the printer: title, map, legend, completeness, source, date. Seen on paper only.

import { useEffect, useRef } from "preact/hooks";
import type { Angka, Pembagian } from "./angka.ts";
import { namaDaerah } from "./katalog.ts";
import type { Katalog } from "./katalog.ts";
import { Legenda } from "./legenda.tsx";
import type { PetaHub } from "./peta_hub.ts";
import type { Tampilan } from "./tampilan.ts";
import { namaPeriode, TINGKAT, tulisTanggal } from "./tulisan.ts";

interface Sifat {
  tampilan: Tampilan;
  katalog: Katalog | null;
  angka: Angka | null;
  pembagian: Pembagian | null;
  peta: PetaHub | null;
  contoh: boolean;
}

/** What the page shows, in a line. */
export function judulPeta(angka: Angka | null, katalog: Katalog | null): string {
  if (angka === null || katalog === null) return "Peta Hub Dinsos";
  const { butir, tingkat, wilayah, periode } = angka.tanya;
  return `${butir.nama} menurut ${TINGKAT[tingkat].toLowerCase()}, ${namaDaerah(wilayah, katalog)}, ${namaPeriode(periode)}`;
}

export function LembarCetak({ tampilan, katalog, angka, pembagian, peta, contoh }: Sifat) {
  const gambar = useRef<HTMLImageElement>(null);
  useEffect(() => {
    const siapkan = () => {
      if (peta !== null && gambar.current !== null) gambar.current.src = peta.gambar();
    };
    addEventListener("beforeprint", siapkan);
    return () => removeEventListener("beforeprint", siapkan);
  }, [peta]);
  return (
    <section class="lembar-cetak" aria-hidden="true">
      <h1>{judulPeta(angka, katalog)}</h1>
      <div class="isi-cetak">
        <img ref={gambar} alt="" hidden={peta === null} />
        <div class="legenda-cetak">
          <Legenda tampilan={tampilan} angka={angka} pembagian={pembagian} />
        </div>
      </div>
      <p>
        Dicetak {tulisTanggal(new Date())} dari Hub Dinsos, {location.host}. Batas wilayah: {contoh ? "peta contoh buatan, bukan batas resmi." : "yang berlaku hari ini menurut hub."}
      </p>
    </section>
  );
}
