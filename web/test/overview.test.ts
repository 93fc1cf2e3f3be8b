import assert from "node:assert/strict";
import { test } from "node:test";
import { headline, reportingOf } from "../src/front/overview.ts";
import { lastPeriods } from "../src/hub/wording.ts";

test("four elements at the front, each with its newest period", () => {
  const rows = [["WIL01", "2020"], ["BAN01", "2020"], ["BAN01", "2020-TW4"], ["BAN03", "2019"], ["BAN01", "2021-TW1"], ["AAA", "2020"], ["BAN02", "2020"]];
  const chosen = headline(rows.map(([elemen = "", periode = ""]) => ({ elemen, periode, kabupaten: 1 })));
  assert.deepEqual(chosen.map((one) => `${one.elemen} ${one.periode}`), ["BAN01 2021-TW1", "BAN03 2019", "BAN02 2020", "AAA 2020"]);
  assert.deepEqual(headline([]), []);
});

test("what ended last, of each length", () => {
  assert.deepEqual(lastPeriods(new Date(2026, 6, 20)), ["2026-06", "2026-TW2", "2026-S1", "2025"]);
  assert.deepEqual(lastPeriods(new Date(2026, 0, 5)), ["2025-12", "2025-TW4", "2025-S2", "2025"]);
});

const row = (kode: string, periode: string, isLate: boolean, status: "DISETUJUI" | null = null) => ({
  kabupaten: { kode, nama: kode }, formulir: { kode: "F02", periodeJenis: "BULAN" }, periode, status, terlambat: isLate,
});

test("offices that are late, by how many rekap; periods that a form is not expected for do not count", () => {
  const { expected, approved, late } = reportingOf({
    kelengkapan: [row("53.01", "2026-06", true), row("53.02", "2026-05", true), row("53.02", "2026-06", true), row("53.03", "2026-06", false, "DISETUJUI"), row("53.04", "2026-TW2", true)],
  });
  assert.deepEqual([expected, approved], [4, 1]);
  assert.deepEqual(late.map((one) => `${one.kode} ${one.count}`), ["53.02 2", "53.01 1"]);
});
