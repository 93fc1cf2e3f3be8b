import assert from "node:assert/strict";
import { test } from "node:test";
import { shownOf } from "../src/peta/angka.ts";
import type { Angka } from "../src/peta/angka.ts";
import type { Available, Item } from "../src/peta/katalog.ts";
import { baseOf, basePeriode, rateOf } from "../src/peta/rate.ts";
import { standingOf } from "../src/peta/standing.ts";

const item = (kode: string, unit: string, indikator = false): Item => ({ kode, nama: kode, satuan: unit, group: "", tingkat: "DESA", definisi: null, elemen: [kode], indikator, always: false });
const KK = { elemen: "WIL02", word: "KK" };

test("families are told per thousand families, people per thousand people, the rest as it is", () => {
  assert.equal(baseOf(item("BAN01", "KPM"))?.word, "KK");
  assert.equal(baseOf(item("REH10", "orang"))?.word, "penduduk");
  assert.equal(baseOf(item("I01", "persen", true)), null);
  assert.equal(baseOf(item("KIN03", "rupiah")), null);
  assert.equal(baseOf(item("WIL02", "KK")), null, "of itself");
});

test("the base is of the same period, else of one that holds it, else of the nearest before; never of a later one", () => {
  const available: Available = new Map([["WIL02", new Map([["2018", 1], ["2019", 1], ["2020-S2", 1], ["2020", 1], ["2021", 1]])]]);
  assert.deepEqual(basePeriode(KK, "2020", available), ["2020", "2020-S2", "2019"]);
  assert.deepEqual(basePeriode(KK, "2020-TW1", available), ["2020", "2019", "2018"]);
  assert.deepEqual(basePeriode(KK, "2017", available), []);
});

const NILAI = [50, 0, null, 10];
const CODES = ["a", "b", "c", "d"];
const angka = (rate: Angka["rate"]): Angka => ({
  question: { item: item("BAN01", "KPM"), periode: "2020", level: "KECAMATAN", wilayah: "53.14" }, kode: CODES, nilai: NILAI,
  status: ["ADA", "NOL", "TIDAK_ADA_DATA", "ADA"], kelengkapan: { diharapkan: 1, disetujui: 1 }, sumber: "", rate,
});

test("a region without a base has no figure per thousand, and zero needs none", () => {
  const part = rateOf(NILAI, CODES, KK, "2020", new Map([["a", 1000]]));
  assert.deepEqual(part?.nilai, [50, 0, null, null]);
  assert.equal(part.isWhole, false);
  assert.equal(rateOf(NILAI, CODES, KK, "2020", new Map([["c", 1000]])), null, "of nothing that has a figure");
  assert.equal(shownOf(angka(part), "").unit, "KPM", "half a map is not shown unless somebody asks for it");
  const asked = shownOf(angka(part), "per");
  assert.equal(asked.unit, "KPM per 1.000 KK");
  assert.deepEqual(asked.status, ["ADA", "NOL", "TIDAK_ADA_DATA", "TANPA_DASAR"]);
});

test("per thousand is shown where it is known of all, and the counts when asked for", () => {
  const whole = rateOf(NILAI, CODES, KK, "2020", new Map([["a", 1000], ["d", 100]]));
  assert.deepEqual(shownOf(angka(whole), "").nilai, [50, 0, null, 100]);
  assert.deepEqual(shownOf(angka(whole), "jumlah").nilai, NILAI);
});

test("a region's rank is by what is shown, its share by the figures", () => {
  const whole = rateOf(NILAI, CODES, KK, "2020", new Map([["a", 1000], ["d", 100]]));
  assert.deepEqual(standingOf("d", shownOf(angka(whole), "")), { rank: 1, of: 3, share: (10 / 60) * 100 });
  assert.deepEqual(standingOf("d", shownOf(angka(whole), "jumlah"))?.rank, 2);
  assert.equal(standingOf("c", shownOf(angka(whole), "")), null);
});
