"""At a node: what of its kabupaten its province holds otherwise, found by digests (of tables, of their parts, of rows), and mended by
telling it again. Whoever owns a thing has it right; the same number with another content is an alarm, and nothing is written over it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import orjson

from hub.db.database import Database
from hub.simpul import compare_statements as store
from hub.simpul.compare_door import PATH
from hub.simpul.compare_statements import FIXED, TABLES
from hub.simpul.refusals import NoPeerError
from hub.simpul.wire_client import Line
from hub.simpul.wire_frames import Frame

NAMED = 20  # rows of one table that are named
MISSING, MORE, OTHER = "tidak ada di provinsi", "hanya ada di provinsi", "berbeda"


@dataclass(frozen=True, slots=True)
class Row:
    """`key`: of the table, without the kabupaten; `what`: MISSING, MORE or OTHER."""

    key: Sequence[Any]
    what: str


@dataclass(frozen=True, slots=True)
class Difference:
    """`rows`: all that were found; `alarm`: rows that never change are different under one number."""

    table: str
    rows: Sequence[Row]
    alarm: bool


@dataclass(frozen=True, slots=True)
class Mended:
    """`told`: things told again, here or by the province; `left`: those that nobody told of, as table and key."""

    told: int
    left: Sequence[str]


async def compare(db: Database, line: Line, kode_kab: str) -> list[Difference]:
    """What is not alike, once what waits was delivered. Raises NoPeerError, PeerRefusedError."""
    theirs = await _ask(line, {})
    found = []
    for table in TABLES:
        async with db.as_owner() as conn:
            ours = await store.table_digest(conn, kode_kab, table)
        if theirs.get(table) != [ours.count, ours.sum]:
            rows = await _rows(db, line, kode_kab, table)
            alarm = table in FIXED and any(r.what == OTHER for r in rows)
            found.append(Difference(table, rows, alarm))
    return [d for d in found if d.rows]


async def _rows(db: Database, line: Line, kode_kab: str, table: str) -> list[Row]:
    theirs = await _ask(line, {"tabel": table})
    async with db.as_owner() as conn:
        ours = {p: [d.count, d.sum] for p, d in (await store.part_digests(conn, kode_kab, table)).items()}
    rows: list[Row] = []
    for part in sorted(ours.keys() | theirs.keys()):
        if ours.get(part) == theirs.get(part):
            continue
        there = await _ask(line, {"tabel": table, "bagian": part})
        async with db.as_owner() as conn:
            here = await store.row_digests(conn, kode_kab, table, part)
        for key in sorted(here.keys() | there.keys()):
            if here.get(key) != there.get(key):
                what = MISSING if key not in there else MORE if key not in here else OTHER
                rows.append(Row(orjson.loads(key), what))
    return rows


async def mend(db: Database, line: Line, kode_kab: str, differences: Sequence[Difference]) -> Mended:
    """Tell again what is different; to be delivered then. Raises NoPeerError, PeerRefusedError."""
    wanted: dict[tuple[str, int | None], str] = {}
    left = []
    for difference in differences:
        for row in difference.rows:
            name = f"{difference.table} {'/'.join(str(k) for k in row.key)}"
            subject = _subject(kode_kab, difference.table, row)
            if subject is None or difference.alarm:
                left.append(name)
            else:
                wanted.setdefault(subject, name)
    told, theirs = 0, []
    async with db.as_owner() as conn:
        for (subject_name, revision), name in wanted.items():
            if await store.tell_again(conn, kode_kab, subject_name, revision):
                told += 1
            elif revision is None:
                theirs.append(subject_name)
            else:
                left.append(name)
    for start in range(0, len(theirs), 500):
        asked = theirs[start : start + 500]
        again = (await line.ask(PATH, Frame({"ulang": asked}), {})).head.get("diulang")
        done = set(again) if isinstance(again, list) else set()
        told += len(done)
        left += [wanted[s, None] for s in asked if s not in done]
    return Mended(told, left)


def _subject(kode_kab: str, table: str, row: Row) -> tuple[str, int | None] | None:
    """What the chain calls it; None: nothing is told of such rows by themselves."""
    compared = TABLES[table]
    values = dict(zip(compared.key, row.key, strict=True))
    if table in FIXED:
        return (
            None if row.what != MISSING else (f"{kode_kab}:{values['formulir']}:{values['periode']}", values["revisi"])
        )
    if compared.subject is None:
        return None
    kind, column = compared.subject
    return f"{kind}:{kode_kab}:{values[column]}", None


async def _ask(line: Line, head: dict[str, Any]) -> dict[str, Any]:
    found = (await line.ask(PATH, Frame(head), {})).head.get("sidik")
    if not isinstance(found, dict):
        raise NoPeerError("Jawaban provinsi tidak berisi sidik; pakai hub versi yang sama di kedua pihak.")
    return found
