"""Statements over the pyramid of boundaries: what it is built from, and storing what was built.

Boundaries come out as EPSG:4326, longitude first; what is stored is EPSG:3857.
"""

import hashlib
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple
from uuid import UUID

from psycopg.adapt import Buffer, Dumper
from psycopg.pq import Format
from psycopg.types import TypeInfo
from psycopg.types.json import Jsonb

from hub.db.connections import copying
from hub.db.database import Conn, refresh_statistics

NO_VERSION = UUID(int=0)  # before any boundary was ever drawn
_BATAS = "batas"


class WilayahPeta(NamedTuple):
    """A region of the newest list."""

    kode: str
    sejak: date
    tingkat: int


class NewestBatas(NamedTuple):
    """The newest boundary of a region of the newest list. `box`: west, south, east, north, degrees."""

    kode: str
    sejak: date
    tingkat: int
    contoh: bool
    box: tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class BuiltUnit:
    """A unit that was built. `sidik`: hash of what it was built from; `hasil`: of what it became. `tepi`: neighbour → hash of
    the border with it."""

    sidik: str
    hasil: str
    tepi: dict[str, str]


@dataclass(frozen=True, slots=True)
class PyramidRow:
    """A row to store. `geom`, `titik`: EWKB, EPSG:3857."""

    kode: str
    sejak: date
    tingkat: int
    pita: int
    geom: bytes
    titik: bytes
    contoh: bool


async def boundary_version(conn: Conn) -> UUID:
    """The version of the boundaries on the map: the same as long as every shape is the same, on whatever machine."""
    cursor = await conn.execute("SELECT versi FROM peta_versi WHERE kunci = %s", (_BATAS,))
    row = await cursor.fetchone()
    return NO_VERSION if row is None else UUID(str(row[0]))


async def set_boundary_version(conn: Conn, version: UUID, first_zooms: Sequence[int]) -> None:
    """`first_zooms`: from which zoom each level is drawn, provinces first."""
    await conn.execute(
        "INSERT INTO peta_versi AS p (kunci, versi, mulai) VALUES (%s, %s, %s) ON CONFLICT (kunci) DO UPDATE "
        "SET versi = excluded.versi, mulai = excluded.mulai, sejak = excluded.sejak "
        "WHERE p.versi <> excluded.versi OR p.mulai IS DISTINCT FROM excluded.mulai",
        (_BATAS, version, list(first_zooms)),
    )


async def zooms_unknown(conn: Conn) -> bool:
    """Whether an older hub drew the map, which did not tell from which zoom each level is drawn."""
    cursor = await conn.execute("SELECT EXISTS (SELECT FROM peta_versi WHERE kunci = %s AND mulai IS NULL)", (_BATAS,))
    return await cursor.fetchone() == (True,)


async def behind(conn: Conn) -> bool:
    """Whether there are boundaries that were never drawn, or units of which an upgrade has to be told what became of them."""
    cursor = await conn.execute(
        "SELECT EXISTS (SELECT FROM batas WHERE sampai IS NULL) AND (NOT EXISTS (SELECT FROM piramida_satuan) "
        "OR EXISTS (SELECT FROM piramida_satuan WHERE sidik = '') OR EXISTS (SELECT FROM peta_versi WHERE mulai IS NULL))"
    )
    return await cursor.fetchone() == (True,)


# ---------- what it is built from ----------


async def regions(conn: Conn) -> list[WilayahPeta]:
    """All regions of the newest list, in order of code. A static map cannot follow the calendar: a list that begins later
    counts from the day it is imported."""
    cursor = await conn.execute(
        "SELECT kode, berlaku_sejak, tingkat FROM wilayah WHERE berlaku_sampai IS NULL ORDER BY kode"
    )
    return [WilayahPeta(*b) for b in await cursor.fetchall()]


async def boundaries(conn: Conn) -> list[NewestBatas]:
    """The newest boundaries of regions of the newest list, in order of code."""
    # of a large shape box2d reads the first bytes only
    cursor = await conn.execute("""
SELECT b.kode, b.wilayah_sejak, b.tingkat, b.contoh, ST_XMin(k.kotak), ST_YMin(k.kotak), ST_XMax(k.kotak), ST_YMax(k.kotak)
FROM batas b JOIN wilayah w ON w.kode_kab = b.kode_kab AND w.kode = b.kode AND w.berlaku_sejak = b.wilayah_sejak
CROSS JOIN LATERAL (SELECT box2d(b.geom)::box3d AS kotak) k
WHERE b.sampai IS NULL AND w.berlaku_sampai IS NULL
ORDER BY b.kode
""")
    return [NewestBatas(k, s, t, c, (x1, y1, x2, y2)) for k, s, t, c, x1, y1, x2, y2 in await cursor.fetchall()]


async def hashes(conn: Conn, kode: Collection[str]) -> dict[str, str]:
    """Code → hash of the newest boundary."""
    cursor = await conn.execute(
        f"SELECT b.kode, md5(ST_AsBinary(b.geom)) FROM batas b {_NEWEST}", _keys(kode)
    )  # fmt: skip
    return dict(await cursor.fetchall())


async def areas(conn: Conn, kode: Collection[str]) -> dict[str, bytes]:
    """Code → the newest boundary as WKB."""
    cursor = await conn.execute(
        f"SELECT b.kode, ST_AsBinary(b.geom) FROM batas b {_NEWEST}", _keys(kode), binary=True
    )  # fmt: skip
    return {k: bytes(g) for k, g in await cursor.fetchall()}


_NEWEST = """
JOIN unnest(%s::text[], %s::text[]) AS k(kode_kab, kode) ON b.kode_kab = k.kode_kab AND b.kode = k.kode
JOIN wilayah w ON w.kode_kab = b.kode_kab AND w.kode = b.kode AND w.berlaku_sejak = b.wilayah_sejak
WHERE b.sampai IS NULL AND w.berlaku_sampai IS NULL"""


def _keys(kode: Collection[str]) -> tuple[list[str], list[str]]:
    ordered = sorted(kode)
    return [k[:5] for k in ordered], ordered


# ---------- what was built ----------


async def units(conn: Conn) -> dict[str, BuiltUnit]:
    """Code of the unit → what is known of it."""
    cursor = await conn.execute("SELECT kode_kab, sidik, hasil, tepi FROM piramida_satuan")
    return {k: BuiltUnit(s, g, t) for k, s, g, t in await cursor.fetchall()}


async def wholes(conn: Conn, unit: Collection[str]) -> dict[str, bytes]:
    """Unit → all of its area, EWKB, EPSG:3857."""
    cursor = await conn.execute(
        "SELECT kode_kab, ST_AsEWKB(geom) FROM piramida_satuan WHERE kode_kab = ANY(%s)", (sorted(unit),), binary=True
    )
    return {k: bytes(g) for k, g in await cursor.fetchall()}


async def provinces(conn: Conn) -> dict[str, tuple[date, bool]]:
    """Code → (berlaku_sejak, contoh) of the provinces that are drawn."""
    cursor = await conn.execute("SELECT DISTINCT kode, wilayah_sejak, contoh FROM batas_piramida WHERE tingkat = 1")
    return {k: (s, c) for k, s, c in await cursor.fetchall()}


async def save_unit(conn: Conn, kode: str, built_unit: BuiltUnit, geom: bytes) -> None:
    await conn.execute(
        "INSERT INTO piramida_satuan (kode_kab, sidik, hasil, tepi, geom) VALUES (%s, %s, %s, %s, ST_GeomFromEWKB(%s)) "
        "ON CONFLICT (kode_kab) DO UPDATE SET sidik = excluded.sidik, hasil = excluded.hasil, tepi = excluded.tepi, "
        "geom = excluded.geom",
        (kode, built_unit.sidik, built_unit.hasil, Jsonb(built_unit.tepi), geom),
    )


async def drop_units(conn: Conn, unit: Collection[str]) -> None:
    """Take units away with all that was drawn of them."""
    await conn.execute("DELETE FROM piramida_satuan WHERE kode_kab = ANY(%s)", (sorted(unit),))
    await conn.execute("DELETE FROM batas_piramida WHERE kode_kab = ANY(%s)", (sorted(unit),))


async def row_hashes(conn: Conn, kode_kab: Sequence[str], levels: Sequence[int]) -> dict[str, str]:
    """Code → hash of all its rows, for those kabupaten (or provinces) at those levels."""
    cursor = await conn.execute(
        "SELECT kode, md5(string_agg(concat_ws(' ', pita, wilayah_sejak, contoh, md5(ST_AsEWKB(geom)), md5(ST_AsEWKB(titik))), "
        "';' ORDER BY pita)) FROM batas_piramida WHERE kode_kab = ANY(%s) AND tingkat = ANY(%s) GROUP BY kode",
        (list(kode_kab), list(levels)),
    )
    return dict(await cursor.fetchall())


def hash_of(rows: Sequence[PyramidRow]) -> str:
    """The same hash of rows that are not stored yet; of none the empty text."""
    lines = [
        f"{b.pita} {b.sejak} {'t' if b.contoh else 'f'} {_md5(b.geom)} {_md5(b.titik)}"
        for b in sorted(rows, key=lambda b: b.pita)
    ]
    return _md5(";".join(lines).encode()) if lines else ""


def _md5(content: bytes) -> str:
    return hashlib.md5(content, usedforsecurity=False).hexdigest()


async def replace_rows(conn: Conn, kode_kab: Sequence[str], levels: Sequence[int], rows: Iterable[PyramidRow]) -> int:
    """Put these rows in the place of all that those kabupaten (or provinces) have at those levels."""
    await conn.execute(
        "DELETE FROM batas_piramida WHERE kode_kab = ANY(%s) AND tingkat = ANY(%s)", (list(kode_kab), list(levels))
    )
    info = await TypeInfo.fetch(conn, "geometry")
    assert info is not None
    count = 0
    cursor = conn.cursor()
    cursor.adapters.register_dumper(bytes, _dumper(info.oid))
    async with copying(
        conn,
        "COPY batas_piramida (kode_kab, kode, wilayah_sejak, tingkat, pita, geom, titik, contoh) FROM STDIN "
        "WITH (FORMAT BINARY)",
        ("text", "text", "date", "int2", "int2", info.oid, info.oid, "bool"),
        cursor,
    ) as copy:
        for b in rows:
            await copy.write_row((b.kode[:5], b.kode, b.sejak, b.tingkat, b.pita, b.geom, b.titik, b.contoh))
            count += 1
    return count


async def analyze(conn: Conn) -> None:
    await refresh_statistics(conn, "batas_piramida", "piramida_satuan")


def _dumper(geometry: int) -> type[Dumper]:
    """EWKB goes to a geometry column as it is; PostGIS receives it so."""

    class Ewkb(Dumper):
        format = Format.BINARY
        oid = geometry

        def dump(self, obj: Any) -> Buffer | None:
            return bytes(obj)

    return Ewkb
