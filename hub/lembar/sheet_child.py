"""Files of tables opened in a process of their own (`python -m hub.lembar.sheet_child`), and the asking for it.

The request is a line of JSON that says what the file is, then the file; the answer is frames (sheet_frames).
"""

from collections.abc import Iterable, Iterator

import orjson

from hub.base.child_process import ChildDiedError, ask_child, serve_parent
from hub.base.errors import InvalidInputError
from hub.lembar.csv_encoding import encoding_of
from hub.lembar.csv_rows import csv_rows
from hub.lembar.sheet import Sheet
from hub.lembar.sheet_frames import FramesReader, frames_of
from hub.lembar.sheet_limits import IN_CHILD

_REMEDY = "Salin tabelnya saja ke berkas baru, lalu simpan sebagai XLSX atau CSV UTF-8; bila tabelnya memang sebesar itu, bagi berkasnya."
_DIED = {
    "MEMORY": f"memerlukan terlalu banyak memori untuk dibuka: lembarnya terlalu besar, atau berkasnya rusak. {_REMEDY}",
    "TIME": f"tidak selesai dibaca dalam {IN_CHILD.cpu} detik: terlalu besar, atau rusak. {_REMEDY}",
    "ANSWER": f"berisi terlalu banyak teks. {_REMEDY}",
    "DIED": f"tidak dapat dibaca: berkasnya rusak. {_REMEDY}",
}


def read_in_child(name: str, content: bytes, *, spreadsheet: bool) -> list[Sheet]:
    """The sheets of a file, opened in another process. Raises InvalidInputError."""
    request = orjson.dumps({"name": name, "spreadsheet": spreadsheet}) + b"\n" + content
    answer = FramesReader()
    try:
        for frame in ask_child("hub.lembar.sheet_child", request, IN_CHILD):
            part = orjson.loads(frame)
            if "refused" in part:
                raise InvalidInputError(part["refused"])
            answer.take(part)
    except ChildDiedError as died:
        raise InvalidInputError(f"{name} {_DIED[died.reason]}") from None
    return answer.sheets()


# ---------- in the child ----------


def _work(request: bytes) -> Iterator[bytes]:
    about, _, content = request.partition(b"\n")
    wanted = orjson.loads(about)
    try:
        for sheet, rows in _sheets(content, **wanted):
            yield from frames_of(sheet, rows)
    except InvalidInputError as refused:
        yield orjson.dumps({"refused": refused.message})


def _sheets(content: bytes, *, name: str, spreadsheet: bool) -> Iterable[tuple[Sheet, Iterable[list[str]]]]:
    if not spreadsheet:
        encoding = encoding_of(name, content)
        return [(Sheet(name, [], said=encoding.said(name)), csv_rows(name, content, encoding=encoding))]
    from hub.lembar.sheet_reader import read_workbook

    return ((sheet, sheet.rows) for sheet in read_workbook(name, content))


if __name__ == "__main__":
    serve_parent(_work)
