import assert from "node:assert/strict";
import { test } from "node:test";
import { AWAL, bacaTautan, tulisTautan } from "../src/peta/tampilan.ts";
import type { Tampilan } from "../src/peta/tampilan.ts";

const PENUH: Tampilan = {
  tab: "cakupan", wilayah: "53.14", tingkat: "DESA", data: "I04.disabilitas", periode: "2020-TW3", cara: "sama", kelas: 7,
  titik: ["PANTI", "KARANG_TARUNA"], cakupan: ["PUSKESOS"], jarakKm: 25, wksbm: true, skala: ["LOKAL"], tahap: ["PEMANTAPAN"], mutu: ["CELAH"], dipilih: "53.14.01.2005",
  pandangan: { zum: 9.25, lon: 123.05, lat: -10.73 },
};

test("a link says everything that is looked at", () => {
  assert.deepEqual(bacaTautan(`#${tulisTautan(PENUH)}`), PENUH);
});

test("what is as in the beginning is not said", () => {
  assert.equal(tulisTautan(AWAL), "");
  assert.deepEqual(bacaTautan(""), AWAL);
  assert.equal(tulisTautan({ ...AWAL, wilayah: "53", titik: ["PANTI", "LKS"], pandangan: { zum: 7, lon: 1, lat: 2 } }), "di=53&titik=PANTI,LKS&lihat=7.00/1.0000/2.0000");
});

test("what makes no sense is left at the beginning", () => {
  for (const salah of [
    "di=x'--", "di=53.1", "tingkat=rt", "data=<b>", "periode=2020-13x", "cara=acak", "kelas=2", "kelas=3.5", "kelas=99", "titik=BANK", "jarak=0", "jarak=1e9", "tab=mana",
    "lihat=5/200/0", "lihat=5/1", "lihat=//", "lihat=a/b/c", "lihat=5/1/2/3", "wksbm=mungkin", "mutu=APA", "pilih=1",
  ]) {
    assert.deepEqual(bacaTautan(`#${salah}`), AWAL, salah);
  }
});
