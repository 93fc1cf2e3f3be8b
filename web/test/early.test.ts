import assert from "node:assert/strict";
import { test } from "node:test";
import { counted, whenQuiet } from "../src/hub/quiet.ts";
import { askEarly, takeEarly } from "../src/meja/early.ts";

let token = "one";
Object.assign(globalThis, { sessionStorage: { getItem: () => token }, localStorage: { getItem: () => null } });

test("an answer that was asked for early is taken once, by whom it was asked for", async () => {
  void askEarly("a", "banding", () => Promise.resolve(1));
  assert.equal(takeEarly("b", "banding"), null);
  assert.equal(await takeEarly("a", "banding"), 1);
  assert.equal(takeEarly("a", "banding"), null);
});

test("a failure is told to whoever takes it, and to nobody else", async () => {
  void askEarly("a", "gagal", () => Promise.reject(new Error("x"))).catch(() => null);
  await assert.rejects(takeEarly("a", "gagal") ?? Promise.resolve(), /x/);
});

test("a failure that nobody has taken is forgotten, and what was asked with another token", async () => {
  await askEarly("a", "gagal", () => Promise.reject(new Error("x"))).catch(() => null);
  assert.equal(takeEarly("a", "gagal"), null);
  void askEarly("a", "banding", () => Promise.resolve(1));
  token = "two";
  assert.equal(takeEarly("a", "banding"), null);
});

test("what lay for too long is asked for anew", (t) => {
  t.mock.timers.enable({ apis: ["Date"] });
  void askEarly("a", "lama", () => Promise.resolve(1));
  t.mock.timers.tick(15_001);
  assert.equal(takeEarly("a", "lama"), null);
});

test("it is quiet once nothing is on its way any more, or when that takes too long", async () => {
  const began = performance.now();
  void counted(new Promise((resolve) => setTimeout(resolve, 300)));
  await whenQuiet(5_000);
  const waited = performance.now() - began;
  assert.ok(waited >= 750 && waited < 4_000, `${waited} ms`);
  void counted(new Promise((resolve) => setTimeout(resolve, 1_500).unref()));
  const again = performance.now();
  await whenQuiet(200);
  assert.ok(performance.now() - again < 1_200);
});
