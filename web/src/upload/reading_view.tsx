/** @jsxImportSource preact */
// How the hub reads a file: which column is what, which row is which region, what was left out and why; with fields to answer.

import { writeNumber } from "../hub/wording.ts";
import { GRADE_WORDS } from "../isian/findings.ts";
import { plainWords } from "../meja/plain_words.ts";
import type { Form, Regions } from "../isian/layout.ts";
import { allRegions } from "../isian/layout.ts";
import { columnKey, isAsked, meaningOf, optionsOf, strangeRows } from "./answers.ts";
import type { Answers, Column, Reading, Row, Sheet } from "./answers.ts";

const MOST_SHOWN = 60;
const SAMPLES = 3;

interface ReadingViewProps {
  reading: Reading;
  form: Form;
  regions: Regions;
  answers: Answers;
  onAnswers: (answers: Answers) => void;
}

export function ReadingView(props: ReadingViewProps) {
  const { reading } = props;
  return (
    <>
      {reading.lembar.length === 0 && <p class="galat">Hub tidak menemukan tabel wilayah dan angka dalam berkas ini.</p>}
      {reading.lembar.map((sheet) => (
        <SheetView key={`${sheet.nama} ${sheet.kolom.map((one) => one.judul).join(" ")} ${sheet.baris[0]?.baris ?? ""}`} {...props} sheet={sheet} />
      ))}
      <Findings reading={reading} />
    </>
  );
}

function SheetView({ sheet, form, regions, answers, onAnswers }: ReadingViewProps & { sheet: Sheet }) {
  const known = sheet.baris.filter((one) => !one.jumlah && one.wilayah !== null);
  const totals = sheet.baris.filter((one) => one.jumlah);
  const strange = strangeRows(sheet);
  const sayColumn = (column: Column, meaning: string) => onAnswers({ ...answers, columns: changed(answers.columns, columnKey(sheet, column), meaning) });
  const sayRow = (row: Row, kode: string | null) => onAnswers({ ...answers, rows: changed(answers.rows, row.tertulis, kode) });
  return (
    <section class="kartu bacaan" aria-label={`Lembar ${sheet.nama}`}>
      <h2>Lembar “{sheet.nama}”</h2>
      <h3>Kolom</h3>
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls must be reachable by keys */}
      <div class="gulir" tabIndex={0} role="group" aria-label="Kolom berkas">
        <table>
          <thead>
            <tr>
              <th scope="col">Kolom</th>
              <th scope="col">Judul di berkas</th>
              <th scope="col">Contoh isi</th>
              <th scope="col">Dibaca sebagai</th>
            </tr>
          </thead>
          <tbody>
            {sheet.kolom.map((column) => (
              <tr key={column.kolom} class={isAsked(column) && !answers.columns.has(columnKey(sheet, column)) ? "ditanya" : ""}>
                <td>{column.kolom}</td>
                <th scope="row">{column.judul}</th>
                <td>{samplesOf(sheet, column)}</td>
                <td>
                  <Meaning column={column} form={form} said={answers.columns.get(columnKey(sheet, column))} onSay={(meaning) => sayColumn(column, meaning)} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <h3>Baris</h3>
      <p>
        {known.length} baris dikenali wilayahnya{totals.length > 0 && `, ${totals.length} baris jumlah dicocokkan`}
        {strange.length > 0 && `, ${strange.length} baris belum dikenal`}.
      </p>
      {strange.length > 0 && (
        <ul class="tanya-baris">
          {strange.map((row) => (
            <RowQuestion key={row.baris} row={row} regions={regions} said={answers.rows.get(row.tertulis)} onSay={(kode) => sayRow(row, kode)} />
          ))}
        </ul>
      )}
      {known.length > 0 && (
        <details>
          <summary>Baris yang dikenali</summary>
          <ul class="daftar-baris">
            {known.slice(0, MOST_SHOWN).map((row) => (
              <li key={row.baris}>
                Baris {row.baris}: “{row.tertulis}” → {row.wilayah?.nama} <small>{row.wilayah?.kode}</small>
              </li>
            ))}
          </ul>
          {known.length > MOST_SHOWN && <p>Dan {known.length - MOST_SHOWN} lagi.</p>}
        </details>
      )}
      {sheet.dilewati.length > 0 && (
        <details>
          <summary>{sheet.dilewati.length} baris dilewati, dan sebabnya</summary>
          <ul class="daftar-baris">
            {sheet.dilewati.slice(0, MOST_SHOWN).map((row) => (
              <li key={row.baris}>
                Baris {row.baris}: “{row.isi}” ({row.alasan})
              </li>
            ))}
          </ul>
        </details>
      )}
    </section>
  );
}

function changed(map: ReadonlyMap<string, string>, key: string, value: string | null): Map<string, string> {
  const next = new Map(map);
  if (value === null) next.delete(key);
  else next.set(key, value);
  return next;
}

/** The first figures of a column. */
function samplesOf(sheet: Sheet, column: Column): string {
  const figures = sheet.kolom.filter((one) => one.sebagai === "ELEMEN" || one.sebagai === "NILAI");
  const place = figures.indexOf(column);
  const rows = sheet.baris.filter((one) => !one.jumlah && one.nilai.length === figures.length);
  const found = place < 0 ? [] : rows.flatMap((one) => one.nilai[place] ?? []).slice(0, SAMPLES);
  return found.map((one) => writeNumber(Number(one))).join("; ");
}

interface MeaningProps {
  column: Column;
  form: Form;
  said: string | undefined;
  onSay: (meaning: string) => void;
}

function Meaning({ column, form, said, onSay }: MeaningProps) {
  const { figures, others } = optionsOf(form, column);
  const own = meaningOf(column);
  const words = [...figures, ...others].find((one) => one.value === own)?.words ?? own;
  const isOpen = isAsked(column) && said === undefined;
  return (
    <div class="arti-kolom">
      <select aria-label={`Kolom ${column.kolom}, ${column.judul}, dibaca sebagai`} value={said ?? (isOpen ? "" : own)} onChange={(e) => onSay(e.currentTarget.value)}>
        {isOpen && <option value="">Hub belum yakin: pilih artinya</option>}
        <optgroup label="Angka formulir ini">
          {figures.map((one) => (
            <option key={one.value} value={one.value}>
              {one.words}
            </option>
          ))}
        </optgroup>
        <optgroup label="Bukan angka">
          {others.map((one) => (
            <option key={one.value} value={one.value}>
              {one.words}
            </option>
          ))}
        </optgroup>
      </select>
      {isOpen && own !== "ABAIKAN" && (
        <button type="button" onClick={() => onSay(own)}>
          Ya, {words}
        </button>
      )}
    </div>
  );
}

interface RowQuestionProps {
  row: Row;
  regions: Regions;
  said: string | undefined;
  onSay: (kode: string | null) => void;
}

const LEFT_OUT = "-"; // in the field; the answer itself is ""

function RowQuestion({ row, regions, said, onSay }: RowQuestionProps) {
  const likely = new Set(row.calon.map((one) => one.kode));
  return (
    <li class={said === undefined ? "ditanya" : ""}>
      <label>
        Baris {row.baris}: “{row.tertulis}”{" "}
        <select
          value={said === undefined ? "" : said === "" ? LEFT_OUT : said}
          onChange={(e) => {
            const { value } = e.currentTarget;
            onSay(value === "" ? null : value === LEFT_OUT ? "" : value);
          }}
        >
          <option value="">Wilayah mana?</option>
          <option value={LEFT_OUT}>Jangan dibaca</option>
          {row.calon.length > 0 && (
            <optgroup label="Mungkin maksudnya">
              {row.calon.map((one) => (
                <option key={one.kode} value={one.kode}>
                  {one.nama} ({one.kode})
                </option>
              ))}
            </optgroup>
          )}
          <optgroup label="Semua wilayah">
            {allRegions(regions)
              .filter((one) => !likely.has(one.kode))
              .map((one) => (
                <option key={one.kode} value={one.kode}>
                  {one.nama}
                  {one.of === "" ? "" : `, ${one.of}`} ({one.kode})
                </option>
              ))}
          </optgroup>
        </select>
      </label>
    </li>
  );
}

function Findings({ reading: { temuan } }: { reading: Reading }) {
  const told = temuan.filter((one) => one.tingkat !== "INFO" && one.kode !== "KOLOM_DITANYAKAN");
  if (told.length === 0) return null;
  return (
    <section class="kartu" aria-labelledby="temuan-berkas">
      <h2 id="temuan-berkas">Yang perlu dilihat</h2>
      <p>Angka yang tidak terbaca dapat diperbaiki di isian.</p>
      <ul class="temuan-daftar">
        {told.slice(0, MOST_SHOWN).map((one) => (
          <li key={`${one.pesan} ${one.lokasi[0]?.baris ?? ""}`}>
            <span aria-hidden="true">{GRADE_WORDS[one.tingkat].sign}</span> {GRADE_WORDS[one.tingkat].word}: {plainWords(one.pesan)}
          </li>
        ))}
      </ul>
      {told.length > MOST_SHOWN && <p>Dan {told.length - MOST_SHOWN} lagi.</p>}
    </section>
  );
}
