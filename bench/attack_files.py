"""Files that somebody may send to bring a hub down, made in memory: each is small, or means no harm, or both."""

import io
import zipfile

_REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_OASIS = "urn:oasis:names:tc:opendocument:xmlns"
_ODS = "application/vnd.oasis.opendocument.spreadsheet"


def far_cells() -> bytes:
    """Two cells, A1 and XFD1048576: some 1,4 kB, and 17 thousand million cells when made dense."""
    return _xlsx(f'<row r="1">{_text("A1", "wilayah")}</row><row r="1048576">{_text("XFD1048576", "1")}</row>')


def wide_rows() -> bytes:
    """A thousand rows, each with its first cell and its last, XFD."""
    return _xlsx("".join(f'<row r="{i}">{_text(f"A{i}", "x")}{_text(f"XFD{i}", "1")}</row>' for i in range(1, 1001)))


def repeated_cells() -> bytes:
    """One cell and one row of an ODS that say they are repeated many times: 740 bytes."""
    cell = '<table:table-cell office:value-type="string" table:number-columns-repeated="16000"><text:p>x</text:p></table:table-cell>'
    content = (
        f'<office:document-content xmlns:office="{_OASIS}:office:1.0" xmlns:table="{_OASIS}:table:1.0" '
        f'xmlns:text="{_OASIS}:text:1.0"><office:body><office:spreadsheet><table:table table:name="L">'
        f'<table:table-row table:number-rows-repeated="600">{cell}</table:table-row>'
        "</table:table></office:spreadsheet></office:body></office:document-content>"
    )
    manifest = (
        f'<m:manifest xmlns:m="{_OASIS}:manifest:1.0"><m:file-entry m:full-path="/" m:media-type="{_ODS}"/>'
        '<m:file-entry m:full-path="content.xml" m:media-type="text/xml"/></m:manifest>'
    )
    return _zip({"mimetype": _ODS, "content.xml": content, "META-INF/manifest.xml": manifest})


def long_csv(rows: int = 1_500_000) -> bytes:
    """A table of that many rows, as a rekap is written."""
    return b"wilayah,BAN01\n" + b"53.14.01.2005,5\n" * rows


def unknown_desa(rows: int = 19_000) -> bytes:
    """A list of institutions in so many desa that nobody knows, each spelled in its own way."""
    lines = (f"LKS Kasih {i},Desa Tunggalamo {i} Bru,Rote Barat Daya {i % 11},YAYASAN" for i in range(rows))
    return ("nama,desa,kecamatan,bentuk\n" + "\n".join(lines) + "\n").encode()


def _text(ref: str, text: str) -> str:
    return f'<c r="{ref}" t="inlineStr"><is><t>{text}</t></is></c>'


def _xlsx(rows: str) -> bytes:
    rels = f'<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="a" Type="{_REL}/%s" Target="%s"/></Relationships>'
    return _zip(
        {
            "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types"><Default Extension="rels" ContentType='
            '"application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>'
            f'<Override PartName="/xl/workbook.xml" ContentType="{_TYPE}.sheet.main+xml"/>'
            f'<Override PartName="/xl/worksheets/s.xml" ContentType="{_TYPE}.worksheet+xml"/></Types>',
            "_rels/.rels": rels % ("officeDocument", "xl/workbook.xml"),
            "xl/workbook.xml": f'<workbook xmlns="{_MAIN}" xmlns:r="{_REL}"><sheets><sheet name="L" sheetId="1" r:id="a"/></sheets></workbook>',
            "xl/_rels/workbook.xml.rels": rels % ("worksheet", "worksheets/s.xml"),
            "xl/worksheets/s.xml": f'<worksheet xmlns="{_MAIN}"><sheetData>{rows}</sheetData></worksheet>',
        }
    )


def _zip(parts: dict[str, str]) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
    return content.getvalue()
