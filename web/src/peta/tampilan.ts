// What is looked at, and its place in the page's address. The part behind "#" stays in the browser: nobody's log tells who
// looked at what.

import type { Cara } from "./kelas.ts";
import { JENIS_MUTU, JENIS_SUMBER_DAYA, keysOf, KELAS_TERBANYAK, SKALA_JEJARING, TAHAP_WKSBM } from "./palet.ts";
import type { MutuBatas } from "./palet.ts";
import type { JenisSumberDaya, SkalaJejaring, TahapWksbm } from "./queries.ts";
import { TINGKAT } from "./tulisan.ts";
import type { Tingkat } from "./tulisan.ts";

export const TAB = ["angka", "tabel", "sumberdaya", "cakupan", "wksbm", "batas"] as const;
export type Tab = (typeof TAB)[number];

export interface Pandangan {
  zum: number;
  lon: number;
  lat: number;
}

export interface Tampilan {
  tab: Tab;
  wilayah: string; // province or kabupaten that is asked about; "" not chosen yet
  tingkat: Tingkat | ""; // "" not chosen yet
  data: string; // code of an element (BAN01) or an indicator (I04.anak); "" not chosen yet
  periode: string;
  cara: Cara;
  kelas: number;
  titik: JenisSumberDaya[]; // kinds of social resources shown; none: the layer is off
  cakupan: JenisSumberDaya[]; // kinds whose reach is shown; none: off
  jarakKm: number;
  wksbm: boolean;
  skala: SkalaJejaring[]; // none: all
  tahap: TahapWksbm[]; // none: all
  mutu: MutuBatas[]; // kinds of findings on boundaries shown; none: the layer is off
  dipilih: string; // code of the region whose details are shown
  pandangan: Pandangan | null;
}

export const JARAK = { terkecil: 1, terbesar: 100, awal: 10 };

export const AWAL: Tampilan = {
  tab: "angka", wilayah: "", tingkat: "", data: "", periode: "", cara: "kuantil", kelas: 5, titik: [], cakupan: [],
  jarakKm: JARAK.awal, wksbm: false, skala: [], tahap: [], mutu: [], dipilih: "", pandangan: null,
};

const KODE = /^\d\d(\.\d\d(\.\d\d(\.\d{4})?)?)?$/;

/** The part of an address behind "#". Says only what differs from the beginning. */
export function tulisTautan(t: Tampilan): string {
  const isi: [string, string][] = [];
  const catat = (nama: string, nilai: string, awal = "") => {
    if (nilai !== awal) isi.push([nama, nilai]);
  };
  catat("di", t.wilayah);
  catat("tingkat", t.tingkat.toLowerCase());
  catat("data", t.data);
  catat("periode", t.periode);
  catat("cara", t.cara, AWAL.cara);
  catat("kelas", String(t.kelas), String(AWAL.kelas));
  catat("titik", t.titik.join(","));
  catat("cakupan", t.cakupan.join(","));
  if (t.cakupan.length > 0) catat("jarak", String(t.jarakKm));
  catat("wksbm", t.wksbm ? "ya" : "");
  catat("skala", t.skala.join(","));
  catat("tahap", t.tahap.join(","));
  catat("mutu", t.mutu.join(","));
  catat("pilih", t.dipilih);
  catat("tab", t.tab, AWAL.tab);
  if (t.pandangan !== null) {
    const { zum, lon, lat } = t.pandangan;
    catat("lihat", `${zum.toFixed(2)}/${lon.toFixed(4)}/${lat.toFixed(4)}`);
  }
  // commas, points and slashes mean nothing there and are easier to read as they are
  return isi.map(([nama, nilai]) => `${nama}=${encodeURIComponent(nilai).replace(/%2C/g, ",").replace(/%2F/g, "/")}`).join("&");
}

/** What an address asks for; whatever in it makes no sense is left at its beginning. */
export function bacaTautan(tanda: string): Tampilan {
  const isi = new URLSearchParams(tanda.replace(/^#/, ""));
  const teks = (nama: string, pola: RegExp): string => pola.exec(isi.get(nama) ?? "")?.[0] ?? "";
  const tingkat = (isi.get("tingkat") ?? "").toUpperCase();
  const kelas = Number(isi.get("kelas"));
  const jarak = Number(isi.get("jarak"));
  return {
    tab: pilihan(isi.get("tab"), TAB) ?? AWAL.tab,
    wilayah: teks("di", KODE),
    tingkat: pilihan(tingkat, keysOf(TINGKAT)) ?? "",
    data: teks("data", /^[A-Z]+\d+(\.\w+)?$/i),
    periode: teks("periode", /^\d{4}(-(TW[1-4]|S[12]|\d\d))?$/),
    cara: pilihan(isi.get("cara"), ["kuantil", "sama"] as const) ?? AWAL.cara,
    kelas: Number.isInteger(kelas) && kelas >= 3 && kelas <= KELAS_TERBANYAK ? kelas : AWAL.kelas,
    titik: beberapa(isi.get("titik"), JENIS_SUMBER_DAYA),
    cakupan: beberapa(isi.get("cakupan"), JENIS_SUMBER_DAYA),
    jarakKm: jarak >= JARAK.terkecil && jarak <= JARAK.terbesar ? jarak : AWAL.jarakKm,
    wksbm: isi.get("wksbm") === "ya",
    skala: beberapa(isi.get("skala"), keysOf(SKALA_JEJARING)),
    tahap: beberapa(isi.get("tahap"), keysOf(TAHAP_WKSBM)),
    mutu: beberapa(isi.get("mutu"), JENIS_MUTU),
    dipilih: teks("pilih", KODE),
    pandangan: bacaPandangan(isi.get("lihat")),
  };
}

function bacaPandangan(teks: string | null): Pandangan | null {
  const [zum = NaN, lon = NaN, lat = NaN, ...lebih] = (teks ?? "").split("/").map((n) => (n === "" ? NaN : Number(n)));
  const sah = lebih.length === 0 && zum >= 0 && zum <= 22 && Math.abs(lon) <= 180 && Math.abs(lat) <= 85;
  return sah ? { zum, lon, lat } : null;
}

function pilihan<T extends string>(nilai: string | null, dari: readonly T[]): T | undefined {
  return dari.find((d) => d === nilai);
}

function beberapa<T extends string>(teks: string | null, dari: readonly T[]): T[] {
  const diminta = new Set((teks ?? "").split(","));
  return dari.filter((d) => diminta.has(d));
}
