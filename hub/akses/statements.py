"""Statements over bearer tokens."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from psycopg.rows import class_row

from hub.db.database import Conn


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


async def find(conn: Conn, hashes: list[bytes]) -> dict[bytes, BarisToken]:
    """The tokens with these hashes, by hash, whether or not they may still be used; notes no use."""
    kursor = await conn.execute(f"SELECT hash, {_KOLOM} FROM token WHERE hash = ANY(%s)", (hashes,))
    return {bytes(hash_): BarisToken(*rest) for hash_, *rest in await kursor.fetchall()}


async def listed(conn: Conn) -> list[BarisToken]:
    kursor = conn.cursor(row_factory=class_row(BarisToken))
    await kursor.execute(f"SELECT {_KOLOM} FROM token ORDER BY dibuat_pada")
    return await kursor.fetchall()


async def locked(conn: Conn, id_: UUID) -> BarisToken | None:
    """The token with that id, held until the transaction ends."""
    cursor = conn.cursor(row_factory=class_row(BarisToken))
    await cursor.execute(f"SELECT {_KOLOM} FROM token WHERE id = %s FOR UPDATE", (id_,))
    return await cursor.fetchone()


async def revoke(conn: Conn, id_: UUID) -> bool:
    """End a token now. False when there is none with that id or it is revoked already."""
    kursor = await conn.execute("UPDATE token SET dicabut_pada = now() WHERE id = %s AND dicabut_pada IS NULL", (id_,))
    return kursor.rowcount == 1
