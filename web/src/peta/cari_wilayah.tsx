/** @jsxImportSource preact */
// Looking for a region by name or code; typing errors, old names and names of the regions above are the hub's to understand.

import { useState } from "preact/hooks";
import { ask } from "./fetch.ts";
import { useAmbil, useTenang } from "./kait.ts";
import { KotakPilih } from "./kotak_pilih.tsx";
import { SEARCH_WILAYAH } from "./queries.ts";
import type { SearchWilayahQuery } from "./queries.ts";
import { TINGKAT } from "./tulisan.ts";

export type WilayahDicari = SearchWilayahQuery["cariWilayah"][number]["wilayah"];

const TUNGGU_KETIK_MS = 220;

export function CariWilayah({ versi, onPilih }: { versi: number; onPilih: (w: WilayahDicari) => void }) {
  const [teks, aturTeks] = useState("");
  const tenang = useTenang(teks.trim(), TUNGGU_KETIK_MS);
  const { isi, memuat, galat } = useAmbil(tenang.length < 2 ? null : `${versi} ${tenang}`, (sinyal) => ask(SEARCH_WILAYAH, { text: tenang }, sinyal));
  const cukup = teks.trim().length >= 2;
  const menunggu = memuat || tenang !== teks.trim();
  const hasil = cukup && !menunggu ? (isi?.cariWilayah ?? []) : []; // Enter must never choose what was found for another text
  const pesan = !cukup ? undefined : menunggu ? "Mencari…" : galat !== null ? `${galat.message} ${galat.usul}` : "Tidak ada wilayah dengan nama atau kode itu. Periksa ejaannya.";
  return (
    <KotakPilih
      id="cari"
      label="Cari wilayah"
      petunjuk="Cari desa, kecamatan, kabupaten…"
      teks={teks}
      pesan={pesan}
      butiran={hasil.map(({ jalur, wilayah: w }) => {
        const [, ...atas] = jalur.split(", ");
        return { kunci: w.kode, label: w.nama, sub: [TINGKAT[w.tingkat], w.kode, ...atas].join(" · ") };
      })}
      onTeks={aturTeks}
      onPilih={(kode) => {
        const kena = hasil.find((h) => h.wilayah.kode === kode)?.wilayah;
        if (kena === undefined) return;
        aturTeks(kena.nama);
        onPilih(kena);
      }}
    />
  );
}
