"""What was released: figures everybody may see with their history, and what the next decision needs to know of earlier ones."""

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
    Uuid,
    text,
)
from sqlalchemy.dialects.postgresql import JSONB

from hub.db.metadata import METADATA, Kode, history_of, since_column

RELEASED = Table(
    "angka_rilis",
    METADATA,
    Column("kode_kab", Kode, primary_key=True, comment="the reporter; of totals of a province the province"),
    Column("elemen", Kode, primary_key=True),
    Column("periode", Kode, primary_key=True),
    Column("tingkat", SmallInteger, primary_key=True, comment="level of kode_wilayah: 1 to 4"),
    Column("dimensi", Kode, primary_key=True),
    Column("kode_wilayah", Kode, primary_key=True),
    Column("rincian", JSONB, primary_key=True),
    Column("nilai", Numeric),
    Column("status", Text, nullable=False),
    Column("turunan", Boolean, nullable=False, comment="made of finer periods"),
    Column(
        "kelengkapan", ARRAY(Integer),
        comment="of a province: offices expected, received, approved, in time, as they were in this total",
    ),
    Column("terisi", Integer, comment="of a province: how many kabupaten carry a figure in this total"),
    since_column(),
    Index("angka_rilis_kabupaten_idx", "kode_kab", "elemen", "periode", "dimensi", postgresql_where=text("tingkat = 2")),
    Index(
        "angka_rilis_wilayah_idx", "kode_kab", "periode", "kode_wilayah",
        postgresql_where=text("dimensi = '' AND tingkat = 4"),
    ),
)  # fmt: skip

RELEASED_STATED = Table(
    "angka_tertulis_rilis",
    METADATA,
    Column("kode_kab", Kode, primary_key=True, comment="the reporter: kabupaten, or province for its statement"),
    Column("elemen", Kode, primary_key=True),
    Column("periode", Kode, primary_key=True),
    Column("kode_wilayah", Kode, primary_key=True),
    Column("dimensi", Kode, primary_key=True),
    Column("rincian", JSONB, primary_key=True),
    Column("tertulis", Numeric, nullable=False),
    since_column(),
)

RELEASED_HISTORY = history_of(RELEASED)
RELEASED_STATED_HISTORY = history_of(RELEASED_STATED)

OFFICE_RELEASE = Table(
    "rilis_kantor",
    METADATA,
    Column("kode_kab", Kode, primary_key=True),
    Column("elemen", Kode, primary_key=True),
    Column("periode", Kode, primary_key=True),
    Column("versi", Integer, primary_key=True, comment="counted from 0"),
    Column("isi", JSONB, nullable=False, comment="figures: [region, choices, value, sensitivity, hidden; 2: until its element became more sensitive]"),
    Column(
        "keperluan", JSONB, nullable=False,
        comment="what totals of the province must let the office's own figures be: [vector, times]",
    ),
    Column(
        "ruang", JSONB, nullable=False,
        comment="how far its hidden own figures go down for others: [choices, down, versions]",
    ),
    Column("jalur", ARRAY(Kode), nullable=False, comment="regions below the office on which it does so"),
    Column(
        "terancam", Integer, nullable=False,
        comment="figures for which no proof was found: the total above is not shown",
    ),
    since_column(),
    comment="every version of an element that an office showed for a period, with what it hid: for the next decision, never shown",
)  # fmt: skip

TOTAL_RELEASE = Table(
    "rilis_total",
    METADATA,
    Column("kode_kab", Kode, primary_key=True, comment="the province"),
    Column("elemen", Kode, primary_key=True),
    Column("periode", Kode, primary_key=True),
    Column("rincian", JSONB, primary_key=True),
    Column("versi", Integer, primary_key=True, comment="counted from 0"),
    Column("nilai", Numeric, nullable=False),
    Column("bagian", JSONB, nullable=False, comment="kabupaten → its version in this sum"),
    since_column(),
    comment="every version of a total of a province that was ever open",
)

WAITING = Table(
    "rilis_tunggu",
    METADATA,
    Column("kode_kab", Kode, primary_key=True, comment="the province, or the office whose revision waits"),
    Column("elemen", Kode, primary_key=True),
    Column("periode", Kode, primary_key=True),
    Column("rincian", JSONB, primary_key=True),
    Column("sebab", Text, nullable=False, comment="one of hub/rilis/reasons.py"),
    since_column(),
    comment="what is not shown yet: a total of a province, a revision of an office",
)

THRESHOLDS = Table(
    "ambang_rilis",
    METADATA,
    Column("kode_kab", Kode, primary_key=True, comment="the province"),
    Column("k1", Integer, nullable=False, comment="of sensitivity 1; k2, k3 alike"),
    Column("k2", Integer, nullable=False),
    Column("k3", Integer, nullable=False),
    Column(
        "sejak", DateTime(timezone=True), primary_key=True, server_default=text("hub_saat()"),
        comment="when this row came to hold",
    ),
    CheckConstraint("k1 BETWEEN 3 AND 100 AND k2 BETWEEN 3 AND 100 AND k3 BETWEEN 3 AND 100", name="ambang"),
    comment="how small a count a province hides: the newest row counts",
)  # fmt: skip

FAILED_TOTALS = Table(
    "rilis_gagal",
    METADATA,
    Column("kode_kab", Kode, primary_key=True, comment="the province"),
    Column("formulir", Kode, primary_key=True),
    Column("periode", Kode, primary_key=True),
    Column("sebab", Text, nullable=False, comment="what went wrong the last time"),
    since_column(),
    comment="totals of a province that could not be made; gone when they are",
)

WITHDRAWN = Table(
    "rilis_tarik",
    METADATA,
    Column("kode_kab", Kode, primary_key=True, comment="the province or the office"),
    Column("elemen", Kode, primary_key=True),
    Column("periode", Kode, primary_key=True),
    Column("alasan", Text, nullable=False),
    since_column(),
    comment="what was withdrawn: all versions of it answer DISUPRESI",
)

SENSITIVE_READING = Table(
    "bacaan_peka",
    METADATA,
    Column("kode_kab", Kode, primary_key=True, comment="the region that the reader reaches; empty: all"),
    Column("id", Uuid, primary_key=True, comment="UUIDv7: in order of time"),
    Column("pada", DateTime(timezone=True), nullable=False, server_default=text("clock_timestamp()")),
    Column("oleh", Text, nullable=False, comment="name on the token"),
    Column("peran", Text, nullable=False),
    Column(
        "yang", ARRAY(Kode), nullable=False,
        comment="codes of elements, forms and indicators that were named; rekap_nilai: cells of rekap",
    ),
    Column("wilayah", ARRAY(Kode), nullable=False, comment="codes of regions that were named"),
    comment="readings of raw figures of sensitivity 3 by officers",
)  # fmt: skip
