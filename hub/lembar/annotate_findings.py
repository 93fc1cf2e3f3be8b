"""The sheet of all findings, as the text of a worksheet: one line a finding and place, each with the way to its cell, and a column in
which a proposal is taken over. It is written for people; `annotated` reads it. Pure."""

from collections.abc import Callable, Iterable, Sequence

from hub.lembar.annotate_notes import Note
from hub.lembar.annotate_xml import cell_text, escaped
from hub.lembar.sheet_rows import column_letters
from hub.lembar.spots import Spot

SHEET = "Temuan"
MARKER = "Temuan hub"
"""How the first cell of such a sheet begins."""
NUMBER, WHERE, CELL, LEVEL, MESSAGE, REMEDY, WRITTEN, PROPOSAL, ANSWER, KODE, FILL = (
    "No", "Lembar", "Sel", "Tingkat", "Pesan", "Tindakan", "Isi", "Usulan", "Terima usulan (ya)", "Kode", "Isian semula",
)  # fmt: skip
COLUMNS = (NUMBER, WHERE, CELL, LEVEL, MESSAGE, REMEDY, WRITTEN, PROPOSAL, ANSWER, KODE, FILL)
_WIDTHS = (6, 18, 9, 13, 60, 44, 22, 28, 14, 24, 24)
_TITLE = (
    f'{MARKER}. Lembar ini tidak dibaca sebagai data. Tulis ya pada kolom "{ANSWER}" untuk memakai usulannya, lalu kirim lagi berkas ini; '
    "usulannya boleh diperbaiki dahulu. Atau perbaiki selnya sendiri."
)
_LETTERS = tuple(column_letters(i).encode() for i in range(1, len(COLUMNS) + 1))
_NOTHING = "Tidak ada temuan."
_FIRST = 4  # row of the first finding
LONGEST = 1_000
"""Letters of what stands in a cell that are told; the others are not compared either."""


def findings_sheet(
    notes: Sequence[Note],
    names: Callable[[str], str],
    fill_of: Callable[[str, Spot], str],
    looks: Callable[[str], int],
    namespace: bytes,
) -> bytes:
    """`names`: of a sheet as the hub names it, its name in the book; `fill_of`: what a marked cell was filled with; `looks`: the number of
    a look by its name."""
    text, link, answer, level = looks("text"), looks("link"), looks("answer"), looks("text")
    rows = [
        _row(1, [(0, _TITLE, looks("title"))]),
        _row(3, [(i, title, looks("header")) for i, title in enumerate(COLUMNS)]),
    ]
    links: list[bytes] = []
    told: set[tuple[str, Spot]] = set()
    for row, note in enumerate(notes, _FIRST):
        cell = f"{column_letters(note.column + 1)}{note.row}" if note.row else ""
        fill = ""
        if note.row and (note.sheet, note.spot) not in told:
            told.add((note.sheet, note.spot))
            fill = fill_of(note.sheet, note.spot)
        if cell:
            target = f"'{names(note.sheet).replace(chr(39), chr(39) * 2)}'!{cell}"
            links.append(b'<hyperlink ref="C%d" location="%b" display="%b"/>' % (row, escaped(target), escaped(cell)))
        cells = [
            (1, note.sheet, text), (2, cell, link), (3, note.level, level), (4, note.message, text), (5, note.remedy, text),
            (6, note.written[:LONGEST], text), (7, note.proposal, text), (8, "ya" if note.accepted else "", answer),
            (9, note.kode, text), (10, fill, text),
        ]  # fmt: skip
        rows.append(_row(row, [c for c in cells if c[1] or c[2] == answer], note.number))
    if not notes:
        rows.append(_row(_FIRST, [(4, _NOTHING, text)]))
    widths = b"".join(
        b'<col min="%d" max="%d" width="%d" customWidth="1"%b/>'
        % (i, i, width, b' hidden="1"' if COLUMNS[i - 1] in (KODE, FILL) else b"")
        for i, width in enumerate(_WIDTHS, 1)
    )
    last = max(_FIRST, _FIRST + len(notes) - 1)
    answers = column_letters(COLUMNS.index(ANSWER) + 1)
    return b"".join(
        (
            b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\r\n<worksheet xmlns="%b">' % namespace,
            b'<sheetPr><pageSetUpPr fitToPage="1"/></sheetPr>'
            b'<dimension ref="A1:%b%d"/>' % (column_letters(len(COLUMNS)).encode(), last),
            b'<sheetViews><sheetView showGridLines="0" workbookViewId="0"><pane ySplit="3" topLeftCell="A4" activePane="bottomLeft" '
            b'state="frozen"/><selection pane="bottomLeft" activeCell="A4" sqref="A4"/></sheetView></sheetViews>',
            b'<sheetFormatPr defaultRowHeight="15"/><cols>' + widths + b"</cols><sheetData>",
            *rows,
            b"</sheetData>",
            b'<dataValidations count="1"><dataValidation type="list" allowBlank="1" showErrorMessage="0" sqref="%b%d:%b%d">'
            b'<formula1>"ya"</formula1></dataValidation></dataValidations>'
            % (answers.encode(), _FIRST, answers.encode(), last),
            b"<hyperlinks>" + b"".join(links) + b"</hyperlinks>" if links else b"",
            b'<pageMargins left="0.5" right="0.5" top="0.6" bottom="0.6" header="0.3" footer="0.3"/>'
            b'<pageSetup paperSize="9" orientation="landscape" fitToHeight="0"/></worksheet>',
        )
    )


def _row(number: int, cells: Iterable[tuple[int, str, int]], first: int | None = None) -> bytes:
    """`first`: a number in its first cell."""
    made = [b'<row r="%d">' % number]
    if first is not None:
        made.append(b'<c r="A%d"><v>%d</v></c>' % (number, first))
    for column, text, look in cells:
        if text:
            made.append(
                b'<c r="%b%d" s="%d" t="inlineStr"><is><t xml:space="preserve">%b</t></is></c>'
                % (_LETTERS[column], number, look, cell_text(text))
            )
        else:
            made.append(b'<c r="%b%d" s="%d"/>' % (_LETTERS[column], number, look))
    made.append(b"</row>")
    return b"".join(made)
