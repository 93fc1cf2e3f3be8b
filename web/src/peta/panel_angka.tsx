/** @jsxImportSource preact */
// Choosing what the colours show: region, level, element or indicator, period, classes.

import { useMemo, useState } from "preact/hooks";
import type { Angka, Classification, Shown } from "./angka.ts";
import { EmptyNotice } from "./empty_notice.tsx";
import { ErrorNotice, Loading } from "../hub/notices.tsx";
import type { Result } from "../hub/hooks.ts";
import { periodeOf, allPeriode, levelsFor } from "./katalog.ts";
import type { Approved, Available, Item, Katalog } from "./katalog.ts";
import { Combobox } from "./combobox.tsx";
import type { Choice } from "./combobox.tsx";
import { MOST_CLASSES } from "./palette.ts";
import { baseOf } from "./rate.ts";
import type { View } from "./view.ts";
import { fullName, periodeName, LEVEL_NAMES } from "../hub/wording.ts";

export interface PanelProps {
  view: View;
  change: (changes: Partial<View>) => void;
  katalog: Katalog;
  available: Available;
  approved: Approved | null; // null: not known, so nothing is said of it
}

export function WilayahSelect({ view, change, katalog, approved }: PanelProps) {
  // of a province its kabupaten speak as well
  const isEmpty = (kode: string): boolean => approved?.isComplete === true && ![...approved.rekap.keys()].some((k) => k === kode || k.startsWith(`${kode}.`));
  const mark = (kode: string): string => (isEmpty(kode) ? " · belum ada angka" : "");
  return (
    <label class="baris-isian">
      <span>Wilayah</span>
      <select value={view.wilayah} onChange={(e) => change({ wilayah: e.currentTarget.value })}>
        {katalog.provinsi.map((p) => (
          <optgroup key={p.kode} label={p.nama}>
            <option value={p.kode}>
              {p.nama} (seluruhnya)
              {mark(p.kode)}
            </option>
            {p.kabupaten.map((k) => (
              <option key={k.kode} value={k.kode}>
                {fullName(k.nama, k.kode)}
                {mark(k.kode)}
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
        return { key: b.kode, label: b.nama, sub: `${b.satuan}${hasAny ? "" : " · belum ada angka"}`, group: b.group, faded: !hasAny };
      }),
    [katalog, available],
  );
  const words = (typed ?? "").toLowerCase().split(/\s+/).filter(Boolean);
  const matching = all.filter((b) => words.every((k) => `${b.key} ${b.label} ${b.sub} ${b.group}`.toLowerCase().includes(k)));
  return (
    <Combobox
      id="data"
      label="Elemen atau indikator"
      placeholder="Ketik sebagian namanya"
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

/** Counts, or counts per thousand of those they could count. */
function MeasureChoice({ view, change, content, shown }: PanelProps & { content: Angka; shown: Shown | null }) {
  const { rate, question } = content;
  const base = baseOf(question.item);
  if (base === null || question.item.kode !== view.data) return null;
  if (rate === null) return <p class="catatan">Per 1.000 {base.word} belum dapat dihitung: banyaknya {base.word} di sini belum dilaporkan untuk periode ini atau sebelumnya.</p>;
  return (
    <fieldset class="segmen">
      <legend>Yang diwarnai</legend>
      {(["per", "jumlah"] as const).map((measure) => (
        <label key={measure}>
          <input type="radio" name="ukuran" checked={(shown?.rate ?? null) === null ? measure === "jumlah" : measure === "per"} onChange={() => change({ measure })} />
          <span>{measure === "per" ? `Per 1.000 ${base.word}` : `Jumlah (${question.item.satuan})`}</span>
        </label>
      ))}
    </fieldset>
  );
}

export function PanelAngka(s: PanelProps & { item: Item | undefined; angka: Result<Angka>; classification: Classification | null; version: number }) {
  const { view, change, item, angka, classification } = s;
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
      {angka.content !== null && <MeasureChoice {...s} content={angka.content} shown={classification?.shown ?? null} />}
      <div class="dua lebar-kiri">
        <fieldset class="segmen">
          <legend>Pembagian kelas</legend>
          {(["kuantil", "sama"] as const).map((method) => (
            <label key={method}>
              <input type="radio" name="cara" checked={view.method === method} onChange={() => change({ method })} />
              <span>{method === "kuantil" ? "Jumlah daerah sama" : "Rentang sama"}</span>
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
      {!angka.loading && angka.content !== null && classification !== null && <EmptyNotice angka={angka.content} classification={classification} version={s.version} onLevel={(level) => change({ level })} />}
    </form>
  );
}
