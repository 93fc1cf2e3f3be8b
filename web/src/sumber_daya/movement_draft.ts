// A document of a warehouse's book as it stands in the form; to what the hub takes. Pure.

import { dayOf, readDay } from "../hub/wording.ts";
import type { Finding } from "../meja/field.tsx";
import type { AksiStok as MovementKind, BarisMutasiMasukan, MutasiStokMasukan } from "./queries.ts";
import { partOf } from "./parts.ts";
import { readDecimal } from "./typed.ts";

export type { MovementKind };
export type MovementInput = Omit<MutasiStokMasukan, "kunciIdempoten">;

export interface MovementRow {
  goods: string; // its code
  amount: string;
  lot: string;
  expiry: string;
  fund: string;
}

export interface MovementDraft {
  warehouse: string;
  kind: MovementKind;
  number: string;
  day: string;
  other: string; // the warehouse it goes to
  purpose: string;
  reason: string;
  rows: MovementRow[];
}

export const EMPTY_ROW: MovementRow = { goods: "", amount: "", lot: "", expiry: "", fund: "" };

export const MOVEMENT_KINDS: Record<MovementKind, string> = {
  TERIMA: "Barang masuk",
  KELUAR: "Barang keluar (dibagikan)",
  PINDAH: "Kirim ke gudang lain",
  KOREKSI: "Koreksi sesudah opname",
};

export const isMovementKind = (text: string): text is MovementKind => Object.hasOwn(MOVEMENT_KINDS, text);

export const newMovement = (warehouse: string, today: string): MovementDraft => ({ warehouse, kind: "KELUAR", number: "", day: today, other: "", purpose: "", reason: "", rows: [EMPTY_ROW] });

/** Whether a line says where its goods come from, and until when they are good. */
export const hasOrigin = (kind: MovementKind): boolean => kind === "TERIMA" || kind === "KOREKSI";

export type ReadMovement = { input: MovementInput; findings: [] } | { input: null; findings: Finding[] };

/** `now`: for a document of today. It stays what it is however late it is sent: the key stands for these very contents. */
export function readMovement(draft: MovementDraft, now: Date): ReadMovement {
  const findings: Finding[] = [];
  const today = dayOf(now);
  const wrong = (place: string, message: string) => void findings.push({ place, message, isError: true, suggestion: null, ...partOf(place) });
  if (draft.number.trim() === "") wrong("nomor", "Isi nomor berita acara, surat jalan atau opname.");
  if (draft.day === "" || draft.day > today) wrong("hari", "Pilih hari kejadiannya; paling lambat hari ini.");
  if (draft.kind === "PINDAH" && draft.other === "") wrong("gudang-tujuan", "Pilih gudang tujuannya.");
  if (draft.kind === "KELUAR" && draft.purpose.trim() === "") wrong("tujuan", "Tulis kepada siapa atau untuk kejadian apa.");
  if (draft.kind === "KOREKSI" && draft.reason.trim() === "") wrong("alasan", "Tulis alasan koreksinya.");
  const rows = draft.rows.map((row, i) => readRow(row, i, draft.kind, wrong));
  if (findings.length > 0) return { input: null, findings };
  const input = {
    gudang: draft.warehouse,
    jenis: draft.kind,
    baris: rows,
    nomorDokumen: draft.number.trim(),
    pada: (draft.day === today ? now : readDay(draft.day)).toISOString(),
    gudangTujuan: draft.kind === "PINDAH" ? draft.other : null,
    tujuan: draft.kind === "KELUAR" || draft.kind === "PINDAH" ? orNull(draft.purpose) : null,
    alasan: draft.kind === "KOREKSI" ? orNull(draft.reason) : null,
  };
  return { input, findings: [] };
}

const orNull = (text: string): string | null => (text.trim() === "" ? null : text.trim());

function readRow(row: MovementRow, i: number, kind: MovementKind, wrong: (place: string, message: string) => void): BarisMutasiMasukan {
  const amount = readDecimal(row.amount);
  if (row.goods === "") wrong(`baris-${i}`, "Pilih barangnya.");
  if (amount === null) wrong(`baris-${i}-jumlah`, row.amount.trim() === "" ? "Isi jumlahnya." : `"${row.amount}" bukan angka; tulis misalnya 120.`);
  else if (amount === 0 || (amount < 0 && kind !== "KOREKSI")) wrong(`baris-${i}-jumlah`, kind === "KOREKSI" ? "Koreksi lebih atau kurang dari nol." : "Jumlah harus lebih dari nol.");
  const fund = row.fund === "APBN" || row.fund === "APBD" || row.fund === "HIBAH" ? row.fund : null;
  if (kind === "TERIMA" && fund === null) wrong(`baris-${i}-dana`, "Pilih sumber dananya.");
  return { barang: row.goods, jumlah: amount ?? 0, lot: orNull(row.lot), kedaluwarsa: hasOrigin(kind) ? orNull(row.expiry) : null, sumberDana: hasOrigin(kind) ? fund : null };
}
