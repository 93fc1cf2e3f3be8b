"""Statements over bearer tokens."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from psycopg.rows import class_row

from hub.store.database import Conn


@dataclass(frozen=True, slots=True)
class BarisToken:
    """A token without its hash. `terakhir_dipakai` is kept to the minute."""

    id: UUID
    nama: str
    peran: str
    wilayah: str
    dibuat_pada: datetime
    kedaluwarsa_pada: datetime | None
    dicabut_pada: datetime | None
    terakhir_dipakai: datetime | None


_KOLOM = "id, nama, peran, wilayah, dibuat_pada, kedaluwarsa_pada, dicabut_pada, terakhir_dipakai"


async def insert(
    conn: Conn, id_: UUID, nama: str, peran: str, wilayah: str, hash_: bytes, kedaluwarsa: datetime | None
) -> None:
    await conn.execute(
        "INSERT INTO token (id, nama, peran, wilayah, hash, dibuat_pada, kedaluwarsa_pada) VALUES (%s, %s, %s, %s, %s, now(), %s)",
        (id_, nama, peran, wilayah, hash_, kedaluwarsa),
    )


async def use(conn: Conn, hash_: bytes) -> BarisToken | None:
    """The token with that hash, whether or not it may still be used; notes its use, once a minute at most."""
    kursor = await conn.execute(
        f"SELECT {_KOLOM}, dicabut_pada IS NULL AND (terakhir_dipakai IS NULL OR terakhir_dipakai < now() - interval '1 minute') "
        "FROM token WHERE hash = %s",
        (hash_,),
    )
    baris = await kursor.fetchone()
    if baris is None:
        return None
    *isi, basi = baris
    if basi:  # only then: a statement that may write asks for the claim again and again
        await conn.execute("UPDATE token SET terakhir_dipakai = now() WHERE hash = %s", (hash_,))
    return BarisToken(*isi)


async def listed(conn: Conn) -> list[BarisToken]:
    kursor = conn.cursor(row_factory=class_row(BarisToken))
    await kursor.execute(f"SELECT {_KOLOM} FROM token ORDER BY dibuat_pada")
    return await kursor.fetchall()


async def revoke(conn: Conn, id_: UUID) -> bool:
    """End a token now. False when there is none with that id or it is revoked already."""
    kursor = await conn.execute("UPDATE token SET dicabut_pada = now() WHERE id = %s AND dicabut_pada IS NULL", (id_,))
    return kursor.rowcount == 1
