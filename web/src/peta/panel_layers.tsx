/** @jsxImportSource preact */
// Switching the layers of social resources and of WKSBM, with how many there are.

import { ask } from "../hub/fetch.ts";
import { ErrorNotice, Loading } from "../hub/notices.tsx";
import { useFetch } from "../hub/hooks.ts";
import { SUMBER_DAYA_KINDS, keysOf, JEJARING_SCALES, SUMBER_DAYA, WKSBM_STAGES } from "./palette.ts";
import { WilayahSelect } from "./panel_angka.tsx";
import type { PanelProps } from "./panel_angka.tsx";
import { JEJARING, SUMBER_DAYA_COUNTS } from "./queries.ts";
import type { JejaringQuery } from "./queries.ts";
import { writeNumber } from "../hub/wording.ts";

/** The list with that one switched. Keeps the order of `all`. */
export function toggle<T>(all: readonly T[], chosen: readonly T[], one: T): T[] {
  return all.filter((s) => chosen.includes(s) !== (s === one));
}

interface CheckListProps<T extends string> {
  title: string;
  all: readonly T[];
  chosen: readonly T[];
  change: (chosen: T[]) => void;
  badges: Record<T, { name: string; colour: string; letters?: string }>;
  count: (one: T) => number | undefined; // undefined: not known yet
}

/** What can be drawn by kind, each with its sign and how many there are, and all of them at once. */
export function CheckList<T extends string>({ title, all, chosen, change, badges, count }: CheckListProps<T>) {
  const isComplete = chosen.length === all.length;
  return (
    <>
      <fieldset class="daftar-centang">
        <legend>{title}</legend>
        {all.map((s) => {
          const { name, colour, letters } = badges[s];
          const n = count(s);
          return (
            <label key={s}>
              <input type="checkbox" checked={chosen.includes(s)} onChange={() => change(toggle(all, chosen, s))} />
              <span class={letters === undefined ? "lencana bulatan" : "lencana"} style={{ backgroundColor: colour }} aria-hidden="true">
                {letters}
              </span>
              <span>{name}</span>
              <small>{n === undefined ? "" : writeNumber(n)}</small>
            </label>
          );
        })}
      </fieldset>
      <button type="button" class="lagi" onClick={() => change(isComplete ? [] : [...all])}>
        {isComplete ? "Sembunyikan semua" : "Tampilkan semua"}
      </button>
    </>
  );
}

export function PanelSumberDaya(s: PanelProps & { version: number }) {
  const { view, change, version } = s;
  const { content, error, retry } = useFetch(`${view.wilayah} ${version}`, (signal) => ask(SUMBER_DAYA_COUNTS, { wilayah: view.wilayah }, signal));
  return (
    <form class="pilihan" onSubmit={(e) => e.preventDefault()}>
      <WilayahSelect {...s} />
      <CheckList title="Jenis yang digambar" all={SUMBER_DAYA_KINDS} chosen={view.sumberDayaKinds} change={(sumberDayaKinds) => change({ sumberDayaKinds })} badges={SUMBER_DAYA} count={(j) => content?.[j].totalCount} />
      {error !== null && <ErrorNotice error={error} retry={retry} />}
      <p class="catatan">Yang berdekatan dikumpulkan menjadi satu bulatan berangka; klik untuk mendekat. Yang letaknya belum dicatat digambar pudar di tengah desanya. Tempat yang dirahasiakan tidak digambar.</p>
    </form>
  );
}

type Simpul = JejaringQuery["jejaring"]["terpencil"][number];

// none ticked means all; unticking the last one would say the same, so it is read as all again
function toggleOfAll<T>(all: readonly T[], chosen: readonly T[], one: T): T[] {
  const toggled = toggle(all, chosen.length === 0 ? all : chosen, one);
  return toggled.length === all.length ? [] : toggled;
}

export function PanelWksbm(s: PanelProps & { version: number; onThing: (id: string) => void }) {
  const { view, change, version, onThing } = s;
  const { content, loading, error, retry } = useFetch(`${view.wilayah} ${version}`, (signal) => ask(JEJARING, { wilayah: view.wilayah }, signal));
  const scales = keysOf(JEJARING_SCALES);
  const stages = keysOf(WKSBM_STAGES);
  return (
    <form class="pilihan" onSubmit={(e) => e.preventDefault()}>
      <WilayahSelect {...s} />
      <label class="saklar">
        <input type="checkbox" checked={view.wksbm} onChange={() => change({ wksbm: !view.wksbm })} />
        <span>Gambar WKSBM dan hubungannya</span>
      </label>
      <fieldset class="daftar-centang" disabled={!view.wksbm}>
        <legend>Tahap</legend>
        {stages.map((t) => (
          <label key={t}>
            <input type="checkbox" checked={view.stages.length === 0 || view.stages.includes(t)} onChange={() => change({ stages: toggleOfAll(stages, view.stages, t) })} />
            <span class="lencana bulatan" style={{ backgroundColor: WKSBM_STAGES[t].colour }} aria-hidden="true" />
            <span>{WKSBM_STAGES[t].name}</span>
          </label>
        ))}
      </fieldset>
      <fieldset class="daftar-centang" disabled={!view.wksbm}>
        <legend>Skala hubungan</legend>
        {scales.map((k) => (
          <label key={k}>
            <input type="checkbox" checked={view.scales.length === 0 || view.scales.includes(k)} onChange={() => change({ scales: toggleOfAll(scales, view.scales, k) })} />
            <span>{JEJARING_SCALES[k].name}</span>
          </label>
        ))}
      </fieldset>
      {error !== null && <ErrorNotice error={error} retry={retry} />}
      {content === null && loading && <Loading what="ringkasan jejaring" />}
      {content !== null && (
        <>
          <dl class="angka-besar">
            <div>
              <dt>WKSBM</dt>
              <dd>{writeNumber(content.jejaring.simpul)}</dd>
            </div>
            <div>
              <dt>Hubungan</dt>
              <dd>{writeNumber(content.jejaring.hubungan)}</dd>
            </div>
            <div>
              <dt>Kelompok terpisah</dt>
              <dd>{writeNumber(content.jejaring.komponen)}</dd>
            </div>
          </dl>
          <SimpulList title="Belum terhubung dengan WKSBM lain" content={content.jejaring.terpencil} onThing={onThing} />
          <SimpulList title="Titik rapuh: bila hilang, kelompoknya terpecah" content={content.jejaring.titikRapuh.map((t) => t.wksbm)} onThing={onThing} />
        </>
      )}
    </form>
  );
}

const AT_ONCE = 20;

function SimpulList({ title, content, onThing }: { title: string; content: readonly Simpul[]; onThing: (id: string) => void }) {
  if (content.length === 0) return null;
  return (
    <section>
      <h3>{title}</h3>
      <ul class="daftar-tautan">
        {content.slice(0, AT_ONCE).map((w) => (
          <li key={w.id}>
            <button type="button" class="tautan" onClick={() => onThing(w.id)}>
              {w.nama}
            </button>
          </li>
        ))}
        {content.length > AT_ONCE && <li>dan {writeNumber(content.length - AT_ONCE)} lagi</li>}
      </ul>
    </section>
  );
}
