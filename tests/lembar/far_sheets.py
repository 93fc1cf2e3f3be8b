"""Spreadsheets as attackers and unlucky people make them: small files whose sheets extend without end, written by hand."""

import io
import zipfile

from tests.lembar.xlsx_book import MAIN, PACKAGES, RELATIONSHIPS

Members = list[tuple[str, str | bytes]]
_ODS = "application/vnd.oasis.opendocument.spreadsheet"
_NS = "urn:oasis:names:tc:opendocument:xmlns"


def packed(members: Members) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as target:
        for name, text in members:
            target.writestr(name, text)
    return content.getvalue()


def text_cell(reference: str, text: str) -> str:
    return f'<c r="{reference}" t="inlineStr"><is><t>{text}</t></is></c>'


HEAD = (
    f'<row r="1">{text_cell("A1", "wilayah")}{text_cell("B1", "REH09")}</row>'
    f'<row r="2">{text_cell("A2", "Sotimori")}<c r="B2"><v>5</v></c></row>'
)
TABLE = [["wilayah", "REH09"], ["Sotimori", "5"]]


def sheet(rows: str, rest: str = "") -> str:
    return f'<worksheet xmlns="{MAIN}"><sheetData>{rows}</sheetData>{rest}</worksheet>'


def xlsx(*sheets: str, shared: str | None = None, more: Members | None = None) -> bytes:
    """A workbook of sheets "S0", "S1", … as their XML stands. `shared`: the XML of its shared texts."""
    links = [(f"r{i}", "worksheet", f"worksheets/s{i}.xml") for i in range(len(sheets))]
    members: Members = [
        (
            "[Content_Types].xml",
            f'<Types xmlns="{PACKAGES}/content-types"><Default Extension="rels" '
            'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            '<Default Extension="xml" ContentType="application/xml"/></Types>',
        ),
        ("_rels/.rels", _links([("a", "officeDocument", "xl/workbook.xml")])),
        ("xl/_rels/workbook.xml.rels", _links([*links, *([("t", "sharedStrings", "sharedStrings.xml")] if shared else [])])),
        (
            "xl/workbook.xml",
            f'<workbook xmlns="{MAIN}" xmlns:r="{RELATIONSHIPS}"><sheets>'
            + "".join(f'<sheet name="S{i}" sheetId="{i + 1}" r:id="r{i}"/>' for i in range(len(sheets)))
            + "</sheets></workbook>",
        ),
        *((f"xl/worksheets/s{i}.xml", s) for i, s in enumerate(sheets)),
        *([("xl/sharedStrings.xml", shared)] if shared else []),
        *(more or []),
    ]  # fmt: skip
    return packed(members)


def _links(links: list[tuple[str, str, str]]) -> str:
    each = "".join(f'<Relationship Id="{i}" Type="{RELATIONSHIPS}/{kind}" Target="{to}"/>' for i, kind, to in links)
    return f'<Relationships xmlns="{PACKAGES}/relationships">{each}</Relationships>'


def shared_texts(*texts: str) -> str:
    return f'<sst xmlns="{MAIN}">{"".join(f"<si><t>{t}</t></si>" for t in texts)}</sst>'


def ods_cell(text: str, repeated: int = 1) -> str:
    return (
        f'<table:table-cell office:value-type="string" table:number-columns-repeated="{repeated}"><text:p>{text}</text:p>'
        "</table:table-cell>"
    )


def ods_row(*cells: str, repeated: int = 1) -> str:
    return f'<table:table-row table:number-rows-repeated="{repeated}">{"".join(cells)}</table:table-row>'


ODS_HEAD = ods_row(ods_cell("wilayah"), ods_cell("REH09")) + ods_row(ods_cell("Sotimori"), ods_cell("5"))


def ods(rows: str, name: str = "Data", around: tuple[str, str] = ("", "")) -> bytes:
    """`around`: a piece of the XML, and what stands in its place."""
    return packed(
        [
            ("mimetype", _ODS),
            (
                "META-INF/manifest.xml",
                f'<manifest:manifest xmlns:manifest="{_NS}:manifest:1.0"><manifest:file-entry manifest:full-path="/" '
                f'manifest:media-type="{_ODS}"/></manifest:manifest>',
            ),
            (
                "content.xml",
                f'<office:document-content xmlns:office="{_NS}:office:1.0" xmlns:table="{_NS}:table:1.0" '
                f'xmlns:text="{_NS}:text:1.0"><office:body><office:spreadsheet><table:table table:name="{name}">{rows}'
                "</table:table></office:spreadsheet></office:body></office:document-content>".replace(*around),
            ),
        ]
    )


def lying(content: bytes, member: str, size: int) -> bytes:
    """The same file, saying of a member that it unfolds to so many bytes."""
    raw = bytearray(content)
    for mark, at_name, at_length, at_size in ((b"PK\x01\x02", 46, 28, 24), (b"PK\x03\x04", 30, 26, 22)):
        start = raw.find(mark)
        while start >= 0:
            length = int.from_bytes(raw[start + at_length : start + at_length + 2], "little")
            if raw[start + at_name : start + at_name + length] == member.encode():
                raw[start + at_size : start + at_size + 4] = size.to_bytes(4, "little")
            start = raw.find(mark, start + 4)
    return bytes(raw)
