"""The SQL of the first copy: what of a kabupaten its node gets, read as text that PostgreSQL writes and reads itself (COPY)."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from psycopg import sql

from hub.db.connections import Conn, copied_out, copying


@dataclass(frozen=True, slots=True)
class Whose:
    """Which rows of a table are of a kabupaten: those with its code in one of these columns, in the first five letters of it where `below`,
    with its province's too where `province`; without columns all. `also`: a condition on others' rows that go with them,
    `{kab}` being its code."""

    columns: tuple[str, ...] = ("kode_kab",)
    province: bool = False
    below: bool = False
    also: str | None = None


_OF_OFFICE = (
    "program", "program_riwayat", "angka", "angka_tertulis", "kelengkapan", "angka_riwayat", "angka_tertulis_riwayat",
    "kelengkapan_riwayat", "buku_stok", "stok", "stok_minimum",
    "sasaran_kinerja", "skala_kinerja", "sasaran_kinerja_riwayat", "skala_kinerja_riwayat", "rekap", "rekap_revisi", "rekap_nilai",
    "rekap_total", "rekap_temuan", "rekap_lonjakan", "rekap_peristiwa", "rekap_riwayat", "pemetaan_berkas", "pengingat",
    "angka_rilis", "angka_tertulis_rilis", "angka_rilis_riwayat", "angka_tertulis_rilis_riwayat", "sumber_daya", "surat_sumber_daya",
    "sumber_daya_riwayat", "surat_sumber_daya_riwayat", "tagana", "pelatihan_tagana", "penugasan_tagana", "izin_nama",
    "catatan_akses", "batas", "alias_wilayah", "wksbm", "anggota_wksbm", "kegiatan_wksbm", "tahap_wksbm", "tetangga_desa",
    "wksbm_riwayat", "anggota_wksbm_riwayat", "kegiatan_wksbm_riwayat",
)  # fmt: skip
_OF_LINK = Whose(("asal_kab", "tujuan_kab"))
TABLES: Mapping[str, Whose] = {
    **dict.fromkeys(_OF_OFFICE, Whose()),
    "wilayah": Whose(province=True),
    "nama_wilayah": Whose(province=True),
    "tenggat": Whose(("kode_wilayah",), province=True),
    "silsilah": Whose(("kode_lama", "kode_baru"), below=True),
    "simpul_wksbm": Whose(("kab",)),
    # what was sent to it too, as its sender wrote it, and what was said to what it sent; their documents are found by them
    "bukti_stok": Whose(also="(kode_kab, id) IN (SELECT kode_kab, id FROM pindahan_stok WHERE ke_kab = {kab})"),
    "mutasi_stok": Whose(
        also="(kode_kab, bukti, gudang) IN (SELECT kode_kab, id, gudang FROM pindahan_stok WHERE ke_kab = {kab})"
    ),
    "pindahan_stok": Whose(("kode_kab", "ke_kab")),
    "jawaban_pindahan": Whose(("kode_kab", "asal_kab")),
    "hubungan_wksbm": _OF_LINK,
    "hubungan_wksbm_riwayat": _OF_LINK,
    "mitra_luar": Whose(()),
    "mitra_luar_riwayat": Whose(()),
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
    return await copied_out(conn, statement.as_string(conn))


async def _keys(conn: Conn, table: str) -> list[str]:
    cursor = await conn.execute(
        "SELECT a.attname FROM pg_index i JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = ANY(i.indkey) "
        "WHERE i.indrelid = %s::regclass AND i.indisprimary ORDER BY array_position(i.indkey::int[], a.attnum::int)",
        (table,),
    )
    return [str(name) for (name,) in await cursor.fetchall()]


def _source(table: str, kode_kab: str) -> sql.Composed:
    return sql.SQL("FROM {} WHERE {}").format(sql.Identifier(table), condition(table, kode_kab))


def condition(table: str, kode_kab: str) -> sql.Composable:
    """On the rows of that table which are of the kabupaten."""
    whose = TABLES[table]
    codes = sql.SQL(", ").join(map(sql.Literal, (kode_kab, kode_kab[:2]) if whose.province else (kode_kab,)))
    columns = [
        sql.SQL("left({}, 5)").format(sql.Identifier(c)) if whose.below else sql.Identifier(c) for c in whose.columns
    ]
    parts: list[sql.Composable] = [sql.SQL("{} IN ({})").format(c, codes) for c in columns]
    if whose.also is not None:
        parts.append(sql.SQL(whose.also).format(kab=sql.Literal(kode_kab)))
    return sql.SQL(" OR ").join(parts) if parts else sql.SQL("true")


# ---------- at the node, as the owner of its database ----------


async def hold(conn: Conn, tables: Iterable[str] = TABLES) -> None:
    """Nobody else writes them until the transaction ends. Triggers are for those who write; this was written elsewhere."""
    for table in tables:
        await conn.execute(sql.SQL("ALTER TABLE {} DISABLE TRIGGER USER").format(sql.Identifier(table)))


async def clear(conn: Conn, kode_kab: str, tables: Iterable[str] = TABLES) -> None:
    """Take away what an earlier copy brought."""
    for table in tables:
        await conn.execute(sql.SQL("DELETE {}").format(_source(table, kode_kab)))


async def write_page(conn: Conn, table: str, names: Sequence[str], content: bytes) -> None:
    """Raises psycopg.Error where they are not of this table."""
    listed = sql.SQL(", ").join(sql.Identifier(n) for n in names)
    statement = sql.SQL("COPY {} ({}) FROM STDIN").format(sql.Identifier(table), listed)
    async with copying(conn, statement.as_string(conn)) as copy:
        await copy.write(content)


async def close(conn: Conn, tables: Iterable[str] = TABLES) -> None:
    """Triggers hold again; the planner and a hub that serves are told of what they did not see come."""
    for table in tables:
        await conn.execute(sql.SQL("ALTER TABLE {} ENABLE TRIGGER USER").format(sql.Identifier(table)))
        await conn.execute(sql.SQL("ANALYZE {}").format(sql.Identifier(table)))
        await conn.execute("SELECT pg_notify('hub_data', %s)", (table,))
