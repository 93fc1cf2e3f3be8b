"""The catalogue: forms, elements, rules, indicators and code lists in force, and every version there ever was.

All of it is data (seeds/katalog), small, and a reference table everywhere.
"""

from sqlalchemy import (
    ARRAY,
    Boolean,
    CheckConstraint,
    Column,
    DateTime,
    Index,
    Integer,
    Numeric,
    SmallInteger,
    Table,
    Text,
    text,
)
from sqlalchemy.dialects.postgresql import JSONB

from hub.db.metadata import METADATA, Kode

FORMULIR = Table(
    "formulir",
    METADATA,
    Column("kode", Kode, primary_key=True),
    Column("nama", Text, nullable=False),
    Column("versi", Integer, nullable=False),
    Column("hash", Text, nullable=False, comment="SHA-256 of the canonical content, hex"),
    Column(
        "periode_jenis", Text, nullable=False, comment="BULAN, TRIWULAN, SEMESTER, TAHUN: how often it is expected"
    ),
    Column(
        "tenggat_hari", Integer, nullable=False, comment="days after the period's last day, unless table tenggat says"
    ),
    Column(
        "periode_tersingkat", Text, nullable=False,
        comment="BULAN, TRIWULAN, SEMESTER, TAHUN: the shortest it may be sent for, periode_jenis or shorter",
    ),
)  # fmt: skip

ELEMEN = Table(
    "elemen",
    METADATA,
    Column("kode", Kode, primary_key=True),
    Column("formulir", Kode, nullable=False),
    Column("urut", Integer, nullable=False),
    Column("nama", Text, nullable=False),
    Column("satuan", Text, nullable=False),
    Column(
        "tingkat", SmallInteger, nullable=False, comment="finest level it is reported at; facility points count as desa"
    ),
    Column("titik", Boolean, nullable=False, comment="reported per facility (level F)"),
    Column("frekuensi", Text, nullable=False, comment="KEJADIAN, BULAN, TRIWULAN, SEMESTER, TAHUN"),
    Column("agregasi_wilayah", Text, nullable=False, comment="JUMLAH, HITUNG (registry), HITUNG_ULANG, TIDAK"),
    Column("agregasi_waktu", Text, nullable=False, comment="JUMLAH, TERAKHIR, UNIK, TIDAK"),
    Column("sensitif", SmallInteger, nullable=False, comment="0 public … 4 by name, never held"),
    Column("bulat", Boolean, nullable=False, comment="whole numbers only"),
    Column("arah", Text, nullable=False, comment="NAIK: more is better, TURUN: less is better"),
    Column("kelompok", Text, comment="elements of one group may be added to each other; null: to none"),
    Column("registri", SmallInteger, comment="level whose regions are counted instead of reported figures"),
    Column("definisi", Text),
    Column("kode_ref", Text, comment="national indicator reference code"),
    Column("kode_sipd", Text),
    Column("minimum", Numeric, comment="the least it may be"),
    Column("maksimum", Numeric, comment="the most it may be"),
    Column(
        "di_luar",
        Text,
        nullable=False,
        server_default=text("'GALAT'"),
        comment="how grave it is to be outside: GALAT, PERINGATAN",
    ),
    Column(
        "kumulatif",
        Boolean,
        nullable=False,
        server_default=text("false"),
        comment="counted since the year began: compared with the same part of earlier years",
    ),
    Column(
        "jarang_berubah",
        Boolean,
        nullable=False,
        server_default=text("false"),
        comment="it is usual that it stays as it was",
    ),
    Column(
        "alias",
        ARRAY(Text),
        nullable=False,
        server_default=text("'{}'"),
        comment="what titles of offices' tables call it beside its name",
    ),
    Index("elemen_formulir_idx", "formulir", "urut"),
)

UNIT = Table(
    "satuan",
    METADATA,
    Column("kode", Kode, primary_key=True),
    Column("bulat", Boolean, nullable=False, comment="whole numbers only"),
    Column("minimum", Numeric, comment="the least a figure of it may be"),
    Column("maksimum", Numeric, comment="the most a figure of it may be"),
    Column("tingkat", Text, nullable=False, comment="how grave it is to be outside: GALAT, PERINGATAN"),
)

KEWAJARAN = Table(
    "kewajaran",
    METADATA,
    Column("satu", Boolean, primary_key=True, server_default=text("true"), comment="there is one set of bounds"),
    Column("lonjakan_periode", Integer, nullable=False, comment="of how many periods the usual is taken"),
    Column(
        "lonjakan_sedikitnya", Integer, nullable=False, comment="from how many on by their spread, else by a factor"
    ),
    Column("lonjakan_kali", Numeric, nullable=False, comment="how many times the scaled spread is a jump"),
    Column("lonjakan_skala", Numeric, nullable=False, comment="of the median distance from the median"),
    Column("lonjakan_bagian_median", Numeric, nullable=False, comment="the spread is at least this part of the median"),
    Column("lonjakan_terkecil", Numeric, nullable=False, comment="and at least so much"),
    Column("lonjakan_faktor", Numeric, nullable=False, comment="with few periods: how many times as much is a jump"),
    Column("tetap_digit", Integer, nullable=False, comment="digits of figures that change by nature, sent again"),
    Column("tetap_stok", Integer, nullable=False, comment="so many other figures, sent again"),
    Column("tetap_ragam", Integer, nullable=False, comment="and so many different ones among them"),
    Column(
        "pembanding_bulan", Integer, nullable=False, comment="how old another form's figure may be to be compared with"
    ),
    CheckConstraint("satu", name="satu"),
)

RINCIAN = Table(
    "rincian",
    METADATA,
    Column("elemen", Kode, primary_key=True),
    Column("kode", Kode, primary_key=True),
    Column("urut", Integer, nullable=False),
    Column("nama", Text, nullable=False),
    Column("pilihan", ARRAY(Text), nullable=False),
    Column("terbuka", Boolean, nullable=False, comment="other choices than those listed are allowed"),
    Column("satuan", JSONB, nullable=False, comment="choice → unit, where a choice has a unit of its own"),
    Column("menjumlah", Boolean, nullable=False, comment="its choices add up to the figure without this breakdown"),
    Column(
        "butir", JSONB, nullable=False,
        comment="its listed choices in words: list of {kode, nama, sensitif, alias[], definisi[]}, as entries of a code list",
    ),
    Column(
        "terbaru", Boolean, nullable=False, server_default=text("false"),
        comment="its choices replace each other: the newest is the figure without this breakdown",
    ),
)  # fmt: skip

ATURAN = Table(
    "aturan",
    METADATA,
    Column("kode", Kode, primary_key=True),
    Column("formulir", Kode, nullable=False),
    Column("urut", Integer, nullable=False),
    Column("nama", Text, nullable=False),
    Column("kiri", Text, nullable=False),
    Column("operator", Text, nullable=False),
    Column("kanan", Text, nullable=False),
    Column("tingkat", Text, nullable=False, comment="GALAT, PERINGATAN, INFO"),
    Column("pelapor", Text, comment="PROVINSI or KABUPATEN; null: both"),
    Column("toleransi", Numeric, nullable=False, comment="relative, 0.1 = 10 %"),
    Column(
        "per_rincian",
        Text,
        comment="its level for a choice of a breakdown both sides have; TIDAK: not looked at, null: as tingkat",
    ),
    Index("aturan_formulir_idx", "formulir", "urut"),
)

INDIKATOR = Table(
    "indikator",
    METADATA,
    Column("kode", Kode, primary_key=True),
    Column("varian", Kode, primary_key=True, comment="empty for the main one"),
    Column("urut", Integer, nullable=False),
    Column("nama", Text, nullable=False),
    Column("jenis", Text, nullable=False, comment="RASIO, CACAH_KABUPATEN, CAPAIAN, RERATA"),
    Column("satuan", Text, nullable=False),
    Column("faktor", Numeric, nullable=False),
    Column("definisi", Text),
    Column("kode_ref", Text),
)

INDIKATOR_TERM = Table(
    "suku_indikator",
    METADATA,
    Column("indikator", Kode, primary_key=True),
    Column("varian", Kode, primary_key=True),
    Column("sisi", Text, primary_key=True, comment="PEMBILANG or PENYEBUT"),
    Column("pilihan", SmallInteger, primary_key=True, comment="alternatives in order; the first complete one counts"),
    Column("urut", SmallInteger, primary_key=True),
    Column("elemen", Kode, nullable=False),
    Column("rincian", JSONB, nullable=False),
)

DAFTAR_KODE = Table(
    "daftar_kode",
    METADATA,
    Column("daftar", Kode, primary_key=True, comment="PPKS, PSKS, …"),
    Column("versi", Kode, primary_key=True),
    Column("kode", Kode, primary_key=True),
    Column("urut", Integer, nullable=False),
    Column("nama", Text, nullable=False),
    Column("satuan", Text),
    Column("sensitif", SmallInteger, nullable=False),
    Column("alias", ARRAY(Text), nullable=False, comment="older or other labels"),
    Column("definisi", JSONB, nullable=False, comment="list of {sumber, teks, umur, kriteria[]}"),
    Column("berlaku", Boolean, nullable=False, comment="this version of the list is in force"),
)

KATALOG_HISTORY = Table(
    "katalog_riwayat",
    METADATA,
    Column("jenis", Kode, primary_key=True, comment="FORMULIR, INDIKATOR, DAFTAR_KODE, KEWAJARAN"),
    Column("kode", Kode, primary_key=True),
    Column("versi", Integer, primary_key=True),
    Column("hash", Text, nullable=False),
    Column("isi", JSONB, nullable=False),
    Column("dipasang_pada", DateTime(timezone=True), nullable=False),
)
