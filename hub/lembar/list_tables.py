"""The rows of a list in a file: its tables, what their columns hold, and what is not read of it. Pure."""

from collections.abc import Iterable, Sequence, Set
from dataclasses import dataclass, field

from hub.base.errors import InvalidInputError
from hub.base.region_names import without_prefix
from hub.base.temuan import ERROR, INFO, Location, Temuan, by_gravity, has_error
from hub.lembar.find_tables import find_tables
from hub.lembar.harmless import as_written
from hub.lembar.list_result import MOST_ROWS, RefusedRow
from hub.lembar.list_titles import ListTitles, not_stored, unknown_column
from hub.lembar.row_words import is_number_title, is_total, level_named, mark_of
from hub.lembar.sheet import Sheet, Spot
from hub.lembar.table import Row, Table
from hub.lembar.table_findings import Counting, seen_sheets, sheets_left_out, table_findings
from hub.lembar.written_row import LETTERS_READ, WrittenRow, written_texts

_FIELD_OF_LEVEL = {2: "kabupaten", 3: "kecamatan", 4: "desa"}  # what a section row names, for the rows below it


@dataclass(frozen=True, slots=True)
class ListTable:
    """`header`: the titles in order; `labels`: field → title; `columns`: place → field."""

    lembar: str
    header: list[str]
    labels: dict[str, str]
    columns: dict[int, str]
    rows: list[WrittenRow] = field(default_factory=list)
    temuan: list[Temuan] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class OpenedList:
    """The tables of a file, and what there is to say of its other sheets."""

    tables: list[ListTable]
    others: list[Temuan]

    @property
    def rows(self) -> list[WrittenRow]:
        return [b for t in self.tables for b in t.rows]

    def refused(self, rows: Iterable[WrittenRow]) -> tuple[RefusedRow, ...]:
        """Rows that are left out, in the order of the file."""
        left_out = {id(b) for b in rows}
        return tuple(
            RefusedRow(b.lembar, b.baris, t.header, b.cells, tuple(b.temuan), b.sections)
            for t in self.tables
            for b in t.rows
            if id(b) in left_out
        )

    @property
    def is_wrong(self) -> bool:
        """Whether something keeps all of it from being used: rows that nobody sees, cells that do not say what they hold."""
        return has_error(self.about_tables())

    def findings(self, more: Iterable[Temuan] = ()) -> tuple[Temuan, ...]:
        """All that was found, of the file, of its rows and `more`, the gravest first. A cell that does not say what it holds is not
        told to be empty as well."""
        about = [*self.about_tables(), *more]
        told = {x for t in about if t.tingkat == ERROR for x in t.lokasi}
        of_rows = [t for b in self.rows for t in b.temuan if not (t.tingkat == ERROR and told.intersection(t.lokasi))]
        return by_gravity([*about, *of_rows])

    def about_tables(self) -> Iterable[Temuan]:
        yield from self.others
        for t in self.tables:
            yield from t.temuan


def read_list_tables(name: str, sheets: Sequence[Sheet], titles: ListTitles) -> OpenedList:
    """Raises InvalidInputError where there is no such list, or too much of it."""
    tables: list[ListTable] = []
    seen, others = seen_sheets(sheets)
    read: list[Table] = []
    for sheet in seen:
        for found in find_tables(sheet, titles):
            table = _table(found, titles)
            if titles.needed & table.labels.keys():
                read.append(found)
                tables.append(table)
    needed = " atau ".join(titles.spellings[f].split("|")[0].title() for f in sorted(titles.needed))
    others += sheets_left_out(seen, read, f"kolom {needed}")
    require_rows(name, seen, [len(t.rows) for t in tables], titles.what, f"{needed} dan satu kolom lain")
    return OpenedList(tables, others)


def require_rows(name: str, sheets: Iterable[Sheet], counts: Sequence[int], what: str, needed: str) -> None:
    """`counts`: rows of each table found; `what`: rows of what; `needed`: what a header must have. Raises InvalidInputError where
    there are none, or too many."""
    count = sum(counts)
    if count > MOST_ROWS:
        raise InvalidInputError(f"{name} berisi {count} baris, paling banyak {MOST_ROWS}; bagi berkasnya.")
    if counts and not count:
        raise InvalidInputError(f"{name}: kepala tabelnya dikenal, tetapi tidak ada baris {what} di bawahnya.")
    if not count:
        top = next((row for sheet in sheets for row in sheet.rows if any(c.strip() for c in row)), [])
        written = ", ".join(c.strip() for c in top if c.strip())[:200] or "(kosong)"
        raise InvalidInputError(
            f"{name}: tidak ada baris {what} yang terbaca. Kepala tabelnya harus memuat sedikitnya {needed}; baris "
            f"pertamanya: {written}."
        )


def places_of(sections: Sequence[str]) -> dict[str, str]:
    """The regions that the sections above a row name: "A. KECAMATAN ROTE BARAT" → kecamatan "ROTE BARAT"."""
    found = {}
    for section in sections:
        field_name = _FIELD_OF_LEVEL.get(level_named(section) or 0)
        name = without_prefix(mark_of(section)[1].lstrip("-•–*· :")).strip(" :")
        if field_name is not None and name:
            found[field_name] = name
    return found


def _table(found: Table, titles: ListTitles) -> ListTable:
    table = ListTable(found.sheet.name, [c.title for c in found.columns], {}, {})
    last = found.header[-1]
    for column in found.columns:
        filled = sum(1 for r in found.rows if column.place < len(r.cells) and r.cells[column.place])
        field_name = titles.field(column.parts)
        if field_name == "no" or is_number_title("".join(column.parts)):
            continue
        label = column.title
        location = (Location(lembar=table.lembar, baris=last, kolom=label or f"ke-{column.place + 1}"),)
        if field_name is not None and field_name not in table.labels:
            table.columns[column.place], table.labels[field_name] = field_name, label
        elif field_name is not None:
            message = f'Kolom "{label}" ada dua kali ("{table.labels[field_name]}" dan "{label}"); sisakan satu.'
            table.temuan.append(Temuan("KOLOM_GANDA", ERROR, message, nilai=label, lokasi=location))
        elif filled and titles.is_personal(column.parts):
            table.temuan.append(not_stored(label, filled, location))
        elif filled:
            table.temuan.append(unknown_column(label, filled, titles.what, titles.known, location))
    for row in found.rows:
        _add_row(table, row, found.sheet.exact)
    single = [i for i, field_name in table.columns.items() if field_name in titles.single]
    table.temuan.extend(table_findings(found, Counting(list(table.columns), single)))
    return table


def _add_row(table: ListTable, row: Row, exact: Set[Spot]) -> None:
    first = next((c for c in row.cells if c), "")
    if is_total(first):
        message = f"Baris {row.number} tampaknya baris jumlah; dilewati."
        location = (Location(lembar=table.lembar, baris=row.number),)
        table.temuan.append(
            Temuan("BARIS_JUMLAH", INFO, message, nilai=" ".join(c for c in row.cells if c)[:80], lokasi=location)
        )
        return
    cells = [as_written(c) for c in row.cells]  # of a list of rows that were left out, mended and sent again
    written = written_texts(cells, table.columns)
    if not written:
        return  # only its number
    raw = {m: cells[i][:LETTERS_READ] for i, m in table.columns.items() if m in written}
    for field_name, name in places_of(row.sections).items():
        if field_name != "desa" or "kode_desa" not in written:
            written.setdefault(field_name, name)
    fractions = frozenset(m for i, m in table.columns.items() if (row.number, i) in exact)
    b = WrittenRow(
        table.lembar, row.number, cells, table.labels, written, raw=raw, exact=fractions, sections=row.sections
    )
    b.note_long_texts(table.columns)
    table.rows.append(b)
