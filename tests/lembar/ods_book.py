"""ODS as spreadsheet programs write them, put together by hand: the library that writes them comes as no wheel."""

from collections.abc import Iterable, Mapping
from datetime import date
from xml.sax.saxutils import escape, quoteattr

from tests.lembar.far_sheets import packed

_MIMETYPE = "application/vnd.oasis.opendocument.spreadsheet"
_NS = "urn:oasis:names:tc:opendocument:xmlns"
_SPACES = " ".join(f'xmlns:{p}="{_NS}:{p}:1.0"' for p in ("office", "table", "text", "style"))
_HEAD = f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {_SPACES} office:version="1.3">'
_MANIFEST = (
    f'<manifest:manifest xmlns:manifest="{_NS}:manifest:1.0"><manifest:file-entry manifest:full-path="/" '
    f'manifest:media-type="{_MIMETYPE}"/></manifest:manifest>'
)

Value = str | int | float | date | None


def element(name: str, about: Mapping[str, object], *inner: str) -> str:
    """`about`: attributes by their full names."""
    attributes = "".join(f" {k}={quoteattr(str(v))}" for k, v in about.items())
    return f"<{name}{attributes}>{''.join(inner)}</{name}>" if inner else f"<{name}{attributes}/>"


def cell(value: Value, about: Mapping[str, object] = {}, *, covered: bool = False) -> str:
    """A cell with its value and, as text, what is shown of it."""
    name = "table:covered-table-cell" if covered else "table:table-cell"
    if value is None:
        return element(name, about)
    kind: dict[str, object] = {"office:value-type": "string"}
    if isinstance(value, int | float):
        kind = {"office:value-type": "float", "office:value": value}
    elif isinstance(value, date):
        kind = {"office:value-type": "date", "office:date-value": value.isoformat()}
    return element(name, {**kind, **about}, f"<text:p>{escape(str(value))}</text:p>")


def row(cells: Iterable[str], about: Mapping[str, object] = {}) -> str:
    return element("table:table-row", about, *cells)


class OdsBook:
    """Tables with the styles they name."""

    def __init__(self) -> None:
        self._styles: list[str] = []
        self._tables: list[str] = []

    def style(self, family: str, properties: Mapping[str, object]) -> str:
        """The name of a new style with those properties of its family."""
        name = f"s{len(self._styles)}"
        inner = element(f"style:{family}-properties", properties)
        self._styles.append(element("style:style", {"style:name": name, "style:family": family}, inner))
        return name

    def table(self, name: str, rows: Iterable[str], columns: Iterable[str] = (), style: str | None = None) -> None:
        about = {"table:name": name, **({"table:style-name": style} if style else {})}
        self._tables.append(element("table:table", about, *columns, *rows))

    def content(self) -> bytes:
        styles = element("office:automatic-styles", {}, *self._styles) if self._styles else ""
        body = f"<office:body><office:spreadsheet>{''.join(self._tables)}</office:spreadsheet></office:body>"
        return packed(
            [
                ("mimetype", _MIMETYPE),
                ("META-INF/manifest.xml", _MANIFEST),
                ("content.xml", f"{_HEAD}{styles}{body}</office:document-content>"),
            ]
        )
