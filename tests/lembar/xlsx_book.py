"""A small XLSX workbook, written by hand: texts inline, numbers as numbers, dates as spreadsheets keep them, merged cells."""

import io
import zipfile
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

UTAMA = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
HUBUNGAN = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PAKET = "http://schemas.openxmlformats.org/package/2006"
JENIS = "application/vnd.openxmlformats-officedocument.spreadsheetml"
# style 1: a date
GAYA = (
    f'<styleSheet xmlns="{UTAMA}"><fonts count="1"><font/></fonts><fills count="1"><fill/></fills>'
    '<borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs>'
    '<cellXfs count="2"><xf/><xf numFmtId="14" applyNumberFormat="1"/></cellXfs></styleSheet>'
)

Tabel = list[list[Any]]


def xlsx(berkas: Path, lembar: Mapping[str, Tabel]) -> Path:
    """A workbook on disk; None is a cell left out."""
    berkas.write_bytes(buku(lembar))
    return berkas


def buku(lembar: Mapping[str, Tabel], gabung: Mapping[str, Sequence[str]] | None = None) -> bytes:
    """A workbook. `gabung`: sheet → merged ranges, such as "A2:A4"."""
    isi = io.BytesIO()
    with zipfile.ZipFile(isi, "w", zipfile.ZIP_DEFLATED) as z:
        bagian = "".join(
            f'<Override PartName="/xl/worksheets/s{i}.xml" ContentType="{JENIS}.worksheet+xml"/>'
            for i in range(len(lembar))
        )
        z.writestr(
            "[Content_Types].xml",
            f'<Types xmlns="{PAKET}/content-types"><Default Extension="rels" '
            'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            f'<Override PartName="/xl/workbook.xml" ContentType="{JENIS}.sheet.main+xml"/>'
            f'<Override PartName="/xl/styles.xml" ContentType="{JENIS}.styles+xml"/>{bagian}</Types>',
        )
        z.writestr("_rels/.rels", _tautan([("rId1", "officeDocument", "xl/workbook.xml")]))
        z.writestr(
            "xl/_rels/workbook.xml.rels",
            _tautan(
                [(f"rId{i + 1}", "worksheet", f"worksheets/s{i}.xml") for i in range(len(lembar))]
                + [("rIdG", "styles", "styles.xml")]
            ),
        )
        z.writestr("xl/styles.xml", GAYA)
        nama = "".join(f'<sheet name="{escape(n)}" sheetId="{i + 1}" r:id="rId{i + 1}"/>' for i, n in enumerate(lembar))
        z.writestr(
            "xl/workbook.xml", f'<workbook xmlns="{UTAMA}" xmlns:r="{HUBUNGAN}"><sheets>{nama}</sheets></workbook>'
        )
        for i, (n, baris) in enumerate(lembar.items()):
            sel = "".join(f'<row r="{k}">{_sel(k, b)}</row>' for k, b in enumerate(baris, 1))
            satu = "".join(f'<mergeCell ref="{r}"/>' for r in (gabung or {}).get(n, ()))
            z.writestr(
                f"xl/worksheets/s{i}.xml",
                f'<worksheet xmlns="{UTAMA}"><sheetData>{sel}</sheetData>'
                + (f"<mergeCells>{satu}</mergeCells>" if satu else "") + "</worksheet>",
            )  # fmt: skip
    return isi.getvalue()


def _tautan(isi: list[tuple[str, str, str]]) -> str:
    rel = "".join(f'<Relationship Id="{i}" Type="{HUBUNGAN}/{jenis}" Target="{ke}"/>' for i, jenis, ke in isi)
    return f'<Relationships xmlns="{PAKET}/relationships">{rel}</Relationships>'


def _sel(nomor: int, baris: Sequence[object]) -> str:
    hasil = ""
    for kolom, isi in zip("ABCDEFGHIJKLMNOPQRSTUVWXYZ", baris, strict=False):
        if isinstance(isi, str):
            hasil += f'<c r="{kolom}{nomor}" t="inlineStr"><is><t>{escape(isi)}</t></is></c>'
        elif isinstance(isi, date):
            hasil += f'<c r="{kolom}{nomor}" s="1"><v>{(isi - date(1899, 12, 30)).days}</v></c>'
        elif isi is not None:
            hasil += f'<c r="{kolom}{nomor}"><v>{isi}</v></c>'
    return hasil
