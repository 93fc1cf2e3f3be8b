// The forms of resources and warehouses: what is read of what was typed, and how the hub's findings are put.

import assert from "node:assert/strict";
import test from "node:test";
import { newMovement, readMovement } from "../src/sumber_daya/movement_draft.ts";
import { officerWords } from "../src/sumber_daya/officer_words.ts";
import { endWords, newestPapers } from "../src/sumber_daya/papers.ts";
import { draftOf, newDraft, readDraft } from "../src/sumber_daya/resource_draft.ts";
import { keeps, mayWriteResource } from "../src/sumber_daya/rights.ts";
import { readDecimal, readPair, readWhole } from "../src/sumber_daya/typed.ts";

const PLACE = { kode: "53.14.10.2003", nama: "Sotimori", kecamatan: { nama: "Landu Leko", kabupaten: { kode: "53.14", nama: "Rote Ndao" } } };

const office = (role: "KABUPATEN" | "PROVINSI", kode: string) => ({ peran: role, nama: "", berlakuSampai: null, wilayah: { kode, nama: "" } });

test("numbers as Indonesians type them", () => {
  assert.deepEqual(["1.250", "12", "1.25", "x", "-3", "1,5"].map(readWhole), [1250, 12, null, null, -3, null]);
  assert.deepEqual(["1.250,5", "1.250", "12,5", "12.5", "1,2,3", ""].map(readDecimal), [1250.5, 1250, 12.5, 12.5, null, null]);
  assert.deepEqual(readPair("-10.7312, 123.0512"), ["-10.7312", "123.0512"]);
  assert.equal(readPair("-10,7312"), null);
});

test("what the hub says, without the names of programs, with days as people write them", () => {
  assert.equal(officerWords("ISIAN_WAJIB", "dayaTampung harus diisi untuk PANTI."), "Daya tampung harus diisi untuk panti.");
  assert.equal(
    officerWords("AKREDITASI_TERLALU_LAMA", "AKREDITASI sejak 2020-01-01: akreditasi A berlaku 5 tahun, jadi sampai 2025-01-01; ditulis tanpa akhir."),
    "Akreditasi sejak 1 Januari 2020: akreditasi A berlaku 5 tahun, jadi sampai dengan 31 Desember 2024; ditulis tanpa akhir.",
  );
  assert.equal(officerWords("SUMBER_DANA_KOSONG", "sumberDana harus diisi pada barang yang diterima: APBN, APBD atau HIBAH."), "Sumber dana harus diisi pada barang yang diterima: APBN, APBD atau hibah.");
  assert.equal(officerWords("", "Dari PENUMBUHAN (pindahTahapWksbm) ke KAMPUNG_SIAGA_BENCANA sampai 2020-05-01"), "Dari penumbuhan ke kampung siaga bencana sampai 1 Mei 2020");
  assert.ok(!officerWords("MIRIP_TERDAFTAR", 'ubah (53.14:01939f2e-7d1c-7a3b-9c55-0f6a2b8e4d10) "id"').includes("53.14"));
});

test("a resource goes through the form and comes back as it was", () => {
  const read = readDraft(
    draftOf({
      id: "53.14:1", jenis: "PANTI", nama: "Panti", pemilik: "MASYARAKAT", alamat: null, titik: { type: "Point", coordinates: [123.05, -10.5] }, rahasia: false, sejak: "2019-01-01",
      sampai: "2027-01-01", aktif: true, contoh: false, sumber: "SK", versi: 4, diubahPada: "2026-01-01T00:00:00Z", desa: PLACE, pantiServed: "Anak", pantiPlaces: 40, klienL: 3, klienP: null,
      jumlahKlien: 3, bidang: null, ketua: "Ibu", cakupan: "KOTA", surat: [{ jenis: "AKREDITASI", nomor: "1", sejak: "2020-01-01", sampai: "2025-01-01", peringkat: "A", cakupan: null }],
    }),
  );
  assert.deepEqual(read.findings, []);
  assert.deepEqual(read.input, {
    id: "53.14:1", versi: 4, jenis: "PANTI", nama: "Panti", pemilik: "MASYARAKAT", desa: PLACE.kode, sejak: "2019-01-01", sampai: "2027-01-01", alamat: null,
    titik: { type: "Point", coordinates: [123.05, -10.5] }, rahasia: false, sumber: "SK", sasaran: "Anak", dayaTampung: 40, klienL: 3, klienP: null, jumlahKlien: null, bidang: null, cakupan: "KOTA",
    ketua: "Ibu", ketuaSetuju: true, surat: [{ jenis: "AKREDITASI", nomor: "1", sejak: "2020-01-01", sampai: "2025-01-01", peringkat: "A", cakupan: null }],
  });
});

test("all that a form lacks is said at once, each at its field", () => {
  const draft = newDraft("");
  draft.papers.push({ kind: "AKREDITASI", number: "", since: "", last: "", grade: "", scope: "" });
  const { findings } = readDraft(draft);
  assert.deepEqual(findings.map((one) => one.place), ["jenis", "nama", "desa", "sejak", "surat-0-sejak", "surat-0-peringkat"]);
  assert.equal(findings[4]?.part, "Berkas 1");
});

test("a movement keeps the moment at which it was handed over", () => {
  const now = new Date("2026-11-30T03:00:00Z");
  const draft = { ...newMovement("53.14:1", "2026-11-30"), number: "BA-1", purpose: "Banjir", rows: [{ goods: "SELIMUT", amount: "1.120", lot: "", expiry: "2027-01-01", fund: "APBN" }] };
  const { input } = readMovement(draft, now);
  assert.equal(input?.pada, now.toISOString());
  assert.deepEqual(input?.baris, [{ barang: "SELIMUT", jumlah: 1120, lot: null, kedaluwarsa: null, sumberDana: null }]);
  assert.equal(readMovement({ ...draft, day: "2026-12-01" }, now).findings[0]?.place, "hari");
});

test("papers: the newest of each kind, until when", () => {
  const paper = { nomor: null, peringkat: null, jenis: "SK" as const };
  assert.deepEqual(newestPapers([{ ...paper, sejak: "2020-01-01", sampai: null }, { ...paper, sejak: "2024-01-01", sampai: "2025-01-01" }]).map((one) => one.sejak), ["2024-01-01"]);
  assert.equal(endWords("2027-01-01", "2026-12-31"), "sampai dengan 31 Desember 2026 (hari ini terakhir)");
  assert.equal(endWords("2027-01-01", "2027-01-01"), "berakhir 31 Desember 2026");
  assert.equal(endWords("2027-01-11", "2027-01-01"), "sampai dengan 10 Januari 2027 (9 hari lagi)");
});

test("who is offered to write what", () => {
  const [kab, prov] = [office("KABUPATEN", "53.14"), office("PROVINSI", "53")];
  assert.deepEqual([kab, prov].map((who) => mayWriteResource(who, PLACE.kode, "PROVINSI")), [false, true]);
  assert.deepEqual([kab, prov].map((who) => mayWriteResource(who, PLACE.kode, "DESA")), [true, true]);
  assert.equal(mayWriteResource(office("KABUPATEN", "53.1"), PLACE.kode, "DESA"), false);
  assert.deepEqual([kab, prov].map((who) => keeps(who, PLACE.kode, "KABUPATEN")), [true, false]);
  assert.deepEqual([kab, prov].map((who) => keeps(who, PLACE.kode, "KEMENTERIAN")), [false, true]);
});
