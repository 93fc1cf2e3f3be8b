// Sends what these screens hand over. Each may be sent again: stock bears a key of its own, a new resource the id it was begun
// with, and what the hub already has word for word it leaves alone.

import { tell } from "../hub/fetch.ts";
import type { Finding } from "../meja/field.tsx";
import type { Outcome } from "../meja/queue.ts";
import type { MovementDraft, MovementInput } from "./movement_draft.ts";
import { officerWords } from "./officer_words.ts";
import { partOf } from "./parts.ts";
import { ACCEPT_TRANSFER, CHANGE_PHASE, RECORD_ACTIVITY, RECORD_MOVEMENT, REFUSE_TRANSFER, SAVE_RESOURCE } from "./queries.ts";
import type { FindingFragment, KegiatanWksbmMasukan, SumberDayaMasukan, TahapWksbm } from "./queries.ts";
import type { ResourceDraft } from "./resource_draft.ts";

/** What is handed over: as it is sent, and as it stood in the form. */
export type Work =
  | { type: "resource"; input: SumberDayaMasukan; draft: ResourceDraft }
  | { type: "movement"; input: MovementInput; draft: MovementDraft }
  | { type: "accept"; id: string }
  | { type: "refuse"; id: string; reason: string }
  | { type: "activity"; id: string; activity: KegiatanWksbmMasukan }
  | { type: "phase"; id: string; phase: TahapWksbm; since: string; reason: string };

/** What the hub found. `isConflict`: somebody has changed it meanwhile. */
export interface Details {
  findings: Finding[];
  isConflict: boolean;
}

interface Answer {
  __typename: string;
  temuan?: readonly FindingFragment[];
  pesan?: string;
}

const CONFLICT = "Catatan ini sudah diubah orang lain sejak Anda membukanya.";
const DONE = new Set(["SumberDayaTersimpan", "StokTercatat", "WksbmTersimpan"]);
const PLACES: Record<string, string> = { titik: "lintang", kegiatan: "kegiatan", id: "" };
// findings of a document name no column
const PLACE_OF_CODE: Record<string, string> = {
  "DOKUMEN_KOSONG": "nomor",
  "TUJUAN_KOSONG": "tujuan",
  "ALASAN_KOSONG": "alasan",
  "GUDANG_TUJUAN": "gudang-tujuan",
  "GUDANG_SAMA": "gudang-tujuan",
  "PADA_BELUM_TIBA": "hari",
};
const TO_TAKE = new Set(["JUMLAH_TIDAK_SAMA", "ANGKA_NEGATIF", "STOK_KURANG", "STOK_KURANG_SAAT_ITU"]); // what is proposed is what is to be typed
const AT_AMOUNT = /^(?:JUMLAH_|STOK_)/;
const AT_DATE = /^(?:TANGGAL_)/;

export async function send(content: unknown, key: string): Promise<Outcome> {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- handed over by useSending
  const work = content as Work;
  const answer = await ask(work, key);
  const isConflict = answer.__typename === "BentrokRevisi";
  const findings = (answer.temuan ?? []).map((one) => findingOf(one, work.type));
  const details: Details = { findings, isConflict };
  if (DONE.has(answer.__typename)) return { state: "sent", details };
  const wrong = findings.filter((one) => one.isError).map((one) => one.message);
  return { state: "refused", message: isConflict ? CONFLICT : answer.pesan === undefined ? wrong.join(" ") : officerWords("", answer.pesan), details };
}

async function ask(work: Work, key: string): Promise<Answer> {
  switch (work.type) {
    case "resource":
      return (await tell(SAVE_RESOURCE, { input: work.input })).simpanSumberDaya;
    case "movement":
      return (await tell(RECORD_MOVEMENT, { input: { ...work.input, kunciIdempoten: key } })).catatMutasiStok;
    case "accept":
      return (await tell(ACCEPT_TRANSFER, { id: work.id, key })).terimaPindahan;
    case "refuse":
      return (await tell(REFUSE_TRANSFER, { id: work.id, reason: work.reason })).tolakPindahan;
    case "activity":
      return (await tell(RECORD_ACTIVITY, { id: work.id, activity: work.activity })).catatKegiatanWksbm;
    case "phase":
      return (await tell(CHANGE_PHASE, { id: work.id, phase: work.phase, since: work.since, reason: work.reason })).pindahTahapWksbm;
  }
}

function findingOf(found: FindingFragment, type: Work["type"]): Finding {
  const place = placeOf(found, type);
  return {
    place,
    ...partOf(place),
    message: officerWords(found.kode, found.pesan),
    isError: found.tingkat === "GALAT",
    suggestion: TO_TAKE.has(found.kode) ? found.usulan : null,
  };
}

function placeOf({ kode, ...found }: FindingFragment, type: Work["type"]): string {
  const { kolom: column, indeks: index } = found.lokasi[0] ?? { kolom: null, indeks: null };
  if (type === "movement") return index === null ? (PLACE_OF_CODE[kode] ?? "") : rowPlace(kode, index);
  if (type === "activity" && AT_DATE.test(kode)) return "tanggal";
  if (column === "surat" && index !== null) return `surat-${index}`;
  return column === null ? "" : (PLACES[column] ?? column);
}

function rowPlace(kode: string, index: number): string {
  if (AT_AMOUNT.test(kode)) return `baris-${index}-jumlah`;
  if (kode.startsWith("LOT_")) return `baris-${index}-lot`;
  return kode === "SUMBER_DANA_KOSONG" ? `baris-${index}-dana` : `baris-${index}`;
}
