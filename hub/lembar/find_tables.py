"""The tables in a sheet, wherever they stand and whatever stands around them. Pure; what titles mean is said by whoever asks.

A header is one to three rows whose titles are known. Below it every row is one of the table, but for the header again, the numbers
of the columns, section rows and what stands at the foot; where in doubt a row is one of the table, since nobody misses one that
was left out.
"""

from collections.abc import Collection, Sequence
from dataclasses import replace

from hub.base.region_names import level_of_prefix
from hub.lembar.harmless import as_written
from hub.lembar.row_words import goes_on, is_caption, is_figure, is_foot, is_number_title, letters_of, numbers_columns
from hub.lembar.sheet import Merged, Sheet, Spot
from hub.lembar.sheet_limits import MOST_CELLS, too_many_cells
from hub.lembar.table import Column, Reason, Row, Skipped, Table, Titles
from hub.lembar.table_header import Grid, Header
from hub.lembar.table_rows import Body, Item, Kind

_TOP = 200  # rows each of which may begin the first header
_MOST_TRIES = 2_000  # rows that are asked whether they begin another one
_SECTION_WORDS = 6  # "Kecamatan Rote Barat Daya" above a table, and not a sentence
_KNOWN = 2 / 3  # of the titles of a header that is not the first
_CERTAIN = 0.95

Signature = tuple[tuple[int, str], ...]


def find_tables(sheet: Sheet, titles: Titles) -> list[Table]:
    """The tables of a sheet, from the top down; none where no row of it is such a header. Raises InvalidInputError where a cell
    that stands far out makes one too large."""
    grid = Grid(sheet, titles)
    header = _first_header(grid)
    tables: list[Table] = []
    above = [r for r in range(header.first) if grid.filled(r)] if header else []
    while header is not None:
        items, following = _items_below(grid, header)
        if following is not None and not any(i.kind is Kind.ROW for i in items):  # titles of the one below it
            above = [*above, *range(header.first, header.end), *(i.row for i in items)]
            header, above = following, [r for r in above if grid.filled(r)]
            continue
        titles_of_next: list[Item] = []
        if following is not None:
            items, titles_of_next = _without_titles(grid, header, items)
        tables.append(_table(sheet, grid, header, above, items))
        header, above = following, [i.row for i in titles_of_next]
    return tables


def with_sections_as_rows(table: Table) -> Table:
    """The same table for a list whose headings are entries themselves: what was taken for a section is a row of it."""
    width = len(table.columns)
    of_sheet = table.sheet.rows
    sections = []
    for s in table.skipped:
        if s.reason is Reason.SECTION and s.number > table.header[-1]:
            cells = [as_written(c.strip()) for c in of_sheet[s.number - 1]]
            sections.append(Row(s.number, [*cells, *[""] * (width - len(cells))][: max(width, len(cells))]))
    numbers = {s.number for s in sections}
    rows = sorted([*(replace(r, sections=()) for r in table.rows), *sections], key=lambda r: r.number)
    return replace(table, rows=rows, skipped=[s for s in table.skipped if s.number not in numbers])


def _first_header(grid: Grid) -> Header | None:
    weak: Header | None = None
    gap = True
    for row in range(len(grid.rows)):
        filled = grid.filled(row)
        if filled and (row < _TOP or gap):
            found = _best(grid, row)
            if found is not None and found.known > 1:
                return found
            if row < _TOP and weak is None and found is not None and _has_table_below(grid, found):
                weak = found
        gap = len(filled) < 2
    return weak


def _best(grid: Grid, row: int) -> Header | None:
    """The best header that begins here or a row or two further down, and what is better still from there."""
    found = grid.best_header(row)
    while found is not None and found.first != row:
        row = found.first
        found = grid.best_header(row)
    return found


def _has_table_below(grid: Grid, header: Header) -> bool:
    """Whether a header of which little is known has rows that bear it out."""
    rows = [r for r in range(header.end, min(header.end + 5, len(grid.rows))) if grid.filled(r)]
    titles = {p for p in header.parts if p and not is_number_title("".join(p))}
    if header.sureness >= _CERTAIN * len(titles):
        return bool(rows)
    for r in rows:
        cells = grid.rows[r]
        figures = {i for i, c in enumerate(cells) if c and is_figure(c)} | grid.odd.get(r, set())
        if figures - header.identifying - {header.numbering} and any(
            i < len(cells) and cells[i] for i in header.identifying
        ):
            return True
    return False


def _items_below(grid: Grid, header: Header) -> tuple[list[Item], Header | None]:
    """The rows below a header, up to the next one."""
    items: list[Item] = []
    repeats = {_signature(grid, r) for r in range(header.first, header.end)}
    firsts = {s[0] for s in repeats if s}
    words = {letters_of(p) for parts in header.parts for p in parts}
    numbering: Signature | None = None
    tries, gap, row = 0, False, header.end
    while row < len(grid.rows):
        places = grid.filled(row)
        if not places:
            gap, row = True, row + 1
            continue
        kind, rows = Kind.ROW, 1
        cells = grid.rows[row]
        first = cells[places[0]] if places[0] < len(cells) else ""
        key = (places[0], letters_of(first))
        if key in firsts and _is_repeated(grid, row, repeats, items):
            kind = Kind.REPEATED
            if _is_captioned(grid, header, items) and (own := grid.header(row)) is not None:
                return items, own
        elif _is_numbering(grid, header, row, places, items, numbering):
            kind, numbering = Kind.NUMBERING, _signature(grid, row)
        elif (
            tries < _MOST_TRIES
            and first
            and not is_figure(first)
            and (gap or is_number_title(first) or _stands_out(grid, row, items) or _says_titles(cells, words))
        ):
            tries += 1
            another = _another_header(grid, row, _signature(grid, header.first))
            if another is not None and not _is_like(grid, another, header):
                return items, another
            if another is not None:
                kind, rows = Kind.REPEATED, another.depth
        for r in range(row, row + rows):
            items.append(Item(r, grid.filled(r), kind, gap))
            gap = False
        row += rows
    return items, None


def _signature(grid: Grid, row: int) -> Signature:
    cells = grid.rows[row]
    return tuple((i, letters_of(c)) for i, c in enumerate(cells) if c)


def _is_repeated(grid: Grid, row: int, repeats: Collection[Signature], items: list[Item]) -> bool:
    signature = _signature(grid, row)
    if signature not in repeats:
        return False
    if len(signature) > 1 or (items and items[-1].kind is Kind.REPEATED and items[-1].row == row - 1):
        return True
    return row + 1 < len(grid.rows) and len(s := _signature(grid, row + 1)) > 1 and s in repeats


def _is_captioned(grid: Grid, header: Header, items: list[Item]) -> bool:
    """Whether the words above a header that came before say that it is another table: "Tabel 2. Penerima Sembako"."""
    for item in reversed(items):
        if not _may_be_title(grid, header, item):
            return False
        caption = grid.rows[item.row][item.places[0]]
        if is_caption(caption):
            return not goes_on(caption)
    return False


def _is_numbering(
    grid: Grid, header: Header, row: int, places: list[int], items: list[Item], known: Signature | None
) -> bool:
    if len(places) < 2 or row in grid.odd:
        return False
    texts = [grid.rows[row][p] for p in places]
    if len(texts[0]) > 5 or not numbers_columns(texts):
        return False
    if items and items[-1].kind is Kind.ROW:
        return _signature(grid, row) == known
    return len(places) > 2 or not header.identifying.isdisjoint(places)


def _stands_out(grid: Grid, row: int, items: list[Item]) -> bool:
    """Whether a row is only words, and the one above is not, or is one alone."""
    if not items or len(items[-1].places) < 2:
        return bool(items)
    return _has_figure(grid.rows[items[-1].row]) and not _has_figure(grid.rows[row])


def _has_figure(cells: Sequence[str]) -> bool:
    return any(c and is_figure(c) for c in cells)


def _says_titles(cells: Sequence[str], words: set[str]) -> bool:
    """Whether two cells of a row are words of the header that is known already."""
    found = 0
    for c in cells:
        if c and not c[0].isdigit() and letters_of(c) in words:
            found += 1
            if found > 1:
                return True
    return False


def _another_header(grid: Grid, row: int, first: Signature) -> Header | None:
    if _has_figure(grid.rows[row]):
        return None
    if len(grid.filled(row)) < 2 and (row + 1 >= len(grid.rows) or _has_figure(grid.rows[row + 1])):
        return None  # one title with none below it: a section's
    own = grid.header(row)
    if own is None or own.known < 2:  # what may begin further down is asked there
        return None
    found = _best(grid, row)
    if found is None or found.first != row or found.known < 2:
        return None
    if any(_signature(grid, r) == first for r in range(row + 1, found.end)):
        return None  # a row of the table above, and then its header again
    titles = {p for p in found.parts if p and not is_number_title("".join(p))}
    return found if found.known >= _KNOWN * len(titles) else None


def _is_like(grid: Grid, found: Header, header: Header) -> bool:
    """Whether the titles that are known are those of the table above, in the same places."""
    return found.depth <= header.depth and all(
        i < len(header.parts) and [letters_of(t) for t in p] == [letters_of(t) for t in header.parts[i]]
        for i, p in enumerate(found.parts)
        if p and grid.title(p)[0] > 0
    )


def _without_titles(grid: Grid, header: Header, items: list[Item]) -> tuple[list[Item], list[Item]]:
    """The rows of a table, and the titles of the one below it."""
    start = len(items)
    while start and _may_be_title(grid, header, items[start - 1]):
        start -= 1
    while start < len(items) and not (items[start].gap or items[start].places[0] < min(header.identifying)):
        start += 1
    return items[:start], items[start:]


def _may_be_title(grid: Grid, header: Header, item: Item) -> bool:
    if item.kind is not Kind.ROW or len(item.places) > 2 or item.row in grid.odd:
        return False
    texts = [grid.rows[item.row][p] for p in item.places]
    return not any(is_figure(t) or is_foot(t) for t in texts)


def _table(sheet: Sheet, grid: Grid, header: Header, above: Sequence[int], items: list[Item]) -> Table:
    skipped, sections = [], []
    for r in above:
        text = " ".join(" ".join(c.split()) for c in grid.rows[r] if c)
        named = level_of_prefix(text)
        if named is not None and named > 2 and len(text.split()) <= _SECTION_WORDS:
            sections.append(text)
            skipped.append(Skipped(r + 1, text, Reason.SECTION))
        else:
            skipped.append(Skipped(r + 1, text, Reason.TITLE))
    body = Body(grid, header, items)
    sorted_items = body.sorted(sections)
    width = max([len(header.parts), *(len(grid.rows[i.row]) for i, reason, _ in sorted_items if reason is None)])
    if width * len(sorted_items) > MOST_CELLS:  # one far cell would make every row as wide
        raise too_many_cells(f'Lembar "{sheet.name}"', len(sorted_items), width)
    merged = _merged(grid, {i.row for i, reason, _ in sorted_items if reason is None}, width)
    rows = []
    for item, reason, under in sorted_items:
        if reason is not None:
            skipped.append(Skipped(item.row + 1, body.text(item), reason))
            continue
        cells = grid.rows[item.row]
        rows.append(Row(item.row + 1, [*cells, *[""] * (width - len(cells))], under))
    _fill_down(grid, rows, merged)
    parts = [*header.parts, *[()] * (width - len(header.parts))]
    return Table(
        sheet,
        tuple(range(header.first + 1, header.end + 1)),
        tuple(Column(i, p) for i, p in enumerate(parts)),
        rows,
        skipped,
        merged,
    )


def _merged(grid: Grid, rows: set[int], width: int) -> dict[Spot, Merged]:
    """The cells of these rows (from 0) that are one with those of others."""
    found: dict[Spot, Merged] = {}
    most = len(rows) * width
    for top, merges in grid.merges.items():
        if top not in rows:
            continue
        for m in merges:
            if m.bottom == m.top or len(found) > most:
                continue
            for r in range(m.top, min(m.bottom, len(grid.rows)) + 1):
                if r - 1 in rows:
                    for c in range(m.left, min(m.right, width - 1) + 1):
                        found[r, c] = m
    return found


def _fill_down(grid: Grid, rows: list[Row], merged: dict[Spot, Merged]) -> None:
    if not merged:
        return
    of_number = {r.number: r for r in rows}
    for (number, column), m in merged.items():
        if number > m.top and column == m.left:
            cells = of_number[number].cells
            cells[column] = cells[column] or of_number[m.top].cells[column]
