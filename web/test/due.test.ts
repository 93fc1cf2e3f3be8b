import assert from "node:assert/strict";
import { test } from "node:test";
import { deadlineWords, deskOf, recentPeriods } from "../src/meja/due.ts";
import type { HomeQuery } from "../src/meja/queries.ts";

type Expected = HomeQuery["kelengkapan"][number];
type Rekap = HomeQuery["daftarRekap"]["edges"][number]["node"];

const TODAY = new Date(2026, 6, 20); // 20 July 2026
const F02 = { kode: "F02", nama: "Bantuan sosial", periodeJenis: "BULAN" };

const expected = (periode: string, tenggat: string, more: Partial<Expected> = {}): Expected => ({
  formulir: F02, periode, status: null, tenggat, terlambat: tenggat < "2026-07-20", dipenuhi: [], diingatkanPada: null, ...more,
});
const rekap = (periode: string, status: Rekap["status"], tenggat: string): Rekap => ({
  id: `53.14:F02:${periode}`, formulir: { kode: "F02", nama: "Bantuan sosial" }, periode, status, revisi: 1, tenggat,
});
const desk = (rows: Expected[], ...sent: Rekap[]) => deskOf({ kelengkapan: rows, daftarRekap: { edges: sent.map((node) => ({ node })) } }, "53.14", TODAY);
const periods = (cards: { periode: string }[]): string[] => cards.map((card) => card.periode);

test("what was never sent waits from six weeks before its deadline on, and apart once it is long overdue", () => {
  const { waiting, older } = desk([expected("2026-06", "2026-07-10"), expected("2026-07", "2026-08-10"), expected("2026-09", "2026-10-10"), expected("2026-02", "2026-03-10")]);
  assert.deepEqual(periods(waiting), ["2026-06", "2026-07"]);
  assert.deepEqual(waiting.map((card) => card.isLate), [true, false]);
  assert.deepEqual(periods(older), ["2026-02"]);
});

test("what came back stands first, then by deadline", () => {
  const { waiting } = desk([expected("2026-05", "2026-06-10")], rekap("2026-06", "DIKEMBALIKAN", "2026-07-10"), rekap("2026-04", "DRAF", "2026-05-10"));
  assert.deepEqual(waiting.map((card) => card.state), ["returned", "draft", "missing"]);
});

test("submitted and approved ones wait for nobody here", () => {
  const { waiting, submitted, approved } = desk([], rekap("2026-06", "DIAJUKAN", "2026-07-10"), rekap("2026-01", "DISETUJUI", "2026-02-10"), rekap("2026-05", "DISETUJUI", "2026-06-10"));
  assert.deepEqual(periods(waiting), []);
  assert.deepEqual(periods(submitted), ["2026-06"]);
  assert.deepEqual(periods(approved), ["2026-05", "2026-01"]);
});

test("a month is not asked for where its quarter was sent, nor where its parts were approved", () => {
  const covered = desk([expected("2026-05", "2026-06-10"), expected("2026-07", "2026-08-10")], rekap("2026-TW2", "DIAJUKAN", "2026-07-10"));
  assert.deepEqual(periods(covered.waiting), ["2026-07"]);
  assert.deepEqual(desk([expected("2026-05", "2026-06-10", { dipenuhi: ["2026-05"] })]).waiting, []);
});

test("a period that the form is not expected for is nobody's debt", () => {
  assert.deepEqual(desk([expected("2026-TW2", "2026-07-10")]).waiting, []);
});

test("periods of the last year, of every length, those under way with them", () => {
  const asked = recentPeriods(TODAY);
  for (const periode of ["2026-07", "2026-TW3", "2026-S2", "2026", "2025-07", "2025"]) assert.ok(asked.includes(periode), periode);
  for (const periode of ["2026-08", "2026-TW4", "2025-06", "2025-TW2", "2024"]) assert.ok(!asked.includes(periode), periode);
});

test("how a deadline stands", () => {
  const words = ["2026-08-01", "2026-07-21", "2026-07-20", "2026-07-17", "2026-01-20", "2023-12-31"].map((day) => deadlineWords(day, TODAY));
  assert.deepEqual(words, ["12 hari lagi", "besok", "hari ini", "terlambat 3 hari", "terlambat 5 bulan", "terlambat 2 tahun"]);
});
