"""Statements over the links of networks and over partners outside. Every call runs under the caller's role; triggers keep
what was replaced."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import psycopg
from psycopg.rows import class_row, dict_row

from hub.base.id_publik import IdPublik
from hub.db.database import Conn


@dataclass(frozen=True, slots=True)
class Ujung:
    """An end of a link. `macam`: WKSBM, SUMBER_DAYA or MITRA; `kab`: empty for a partner; the days it exists, both
    included (date.max: without end)."""

    macam: str
    kab: str
    id: str
    nama: str
    sejak: date
    hari_terakhir: date


@dataclass(frozen=True, slots=True)
class Mitra:
    """A partner outside. `pencatat`: code of the office that wrote it down, empty: the hub's own."""

    id: str
    nama: str
    jenis: str
    pencatat: str
    versi: int


_MITRA = "SELECT id::text, nama, jenis, pencatat, versi FROM mitra_luar"
_SELAMANYA = "least(hari_terakhir, '9999-12-31') AS hari_terakhir"  # infinity is no date in Python


async def place(conn: Conn, kunci: IdPublik) -> Ujung | None:
    """The network, or else the social resource, of a public id."""
    kursor = conn.cursor(row_factory=class_row(Ujung))
    await kursor.execute(
        f"""SELECT 'WKSBM' AS macam, kode_kab AS kab, id::text AS id, nama, sejak, {_SELAMANYA}
        FROM wksbm WHERE kode_kab = %(kab)s AND id = %(id)s
        UNION ALL SELECT 'SUMBER_DAYA', kode_kab, id::text, nama, sejak, {_SELAMANYA}
        FROM sumber_daya WHERE kode_kab = %(kab)s AND id = %(id)s
        ORDER BY macam DESC LIMIT 1""",
        {"kab": kunci.kode_kab, "id": kunci.id},
    )
    return await kursor.fetchone()


async def same_pair(conn: Conn, asal: str, tujuan: Ujung) -> list[dict[str, Any]]:
    """Links between these two, of any time: those of `asal` and, between networks, those written by the other side
    (`balik`)."""
    kursor = conn.cursor(row_factory=dict_row)
    await kursor.execute(
        f"""SELECT id::text, jenis, skala, sejak, sampai, {_SELAMANYA}, versi, asal <> %(asal)s AS balik FROM hubungan_wksbm
        WHERE asal = %(asal)s AND macam = %(macam)s AND tujuan_kab = %(kab)s AND tujuan = %(tujuan)s
        UNION ALL SELECT id::text, jenis, skala, sejak, sampai, {_SELAMANYA}, versi, true FROM hubungan_wksbm
        WHERE asal = %(tujuan)s AND macam = 'WKSBM' AND tujuan = %(asal)s AND %(macam)s = 'WKSBM' ORDER BY sejak""",
        {"asal": asal, "macam": tujuan.macam, "kab": tujuan.kab, "tujuan": tujuan.id},
    )
    return await kursor.fetchall()


async def insert(conn: Conn, id_: str, asal: IdPublik, tujuan: Ujung, isi: Mapping[str, Any], oleh: str) -> None:
    """A new link; `isi`: jenis, skala, sejak, sampai."""
    await conn.execute(
        "INSERT INTO hubungan_wksbm (id, asal_kab, asal, macam, tujuan_kab, tujuan, jenis, skala, sejak, sampai, diubah_oleh) "
        "VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s)",
        (
            id_, asal.kode_kab, asal.id, tujuan.macam, tujuan.kab, tujuan.id,
            isi["jenis"], isi["skala"], isi["sejak"], isi["sampai"], oleh,
        ),
    )  # fmt: skip


async def update(conn: Conn, id_: str, skala: str, sampai: date | None, oleh: str) -> None:
    await conn.execute(
        "UPDATE hubungan_wksbm SET skala = %s, sampai = %s, diubah_oleh = %s WHERE id = %s", (skala, sampai, oleh, id_)
    )


# ---------- partners ----------


async def partner(conn: Conn, id_: str, *, lock: bool = False) -> Mitra | None:
    """`lock` holds the row until the transaction ends, and finds it only where the caller may write it."""
    kursor = conn.cursor(row_factory=class_row(Mitra))
    await kursor.execute(f"{_MITRA} WHERE id = %s{' FOR UPDATE' if lock else ''}", (id_,))
    return await kursor.fetchone()


async def find_partner(conn: Conn, nama: str) -> Mitra | None:
    """The partner of that name; letters and digits count, nothing else."""
    kursor = conn.cursor(row_factory=class_row(Mitra))
    await kursor.execute(
        f"{_MITRA} WHERE kunci = regexp_replace(lower(%s), '[^a-z0-9]'::text, ''::text, 'g'::text)", (nama,)
    )
    return await kursor.fetchone()


async def partner_named(conn: Conn, id_: str, nama: str, jenis: str, pencatat: str, oleh: str) -> Mitra:
    """The partner of that name; a new one where there is none."""
    await conn.execute(
        "INSERT INTO mitra_luar (id, nama, jenis, pencatat, diubah_oleh) VALUES (%s, %s, %s, %s, %s) ON CONFLICT DO NOTHING",
        (id_, nama, jenis, pencatat, oleh),
    )
    ada = await find_partner(conn, nama)
    assert ada is not None, "it was there or has been added"
    return ada


async def rename_partner(conn: Conn, id_: str, nama: str, jenis: str, oleh: str) -> int | None:
    """The new version; None where another partner has that name."""
    try:
        async with conn.transaction():
            kursor = await conn.execute(
                "UPDATE mitra_luar SET nama = %s, jenis = %s, diubah_oleh = %s WHERE id = %s RETURNING versi",
                (nama, jenis, oleh, id_),
            )
            baris = await kursor.fetchone()
    except psycopg.errors.UniqueViolation:
        return None
    assert baris is not None, "the row is locked by this transaction"
    versi: int = baris[0]
    return versi
