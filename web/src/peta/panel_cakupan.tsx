/** @jsxImportSource preact */
// Reach: which kinds of help, how far, what is out of reach, where one more would help.

import { useEffect, useLayoutEffect, useState } from "preact/hooks";
import type { CakupanRow, Cakupan, Proposal } from "./cakupan.ts";
import { ErrorNotice, Loading } from "../hub/notices.tsx";
import { useSettled } from "../hub/hooks.ts";
import type { Result } from "../hub/hooks.ts";
import { wilayahName } from "./katalog.ts";
import { SUMBER_DAYA_KINDS, SUMBER_DAYA } from "./palette.ts";
import { WilayahSelect } from "./panel_angka.tsx";
import type { PanelProps } from "./panel_angka.tsx";
import { toggle } from "./panel_layers.tsx";
import { Table } from "./table.tsx";
import type { Column } from "./table.tsx";
import { DISTANCE_KM } from "./view.ts";
import { writeNumber, writeKm } from "../hub/wording.ts";

interface Props extends PanelProps {
  cakupan: Result<Cakupan>;
  proposals: Result<Proposal[]>;
  onShow: (kode: string) => void;
}

const SLIDING_PAUSE_MS = 300; // a slider on the way asks nothing yet

function DistanceSlider({ distanceKm, change }: { distanceKm: number; change: (km: number) => void }) {
  const [km, setKm] = useState(distanceKm);
  const settled = useSettled(km, SLIDING_PAUSE_MS);
  useEffect(() => {
    if (settled !== distanceKm) change(settled);
  }, [settled]);
  useLayoutEffect(() => setKm(distanceKm), [distanceKm]);
  return (
    <label class="geser">
      <span>
        Jarak terjauh <output>{writeKm(km)}</output>
      </span>
      <input type="range" min={DISTANCE_KM.min} max={DISTANCE_KM.max} step={1} value={km} aria-valuetext={writeKm(km)} onInput={(e) => setKm(Number(e.currentTarget.value))} />
    </label>
  );
}

export function PanelCakupan(s: Props) {
  const { view, change, katalog, cakupan, proposals, onShow } = s;
  const { content, loading, error, retry } = cakupan;
  return (
    <form class="pilihan" onSubmit={(e) => e.preventDefault()}>
      <WilayahSelect {...s} />
      <fieldset class="daftar-centang rapat">
        <legend>Dalam jangkauan salah satu dari</legend>
        {SUMBER_DAYA_KINDS.map((j) => (
          <label key={j}>
            <input type="checkbox" checked={view.cakupan.includes(j)} onChange={() => change({ cakupan: toggle(SUMBER_DAYA_KINDS, view.cakupan, j) })} />
            <span>{SUMBER_DAYA[j].name}</span>
          </label>
        ))}
      </fieldset>
      <DistanceSlider distanceKm={view.distanceKm} change={(distanceKm) => change({ distanceKm })} />
      {view.cakupan.length === 0 && <p class="kosong">Centang sedikitnya satu jenis untuk melihat desa mana yang dalam jangkauan dan mana yang tidak.</p>}
      {error !== null && <ErrorNotice error={error} retry={retry} />}
      {loading && content === null && <Loading what="jangkauan" />}
      {content !== null && (
        <div aria-busy={loading}>
          <dl class="angka-besar">
            <div>
              <dt>Desa dalam jangkauan</dt>
              <dd>
                {writeNumber(content.desaTercakup)} <small>dari {writeNumber(content.jumlahDesa)}</small>
              </dd>
            </div>
            <div>
              <dt>Bagian</dt>
              <dd>{content.persenDesa === null ? "–" : `${writeNumber(content.persenDesa)}%`}</dd>
            </div>
            <div>
              <dt>Di luar jangkauan</dt>
              <dd>{writeNumber(content.jumlahDesa - content.desaTanpaTitik - content.desaTercakup)}</dd>
            </div>
          </dl>
          {content.desaTanpaTitik > 0 && (
            <p class="catatan">Batas {writeNumber(content.desaTanpaTitik)} desa belum dimuat; jaraknya tidak diketahui, jadi tidak ikut dihitung.</p>
          )}
          <ProposalList proposals={proposals} onShow={onShow} />
          <GapTable content={content} title={`Desa di luar jangkauan ${writeKm(view.distanceKm)}, ${wilayahName(view.wilayah, katalog)}`} chosen={view.chosen} onShow={onShow} />
        </div>
      )}
    </form>
  );
}

function ProposalList({ proposals, onShow }: Pick<Props, "proposals" | "onShow">) {
  if (proposals.error !== null) return <ErrorNotice error={proposals.error} retry={proposals.retry} />;
  if (proposals.content === null) return proposals.loading ? <Loading what="usulan letak" /> : null;
  if (proposals.content.length === 0) return null;
  return (
    <section>
      <h3>Letak usulan</h3>
      <ol class="usulan">
        {proposals.content.map((u) => (
          <li key={u.kode}>
            <button type="button" class="tautan" onClick={() => onShow(u.kode)}>
              {u.name}
            </button>{" "}
            menjangkau {writeNumber(u.extraDesa)} desa lagi
          </li>
        ))}
      </ol>
    </section>
  );
}

function GapTable({ content, title, chosen, onShow }: { content: Cakupan; title: string; chosen: string; onShow: (kode: string) => void }) {
  if (content.baris.length === 0) {
    return <p class="kosong">{content.jumlahDesa === content.desaTanpaTitik ? "Belum ada batas desa di wilayah ini." : "Semua desa dalam jangkauan pada jarak ini."}</p>;
  }
  const columns: Column<CakupanRow>[] = [
    {
      key: "desa", title: "Desa", sortBy: (b) => b.desa.nama,
      cell: (b) => (
        <button type="button" class="tautan" onClick={() => onShow(b.desa.kode)}>
          {b.desa.nama}
        </button>
      ),
    },
    { key: "kecamatan", title: "Kecamatan", sortBy: (b) => b.desa.kecamatan.nama, cell: (b) => b.desa.kecamatan.nama },
    {
      key: "jarak", title: "Ke yang terdekat", isNumber: true, sortBy: (b) => b.jarakKm,
      cell: (b) => (
        <>
          {b.jarakKm === null ? "–" : writeKm(b.jarakKm)}
          <small class="kode">{b.terdekat?.nama ?? "tidak ada"}</small>
        </>
      ),
    },
    { key: "luas", title: "% luas", isNumber: true, sortBy: (b) => b.persenLuas, cell: (b) => (b.persenLuas === null ? "–" : writeNumber(b.persenLuas)) },
  ];
  return <Table title={title} columns={columns} rows={content.baris} rowKey={(b) => b.desa.kode} initial={{ column: "jarak", descending: true }} highlighted={chosen} />;
}
