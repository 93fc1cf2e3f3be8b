import assert from "node:assert/strict";
import { test } from "node:test";
import { makeClasses, classOf } from "../src/peta/classes.ts";
import type { Method } from "../src/peta/classes.ts";
import { MOST_CLASSES, classColours } from "../src/peta/palette.ts";
import { PATTERNS } from "../src/peta/patterns.ts";

// KPM PKH of Rote Ndao's ten kecamatan, 2020 (profile of the Dinas Sosial, table 3)
const PKH = [2859, 2356, 1594, 474, 934, 1380, 781, 395, 397, 561];

test("quantiles hold as many regions each as can be, between round bounds", () => {
  const classes = makeClasses(PKH, "kuantil", 5);
  assert.deepEqual(classes.map((k) => k.count), [2, 2, 2, 2, 2]);
  assert.deepEqual(classes.map((k) => [k.from, k.to]), [[390, 400], [401, 600], [601, 1000], [1001, 2000], [2001, 2900]]);
});

test("equal steps have one width that people count in and reach from least to most", () => {
  const classes = makeClasses(PKH, "sama", 4);
  assert.deepEqual(classes.map((k) => [k.from, k.to]), [[390, 1000], [1001, 2000], [2001, 3000]]);
  assert.deepEqual(classes.map((k) => k.count), [6, 2, 2]);
});

test("broken numbers have round bounds as well, on which none of them stands", () => {
  const nilai = [12.31, 14.02, 19.95, 20.4, 33.333, 51.96];
  const classes = makeClasses(nilai, "kuantil", 3);
  assert.deepEqual(classes.map((k) => [k.from, k.to]), [[12, 15], [15, 30], [30, 52]]);
  assert.ok(classes.slice(0, -1).every((k) => !nilai.includes(k.upTo)));
});

test("equal values are never parted", () => {
  assert.deepEqual(makeClasses([1, 1, 1, 1, 1, 1, 1, 2, 3], "kuantil", 3).map((k) => k.count), [7, 1, 1]);
});

test("a bound goes to the nearer end of equal values", () => {
  assert.deepEqual(makeClasses([14.29, 100, 100, 100, 100, 100], "kuantil", 5).map((k) => k.count), [1, 5]);
});

test("few values give few classes, none give none", () => {
  assert.deepEqual(makeClasses([], "kuantil", 5), []);
  assert.deepEqual(makeClasses([Number.NaN], "sama", 5), []);
  for (const method of ["kuantil", "sama"] as const) {
    assert.deepEqual(makeClasses([7, 7], method, 5), [{ upTo: 7, from: 7, to: 7, count: 2 }]);
  }
  assert.equal(makeClasses([1, 2], "kuantil", 5).length, 2);
});

test("every value is in exactly the class that counts it, whatever the values", () => {
  let seed = 7; // a small generator of our own: the same values on every machine
  const random = () => (seed = (seed * 16807) % 2147483647) / 2147483647;
  for (let round = 0; round < 300; round++) {
    const nilai = Array.from({ length: 1 + Math.floor(random() * 60) }, () => Math.round((random() - 0.2) * 10 ** Math.floor(random() * 7)) / 4);
    for (const method of ["kuantil", "sama"] as Method[]) {
      const count = 3 + Math.floor(random() * 5);
      const classes = makeClasses(nilai, method, count);
      assert.ok(classes.length >= 1 && classes.length <= count);
      const counted = classes.map(() => 0);
      for (const k of nilai.map((n) => classOf(n, classes))) counted[k] = (counted[k] ?? 0) + 1;
      assert.deepEqual(counted, classes.map((k) => k.count), `${method} ${nilai.join()}`);
      assert.ok(classes.every((k, i) => i === 0 || k.upTo > (classes[i - 1]?.upTo ?? Infinity)));
      if (method === "kuantil") assert.ok(classes.every((k) => k.count > 0));
    }
  }
});

// W3C's relative luminance
function luminance(colour: string): number {
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map((i) => parseInt(colour.slice(i, i + 2), 16) / 255).map((c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4));
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

test("each colour is darker than the one before it, so that order needs no hue", () => {
  for (let count = 1; count <= MOST_CLASSES; count++) {
    const colours = classColours(count);
    assert.equal(colours.length, count);
    assert.ok(colours.every((w, i) => i === 0 || luminance(w) < luminance(colours[i - 1] ?? "") * 0.9), colours.join());
  }
});

test("zero is written dark on light, so that nobody needs a hue to tell it from the lightest class", () => {
  const { data } = PATTERNS["nol"] ?? { data: new Uint8ClampedArray() };
  const pixels = Array.from({ length: data.length / 4 }, (_, i) => `#${Array.from(data.slice(i * 4, i * 4 + 3), (c) => c.toString(16).padStart(2, "0")).join("")}`);
  const [paper, ink] = [...new Set(pixels)].map((colour) => ({ luminance: luminance(colour), share: pixels.filter((p) => p === colour).length / pixels.length })).toSorted((a, b) => b.luminance - a.luminance);
  assert.ok(paper !== undefined && ink !== undefined);
  assert.ok((paper.luminance + 0.05) / (ink.luminance + 0.05) > 7);
  assert.ok(ink.share > 0.1 && ink.share < 0.4, String(ink.share));
  for (let count = 1; count <= MOST_CLASSES; count++) assert.ok((paper.luminance + 0.05) / (luminance(classColours(count)[0] ?? "") + 0.05) > 1.1);
});
