"""Files annotated in a process of their own (`python -m hub.lembar.annotate_child`), and the asking for it.

The request is a line of JSON that says what is to be written where, then the file; the answer is {"ending": of its name} and then the
new file in pieces, or {"refused": why}.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace

import orjson

from hub.base.child_process import ChildDiedError, Limits, ask_child, serve_parent
from hub.base.errors import InvalidInputError
from hub.lembar.annotate_notes import Earlier, Note, as_json, from_json
from hub.lembar.sheet_limits import IN_CHILD, UNPACKED

_LIMITS = Limits(memory=IN_CHILD.memory, cpu=IN_CHILD.cpu, wall=IN_CHILD.wall, answer=UNPACKED)
_PIECE = 8 * 2**20
_REMEDY = (
    "Perbaiki menurut daftar temuan dari uji (unggahRekap), atau salin tabelnya saja ke berkas baru, lalu kirim lagi."
)
_DIED = {
    "MEMORY": f"memerlukan terlalu banyak memori untuk ditandai. {_REMEDY}",
    "TIME": f"tidak selesai ditandai dalam {IN_CHILD.cpu} detik. {_REMEDY}",
    "ANSWER": f"terlalu besar setelah ditandai. {_REMEDY}",
    "DIED": f"tidak dapat ditandai. {_REMEDY}",
}


def annotate_in_child(
    name: str, content: bytes, notes: Sequence[Note], earlier: Earlier | None, header: int | None
) -> tuple[bytes, str]:
    """The file with its findings, and how its name ends: an XLSX as it came, a new one for other spreadsheets, or the CSV. `header`: of a
    CSV the row of its titles, 0 where none is known; None: it is a spreadsheet. Blocks: not for the event loop. Raises
    InvalidInputError."""
    request = orjson.dumps({"name": name, "header": header, **as_json(notes, earlier)}) + b"\n" + content
    try:
        answer = ask_child("hub.lembar.annotate_child", request, _LIMITS)
        first = orjson.loads(next(answer))
        if "refused" in first:
            raise InvalidInputError(first["refused"])
        return b"".join(answer), first["ending"]
    except ChildDiedError as died:
        raise InvalidInputError(f"{name} {_DIED[died.reason]}") from None


# ---------- in the child ----------


def annotate_here(
    name: str, content: bytes, notes: Sequence[Note], earlier: Earlier | None, header: int | None
) -> tuple[bytes, str]:
    """The same in this process, with all the memory and time it takes. Raises InvalidInputError."""
    from hub.lembar.xml_reader import BrokenError

    if header is not None:
        from hub.lembar.annotate_csv import annotated_csv

        return annotated_csv(name, content, notes, header), "csv"
    from hub.lembar.annotate_book import annotated_book, ending_of

    try:
        ending = ending_of(content)
        if ending is None:
            content, notes = _anew(name, content, notes)
            earlier, ending = None, "xlsx"
        return annotated_book(content, notes, earlier), ending
    except BrokenError:
        raise InvalidInputError(f"{name} {_DIED['DIED']}") from None


def _work(request: bytes) -> Iterator[bytes]:
    about, _, content = request.partition(b"\n")
    said = orjson.loads(about)
    notes, earlier = from_json(said)
    try:
        made, ending = annotate_here(said["name"], content, notes, earlier, said["header"])
    except InvalidInputError as refused:
        yield orjson.dumps({"refused": refused.message})
        return
    yield orjson.dumps({"ending": ending})
    for start in range(0, len(made), _PIECE):
        yield made[start : start + _PIECE]


def _anew(name: str, content: bytes, notes: Sequence[Note]) -> tuple[bytes, list[Note]]:
    from hub.lembar.annotate_anew import new_book
    from hub.lembar.annotated import is_findings
    from hub.lembar.sheet_reader import read_workbook

    book, names = new_book([s for s in read_workbook(name, content) if not is_findings(s)])
    return book, [replace(n, sheet=names.get(n.sheet, n.sheet)) for n in notes]


if __name__ == "__main__":
    serve_parent(_work)
