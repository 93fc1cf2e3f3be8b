import assert from "node:assert/strict";
import { test } from "node:test";
import { START, readLink, writeLink } from "../src/peta/view.ts";
import type { View } from "../src/peta/view.ts";

const FULL: View = {
  tab: "cakupan", wilayah: "53.14", level: "DESA", data: "I04.disabilitas", periode: "2020-TW3", reportForm: "", reportPeriode: "", measure: "jumlah", method: "sama", classCount: 7,
  sumberDayaKinds: ["PANTI", "KARANG_TARUNA"], cakupan: ["PUSKESOS"], distanceKm: 25, wksbm: true, scales: ["LOKAL"], stages: ["PEMANTAPAN"], batasKinds: ["CELAH"], chosen: "53.14.01.2005",
  camera: { zoom: 9.25, lon: 123.05, lat: -10.73 },
};

test("a link says everything that is looked at", () => {
  assert.deepEqual(readLink(`#${writeLink(FULL)}`), FULL);
});

test("the form whose reports are looked at is said where they are", () => {
  const looked: View = { ...FULL, tab: "pelaporan", reportForm: "F02", reportPeriode: "2026-01" };
  assert.deepEqual(readLink(`#${writeLink(looked)}`), looked);
  assert.equal(writeLink({ ...looked, tab: "cakupan" }), writeLink(FULL));
});

test("what is as in the beginning is not said", () => {
  assert.equal(writeLink(START), "");
  assert.deepEqual(readLink(""), START);
  assert.equal(writeLink({ ...START, wilayah: "53", sumberDayaKinds: ["PANTI", "LKS"], camera: { zoom: 7, lon: 1, lat: 2 } }), "di=53&titik=PANTI,LKS&lihat=7.00/1.0000/2.0000");
});

test("what makes no sense is left at the beginning", () => {
  for (const wrong of [
    "di=x'--", "di=53.1", "tingkat=rt", "data=<b>", "periode=2020-13x", "cara=acak", "ukuran=banyak", "kelas=2", "kelas=3.5", "kelas=99", "titik=BANK", "jarak=0", "jarak=1e9", "tab=mana",
    "lihat=5/200/0", "lihat=5/1", "lihat=//", "lihat=a/b/c", "lihat=5/1/2/3", "wksbm=mungkin", "mutu=APA", "pilih=1",
  ]) {
    assert.deepEqual(readLink(`#${wrong}`), START, wrong);
  }
});
