/** @jsxImportSource preact */
// Who has reported: choosing form and period, how many stand where, and each office by name.

import { ErrorNotice, Loading } from "../hub/notices.tsx";
import type { Result } from "../hub/hooks.ts";
import { allPeriode, wilayahName } from "./katalog.ts";
import { readToken } from "../hub/token.ts";
import { WilayahSelect } from "./panel_angka.tsx";
import type { PanelProps } from "./panel_angka.tsx";
import { REPORTING_STATES, reportingPeriode } from "./reporting.ts";
import type { Reporting, ReportingState } from "./reporting.ts";
import { keysOf } from "./palette.ts";
import { Table } from "./table.tsx";
import type { Column } from "./table.tsx";
import { comparePeriode, fullName, periodeName, writeNumber, writeShortDate } from "../hub/wording.ts";

/** The sign of a state on its colour. */
export function StateSign({ state }: { state: ReportingState }) {
  const { sign, colour, ink } = REPORTING_STATES[state];
  return (
    <span class="petak tanda" style={{ backgroundColor: colour, color: ink }} aria-hidden="true">
      {sign}
    </span>
  );
}

export function PanelReporting(s: PanelProps & { reporting: Result<Reporting>; onShow: (kode: string) => void }) {
  const { view, change, katalog, available, reporting } = s;
  const { content, loading, error, retry } = reporting;
  const form = katalog.forms.find((f) => f.kode === view.reportForm);
  const periods = reportingPeriode(form?.periodeJenis ?? "", allPeriode(available), new Date().getFullYear()).toSorted(comparePeriode);
  const choices = periods.includes(view.reportPeriode) ? periods : [view.reportPeriode, ...periods];
  return (
    <form class="pilihan" onSubmit={(e) => e.preventDefault()}>
      <WilayahSelect {...s} />
      <label class="baris-isian">
        <span>Formulir</span>
        <select value={view.reportForm} onChange={(e) => change({ reportForm: e.currentTarget.value })}>
          {katalog.forms.map((f) => (
            <option key={f.kode} value={f.kode}>
              {f.nama}
            </option>
          ))}
        </select>
      </label>
      <label class="baris-isian">
        <span>Periode laporan</span>
        <select value={view.reportPeriode} onChange={(e) => change({ reportPeriode: e.currentTarget.value })}>
          {choices.map((p) => (
            <option key={p} value={p}>
              {periodeName(p)}
            </option>
          ))}
        </select>
      </label>
      {error !== null && <ErrorNotice error={error} retry={retry} />}
      {loading && <Loading what="keadaan laporan" />}
      {content !== null && !loading && <ReportingTable {...s} content={content} name={form?.nama ?? ""} />}
      {readToken() === "" && <p class="catatan">Tanpa token petugas hanya laporan yang sudah disetujui yang terlihat keadaannya.</p>}
    </form>
  );
}

function ReportingTable({ view, katalog, content, name, onShow }: PanelProps & { content: Reporting; name: string; onShow: (kode: string) => void }) {
  const of = wilayahName(view.wilayah, katalog);
  if (content.rows.length === 0) return <p class="kosong">{name} tidak ditunggu untuk {periodeName(content.periode)} di {of}. Pilih periode atau formulir lain.</p>;
  const order = keysOf(REPORTING_STATES);
  const columns: Column<Reporting["rows"][number]>[] = [
    {
      key: "kabupaten", title: "Kabupaten/kota", sortBy: (r) => r.kabupaten.nama,
      cell: (r) => (
        <button type="button" class="tautan" onClick={() => onShow(r.kabupaten.kode)}>
          {fullName(r.kabupaten.nama, r.kabupaten.kode)}
        </button>
      ),
    },
    {
      key: "keadaan", title: "Keadaan", sortBy: (r) => order.indexOf(r.state),
      cell: (r) => (
        <span class="berpetak">
          <StateSign state={r.state} />
          {REPORTING_STATES[r.state].name}
        </span>
      ),
    },
    { key: "tenggat", title: "Tenggat", sortBy: (r) => r.tenggat, cell: (r) => (r.tenggat === null ? "–" : <span class="sebaris">{writeShortDate(new Date(r.tenggat))}</span>) },
  ];
  const approved = content.counts.get("DISETUJUI") ?? 0;
  return (
    <Table
      title={`${writeNumber(approved)} dari ${writeNumber(content.rows.length)} sudah disetujui: ${name}, ${periodeName(content.periode)}, ${of}`}
      columns={columns}
      rows={content.rows}
      rowKey={(r) => r.kabupaten.kode}
      initial={{ column: "keadaan", descending: false }}
      highlighted={view.chosen}
    />
  );
}

/** The states that there are, with how many offices stand in each. */
export function ReportingLegend({ content, name }: { content: Reporting; name: string }) {
  return (
    <section class="legenda-laporan">
      <h2>Pelaporan: {name}</h2>
      <p class="satuan">per kabupaten/kota · {periodeName(content.periode)}</p>
      <ul>
        {keysOf(REPORTING_STATES).map((state) => {
          const count = content.counts.get(state);
          return (
            count !== undefined && (
              <li key={state}>
                <StateSign state={state} />
                <span>{REPORTING_STATES[state].name}</span>
                <small>{writeNumber(count)}</small>
              </li>
            )
          );
        })}
      </ul>
    </section>
  );
}
