/** @jsxImportSource preact */
// Looking for a region by name or code; typing errors, old names and names of the regions above are the hub's to understand.

import { useState } from "preact/hooks";
import { ask } from "../hub/fetch.ts";
import { useFetch, useSettled } from "../hub/hooks.ts";
import { Combobox } from "./combobox.tsx";
import { SEARCH_WILAYAH } from "./queries.ts";
import type { SearchWilayahQuery } from "./queries.ts";
import { LEVEL_NAMES } from "../hub/wording.ts";

export type FoundWilayah = SearchWilayahQuery["cariWilayah"][number]["wilayah"];

const TYPING_PAUSE_MS = 220;

export function WilayahSearch({ version, onChoose }: { version: number; onChoose: (w: FoundWilayah) => void }) {
  const [text, setText] = useState("");
  const settled = useSettled(text.trim(), TYPING_PAUSE_MS);
  const { content, loading, error } = useFetch(settled.length < 2 ? null : `${version} ${settled}`, (signal) => ask(SEARCH_WILAYAH, { text: settled }, signal));
  const isLongEnough = text.trim().length >= 2;
  const isWaiting = loading || settled !== text.trim();
  const hits = isLongEnough && !isWaiting ? (content?.cariWilayah ?? []) : []; // Enter must never choose what was found for another text
  const message = !isLongEnough ? undefined : isWaiting ? "Mencari…" : error !== null ? `${error.message} ${error.remedy}` : "Tidak ada wilayah dengan nama atau kode itu. Periksa ejaannya.";
  return (
    <Combobox
      id="cari"
      label="Cari wilayah"
      placeholder="Cari desa, kecamatan, kabupaten…"
      text={text}
      message={message}
      choices={hits.map(({ jalur: path, wilayah: w }) => {
        const [, ...above] = path.split(", ");
        return { key: w.kode, label: w.nama, sub: [LEVEL_NAMES[w.tingkat], w.kode, ...above].join(" · ") };
      })}
      onText={setText}
      onChoose={(kode) => {
        const hit = hits.find((h) => h.wilayah.kode === kode)?.wilayah;
        if (hit === undefined) return;
        setText(hit.nama);
        onChoose(hit);
      }}
    />
  );
}
