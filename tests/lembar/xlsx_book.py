"""A small XLSX workbook, written by hand: texts inline, numbers as numbers, dates as spreadsheets keep them, merged cells."""

import io
import zipfile
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATIONSHIPS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGES = "http://schemas.openxmlformats.org/package/2006"
CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"
# style 1: a date
STYLES = (
    f'<styleSheet xmlns="{MAIN}"><fonts count="1"><font/></fonts><fills count="1"><fill/></fills>'
    '<borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs>'
    '<cellXfs count="2"><xf/><xf numFmtId="14" applyNumberFormat="1"/></cellXfs></styleSheet>'
)

Table = list[list[Any]]


def xlsx(file: Path, lembar: Mapping[str, Table]) -> Path:
    """A workbook on disk; None is a cell left out."""
    file.write_bytes(workbook(lembar))
    return file


def workbook(lembar: Mapping[str, Table], merged: Mapping[str, Sequence[str]] | None = None) -> bytes:
    """A workbook. `merged`: sheet → merged ranges, such as "A2:A4"."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as z:
        parts = "".join(
            f'<Override PartName="/xl/worksheets/s{i}.xml" ContentType="{CONTENT_TYPE}.worksheet+xml"/>'
            for i in range(len(lembar))
        )
        z.writestr(
            "[Content_Types].xml",
            f'<Types xmlns="{PACKAGES}/content-types"><Default Extension="rels" '
            'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            f'<Override PartName="/xl/workbook.xml" ContentType="{CONTENT_TYPE}.sheet.main+xml"/>'
            f'<Override PartName="/xl/styles.xml" ContentType="{CONTENT_TYPE}.styles+xml"/>{parts}</Types>',
        )
        z.writestr("_rels/.rels", _relationships([("rId1", "officeDocument", "xl/workbook.xml")]))
        z.writestr(
            "xl/_rels/workbook.xml.rels",
            _relationships(
                [(f"rId{i + 1}", "worksheet", f"worksheets/s{i}.xml") for i in range(len(lembar))]
                + [("rIdG", "styles", "styles.xml")]
            ),
        )
        z.writestr("xl/styles.xml", STYLES)
        names = "".join(
            f'<sheet name="{escape(n)}" sheetId="{i + 1}" r:id="rId{i + 1}"/>' for i, n in enumerate(lembar)
        )
        z.writestr(
            "xl/workbook.xml", f'<workbook xmlns="{MAIN}" xmlns:r="{RELATIONSHIPS}"><sheets>{names}</sheets></workbook>'
        )
        for i, (n, rows) in enumerate(lembar.items()):
            cells = "".join(f'<row r="{k}">{_cells(k, b)}</row>' for k, b in enumerate(rows, 1))
            merges = "".join(f'<mergeCell ref="{r}"/>' for r in (merged or {}).get(n, ()))
            z.writestr(
                f"xl/worksheets/s{i}.xml",
                f'<worksheet xmlns="{MAIN}"><sheetData>{cells}</sheetData>'
                + (f"<mergeCells>{merges}</mergeCells>" if merges else "") + "</worksheet>",
            )  # fmt: skip
    return buffer.getvalue()


def _relationships(links: list[tuple[str, str, str]]) -> str:
    rel = "".join(
        f'<Relationship Id="{i}" Type="{RELATIONSHIPS}/{kind}" Target="{target}"/>' for i, kind, target in links
    )
    return f'<Relationships xmlns="{PACKAGES}/relationships">{rel}</Relationships>'


def _cells(number: int, row: Sequence[object]) -> str:
    xml = ""
    for column, value in zip("ABCDEFGHIJKLMNOPQRSTUVWXYZ", row, strict=False):
        if isinstance(value, str):
            xml += f'<c r="{column}{number}" t="inlineStr"><is><t>{escape(value)}</t></is></c>'
        elif isinstance(value, date):
            xml += f'<c r="{column}{number}" s="1"><v>{(value - date(1899, 12, 30)).days}</v></c>'
        elif value is not None:
            xml += f'<c r="{column}{number}"><v>{value}</v></c>'
    return xml
