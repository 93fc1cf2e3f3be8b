/** @jsxImportSource preact */
// Choosing what the colours show: region, level, element or indicator, period, classes.

import { useMemo, useState } from "preact/hooks";
import type { Angka, Classification } from "./angka.ts";
import { ErrorNotice, Loading } from "../hub/notices.tsx";
import type { Result } from "../hub/hooks.ts";
import { periodeOf, allPeriode, levelsFor } from "./katalog.ts";
import type { Item, Katalog, Available } from "./katalog.ts";
import { Combobox } from "./combobox.tsx";
import type { Choice } from "./combobox.tsx";
import { MOST_CLASSES } from "./palette.ts";
import type { View } from "./view.ts";
import { fullName, periodeName, LEVEL_NAMES, WHY_CLOSED } from "../hub/wording.ts";

export interface PanelProps {
  view: View;
  change: (changes: Partial<View>) => void;
  katalog: Katalog;
  available: Available;
}

export function WilayahSelect({ view, change, katalog }: PanelProps) {
  return (
    <label class="baris-isian">
      <span>Wilayah</span>
      <select value={view.wilayah} onChange={(e) => change({ wilayah: e.currentTarget.value })}>
        {katalog.provinsi.map((p) => (
          <optgroup key={p.kode} label={p.nama}>
            <option value={p.kode}>{p.nama} (seluruhnya)</option>
            {p.kabupaten.map((k) => (
              <option key={k.kode} value={k.kode}>
                {fullName(k.nama, k.kode)}
              </option>
            ))}
          </optgroup>
        ))}
      </select>
    </label>
  );
}

function DataSelect({ view, change, katalog, available }: PanelProps) {
  const item = katalog.items.find((b) => b.kode === view.data);
  const [typed, setTyped] = useState<string | null>(null);
  const all = useMemo(
    () =>
      katalog.items.map((b): Choice => {
        const hasAny = periodeOf(b, available).length > 0;
        return { key: b.kode, label: b.nama, sub: `${b.kode} · ${b.satuan}${hasAny ? "" : " · belum ada angka"}`, group: b.group, faded: !hasAny };
      }),
    [katalog, available],
  );
  const words = (typed ?? "").toLowerCase().split(/\s+/).filter(Boolean);
  const matching = all.filter((b) => words.every((k) => `${b.label} ${b.sub} ${b.group}`.toLowerCase().includes(k)));
  return (
    <Combobox
      id="data"
      label="Elemen atau indikator"
      placeholder="Ketik nama atau kode"
      text={typed ?? item?.nama ?? ""}
      choices={matching}
      chosen={view.data}
      message="Tidak ada elemen atau indikator dengan kata itu."
      onText={setTyped}
      onClose={() => setTyped(null)}
      onChoose={(kode) => {
        const chosen = katalog.items.find((b) => b.kode === kode);
        const present = chosen === undefined ? [] : periodeOf(chosen, available);
        change({ data: kode, periode: present.length === 0 || present.includes(view.periode) ? view.periode : (present[0] ?? view.periode) });
      }}
    />
  );
}

function PeriodeSelect({ view, change, available, item }: PanelProps & { item: Item | undefined }) {
  const present = periodeOf(item, available);
  const others = allPeriode(available).filter((p) => !present.includes(p));
  const isUnknown = ![...present, ...others].includes(view.periode);
  return (
    <label class="baris-isian">
      <span>Periode</span>
      <select value={view.periode} onChange={(e) => change({ periode: e.currentTarget.value })}>
        {isUnknown && <option value={view.periode}>{periodeName(view.periode)}</option>}
        {present.map((p) => (
          <option key={p} value={p}>
            {periodeName(p)}
          </option>
        ))}
        {others.length > 0 && (
          <optgroup label="Belum ada angka untuk data ini">
            {others.map((p) => (
              <option key={p} value={p}>
                {periodeName(p)}
              </option>
            ))}
          </optgroup>
        )}
      </select>
    </label>
  );
}

export function PanelAngka(s: PanelProps & { item: Item | undefined; angka: Result<Angka>; classification: Classification | null }) {
  const { view, change, item, angka, classification } = s;
  const isEmpty = classification !== null && classification.classes.length === 0 && !classification.counts.has("NOL");
  const isClosed = classification !== null && classification.counts.has("DISUPRESI");
  return (
    <form class="pilihan" onSubmit={(e) => e.preventDefault()}>
      <WilayahSelect {...s} />
      <DataSelect {...s} />
      {(item?.definisi ?? null) !== null && <p class="definisi">{item?.definisi}</p>}
      <div class="dua">
        <label class="baris-isian">
          <span>Tingkat</span>
          <select value={view.level} onChange={(e) => change({ level: levelsFor(view.wilayah).find((t) => t === e.currentTarget.value) ?? view.level })}>
            {levelsFor(view.wilayah).map((t) => (
              <option key={t} value={t}>
                {LEVEL_NAMES[t]}
              </option>
            ))}
          </select>
        </label>
        <PeriodeSelect {...s} />
      </div>
      <div class="dua lebar-kiri">
        <fieldset class="segmen">
          <legend>Pembagian kelas</legend>
          {(["kuantil", "sama"] as const).map((method) => (
            <label key={method}>
              <input type="radio" name="cara" checked={view.method === method} onChange={() => change({ method })} />
              <span>{method === "kuantil" ? "Kuantil" : "Selang sama"}</span>
            </label>
          ))}
        </fieldset>
        <label class="baris-isian">
          <span>Banyak kelas</span>
          <select value={String(view.classCount)} onChange={(e) => change({ classCount: Number(e.currentTarget.value) })}>
            {Array.from({ length: MOST_CLASSES - 2 }, (_, i) => (
              <option key={i} value={String(i + 3)}>
                {i + 3}
              </option>
            ))}
          </select>
        </label>
      </div>
      {angka.error !== null && <ErrorNotice error={angka.error} retry={angka.retry} />}
      {angka.loading && <Loading what="angka" />}
      {isEmpty && !angka.loading && isClosed && (
        <p class="kosong">
          {item?.nama} dirahasiakan di sini, supaya orangnya tidak dikenali: {WHY_CLOSED}. Pilih tingkat yang lebih besar; petugas melihat wilayahnya sendiri dengan tokennya.
        </p>
      )}
      {isEmpty && !angka.loading && !isClosed && (
        <p class="kosong">
          Tidak ada angka untuk {item?.nama} menurut {view.level === "" ? "" : LEVEL_NAMES[view.level].toLowerCase()} pada {periodeName(view.periode)}.
          {item !== undefined && view.level === "DESA" && item.tingkat !== "DESA" ? ` Data ini dilaporkan sampai ${LEVEL_NAMES[item.tingkat].toLowerCase()}; pilih tingkat itu.` : " Pilih periode, tingkat atau data lain."}
        </p>
      )}
    </form>
  );
}
