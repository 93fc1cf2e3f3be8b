import assert from "node:assert/strict";
import { test } from "node:test";
import { classify, shownOf } from "../src/peta/angka.ts";
import type { Angka } from "../src/peta/angka.ts";
import { complete, periodeOf, levelAbove, levelsFor, placeToBegin } from "../src/peta/katalog.ts";
import type { Item, Katalog, Available } from "../src/peta/katalog.ts";
import { START } from "../src/peta/view.ts";

const item = (kode: string, level: Item["tingkat"], elemen = [kode]): Item => ({ kode, nama: kode, satuan: "KPM", group: "F", tingkat: level, definisi: null, elemen, indikator: elemen[0] !== kode, always: false });
const KATALOG: Katalog = { provinsi: [], names: new Map(), forms: [], items: [item("I01", "DESA", ["BAN01", "WIL03"]), item("WIL03", "DESA"), item("BAN01", "KECAMATAN"), item("KIN03", "KABUPATEN")] };
const available = (given: Record<string, Record<string, number>>): Available => new Map(Object.entries(given).map(([k, v]) => [k, new Map(Object.entries(v))]));

test("the page begins with what most kabupaten have, newest", () => {
  const t = complete({ ...START, wilayah: "53" }, KATALOG, available({ WIL03: { "2020": 22 }, BAN01: { "2019": 5, "2021-TW1": 20 } }));
  assert.deepEqual([t.data, t.periode, t.level], ["BAN01", "2021-TW1", "KABUPATEN"]);
});

test("one kabupaten alone is shown by its kecamatan", () => {
  assert.equal(complete({ ...START, wilayah: "53" }, KATALOG, available({ BAN01: { "2020": 1 } })).level, "KECAMATAN");
  assert.equal(complete({ ...START, wilayah: "53.14" }, KATALOG, available({ KIN03: { "2020": 1 } })).level, "KABUPATEN", "budgets have no kecamatan");
});

test("what the link says stays", () => {
  const t = complete({ ...START, wilayah: "53", data: "KIN03", periode: "2018", level: "DESA" }, KATALOG, available({ BAN01: { "2020": 1 } }));
  assert.deepEqual([t.data, t.periode, t.level], ["KIN03", "2018", "DESA"]);
  assert.equal(complete({ ...START, wilayah: "53", data: "ZZZ9" }, KATALOG, available({ BAN01: { "2020": 1 } })).data, "BAN01", "an unknown code does not");
});

test("a hub without figures still begins somewhere", () => {
  const t = complete({ ...START, wilayah: "53" }, KATALOG, available({}));
  assert.notEqual(t.data, "");
  assert.match(t.periode, /^\d{4}$/);
  assert.equal(t.level, "KABUPATEN");
});

test("an indicator has the periods of its elements", () => {
  assert.deepEqual(periodeOf(KATALOG.items[0], available({ BAN01: { "2020": 1 }, WIL03: { "2021": 1 }, KIN03: { "2022": 1 } })), ["2021", "2020"]);
});

test("levels below a region, and the one above whose borders are thicker", () => {
  assert.deepEqual(levelsFor("53"), ["PROVINSI", "KABUPATEN", "KECAMATAN", "DESA"]);
  assert.deepEqual(levelsFor("53.14"), ["KABUPATEN", "KECAMATAN", "DESA"]);
  assert.equal(levelAbove("PROVINSI"), null);
  assert.equal(levelAbove("DESA"), "KECAMATAN");
});

test("zero, no data and closed do not look alike, nor like any class", () => {
  const angka: Angka = {
    question: { item: item("BAN01", "DESA"), periode: "2020", level: "DESA", wilayah: "53.14" },
    kode: ["a", "b", "c", "d", "e"], nilai: [5, 0, null, null, 9], status: ["ADA", "NOL", "TIDAK_ADA_DATA", "DISUPRESI", "ADA"],
    kelengkapan: { diharapkan: 1, disetujui: 1 }, sumber: "", rate: null,
  };
  const { looks, counts, classes } = classify(shownOf(angka, ""), "kuantil", 5);
  assert.deepEqual([...looks.values()], [{ k: 0, s: -1 }, { k: -1, s: -1 }, { k: -2, s: 0 }, { k: -2, s: 3 }, { k: 1, s: -1 }]);
  assert.deepEqual(Object.fromEntries(counts), { ADA: 2, NOL: 1, TIDAK_ADA_DATA: 1, DISUPRESI: 1 });
  assert.equal(classes.length, 2);
});

test("the page begins at the kabupaten with most approved rekap, whatever a province states itself", () => {
  const provinsi = [{ kode: "11", nama: "Aceh", kabupaten: [] }];
  const at = (rekap: Record<string, number>) => placeToBegin(provinsi, { rekap: new Map(Object.entries(rekap)), isComplete: true });
  assert.deepEqual(at({ "36": 9, "36.04": 1, "53.14": 2, "53.01": 1 }), { wilayah: "53", places: ["53.01", "53.14"] });
  assert.deepEqual(at(Object.fromEntries(Array.from({ length: 9 }, (_, i) => [`53.0${i + 1}`, 1]))), { wilayah: "53", places: ["53"] }, "many: all of the province");
  assert.deepEqual(at({ "36": 2 }), { wilayah: "36", places: ["36"] });
  assert.deepEqual(at({}), { wilayah: "11", places: ["11"] });
});
