"""Approved figures at every level and period, written by the approving transaction, so that reading adds nothing up
but kabupaten into a province."""

from sqlalchemy import Boolean, Column, Index, Integer, MetaData, Numeric, SmallInteger, Table, Text, text
from sqlalchemy.dialects.postgresql import JSONB

from hub.db.metadata import METADATA, Kode, history_of, since_column

ANGKA = Table(
    "angka",
    METADATA,
    Column("kode_kab", Kode, primary_key=True),
    Column("elemen", Kode, primary_key=True),
    Column("periode", Kode, primary_key=True),
    Column("tingkat", SmallInteger, primary_key=True, comment="level of kode_wilayah: 2, 3 or 4"),
    Column("dimensi", Kode, primary_key=True, comment="sorted names of the breakdown, joined by |; empty: the total"),
    Column("kode_wilayah", Kode, primary_key=True),
    Column("rincian", JSONB, primary_key=True),
    Column("nilai", Numeric),
    Column("status", Text, nullable=False),
    Column("turunan", Boolean, nullable=False, comment="made of finer periods"),
    # figures of whole kabupaten, which a province is added up from: a small index beside the key of all
    Index("angka_kabupaten_idx", "kode_kab", "elemen", "periode", "dimensi", postgresql_where=text("tingkat = 2")),
    # what one desa has, read as one range; above desa the key serves, and the planner must not be tempted
    Index(
        "angka_wilayah_idx",
        "kode_kab",
        "periode",
        "kode_wilayah",
        postgresql_where=text("dimensi = '' AND tingkat = 4"),
    ),
    since_column(),
)
# the same as the caller may see it: a view, of what he does not reach what was released
READABLE_ANGKA = Table("angka_terbaca", MetaData(), *(Column(k.name, k.type) for k in ANGKA.c))

STATED_ANGKA = Table(
    "angka_tertulis",
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

# One row per kabupaten, form and period, for the period itself and every coarser one: whether that office has sent, had approved
# and was in time, by its own rekap of the period or by those of all its parts. 1 or 0, so that offices add up.
KELENGKAPAN = Table(
    "kelengkapan",
    METADATA,
    Column("kode_kab", Kode, primary_key=True),
    Column("formulir", Kode, primary_key=True),
    Column("periode", Kode, primary_key=True),
    Column("diharapkan", Integer, nullable=False),
    Column("diterima", Integer, nullable=False),
    Column("disetujui", Integer, nullable=False),
    Column("tepat_waktu", Integer, nullable=False),
    since_column(),
)

ANGKA_HISTORY = history_of(ANGKA)
STATED_ANGKA_HISTORY = history_of(STATED_ANGKA)
KELENGKAPAN_HISTORY = history_of(KELENGKAPAN)
