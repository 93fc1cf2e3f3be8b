"""Figures as one long table: the rows of `agregat` and `indikator`, as those reads select them, handed on a few at a time.

A province is read kabupaten by kabupaten, of many figures kecamatan by kecamatan, in one transaction: the order is that of codes
anyway, and no statement has more to sort, nor more to do within its time limit, than one of them is.
"""

from collections.abc import AsyncGenerator, AsyncIterator, Mapping
from contextlib import aclosing, asynccontextmanager
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import Text, and_, cast, func, select

from hub.angka import reads
from hub.angka.agregat import periods, regions_below
from hub.base.actor import Actor
from hub.base.kode import Level, level_of
from hub.base.questions import periode_ends
from hub.db.database import Conn, Database, Statement
from hub.db.dialect import DIALECT
from hub.katalog.katalog import Katalog
from hub.plan.arguments import Args, Getter, Parameters
from hub.plan.sql_text import Names
from hub.wilayah import reads as wilayah_reads

COLUMNS = ("kode", "nama", "elemen", "periode", "rincian", "nilai", "status")
_FEW = 40  # figures of one desa: of a kabupaten then some thousand, of which a statement makes an end within its time
BATCH = 2_000  # rows handed on at a time: some milliseconds of the event loop


@dataclass(frozen=True, slots=True)
class TableQuestion:
    """Everything checked. `kode`: of elements, or of indicators; `rincian`: names of breakdowns that are kept apart, of elements
    only; `pada`: as it was known then."""

    indikator: bool
    kode: tuple[str, ...]
    periode: tuple[str, ...]
    wilayah: str
    level: Level
    rincian: tuple[str, ...] = ()
    pada: datetime | None = None

    def arguments(self, wilayah: str) -> dict[str, Any]:
        """As GraphQL calls them."""
        return {
            "kode" if self.indikator else "elemen": list(self.kode), "periode": list(self.periode), "wilayah": wilayah,
            "tingkat": self.level.name, "rincian": list(self.rincian) or None, "pada": self.pada,
        }  # fmt: skip


class TableRow(NamedTuple):
    """`kode`, `nama`: of the region; `rincian`: breakdown → choice; `nilai`: all digits, a point before the fraction; None where
    there is none, or none is told. `elemen`: an indicator's code where indicators are asked."""

    kode: str
    nama: str
    elemen: str
    periode: str
    rincian: Mapping[str, str]
    nilai: str | None
    status: str


async def fewest_rows(conn: Conn, question: TableQuestion) -> int:
    """How many rows the table has; at least so many where breakdowns, or what indicators achieve, are told apart."""
    sql, values = _count(question.level), _values(question)
    row = await (await conn.execute(sql, values)).fetchone()
    assert row is not None
    return int(row[0]) * len(question.kode)


async def rows_of(conn: Conn, question: TableQuestion, katalog: Katalog) -> AsyncGenerator[list[TableRow]]:
    """All rows by code of region, then as they were asked. `conn`: of `Database.moment`."""
    await conn.execute("SET LOCAL cursor_tuple_fraction = 1")  # all of them are wanted, not the first soon
    for wilayah in await _parts(conn, question):
        statement = table_statement(question, katalog, wilayah)
        async with conn.cursor("tabel") as cursor:
            await cursor.execute(statement.sql, statement.params)
            while rows := await cursor.fetchmany(BATCH):
                yield [TableRow._make(row) for row in rows]
                if len(rows) < BATCH:
                    break


@dataclass(frozen=True, slots=True)
class OpenTable:
    """`fewest`: rows it has at least; `rows`: all of them, a batch at a time, as of one moment."""

    fewest: int
    rows: AsyncGenerator[list[TableRow]]


@asynccontextmanager
async def open_table(db: Database, actor: Actor, question: TableQuestion, katalog: Katalog) -> AsyncIterator[OpenTable]:
    """The table as that caller sees it; a connection is held until the end. Raises what `Database.moment` raises."""
    statement = table_statement(question, katalog, question.wilayah)
    async with db.moment(actor, [statement]) as conn, aclosing(rows_of(conn, question, katalog)) as rows:
        yield OpenTable(await fewest_rows(conn, question), rows)


def table_statement(question: TableQuestion, katalog: Katalog, wilayah: str) -> Statement:
    """Its rows at that code or below it. Raises InvalidInputError and UnknownNameError, where the question is not in order."""
    asked = question.arguments(wilayah)
    sql, parameters = _statement(question.indikator, question.level, bool(question.rincian), question.pada is not None)
    return Statement(sql, parameters.values(asked, katalog))


class _Asked(Args):
    """Arguments by name. `shape`: those that shape the statement."""

    def __init__(self, parameters: Parameters, shape: Mapping[str, Any]) -> None:
        super().__init__(parameters)
        self._shape = shape

    def now(self, name: str) -> Any:
        return self._shape.get(name)

    def getter(self, name: str) -> Getter:
        return lambda values: values[name]


@cache
def _statement(indikator: bool, level: Level, detailed: bool, known_then: bool) -> tuple[str, Parameters]:
    parameters = Parameters()
    shape = {"tingkat": level.name, "rincian": True if detailed else None, "pada": True if known_then else None}
    args = _Asked(parameters, shape)
    rows = reads.indikator(args) if indikator else reads.agregat(args)
    region = (reads.region_of_indicator if indikator else wilayah_reads.region)(rows.row, args)
    c = rows.row.source.c
    columns = (
        region.row["kode"], wilayah_reads.name(region.row, args), c.kode if indikator else c.elemen, c.periode, c.rincian,
        cast(func.trim_scale(c.nilai), Text), c.status,
    )  # fmt: skip
    table = select(*columns).select_from(rows.row.source.join(region.row.source, and_(*region.where)))
    return str(table.order_by(*rows.order).compile(dialect=DIALECT)), parameters


def _values(question: TableQuestion) -> dict[str, Any]:
    ends: list[date] = periode_ends(list(question.periode))
    return {"wilayah": question.wilayah, "periode": list(question.periode), "akhir": ends}


@cache
def _count(level: Level) -> str:
    n = Names({name: f"%({name})s" for name in ("wilayah", "periode", "akhir")})
    return f"SELECT count(*) FROM {periods(n)} AS p JOIN wilayah r ON {regions_below(n, level)}"


async def _parts(conn: Conn, question: TableQuestion) -> list[str]:
    """The codes that are read one after the other."""
    per_region = len(question.kode) * len(question.periode)
    many = question.level is Level.DESA and (per_region > _FEW or bool(question.rincian))
    part = Level.KECAMATAN if many else Level.KABUPATEN
    if question.level <= part or level_of(question.wilayah) >= part:
        return [question.wilayah]
    cursor = await conn.execute(
        "SELECT DISTINCT left(kode, %(panjang)s) AS bagian FROM wilayah WHERE kode_kab >= left(%(wilayah)s, 5) "
        "AND kode_kab < left(%(wilayah)s, 5) || '/' AND kode > %(wilayah)s AND kode < %(wilayah)s || '/' "
        "AND tingkat = %(tingkat)s ORDER BY bagian",
        {"wilayah": question.wilayah, "tingkat": int(question.level), "panjang": 3 * int(part) - 1},
    )
    return [kode for (kode,) in await cursor.fetchall()]
