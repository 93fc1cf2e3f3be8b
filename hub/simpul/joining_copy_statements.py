"""The SQL of the first copy: what of a kabupaten its node gets, read as text that PostgreSQL writes and reads itself (COPY)."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, LiteralString

import psycopg
from psycopg import sql

from hub.db.database import Conn

_KAB: LiteralString = "kode_kab = {kab}"
_OF_OFFICE = (
    "program", "program_riwayat", "angka", "angka_tertulis", "kelengkapan", "angka_riwayat", "angka_tertulis_riwayat",
    "kelengkapan_riwayat", "buku_stok", "bukti_stok", "mutasi_stok", "stok", "stok_minimum", "pindahan_stok", "jawaban_pindahan",
    "sasaran_kinerja", "skala_kinerja", "sasaran_kinerja_riwayat", "skala_kinerja_riwayat", "rekap", "rekap_revisi", "rekap_nilai",
    "rekap_total", "rekap_temuan", "rekap_lonjakan", "rekap_peristiwa", "rekap_riwayat", "pemetaan_berkas", "pengingat",
    "angka_rilis", "angka_tertulis_rilis", "angka_rilis_riwayat", "angka_tertulis_rilis_riwayat", "sumber_daya", "surat_sumber_daya",
    "sumber_daya_riwayat", "surat_sumber_daya_riwayat", "tagana", "pelatihan_tagana", "penugasan_tagana", "izin_nama",
    "catatan_akses", "batas", "alias_wilayah", "wksbm", "anggota_wksbm", "kegiatan_wksbm", "tahap_wksbm", "tetangga_desa",
    "wksbm_riwayat", "anggota_wksbm_riwayat", "kegiatan_wksbm_riwayat",
)  # fmt: skip
TABLES: dict[str, LiteralString] = {
    **dict.fromkeys(_OF_OFFICE, _KAB),
    "wilayah": "kode_kab IN ({kab}, {prov})",
    "nama_wilayah": "kode_kab IN ({kab}, {prov})",
    "tenggat": "kode_wilayah IN ({kab}, {prov})",
    "silsilah": "left(kode_lama, 5) = {kab} OR left(kode_baru, 5) = {kab}",
    "simpul_wksbm": "kab = {kab}",
    "hubungan_wksbm": "asal_kab = {kab} OR tujuan_kab = {kab}",
    "hubungan_wksbm_riwayat": "asal_kab = {kab} OR tujuan_kab = {kab}",
    "mitra_luar": "true",
    "mitra_luar_riwayat": "true",
}
"""Table → which rows of it are copied: the office's own, and what they cannot be read without. Not copied: what is drawn or worked out
from it (the map's pyramid), the province's own decisions on what is shown, tokens, keys."""
NAMES = frozenset({"tagana", "pelatihan_tagana", "penugasan_tagana", "izin_nama", "catatan_akses"})
"""Tables of people, which the hub's own work does not read: the office reads them."""


@dataclass(frozen=True, slots=True)
class Digest:
    """Of the rows of one table: how many, and a sum over their contents, whatever their order."""

    count: int
    sum: str


async def digests(conn: Conn, kode_kab: str) -> dict[str, Digest]:
    """Of each table whose rows the hub's own work reads. Times are told in UTC, so that two hubs in different zones say the same."""
    await conn.execute("SELECT set_config('TimeZone', 'UTC', true)")
    found: dict[str, Digest] = {}
    for table in sorted(TABLES.keys() - NAMES):
        names = sql.SQL(", ").join(sql.Identifier(c) for c in await columns(conn, table))
        statement = sql.SQL(
            "SELECT count(*), coalesce(sum(hashtextextended(t::text, 0)), 0)::text FROM (SELECT {} {}) t"
        )
        row = await (await conn.execute(statement.format(names, _source(table, kode_kab)))).fetchone()
        assert row is not None
        found[table] = Digest(*row)
    return found


async def columns(conn: Conn, table: str) -> list[str]:
    """Its columns in the order of their names, without those that are worked out."""
    cursor = await conn.execute(
        "SELECT attname FROM pg_attribute WHERE attrelid = %s::regclass AND attnum > 0 AND NOT attisdropped AND attgenerated = '' "
        "ORDER BY attname",
        (table,),
    )
    return [str(name) for (name,) in await cursor.fetchall()]


async def read_page(conn: Conn, kode_kab: str, table: str, start: int, most: int) -> bytes:
    """At most so many rows from that one on, as COPY writes them; in the order of the key."""
    names = sql.SQL(", ").join(sql.Identifier(c) for c in await columns(conn, table))
    keys = sql.SQL(", ").join(sql.Identifier(k) for k in await _keys(conn, table))
    statement = sql.SQL("COPY (SELECT {} {} ORDER BY {} OFFSET {} LIMIT {}) TO STDOUT").format(
        names, _source(table, kode_kab), keys, sql.Literal(start), sql.Literal(most)
    )
    async with conn.cursor().copy(statement) as copy:
        return b"".join([bytes(piece) async for piece in copy])


async def _keys(conn: Conn, table: str) -> list[str]:
    cursor = await conn.execute(
        "SELECT a.attname FROM pg_index i JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = ANY(i.indkey) "
        "WHERE i.indrelid = %s::regclass AND i.indisprimary ORDER BY array_position(i.indkey::int[], a.attnum::int)",
        (table,),
    )
    return [str(name) for (name,) in await cursor.fetchall()]


def _source(table: str, kode_kab: str) -> sql.Composed:
    where = sql.SQL(TABLES[table]).format(kab=sql.Literal(kode_kab), prov=sql.Literal(kode_kab[:2]))
    return sql.SQL("FROM {} WHERE {}").format(sql.Identifier(table), where)


# ---------- at the node, as the owner of its database ----------

OwnerConnection = psycopg.Connection[tuple[Any, ...]]


def clear(conn: OwnerConnection, kode_kab: str) -> None:
    """Take away what an earlier copy brought. Triggers are for those who write; this was written elsewhere."""
    for table in TABLES:
        conn.execute(sql.SQL("ALTER TABLE {} DISABLE TRIGGER USER").format(sql.Identifier(table)))
        conn.execute(sql.SQL("DELETE {}").format(_source(table, kode_kab)))


def write_page(conn: OwnerConnection, table: str, names: Sequence[str], content: bytes) -> int:
    """How many rows those were. Raises psycopg.Error where they are not of this table."""
    listed = sql.SQL(", ").join(sql.Identifier(n) for n in names)
    statement = sql.SQL("COPY {} ({}) FROM STDIN").format(sql.Identifier(table), listed)
    cursor = conn.cursor()
    with cursor.copy(statement) as copy:
        copy.write(content)
    return cursor.rowcount


def close(conn: OwnerConnection) -> None:
    """Triggers hold again."""
    for table in TABLES:
        conn.execute(sql.SQL("ALTER TABLE {} ENABLE TRIGGER USER").format(sql.Identifier(table)))
