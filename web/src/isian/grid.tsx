/** @jsxImportSource preact */
// The grid of regions and figures: Tabulator draws it, moves in it and edits; what the cells hold is the screen's.

import { EditModule, FormatModule, FrozenColumnsModule, InteractionModule, KeybindingsModule, SelectRangeModule, Tabulator } from "tabulator-tables";
import type { CellComponent, ColumnDefinition, Options, RowComponent } from "tabulator-tables";
import "tabulator-tables/dist/css/tabulator.min.css";
import { useEffect, useImperativeHandle, useRef } from "preact/hooks";
import type { RefObject } from "preact";
import { cellOf, editCell, keyOf, statusIn, wordCell, writeCell } from "./cells.ts";
import type { Cell, Cells } from "./cells.ts";
import { GRADE_WORDS } from "./findings.ts";
import type { Finding } from "./findings.ts";
import { Foot, NAME_WIDTH, WIDTH } from "./grid_foot.tsx";
import type { Figure, Region, Sheet } from "./layout.ts";
import type { Corner } from "./paste.ts";

Tabulator.registerModule([EditModule, FormatModule, FrozenColumnsModule, InteractionModule, KeybindingsModule, SelectRangeModule]);

/** Cells that are chosen, by key; `corner`: the first of them. */
export interface Chosen {
  corner: Corner;
  keys: string[];
}

export interface GridHandle {
  jump: (key: string) => void;
}

export interface GridProps {
  sheet: Sheet;
  cells: Cells;
  totals: ReadonlyMap<string, string>;
  office: string;
  findings: ReadonlyMap<string, Finding[]>;
  noted: ReadonlySet<string>; // cells with a note of the province
  isReadOnly: boolean;
  handle: RefObject<GridHandle | null>;
  onCells: (changes: [string, Cell | undefined][]) => void;
  onTotal: (code: string, text: string) => void;
  onChoose: (chosen: Chosen) => void;
  onPaste: (text: string, corner: Corner) => void;
  onKey: (key: string) => boolean; // whether it was taken
}

type Row = Record<string, string>;

/** What the grid looks up while it draws: as of now, though it was built before. */
interface Live extends GridProps {
  typed: string | null; // a letter that began an edit
}

const rowIn = (cell: CellComponent): Row => cell.getData();

function valueIn(cell: CellComponent): Cell | undefined {
  const value: unknown = cell.getValue();
  return typeof value === "string" && value !== "" ? value : undefined;
}

/** The row of a region; null: there is none. */
function rowAt(table: Tabulator, kode: string): RowComponent | null {
  const found: unknown = table.getRow(kode);
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- its types do not say that it may be false
  return found === false ? null : (found as RowComponent);
}

const fieldOf = (column: number): string => `f${column}`;

export function Grid(props: GridProps) {
  const place = useRef<HTMLDivElement>(null);
  const table = useRef<Tabulator | null>(null);
  const isBuilt = useRef(false);
  const live = useRef<Live>({ ...props, typed: null });
  live.current = { ...props, typed: live.current.typed };
  const foot = useRef<HTMLDivElement>(null);
  const looks = useRef(new Map<string, string>()); // of each cell, as it was drawn last
  const { sheet } = props;
  const shape = `${sheet.level} ${sheet.figures.map((one) => one.code).join(" ")} ${sheet.regions.length}`;

  useEffect(() => {
    if (place.current === null) return;
    const made = build(place.current, live);
    looks.current = looksOf(live.current);
    table.current = made;
    made.on("tableBuilt", () => {
      isBuilt.current = true;
      looks.current = bringUpToDate(made, live.current, looks.current); // what came meanwhile
      describe(made);
    });
    const body = made.element.querySelector<HTMLElement>(".tabulator-tableholder");
    const follow = () => foot.current !== null && body !== null && (foot.current.scrollLeft = body.scrollLeft);
    const lead = () => foot.current !== null && body !== null && (body.scrollLeft = foot.current.scrollLeft);
    body?.addEventListener("scroll", follow);
    foot.current?.addEventListener("scroll", lead);
    return () => {
      isBuilt.current = false;
      table.current = null;
      made.destroy();
    };
  }, [shape]);

  useEffect(() => {
    if (table.current !== null && isBuilt.current) looks.current = bringUpToDate(table.current, live.current, looks.current);
  }, [props.cells, props.findings, props.noted, props.isReadOnly]);

  useImperativeHandle(props.handle, () => ({
    jump: (key) => {
      if (table.current === null) return;
      const column = sheet.figures.findIndex((one) => key.endsWith(` ${one.code}`));
      const row = rowAt(table.current, key.slice(0, key.indexOf(" ")));
      if (column < 0 || row === null) return;
      select(table.current, row, column);
    },
  }));

  return (
    <div class="lembar-isian">
      <div
        ref={place}
        class="kisi"
        onPaste={(e) => {
          if (e.target instanceof HTMLInputElement && !isBlock(e.clipboardData?.getData("text/plain") ?? "")) return; // into the text that is being written
          const corner = chosenOf(table.current, sheet)?.corner;
          if (corner === undefined || props.isReadOnly) return;
          e.preventDefault();
          if (e.target instanceof HTMLInputElement) e.target.dispatchEvent(new KeyboardEvent("keydown", { key: "Escape" }));
          props.onPaste(e.clipboardData?.getData("text/plain") ?? "", corner);
        }}
        onCopy={(e) => copy(e, table.current, live.current)}
        onCut={(e) => {
          copy(e, table.current, live.current);
          const keys = chosenOf(table.current, sheet)?.keys ?? [];
          if (e.defaultPrevented && !props.isReadOnly) props.onCells(keys.map((key) => [key, undefined]));
        }}
      />
      <Foot {...props} place={foot} />
    </div>
  );
}

// a selection as a spreadsheet takes it
const writeBlock = (rows: readonly (readonly string[])[]): string => rows.map((row) => row.join("\t")).join("\n");

const isBlock = (text: string): boolean => /[\t\n]/.test(text.trim());

function copy(e: ClipboardEvent, table: Tabulator | null, { sheet, cells }: Live): void {
  if (e.target instanceof HTMLInputElement) return;
  const range = table?.getRanges()[0];
  if (range === undefined) return;
  e.preventDefault();
  const rows = range.getRows().map((row) => range.getColumns().map((column) => valueOf(sheet, cells, String(row.getIndex()), column.getField())));
  e.clipboardData?.setData("text/plain", writeBlock(rows));
}

function valueOf(sheet: Sheet, cells: Cells, kode: string, field: string): string {
  const figure = sheet.figures[Number(field.slice(1))];
  if (figure === undefined) return "";
  const cell = cells.get(keyOf(kode, figure.code));
  return statusIn(cell) === null ? writeCell(cell) : wordCell(cell);
}

function rowsOf({ sheet, cells }: GridProps): Row[] {
  return sheet.regions.map((region) => rowOf(region, sheet, cells));
}

function rowOf(region: Region, sheet: Sheet, cells: Cells): Row {
  const { kode } = region;
  return { ...region, ...Object.fromEntries(sheet.figures.map((figure, i) => [fieldOf(i), cells.get(keyOf(kode, figure.code)) ?? ""])) };
}

function build(place: HTMLElement, live: { current: Live }): Tabulator {
  const { sheet } = live.current;
  const columns = sheet.figures.map((figure, i): ColumnDefinition => ({
    field: fieldOf(i), title: figure.code, titleFormatter: () => heading(figure), width: WIDTH, hozAlign: "right",
    formatter: (cell) => drawn(cell, live.current), editor: (cell, onRendered, success, cancel) => editor(cell, onRendered, success, cancel, live),
    editable: () => !live.current.isReadOnly,
  }));
  const options = {
    index: "kode", data: rowsOf(live.current), columns, layout: "fitData", maxHeight: "62vh", renderHorizontal: "basic",
    rowHeader: { field: "nama", title: "", titleFormatter: () => sheet.name, frozen: true, width: NAME_WIDTH, formatter: (cell: CellComponent) => regionCell(rowIn(cell)) },
    selectableRange: 1, selectableRangeColumns: true, selectableRangeRows: true, selectableRangeClearCells: false, selectableRangeAutoFocus: false,
    editTriggerEvent: "dblclick",
    keybindings: { navPrev: false, navNext: false }, // the tab key leaves the grid
  };
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- its types know less of row headers than it does
  const table = new Tabulator(place, options as unknown as Options);
  const tell = () => {
    const chosen = chosenOf(table, live.current.sheet);
    if (chosen !== null) live.current.onChoose(chosen);
  };
  table.on("rangeAdded", tell);
  table.on("rangeChanged", tell);
  table.on("cellEdited", (cell) => {
    const [key, figure] = keyAndFigure(cell, live.current.sheet);
    if (figure === undefined) return;
    live.current.onCells([[key, valueIn(cell)]]);
  });
  place.addEventListener("keydown", (e) => keyed(e, table, live));
  return table;
}

/** Keys that are not Tabulator's: a letter or digit begins an edit, others empty cells or say why there is no figure. */
function keyed(e: KeyboardEvent, table: Tabulator, live: { current: Live }): void {
  if (e.target instanceof HTMLInputElement || e.ctrlKey || e.metaKey || e.altKey) return;
  const { sheet, isReadOnly, onCells, onKey } = live.current;
  const chosen = chosenOf(table, sheet);
  if (chosen === null || isReadOnly) return;
  if (e.key === "Delete" || e.key === "Backspace") onCells(chosen.keys.map((key) => [key, undefined]));
  else if (e.key === "F2") startEdit(table, live, null);
  else if (/^[\d(]$/.test(e.key)) startEdit(table, live, e.key);
  else if (!onKey(e.key)) return;
  e.preventDefault();
}

function startEdit(table: Tabulator, live: { current: Live }, typed: string | null): void {
  const cell = table.getRanges()[0]?.getCells().flat()[0];
  if (cell === undefined) return;
  live.current.typed = typed;
  cell.edit(true);
}

function editor(cell: CellComponent, onRendered: (f: () => void) => void, success: (value: string) => boolean, cancel: (value: unknown) => void, live: { current: Live }): HTMLElement | false {
  const [, figure] = keyAndFigure(cell, live.current.sheet);
  if (figure === undefined) return false;
  const input = document.createElement("input");
  input.type = "text";
  input.inputMode = "decimal";
  input.autocomplete = "off";
  input.setAttribute("aria-label", `${rowIn(cell)["nama"]}, ${figure.elemen.nama}`);
  const { typed } = live.current;
  input.value = typed ?? editCell(valueIn(cell));
  live.current.typed = null;
  let isDone = false;
  const finish = () => {
    if (isDone) return;
    isDone = true;
    success(cellOf(input.value, figure.elemen) ?? "");
  };
  input.addEventListener("blur", finish);
  input.addEventListener("keydown", (e) => {
    e.stopPropagation(); // not the grid's
    if (e.key === "Escape") {
      isDone = true;
      cancel(null);
    } else if (e.key === "Enter" || e.key === "Tab") {
      e.preventDefault();
      finish();
      const [down, right] = e.key === "Enter" ? [e.shiftKey ? -1 : 1, 0] : [0, e.shiftKey ? -1 : 1];
      step(cell, live.current.sheet, down, right);
    }
  });
  onRendered(() => {
    input.focus();
    if (typed === null) input.select();
  });
  return input;
}

/** Chooses the cell so many rows below and columns to the right, where there is one. */
function step(cell: CellComponent, sheet: Sheet, down: number, right: number): void {
  const table = cell.getTable();
  const row = sheet.regions.findIndex((one) => one.kode === cell.getRow().getIndex()) + down;
  const column = Number(cell.getField().slice(1)) + right;
  const kode = sheet.regions[Math.min(Math.max(row, 0), sheet.regions.length - 1)]?.kode ?? "";
  const to = rowAt(table, kode);
  if (to !== null) select(table, to, Math.min(Math.max(column, 0), sheet.figures.length - 1));
}

function select(table: Tabulator, row: RowComponent, column: number): void {
  const cell = row.getCell(fieldOf(column));
  row.getElement().scrollIntoView({ block: "nearest" });
  table.scrollToRow(row, "nearest", false).catch(() => null);
  table.scrollToColumn(fieldOf(column), "middle", false).catch(() => null);
  const range = table.getRanges()[0];
  if (range === undefined) table.addRange(cell, cell);
  else range.setBounds(cell, cell);
  table.element.querySelector<HTMLElement>(".tabulator-tableholder")?.focus();
}

function chosenOf(table: Tabulator | null, sheet: Sheet): Chosen | null {
  const range = table?.getRanges()[0];
  if (range === undefined) return null;
  const columns = range.getColumns().map((one) => Number(one.getField().slice(1)));
  const regions = range.getRows().map((one) => String(one.getIndex()));
  const row = sheet.regions.findIndex((one) => one.kode === regions[0]);
  const keys = regions.flatMap((kode) => columns.flatMap((c) => (sheet.figures[c] === undefined ? [] : [keyOf(kode, sheet.figures[c].code)])));
  return keys.length === 0 ? null : { corner: { row, column: columns[0] ?? 0 }, keys };
}

function keyAndFigure(cell: CellComponent, sheet: Sheet): [string, Figure | undefined] {
  const figure = sheet.figures[Number(cell.getField().slice(1))];
  return [figure === undefined ? "" : keyOf(String(cell.getRow().getIndex()), figure.code), figure];
}

function heading({ elemen, words, code }: Figure): HTMLElement {
  const made = document.createElement("span");
  made.className = "kepala-kolom";
  for (const [name, text] of [["nama-kolom", elemen.nama], ["bagian-kolom", words], ["kode-kolom", words === "" || words === "Seluruhnya" ? code : elemen.kode]] as const) {
    if (text === "") continue;
    const part = document.createElement("span");
    part.className = name;
    part.textContent = text;
    made.append(part);
  }
  return made;
}

function regionCell(row: Row): HTMLElement {
  const { kode = "", of = "" } = row;
  const made = document.createElement("span");
  made.className = "nama-baris";
  const code = document.createElement("small");
  code.textContent = of === "" ? kode : `${of} · ${kode}`;
  made.append(row["nama"] ?? "", code);
  return made;
}

/** A cell's text, and how it looks. */
function drawn(cell: CellComponent, { sheet, findings, noted }: Live): HTMLElement {
  const [key] = keyAndFigure(cell, sheet);
  const value = valueIn(cell);
  decorate(cell.getElement(), { value, found: findings.get(key) ?? [], isNoted: noted.has(key) });
  const made = document.createElement("span");
  made.textContent = writeCell(value);
  return made;
}

function decorate(element: HTMLElement, { value, found, isNoted }: { value: Cell | undefined; found: readonly Finding[]; isNoted: boolean }): void {
  const worst = found[0]?.grade;
  element.classList.toggle("sel-kosong", value === undefined);
  element.classList.toggle("sel-status", statusIn(value) !== null);
  element.classList.toggle("sel-galat", worst === "GALAT");
  element.classList.toggle("sel-periksa", worst === "PERINGATAN");
  element.classList.toggle("sel-catatan", isNoted);
  element.dataset["tanda"] = worst === undefined || worst === "INFO" ? (isNoted ? "✎" : "") : GRADE_WORDS[worst].sign;
  element.setAttribute("aria-invalid", String(worst === "GALAT"));
}

/** How each cell looks, by key: what differs is drawn anew, the others are left alone. */
function looksOf({ sheet, cells, findings, noted }: Live): Map<string, string> {
  const keys = sheet.regions.flatMap(({ kode }) => sheet.figures.map((figure) => keyOf(kode, figure.code)));
  return new Map(keys.map((key) => [key, `${cells.get(key) ?? ""}|${findings.get(key)?.[0]?.grade ?? ""}|${noted.has(key)}`]));
}

function bringUpToDate(table: Tabulator, live: Live, before: ReadonlyMap<string, string>): Map<string, string> {
  const { sheet, cells, findings, noted } = live;
  const now = looksOf(live);
  for (const region of sheet.regions) {
    const others = sheet.figures.flatMap((figure, i) => (now.get(keyOf(region.kode, figure.code)) === before.get(keyOf(region.kode, figure.code)) ? [] : [{ figure, i }]));
    const row = others.length === 0 ? null : rowAt(table, region.kode);
    if (row === null) continue;
    void row.update(Object.fromEntries(others.map(({ figure, i }) => [fieldOf(i), cells.get(keyOf(region.kode, figure.code)) ?? ""])));
    for (const { figure, i } of others) {
      const key = keyOf(region.kode, figure.code);
      decorate(row.getCell(fieldOf(i)).getElement(), { value: cells.get(key), found: findings.get(key) ?? [], isNoted: noted.has(key) });
    }
  }
  return now;
}

/** Roles and names as screen readers need them: what scrolls is the group of rows. */
function describe(table: Tabulator): void {
  table.element.querySelector(".tabulator-tableholder")?.setAttribute("role", "rowgroup");
  table.element.querySelector(".tabulator-table")?.setAttribute("role", "presentation");
  table.element.setAttribute("aria-label", "Isian: baris wilayah, kolom angka. Panah untuk berpindah, ketik angka untuk mengisi, Tab untuk keluar.");
}
