"""What nodes wrote while they were offline: twenty submissions each, of some 350 figures of desa, as their outboxes hold them.

Untidy as offices are: leaps beside the month before, gaps, corrections sent twice, submissions that the province cannot take, some
made so long ago that origin's time no longer decides. What stands in a cell follows from its office, place and period alone.
"""

import asyncio
import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from zlib import crc32

import orjson
import psycopg

from bench.intake_data import Office
from hub.berita.chain import begin_chain
from hub.berita.chain_event import DOWN, NO_HASH, UP, ChainEvent, canonical
from hub.db.database import Database
from hub.simpul.keys import NodeKey

FIGURES = 350  # of one submission
Column = tuple[str, dict[str, str]]
_SEXES = ("L", "P")
_COLUMNS: dict[str, list[Column]] = {
    "F01": [*(("WIL01", {"JK": s}) for s in _SEXES), ("WIL02", {}), ("WIL03", {})],
    "F02": [("BAN01", {}), ("BAN03", {}), ("BAN10", {}), ("BAN11", {})],
    "F03": [("BEN01", {}), ("BEN02", {}), *(("BEN06", {"JK": s}) for s in _SEXES)],
    "F07": [("PPK01", {"jenis_ppks": str(kind), "JK": s}) for kind in (1, 2, 3, 4) for s in _SEXES],
    "F08": [("FAK01", {}), ("FAK02", {}), ("FAK03", {}), ("FAK04", {})],
}
# form, period, revision; a month after the month before, and corrections of what was sent a moment ago
_SENT = (
    *(("F02", f"2024-{month:02}", 1) for month in range(1, 6)),
    ("F02", "2024-05", 2), ("F02", "2024-05", 3),
    *(("F03", f"2024-{month:02}", 1) for month in range(1, 6)),
    ("F01", "2024-TW1", 1), ("F01", "2024-TW2", 1), ("F01", "2024-TW2", 2), ("F01", "2024-TW2", 3),
    ("F07", "2024-S1", 1), ("F08", "2024-S1", 1), ("F03", "2024-06", 1), ("F02", "2024-06", 1),
)  # fmt: skip
_BASE = {"WIL01": 900, "WIL02": 500, "WIL03": 90, "BAN01": 30, "BAN03": 60, "BEN06": 8, "PPK01": 20}


@dataclass(frozen=True, slots=True)
class Backlog:
    """The outbox of one node. `refused`: numbers of the submissions that the province cannot take; `late`: of those made too long
    ago for their own time to decide."""

    kode_kab: str
    events: Sequence[ChainEvent]
    figures: int
    refused: frozenset[int]
    late: frozenset[int]

    @property
    def taken(self) -> dict[tuple[str, str, int], tuple[int, int]]:
        """Form, period and revision → how many figures, and their sum, as they must stand at the province."""
        found = {}
        for e in self.events:
            if e.number not in self.refused:
                data = orjson.loads(e.content)
                figures = [int(n) for _, _, _, n, _ in data["nilai"] if n is not None]
                found[data["formulir"], data["periode"], data["revisi"]] = (len(data["nilai"]), sum(figures))
        return found


def backlog_of(office: Office, now: datetime) -> Backlog:
    """Made during the thirty days before `now`."""
    place = int(office.kode[:2]) * 100 + int(office.kode[3:])
    wrong = place % 20 if place % 3 == 0 else -1
    events: list[ChainEvent] = []
    figures, refused, late, before = 0, set(), set(), NO_HASH
    for position, (form, periode, revision) in enumerate(_SENT):
        number = position + 1
        cells = list(cells_of(office, form, periode, revision))
        if position == wrong and revision == 1 and (form, periode, 2) not in _SENT:
            cells[0] = (cells[0][0], cells[0][1], cells[0][2], "-4", "ADA")  # nobody can be fewer than none
            refused.add(number)
        at = now - timedelta(days=29) + timedelta(days=28) * position / (len(_SENT) - 1)
        if now - at > timedelta(days=14):
            late.add(number)
        key = f"{form}-{periode}-{revision}"
        content = canonical(
            {
                "formulir": form, "hash_isi": hashlib.sha256(key.encode()).hexdigest(), "kunci": key, "nilai": cells,
                "periode": periode, "revisi": revision, "surat": None, "total": [], "versi_formulir": 1,
            }
        )  # fmt: skip
        event = ChainEvent(
            office.kode, UP, 1, number, "rekap.ajukan", f"{office.kode}:{form}:{periode}", content,
            at.astimezone(UTC), f"Dinas Sosial {office.kode}", before,
        )  # fmt: skip
        before = event.hash()
        events.append(event)
        figures += len(cells)
    return Backlog(office.kode, events, figures, frozenset(refused), frozenset(late))


def cells_of(office: Office, form: str, periode: str, revision: int) -> Iterator[tuple[Any, ...]]:
    """What an office says of a period, in the order in which an outbox has it: element, region, breakdown, figure as a text or none, status."""
    columns = _COLUMNS[form]
    places = office.desa[: max(1, FIGURES // len(columns))]
    columns = sorted(columns, key=lambda c: (c[0], orjson.dumps(c[1])))
    for elemen in dict.fromkeys(e for e, _ in columns):
        for w in places:
            for kode, rincian in columns:
                if kode == elemen:
                    yield _cell(elemen, w.kode, rincian, periode, revision)


def _cell(elemen: str, kode: str, rincian: dict[str, str], periode: str, revision: int) -> tuple[Any, ...]:
    mark = crc32(f"{elemen} {kode} {rincian}".encode())
    now = crc32(f"{mark} {periode}".encode())
    if now % 60 == 0 and elemen[:3] != "WIL":
        return elemen, kode, rincian, None, "TIDAK_ADA_DATA"
    usual = _BASE.get(elemen, 2) + mark % max(2, _BASE.get(elemen, 2) // 5) + now % 3
    if elemen == "BAN11":  # not more of them than of what they are of
        usual = 1
    if now % 400 == 1 and elemen in ("BAN03", "PPK01"):
        usual *= 60  # far from what it was
    if revision > 1 and now % 20 == revision and elemen in ("BAN03", "WIL03"):
        usual += 1
    return elemen, kode, rincian, str(usual), "ADA" if usual else "NOL"


def join(url: str, nodes: Mapping[str, NodeKey]) -> None:
    """Have those kabupaten (code → key) joined, and handed over: their province writes to each, and takes in what it writes.
    `url`: as the database's owner."""
    with psycopg.connect(url) as conn, conn.cursor() as cursor:
        cursor.executemany(
            "INSERT INTO simpul (kode_kab, mode, mode_diminta, kode_induk, bergabung_pada, serah_pada) "
            "VALUES (%s, 'KIRIM', 'KIRIM', left(%s, 2), now(), now())",
            [(kode, kode) for kode in nodes],
        )
        cursor.executemany(
            "INSERT INTO simpul_kunci (kode_kab, sidik, kunci, sejak) VALUES (%s, %s, %s, now())",
            [(kode, key.id, key.public) for kode, key in nodes.items()],
        )
    asyncio.run(_begin(url, nodes))


async def _begin(url: str, nodes: Iterable[str]) -> None:
    db = Database(url, 1)
    await db.open()
    try:
        async with db.as_owner() as conn:
            for kode in nodes:
                await begin_chain(conn, kode, DOWN)
    finally:
        await db.close()
