"""The country of `scripts/bench intake`: the regions of the real size (38 provinces, 514 kabupaten, 83.762 desa) and the shipped
catalogue, nothing sent yet; and what each office sends, 7.000 values of form F07 of a half year.

What stands in a cell follows from its office, place and period alone, so that what arrived can be counted afterwards.
"""

import asyncio
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby
from typing import Any
from zlib import crc32

import psycopg

from bench.national_data import Size, regions
from hub.base.kode import Level
from hub.db.database import Database
from hub.db.migrate import migrate
from hub.katalog.install import install_katalog
from hub.wilayah import statements as wilayah_statements
from hub.wilayah.statements import WilayahRow
from seeds.katalog_toml import read_katalog

COUNTRY = Size()
VALUES = 7_000
FORMULIR, BEFORE, PERIODE = "F07", "2023-S2", "2024-S1"
_PERSONS = (
    *range(1, 21),
    23,
)  # kinds of PPKS that are persons: by sex, and where there are many columns by age as well
_SEXES, _AGES = ("L", "P"), ("0-4", "5-17", "18-59", "60+")


def build(url: str, size: Size, say: Callable[[str], None]) -> None:
    """Fill an empty database: migrations, catalogue, every region of the country."""
    migrate(url)
    asyncio.run(_fill(url, size))
    with psycopg.connect(url, autocommit=True) as conn:
        conn.execute("VACUUM (ANALYZE) wilayah")
    say("wilayah")


async def _fill(url: str, size: Size) -> None:
    db = Database(url, 2)
    await db.open()
    try:
        await install_katalog(db, read_katalog())
        async with db.as_owner() as conn:
            await wilayah_statements.insert(conn, list(regions(size)))
    finally:
        await db.close()


@dataclass(frozen=True, slots=True)
class Office:
    """A kabupaten and its desa."""

    kode: str
    desa: tuple[WilayahRow, ...]
    kecamatan: Mapping[str, str]  # names by code

    @property
    def columns(self) -> list[dict[str, Any]]:
        """As many as make 7.000 values of its desa: kinds by sex, the first of them by sex and age where it has few desa."""
        wanted = -(-VALUES // len(self.desa))
        crossed = max(0, -(-(wanted - 2 * len(_PERSONS)) // 6))
        made: list[dict[str, Any]] = []
        for place, kind in enumerate(_PERSONS):
            ages: tuple[str | None, ...] = _AGES if place < crossed else (None,)
            if len(made) < wanted:
                made += [_column(kind, sex, age) for sex in _SEXES for age in ages]
        return made


def _column(kind: int, sex: str, age: str | None) -> dict[str, Any]:
    choices = {"jenis_ppks": str(kind), "JK": sex} | ({"umur": age} if age else {})
    return {"elemen": "PPK01", "rincian": [{"rincian": r, "pilihan": p} for r, p in choices.items()]}


@dataclass(frozen=True)
class Sending:
    """What an office sends of a period: a table as it stands in its book. `edition`: of the second on, one cell in twenty differs."""

    office: Office
    periode: str = PERIODE
    edition: int = 1

    @property
    def key(self) -> str:
        return f"{self.periode}-{self.edition}"

    @cached_property
    def rows(self) -> list[list[int | None]]:
        width = range(len(self.office.columns))
        return [[self._value(w.kode, column) for column in width] for w in self.office.desa]

    def _value(self, kode: str, column: int) -> int | None:
        mark = crc32(f"{kode} {column}".encode())
        if mark % 50 == 0:
            return None  # nobody counted
        usual = mark // 50 % 40
        if self.periode != BEFORE:
            usual += crc32(f"{kode} {column} {self.periode}".encode()) % 5 - 2
            usual = usual * 9 if mark % 400 == 1 else usual  # far from what it was
        if self.edition > 1 and (mark // 7) % 20 == self.edition % 20:
            usual += 1
        return max(usual, 0)

    @property
    def figures(self) -> list[int]:
        return [n for row in self.rows for n in row if n is not None]

    @property
    def cells(self) -> int:
        return len(self.office.desa) * len(self.office.columns)

    def as_table(self) -> dict[str, Any]:
        """RekapMasukan. Every seventh office writes names where its names are unique, and figures as text like "1.200"."""
        by_name = int(self.office.kode[3:]) % 7 == 0
        places = [self._by_name(w) if by_name else {"wilayah": w.kode} for w in self.office.desa]
        rows = [
            {**place, "nilai": [None if n is None else str(n) if by_name else n for n in row]}
            for place, row in zip(places, self.rows, strict=True)
        ]
        return {**self._head(), "tabel": [{"kolom": self.office.columns, "baris": rows}]}

    def as_values(self) -> dict[str, Any]:
        """RekapMasukan with one `nilai` for each cell."""
        cells = [
            {"wilayah": w.kode, **column, **({"status": "TIDAK_ADA_DATA"} if n is None else {"nilai": n})}
            for w, row in zip(self.office.desa, self.rows, strict=True)
            for column, n in zip(self.office.columns, row, strict=True)
        ]
        return {**self._head(), "nilai": cells}

    def _head(self) -> dict[str, Any]:
        return {"pelapor": self.office.kode, "formulir": FORMULIR, "periode": self.periode, "kunciIdempoten": self.key}

    def _by_name(self, w: WilayahRow) -> dict[str, str]:
        kecamatan = self.office.kecamatan[w.kode[:8]]
        alike = Counter(d.nama.casefold() for d in self.office.desa if d.kode[:8] == w.kode[:8])
        same_kecamatan = Counter(n.casefold() for n in self.office.kecamatan.values())
        if alike[w.nama.casefold()] > 1 or same_kecamatan[kecamatan.casefold()] > 1:
            return {"wilayah": w.kode}
        return {"namaWilayah": f"Desa {w.nama}", "namaKecamatan": kecamatan.upper()}


def offices(size: Size = COUNTRY) -> Iterator[Office]:
    """Every kabupaten of the country, in the order of codes."""
    below = sorted((w for w in regions(size) if w.tingkat >= Level.KECAMATAN), key=lambda w: w.kode)
    for kab, rows in groupby(below, key=lambda w: w.kode[:5]):
        inside = list(rows)
        names = {w.kode: w.nama for w in inside if w.tingkat == Level.KECAMATAN}
        yield Office(kab, tuple(w for w in inside if w.tingkat == Level.DESA), names)
