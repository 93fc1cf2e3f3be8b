import assert from "node:assert/strict";
import { test } from "node:test";
import { bagiKelas, kelasDari } from "../src/peta/kelas.ts";
import type { Cara } from "../src/peta/kelas.ts";
import { KELAS_TERBANYAK, warnaKelas } from "../src/peta/palet.ts";

// KPM PKH of Rote Ndao's ten kecamatan, 2020 (profile of the Dinas Sosial, table 3)
const PKH = [2859, 2356, 1594, 474, 934, 1380, 781, 395, 397, 561];

test("quantiles hold as many regions each as can be", () => {
  const kelas = bagiKelas(PKH, "kuantil", 5);
  assert.deepEqual(kelas.map((k) => k.banyak), [2, 2, 2, 2, 2]);
  assert.deepEqual(kelas.map((k) => [k.dari, k.sampai]), [[395, 397], [474, 561], [781, 934], [1380, 1594], [2356, 2859]]);
});

test("equal steps have one width and reach from least to most", () => {
  const kelas = bagiKelas(PKH, "sama", 4);
  assert.deepEqual(kelas.map((k) => k.dari), [395, 1011, 1627, 2243]);
  assert.equal(kelas.at(-1)?.sampai, 2859);
  assert.deepEqual(kelas.map((k) => k.banyak), [6, 2, 0, 2]);
});

test("equal values are never parted", () => {
  assert.deepEqual(bagiKelas([1, 1, 1, 1, 1, 1, 1, 2, 3], "kuantil", 3).map((k) => k.banyak), [7, 1, 1]);
});

test("a bound goes to the nearer end of equal values", () => {
  assert.deepEqual(bagiKelas([14.29, 100, 100, 100, 100, 100], "kuantil", 5).map((k) => k.banyak), [1, 5]);
});

test("few values give few classes, none give none", () => {
  assert.deepEqual(bagiKelas([], "kuantil", 5), []);
  assert.deepEqual(bagiKelas([Number.NaN], "sama", 5), []);
  for (const cara of ["kuantil", "sama"] as const) {
    assert.deepEqual(bagiKelas([7, 7], cara, 5), [{ batas: 7, dari: 7, sampai: 7, banyak: 2 }]);
  }
  assert.equal(bagiKelas([1, 2], "kuantil", 5).length, 2);
});

test("every value is in exactly the class that counts it, whatever the values", () => {
  let benih = 7; // a small generator of our own: the same values on every machine
  const acak = () => (benih = (benih * 16807) % 2147483647) / 2147483647;
  for (let ke = 0; ke < 300; ke++) {
    const nilai = Array.from({ length: 1 + Math.floor(acak() * 60) }, () => Math.round((acak() - 0.2) * 10 ** Math.floor(acak() * 7)) / 4);
    for (const cara of ["kuantil", "sama"] as Cara[]) {
      const banyak = 3 + Math.floor(acak() * 5);
      const kelas = bagiKelas(nilai, cara, banyak);
      assert.ok(kelas.length >= 1 && kelas.length <= banyak);
      const hitung = kelas.map(() => 0);
      for (const k of nilai.map((n) => kelasDari(n, kelas))) hitung[k] = (hitung[k] ?? 0) + 1;
      assert.deepEqual(hitung, kelas.map((k) => k.banyak), `${cara} ${nilai.join()}`);
      assert.ok(kelas.every((k, i) => i === 0 || k.batas > (kelas[i - 1]?.batas ?? Infinity)));
      if (cara === "kuantil") assert.ok(kelas.every((k) => k.banyak > 0));
    }
  }
});

// W3C's relative luminance
function terang(warna: string): number {
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map((i) => parseInt(warna.slice(i, i + 2), 16) / 255).map((c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4));
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

test("each colour is darker than the one before it, so that order needs no hue", () => {
  for (let banyak = 1; banyak <= KELAS_TERBANYAK; banyak++) {
    const warna = warnaKelas(banyak);
    assert.equal(warna.length, banyak);
    assert.ok(warna.every((w, i) => i === 0 || terang(w) < terang(warna[i - 1] ?? "") * 0.9), warna.join());
  }
});
