import assert from "node:assert/strict";
import { test } from "node:test";
import { REPORTING_STATES, reportingPeriode, stateOf } from "../src/peta/reporting.ts";

test("what is approved is not late, a draft after its day is", () => {
  assert.equal(stateOf({ status: null, terlambat: false, dipenuhi: [] }), "BELUM");
  assert.equal(stateOf({ status: "DRAF", terlambat: false, dipenuhi: [] }), "DRAF");
  assert.equal(stateOf({ status: "DRAF", terlambat: true, dipenuhi: [] }), "TERLAMBAT");
  assert.equal(stateOf({ status: null, terlambat: true, dipenuhi: ["2020-S1", "2020-S2"] }), "DISETUJUI", "all its parts are");
  assert.equal(stateOf({ status: "DIAJUKAN", terlambat: false, dipenuhi: [] }), "DIAJUKAN");
});

test("each state has a colour, a sign and a word of its own", () => {
  for (const what of ["colour", "sign", "name"] as const) {
    assert.equal(new Set(Object.values(REPORTING_STATES).map((s) => s[what])).size, 6, what);
  }
});

test("periods to choose from are as long as the form's, of this year and the last, and those with figures", () => {
  assert.deepEqual(reportingPeriode("SEMESTER", ["2020"], 2026), ["2026-S2", "2026-S1", "2025-S2", "2025-S1", "2020"]);
  assert.equal(reportingPeriode("BULAN", [], 2026).length, 24);
  assert.deepEqual(reportingPeriode("TAHUN", ["2026"], 2026), ["2026", "2025"]);
});
