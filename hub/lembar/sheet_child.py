"""Files of tables opened in a process of their own (`python -m seeds.sheet_child`), and the asking for it.

The request is a line of JSON that says what the file is, then the file; the answer is frames of JSON: {"sheet": its name},
{"rows": […]}, {"refused": why}.
"""

from collections.abc import Iterable, Iterator

import orjson

from hub.base.child_process import ChildDiedError, ask_child, serve_parent
from hub.base.errors import InvalidInputError
from hub.lembar.csv_rows import csv_rows
from hub.lembar.sheet import Sheet
from hub.lembar.sheet_limits import IN_CHILD

_LETTERS = 128 * 1024  # in a frame, at least: small enough to be decoded while others wait for the interpreter
_CELLS = 5_000
_SHORT = 64  # letters of a text that is kept once however often it stands there

_REMEDY = "Salin tabelnya saja ke berkas baru, lalu simpan sebagai XLSX atau CSV UTF-8; bila tabelnya memang sebesar itu, bagi berkasnya."
_DIED = {
    "MEMORY": f"memerlukan terlalu banyak memori untuk dibuka: lembarnya terlalu besar, atau berkasnya rusak. {_REMEDY}",
    "TIME": f"tidak selesai dibaca dalam {IN_CHILD.cpu} detik: terlalu besar, atau rusak. {_REMEDY}",
    "ANSWER": f"berisi terlalu banyak teks. {_REMEDY}",
    "DIED": f"tidak dapat dibaca: berkasnya rusak. {_REMEDY}",
}


def read_in_child(name: str, content: bytes, *, spreadsheet: bool, merged: bool) -> list[Sheet]:
    """The sheets of a file, opened in another process. Raises InvalidInputError."""
    request = orjson.dumps({"name": name, "spreadsheet": spreadsheet, "merged": merged}) + b"\n" + content
    sheets: list[Sheet] = []
    known: dict[str, str] = {}
    try:
        for frame in ask_child("hub.lembar.sheet_child", request, IN_CHILD):
            part = orjson.loads(frame)
            if "refused" in part:
                raise InvalidInputError(part["refused"])
            if "sheet" in part:
                sheets.append(Sheet(part["sheet"], []))
            else:
                sheets[-1].rows.extend([_kept_once(known, c) for c in row] for row in part["rows"])
    except ChildDiedError as died:
        raise InvalidInputError(f"{name} {_DIED[died.reason]}") from None
    for sheet in sheets:
        while spreadsheet and sheet.rows and not sheet.rows[-1]:
            sheet.rows.pop()
    return sheets


def _kept_once(known: dict[str, str], text: str) -> str:
    return known.setdefault(text, text) if len(text) <= _SHORT else text


# ---------- in the child ----------


def _work(request: bytes) -> Iterator[bytes]:
    about, _, content = request.partition(b"\n")
    wanted = orjson.loads(about)
    try:
        for name, rows in _sheets(content, **wanted):
            yield orjson.dumps({"sheet": name})
            yield from _frames(rows)
    except InvalidInputError as refused:
        yield orjson.dumps({"refused": refused.message})


def _sheets(content: bytes, *, name: str, spreadsheet: bool, merged: bool) -> Iterable[tuple[str, Iterable[list[str]]]]:
    if not spreadsheet:
        return [(name, csv_rows(name, content))]
    from hub.lembar.sheet_reader import read_workbook

    return read_workbook(name, content, merged=merged)


def _frames(rows: Iterable[list[str]]) -> Iterator[bytes]:
    batch: list[list[str]] = []
    letters = cells = 0
    for row in rows:
        batch.append(row)
        letters, cells = letters + sum(map(len, row)), cells + len(row) + 1
        if letters >= _LETTERS or cells >= _CELLS:
            yield orjson.dumps({"rows": batch})
            batch, letters, cells = [], 0, 0
    yield orjson.dumps({"rows": batch})


if __name__ == "__main__":
    serve_parent(_work)
