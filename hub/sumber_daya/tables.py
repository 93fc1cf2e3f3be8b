"""Social resources: what stands somewhere to help people, its dated papers, and what both said before.

One row per institution, whatever its kind; columns that only one kind has are null elsewhere. `kode_kab` is where it
stands, whoever owns it. Triggers (migration 0011) keep every row that was replaced.
"""

from geoalchemy2 import Geometry
from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Column,
    Computed,
    Date,
    DateTime,
    Index,
    Integer,
    MetaData,
    Numeric,
    Table,
    Text,
    func,
    text,
)
from sqlalchemy.dialects.postgresql import UUID

from hub.db.metadata import METADATA, Kode

KINDS = (
    "LKS", "PANTI", "LK3", "RUMAH_SINGGAH", "SLRT", "PUSKESOS", "GUDANG_BENCANA", "KAMPUNG_SIAGA_BENCANA",
    "KARANG_TARUNA",
)  # fmt: skip
OWNERS = ("KEMENTERIAN", "PROVINSI", "KABUPATEN", "DESA", "MASYARAKAT")


def _one_of(column: str, pilihan: tuple[str, ...]) -> CheckConstraint:
    values = ", ".join(f"'{p}'" for p in pilihan)
    return CheckConstraint(f"{column} IN ({values})", name=column)


def _moment(name: str, comment: str) -> "Column[object]":
    return Column(name, DateTime(timezone=True), nullable=False, server_default=text("hub_saat()"), comment=comment)


SUMBER_DAYA = Table(
    "sumber_daya",
    METADATA,
    Column("kode_kab", Kode, primary_key=True),
    Column("id", UUID(as_uuid=False), primary_key=True, comment="UUIDv7; the public id is kode_kab:id"),
    Column("jenis", Kode, nullable=False),
    Column("nama", Text, nullable=False),
    Column("pemilik", Kode, nullable=False),
    Column("kode_desa", Kode, nullable=False, comment="code of the desa it stands in; begins with kode_kab"),
    Column("alamat", Text, comment="not public where rahasia"),
    Column("titik", Geometry("POINT", srid=4326, spatial_index=False), comment="lon, lat; never where rahasia"),
    Column("rahasia", Boolean, nullable=False, server_default=text("false"), comment="a shelter of victims"),
    Column("sejak", Date, nullable=False, comment="first day it exists"),
    Column("sampai", Date, comment="first day no longer; null: it stands"),
    Column(
        "hari_terakhir",
        Date,
        Computed("COALESCE(sampai - 1, 'infinity'::date)", persisted=True),
        nullable=False,
        comment="last day it exists; infinity while it stands",
    ),
    Column("versi", Integer, nullable=False, server_default=text("1"), comment="counts up with every change"),
    Column("contoh", Boolean, nullable=False, server_default=text("false"), comment="made up to add up, not real"),
    Column("sumber", Text, comment="where the row comes from"),
    _moment("diubah_pada", "when this row came to hold"),
    Column("diubah_oleh", Text, nullable=False),
    # panti, LKS, LK3, rumah singgah
    Column("sasaran", Text, comment="whom a panti serves"),
    Column("daya_tampung", Integer, comment="persons"),
    Column("klien_l", Integer, comment="persons"),
    Column("klien_p", Integer, comment="persons"),
    Column("klien", Integer, comment="persons, where the sexes were not told apart"),
    Column("bidang", Text, comment="field of service"),
    Column("ketua", Text),
    Column("ketua_setuju", Boolean, comment="the head agreed that the name is shown"),
    Column("cakupan", Text, comment="KOTA, PROVINSI, NASIONAL"),
    # SLRT, puskesos
    Column("sekretariat", Text),
    Column("sumber_dana", Text, comment="APBN, APBD, …"),
    Column("tahun", Integer, comment="year it began"),
    Column("petugas_depan", Integer, comment="persons at the front office"),
    Column("petugas_belakang", Integer, comment="persons at the back office"),
    Column("pengelola", Text),
    Column("pengaduan_masuk", Integer, comment="cases"),
    Column("pengaduan_selesai", Integer, comment="cases"),
    # gudang bencana
    Column("tingkat_gudang", Text, comment="PUSAT, PROVINSI, KABUPATEN"),
    Column("luas_m2", Numeric),
    Column("kapasitas_m3", Numeric),
    # kampung siaga bencana
    Column("lumbung", Boolean),
    Column("gardu", Boolean),
    # karang taruna
    Column("anggota_l", Integer, comment="persons"),
    Column("anggota_p", Integer, comment="persons"),
    Column("anggota", Integer, comment="persons, where the sexes were not told apart"),
    Column("pengurus_l", Integer, comment="persons"),
    Column("pengurus_p", Integer, comment="persons"),
    Column("pengurus", Integer, comment="persons, where the sexes were not told apart"),
    Column("klasifikasi", Text, comment="TUMBUH, BERKEMBANG, MAJU, PERCONTOHAN"),
    _one_of("jenis", KINDS),
    _one_of("pemilik", OWNERS),
    CheckConstraint("kode_kab = left(kode_desa, 5)", name="desa"),
    CheckConstraint("sampai > sejak", name="masa"),
    CheckConstraint("NOT rahasia OR titik IS NULL", name="rahasia"),
    CheckConstraint("jenis <> 'PANTI' OR sasaran IS NOT NULL AND daya_tampung IS NOT NULL", name="panti"),
    # the order of every list, and of what stands in one desa
    Index("sumber_daya_desa_idx", "kode_desa", "id"),
    Index("sumber_daya_jenis_idx", "jenis", "kode_desa", "id"),
    # what is counted, and compared with a list that is brought in
    Index("sumber_daya_kabupaten_idx", "kode_kab", "jenis"),
    Index("sumber_daya_pemilik_idx", "pemilik", "kode_desa", "id"),
    Index("sumber_daya_titik_idx", "titik", postgresql_using="gist"),
    # those that leave the state budget
    Index(
        "sumber_daya_apbn_idx",
        "kode_desa",
        "id",
        postgresql_where=text("jenis IN ('SLRT', 'PUSKESOS') AND upper(btrim(sumber_dana)) = 'APBN'"),
    ),
    # distances are geodesic
    Index("sumber_daya_jarak_idx", func.geography(text("titik")), postgresql_using="gist"),
)

SURAT = Table(
    "surat_sumber_daya",
    METADATA,
    Column("kode_kab", Kode, primary_key=True),
    Column("id", UUID(as_uuid=False), primary_key=True, comment="of the social resource"),
    Column("jenis", Kode, primary_key=True, comment="TANDA_DAFTAR, AKREDITASI, SK"),
    Column("sejak", Date, primary_key=True, comment="first day it holds"),
    Column("sampai", Date, comment="first day no longer; null: without end"),
    Column("nomor", Text),
    Column("peringkat", Kode, comment="A, B, C: of an accreditation"),
    Column("cakupan", Text, comment="KOTA, PROVINSI, NASIONAL"),
    _moment("diubah_pada", "when this row came to hold"),
    CheckConstraint("sampai > sejak", name="masa"),
    _one_of("jenis", ("TANDA_DAFTAR", "AKREDITASI", "SK")),
    CheckConstraint("(jenis = 'AKREDITASI') = (peringkat IS NOT NULL)", name="peringkat"),
)


def _history(current: Table, key: str) -> Table:
    """What was replaced: the same columns, and when."""
    columns = [
        Column(k.name, k.type, primary_key=k.primary_key or k.name == key, nullable=k.nullable) for k in current.columns
    ]
    replaced_at = Column("diganti_pada", DateTime(timezone=True), nullable=False, comment="when it was replaced")
    return Table(f"{current.name}_riwayat", METADATA, *columns, replaced_at)


SUMBER_DAYA_HISTORY = _history(SUMBER_DAYA, "versi")
SURAT_HISTORY = _history(SURAT, "diubah_pada")

# columns that no role may read of the table: what single institutions count, and who wrote it
CLOSED_COLUMNS = ("klien_l", "klien_p", "klien", "pengaduan_masuk", "pengaduan_selesai", "diubah_oleh")
# a view: the same columns, those closed to the caller null; a shelter is there only for those who may see it
SUMBER_DAYA_READABLE = Table("sumber_daya_terbaca", MetaData(), *(Column(k.name, k.type) for k in SUMBER_DAYA.columns))
OPEN_COLUMNS = tuple(k.name for k in SUMBER_DAYA.columns if k.name not in CLOSED_COLUMNS)
