/** @jsxImportSource preact */
// The map's place: the map, its legend, what is pointed at, the details, and what to say where there is no map.

import { useMemo, useState } from "preact/hooks";
import type { Angka, Classification, Shown } from "./angka.ts";
import { Failure } from "../hub/fetch.ts";
import { ErrorNotice, ConnectionNotice } from "../hub/notices.tsx";
import type { Result } from "../hub/hooks.ts";
import type { Item } from "./katalog.ts";
import { Legend, plainSource, ShortLegend } from "./legend.tsx";
import { REPORTING_STATES } from "./reporting.ts";
import type { Reporting, ReportingRow } from "./reporting.ts";
import type { ShownReporting } from "./legend.tsx";
import type { PetaState } from "./use_peta.ts";
import { isKeyOf, BATAS_QUALITY, SUMBER_DAYA, WKSBM_STAGES } from "./palette.ts";
import type { Hit } from "./peta_hub.ts";
import { onDemand } from "../hub/on_demand.tsx";
import type { Thing } from "./card.ts";
import { BatasNotice } from "./batas_notice.tsx";
import type { View } from "./view.ts";
import type { LevelBatas } from "./wilayah_box.ts";
import { periodeName, LEVEL_NAMES, writeNumber, writeNilaiOrWhy, writeArea, wordOf } from "../hub/wording.ts";
import type { Level } from "../hub/wording.ts";

const Details = onDemand("rincian", async () => (await import("./details.tsx")).Details); // shown after a click

export interface Hint {
  hit: Hit;
  x: number;
  y: number;
}

export interface Visible {
  kode: Set<string>;
  isSample: boolean;
  startZoom: number | null; // zoom from which the level is drawn, where it is not yet
}

interface Props {
  container: { current: HTMLDivElement | null };
  state: PetaState;
  view: View;
  item: Item | undefined;
  angka: Result<Angka>;
  classification: Classification | null;
  hint: Hint | null;
  thing: Thing | null;
  version: number;
  tilesFailed: boolean;
  busy: boolean;
  visible: Visible | null;
  ready: boolean;
  levelBatas: LevelBatas | null;
  reporting: ShownReporting | null; // instead of figures
  names: ReadonlyMap<string, string>;
  undrawn: string; // a region that was to be shown and has no boundary; "": none
  onClose: () => void;
  onLevel: (level: Level) => void;
  onWhole: () => void; // all of the region that is asked about
  onShow: (kode: string) => void;
  onSumberDaya: (id: string) => void;
  onRetry: () => void;
}

const NARROW = 760; // px: there the legend begins folded, so that it leaves the map its room

export function PetaArea(s: Props) {
  const { container, state, view, angka, classification, thing, onClose } = s;
  const [isOpen, setOpen] = useState(() => innerWidth > NARROW);
  return (
    <section class="bidang-peta" aria-label="Peta" aria-busy={s.busy}>
      <div class="peta" ref={container} />
      {state === "tanpa-webgl" && (
        <div class="tanpa-peta">
          <h2>Peramban ini tidak dapat menggambar peta</h2>
          <p>
            WebGL 2 tidak tersedia atau dimatikan. Semua angka tetap ada di tab <strong>Tabel</strong>. Untuk petanya: perbarui peramban (Chrome, Edge atau Firefox), atau nyalakan
            “akselerasi grafis/perangkat keras” di setelannya, lalu muat ulang halaman ini.
          </p>
        </div>
      )}
      {state === "memuat" && <p class="tanpa-peta memuat">Memuat peta…</p>}
      {state === "gagal" && (
        <div class="tanpa-peta">
          <ErrorNotice error={new Failure("Program peta tidak sampai.", "Periksa sambungan, lalu muat ulang. Tabel tetap dapat dipakai.")} retry={() => location.reload()} />
        </div>
      )}
      <div class={`legenda ${angka.loading ? "lama" : ""}`}>
        <button type="button" class="lipat" aria-expanded={isOpen} aria-controls="legenda" onClick={() => setOpen(!isOpen)}>
          Legenda <span aria-hidden="true">{isOpen ? "▾" : "▴"}</span>
          {!isOpen && view.tab !== "pelaporan" && classification !== null && <ShortLegend classification={classification} />}
        </button>
        <div id="legenda" hidden={!isOpen}>
          {view.tab !== "pelaporan" && angka.error !== null && <p class="kosong">Angka yang dipilih tidak sampai, jadi peta tidak diwarnai.</p>}
          <Legend view={view} angka={angka.content} classification={classification} reporting={s.reporting} />
        </div>
      </div>
      {thing !== null && <Details {...s} thing={thing} periode={view.periode} report={view.tab === "pelaporan" ? reportOf(s.reporting?.content ?? null, thing) : undefined} shown={classification?.shown ?? null} onClose={onClose} />}
      {state === "siap" && view.wilayah !== "" && (
        <button type="button" class="seluruh" onClick={s.onWhole}>
          Seluruh wilayah
        </button>
      )}
      {state === "siap" && (
        <p class="sumber-peta">
          <span>Batas: {s.visible?.isSample === true ? <strong>peta contoh buatan, bukan batas resmi</strong> : "menurut hub, yang berlaku hari ini"}</span>
          {angka.content !== null && view.tab !== "pelaporan" && <span> · Angka: {plainSource(angka.content)}</span>}
        </p>
      )}
      {s.visible !== null && s.visible.startZoom !== null && view.level !== "" && (
        <p class="contoh">Dari sejauh ini {s.visible.kode.size === 0 ? LEVEL_NAMES[view.level].toLowerCase() : "desa/kelurahan"} terlalu banyak untuk digambar; perbesar peta sampai zoom {s.visible.startZoom}</p>
      )}
      <BatasNotice {...s} />
      <HintBox hint={s.hint} shown={classification?.shown ?? null} reporting={view.tab === "pelaporan" ? (s.reporting?.content ?? null) : undefined} />
      <div class="kabar-peta">
        <ConnectionNotice />
        {s.tilesFailed && <ErrorNotice error={new Failure("Sebagian peta tidak sampai.", "Sambungan mungkin terputus.")} retry={s.onRetry} />}
        {angka.error !== null && <ErrorNotice error={angka.error} retry={angka.retry} />}
      </div>
    </section>
  );
}

function reportOf(reporting: Reporting | null, thing: Thing): ReportingRow | null {
  return (thing.kind === "wilayah" ? reporting?.rows.find((r) => r.kabupaten.kode === thing.kode) : undefined) ?? null;
}

function HintBox({ hint, shown, reporting }: { hint: Hint | null; shown: Shown | null; reporting: Reporting | null | undefined }) {
  const angka = shown?.angka ?? null;
  const indices = useMemo(() => new Map(angka?.kode.map((k, i) => [k, i])), [angka]);
  if (hint === null) return null;
  const { hit, x, y } = hint;
  const isWilayah = hit.layer === "darat" && reporting !== undefined;
  const [title, text] = isWilayah ? [wordOf(hit.properties["nama"]), stateName(reporting, String(hit.properties["kode"]))] : writeHint(hit, shown, indices);
  return (
    <div class="petunjuk" style={{ transform: `translate(${x}px, ${y}px)` }} aria-hidden="true">
      <span>
        <strong>{title}</strong>
        {text}
      </span>
    </div>
  );
}

function stateName(reporting: Reporting | null, kode: string): string {
  const state = reporting?.rows.find((r) => r.kabupaten.kode === kode)?.state;
  return state === undefined ? "tidak ditunggu laporannya" : REPORTING_STATES[state].name;
}

function writeHint({ layer, properties }: Hit, shown: Shown | null, indices: Map<string, number>): [string, string] {
  const name = wordOf(properties["nama"]);
  if (layer === "titik") {
    const kind = isKeyOf(SUMBER_DAYA, properties["jenis"]) ? SUMBER_DAYA[properties["jenis"]].name : undefined;
    const count = Number(properties["banyak"] ?? 1);
    if (count === 1) return [name, kind ?? ""];
    return [`${writeNumber(count)} ${kind ?? "sumber daya"}`, properties["kode_desa"] === undefined ? "klik untuk mendekat" : "di desa ini, letak persisnya belum dicatat"];
  }
  if (layer === "wksbm") return [name, isKeyOf(WKSBM_STAGES, properties["tahap"]) ? WKSBM_STAGES[properties["tahap"]].name : ""];
  if (layer === "usulan") return [`Letak usulan ${String(properties["urutan"])}`, name];
  const kode = String(properties["kode"]);
  if (layer === "mutu" || layer === "mutu-titik") return [isKeyOf(BATAS_QUALITY, properties["jenis"]) ? BATAS_QUALITY[properties["jenis"]].name : "", writeArea(Number(properties["luas_m2"]))];
  const i = indices.get(kode);
  if (shown === null) return [name, ""];
  const { angka, rate } = shown;
  const { wilayah, periode } = angka.question;
  if (i === undefined) return [name, kode.startsWith(wilayah) ? `belum ada pada ${periodeName(periode)}` : "di luar wilayah yang dipilih"];
  const count = writeNilaiOrWhy(angka.nilai[i] ?? null, angka.status[i] ?? "TIDAK_ADA_DATA", angka.question.item.satuan);
  const perThousand = rate?.nilai[i] ?? null;
  return [name, perThousand === null || rate === null ? count : `${writeNumber(perThousand)} per 1.000 ${rate.base.word} · ${count}`];
}
