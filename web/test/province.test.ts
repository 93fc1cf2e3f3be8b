import assert from "node:assert/strict";
import { test } from "node:test";
import { periodeBefore, yearsAway } from "../src/hub/wording.ts";
import { plainWords } from "../src/meja/plain_words.ts";
import { progressOf } from "../src/meja/province_summary.ts";
import { basesOf, changesBetween, readFigure } from "../src/meja_provinsi/changes.ts";
import type { Cells } from "../src/meja_provinsi/changes.ts";
import { choose, compare, itemsOf } from "../src/meja_provinsi/comparison.ts";
import type { Told } from "../src/meja_provinsi/comparison.ts";
import { matriksOf, owedBy, percentWords } from "../src/meja_provinsi/matriks.ts";
import type { ComparableQuery, MatriksQuery, ReviewQuery } from "../src/meja_provinsi/queries.ts";

type Row = MatriksQuery["kelengkapan"][number];

const row = (kab: string, form: string, more: Partial<Row> = {}): Row => ({
  kabupaten: { kode: kab, nama: kab }, formulir: { kode: form, nama: form, periodeJenis: "TRIWULAN" }, periode: "2026-TW1", status: null,
  tenggat: "2026-04-10", terlambat: true, dipenuhi: [], diingatkanPada: null, diingatkanLewat: null, rekap: null, ...more,
});

test("a period before, at the turn of a year too", () => {
  assert.deepEqual(["2026", "2026-S1", "2026-S2", "2026-TW1", "2026-TW3", "2026-01", "2026-10"].map(periodeBefore), ["2025", "2025-S2", "2026-S1", "2025-TW4", "2026-TW2", "2025-12", "2026-09"]);
  assert.equal(yearsAway("2026-TW1", -1), "2025-TW1");
});

test("a state for every cell, and shares that count what parts make up", () => {
  const monthly = { kode: "F02", nama: "Bansos", periodeJenis: "BULAN" };
  const matriks = matriksOf({
    kelengkapan: [
      row("53.02", "F05", { status: "DISETUJUI", terlambat: false }), row("53.01", "F05", { dipenuhi: ["2026-01"], terlambat: false }),
      row("53.03", "F05", { status: "DRAF" }), row("53.04", "F05"), row("53.05", "F05", { terlambat: false }),
      row("53.01", "F02", { formulir: monthly }), row("53.02", "F02", { formulir: monthly }),
    ],
  }, "2026-TW1");
  assert.deepEqual(matriks.forms.map((form) => [form.kode, form.approved, form.expected, percentWords(form)]), [["F05", 2, 5, "40%"]]);
  assert.deepEqual(matriks.offices.map((office) => office.cells.get("F05")?.state), ["approved", "approved", "draft", "late", "missing"]);
  assert.deepEqual(matriks.offices.map((office) => owedBy(office, matriks.forms).forms.map((form) => form.isLate)), [[], [], [true], [true], [false]]);
});

test("a form of another length shows where there is something of it", () => {
  const monthly = { kode: "F02", nama: "Bansos", periodeJenis: "BULAN" };
  const { forms, offices } = matriksOf({ kelengkapan: [row("53.01", "F02", { formulir: monthly, status: "DIAJUKAN" }), row("53.02", "F02", { formulir: monthly })] }, "2026-TW1");
  assert.deepEqual(forms.map((form) => [form.often, form.expected]), [["per bulan", 0]]);
  assert.deepEqual(offices.map((office) => office.cells.size), [1, 0]);
});

test("an office is done when all of it is approved", () => {
  const rows = [row("53.01", "F05", { status: "DISETUJUI", terlambat: false }), row("53.01", "F09"), row("53.02", "F05", { status: "DISETUJUI", terlambat: false })];
  const [progress] = progressOf({ kelengkapan: rows, daftarRekap: { totalCount: 0 } }, ["2026-TW1"]);
  assert.deepEqual(progress, { periode: "2026-TW1", offices: { done: 1, expected: 2 }, approved: 2, expected: 3, late: 1 });
});

const cell = (kode: string, nilai: number | null, status: Cells[number]["status"] = "ADA"): Cells[number] => ({
  wilayah: { kode, nama: kode }, elemen: { kode: "BAN03", nama: "KPM", satuan: "KPM" }, rincian: [], nilai, status,
});

test("what is odd stands first, then what changed; what is gone is there as well", () => {
  const changes = changesBetween([cell("a", 1), cell("b", 4), cell("gone", 2)], [cell("a", 1), cell("b", 5), cell("new", null, "TIDAK_ADA_DATA"), cell("odd", 9)], new Set(["odd BAN03"]));
  assert.deepEqual(changes.map((one) => [one.wilayah.kode, one.isChanged]), [["odd", true], ["b", true], ["new", true], ["gone", true], ["a", false]]);
  assert.equal(changes[1]?.percent, 25);
  assert.equal(changes[2]?.afterStatus, "tidak ada data");
  assert.equal(changes[3]?.kind, "tidak dikirim lagi");
});

test("held against the revision in force, else against a period that was approved", () => {
  const rekap = { id: "53.14:F02:2026-01", revisi: 2, revisiDisetujui: 1 };
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- what is read here and no more
  const answer = { rekap, before: { periode: "2025-12", revisiDisetujui: 3 }, yearAgo: null } as unknown as ReviewQuery;
  assert.deepEqual(basesOf(answer).map((one) => [one.key, one.rekap, one.revisi]), [["force", "53.14:F02:2026-01", 1], ["2025-12", "53.14:F02:2025-12", 3], ["nothing", "53.14:F02:2026-01", null]]);
});

test("figures as Indonesians type them", () => {
  assert.deepEqual(["1.234,5", "48", " -3,25 ", "1234", "1.23", "4x", "1,234.5", ""].map(readFigure), ["1234.5", "48", "-3.25", "1234", null, null, null, null]);
});

test("no names of programs in what a finding says", () => {
  assert.equal(plainWords("SDM10, 36: belum ada status_penyuluh=ASN. Dicatat TIDAK_ADA_DATA, bukan nol."), "SDM10, 36: belum ada status penyuluh ASN. Dicatat tidak ada data, bukan nol.");
  assert.equal(plainWords('Kolom "kpm_pkh" tidak dikenal; rekap DISETUJUI'), 'Kolom "kpm_pkh" tidak dikenal; rekap disetujui');
  assert.equal(plainWords("menurut F02 2026-TW1; dikirim 2026-04-10"), "menurut F02 Triwulan I 2026; dikirim 2026-04-10");
});

const comparable: ComparableQuery = {
  daftarFormulir: [{ kode: "F02", nama: "Bansos", elemen: [{ kode: "BAN03", nama: "KPM", satuan: "KPM", definisi: null }, { kode: "BAN04", nama: "Salur", satuan: "rupiah", definisi: null }] }],
  daftarIndikator: [{ kode: "I01", nama: "Cakupan", satuan: "persen", jenis: "RASIO", definisi: null, elemen: ["BAN03"] }, { kode: "I10", nama: "Capaian", satuan: "persen", jenis: "CAPAIAN_NAIK", definisi: null, elemen: ["BAN03"] }],
  ketersediaan: [{ elemen: "BAN03", periode: "2025-TW4", kabupaten: 3 }, { elemen: "BAN03", periode: "2024-TW4", kabupaten: 3 }, { elemen: "BAN03", periode: "2025", kabupaten: 1 }],
};

test("only what has figures can be chosen; a year beside a year is the beginning", () => {
  const items = itemsOf(comparable);
  assert.deepEqual(items.map((one) => one.kode), ["BAN03", "I01"]);
  const choice = choose(items, ["BAN03", "2025-TW4"]);
  assert.deepEqual([choice?.periode, choice?.other, choice?.series], ["2025-TW4", "2024-TW4", ["2024-TW4", "2025-TW4"]]);
  assert.equal(choose(items, ["BAN03", "2025-TW4", ""])?.other, "");
  assert.equal(choose([], []), null);
});

const told = (kode: string, nilai: number | null): Told["kabupaten"][number] => ({
  wilayah: { kode, nama: kode }, periode: "2025-TW4", nilai, status: nilai === null ? "TIDAK_ADA_DATA" : "ADA",
});

test("equal figures share a rank, none have none", () => {
  const choice = choose(itemsOf(comparable), ["BAN03", "2025-TW4"]);
  assert.ok(choice);
  const { rows, largest } = compare({ kabupaten: [told("a", null), told("b", 5), told("c", 9), told("d", 5)], provinsi: [] }, new Map([["b", 12]]), choice);
  assert.deepEqual(rows.map((one) => [one.kode, one.rank, one.target]), [["c", 1, null], ["b", 2, 12], ["d", 2, null], ["a", null, null]]);
  assert.equal(largest, 12);
});
