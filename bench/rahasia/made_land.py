"""Where the made-up province lies: a square for each desa, a few homes among them, and what became of some of its regions."""

import random
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

import psycopg

from hub.batas.pyramid import rebuild
from hub.db.database import Conn, Database
from hub.wilayah import statements as wilayah_statements
from hub.wilayah.statements import LineageRow, WilayahRow

SINCE = date(2012, 1, 1)
CHANGE = date(2025, 4, 1)
"""The day from which desa are of other regions: the first quarter stands on the borders before."""
_SIDE = 0.02  # degrees, 2,2 km
_WEST, _SOUTH, _IN_A_ROW = 123.0, -10.5, 8
_HOMES = 6


@dataclass(frozen=True, slots=True)
class Moved:
    """`links`: old code, new code, how: a desa that goes on may have given land to a new one."""

    links: tuple[tuple[str, str, str], ...]
    kecamatan: str = ""

    @property
    def ended(self) -> frozenset[str]:
        return frozenset(old for old, _, kind in self.links if kind == "pindah")

    @property
    def begun(self) -> tuple[str, ...]:
        return (*filter(None, [self.kecamatan]), *(new for _, new, _ in self.links))

    def on(self, codes: Iterable[str], day: date) -> tuple[str, ...]:
        """Of `codes`, those before any change, what there is on that day."""
        return tuple(codes) if day < CHANGE else (*(c for c in codes if c not in self.ended), *self.begun)


def moves(codes: Sequence[str], chance: random.Random) -> Moved:
    """A desa to another kecamatan, one to another kabupaten, one in two, two to a kecamatan that is new; of kecamatan that keep some."""
    per: dict[str, list[str]] = {}
    for c in codes:
        if len(c) == 13:
            per.setdefault(c[:8], []).append(c)
    large = [k for k, d in per.items() if len(d) > 1]
    chance.shuffle(large)
    links: list[tuple[str, str, str]] = []

    def take(kecamatan: str, to: str, kind: str) -> None:
        links.append((per[kecamatan].pop(), to, kind))

    for where in ("kecamatan", "kabupaten"):
        alike = where == "kecamatan"
        pair = next(((a, b) for a in large for b in per if a != b and (a[:5] == b[:5]) == alike), None)
        if pair is not None:
            take(pair[0], f"{pair[1]}.{2050 + len(links)}", "pindah")
            large.remove(pair[0])
    if large:
        take(large[0], f"{large[0]}.2060", "pecah")
    new = next((k for k in large[1:] if len(per[k]) > 2), "")
    if not new:
        return Moved(tuple(links))
    begun = f"{new[:5]}.09"
    for n in (1, 2):
        take(new, f"{begun}.200{n}", "pindah")
    return Moved(tuple(links), begun)


async def change(conn: Conn, moved: Moved, name: str) -> None:
    """Record it, in the list that the hub has."""
    await wilayah_statements.close(conn, [(c, SINCE) for c in sorted(moved.ended)], CHANGE)
    rows = [
        WilayahRow(c, CHANGE, c.count(".") + 1, "DESA" if len(c) > 8 else "KECAMATAN", f"{name} {c[6:]}")
        for c in moved.begun
    ]
    await wilayah_statements.insert(conn, rows)
    await wilayah_statements.link(conn, [LineageRow(old, SINCE, new, CHANGE, kind) for old, new, kind in moved.links])


async def draw(db: Database, url: str, codes: Sequence[str], moved: Moved, chance: random.Random) -> None:
    """Boundaries of today's desa, with their pyramid, and homes. `codes`: of before any change; `url`: as the owner of the database."""
    began_as = {new: (old, kind) for old, new, kind in moved.links}
    place = {c: i for i, c in enumerate(c for c in codes if len(c) == 13)}
    halved = {old for old, _, kind in moved.links if kind == "pecah"}
    with psycopg.connect(url) as conn:
        for code in moved.on(codes, CHANGE):
            if len(code) != 13:
                continue
            old, kind = began_as.get(code, (code, ""))
            row, column = divmod(place[old], _IN_A_ROW)
            west, south = _WEST + _SIDE * column, _SOUTH + _SIDE * row
            north = south + (_SIDE / 2 if code in halved else _SIDE)
            south += _SIDE / 2 if kind == "pecah" else 0
            since = CHANGE if code in began_as else SINCE
            conn.execute(
                "INSERT INTO batas (kode_kab, kode, wilayah_sejak, tanggal, sejak, tingkat, geom, titik, luas_km2, sumber, versi, contoh) "
                "SELECT left(%(k)s, 5), %(k)s, %(s)s, %(s)s, %(s)s, 4, ST_Multi(g), ST_PointOnSurface(g), ST_Area(g::geography) / 1e6, "
                "'bench', 'bench', true FROM (SELECT ST_MakeEnvelope(%(w)s, %(b)s, %(e)s, %(n)s, 4326) AS g) x",
                {"k": code, "s": since, "w": west, "b": south, "e": west + _SIDE, "n": north},
            )
        for n in range(_HOMES):
            _home(conn, n, chance.choice([c for c in moved.on(codes, CHANGE) if len(c) == 13]), chance)
    await rebuild(db)


def _home(conn: psycopg.Connection[tuple[object, ...]], n: int, desa: str, chance: random.Random) -> None:
    """The first is a shelter: nobody else knows that it is there."""
    conn.execute(
        "INSERT INTO sumber_daya (kode_kab, id, jenis, nama, pemilik, kode_desa, titik, rahasia, sejak, contoh, diubah_oleh, sasaran, "
        "daya_tampung) SELECT left(b.kode, 5), %(id)s, 'PANTI', %(name)s, 'MASYARAKAT', b.kode, CASE WHEN NOT %(shelter)s THEN b.titik END, "
        "%(shelter)s, %(since)s, true, 'bench', 'lanjut usia', %(places)s FROM batas b WHERE b.kode = %(desa)s",
        {
            "id": UUID(int=(7 << 76) | (2 << 62) | n + 1), "name": f"Panti {n}", "shelter": n == 0, "since": SINCE,
            "places": chance.randint(5, 40), "desa": desa,
        },
    )  # fmt: skip
