// What can be chosen: provinces and kabupaten, elements and indicators, periods that have figures; and what to begin with.

import { ask } from "./fetch.ts";
import { APPROVED_REKAP, KATALOG, KETERSEDIAAN } from "./queries.ts";
import type { KatalogQuery } from "./queries.ts";
import type { Tampilan } from "./tampilan.ts";
import { tingkatKode, urutPeriode } from "./tulisan.ts";
import type { Tingkat } from "./tulisan.ts";

export type Daerah = KatalogQuery["daftarProvinsi"][number];

/** An element or an indicator. `elemen`: what it is made of; of an element itself. */
export interface Butir {
  kode: string;
  nama: string;
  satuan: string;
  kelompok: string;
  tingkat: Tingkat; // finest level with figures of its own
  definisi: string | null;
  elemen: readonly string[];
  indikator: boolean;
  selalu: boolean; // the hub counts it itself, for any period
}

export interface Katalog {
  provinsi: readonly Daerah[];
  butir: Butir[];
}

/** element → period → how many kabupaten have a figure */
export type Tersedia = Map<string, Map<string, number>>;

const URUT: readonly Tingkat[] = ["PROVINSI", "KABUPATEN", "KECAMATAN", "DESA"];

export async function muatKatalog(sinyal?: AbortSignal): Promise<Katalog> {
  const isi = await ask(KATALOG, {}, sinyal);
  const elemen: Butir[] = isi.daftarFormulir.flatMap((f) =>
    f.elemen.map((e) => ({ ...e, kelompok: `${f.kode} ${f.nama}`, elemen: [e.kode], indikator: false, selalu: e.registri !== null })),
  );
  const tingkat = new Map(elemen.map((e) => [e.kode, e.tingkat]));
  // achievements (I10, I11) are several figures per region, one for each target: nothing for one colour
  const indikator: Butir[] = isi.daftarIndikator
    .filter((i) => !i.jenis.startsWith("CAPAIAN"))
    .map((i) => ({ ...i, kelompok: "Indikator", tingkat: terkasar(i.elemen.map((e) => tingkat.get(e))), indikator: true, selalu: false }));
  return { provinsi: isi.daftarProvinsi, butir: [...indikator, ...elemen] };
}

// An indicator has figures as fine as the coarsest of its parts.
function terkasar(tingkat: (Tingkat | undefined)[]): Tingkat {
  const nomor = tingkat.map((t) => (t === undefined ? 1 : URUT.indexOf(t)));
  return URUT[Math.min(...nomor, nomor.length === 0 ? 1 : 3)] ?? "KABUPATEN";
}

export async function muatTersedia(wilayah: string, sinyal?: AbortSignal): Promise<Tersedia> {
  const isi = await ask(KETERSEDIAAN, { wilayah }, sinyal);
  const hasil: Tersedia = new Map();
  for (const { elemen, periode, kabupaten } of isi.ketersediaan) {
    let milik = hasil.get(elemen);
    if (milik === undefined) hasil.set(elemen, (milik = new Map<string, number>()));
    milik.set(periode, kabupaten);
  }
  return hasil;
}

/** The first province a kabupaten of which has figures (what a province states itself has no places), with what it has; the
 * first of all where none has. */
export async function cariProvinsi(provinsi: readonly Daerah[], sinyal?: AbortSignal): Promise<[string, Tersedia]> {
  const isi = await ask(APPROVED_REKAP, {}, sinyal);
  const pelapor = isi.daftarRekap.edges.map((e) => e.node.pelapor.kode);
  const kode = (pelapor.find((k) => tingkatKode(k) === "KABUPATEN") ?? pelapor[0])?.slice(0, 2) ?? provinsi[0]?.kode ?? "";
  return [kode, kode === "" ? new Map() : await muatTersedia(kode, sinyal)];
}

/** Periods with figures of what it is made of, newest first. */
export function periodeUntuk(butir: Butir | undefined, tersedia: Tersedia): string[] {
  const kode = butir === undefined || butir.selalu || butir.elemen.length === 0 ? [...tersedia.keys()] : butir.elemen;
  return [...new Set(kode.flatMap((e) => [...(tersedia.get(e)?.keys() ?? [])]))].toSorted(urutPeriode);
}

/** Every period of which there is any figure, newest first. */
export const semuaPeriode = (tersedia: Tersedia): string[] => periodeUntuk(undefined, tersedia);

const DAHULUKAN = ["BAN01", "BAN03", "WIL01"];

/** Fills in what the address did not say: what most kabupaten have, newest, at a level with more than a spot of colour. */
export function lengkapi(t: Tampilan, katalog: Katalog, tersedia: Tersedia): Tampilan {
  const banyak = (b: Butir): number => {
    const [terbaru] = periodeUntuk(b, tersedia);
    return b.indikator || terbaru === undefined ? 0 : (tersedia.get(b.kode)?.get(terbaru) ?? 0);
  };
  const terbaik = (dari: Butir[]): Butir | undefined => dari.reduce<Butir | undefined>((a, b) => (a === undefined || banyak(b) > banyak(a) ? b : a), undefined);
  const diminta = katalog.butir.find((b) => b.kode === t.data);
  const utama = DAHULUKAN.map((k) => katalog.butir.find((b) => b.kode === k)).find((b) => b !== undefined && banyak(b) > 0);
  const butir = diminta ?? utama ?? terbaik(katalog.butir.filter((b) => !b.indikator));
  const periode = t.periode !== "" ? t.periode : (periodeUntuk(butir, tersedia)[0] ?? semuaPeriode(tersedia)[0] ?? String(new Date().getFullYear()));
  return { ...t, data: butir?.kode ?? "", periode, tingkat: t.tingkat === "" ? tingkatBawaan(butir, t.wilayah, tersedia, periode) : t.tingkat };
}

function tingkatBawaan(butir: Butir | undefined, wilayah: string, tersedia: Tersedia, periode: string): Tingkat {
  const kabupaten = Math.max(0, ...(butir?.elemen ?? []).map((e) => tersedia.get(e)?.get(periode) ?? 0));
  if (tingkatKode(wilayah) === "PROVINSI" && (kabupaten === 0 || kabupaten >= 3)) return "KABUPATEN";
  return butir === undefined || URUT.indexOf(butir.tingkat) >= URUT.indexOf("KECAMATAN") ? "KECAMATAN" : "KABUPATEN";
}

/** Levels that a region can be shown by: its own and those below. */
export function tingkatUntuk(wilayah: string): Tingkat[] {
  return URUT.slice(URUT.indexOf(tingkatKode(wilayah)));
}

/** The level above, whose borders are drawn thicker. */
export function tingkatInduk(tingkat: Tingkat): Tingkat | null {
  return ({ PROVINSI: null, KABUPATEN: "PROVINSI", KECAMATAN: "KABUPATEN", DESA: "KECAMATAN" } as const)[tingkat];
}

/** "Nusa Tenggara Timur" or "Rote Ndao, Nusa Tenggara Timur". */
export function namaDaerah(kode: string, katalog: Katalog): string {
  const provinsi = katalog.provinsi.find((p) => p.kode === kode.slice(0, 2));
  const kabupaten = provinsi?.kabupaten.find((k) => k.kode === kode);
  return [kabupaten?.nama, provinsi?.nama].filter((n) => n !== undefined).join(", ") || kode;
}
