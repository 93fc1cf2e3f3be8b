"""What is asked of and written into the register of programmes. Every call runs under the caller's role; triggers keep what was
replaced."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from hub.anggaran.draft import KeptProgram, Program
from hub.db.database import Conn

_ROW = "sumber, kunci, nama, induk, alias, kunci_alias, urut, berlaku_sejak, berlaku_sampai"


async def lock(conn: Conn, kode_kab: str, year: int) -> None:
    """One list of an office and year at a time, until the transaction ends."""
    await conn.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", (f"program {kode_kab} {year}",))


async def of_year(conn: Conn, kode_kab: str, year: int) -> list[KeptProgram]:
    """Everything that an office's list of that year ever held."""
    cursor = await conn.execute(
        f"SELECT {_ROW} FROM program WHERE kode_kab = %s AND tahun = %s ORDER BY sumber, urut, kunci", (kode_kab, year)
    )
    return [_kept(row) for row in await cursor.fetchall()]


async def for_year(conn: Conn, kode_kab: str, year: int) -> list[tuple[int, KeptProgram]]:
    """(year of the list, programme) of the list that holds in that year: its own, else the last before, else the first after."""
    cursor = await conn.execute(
        f"SELECT p.tahun, {_ROW} FROM (SELECT CAST(%(kab)s AS text) AS kode_kab) o CROSS JOIN LATERAL "
        f"({year_of_list('o', '%(tahun)s')}) y JOIN program p ON p.kode_kab = o.kode_kab AND p.tahun = y.tahun "
        "ORDER BY sumber, urut, kunci",
        {"kab": kode_kab, "tahun": year},
    )
    return [(row[0], _kept(row[1:])) for row in await cursor.fetchall()]


def year_of_list(office: str, year: str) -> str:
    """A SELECT of the year whose list holds in another one. `office`: an alias of rows with its kode_kab; `year`: how it is written."""
    return (
        f"SELECT l.tahun FROM program l WHERE l.kode_kab = {office}.kode_kab "
        f"ORDER BY l.tahun > {year}, abs(l.tahun - {year}) LIMIT 1"
    )


async def insert(
    conn: Conn, kode_kab: str, year: int, programs: Sequence[Program], since: date, by: str
) -> None:  # fmt: skip
    """New programmes, in force since that day."""
    async with conn.cursor() as cursor:
        await cursor.executemany(
            "INSERT INTO program (kode_kab, tahun, sumber, kunci, nama, induk, alias, kunci_alias, urut, berlaku_sejak, oleh) "
            "VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s)",
            [
                (kode_kab, year, p.sumber, p.kunci, p.nama, p.induk, list(p.alias), list(p.kunci_alias), p.urut, since, by)
                for p in programs
            ],
        )  # fmt: skip


async def update(
    conn: Conn, kode_kab: str, year: int, programs: Sequence[KeptProgram], by: str
) -> None:  # fmt: skip
    """Replace what is said of programmes that are there."""
    async with conn.cursor() as cursor:
        await cursor.executemany(
            "UPDATE program SET nama = %s, induk = %s, alias = %s, kunci_alias = %s, urut = %s, berlaku_sejak = %s, "
            "berlaku_sampai = %s, oleh = %s WHERE kode_kab = %s AND tahun = %s AND sumber = %s AND kunci = %s",
            [
                (
                    k.program.nama, k.program.induk, list(k.program.alias), list(k.program.kunci_alias), k.program.urut,
                    k.berlaku_sejak, k.berlaku_sampai, by, kode_kab, year, k.program.sumber, k.program.kunci,
                )
                for k in programs
            ],
        )  # fmt: skip


def _kept(row: tuple[Any, ...]) -> KeptProgram:
    program = Program(row[0], row[1], row[2], row[3], tuple(row[4]), tuple(row[5]), row[6])
    return KeptProgram(program, row[7], row[8])
