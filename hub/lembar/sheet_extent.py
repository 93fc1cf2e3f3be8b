"""How far the sheets of a packed spreadsheet (XLSX, ODS) extend, told from their text before anything makes a table of them.

A sheet that seems too large is looked at cell by cell. What holds nothing, or blanks, is then left out of it; what holds
something far away from the rest is refused with the sheet, its extent and the remedy.
"""

import io
import re
import zipfile
from collections.abc import Iterator
from xml.parsers import expat

from hub.base.errors import InvalidInputError
from hub.lembar.sheet_limits import MOST_CELLS, MOST_ROWS, UNPACKED, too_many_cells
from hub.lembar.sheet_strainer import OdsExtent, SheetStrainer, attribute, blank_texts, column_number, elements

_PIECE = 2**20  # bytes read at a time
_CELL = re.compile(rb"<c[\s/>]")
_COLUMN = re.compile(rb'<c r="([A-Z]{1,3})[0-9]')
_ROW = re.compile(rb'<c r="[A-Z]{1,3}([0-9]{1,7})"')
_PREFIXED = re.compile(rb"<[\w.-]+:(?:c|row|sheetData)[\s/>]")
_LARGEST_INDEX = 8 * 2**20  # bytes of the part that names the sheets


def bounded(name: str, content: bytes) -> bytes:
    """The same spreadsheet, or one without the far blanks that would make it too large. Raises InvalidInputError,
    zipfile.BadZipFile."""
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        parts = packed.infolist()
        unpacked = sum(p.file_size for p in parts)
        if unpacked > UNPACKED:
            raise InvalidInputError(
                f"{name}: isinya {unpacked // 2**20} MiB setelah dibuka, paling banyak {UNPACKED // 2**20} MiB; bagi berkasnya."
            )
        strained: dict[str, bytes] = {}
        for part in parts:
            if part.filename == "content.xml":
                _check_ods(name, packed, part)
            elif (
                part.filename.lower().endswith(".xml") and _is_sheet(packed, part) and not _plainly_small(packed, part)
            ):
                strained[part.filename] = _strain(name, packed, part)
        if not strained:
            return content
        again = io.BytesIO()
        with zipfile.ZipFile(again, "w", zipfile.ZIP_STORED) as target:
            for part in parts:
                target.writestr(part.filename, strained.get(part.filename) or packed.read(part))
        return again.getvalue()


def _is_sheet(packed: zipfile.ZipFile, part: zipfile.ZipInfo) -> bool:
    with packed.open(part) as text:
        head = text.read(4096)
    return b"worksheet" in head or head[:2] in (b"\xff\xfe", b"\xfe\xff")


def _plainly_small(packed: zipfile.ZipFile, part: zipfile.ZipInfo) -> bool:
    """Whether every cell says where it stands, as spreadsheets write it, and all of them within the limits."""
    columns: set[bytes] = set()
    rows: set[bytes] = set()
    for piece in _pieces(packed, part):
        cells = len(_CELL.findall(piece))
        near_columns, near_rows = _COLUMN.findall(piece), _ROW.findall(piece)
        if not cells == len(near_columns) == len(near_rows) or _PREFIXED.search(piece) or b"\0" in piece:
            return False
        columns.update(near_columns)
        rows.update(near_rows)
    last_row = max(map(int, rows), default=0)
    last_column = max((column_number(c.decode()) for c in columns), default=0)
    return last_row <= MOST_ROWS and last_row * last_column <= MOST_CELLS


def _pieces(packed: zipfile.ZipFile, part: zipfile.ZipInfo) -> Iterator[bytes]:
    """The text in pieces that end before a tag."""
    rest = b""
    with packed.open(part) as text:
        while piece := text.read(_PIECE):
            rest += piece
            end = rest.rfind(b"<")
            if end > 0:
                yield rest[:end]
                rest = rest[end:]
    yield rest


def _strain(name: str, packed: zipfile.ZipFile, part: zipfile.ZipInfo) -> bytes:
    strainer = SheetStrainer(_blank_texts(packed))
    with packed.open(part) as text:
        strainer.read(text)
    if strainer.rows > MOST_ROWS or strainer.rows * strainer.columns > MOST_CELLS:
        sheet = _sheet_name(packed, part.filename)
        raise too_many_cells(
            f'{name}, lembar "{sheet}", terisi sampai {strainer.last}', strainer.rows, strainer.columns
        )
    return strainer.text()


def _blank_texts(packed: zipfile.ZipFile) -> frozenset[int]:
    try:
        with packed.open("xl/sharedStrings.xml") as text:
            return blank_texts(text)
    except (KeyError, expat.ExpatError):
        return frozenset()


def _sheet_name(packed: zipfile.ZipFile, part: str) -> str:
    """What people call the sheet in that part; the part's own name where the workbook does not say."""
    try:
        index, links = (packed.getinfo(f"xl/{p}") for p in ("workbook.xml", "_rels/workbook.xml.rels"))
        if max(index.file_size, links.file_size) > _LARGEST_INDEX:
            return part
        with packed.open(links) as text:
            target = {r.get("Id"): r.get("Target", "\0").lstrip("/") for r in elements(text, "Relationship")}
        with packed.open(index) as text:
            for sheet in elements(text, "sheet"):
                if part.endswith(target.get(attribute(sheet, "id"), "\0")):
                    return sheet.get("name", part)
    except (KeyError, expat.ExpatError):
        pass
    return part


def _check_ods(name: str, packed: zipfile.ZipFile, part: zipfile.ZipInfo) -> None:
    extent = OdsExtent()
    with packed.open(part) as text:
        extent.read(text)
    if extent.cells > MOST_CELLS or extent.rows > MOST_ROWS:
        raise too_many_cells(f'{name}, lembar "{extent.largest}"', extent.rows, extent.columns)
