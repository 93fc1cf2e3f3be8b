// What is looked at, and its place in the page's address. The part behind "#" stays in the browser: nobody's log tells who
// looked at what.

import type { Method } from "./classes.ts";
import { BATAS_QUALITY_KINDS, SUMBER_DAYA_KINDS, keysOf, MOST_CLASSES, JEJARING_SCALES, WKSBM_STAGES } from "./palette.ts";
import type { BatasQuality } from "./palette.ts";
import type { JenisSumberDaya, SkalaJejaring, TahapWksbm } from "./queries.ts";
import { LEVEL_NAMES } from "../hub/wording.ts";
import type { Level } from "../hub/wording.ts";

export type Measure = "" | "per" | "jumlah";
export const TABS = ["angka", "tabel", "pelaporan", "sumberdaya", "cakupan", "wksbm", "batas"] as const;
export type Tab = (typeof TABS)[number];

export interface Camera {
  zoom: number;
  lon: number;
  lat: number;
}

export interface View {
  tab: Tab;
  wilayah: string; // province or kabupaten that is asked about; "" not chosen yet
  level: Level | ""; // "" not chosen yet
  data: string; // code of an element (BAN01) or an indicator (I04.anak); "" not chosen yet
  periode: string;
  reportForm: string; // the form whose reports are looked at; "" not chosen yet
  reportPeriode: string;
  measure: Measure; // "": per thousand where that is known of every region
  method: Method;
  classCount: number;
  sumberDayaKinds: JenisSumberDaya[]; // kinds of social resources shown; none: the layer is off
  cakupan: JenisSumberDaya[]; // kinds whose reach is shown; none: off
  distanceKm: number;
  wksbm: boolean;
  scales: SkalaJejaring[]; // none: all
  stages: TahapWksbm[]; // none: all
  batasKinds: BatasQuality[]; // kinds of findings on boundaries shown; none: the layer is off
  chosen: string; // code of the region whose details are shown
  camera: Camera | null;
}

export const DISTANCE_KM = { min: 1, max: 100, initial: 10 };

export const START: View = {
  tab: "angka", wilayah: "", level: "", data: "", periode: "", reportForm: "", reportPeriode: "", measure: "", method: "kuantil", classCount: 5, sumberDayaKinds: [], cakupan: [],
  distanceKm: DISTANCE_KM.initial, wksbm: false, scales: [], stages: [], batasKinds: [], chosen: "", camera: null,
};

const PERIODE = /^\d{4}(-(TW[1-4]|S[12]|\d\d))?$/;
const KODE = /^\d\d(\.\d\d(\.\d\d(\.\d{4})?)?)?$/;

/** The part of an address behind "#". Says only what differs from the beginning. */
export function writeLink(t: View): string {
  const parts: [string, string][] = [];
  const note = (name: string, value: string, start = "") => {
    if (value !== start) parts.push([name, value]);
  };
  note("di", t.wilayah);
  note("tingkat", t.level.toLowerCase());
  note("data", t.data);
  note("periode", t.periode);
  if (t.tab === "pelaporan") {
    note("laporan", t.reportForm);
    note("masa", t.reportPeriode);
  }
  note("ukuran", t.measure);
  note("cara", t.method, START.method);
  note("kelas", String(t.classCount), String(START.classCount));
  note("titik", t.sumberDayaKinds.join(","));
  note("cakupan", t.cakupan.join(","));
  if (t.cakupan.length > 0) note("jarak", String(t.distanceKm));
  note("wksbm", t.wksbm ? "ya" : "");
  note("skala", t.scales.join(","));
  note("tahap", t.stages.join(","));
  note("mutu", t.batasKinds.join(","));
  note("pilih", t.chosen);
  note("tab", t.tab, START.tab);
  if (t.camera !== null) {
    const { zoom, lon, lat } = t.camera;
    note("lihat", `${zoom.toFixed(2)}/${lon.toFixed(4)}/${lat.toFixed(4)}`);
  }
  // commas, points and slashes mean nothing there and are easier to read as they are
  return parts.map(([name, value]) => `${name}=${encodeURIComponent(value).replace(/%2C/g, ",").replace(/%2F/g, "/")}`).join("&");
}

/** What an address asks for; whatever in it makes no sense is left at its beginning. */
export function readLink(hash: string): View {
  const params = new URLSearchParams(hash.replace(/^#/, ""));
  const word = (name: string, pattern: RegExp): string => pattern.exec(params.get(name) ?? "")?.[0] ?? "";
  const level = (params.get("tingkat") ?? "").toUpperCase();
  const classCount = Number(params.get("kelas"));
  const distance = Number(params.get("jarak"));
  return {
    tab: oneOf(params.get("tab"), TABS) ?? START.tab,
    wilayah: word("di", KODE),
    level: oneOf(level, keysOf(LEVEL_NAMES)) ?? "",
    data: word("data", /^[A-Z]+\d+(\.\w+)?$/i),
    periode: word("periode", PERIODE),
    reportForm: word("laporan", /^F\d\d$/),
    reportPeriode: word("masa", PERIODE),
    measure: oneOf(params.get("ukuran"), ["per", "jumlah"] as const) ?? START.measure,
    method: oneOf(params.get("cara"), ["kuantil", "sama"] as const) ?? START.method,
    classCount: Number.isInteger(classCount) && classCount >= 3 && classCount <= MOST_CLASSES ? classCount : START.classCount,
    sumberDayaKinds: someOf(params.get("titik"), SUMBER_DAYA_KINDS),
    cakupan: someOf(params.get("cakupan"), SUMBER_DAYA_KINDS),
    distanceKm: distance >= DISTANCE_KM.min && distance <= DISTANCE_KM.max ? distance : START.distanceKm,
    wksbm: params.get("wksbm") === "ya",
    scales: someOf(params.get("skala"), keysOf(JEJARING_SCALES)),
    stages: someOf(params.get("tahap"), keysOf(WKSBM_STAGES)),
    batasKinds: someOf(params.get("mutu"), BATAS_QUALITY_KINDS),
    chosen: word("pilih", KODE),
    camera: readCamera(params.get("lihat")),
  };
}

/** The level that the map draws: reports are those of kabupaten. */
export const drawnLevel = ({ tab, level }: View): Level | "" => (tab === "pelaporan" && level !== "" ? "KABUPATEN" : level);

function readCamera(text: string | null): Camera | null {
  const [zoom = NaN, lon = NaN, lat = NaN, ...more] = (text ?? "").split("/").map((n) => (n === "" ? NaN : Number(n)));
  const valid = more.length === 0 && zoom >= 0 && zoom <= 22 && Math.abs(lon) <= 180 && Math.abs(lat) <= 85;
  return valid ? { zoom, lon, lat } : null;
}

function oneOf<T extends string>(word: string | null, choices: readonly T[]): T | undefined {
  return choices.find((d) => d === word);
}

function someOf<T extends string>(text: string | null, choices: readonly T[]): T[] {
  const asked = new Set((text ?? "").split(","));
  return choices.filter((d) => asked.has(d));
}
