import assert from "node:assert/strict";
import { test } from "node:test";
import { bagi } from "../src/peta/angka.ts";
import type { Angka } from "../src/peta/angka.ts";
import { lengkapi, periodeUntuk, tingkatInduk, tingkatUntuk } from "../src/peta/katalog.ts";
import type { Butir, Katalog, Tersedia } from "../src/peta/katalog.ts";
import { AWAL } from "../src/peta/tampilan.ts";

const butir = (kode: string, tingkat: Butir["tingkat"], elemen = [kode]): Butir => ({ kode, nama: kode, satuan: "KPM", kelompok: "F", tingkat, definisi: null, elemen, indikator: elemen[0] !== kode, selalu: false });
const KATALOG: Katalog = { provinsi: [], butir: [butir("I01", "DESA", ["BAN01", "WIL03"]), butir("WIL03", "DESA"), butir("BAN01", "KECAMATAN"), butir("KIN03", "KABUPATEN")] };
const ada = (isi: Record<string, Record<string, number>>): Tersedia => new Map(Object.entries(isi).map(([k, v]) => [k, new Map(Object.entries(v))]));

test("the page begins with what most kabupaten have, newest", () => {
  const t = lengkapi({ ...AWAL, wilayah: "53" }, KATALOG, ada({ WIL03: { "2020": 22 }, BAN01: { "2019": 5, "2021-TW1": 20 } }));
  assert.deepEqual([t.data, t.periode, t.tingkat], ["BAN01", "2021-TW1", "KABUPATEN"]);
});

test("one kabupaten alone is shown by its kecamatan", () => {
  assert.equal(lengkapi({ ...AWAL, wilayah: "53" }, KATALOG, ada({ BAN01: { "2020": 1 } })).tingkat, "KECAMATAN");
  assert.equal(lengkapi({ ...AWAL, wilayah: "53.14" }, KATALOG, ada({ KIN03: { "2020": 1 } })).tingkat, "KABUPATEN", "budgets have no kecamatan");
});

test("what the link says stays", () => {
  const t = lengkapi({ ...AWAL, wilayah: "53", data: "KIN03", periode: "2018", tingkat: "DESA" }, KATALOG, ada({ BAN01: { "2020": 1 } }));
  assert.deepEqual([t.data, t.periode, t.tingkat], ["KIN03", "2018", "DESA"]);
  assert.equal(lengkapi({ ...AWAL, wilayah: "53", data: "ZZZ9" }, KATALOG, ada({ BAN01: { "2020": 1 } })).data, "BAN01", "an unknown code does not");
});

test("a hub without figures still begins somewhere", () => {
  const t = lengkapi({ ...AWAL, wilayah: "53" }, KATALOG, ada({}));
  assert.notEqual(t.data, "");
  assert.match(t.periode, /^\d{4}$/);
  assert.equal(t.tingkat, "KABUPATEN");
});

test("an indicator has the periods of its elements", () => {
  assert.deepEqual(periodeUntuk(KATALOG.butir[0], ada({ BAN01: { "2020": 1 }, WIL03: { "2021": 1 }, KIN03: { "2022": 1 } })), ["2021", "2020"]);
});

test("levels below a region, and the one above whose borders are thicker", () => {
  assert.deepEqual(tingkatUntuk("53"), ["PROVINSI", "KABUPATEN", "KECAMATAN", "DESA"]);
  assert.deepEqual(tingkatUntuk("53.14"), ["KABUPATEN", "KECAMATAN", "DESA"]);
  assert.equal(tingkatInduk("PROVINSI"), null);
  assert.equal(tingkatInduk("DESA"), "KECAMATAN");
});

test("zero, no data and closed do not look alike, nor like any class", () => {
  const angka: Angka = {
    tanya: { butir: butir("BAN01", "DESA"), periode: "2020", tingkat: "DESA", wilayah: "53.14" },
    kode: ["a", "b", "c", "d", "e"], nilai: [5, 0, null, null, 9], status: ["ADA", "NOL", "TIDAK_ADA_DATA", "DISUPRESI", "ADA"],
    kelengkapan: { diharapkan: 1, disetujui: 1 }, sumber: "",
  };
  const { rupa, hitungan, kelas } = bagi(angka, "kuantil", 5);
  assert.deepEqual([...rupa.values()], [{ k: 0, s: -1 }, { k: -1, s: -1 }, { k: -2, s: 0 }, { k: -2, s: 3 }, { k: 1, s: -1 }]);
  assert.deepEqual(Object.fromEntries(hitungan), { ADA: 2, NOL: 1, TIDAK_ADA_DATA: 1, DISUPRESI: 1 });
  assert.equal(kelas.length, 2);
});
