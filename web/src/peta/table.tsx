/** @jsxImportSource preact */
// A table that can be sorted by any of its columns.

import type { ComponentChildren } from "preact";
import { useState } from "preact/hooks";
import { writeNumber } from "../hub/wording.ts";

export interface Column<T> {
  key: string;
  title: string;
  isNumber?: boolean;
  /** What rows are sorted by; null comes last either way. */
  sortBy: (row: T) => string | number | null;
  cell: (row: T) => ComponentChildren;
}

interface Props<T> {
  title: ComponentChildren;
  columns: readonly Column<T>[];
  rows: readonly T[];
  rowKey: (row: T) => string;
  initial: { column: string; descending: boolean };
  highlighted?: string;
}

const AT_ONCE = 100; // rows shown before anybody asks for more: phones are slow with thousands

export function Table<T>({ title, columns, rows, rowKey, initial, highlighted }: Props<T>) {
  const [order, setOrder] = useState(initial);
  const [showAll, setShowAll] = useState(false);
  const sortColumn = columns.find((k) => k.key === order.column) ?? columns[0];
  const sortedRows = sortColumn === undefined ? [...rows] : sorted(rows, sortColumn, order.descending);
  const shownRows = showAll ? sortedRows : sortedRows.slice(0, AT_ONCE);
  return (
    <div class="tabel">
      <table>
        <caption>{title}</caption>
        <thead>
          <tr>
            {columns.map((k) => {
              const isSorted = k.key === order.column;
              return (
                <th key={k.key} scope="col" class={k.isNumber === true ? "angka" : ""} aria-sort={isSorted ? (order.descending ? "descending" : "ascending") : "none"}>
                  <button type="button" onClick={() => setOrder({ column: k.key, descending: isSorted ? !order.descending : k.isNumber === true })}>
                    {k.title}
                    <span aria-hidden="true">{isSorted ? (order.descending ? "\u00a0▼" : "\u00a0▲") : ""}</span>
                  </button>
                </th>
              );
            })}
          </tr>
        </thead>
        <tbody>
          {shownRows.map((b) => (
            <tr key={rowKey(b)} class={rowKey(b) === highlighted ? "disorot" : ""}>
              {columns.map((k, i) =>
                i === 0 ? (
                  <th key={k.key} scope="row">
                    {k.cell(b)}
                  </th>
                ) : (
                  <td key={k.key} class={k.isNumber === true ? "angka" : ""}>
                    {k.cell(b)}
                  </td>
                ),
              )}
            </tr>
          ))}
        </tbody>
      </table>
      {shownRows.length < sortedRows.length && (
        <button type="button" class="lagi" onClick={() => setShowAll(true)}>
          Tampilkan semua {writeNumber(sortedRows.length)} baris
        </button>
      )}
    </div>
  );
}

function sorted<T>(rows: readonly T[], { sortBy }: Column<T>, descending: boolean): T[] {
  const direction = descending ? -1 : 1;
  return rows.toSorted((x, y) => {
    const [a, b] = [sortBy(x), sortBy(y)];
    if (a === null || b === null) return a === b ? 0 : a === null ? 1 : -1;
    return direction * (typeof a === "number" && typeof b === "number" ? a - b : String(a).localeCompare(String(b), "id"));
  });
}
