"""Statements over bearer tokens."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from psycopg.rows import class_row

from hub.db.database import Conn


@dataclass(frozen=True, slots=True)
class TokenRow:
    """A token without its hash. `terakhir_dipakai` is kept to the minute."""

    id: UUID
    nama: str
    peran: str
    wilayah: str
    dibuat_pada: datetime
    kedaluwarsa_pada: datetime | None
    dicabut_pada: datetime | None
    terakhir_dipakai: datetime | None


@dataclass(frozen=True, slots=True)
class NewToken:
    """A token to store: who bears it, what its bearer is and where, its hash, the moment it ends (None: never)."""

    id: UUID
    name: str
    role: str
    wilayah: str
    hash: bytes
    expires: datetime | None


_COLUMNS = "id, nama, peran, wilayah, dibuat_pada, kedaluwarsa_pada, dicabut_pada, terakhir_dipakai"


async def insert(conn: Conn, t: NewToken) -> None:
    await conn.execute(
        "INSERT INTO token (id, nama, peran, wilayah, hash, dibuat_pada, kedaluwarsa_pada) VALUES (%s, %s, %s, %s, %s, now(), %s)",
        (t.id, t.name, t.role, t.wilayah, t.hash, t.expires),
    )


async def use(conn: Conn, hash_: bytes) -> TokenRow | None:
    """The token with that hash, whether or not it may still be used; notes its use, once a minute at most."""
    cursor = await conn.execute(
        f"SELECT {_COLUMNS}, dicabut_pada IS NULL AND (terakhir_dipakai IS NULL OR terakhir_dipakai < now() - interval '1 minute') "
        "FROM token WHERE hash = %s",
        (hash_,),
    )
    row = await cursor.fetchone()
    if row is None:
        return None
    *values, stale = row
    if stale:  # only then: a statement that may write asks for the claim again and again
        await conn.execute("UPDATE token SET terakhir_dipakai = now() WHERE hash = %s", (hash_,))
    return TokenRow(*values)


async def find(conn: Conn, hashes: list[bytes]) -> dict[bytes, TokenRow]:
    """The tokens with these hashes, by hash, whether or not they may still be used; notes no use."""
    cursor = await conn.execute(f"SELECT hash, {_COLUMNS} FROM token WHERE hash = ANY(%s)", (hashes,))
    return {bytes(hash_): TokenRow(*rest) for hash_, *rest in await cursor.fetchall()}


async def listed(conn: Conn) -> list[TokenRow]:
    cursor = conn.cursor(row_factory=class_row(TokenRow))
    await cursor.execute(f"SELECT {_COLUMNS} FROM token ORDER BY dibuat_pada")
    return await cursor.fetchall()


async def locked(conn: Conn, id_: UUID) -> TokenRow | None:
    """The token with that id, held until the transaction ends."""
    cursor = conn.cursor(row_factory=class_row(TokenRow))
    await cursor.execute(f"SELECT {_COLUMNS} FROM token WHERE id = %s FOR UPDATE", (id_,))
    return await cursor.fetchone()


async def revoke(conn: Conn, id_: UUID) -> bool:
    """End a token now. False when there is none with that id or it is revoked already."""
    cursor = await conn.execute("UPDATE token SET dicabut_pada = now() WHERE id = %s AND dicabut_pada IS NULL", (id_,))
    return cursor.rowcount == 1
