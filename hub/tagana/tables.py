"""The Tagana register: by name, so it stays at the source. A kabupaten reads its own; nobody else sees a row, except a
province that holds a grant and has noted, in the very transaction it reads in, what it reads the names for (migration
0012: row-level security asks for both). What leaves the register is counts (function hub_tagana_jumlah)."""

from sqlalchemy import (
    ARRAY,
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    Computed,
    Date,
    DateTime,
    Index,
    Integer,
    Table,
    Text,
    Uuid,
    text,
)

from hub.db.metadata import METADATA, Kode

TAGANA = Table(
    "tagana",
    METADATA,
    Column("kode_kab", Kode, primary_key=True),
    Column("id", Uuid, primary_key=True, comment="UUIDv7"),
    Column("nama", Text, nullable=False),
    Column("tanggal_lahir", Date, nullable=False),
    Column("jenis_kelamin", Kode, nullable=False, comment="L, P"),
    Column("kode_desa", Kode, nullable=False),
    Column("alamat", Text),
    Column("nia", Text, comment="membership number"),
    Column("didata", Date, nullable=False, comment="day of registration; the age is judged on it"),
    Column("verifikasi_kabupaten", Date),
    Column("verifikasi_kabupaten_oleh", Text),
    Column("verifikasi_provinsi", Date),
    Column("verifikasi_provinsi_oleh", Text),
    Column(
        "tahap",
        Kode,
        Computed(
            "CASE WHEN verifikasi_provinsi IS NOT NULL THEN 'VERIFIKASI_PROVINSI' "
            "WHEN verifikasi_kabupaten IS NOT NULL THEN 'VERIFIKASI_KABUPATEN' ELSE 'DIDATA' END",
            persisted=True,
        ),
        nullable=False,
    ),
    Column("sertifikat", Text, comment="number of the certificate"),
    Column("sampai", Date, comment="first day no longer a member; null: active"),
    Column("keahlian", ARRAY(Text), nullable=False),
    Column("berpengetahuan", Boolean, nullable=False),
    Column("bersedia_dilatih", Boolean, nullable=False),
    Column("beriman", Boolean, nullable=False),
    Column("setia_pancasila", Boolean, nullable=False),
    Column("versi", Integer, nullable=False),
    Column("diubah_pada", DateTime(timezone=True), nullable=False),
    Column("diubah_oleh", Text, nullable=False),
    CheckConstraint("verifikasi_provinsi IS NULL OR verifikasi_kabupaten IS NOT NULL", "berjenjang"),
    CheckConstraint("jenis_kelamin IN ('L', 'P')", "kelamin"),
    # one person once: the number is one's own, and so are name, day of birth and desa together
    Index("tagana_nia_idx", "kode_kab", "nia", unique=True),
    Index("tagana_orang_idx", "kode_kab", "kode_desa", text("lower(nama)"), "tanggal_lahir", unique=True),
)

NODE_COUNTS = Table(
    "tagana_simpul",
    METADATA,
    Column("kode_kab", Kode, primary_key=True),
    Column("kode_kecamatan", Kode, primary_key=True),
    Column("jenis_kelamin", Kode, primary_key=True),
    Column("hari", Date, primary_key=True),
    Column("didata", Integer, nullable=False),
    Column("kabupaten", Integer, nullable=False, comment="verified by it"),
    Column("provinsi", Integer, nullable=False, comment="verified by it"),
    CheckConstraint("jenis_kelamin IN ('L', 'P')", "kelamin"),
    CheckConstraint("kode_kab = left(kode_kecamatan, 5)", "kecamatan"),
    comment="of kabupaten whose register is kept at a hub of their own: by how many the counts changed",
)

TAGANA_TRAINING = Table(
    "pelatihan_tagana",
    METADATA,
    Column("kode_kab", Kode, primary_key=True),
    Column("tagana", Uuid, primary_key=True),
    Column("urut", Integer, primary_key=True),
    Column("nama", Text, nullable=False),
    Column("tanggal", Date, nullable=False),
    Column("penyelenggara", Text),
)

TAGANA_DEPLOYMENT = Table(
    "penugasan_tagana",
    METADATA,
    Column("kode_kab", Kode, primary_key=True),
    Column("tagana", Uuid, primary_key=True),
    Column("urut", Integer, primary_key=True),
    Column("kejadian", Text, nullable=False),
    Column("fase", Text, nullable=False, comment="SEBELUM, SAAT, SESUDAH a disaster"),
    Column("sejak", Date, nullable=False),
    Column("sampai", Date, comment="first day no longer; null: still out"),
    Column("peran", Text),
)

NAME_IZIN = Table(
    "izin_nama",
    METADATA,
    Column("kode_kab", Kode, primary_key=True),
    Column("id", Uuid, primary_key=True, comment="UUIDv7"),
    Column("kode_prov", Kode, nullable=False, comment="who may read"),
    Column("sejak", DateTime(timezone=True), nullable=False),
    Column("sampai", DateTime(timezone=True), nullable=False, comment="first moment no longer"),
    Column("alasan", Text, nullable=False),
    Column("oleh", Text, nullable=False),
    Column("diberikan_pada", DateTime(timezone=True), nullable=False),
    Column("berakhir_pada", DateTime(timezone=True), comment="withdrawn or replaced then; null: it runs until sampai"),
    Column("berakhir_oleh", Text),
    Column("terakhir_dipakai", DateTime(timezone=True), comment="last reading under it"),
    CheckConstraint("sampai > sejak", "urutan"),
    # one grant at a time, so that withdrawing it leaves none
    Index("izin_nama_satu_idx", "kode_kab", "kode_prov", unique=True, postgresql_where=text("berakhir_pada IS NULL")),
)

AKSES_LOG = Table(
    "catatan_akses",
    METADATA,
    Column("kode_kab", Kode, primary_key=True),
    Column("id", Uuid, primary_key=True, comment="UUIDv7: in order of time"),
    Column("pada", DateTime(timezone=True), nullable=False, server_default=text("clock_timestamp()")),
    Column("kode_prov", Kode, nullable=False),
    Column("oleh", Text, nullable=False, comment="name on the token"),
    Column("izin", Uuid, nullable=False),
    Column("aksi", Text, nullable=False, comment="BACA, VERIFIKASI"),
    Column("tujuan", Text, nullable=False),
    Column("anggota", ARRAY(Uuid), nullable=False, comment="whose names were read"),
    Column(
        "transaksi",
        BigInteger,
        nullable=False,
        server_default=text("pg_current_xact_id()::text::bigint"),
        comment="the transaction that read; only in it do the names show",
    ),
)
