"""Statements over the links of networks and over partners outside. Every call runs under the caller's role; triggers keep
what was replaced."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import psycopg
from psycopg.rows import class_row, dict_row

from hub.base.public_id import PublicId
from hub.db.database import Conn


@dataclass(frozen=True, slots=True)
class LinkEnd:
    """An end of a link. `macam`: WKSBM, SUMBER_DAYA or MITRA; `kab`: empty for a partner; the days it exists, both
    included (date.max: without end)."""

    macam: str
    kab: str
    id: str
    nama: str
    sejak: date
    hari_terakhir: date


@dataclass(frozen=True, slots=True)
class Partner:
    """A partner outside. `recorder`: code of the office that wrote it down, empty: the hub's own."""

    id: str
    nama: str
    jenis: str
    pencatat: str
    versi: int


_SELECT_PARTNER = "SELECT id::text, nama, jenis, pencatat, versi FROM mitra_luar"
_LAST_DAY = "least(hari_terakhir, '9999-12-31') AS hari_terakhir"  # infinity is no date in Python


async def place(conn: Conn, key: PublicId) -> LinkEnd | None:
    """The network, or else the social resource, of a public id."""
    cursor = conn.cursor(row_factory=class_row(LinkEnd))
    await cursor.execute(
        f"""SELECT 'WKSBM' AS macam, kode_kab AS kab, id::text AS id, nama, sejak, {_LAST_DAY}
        FROM wksbm WHERE kode_kab = %(kab)s AND id = %(id)s
        UNION ALL SELECT 'SUMBER_DAYA', kode_kab, id::text, nama, sejak, {_LAST_DAY}
        FROM sumber_daya WHERE kode_kab = %(kab)s AND id = %(id)s
        ORDER BY macam DESC LIMIT 1""",
        {"kab": key.kode_kab, "id": key.id},
    )
    return await cursor.fetchone()


async def same_pair(conn: Conn, origin: str, target: LinkEnd) -> list[dict[str, Any]]:
    """Links between these two, of any time: those of `origin` and, between networks, those written by the other side
    (`balik`)."""
    cursor = conn.cursor(row_factory=dict_row)
    await cursor.execute(
        f"""SELECT id::text, jenis, skala, sejak, sampai, {_LAST_DAY}, versi, asal <> %(asal)s AS balik FROM hubungan_wksbm
        WHERE asal = %(asal)s AND macam = %(macam)s AND tujuan_kab = %(kab)s AND tujuan = %(tujuan)s
        UNION ALL SELECT id::text, jenis, skala, sejak, sampai, {_LAST_DAY}, versi, true FROM hubungan_wksbm
        WHERE asal = %(tujuan)s AND macam = 'WKSBM' AND tujuan = %(asal)s AND %(macam)s = 'WKSBM' ORDER BY sejak""",
        {"asal": origin, "macam": target.macam, "kab": target.kab, "tujuan": target.id},
    )
    return await cursor.fetchall()


async def insert(conn: Conn, id_: str, origin: PublicId, target: LinkEnd, values: Mapping[str, Any], by: str) -> None:
    """A new link; `values`: jenis, skala, sejak, sampai."""
    await conn.execute(
        "INSERT INTO hubungan_wksbm (id, asal_kab, asal, macam, tujuan_kab, tujuan, jenis, skala, sejak, sampai, diubah_oleh) "
        "VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s)",
        (
            id_, origin.kode_kab, origin.id, target.macam, target.kab, target.id,
            values["jenis"], values["skala"], values["sejak"], values["sampai"], by,
        ),
    )  # fmt: skip


async def update(conn: Conn, id_: str, scale: str, until: date | None, by: str) -> None:
    await conn.execute(
        "UPDATE hubungan_wksbm SET skala = %s, sampai = %s, diubah_oleh = %s WHERE id = %s", (scale, until, by, id_)
    )


# ---------- partners ----------


async def partner(conn: Conn, id_: str, *, lock: bool = False) -> Partner | None:
    """`lock` holds the row until the transaction ends, and finds it only where the caller may write it."""
    cursor = conn.cursor(row_factory=class_row(Partner))
    await cursor.execute(f"{_SELECT_PARTNER} WHERE id = %s{' FOR UPDATE' if lock else ''}", (id_,))
    return await cursor.fetchone()


async def find_partner(conn: Conn, name: str) -> Partner | None:
    """The partner of that name; letters and digits count, nothing else."""
    cursor = conn.cursor(row_factory=class_row(Partner))
    await cursor.execute(
        f"{_SELECT_PARTNER} WHERE kunci = regexp_replace(lower(%s), '[^a-z0-9]'::text, ''::text, 'g'::text)", (name,)
    )
    return await cursor.fetchone()


async def partner_named(conn: Conn, id_: str, name: str, kind: str, recorder: str, by: str) -> Partner:
    """The partner of that name; a new one where there is none."""
    await conn.execute(
        "INSERT INTO mitra_luar (id, nama, jenis, pencatat, diubah_oleh) VALUES (%s, %s, %s, %s, %s) ON CONFLICT DO NOTHING",
        (id_, name, kind, recorder, by),
    )
    existing = await find_partner(conn, name)
    assert existing is not None, "it was there or has been added"
    return existing


async def rename_partner(conn: Conn, id_: str, name: str, kind: str, by: str) -> int | None:
    """The new version; None where another partner has that name."""
    try:
        async with conn.transaction():
            cursor = await conn.execute(
                "UPDATE mitra_luar SET nama = %s, jenis = %s, diubah_oleh = %s WHERE id = %s RETURNING versi",
                (name, kind, by, id_),
            )
            row = await cursor.fetchone()
    except psycopg.errors.UniqueViolation:
        return None
    assert row is not None, "the row is locked by this transaction"
    version: int = row[0]
    return version
