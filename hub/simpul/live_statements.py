"""The SQL of asking live, in transactions of the hub itself."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from psycopg.rows import class_row

from hub.db.database import Conn


@dataclass(frozen=True, slots=True)
class KabupatenRow:
    """A kabupaten asked for. `in_force_since`: of the list of regions here; None: it is not in force today, or not known. `known`: it is or was
    in the list. `mode`: None where it has no node. `closed_seconds`: for how long its node is left alone yet."""

    kode: str
    known: bool
    in_force_since: str | None
    mode: str | None
    url: str | None
    taken_until: datetime | None
    regions_since: str | None
    version: str | None
    clock_ms: int | None
    now: datetime


@dataclass(frozen=True, slots=True)
class BreakerRow:
    """See hub/simpul/tables.py."""

    kode_kab: str
    gagal: int
    jeda_detik: int
    tutup_sampai: datetime | None
    sebab: str | None


@dataclass(frozen=True, slots=True)
class AskedRow:
    """A node that may be asked live."""

    kode: str
    url: str | None
    version: str | None
    clock_ms: int | None


@dataclass(frozen=True, slots=True)
class SchemaRow:
    """Which schema a node told. `digest`: of its text; `version`, `address`: of the node then."""

    kode_kab: str
    digest: str
    version: str | None
    address: str | None


@dataclass(frozen=True, slots=True)
class Share:
    """How often a node was to be asked, answered itself, and had the copy stand in for it."""

    kode_kab: str
    ditanya: int
    langsung: int
    salinan: int
    terakhir: datetime | None
    tutup_sampai: datetime | None
    sebab: str | None


async def kabupaten(conn: Conn, codes: Sequence[str]) -> dict[str, KabupatenRow]:
    """By code, for each that was asked for."""
    cursor = conn.cursor(row_factory=class_row(KabupatenRow))
    await cursor.execute(
        "SELECT k.kode, EXISTS (SELECT FROM wilayah w WHERE w.kode_kab = k.kode AND w.kode = k.kode) AS known, "
        "(SELECT w.berlaku_sejak::text FROM wilayah w WHERE w.kode_kab = k.kode AND w.kode = k.kode "
        "AND w.berlaku_sejak <= current_date AND w.hari_terakhir >= current_date) AS in_force_since, "
        "CASE WHEN s.dicabut_pada IS NULL THEN s.mode END AS mode, s.url, "
        "coalesce(s.terakhir_kontak, s.serah_pada) AS taken_until, s.versi_wilayah::text AS regions_since, s.versi_hub AS version, "
        "s.beda_jam_ms AS clock_ms, now() AS now "
        "FROM unnest(%s::text[]) k(kode) LEFT JOIN simpul s ON s.kode_kab = k.kode AND s.induk IS NULL",
        (list(codes),),
    )
    return {row.kode: row for row in await cursor.fetchall()}


async def breakers(conn: Conn) -> list[BreakerRow]:
    cursor = conn.cursor(row_factory=class_row(BreakerRow))
    await cursor.execute("SELECT kode_kab, gagal, jeda_detik, tutup_sampai, sebab FROM simpul_langsung")
    return await cursor.fetchall()


async def put_breakers(conn: Conn, rows: Sequence[BreakerRow]) -> None:
    await conn.cursor().executemany(
        "INSERT INTO simpul_langsung (kode_kab, gagal, jeda_detik, tutup_sampai, sebab) VALUES (%s, %s, %s, %s, %s) "
        "ON CONFLICT (kode_kab) DO UPDATE SET gagal = excluded.gagal, jeda_detik = excluded.jeda_detik, "
        "tutup_sampai = excluded.tutup_sampai, sebab = excluded.sebab",
        [(r.kode_kab, r.gagal, r.jeda_detik, r.tutup_sampai, r.sebab) for r in rows],
    )


async def count(conn: Conn, outcomes: Sequence[tuple[str, bool]]) -> None:
    """One more question to each of these nodes; whether it answered itself. In order of code, so that two counts never wait for each
    other in a circle."""
    await conn.cursor().executemany(
        "INSERT INTO simpul_langsung AS l (kode_kab, ditanya, langsung, salinan, terakhir) "
        "VALUES (%(kab)s, 1, %(live)s::int, 1 - %(live)s::int, CASE WHEN %(live)s THEN now() END) "
        "ON CONFLICT (kode_kab) DO UPDATE SET ditanya = l.ditanya + 1, langsung = l.langsung + excluded.langsung, "
        "salinan = l.salinan + excluded.salinan, terakhir = coalesce(excluded.terakhir, l.terakhir)",
        [{"kab": kab, "live": live} for kab, live in sorted(outcomes)],
    )


async def shares(conn: Conn) -> list[Share]:
    """By code."""
    cursor = conn.cursor(row_factory=class_row(Share))
    await cursor.execute(
        "SELECT kode_kab, ditanya, langsung, salinan, terakhir, tutup_sampai, sebab FROM simpul_langsung ORDER BY kode_kab"
    )
    return await cursor.fetchall()


# ---------- schemas ----------


async def asked_nodes(conn: Conn) -> list[AskedRow]:
    """Those that may be asked live, by code."""
    cursor = conn.cursor(row_factory=class_row(AskedRow))
    await cursor.execute(
        "SELECT kode_kab AS kode, url, versi_hub AS version, beda_jam_ms AS clock_ms FROM simpul "
        "WHERE mode = 'TARIK' AND dicabut_pada IS NULL AND induk IS NULL AND url IS NOT NULL ORDER BY kode_kab"
    )
    return await cursor.fetchall()


async def schemas(conn: Conn) -> list[SchemaRow]:
    cursor = conn.cursor(row_factory=class_row(SchemaRow))
    await cursor.execute(
        "SELECT kode_kab, skema AS digest, skema_versi AS version, skema_alamat AS address FROM simpul_langsung WHERE skema IS NOT NULL"
    )
    return await cursor.fetchall()


async def schema_texts(conn: Conn) -> dict[str, str]:
    """By digest."""
    return {
        str(digest): str(text)
        for digest, text in await (await conn.execute("SELECT sidik, isi FROM simpul_skema")).fetchall()
    }


async def put_schema(conn: Conn, row: SchemaRow, text: str) -> None:
    """What that node told; texts that are nobody's any more go."""
    await conn.execute(
        "INSERT INTO simpul_skema (sidik, isi) VALUES (%s, %s) ON CONFLICT DO NOTHING", (row.digest, text)
    )
    await conn.execute(
        "INSERT INTO simpul_langsung (kode_kab, skema, skema_versi, skema_alamat) VALUES (%s, %s, %s, %s) "
        "ON CONFLICT (kode_kab) DO UPDATE SET skema = excluded.skema, skema_versi = excluded.skema_versi, skema_alamat = excluded.skema_alamat",
        (row.kode_kab, row.digest, row.version, row.address),
    )
    await conn.execute(
        "DELETE FROM simpul_skema s WHERE NOT EXISTS (SELECT FROM simpul_langsung l WHERE l.skema = s.sidik)"
    )
