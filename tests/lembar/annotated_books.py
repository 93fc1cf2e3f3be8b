"""Workbooks with everything that has to live through being annotated, and looks into what became of them."""

import io
import re
import struct
import zipfile
import zlib
from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Any
from xml.etree import ElementTree as Xml

import xlsxwriter

from hub.base.temuan import ERROR
from hub.lembar.annotate_notes import Note
from tests.lembar.xlsx_book import workbook

_PIXEL_ROW = b"\0\xff\x40\x20"


def picture() -> bytes:
    """A PNG of one red dot."""

    def piece(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    return (
        b"\x89PNG\r\n\x1a\n"
        + piece(b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 2, 0, 0, 0))
        + piece(b"IDAT", zlib.compress(_PIXEL_ROW))
        + piece(b"IEND", b"")
    )


def rich_book() -> bytes:
    """Sheets "Data" (a table, notes, a picture, a condition, a link, a choice list, a merged title) and "Grafik" (a chart)."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as book:
        money = book.add_format({"num_format": "#,##0.00", "bold": True, "border": 1})
        green = book.add_format({"bg_color": "#C6EFCE"})
        data = book.add_worksheet("Data")
        data.merge_range("A1:C1", "Rekap bantuan", book.add_format({"align": "center"}))
        data.write_row("A3", ["wilayah", "BAN01", "BAN03"])
        for row, cells in enumerate([["53.14.01.2005", 11, 5], ["Oebau", 12.5, 6], ["53.14.01.2007", 13, 7]], 3):
            data.write(row, 0, cells[0])
            data.write(row, 1, cells[1], money)
            data.write(row, 2, cells[2], green)
        data.write_formula("B7", "=SUM(B4:B6)", money, 36.5)
        data.write_comment("B4", "Diperiksa Ibu Rina", {"author": "Rina"})
        data.write_comment("C6", "Lihat lampiran", {"author": "Rina"})
        data.conditional_format("B4:B6", {"type": "cell", "criteria": ">", "value": 12, "format": green})
        data.data_validation("C4:C6", {"validate": "integer", "criteria": ">=", "value": 0})
        data.write_url("E4", "https://kemensos.go.id", string="tautan")
        data.insert_image("F2", "titik.png", {"image_data": io.BytesIO(picture())})
        data.add_table("A3:C6", {"columns": [{"header": h} for h in ("wilayah", "BAN01", "BAN03")]})
        data.set_column("A:A", 24)
        data.freeze_panes(3, 1)
        data.protect("rahasia")
        chart_sheet = book.add_worksheet("Grafik & bagan")
        chart = book.add_chart({"type": "column"})
        chart.add_series({"values": "=Data!$B$4:$B$6"})
        chart_sheet.insert_chart("A1", chart)
        book.define_name("Angka", "=Data!$B$4:$B$6")
        data.print_area("A1:C7")
    return out.getvalue()


def plain_book(rows: Sequence[Sequence[Any]], name: str = "Data") -> bytes:
    """A sheet of texts inline and of numbers."""
    fills = b'<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills>'
    normal = b'<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>'

    def whole(xml: bytes) -> bytes:
        return re.sub(b"<fills.*?</fills>", fills, xml).replace(b"</styleSheet>", normal)

    return changed(workbook({name: [list(r) for r in rows]}), {"xl/styles.xml": whole})


def changed(
    content: bytes,
    edits: Mapping[str, Callable[[bytes], bytes]],
    new: Mapping[str, bytes] | None = None,
    gone: Collection[str] = (),
) -> bytes:
    """The file with some of its parts written anew, and others beside them."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for member in old.infolist():
            if member.filename not in gone:
                text = old.read(member)
                made.writestr(member, edits[member.filename](text) if member.filename in edits else text)
        for name, text in (new or {}).items():
            made.writestr(name, text)
    return out.getvalue()


def with_prefixes(xml: bytes) -> bytes:
    """A worksheet as some programs write it: every element of spreadsheets with a prefix."""
    text = xml.decode().replace(
        'xmlns="http://schemas.openxmlformats.org/spreadsheetml',
        'xmlns:x="http://schemas.openxmlformats.org/spreadsheetml',
    )
    return re.sub(r"<(/?)(?=[A-Za-z])(?!\w+:)", r"<\1x:", text).encode()


def parts_of(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        return {m.filename: packed.read(m) for m in packed.infolist()}


def packed_parts(content: bytes) -> dict[str, bytes]:
    """Each member as it is packed, byte for byte."""
    found = {}
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        for m in packed.infolist():
            names, extra = struct.unpack_from("<HH", content, m.header_offset + 26)
            start = m.header_offset + 30 + names + extra
            found[m.filename] = content[start : start + m.compress_size]
    return found


def _parsed(text: bytes) -> Xml.Element:
    return Xml.fromstring(text)  # noqa: S314 - our own


def wrong_links(content: bytes) -> list[str]:
    """What of a package leads nowhere, is there twice, or has no kind."""
    parts = parts_of(content)
    wrong = [f"{n} twice" for n in set(parts) if [*parts].count(n) > 1]
    kinds = _parsed(parts["[Content_Types].xml"])
    defaults = [e.get("Extension", "").lower() for e in kinds if e.tag.endswith("Default")]
    overrides = [e.get("PartName", "") for e in kinds if e.tag.endswith("Override")]
    wrong += [f"kind of {n} twice" for n in (*defaults, *overrides) if (*defaults, *overrides).count(n) > 1]
    wrong += [f"{n} is not there" for n in overrides if n.lstrip("/") not in parts]
    for name, text in parts.items():
        if (
            f"/{name}" not in overrides
            and name.rpartition(".")[2].lower() not in defaults
            and "Content_Types" not in name
        ):
            wrong.append(f"{name} has no kind")
        if not name.endswith(".rels"):
            if name.endswith((".xml", ".vml")):
                _parsed(text)
            continue
        links = _parsed(text)
        ids = [e.get("Id") for e in links]
        wrong += [f"{name}: {i} twice" for i in ids if ids.count(i) > 1]
        folder = name.replace("_rels/", "").rpartition("/")[0]
        for link in links:
            if link.get("TargetMode") == "External":
                continue
            target = link.get("Target", "")
            steps: list[str] = [] if target.startswith("/") else [s for s in folder.split("/") if s]
            for step in target.strip("/").split("/"):
                steps = steps[:-1] if step == ".." else [*steps, step]
            if "/".join(steps) not in parts:
                wrong.append(f"{name}: {target} is not there")
    return wrong


def note(cell: str, sheet: str = "Data", level: str = ERROR, **more: object) -> Note:
    """A finding at a cell: "B4"."""
    column, row = ord(cell[0]) - ord("A"), int(cell[1:])
    about: dict[str, object] = {
        "number": 1, "kode": "ANGKA_NEGATIF", "message": f"Salah di {cell}.", "remedy": "Betulkan.", "written": "", "proposal": "",
    }  # fmt: skip
    return Note(level=level, sheet=sheet, row=row, column=column, **{**about, **more})  # type: ignore[arg-type]
