// The state of reports: which office has sent what, by colour, sign and word.

import type { Look } from "./angka.ts";
import { ask } from "../hub/fetch.ts";
import type { Sign } from "./peta_hub.ts";
import { keysOf } from "./palette.ts";
import { REPORTING } from "./queries.ts";
import type { ReportingQuery, StatusRekap } from "./queries.ts";

export type ReportingRow = ReportingQuery["kelengkapan"][number];

const NONE = "BELUM"; // nothing has come
export type ReportingState = StatusRekap | "TERLAMBAT" | typeof NONE;

/** In the order in which a head of office looks for them. The signs are of every font; lightness alone tells most of them apart. */
export const REPORTING_STATES = {
  TERLAMBAT: { name: "Terlambat", sign: "!", colour: "#a50026", ink: "#fff" },
  [NONE]: { name: "Belum ada", sign: "–", colour: "#dfe4e6", ink: "#14312e" },
  DRAF: { name: "Draf", sign: "…", colour: "#fbe29a", ink: "#14312e" },
  DIKEMBALIKAN: { name: "Dikembalikan", sign: "←", colour: "#d8722c", ink: "#14312e" },
  DIAJUKAN: { name: "Diajukan", sign: "→", colour: "#6bb1d8", ink: "#14312e" },
  DISETUJUI: { name: "Disetujui", sign: "✓", colour: "#14603a", ink: "#fff" },
} as const satisfies Record<ReportingState, { name: string; sign: string; colour: string; ink: string }>;
const STATES = keysOf(REPORTING_STATES);
export const REPORTING_COLOURS: readonly string[] = STATES.map((s) => REPORTING_STATES[s].colour);

/** What holds of a report: approved, itself or by all its parts, before all else; late before its draft. */
export function stateOf(row: Pick<ReportingRow, "status" | "terlambat" | "dipenuhi">): ReportingState {
  if (row.status === "DISETUJUI" || row.dipenuhi.length > 0) return "DISETUJUI";
  return row.terlambat ? "TERLAMBAT" : (row.status ?? NONE);
}

/** Of one form and period: each office that is expected to report, its state, and what it looks like on the map. */
export interface Reporting {
  formulir: string;
  periode: string;
  rows: (ReportingRow & { state: ReportingState })[];
  looks: Map<string, Look>;
  signs: Sign[]; // of those whose place is known
  counts: Map<ReportingState, number>;
}

export async function loadReporting(formulir: string, periode: string, wilayah: string, signal?: AbortSignal): Promise<Reporting> {
  const { kelengkapan } = await ask(REPORTING, { formulir, periode, wilayah }, signal);
  const rows = kelengkapan.map((row) => ({ ...row, state: stateOf(row) }));
  const counts = new Map<ReportingState, number>();
  for (const { state } of rows) counts.set(state, (counts.get(state) ?? 0) + 1);
  return {
    formulir, periode, rows, counts,
    looks: new Map(rows.map(({ kabupaten, state }) => [kabupaten.kode, { k: STATES.indexOf(state), s: -1 }])),
    signs: rows.flatMap(({ kabupaten, state }) => {
      const point = kabupaten.titik;
      return point?.type === "Point" ? [{ sign: REPORTING_STATES[state].sign, kode: kabupaten.kode, lon: point.coordinates[0] ?? 0, lat: point.coordinates[1] ?? 0 }] : [];
    }),
  };
}

/** Periods of a form's own length in this year and the one before, and whatever else has figures; newest first. */
export function reportingPeriode(length: string, known: readonly string[], year: number): string[] {
  const parts = new Map([
    ["BULAN", Array.from({ length: 12 }, (_, i) => `-${String(12 - i).padStart(2, "0")}`)],
    ["TRIWULAN", ["-TW4", "-TW3", "-TW2", "-TW1"]],
    ["SEMESTER", ["-S2", "-S1"]],
  ]);
  const own = [year, year - 1].flatMap((y) => (parts.get(length) ?? [""]).map((part) => `${y}${part}`));
  return [...new Set([...own, ...known])];
}
