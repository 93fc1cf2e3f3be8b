import assert from "node:assert/strict";
import { test } from "node:test";
import { eventParser } from "../src/hub/live.ts";
import { readRoute, linkTo } from "../src/meja/router.ts";

test("a stream of events is read however it is cut into pieces", () => {
  const stream = ':\n\nevent: next\ndata: {"a":1}\n\n:\n\nevent: next\ndata: {"a":2}\n\nevent: complete\ndata:\n\n';
  for (const size of [1, 7, stream.length]) {
    const told: string[] = [];
    const parse = eventParser((data) => told.push(data));
    for (let at = 0; at < stream.length; at += size) parse(stream.slice(at, at + size));
    assert.deepEqual(told, ['{"a":1}', '{"a":2}']);
  }
});

test("an address is read as it was written", () => {
  assert.deepEqual(readRoute(""), { name: "", parts: [] });
  assert.deepEqual(readRoute("#/"), { name: "", parts: [] });
  assert.deepEqual(readRoute(linkTo("isian", "F02", "a/b %")), { name: "isian", parts: ["F02", "a/b %"] });
  assert.deepEqual(readRoute("#/isian/%E0%A4%A"), { name: "isian", parts: ["%E0%A4%A"] });
});
