import assert from "node:assert/strict";
import { test } from "node:test";
import { lastDay, fullName, periodeName, levelOf, writeNumber, writeNilaiOrWhy, writeNilai, writeShort, comparePeriode } from "../src/hub/wording.ts";

test("numbers have thousands points and decimal commas", () => {
  assert.equal(writeNumber(11731), "11.731");
  assert.equal(writeNumber(51.9554), "51,96");
  assert.equal(writeNumber(-0.5), "-0,5");
});

test("big numbers are short in a legend and never round up into the next word", () => {
  assert.equal(writeShort(999999), "999.999");
  assert.equal(writeShort(470325000), "470,3 juta");
  assert.equal(writeShort(12157475000), "12,2 miliar");
  assert.equal(writeShort(999_960_000), "1 miliar");
  assert.equal(writeShort(-2e12), "-2 triliun");
});

test("units stand where Indonesians write them", () => {
  assert.equal(writeNilai(470325000, "rupiah"), "Rp470.325.000");
  assert.equal(writeNilai(-5, "rupiah"), "-Rp5");
  assert.equal(writeNilai(51.96, "persen"), "51,96%");
  assert.equal(writeNilai(1594, "KPM"), "1.594 KPM");
  assert.equal(writeNilai(1, "rasio"), "1");
});

test("zero, no data and closed are three things", () => {
  assert.equal(writeNilaiOrWhy(0, "NOL", "orang"), "0 orang");
  assert.equal(writeNilaiOrWhy(null, "TIDAK_ADA_DATA", "orang"), "Tidak ada data");
  assert.equal(writeNilaiOrWhy(null, "DISUPRESI", "orang"), "Dirahasiakan untuk melindungi orangnya");
});

test("periods in words, by their last month, newest first", () => {
  assert.equal(periodeName("2020"), "Tahun 2020");
  assert.equal(periodeName("2020-TW3"), "Triwulan III 2020");
  assert.equal(periodeName("2020-S1"), "Semester I 2020");
  assert.equal(periodeName("2020-07"), "Juli 2020");
  assert.deepEqual(["2019", "2020-TW1", "2020-06", "2020", "2020-S1", "2020-12"].toSorted(comparePeriode), ["2020", "2020-12", "2020-S1", "2020-06", "2020-TW1", "2019"]);
});

test("the last day of a period", () => {
  assert.deepEqual(["2020", "2020-TW1", "2020-S1", "2020-02", "2021-02"].map(lastDay), ["2020-12-31", "2020-03-31", "2020-06-30", "2020-02-29", "2021-02-28"]);
});

test("names of regions with what they are", () => {
  assert.equal(levelOf("53.14.01"), "KECAMATAN");
  assert.equal(fullName("Rote Ndao", "53.14"), "Kabupaten Rote Ndao");
  assert.equal(fullName("Kota Kupang", "53.71"), "Kota Kupang");
  assert.equal(fullName("Mokdale", "53.14.03.1001"), "Kelurahan Mokdale");
  assert.equal(fullName("Oeseli", "53.14.01.2005"), "Desa Oeseli");
});
