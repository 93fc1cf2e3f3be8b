"""Statements over invitations: tokens that wait to be fetched with a code."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from psycopg.rows import class_row

from hub.db.database import Conn


@dataclass(frozen=True, slots=True)
class InvitationRow:
    """An invitation without its code. `token_sampai`: when its token ends; `salah`: wrong tries; `token`: id of the token it was
    exchanged for."""

    id: UUID
    nama: str
    peran: str
    wilayah: str
    token_sampai: datetime | None
    dibuat_pada: datetime
    kedaluwarsa_pada: datetime
    salah: int
    dicabut_pada: datetime | None
    dipakai_pada: datetime | None
    token: UUID | None
    garam: bytes | None


@dataclass(frozen=True, slots=True)
class NewInvitation:
    """An invitation to store. `number`, `hash`: of its code; `hours`: for which the code is good."""

    id: UUID
    name: str
    role: str
    wilayah: str
    token_expires: datetime | None
    number: str
    hash: bytes
    hours: int


_COLUMNS = "id, nama, peran, wilayah, token_sampai, dibuat_pada, kedaluwarsa_pada, salah, dicabut_pada, dipakai_pada, token, garam"


async def insert(conn: Conn, n: NewInvitation) -> datetime | None:
    """When its code ends; None where another has that number: nothing is stored."""
    cursor = await conn.execute(
        "INSERT INTO undangan (id, nama, peran, wilayah, token_sampai, nomor, hash, dibuat_pada, kedaluwarsa_pada) "
        "VALUES (%s, %s, %s, %s, %s, %s, %s, now(), now() + make_interval(hours => %s)) ON CONFLICT (nomor) DO NOTHING "
        "RETURNING kedaluwarsa_pada",
        (n.id, n.name, n.role, n.wilayah, n.token_expires, n.number, n.hash, n.hours),
    )
    row = await cursor.fetchone()
    return None if row is None else row[0]


async def find(conn: Conn, numbers: list[str]) -> dict[str, tuple[UUID, bytes]]:
    """Id and hash by number, whether or not they are good any more."""
    cursor = await conn.execute("SELECT nomor, id, hash FROM undangan WHERE nomor = ANY(%s)", (numbers,))
    return {number: (id_, bytes(hash_)) for number, id_, hash_ in await cursor.fetchall()}


async def count_wrong(conn: Conn, id_: UUID, most: int) -> None:
    """One more wrong try, as long as they matter."""
    await conn.execute(
        "UPDATE undangan SET salah = salah + 1 WHERE id = %s AND salah < %s AND dipakai_pada IS NULL", (id_, most)
    )


async def locked(conn: Conn, id_: UUID) -> InvitationRow | None:
    """The invitation with that id, held until the transaction ends."""
    cursor = conn.cursor(row_factory=class_row(InvitationRow))
    await cursor.execute(f"SELECT {_COLUMNS} FROM undangan WHERE id = %s FOR UPDATE", (id_,))
    return await cursor.fetchone()


async def use(conn: Conn, id_: UUID, token: UUID, salt: bytes) -> None:
    await conn.execute(
        "UPDATE undangan SET dipakai_pada = now(), token = %s, garam = %s WHERE id = %s", (token, salt, id_)
    )


async def forget_salts(conn: Conn, minutes: int) -> None:
    """Of those that were exchanged longer ago."""
    await conn.execute(
        "UPDATE undangan SET garam = NULL WHERE garam IS NOT NULL AND dipakai_pada < now() - make_interval(mins => %s)",
        (minutes,),
    )


async def listed(conn: Conn) -> list[InvitationRow]:
    """Those that were not exchanged."""
    cursor = conn.cursor(row_factory=class_row(InvitationRow))
    await cursor.execute(f"SELECT {_COLUMNS} FROM undangan WHERE dipakai_pada IS NULL ORDER BY dibuat_pada")
    return await cursor.fetchall()


async def withdraw(conn: Conn, id_: UUID) -> bool:
    """False when there is none with that id that waits."""
    cursor = await conn.execute(
        "UPDATE undangan SET dicabut_pada = now() WHERE id = %s AND dicabut_pada IS NULL AND dipakai_pada IS NULL",
        (id_,),
    )
    return cursor.rowcount == 1
