import assert from "node:assert/strict";
import { test } from "node:test";
import { cellOf, sendingOf, workOf } from "../src/isian/cells.ts";
import type { Cell, Work } from "../src/isian/cells.ts";
import { foundHere, sumOf } from "../src/isian/findings.ts";
import { readCode, sheetsOf } from "../src/isian/layout.ts";
import type { Elemen, Form, Regions } from "../src/isian/layout.ts";
import { merged, mergeOf } from "../src/isian/merge.ts";
import { addUp, readWritten, subtract, tidy, writeFigure } from "../src/isian/numbers.ts";
import { pasteInto, readBlock } from "../src/isian/paste.ts";
import { periodeBefore } from "../src/hub/wording.ts";

const sex = { kode: "JK", nama: "Jenis kelamin", pilihan: ["L", "P"], butir: [], lengkap: true, terbuka: false, menjumlah: true };
const elemen = (kode: string, name: string, more: Partial<Elemen> = {}): Elemen => ({
  kode, nama: name, satuan: "orang", tingkat: "DESA", agregasiWilayah: "JUMLAH", sensitif: 0, registri: null, bulat: true, minimum: 0, maksimum: null, diLuar: "GALAT",
  definisi: null, rincian: [], ...more,
});
const PEOPLE = elemen("WIL01", "Penduduk", { rincian: [sex] });
const MONEY = elemen("BAN02", "Penyaluran PKH", { satuan: "rupiah", tingkat: "KECAMATAN" });
const SHARE = elemen("WIL06", "Persentase miskin", { satuan: "persen", tingkat: "KABUPATEN", bulat: false, maksimum: 100, diLuar: "PERINGATAN" });
const FORM: Form = { kode: "F01", nama: "Wilayah", hash: "", periodeTersingkat: "TRIWULAN", elemen: [PEOPLE, MONEY, SHARE] };
const region = (kode: string, name: string, of = "") => ({ kode, nama: name, of });
const REGIONS: Regions = {
  office: region("53.14", "Rote Ndao"), kecamatan: [region("53.14.01", "Rote Barat Daya"), region("53.14.02", "Lobalain")],
  desa: [region("53.14.01.2001", "Oeseli", "Rote Barat Daya"), region("53.14.01.2002", "Mokdale", "Rote Barat Daya"), region("53.14.02.2001", "Mokdale", "Lobalain")],
};
const sheets = (cells: [string, Cell][] = []) => sheetsOf(FORM, REGIONS, new Map(cells), {});
const [DESA] = sheets();
assert.ok(DESA !== undefined);
const [WHOLE, MEN] = DESA.figures;
assert.ok(WHOLE !== undefined && MEN !== undefined);
const whole = (text: string) => readWritten(text, { whole: true, money: false });
const fraction = (text: string) => readWritten(text, { whole: false, money: false });
const rupiah = (text: string) => readWritten(text, { whole: false, money: true });
const work = (cells: [string, Cell][], baseCells: [string, Cell][] = []): Work => ({ ...workOf(null), cells, baseCells });

test("figures are read as offices write them, and what means two things is refused with both", () => {
  for (const [text, read] of [["1.234", "1234"], ["1 234", "1234"], ["1,799", "1799"], ["1.799 KK", "1799"], ["nihil", "0"], ["007", "7"], ["12*", "12"], ["1.234.567", "1234567"]] as const) {
    assert.deepEqual(whole(text), { kind: "figure", figure: read }, text);
  }
  assert.deepEqual(rupiah("Rp. 526.700.000.-"), { kind: "figure", figure: "526700000" });
  assert.deepEqual(rupiah("526,7 juta"), { kind: "figure", figure: "526700000" });
  assert.deepEqual(rupiah("3 M"), { kind: "figure", figure: "3000000000" });
  assert.deepEqual(fraction("1 234,5"), { kind: "figure", figure: "1234.5" });
  assert.deepEqual(fraction("27,54%"), { kind: "figure", figure: "27.54" });
  const twofold = fraction("1.234");
  assert.deepEqual(twofold.kind === "unclear" && twofold.meanings, ["1234", "1.234"]);
  const comma = fraction("1,234");
  assert.deepEqual(comma.kind === "unclear" && comma.meanings, ["1234", "1.234"]);
  for (const text of ["sekitar 20", "5 atau 6", "(5)", "3 M", "12,3,4", "#REF!"]) assert.equal(whole(text).kind, "unclear", text);
  for (const text of ["-", "--", "…", "n/a", "Tidak ada data"]) assert.deepEqual(whole(text), { kind: "status", status: "TIDAK_ADA_DATA" }, text);
  assert.deepEqual(whole("Tidak dilaksanakan"), { kind: "status", status: "TIDAK_DILAKSANAKAN" });
  assert.deepEqual(whole("  "), { kind: "nothing" });
});

test("sums are exact, and written as Indonesians write them", () => {
  assert.equal(addUp(["0.1", "0.2"]), "0.3");
  assert.equal(addUp(["9007199254740993", "1"]), "9007199254740994");
  assert.equal(subtract("10", "12.5"), "-2.5");
  assert.equal(subtract("3", "3.0"), "0");
  assert.equal(tidy("-0"), "0");
  assert.equal(writeFigure("-1234567.5"), "-1.234.567,5");
});

test("a form has the sheets of the levels at which it asks, and whatever is held elsewhere", () => {
  assert.deepEqual(sheets().map((one) => [one.level, one.figures.map((f) => f.code)]), [
    ["DESA", ["WIL01", "WIL01[JK=L]", "WIL01[JK=P]"]], ["KECAMATAN", ["BAN02"]], ["KABUPATEN", ["WIL06"]],
  ]);
  const more = sheets([["53.14.01 WIL01", "5"], ["53.14.01.2001 WIL01[JK=L,umur=tua]", "2"]]);
  assert.deepEqual(more[1]?.figures.map((one) => one.code), ["WIL01", "WIL01[JK=L]", "WIL01[JK=P]", "BAN02"]);
  assert.equal(more[0]?.figures.at(-1)?.code, "WIL01[JK=L,umur=tua]");
  assert.deepEqual(readCode("WIL01[JK=L,umur=tua]").choices.map((one) => one.pilihan), ["L", "tua"]);
});

test("what is wrong is found in the browser: parts, bounds, fractions, what cannot be read", () => {
  const cells = new Map([["53.14.01.2001 WIL01", "10"], ["53.14.01.2001 WIL01[JK=L]", "4"], ["53.14.01.2001 WIL01[JK=P]", "5"], ["53.14.01.2002 WIL01", "1.5"], ["53.14.02.2001 WIL01", "?lima"], ["53.14 WIL06", "120"]]);
  const found = foundHere(sheets([...cells]), cells);
  assert.deepEqual(found.map((one) => [one.key, one.grade, one.proposals]), [
    ["53.14.01.2001 WIL01", "GALAT", ["9"]], ["53.14.01.2002 WIL01", "GALAT", []], ["53.14.02.2001 WIL01", "GALAT", []], ["53.14 WIL06", "PERINGATAN", []],
  ]);
  assert.equal(sumOf(DESA, WHOLE, cells), "11.5");
  assert.equal(sumOf(DESA, MEN, new Map()), null);
});

test("only what is filled in is sent, and every cell is found again in the answer", () => {
  const cells: [string, Cell][] = [["53.14.01.2001 WIL01", "10"], ["53.14.01.2001 WIL01[JK=L]", "!TIDAK_ADA_DATA"], ["53.14.01.2002 WIL01", "7"], ["53.14.02.2001 WIL01", "?lima"]];
  const { masukan: sent, places } = sendingOf(work(cells), { pelapor: "53.14", formulir: "F01", periode: "2026" });
  assert.equal(sent.revisiDasar, 0);
  assert.deepEqual(sent.tabel?.map((one) => one.kolom.length), [2, 1]);
  assert.deepEqual(sent.tabel?.[0]?.baris, [{ wilayah: "53.14.01.2001", nilai: ["10", null], status: [null, "TIDAK_ADA_DATA"] }]);
  assert.equal(places.get("tabel 1|1|WIL01[JK=L]"), "53.14.01.2001 WIL01[JK=L]");
  assert.equal(places.size, 3);
});

test("choices are words: with spaces, and with commas", () => {
  const codes = ["BAN01[komponen_pkh=anak usia dini]", "BAN01[komponen_pkh=ibu hamil]", "BAN01[JK=L,usia=0, belum sekolah]"];
  const { masukan: sent, places } = sendingOf(work(codes.map((code) => [`53.14.01.2001 ${code}`, "1"])), { pelapor: "53.14", formulir: "F02", periode: "2026" });
  assert.deepEqual(sent.tabel?.[0]?.kolom, [
    { elemen: "BAN01", rincian: [{ rincian: "JK", pilihan: "L" }, { rincian: "usia", pilihan: "0, belum sekolah" }] },
    { elemen: "BAN01", rincian: [{ rincian: "komponen_pkh", pilihan: "anak usia dini" }] },
    { elemen: "BAN01", rincian: [{ rincian: "komponen_pkh", pilihan: "ibu hamil" }] },
  ]);
  assert.equal(places.get("tabel 1|1|BAN01[komponen_pkh=ibu hamil]"), "53.14.01.2001 BAN01[komponen_pkh=ibu hamil]");
});

test("a block is pasted from the cell at hand, and says what it had no room for", () => {
  const pasted = pasteInto(DESA, FORM, readBlock("1\t2\t3\t4\r\n5\t\t6\t7\r\n"), { row: 2, column: 0 });
  assert.deepEqual(pasted.changes, [["53.14.02.2001 WIL01", "1"], ["53.14.02.2001 WIL01[JK=L]", "2"], ["53.14.02.2001 WIL01[JK=P]", "3"]]);
  assert.equal(pasted.leftOut.length, 2);
  assert.deepEqual(readBlock('"a\tb"\t"c ""d""\ne"\n'), [["a\tb", 'c "d"\ne']]);
});

test("a block with names is matched by them: two desa of one name by their kecamatan", () => {
  const text = "Kecamatan\tDesa\tPenduduk\tLain\nLobalain\tMokdale\t5\t1\nRote Barat Daya\tDesa Mokdale\t6\t1\nLobalain\tOeseli\t7\t1\nTotal\t\t18\t3";
  const pasted = pasteInto(DESA, FORM, readBlock(text), { row: 0, column: 0 });
  assert.deepEqual(pasted.changes, [["53.14.02.2001 WIL01", "5"], ["53.14.01.2002 WIL01", "6"], ["53.14.01.2001 WIL01", "7"]]);
  assert.ok(pasted.leftOut.some((one) => one.includes("“Lain”")));
  const bare = pasteInto(DESA, FORM, readBlock("Mokdale\t5\nOeseli\t6"), { row: 0, column: 0 });
  assert.deepEqual(bare.changes, [["53.14.01.2001 WIL01", "6"]]);
  assert.ok(bare.leftOut.some((one) => one.includes("Mokdale")), "of two of one name nobody can tell");
});

test("what only one changed is taken; what both changed is chosen", () => {
  const mine = work([["a X", "1"], ["b X", "2"], ["d X", "9"]], [["a X", "0"], ["b X", "0"], ["c X", "3"]]);
  const newest: [string, Cell][] = [["a X", "5"], ["b X", "0"], ["c X", "4"]];
  const { clashes, onlyMine } = mergeOf(mine, newest);
  assert.deepEqual([clashes.map((one) => one.key), onlyMine], [["a X", "c X"], ["b X", "d X"]]);
  assert.deepEqual(new Map(merged(mine, 2, newest, new Set(["c X"])).cells), new Map([["a X", "5"], ["b X", "2"], ["d X", "9"]]));
});

test("the period before", () => {
  for (const [now, before] of [["2026", "2025"], ["2026-01", "2025-12"], ["2026-11", "2026-10"], ["2026-TW1", "2025-TW4"], ["2026-S2", "2026-S1"]] as const) assert.equal(periodeBefore(now), before);
  assert.equal(cellOf("1.000", SHARE), "?1.000");
});
