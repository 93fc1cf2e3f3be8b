// What can be chosen: provinces and kabupaten, elements and indicators, periods that have figures; and what to begin with.

import { ask } from "../hub/fetch.ts";
import { APPROVED_REKAP, KATALOG, AVAILABLE_ANGKA } from "./queries.ts";
import type { KatalogQuery } from "./queries.ts";
import type { View } from "./view.ts";
import { levelOf, comparePeriode } from "../hub/wording.ts";
import type { Level } from "../hub/wording.ts";

export type Provinsi = KatalogQuery["daftarProvinsi"][number];

/** An element or an indicator. `elemen`: what it is made of; of an element itself. */
export interface Item {
  kode: string;
  nama: string;
  satuan: string;
  group: string;
  tingkat: Level; // finest level with figures of its own
  definisi: string | null;
  elemen: readonly string[];
  indikator: boolean;
  always: boolean; // the hub counts it itself, for any period
}

export interface Katalog {
  provinsi: readonly Provinsi[];
  items: Item[];
  forms: readonly { kode: string; nama: string; periodeJenis: string; elemen: readonly { kode: string }[] }[];
  names: ReadonlyMap<string, string>; // of forms, elements and indicators by their codes
}

/** element → period → how many kabupaten have a figure */
export type Available = Map<string, Map<string, number>>;

export const LEVELS: readonly Level[] = ["PROVINSI", "KABUPATEN", "KECAMATAN", "DESA"];

export async function loadKatalog(signal?: AbortSignal): Promise<Katalog> {
  const answer = await ask(KATALOG, {}, signal);
  const elemen: Item[] = answer.daftarFormulir.flatMap((f) =>
    f.elemen.map((e) => ({ ...e, group: f.nama, elemen: [e.kode], indikator: false, always: e.registri !== null })),
  );
  const levels = new Map(elemen.map((e) => [e.kode, e.tingkat]));
  // achievements (I10, I11) are several figures per region, one for each target: nothing for one colour
  const indikator: Item[] = answer.daftarIndikator
    .filter((i) => !i.jenis.startsWith("CAPAIAN"))
    .map((i) => ({ ...i, group: "Indikator", tingkat: coarsest(i.elemen.map((e) => levels.get(e))), indikator: true, always: false }));
  const named = [...answer.daftarFormulir, ...answer.daftarIndikator, ...elemen];
  return { provinsi: answer.daftarProvinsi, items: [...indikator, ...elemen], forms: answer.daftarFormulir, names: new Map(named.map((n) => [n.kode, n.nama])) };
}

// An indicator has figures as fine as the coarsest of its parts.
function coarsest(levels: (Level | undefined)[]): Level {
  const indices = levels.map((t) => (t === undefined ? 1 : LEVELS.indexOf(t)));
  return LEVELS[Math.min(...indices, indices.length === 0 ? 1 : 3)] ?? "KABUPATEN";
}

export async function loadAvailable(wilayah: string, signal?: AbortSignal): Promise<Available> {
  const answer = await ask(AVAILABLE_ANGKA, { wilayah }, signal);
  const available: Available = new Map();
  for (const { elemen, periode, kabupaten } of answer.ketersediaan) {
    let ofElemen = available.get(elemen);
    if (ofElemen === undefined) available.set(elemen, (ofElemen = new Map<string, number>()));
    ofElemen.set(periode, kabupaten);
  }
  return available;
}

/** How many approved rekap each office has; `isComplete`: all there are were counted. */
export interface Approved {
  rekap: Map<string, number>;
  isComplete: boolean;
}

export async function loadApproved(signal?: AbortSignal): Promise<Approved> {
  const { edges, pageInfo } = (await ask(APPROVED_REKAP, {}, signal)).daftarRekap;
  const rekap = new Map<string, number>();
  for (const { node } of edges) rekap.set(node.pelapor.kode, (rekap.get(node.pelapor.kode) ?? 0) + 1);
  return { rekap, isComplete: !pageInfo.hasNextPage };
}

const MOST_PLACES = 6; // kabupaten that are looked at together; more are seen with all of their province

/** `places`: the parts of `wilayah` to look at. */
export interface Start {
  wilayah: string;
  places: string[];
}

/** Where to begin: the province whose kabupaten have most approved rekap (what a province states itself has no places), and
 * which of its parts to look at. The first province where none has any. */
export function placeToBegin(provinsi: readonly Provinsi[], { rekap }: Approved): Start {
  const kabupaten = [...rekap].filter(([k]) => levelOf(k) === "KABUPATEN");
  const counts = new Map<string, number>();
  for (const [k, n] of kabupaten) counts.set(k.slice(0, 2), (counts.get(k.slice(0, 2)) ?? 0) + n);
  const [most] = [...counts].toSorted(([a, n], [b, m]) => m - n || a.localeCompare(b));
  const wilayah = most?.[0] ?? [...rekap.keys()][0]?.slice(0, 2) ?? provinsi[0]?.kode ?? "";
  const places = kabupaten.map(([k]) => k).filter((k) => k.startsWith(`${wilayah}.`));
  return { wilayah, places: places.length === 0 || places.length > MOST_PLACES ? [wilayah] : places.toSorted() };
}

/** Periods with figures of what it is made of, newest first. */
export function periodeOf(item: Item | undefined, available: Available): string[] {
  const kode = item === undefined || item.always || item.elemen.length === 0 ? [...available.keys()] : item.elemen;
  return [...new Set(kode.flatMap((e) => [...(available.get(e)?.keys() ?? [])]))].toSorted(comparePeriode);
}

/** Every period of which there is any figure, newest first. */
export const allPeriode = (available: Available): string[] => periodeOf(undefined, available);

const PREFERRED = ["BAN01", "BAN03", "WIL01"];

/** Fills in what the address did not say: what most kabupaten have, newest, at a level with more than a spot of colour. */
export function complete(t: View, katalog: Katalog, available: Available): View {
  const kabupatenCount = (b: Item): number => {
    const [newest] = periodeOf(b, available);
    return b.indikator || newest === undefined ? 0 : (available.get(b.kode)?.get(newest) ?? 0);
  };
  const best = (items: Item[]): Item | undefined => items.reduce<Item | undefined>((a, b) => (a === undefined || kabupatenCount(b) > kabupatenCount(a) ? b : a), undefined);
  const asked = katalog.items.find((b) => b.kode === t.data);
  const preferred = PREFERRED.map((k) => katalog.items.find((b) => b.kode === k)).find((b) => b !== undefined && kabupatenCount(b) > 0);
  const item = asked ?? preferred ?? best(katalog.items.filter((b) => !b.indikator));
  const periode = t.periode !== "" ? t.periode : (periodeOf(item, available)[0] ?? allPeriode(available)[0] ?? String(new Date().getFullYear()));
  const form = katalog.forms.find((f) => f.elemen.some((e) => e.kode === item?.elemen[0])) ?? katalog.forms[0];
  return { ...t, data: item?.kode ?? "", periode, reportForm: katalog.forms.some((f) => f.kode === t.reportForm) ? t.reportForm : (form?.kode ?? ""), reportPeriode: t.reportPeriode === "" ? periode : t.reportPeriode, level: t.level === "" ? defaultLevel(item, t.wilayah, available, periode) : t.level };
}

function defaultLevel(item: Item | undefined, wilayah: string, available: Available, periode: string): Level {
  const kabupaten = Math.max(0, ...(item?.elemen ?? []).map((e) => available.get(e)?.get(periode) ?? 0));
  if (levelOf(wilayah) === "PROVINSI" && (kabupaten === 0 || kabupaten >= 3)) return "KABUPATEN";
  return item === undefined || LEVELS.indexOf(item.tingkat) >= LEVELS.indexOf("KECAMATAN") ? "KECAMATAN" : "KABUPATEN";
}

/** Levels that a region can be shown by: its own and those below. */
export function levelsFor(wilayah: string): Level[] {
  return LEVELS.slice(LEVELS.indexOf(levelOf(wilayah)));
}

/** The level above, whose borders are drawn thicker. */
export function levelAbove(level: Level): Level | null {
  return ({ PROVINSI: null, KABUPATEN: "PROVINSI", KECAMATAN: "KABUPATEN", DESA: "KECAMATAN" } as const)[level];
}

/** "Nusa Tenggara Timur" or "Rote Ndao, Nusa Tenggara Timur". */
export function wilayahName(kode: string, katalog: Katalog): string {
  const provinsi = katalog.provinsi.find((p) => p.kode === kode.slice(0, 2));
  const kabupaten = provinsi?.kabupaten.find((k) => k.kode === kode);
  return [kabupaten?.nama, provinsi?.nama].filter((n) => n !== undefined).join(", ") || kode;
}
