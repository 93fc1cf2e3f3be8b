/** @jsxImportSource preact */
// One region with plain fields, one below the other: on a phone, and for what is told for the whole office.

import { useId, useLayoutEffect, useState } from "preact/hooks";
import { cellOf, editCell, EMPTY_WORDS, figureIn, keyOf, statusIn, writeCell } from "./cells.ts";
import type { Cell, Cells } from "./cells.ts";
import { byCell, differenceOf, GRADE_WORDS, isStated, proposalWords, sumOf } from "./findings.ts";
import type { Finding } from "./findings.ts";
import type { Elemen, Figure, Sheet } from "./layout.ts";
import { readWritten, writeFigure } from "./numbers.ts";

export interface FieldListProps {
  sheet: Sheet;
  cells: Cells;
  findings: readonly Finding[];
  totals: ReadonlyMap<string, string>;
  office: string;
  isReadOnly: boolean;
  at: string; // the region that is shown
  onAt: (kode: string) => void;
  onCells: (changes: [string, Cell | undefined][]) => void;
  onTotal: (code: string, text: string) => void;
}

const TOTALS = "jumlah"; // in place of a region

export function FieldList(props: FieldListProps) {
  const { sheet, at, onAt } = props;
  const places = [...sheet.regions.map((one) => one.kode), ...(sheet.regions.length > 1 ? [TOTALS] : [])];
  const index = Math.max(0, places.indexOf(at));
  const region = sheet.regions[index];
  return (
    <div class="kartu isian-kartu">
      {places.length > 1 && (
        <div class="pilih-wilayah">
          <button type="button" aria-label="Sebelumnya" disabled={index === 0} onClick={() => onAt(places[index - 1] ?? "")}>
            ‹
          </button>
          <label>
            <span class="hanya-suara">Wilayah</span>
            <select value={places[index]} onChange={(e) => onAt(e.currentTarget.value)}>
              {sheet.regions.map((one) => (
                <option key={one.kode} value={one.kode}>
                  {one.nama}
                  {one.of === "" ? "" : `, ${one.of}`} ({filledIn(props, one.kode)} dari {sheet.figures.length})
                </option>
              ))}
              <option value={TOTALS}>Jumlah dan jumlah tertulis</option>
            </select>
          </label>
          <button type="button" aria-label="Berikutnya" disabled={index === places.length - 1} onClick={() => onAt(places[index + 1] ?? "")}>
            ›
          </button>
        </div>
      )}
      {region === undefined ? <Totals {...props} /> : <Fields {...props} kode={region.kode} key={region.kode} />}
    </div>
  );
}

const filledIn = ({ sheet, cells }: FieldListProps, kode: string): number => sheet.figures.filter((one) => cells.has(keyOf(kode, one.code))).length;

function Fields({ sheet, cells, findings, isReadOnly, onCells, kode }: FieldListProps & { kode: string }) {
  const found = byCell(findings);
  const groups = new Map<string, Figure[]>();
  for (const one of sheet.figures) groups.set(one.elemen.kode, [...(groups.get(one.elemen.kode) ?? []), one]);
  return (
    <div class="isian-bidang">
      {Array.from(groups, ([elemen, figures]) => (
        <fieldset key={elemen}>
          <legend>
            {figures[0]?.elemen.nama} <small>{elemen}</small>
          </legend>
          {figures.map((figure) => (
            <Field
              key={figure.code}
              figure={figure}
              cell={cells.get(keyOf(kode, figure.code))}
              findings={found.get(keyOf(kode, figure.code)) ?? []}
              isReadOnly={isReadOnly}
              place={keyOf(kode, figure.code)}
              onCell={(cell) => onCells([[keyOf(kode, figure.code), cell]])}
            />
          ))}
        </fieldset>
      ))}
    </div>
  );
}

interface FieldProps {
  figure: Figure;
  cell: Cell | undefined;
  findings: readonly Finding[];
  isReadOnly: boolean;
  place: string;
  onCell: (cell: Cell | undefined) => void;
}

function Field({ figure, cell, findings, isReadOnly, place, onCell }: FieldProps) {
  const id = useId();
  const status = statusIn(cell);
  const [text, setText] = useState(status === null ? editCell(cell) : "");
  const [isEditing, setEditing] = useState(false);
  useLayoutEffect(() => {
    if (!isEditing) setText(status === null ? (figureIn(cell) === null ? editCell(cell) : writeCell(cell)) : "");
  }, [cell, isEditing]);
  const worst = findings[0]?.grade;
  const commit = () => {
    setEditing(false);
    const now = cellOf(text, figure.elemen) ?? undefined;
    if (now !== cell && !(now === undefined && status !== null)) onCell(now);
  };
  return (
    <div class={`bidang ${worst === "GALAT" ? "salah" : worst === "PERINGATAN" ? "periksa" : ""}`}>
      <label for={id}>
        {figure.words === "" ? unitOf(figure.elemen) : figure.words}
        {figure.words !== "" && <small> {unitOf(figure.elemen)}</small>}
      </label>
      <div class="isi-bidang">
        <input
          id={id}
          data-sel={place}
          type="text"
          inputMode="decimal"
          autocomplete="off"
          readOnly={isReadOnly}
          aria-invalid={worst === "GALAT"}
          aria-describedby={findings.length > 0 ? `${id}-temuan` : undefined}
          placeholder={status === null ? "kosong" : EMPTY_WORDS[status].word}
          value={text}
          onFocus={(e) => {
            setEditing(true);
            if (figureIn(cell) !== null) setText(editCell(cell));
            e.currentTarget.select();
          }}
          onInput={(e) => setText(e.currentTarget.value)}
          onBlur={commit}
          onKeyDown={(e) => e.key === "Enter" && commit()}
        />
        <select
          aria-label={`Mengapa tidak ada angka: ${figure.elemen.nama} ${figure.words}`}
          disabled={isReadOnly}
          value={status ?? ""}
          onChange={(e) => {
            const chosen = e.currentTarget.value;
            onCell(chosen === "" ? undefined : `!${chosen}`);
          }}
        >
          <option value="">{status === null ? "…" : "kosongkan"}</option>
          {Object.entries(EMPTY_WORDS).map(([value, { word }]) => (
            <option key={value} value={value}>
              {word}
            </option>
          ))}
        </select>
      </div>
      {findings.length > 0 && (
        <div id={`${id}-temuan`} class="temuan-bidang">
          {findings.map((one) => (
            <p key={one.message}>
              <span aria-hidden="true">{GRADE_WORDS[one.grade].sign}</span> {GRADE_WORDS[one.grade].word}: {one.message}{" "}
              {!isReadOnly &&
                one.proposals.map((proposal) => (
                  <button type="button" key={proposal} onClick={() => onCell(proposal)}>
                    {proposalWords(proposal)}
                  </button>
                ))}
            </p>
          ))}
        </div>
      )}
    </div>
  );
}

const unitOf = (elemen: Elemen): string => elemen.satuan;

function Totals({ sheet, cells, totals, office, isReadOnly, onTotal }: FieldListProps) {
  const added = sheet.figures.filter(isStated);
  return (
    <div class="isian-bidang">
      {added.map((figure) => (
        <StatedTotal
          key={figure.code}
          figure={figure}
          sum={sumOf(sheet, figure, cells)}
          stated={totals.get(keyOf(office, figure.code))}
          isReadOnly={isReadOnly}
          onTotal={onTotal}
        />
      ))}
    </div>
  );
}

interface StatedTotalProps {
  figure: Figure;
  sum: string | null;
  stated: string | undefined;
  isReadOnly: boolean;
  onTotal: (code: string, text: string) => void;
}

function StatedTotal({ figure, sum, stated, isReadOnly, onTotal }: StatedTotalProps) {
  const id = useId();
  const [text, setText] = useState(stated === undefined ? "" : writeFigure(stated));
  const difference = differenceOf(sum, stated);
  return (
    <div class={`bidang ${difference !== null && difference !== "0" ? "salah" : ""}`}>
      <label for={id}>
        {figure.elemen.nama} <small>{figure.words === "" ? figure.elemen.kode : figure.words}</small>
        <br />
        <small>Jumlah {sum === null ? "belum ada" : writeFigure(sum)}; jumlah tertulis:</small>
      </label>
      <div class="isi-bidang">
        <input
          id={id}
          type="text"
          inputMode="decimal"
          autocomplete="off"
          readOnly={isReadOnly}
          value={text}
          onInput={(e) => setText(e.currentTarget.value)}
          onBlur={() => {
            const read = readWritten(text, { whole: figure.elemen.bulat, money: figure.elemen.satuan === "rupiah" });
            if (read.kind !== "unclear") onTotal(figure.code, read.kind === "figure" ? read.figure : "");
          }}
        />
        <span>{difference === null ? "" : difference === "0" ? "✓ cocok" : `✖ selisih ${writeFigure(difference)}`}</span>
      </div>
    </div>
  );
}
