/** @jsxImportSource preact */
// Who sent what of a period, kabupaten by form; live. A cell opens the rekap, a button reminds its office.

import { useEffect, useState } from "preact/hooks";
import { ask } from "../hub/fetch.ts";
import { Loading } from "../hub/notices.tsx";
import { dayOf, fullName, lastPeriods, periodeName, readDay, writeDate, writeMoment } from "../hub/wording.ts";
import { periodsOf } from "../meja/due.ts";
import { linkTo } from "../meja/router.ts";
import type { ScreenProps } from "../meja/screens.ts";
import { useNews } from "../meja/use_news.ts";
import type { Event } from "../meja/use_news.ts";
import { useDesk } from "../meja/use_session.ts";
import { useStored } from "../meja/use_stored.ts";
import { begunPeriods, matriksOf, owedBy, percentWords } from "./matriks.ts";
import type { Cell, CellState, Form, Matriks, Office, Owed } from "./matriks.ts";
import "./matriks.css";
import { DecisionNotices, ProvinceNav } from "../meja/province_nav.tsx";
import { MATRIKS } from "./queries.ts";
import type { MatriksQuery } from "./queries.ts";
import { ReminderDialog } from "./reminder_dialog.tsx";
import { SeenNotice } from "./seen_notice.tsx";
import { CELL_WORDS } from "./state_words.ts";

const YEARS = 7;
const STATES: readonly CellState[] = ["late", "missing", "draft", "returned", "submitted", "approved"];
const SHORT_DAY = new Intl.DateTimeFormat("id-ID", { day: "numeric", month: "short" });

export function MatriksScreen({ parts }: ScreenProps) {
  const { who, refuse } = useDesk();
  const kode = who.wilayah?.kode ?? "";
  const [today] = useState(() => new Date());
  const years = begunPeriods(Array.from({ length: YEARS }, (_, i) => today.getFullYear() - i), periodsOf, today);
  const named = parts[0] ?? "";
  const [chosen, setChosen] = useState(named);
  useEffect(() => setChosen(named), [named]);
  const periode = years.some((one) => one.periods.includes(chosen)) ? chosen : (lastPeriods(today)[1] ?? "");
  const answer = useStored<MatriksQuery>(`matriks ${periode}`, (signal) => ask(MATRIKS, { wilayah: kode, periode: [periode] }, signal));
  const news = useNews(kode, answer.content !== null, answer.retry, refuse);
  const [owed, setOwed] = useState<readonly Owed[] | null>(null);
  const choose = (next: string) => {
    setChosen(next);
    history.replaceState(null, "", linkTo("matriks", next)); // no other screen: whoever chooses stays where they are
  };
  const isOfPeriod = answer.content !== null && answer.content.kelengkapan.every((row) => row.periode === periode);
  const matriks = answer.content !== null && isOfPeriod ? matriksOf(answer.content, periode) : null;
  return (
    <>
      <ProvinceNav at="matriks" />
      <h1 tabIndex={-1}>Matriks {periodeName(periode)}</h1>
      <DecisionNotices />
      <div class="pilihan">
        <label>
          Periode
          <select value={periode} onChange={(e) => choose(e.currentTarget.value)}>
            {years.map(({ year, periods }) => (
              <optgroup key={year} label={String(year)}>
                {periods.map((one) => (
                  <option key={one} value={one}>
                    {periodeName(one)}
                  </option>
                ))}
              </optgroup>
            ))}
          </select>
        </label>
        {matriks !== null && <RemindLate matriks={matriks} onRemind={setOwed} />}
        <a href={`/peta#${new URLSearchParams([["di", kode], ["tab", "pelaporan"], ["masa", periode]]).toString()}`}>Lihat di peta</a>
      </div>
      <SeenNotice answer={answer} />
      <News news={news} periode={periode} offices={matriks?.offices ?? []} />
      {matriks === null && answer.error === null && <Loading what="matriks" />}
      {matriks !== null && matriks.forms.length === 0 && (
        <p class="kosong">Tidak ada formulir yang ditunggu untuk {periodeName(periode)}, dan tidak ada rekap yang masuk. Pilih bulan, triwulan atau semester.</p>
      )}
      {matriks !== null && matriks.forms.length > 0 && (
        <>
          <Legend matriks={matriks} />
          <Table matriks={matriks} onRemind={(office) => setOwed([owedBy(office, matriks.forms)])} />
        </>
      )}
      {owed !== null && (
        <ReminderDialog
          owed={owed}
          periode={periode}
          onClose={() => setOwed(null)}
          onNoted={answer.retry}
        />
      )}
    </>
  );
}

function News({ news, periode, offices }: { news: Event | null; periode: string; offices: readonly Office[] }) {
  const words = { DRAF: "draf", DIAJUKAN: "diajukan", DIKEMBALIKAN: "dikembalikan", DISETUJUI: "disetujui" };
  const kode = news?.rekap.id.split(":")[0] ?? "";
  const office = fullName(offices.find((one) => one.kode === kode)?.nama ?? kode, kode);
  return (
    <p class="baru" role="status">
      {news !== null && `${writeMoment(new Date(news.pada))}: ${news.rekap.formulir.nama} dari ${office}${news.rekap.periode === periode ? "" : `, ${periodeName(news.rekap.periode)}`}: ${words[news.rekap.status]}.`}
    </p>
  );
}

function RemindLate({ matriks, onRemind }: { matriks: Matriks; onRemind: (owed: Owed[]) => void }) {
  const late = matriks.offices
    .map((office) => owedBy(office, matriks.forms))
    .map(({ office, forms }) => ({ office, forms: forms.filter((form) => form.isLate) }))
    .filter(({ forms }) => forms.length > 0);
  if (late.length === 0) return null;
  return (
    <button type="button" onClick={() => onRemind(late)}>
      Ingatkan semua yang terlambat ({late.length} kantor)
    </button>
  );
}

function Legend({ matriks }: { matriks: Matriks }) {
  return (
    <ul class="keterangan" aria-label="Keterangan dan banyaknya">
      {STATES.filter((state) => matriks.counts[state] > 0).map((state) => (
        <li key={state} class={`sel sel-${state}`}>
          <span aria-hidden="true">{CELL_WORDS[state].sign}</span> {CELL_WORDS[state].word}: {matriks.counts[state]}
        </li>
      ))}
    </ul>
  );
}

function Table({ matriks, onRemind }: { matriks: Matriks; onRemind: (office: Office) => void }) {
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls must be reachable by keyboard
    <div class="gulir" role="region" aria-label="Matriks kabupaten/kota dan formulir" tabIndex={0}>
      <table class="matriks">
        <thead>
          <tr>
            <th scope="col">Kabupaten/kota</th>
            {matriks.forms.map((form) => (
              <th key={form.kode} scope="col">
                {form.nama} <small>{form.kode}</small>
                {form.often !== "" && <small class="sering">{form.often}</small>}
              </th>
            ))}
            <th scope="col">Ingatkan</th>
          </tr>
        </thead>
        <tbody>
          {matriks.offices.map((office) => (
            <tr key={office.kode}>
              <th scope="row">
                {fullName(office.nama, office.kode).replace(/^Kabupaten /, "")}
                {office.expected > 0 && (
                  <small>
                    {office.approved} dari {office.expected} · {percentWords(office)}
                  </small>
                )}
              </th>
              {matriks.forms.map((form) => (
                <CellOf key={form.kode} cell={office.cells.get(form.kode)} form={form} office={office} />
              ))}
              <td>
                {Array.from(office.cells.values()).some((cell) => cell.isOpen) && (
                  <button type="button" onClick={() => onRemind(office)}>
                    Ingatkan<span class="hanya-suara"> {office.nama}</span>
                  </button>
                )}
              </td>
            </tr>
          ))}
        </tbody>
        <tfoot>
          <tr>
            <th scope="row">Disetujui</th>
            {matriks.forms.map((form) => (
              <td key={form.kode}>
                {form.expected > 0 ? percentWords(form) : form.approved}
                {form.expected > 0 && (
                  <small>
                    {form.approved} dari {form.expected}
                  </small>
                )}
              </td>
            ))}
            <td aria-label="tidak ada" />
          </tr>
        </tfoot>
      </table>
    </div>
  );
}

function CellOf({ cell, form, office }: { cell: Cell | undefined; form: Form; office: Office }) {
  if (cell === undefined) return <td class="sel kosong">–</td>;
  const { sign, word } = CELL_WORDS[cell.state];
  const words = (
    <>
      <span aria-hidden="true">{sign}</span> {word}
    </>
  );
  return (
    <td class={`sel sel-${cell.state}`}>
      {cell.rekap === null ? (
        <span>{words}</span>
      ) : (
        <a href={linkTo("periksa", cell.rekap)}>
          {words}
          <span class="hanya-suara">
            : {form.nama}, {office.nama}
          </span>
        </a>
      )}
      {cell.isLate && cell.state !== "late" && <small>terlambat</small>}
      {cell.isOpen && cell.tenggat !== null && cell.tenggat >= dayOf(new Date()) && <small>tenggat {SHORT_DAY.format(readDay(cell.tenggat))}</small>}
      {cell.remindedAt !== null && (
        <small>
          <span aria-hidden="true">✉</span>
          <span class="hanya-suara">diingatkan {writeDate(new Date(cell.remindedAt))}</span>
          <span aria-hidden="true"> {SHORT_DAY.format(new Date(cell.remindedAt))}</span>
        </small>
      )}
    </td>
  );
}
