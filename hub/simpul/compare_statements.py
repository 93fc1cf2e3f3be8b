"""The SQL of comparing two hubs: what of a kabupaten both must hold alike, in digests of a table, of its parts, of its rows. The same SQL
runs at both ends."""

from collections.abc import Mapping
from dataclasses import dataclass

from psycopg import sql

from hub.db.connections import Conn
from hub.simpul.joining_copy_statements import Digest, columns

_OWN = frozenset({"versi", "diubah_pada", "hari_terakhir", "dibuat_pada", "asal_pada", "hash_isi", "oleh"})
_SUBMITTED = (
    "EXISTS (SELECT FROM rekap_revisi v WHERE (v.kode_kab, v.formulir, v.periode, v.revisi) = (t.kode_kab, t.formulir, t.periode, t.revisi) "
    "AND v.jenis = 'AJUAN') AND NOT EXISTS (SELECT FROM rantai_peristiwa p WHERE p.kode_kab = t.kode_kab AND p.jenis = 'rekap.ajukan' "
    "AND p.putusan = 'DITOLAK' AND p.subjek = concat_ws(':', t.kode_kab, t.formulir, t.periode) "
    "AND (p.isi::jsonb->>'revisi')::integer = t.revisi)"
)


@dataclass(frozen=True, slots=True)
class Compared:
    """`key`: beside the kabupaten; `rows`: SQL on `t`; `only`: the columns that are compared, None: all but those of the hub's own;
    `hidden`: column → SQL of when it is left out; `subject`: how the chain calls the thing a row is of, and which key says it."""

    key: tuple[str, ...]
    rows: str = "true"
    only: tuple[str, ...] | None = None
    hidden: Mapping[str, str] | None = None
    subject: tuple[str, str] | None = None
    kabupaten: str = "kode_kab"

    @property
    def in_time(self) -> bool:
        return "periode" in self.key


_REVISION = ("formulir", "periode", "revisi")
_SECRET = "t.rahasia"  # noqa: S105 - where a shelter stands
TABLES: Mapping[str, Compared] = {
    "rekap": Compared(("formulir", "periode"), "t.revisi_disetujui IS NOT NULL", only=("revisi_disetujui",)),
    "rekap_revisi": Compared(_REVISION, _SUBMITTED, only=("kunci_idempoten", "versi_formulir", "surat_nomor", "surat_tanggal")),
    "rekap_nilai": Compared((*_REVISION, "elemen", "kode_wilayah", "rincian"), _SUBMITTED),
    "rekap_total": Compared((*_REVISION, "urut"), _SUBMITTED, only=("elemen", "kode_wilayah", "tertulis")),
    "angka": Compared(
        ("periode", "elemen", "tingkat", "dimensi", "kode_wilayah", "rincian"), only=("nilai", "status")
    ),
    "sumber_daya": Compared(
        ("id",), hidden={"alamat": _SECRET, "sekretariat": _SECRET, "titik": _SECRET, "ketua": "t.ketua_setuju IS NOT TRUE"},
        subject=("sumber_daya", "id"),
    ),
    "surat_sumber_daya": Compared(("id", "jenis", "sejak"), subject=("sumber_daya", "id")),
    "wksbm": Compared(("id",), subject=("wksbm", "id")),
    "anggota_wksbm": Compared(("wksbm", "nama", "sejak"), subject=("wksbm", "wksbm")),
    "kegiatan_wksbm": Compared(("wksbm", "kegiatan", "tanggal", "uraian"), subject=("wksbm", "wksbm")),
    "hubungan_wksbm": Compared(("id",), subject=("hubungan", "id"), kabupaten="asal_kab"),
    "stok_minimum": Compared(("gudang", "barang", "sejak"), subject=("minimum", "gudang")),
    "bukti_stok": Compared(("id",), subject=("stok", "id")),
    "mutasi_stok": Compared(("gudang", "urutan", "bukti"), subject=("stok", "bukti")),
    "stok": Compared(("gudang", "barang", "sumber_dana", "lot")),
}  # fmt: skip
FIXED = frozenset({"rekap_revisi", "rekap_nilai", "rekap_total"})
"""Rows that never change: where they differ under one number somebody has changed them, and nothing is written over them."""


async def table_digest(conn: Conn, kode_kab: str, table: str) -> Digest:
    statement = sql.SQL("SELECT count(*), coalesce(sum(hashtextextended(x.baris, 0)), 0)::text FROM ({}) x")
    row = await (await conn.execute(statement.format(await _rows(conn, kode_kab, table)))).fetchone()
    assert row is not None
    return Digest(*row)


async def part_digests(conn: Conn, kode_kab: str, table: str) -> dict[str, Digest]:
    """By period, or by the first letters of a hash of the key where there is none."""
    statement = sql.SQL(
        "SELECT x.bagian, count(*), coalesce(sum(hashtextextended(x.baris, 0)), 0)::text FROM ({}) x GROUP BY x.bagian"
    )
    cursor = await conn.execute(statement.format(await _rows(conn, kode_kab, table)))
    return {str(part): Digest(count, total) for part, count, total in await cursor.fetchall()}


async def row_digests(conn: Conn, kode_kab: str, table: str, part: str) -> dict[str, str]:
    """Of one part: the key of each row, as JSON, and a hash of what is compared."""
    statement = sql.SQL("SELECT x.kunci, md5(x.baris) FROM ({}) x WHERE x.bagian = {}")
    cursor = await conn.execute(statement.format(await _rows(conn, kode_kab, table), sql.Literal(part)))
    return {str(key): str(hash_) for key, hash_ in await cursor.fetchall()}


async def _rows(conn: Conn, kode_kab: str, table: str) -> sql.Composed:
    """kunci, bagian, baris. Times are told in UTC."""
    await conn.execute("SELECT set_config('TimeZone', 'UTC', true)")
    compared = TABLES[table]
    hidden = compared.hidden or {}
    names = compared.only or tuple(
        c for c in await columns(conn, table) if c not in _OWN and c not in compared.key and c != compared.kabupaten
    )
    key = sql.SQL("jsonb_build_array({})::text").format(
        sql.SQL(", ").join(sql.SQL("t.{}").format(sql.Identifier(k)) for k in compared.key)
    )
    values = sql.SQL(", ").join(
        sql.SQL("CASE WHEN {} THEN NULL ELSE t.{}::text END").format(sql.SQL(hidden.get(n, "false")), sql.Identifier(n))
        for n in names
    )
    part = sql.SQL("t.periode") if compared.in_time else sql.SQL("left(md5({}), 2)").format(key)
    return sql.SQL(
        "SELECT {key} AS kunci, {part} AS bagian, {key} || jsonb_build_array({values})::text AS baris FROM {table} t "
        "WHERE t.{kab} = {code} AND {rows}"
    ).format(
        key=key, part=part, values=values, table=sql.Identifier(table), kab=sql.Identifier(compared.kabupaten),
        code=sql.Literal(kode_kab), rows=sql.SQL(compared.rows),
    )  # fmt: skip


async def tell_again(conn: Conn, kode_kab: str, subject: str, revision: int | None) -> bool:
    """Deliver anew what was told last of it. False: this hub never told of it."""
    row = await (await conn.execute("SELECT hub_rantai_ulang(%s, %s, %s)", (kode_kab, subject, revision))).fetchone()
    return row is not None and bool(row[0])
