"""What every reader of tables has to say of a file, whatever its tables are about: what nobody sees, cells that do not say what they
hold, one figure for several rows, what was left out. Pure.

Cells are named as people find them: "B2", a range "B2:B3".
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from hub.base.temuan import ERROR, INFO, WARNING, Location, Temuan, display
from hub.lembar.sheet import Merged, Odd, OddKind, Sheet, Spot
from hub.lembar.table import Reason, Row, Table
from hub.lembar.template_mark import is_not_read, is_template

_MOST_PLACES = 50  # places of a finding
_MOST_NAMED = 12  # rows or cells that a sentence names
_SHOWN = 80  # letters of what stands in a cell

_ODD = {
    OddKind.FORMULA: (
        "SEL_RUMUS",
        "berisi rumus yang hasilnya tidak tersimpan dalam berkas; buka berkasnya di aplikasi lembar kerja, simpan, lalu kirim lagi, "
        "atau ganti rumusnya dengan angkanya",
    ),
    OddKind.FAULT: ("SEL_KESALAHAN", "berisi kesalahan rumus, bukan isi; perbaiki rumusnya atau tulis isinya"),
    OddKind.UNSEEN: (
        "SEL_TAK_TAMPAK",
        "berisi sesuatu yang disembunyikan formatnya; ubah format selnya menjadi Umum, atau hapus isinya",
    ),
}
_REASONS: Mapping[Reason, str] = {
    Reason.TITLE: "judul di atas tabel",
    Reason.REPEATED_HEADER: "kepala tabel yang diulang",
    Reason.NUMBERING: "nomor kolom",
    Reason.SECTION: "judul bagian; berlaku bagi baris di bawahnya",
    Reason.FOOTER: "keterangan di bawah tabel",
}


@dataclass(frozen=True, slots=True)
class Counting:
    """What of a table counts. `columns`: places whose cells are read; `figures`: those of them that hold one figure of one row
    each; `rows`: None for all of the table."""

    columns: Collection[int]
    figures: Collection[int] = ()
    rows: Sequence[Row] | None = None


def seen_sheets(sheets: Iterable[Sheet]) -> tuple[list[Sheet], list[Temuan]]:
    """The sheets that are shown, but for those that say of themselves that they are nothing to be read, and what there is to say of
    how they were opened; a finding for each hidden one that holds something."""
    seen: list[Sheet] = []
    temuan: list[Temuan] = []
    for sheet in sheets:
        if is_not_read(sheet):
            continue
        if not sheet.hidden:
            seen.append(sheet)
            temuan += sheet.said
        elif holds_something(sheet):
            message = (
                f'Lembar "{sheet.name}" tersembunyi; tidak dibaca. Bila isinya harus masuk, tampilkan lembarnya lalu kirim lagi; bila '
                "tidak, hapus lembarnya."
            )
            here = (Location(lembar=sheet.name),)
            temuan.append(Temuan("LEMBAR_TERSEMBUNYI", WARNING, message, nilai=sheet.name, lokasi=here))
    return seen, temuan


def odd_said(kind: OddKind) -> str:
    """What is wrong with such a cell and what to do, as a sentence ends: "berisi kesalahan rumus, …"."""
    return _ODD[kind][1]


def sheets_left_out(sheets: Iterable[Sheet], tables: Iterable[Table], what: str) -> list[Temuan]:
    """A finding for each sheet that holds something and none of the tables. `what`: what such a table must have, as a sentence
    ends: "kolom Kecamatan atau Desa"."""
    read = {id(t.sheet) for t in tables}
    return [
        Temuan(
            "LEMBAR_DILEWATI",
            INFO,
            f'Lembar "{s.name}" tidak berkepala tabel yang dikenal; dilewati. Bila isinya harus dibaca, beri kepala tabel dengan {what}.',
            nilai=s.name,
            lokasi=(Location(lembar=s.name),),
        )
        for s in sheets
        if id(s) not in read and holds_something(s)
    ]


def table_findings(table: Table, counting: Counting) -> list[Temuan]:
    """Everything there is to say of how a table is kept, the rows that were left out among it."""
    rows = table.rows if counting.rows is None else counting.rows
    return [
        *_hidden_rows(table, counting, rows),
        *_hidden_columns(table, counting, rows),
        *_odd_cells(table, counting, rows),
        *_merged_figures(table, counting, rows),
        *rows_left_out(table),
    ]


def rows_left_out(table: Table) -> list[Temuan]:
    """One finding for each reason, with the numbers of its rows."""
    temuan = []
    own_titles = is_template(table.sheet)
    for reason, said in _REASONS.items():
        if reason is Reason.TITLE and own_titles:
            continue  # the hub wrote them
        rows = sorted((s for s in table.skipped if s.reason is reason), key=lambda s: s.number)
        if not rows:
            continue
        numbers = [s.number for s in rows]
        message = f'Lembar "{table.sheet.name}", {named_rows(numbers)}: {said}; tidak dibaca sebagai baris tabel.'
        # who signs is named at the foot, and has nothing to do with what is counted
        written = None if reason is Reason.FOOTER else rows[0].text[:_SHOWN] or None
        places = tuple(Location(lembar=table.sheet.name, baris=n) for n in numbers[:_MOST_PLACES])
        temuan.append(Temuan("BARIS_DILEWATI", INFO, message, nilai=written, lokasi=places))
    return temuan


def _hidden_rows(table: Table, counting: Counting, rows: Sequence[Row]) -> list[Temuan]:
    hidden = table.sheet.hidden_rows
    numbers = [r.number for r in rows if r.number in hidden and any(_holds(table, r, c) for c in counting.columns)]
    if not numbers:
        return []
    message = (
        f'Lembar "{table.sheet.name}", {named_rows(numbers)}: tersembunyi, tetapi berisi. Tampilkan barisnya (matikan saringannya) bila '
        "harus masuk, atau hapus barisnya; lalu kirim lagi."
    )
    places = tuple(Location(lembar=table.sheet.name, baris=n) for n in numbers[:_MOST_PLACES])
    return [Temuan("BARIS_TERSEMBUNYI", ERROR, message, lokasi=places)]


def _hidden_columns(table: Table, counting: Counting, rows: Sequence[Row]) -> list[Temuan]:
    temuan = []
    for place in sorted(table.sheet.hidden_columns):
        if place >= len(table.columns) or not any(_holds(table, r, place) for r in rows):
            continue
        counts = place in counting.columns
        column = named_column(table, place)
        message = f'Lembar "{table.sheet.name}", {column}: tersembunyi' + (
            ", tetapi berisi. Tampilkan kolomnya bila harus masuk, atau hapus kolomnya; lalu kirim lagi."
            if counts
            else "; isinya tidak dibaca."
        )
        here = (Location(lembar=table.sheet.name, kolom=table.columns[place].title or column_letters(place)),)
        temuan.append(Temuan("KOLOM_TERSEMBUNYI", ERROR if counts else INFO, message, lokasi=here))
    return temuan


def _odd_cells(table: Table, counting: Counting, rows: Sequence[Row]) -> list[Temuan]:
    if not table.sheet.odd:
        return []
    numbers, columns = {r.number for r in rows}, set(counting.columns)
    found: dict[tuple[int, OddKind], list[tuple[Spot, Odd]]] = {}
    for spot, odd in sorted(table.sheet.odd.items()):
        if spot[0] in numbers and spot[1] in columns:
            found.setdefault((spot[1], odd.kind), []).append((spot, odd))
    temuan = []
    for (place, kind), cells in sorted(found.items()):
        kode, said = _ODD[kind]
        named = named_cells([spot for spot, _ in cells])
        message = f'Lembar "{table.sheet.name}", {named} ({named_column(table, place)}): {said}.'
        written = cells[0][1].text[:_SHOWN] or None
        locations = _places(table, [spot for spot, _ in cells])
        temuan.append(Temuan(kode, ERROR, message, nilai=written, lokasi=locations))
    return temuan


def refused_cells(table: Table, counting: Counting) -> set[Spot]:
    """Cells of figures that an error was said of, since they do not say what they hold or nobody knows of whom it is: what stands in
    them is read by nobody."""
    rows = table.rows if counting.rows is None else counting.rows
    refused = {spot for _, spots in _shared(table, counting, rows) for spot in spots}
    if table.sheet.odd:
        figures = set(counting.figures)
        refused |= {spot for spot in table.sheet.odd if spot[1] in figures}
    return refused


def _merged_figures(table: Table, counting: Counting, rows: Sequence[Row]) -> list[Temuan]:
    """One finding for each merged cell that holds one figure for several rows or several columns of figures."""
    temuan = []
    for m, spots in _shared(table, counting, rows):
        numbers, columns = {n for n, _ in spots}, {c for _, c in spots}
        what = f"{display(len(numbers))} baris" if len(numbers) > 1 else f"{display(len(columns))} kolom"
        message = (
            f'Lembar "{table.sheet.name}", {range_name(m)}: satu angka dalam sel gabungan untuk {what}; tidak dapat dipastikan angka '
            "siapa. Pisahkan selnya (batalkan gabungan), lalu tulis angka setiap baris dan kolomnya sendiri."
        )
        written = table.sheet.rows[m.top - 1][m.left :][:1]
        shown = written[0].strip()[:_SHOWN] if written else None
        temuan.append(Temuan("SEL_GABUNGAN", ERROR, message, nilai=shown or None, lokasi=_places(table, spots)))
    return temuan


def _shared(table: Table, counting: Counting, rows: Sequence[Row]) -> Iterator[tuple[Merged, list[Spot]]]:
    """Merged cells that hold something and go over several cells of figures, with these."""
    figures = set(counting.figures)
    if not figures or not table.sheet.merged:
        return
    of_number = {r.number for r in rows}
    for m in table.sheet.merged:
        columns = [c for c in range(m.left, min(m.right, len(table.columns) - 1) + 1) if c in figures]
        numbers = (
            [n for n in range(m.top, min(m.bottom, len(table.sheet.rows)) + 1) if n in of_number] if columns else []
        )
        if not numbers or len(numbers) * len(columns) < 2:
            continue
        top = table.sheet.rows[m.top - 1]
        if (top[m.left].strip() if m.left < len(top) else "") or (m.top, m.left) in table.sheet.odd:
            yield m, [(n, c) for n in numbers for c in columns]


def _holds(table: Table, row: Row, place: int) -> bool:
    return (place < len(row.cells) and row.cells[place] != "") or (row.number, place) in table.sheet.odd


def _places(table: Table, spots: Sequence[Spot]) -> tuple[Location, ...]:
    return tuple(
        Location(lembar=table.sheet.name, baris=n, kolom=table.columns[c].title or column_letters(c))
        for n, c in spots[:_MOST_PLACES]
    )


def holds_something(sheet: Sheet) -> bool:
    return bool(sheet.odd) or any(c and not c.isspace() for row in sheet.rows for c in row)


# ---------- names ----------


def column_letters(place: int) -> str:
    """The name that spreadsheets give a column: 0 → "A", 26 → "AA"."""
    letters, number = "", place + 1
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def cell_name(spot: Spot) -> str:
    """ "B2"."""
    return f"{column_letters(spot[1])}{spot[0]}"


def range_name(merged: Merged) -> str:
    """ "B2:B3"."""
    return f"{cell_name((merged.top, merged.left))}:{cell_name((merged.bottom, merged.right))}"


def named_column(table: Table, place: int) -> str:
    """'kolom B "Realisasi KPM"'."""
    title = table.columns[place].title
    return f"kolom {column_letters(place)}" + (f' "{title[:_SHOWN]}"' if title else "")


def named_rows(numbers: Sequence[int]) -> str:
    """ "baris 3, 5 sampai 9 dan 12"."""
    return f"baris {_joined([_from_to(str(a), str(b)) for a, b in _runs(numbers)], len(numbers))}"


def named_cells(spots: Sequence[Spot]) -> str:
    """ "B2", "B2 sampai B9 dan C4": cells of one column."""
    column = column_letters(spots[0][1])
    runs = _runs([row for row, _ in spots])
    return f"sel {_joined([_from_to(f'{column}{a}', f'{column}{b}') for a, b in runs], len(spots))}"


def _runs(numbers: Sequence[int]) -> list[tuple[int, int]]:
    """Numbers that follow each other: (first, last)."""
    runs = []
    for _, group in groupby(enumerate(numbers), key=lambda pair: pair[1] - pair[0]):
        run = [n for _, n in group]
        runs.append((run[0], run[-1]))
    return runs


def _from_to(first: str, last: str) -> str:
    return first if first == last else f"{first} sampai {last}"


def _joined(texts: Sequence[str], count: int) -> str:
    if len(texts) > _MOST_NAMED:
        return f"{', '.join(texts[:_MOST_NAMED])}, … ({display(count)} seluruhnya)"
    return texts[0] if len(texts) == 1 else f"{', '.join(texts[:-1])} dan {texts[-1]}"
