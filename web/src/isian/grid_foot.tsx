/** @jsxImportSource preact */
// Below the grid: what each column adds up to, what was written as its total, and by how much they differ.

import { useLayoutEffect, useState } from "preact/hooks";
import type { RefObject } from "preact";
import { keyOf } from "./cells.ts";
import { differenceOf, isStated, sumOf } from "./findings.ts";
import type { GridProps } from "./grid.tsx";
import type { Figure } from "./layout.ts";
import { readWritten, writeFigure } from "./numbers.ts";

export const NAME_WIDTH = 210; // px, of the column with regions
export const WIDTH = 118; // of one with figures

export function Foot({ sheet, cells, totals, office, isReadOnly, onTotal, place }: GridProps & { place: RefObject<HTMLDivElement | null> }) {
  const sums = sheet.figures.map((figure) => sumOf(sheet, figure, cells));
  return (
    <div class="kaki" ref={place}>
      <table style={{ width: `${NAME_WIDTH + WIDTH * sheet.figures.length}px` }}>
        <caption class="hanya-suara">Jumlah tiap kolom</caption>
        <colgroup>
          <col style={{ width: `${NAME_WIDTH}px` }} />
          {sheet.figures.map((one) => (
            <col key={one.code} style={{ width: `${WIDTH}px` }} />
          ))}
        </colgroup>
        <thead class="hanya-suara">
          <tr>
            <th scope="col">Baris</th>
            {sheet.figures.map((one) => (
              <th key={one.code} scope="col">
                {one.elemen.nama} {one.words}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          <tr>
            <th scope="row">Jumlah</th>
            {sums.map((sum, i) => (
              <td key={sheet.figures[i]?.code}>{sum === null ? "" : writeFigure(sum)}</td>
            ))}
          </tr>
          <tr>
            <th scope="row">
              Jumlah tertulis <small>di laporan Anda</small>
            </th>
            {sheet.figures.map((figure, i) => (
              <td key={figure.code}>
                {isStated(figure) && (
                  <Stated figure={figure} stated={totals.get(keyOf(office, figure.code)) ?? ""} sum={sums[i] ?? null} isReadOnly={isReadOnly} onTotal={onTotal} />
                )}
              </td>
            ))}
          </tr>
          <tr class="selisih">
            <th scope="row">Selisih</th>
            {sheet.figures.map((figure, i) => {
              const difference = differenceOf(sums[i] ?? null, totals.get(keyOf(office, figure.code)));
              return (
                <td key={figure.code} class={difference !== null && difference !== "0" ? "beda" : ""}>
                  {difference === null ? "" : difference === "0" ? "✓ cocok" : `✖ ${difference.startsWith("-") ? "" : "+"}${writeFigure(difference)}`}
                </td>
              );
            })}
          </tr>
        </tbody>
      </table>
    </div>
  );
}

interface StatedProps {
  figure: Figure;
  stated: string;
  sum: string | null;
  isReadOnly: boolean;
  onTotal: (code: string, text: string) => void;
}

function Stated({ figure, stated, isReadOnly, onTotal }: StatedProps) {
  const [text, setText] = useState(stated === "" ? "" : writeFigure(stated));
  // before anybody can type on: what was written meanwhile must not be written over
  useLayoutEffect(() => setText(stated === "" ? "" : writeFigure(stated)), [stated]);
  const readAs = (written: string) => readWritten(written, { whole: figure.elemen.bulat, money: figure.elemen.satuan === "rupiah" });
  const read = readAs(text);
  const isWrong = read.kind === "unclear";
  return (
    <input
      type="text"
      inputMode="decimal"
      autocomplete="off"
      aria-label={`Jumlah tertulis ${figure.elemen.nama} ${figure.words}`}
      aria-invalid={isWrong}
      title={isWrong ? read.message : undefined}
      readOnly={isReadOnly}
      value={text}
      onInput={(e) => setText(e.currentTarget.value)}
      onBlur={(e) => {
        const said = readAs(e.currentTarget.value);
        if (said.kind === "figure") onTotal(figure.code, said.figure);
        else if (said.kind === "nothing" || said.kind === "status") onTotal(figure.code, "");
      }}
      onKeyDown={(e) => e.key === "Enter" && e.currentTarget.blur()}
    />
  );
}
