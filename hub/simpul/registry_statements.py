"""The SQL of the registry of nodes, in transactions of the hub itself."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from psycopg.rows import class_row

from hub.db.database import Conn


@dataclass(frozen=True, slots=True)
class NodeRow:
    """See hub/simpul/tables.py. `frozen`: whether a hand-over is under way; None: none was; `now`: the database's time when it was read; `why`: why it is not well, for people; None: it is."""

    kode_kab: str
    mode: str
    mode_diminta: str
    url: str | None
    induk: str | None
    kode_induk: str
    zaman: int
    bergabung_pada: datetime
    serah_pada: datetime | None
    frozen: bool | None
    serah_turun: int
    dicabut_pada: datetime | None
    terakhir_kontak: datetime | None
    urutan_terakhir: int
    urutan_simpul: int
    beda_jam_ms: int | None
    versi_katalog: str | None
    versi_wilayah: date | None
    versi_hub: str | None
    alasan: str | None
    katalog_induk: str | None
    wilayah_induk: date | None
    bekal_sebab: str | None
    ditolak: int
    peringatan: int
    now: datetime
    why: str | None

    @property
    def backlog(self) -> int:
        """Of its sequence, what the province has not taken."""
        return max(self.urutan_simpul - self.urutan_terakhir, 0)


@dataclass(frozen=True, slots=True)
class KeyRow:
    """A public key. `good`: whether it is taken now; `now`: the database's time."""

    kode_kab: str
    sidik: str
    kunci: bytes
    sejak: datetime
    sampai: datetime | None
    dicabut_pada: datetime | None
    good: bool
    now: datetime


@dataclass(frozen=True, slots=True)
class Contact:
    """What a node told of itself: its highest sequence, its versions, its clock minus ours (ms), why it does not hold what its province sends
    down (None: it does)."""

    newest: int
    catalogue: str | None
    regions: date | None
    program: str | None
    clock_ms: int | None
    bundle: str | None = None


_NODE = (
    "kode_kab, mode, mode_diminta, url, induk, kode_induk, zaman, bergabung_pada, serah_pada, beku_sampai > now() AS frozen, "
    "serah_turun, dicabut_pada, terakhir_kontak, urutan_terakhir, urutan_simpul, beda_jam_ms, versi_katalog, versi_wilayah, versi_hub, alasan, "
    "katalog_induk, wilayah_induk, bekal_sebab, ditolak, peringatan, now(), "
    "coalesce(hub_simpul_sebab(dicabut_pada, alasan, terakhir_kontak, serah_pada), bekal_sebab) AS why"
)
_KEY = (
    "kode_kab, sidik, kunci, sejak, sampai, dicabut_pada, "
    "dicabut_pada IS NULL AND (sampai IS NULL OR sampai > now()) AS good, now()"
)


async def nodes(conn: Conn) -> list[NodeRow]:
    cursor = conn.cursor(row_factory=class_row(NodeRow))
    return await (await cursor.execute(f"SELECT {_NODE} FROM simpul ORDER BY kode_kab")).fetchall()


async def node(conn: Conn, kode_kab: str, *, lock: bool = False) -> NodeRow | None:
    cursor = conn.cursor(row_factory=class_row(NodeRow))
    hold = " FOR UPDATE" if lock else ""
    return await (await cursor.execute(f"SELECT {_NODE} FROM simpul WHERE kode_kab = %s{hold}", (kode_kab,))).fetchone()


async def own_node(conn: Conn) -> NodeRow | None:
    """At a node: itself."""
    cursor = conn.cursor(row_factory=class_row(NodeRow))
    return await (await cursor.execute(f"SELECT {_NODE} FROM simpul WHERE induk IS NOT NULL")).fetchone()


async def put_node(conn: Conn, kode_kab: str, parent: tuple[str, str | None], mode: str, url: str | None) -> int:
    """A node joins, or joins anew after it was revoked: its epoch. `parent`: code of its province, and its address at the node."""
    cursor = await conn.execute(
        "INSERT INTO simpul AS s (kode_kab, mode, mode_diminta, url, kode_induk, induk, bergabung_pada) "
        "VALUES (%s, 'HOSTING', %s, %s, %s, %s, now()) ON CONFLICT (kode_kab) DO UPDATE SET mode = 'HOSTING', "
        "mode_diminta = excluded.mode_diminta, url = excluded.url, kode_induk = excluded.kode_induk, induk = excluded.induk, "
        "bergabung_pada = now(), zaman = s.zaman + 1, serah_pada = NULL, beku_sampai = NULL, dicabut_pada = NULL, alasan = NULL RETURNING zaman",
        (kode_kab, mode, url, *parent),
    )
    return int(_single(await cursor.fetchone()))


async def set_epoch(conn: Conn, kode_kab: str, epoch: int) -> None:
    """At the node: as its province counts."""
    await conn.execute("UPDATE simpul SET zaman = %s WHERE kode_kab = %s", (epoch, kode_kab))


async def freeze(conn: Conn, kode_kab: str, seconds: float) -> bool:
    """At the province: for so long nobody writes there, unless it is said again. False: the kabupaten has been handed over, or its node
    was revoked."""
    cursor = await conn.execute(
        "UPDATE simpul SET mode = mode_diminta, beku_sampai = clock_timestamp() + make_interval(secs => %s) "
        "WHERE kode_kab = %s AND serah_pada IS NULL AND dicabut_pada IS NULL",
        (seconds, kode_kab),
    )
    return cursor.rowcount == 1


async def thaw(conn: Conn, kode_kab: str) -> None:
    """The hand-over came to nothing."""
    await conn.execute(
        "UPDATE simpul SET mode = 'HOSTING', beku_sampai = NULL WHERE kode_kab = %s AND serah_pada IS NULL", (kode_kab,)
    )


async def thaw_left(conn: Conn) -> None:
    """Hand-overs whose hub died meanwhile."""
    await conn.execute(
        "UPDATE simpul SET mode = 'HOSTING', beku_sampai = NULL "
        "WHERE serah_pada IS NULL AND mode <> 'HOSTING' AND beku_sampai <= clock_timestamp()"
    )


async def hand_over_frozen(conn: Conn, kode_kab: str) -> bool:
    """At the province: from now on the kabupaten writes at its node, and what was told until now the node has in its copy. False: it was
    not frozen all the while, or the node was revoked meanwhile."""
    cursor = await conn.execute(
        "UPDATE simpul s SET mode = mode_diminta, serah_pada = now(), beku_sampai = NULL, "
        "serah_turun = coalesce((SELECT nomor FROM rantai r WHERE r.kode_kab = s.kode_kab), 0) "
        "WHERE kode_kab = %s AND serah_pada IS NULL AND dicabut_pada IS NULL AND beku_sampai > clock_timestamp()",
        (kode_kab,),
    )
    return cursor.rowcount == 1


async def hand_over(conn: Conn, kode_kab: str) -> None:
    """At the node: from now on the kabupaten writes here."""
    await conn.execute(
        "UPDATE simpul SET mode = mode_diminta, serah_pada = coalesce(serah_pada, now()) WHERE kode_kab = %s",
        (kode_kab,),
    )


async def end_node(conn: Conn, kode_kab: str) -> None:
    """Nothing of it is taken any more, and the kabupaten writes where it did before."""
    await conn.execute(
        "UPDATE simpul SET mode = 'HOSTING', dicabut_pada = coalesce(dicabut_pada, now()) WHERE kode_kab = %s",
        (kode_kab,),
    )
    await conn.execute(
        "UPDATE simpul_kunci SET dicabut_pada = now() WHERE kode_kab = %s AND dicabut_pada IS NULL", (kode_kab,)
    )
    await conn.execute("DELETE FROM simpul_undangan WHERE kode_kab = %s", (kode_kab,))


async def note_contact(conn: Conn, kode_kab: str, contact: Contact, taken: int) -> None:
    """`taken`: the highest sequence that was taken without a hole."""
    await conn.execute(
        "UPDATE simpul SET terakhir_kontak = now(), urutan_terakhir = %s, urutan_simpul = greatest(%s, %s), beda_jam_ms = %s, "
        "versi_katalog = %s, versi_wilayah = %s, versi_hub = %s, bekal_sebab = %s, alasan = NULL WHERE kode_kab = %s",
        (
            taken, contact.newest, taken, contact.clock_ms, contact.catalogue, contact.regions, contact.program, contact.bundle,
            kode_kab,
        ),
    )  # fmt: skip


async def note_failure(conn: Conn, kode_kab: str, why: str) -> None:
    await conn.execute("UPDATE simpul SET alasan = %s WHERE kode_kab = %s", (why, kode_kab))


# ---------- keys ----------


async def key(conn: Conn, name: str) -> KeyRow | None:
    """Whose key that is, whether or not it is still taken."""
    cursor = conn.cursor(row_factory=class_row(KeyRow))
    return await (await cursor.execute(f"SELECT {_KEY} FROM simpul_kunci WHERE sidik = %s", (name,))).fetchone()


async def keys(conn: Conn, kode_kab: str) -> list[KeyRow]:
    """The newest first."""
    cursor = conn.cursor(row_factory=class_row(KeyRow))
    await cursor.execute(f"SELECT {_KEY} FROM simpul_kunci WHERE kode_kab = %s ORDER BY sejak DESC, sidik", (kode_kab,))
    return await cursor.fetchall()


async def add_key(conn: Conn, kode_kab: str, name: str, public: bytes) -> None:
    """One more key of that hub; a key that is known already stays as it is."""
    await conn.execute(
        "INSERT INTO simpul_kunci (kode_kab, sidik, kunci, sejak) VALUES (%s, %s, %s, now()) ON CONFLICT DO NOTHING",
        (kode_kab, name, public),
    )


async def end_other_keys(conn: Conn, kode_kab: str, name: str, days: int) -> None:
    """Every other key of that hub is taken for so many days more."""
    await conn.execute(
        "UPDATE simpul_kunci SET sampai = least(sampai, now() + make_interval(days => %s)) WHERE kode_kab = %s AND sidik <> %s",
        (days, kode_kab, name),
    )


async def end_key(conn: Conn, kode_kab: str, name: str, until: datetime) -> None:
    """That key is taken no longer than until then."""
    await conn.execute(
        "UPDATE simpul_kunci SET sampai = least(sampai, %s) WHERE kode_kab = %s AND sidik = %s", (until, kode_kab, name)
    )


async def drop_other_keys(conn: Conn, kode_kab: str, name: str) -> None:
    """Every other key of that hub is taken no more."""
    await conn.execute(
        "UPDATE simpul_kunci SET dicabut_pada = now() WHERE kode_kab = %s AND sidik <> %s AND dicabut_pada IS NULL",
        (kode_kab, name),
    )


# ---------- invitations ----------


async def put_invitation(conn: Conn, kode_kab: str, secret: bytes, hours: int) -> None:
    """In the place of an earlier one."""
    await conn.execute(
        "INSERT INTO simpul_undangan (kode_kab, rahasia, dibuat_pada, kedaluwarsa_pada) "
        "VALUES (%s, %s, now(), now() + make_interval(hours => %s)) ON CONFLICT (kode_kab) DO UPDATE SET rahasia = excluded.rahasia, "
        "dibuat_pada = excluded.dibuat_pada, kedaluwarsa_pada = excluded.kedaluwarsa_pada, percobaan = 0, sidik = NULL",
        (kode_kab, secret, hours),
    )


async def invitation(conn: Conn, kode_kab: str) -> tuple[bytes, bool, int, str | None] | None:
    """Held until the transaction ends: what both sides make of the code, whether it is still good, wrong tries, the key it was used for."""
    cursor = await conn.execute(
        "SELECT rahasia, kedaluwarsa_pada > now(), percobaan, sidik FROM simpul_undangan WHERE kode_kab = %s FOR UPDATE",
        (kode_kab,),
    )
    return await cursor.fetchone()


async def count_try(conn: Conn, kode_kab: str) -> None:
    await conn.execute("UPDATE simpul_undangan SET percobaan = percobaan + 1 WHERE kode_kab = %s", (kode_kab,))


async def use_invitation(conn: Conn, kode_kab: str, name: str) -> None:
    await conn.execute("UPDATE simpul_undangan SET sidik = %s WHERE kode_kab = %s", (name, kode_kab))


# ---------- requests that were taken ----------


async def take_nonce(conn: Conn, kode_kab: str, nonce: str, until: datetime) -> bool:
    """False: it was taken before. Forgets those whose signature is good no more."""
    await conn.execute("DELETE FROM simpul_kiriman WHERE kode_kab = %s AND sampai < now()", (kode_kab,))
    cursor = await conn.execute(
        "INSERT INTO simpul_kiriman (kode_kab, nonce, sampai) VALUES (%s, %s, %s) ON CONFLICT DO NOTHING",
        (kode_kab, nonce, until),
    )
    return cursor.rowcount == 1


async def versions(conn: Conn, provinsi: str | None = None) -> tuple[str | None, date | None]:
    """Of the catalogue in force here, and the newest day on which the list of regions changed. `provinsi`: of that one; None: of all."""
    cursor = await conn.execute(
        "SELECT (SELECT left(encode(sha256(convert_to(string_agg(jenis || kode || hash, '|' ORDER BY jenis, kode), 'UTF8')), 'hex'), 12) "
        "FROM (SELECT DISTINCT ON (jenis, kode) jenis, kode, hash FROM katalog_riwayat WHERE jenis <> 'ASAL' "
        "ORDER BY jenis, kode, versi DESC) k), "
        "(SELECT greatest(max(berlaku_sejak), max(berlaku_sampai)) FROM wilayah WHERE %(prov)s::text IS NULL OR kode_kab = %(prov)s "
        "OR kode_kab >= %(prov)s || '.' AND kode_kab < %(prov)s || '/')",
        {"prov": provinsi},
    )
    row = await cursor.fetchone()
    assert row is not None
    return row[0], row[1]


async def revision(conn: Conn) -> str | None:
    """Of the database: which hub wrote it last."""
    row = await (await conn.execute("SELECT version_num FROM alembic_version")).fetchone()
    return None if row is None else str(row[0])


def _single(row: tuple[Any, ...] | None) -> Any:
    assert row is not None
    return row[0]
