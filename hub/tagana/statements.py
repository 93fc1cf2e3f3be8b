"""Statements over the Tagana register, grants and the log of readings. Every call runs under the caller's role."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

import psycopg
from psycopg.rows import class_row

from hub.db.database import Conn


@dataclass(frozen=True, slots=True)
class TaganaRow:
    """A member as stored."""

    id: UUID
    nama: str
    tanggal_lahir: date
    jenis_kelamin: str
    kode_desa: str
    alamat: str | None
    nia: str | None
    didata: date
    verifikasi_kabupaten: date | None
    verifikasi_provinsi: date | None
    tahap: str
    sertifikat: str | None
    sampai: date | None
    keahlian: list[str]
    versi: int


_COLUMNS = (
    "id, nama, tanggal_lahir, jenis_kelamin, kode_desa, alamat, nia, didata, verifikasi_kabupaten, verifikasi_provinsi, tahap, "
    "sertifikat, sampai, keahlian, versi"
)


async def desa_in_force(conn: Conn, kode_desa: str, days: Sequence[date]) -> bool:
    """Whether the code names a desa on one of these days."""
    cursor = await conn.execute(
        "SELECT EXISTS (SELECT 1 FROM wilayah w, unnest(%s::date[]) h(hari) WHERE w.kode_kab = left(%s, 5) AND w.kode = %s "
        "AND w.tingkat = 4 AND w.berlaku_sejak <= h.hari AND w.hari_terakhir >= h.hari)",
        (list(days), kode_desa, kode_desa),
    )
    row = await cursor.fetchone()
    return bool(row and row[0])


async def member(conn: Conn, kode_kab: str, id_: UUID) -> TaganaRow | None:
    """One member, held until the transaction ends."""
    cursor = conn.cursor(row_factory=class_row(TaganaRow))
    await cursor.execute(
        f"SELECT {_COLUMNS} FROM tagana WHERE kode_kab = %s AND id = %s FOR UPDATE",
        (kode_kab, id_),
    )
    return await cursor.fetchone()


async def same_person(conn: Conn, kode_kab: str, nia: str | None, kode_desa: str, name: str, born: date) -> UUID | None:
    """Who already has that number, or that name, day of birth and desa."""
    cursor = await conn.execute(
        "SELECT id FROM tagana WHERE kode_kab = %s AND (nia = %s OR (kode_desa = %s AND lower(nama) = lower(%s) "
        "AND tanggal_lahir = %s)) LIMIT 1",
        (kode_kab, nia, kode_desa, name, born),
    )
    row = await cursor.fetchone()
    return row[0] if row else None


async def insert(conn: Conn, kode_kab: str, id_: UUID, values: dict[str, Any], by: str) -> bool:
    """Add a member; False when this person is there already, also when somebody else adds him at this very moment."""
    columns = ", ".join(values)
    cursor = await conn.execute(
        f"INSERT INTO tagana (kode_kab, id, {columns}, versi, diubah_pada, diubah_oleh) "
        f"VALUES (%s, %s, {', '.join(['%s'] * len(values))}, 1, hub_saat(), %s) ON CONFLICT DO NOTHING",
        (kode_kab, id_, *values.values(), by),
    )
    return cursor.rowcount == 1


async def update(conn: Conn, kode_kab: str, id_: UUID, values: dict[str, Any], by: str) -> bool:
    """Change a member; False when this would be the same person as another one."""
    assignments = ", ".join(f"{k} = %s" for k in values)
    try:
        async with conn.transaction():
            await conn.execute(
                f"UPDATE tagana SET {assignments}, versi = versi + 1, diubah_pada = hub_saat(), diubah_oleh = %s "
                "WHERE kode_kab = %s AND id = %s",
                (*values.values(), by, kode_kab, id_),
            )
    except psycopg.errors.UniqueViolation:
        return False
    return True


async def replace_training(
    conn: Conn, kode_kab: str, id_: UUID, trainings: Sequence[tuple[str, date, str | None]]
) -> None:
    """(name, day, organiser) in order."""
    await conn.execute("DELETE FROM pelatihan_tagana WHERE kode_kab = %s AND tagana = %s", (kode_kab, id_))
    async with conn.cursor() as cursor:
        await cursor.executemany(
            "INSERT INTO pelatihan_tagana (kode_kab, tagana, urut, nama, tanggal, penyelenggara) VALUES (%s, %s, %s, %s, %s, %s)",
            [(kode_kab, id_, order, *p) for order, p in enumerate(trainings, 1)],
        )


async def replace_deployments(
    conn: Conn, kode_kab: str, id_: UUID, deployments: Sequence[tuple[str, str, date, date | None, str | None]]
) -> None:
    """(event, phase, from, until, part) in order."""
    await conn.execute("DELETE FROM penugasan_tagana WHERE kode_kab = %s AND tagana = %s", (kode_kab, id_))
    async with conn.cursor() as cursor:
        await cursor.executemany(
            "INSERT INTO penugasan_tagana (kode_kab, tagana, urut, kejadian, fase, sejak, sampai, peran) "
            "VALUES (%s, %s, %s, %s, %s, %s, %s, %s)",
            [(kode_kab, id_, order, *p) for order, p in enumerate(deployments, 1)],
        )


# ---------- grants, and readings under them ----------


@dataclass(frozen=True, slots=True)
class Grant:
    """Leave to read the names of a kabupaten, given to its province. `since` None: from now on by the database's clock; `until`: the
    moment it ends."""

    kode_kab: str
    id: UUID
    since: datetime | None
    until: datetime
    reason: str
    by: str


@dataclass(frozen=True, slots=True)
class Reading:
    """Names of a kabupaten read by its province: who did it, under which grant, how (`action`) and what for."""

    kode_kab: str
    id: UUID
    kode_prov: str
    by: str
    grant: UUID
    action: str
    purpose: str


async def give_grant(conn: Conn, g: Grant) -> None:
    """The grant before it, if any, ends. Two who give at once: the later one stands."""
    while True:
        await conn.execute(
            "UPDATE izin_nama SET berakhir_pada = least(sampai, hub_saat()), berakhir_oleh = %s "
            "WHERE kode_kab = %s AND kode_prov = left(%s, 2) AND berakhir_pada IS NULL",
            (g.by, g.kode_kab, g.kode_kab),
        )
        cursor = await conn.execute(
            "INSERT INTO izin_nama (kode_kab, id, kode_prov, sejak, sampai, alasan, oleh, diberikan_pada) "
            "VALUES (%s, %s, left(%s, 2), coalesce(%s, clock_timestamp()), %s, %s, %s, hub_saat()) "
            "ON CONFLICT (kode_kab, kode_prov) WHERE berakhir_pada IS NULL DO NOTHING",
            (g.kode_kab, g.id, g.kode_kab, g.since, g.until, g.reason, g.by),
        )
        if cursor.rowcount == 1:
            return


async def withdraw_grant(conn: Conn, kode_kab: str, id_: UUID, by: str) -> bool | None:
    """End a grant now, waiting for a reading that is under way. False: it had ended already; None: there is none."""
    cursor = await conn.execute(
        "UPDATE izin_nama SET berakhir_pada = least(sampai, clock_timestamp()), berakhir_oleh = %s "
        "WHERE kode_kab = %s AND id = %s AND berakhir_pada IS NULL",
        (by, kode_kab, id_),
    )
    if cursor.rowcount == 1:
        return True
    found = await conn.execute("SELECT 1 FROM izin_nama WHERE kode_kab = %s AND id = %s", (kode_kab, id_))
    return False if await found.fetchone() else None


async def use_grant(conn: Conn, kode_kab: str, kode_prov: str) -> UUID | None:
    """The grant that holds now, kept from being withdrawn until this transaction ends; None where there is none."""
    cursor = await conn.execute(
        "UPDATE izin_nama SET terakhir_dipakai = clock_timestamp() WHERE kode_kab = %s AND kode_prov = %s "
        "AND berakhir_pada IS NULL AND sejak <= clock_timestamp() AND sampai > clock_timestamp() RETURNING id",
        (kode_kab, kode_prov),
    )
    row = await cursor.fetchone()
    return row[0] if row else None


async def note_reading(conn: Conn, r: Reading) -> None:
    """Before the reading: without this no name shows."""
    await conn.execute(
        "INSERT INTO catatan_akses (kode_kab, id, kode_prov, oleh, izin, aksi, tujuan, anggota) "
        "VALUES (%s, %s, %s, %s, %s, %s, %s, '{}')",
        (r.kode_kab, r.id, r.kode_prov, r.by, r.grant, r.action, r.purpose),
    )


async def note_names(conn: Conn, kode_kab: str, id_: UUID, members: Sequence[UUID]) -> None:
    """After the reading: whose names they were."""
    await conn.execute(
        "UPDATE catatan_akses SET anggota = %s WHERE kode_kab = %s AND id = %s", (list(members), kode_kab, id_)
    )


async def names(conn: Conn, kode_kab: str, after: UUID | None, count: int) -> list[TaganaRow]:
    """Members in order of id, after that one."""
    cursor = conn.cursor(row_factory=class_row(TaganaRow))
    await cursor.execute(
        f"SELECT {_COLUMNS} FROM tagana WHERE kode_kab = %s AND (%s::uuid IS NULL OR id > %s) ORDER BY id LIMIT %s",
        (kode_kab, after, after, count),
    )
    return await cursor.fetchall()
