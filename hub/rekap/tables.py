"""The rekap: what was sent, revision by revision, what was found in it, and what happened to it.

Revisions, values, totals, findings, events and deadlines are only ever inserted. `kode_kab` is the reporter's code: a
kabupaten's, or a province's own for its statement.
"""

from sqlalchemy import (
    Boolean,
    Column,
    Date,
    DateTime,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Numeric,
    Table,
    Text,
    Uuid,
    text,
)
from sqlalchemy.dialects.postgresql import JSONB

from hub.db.metadata import METADATA, Kode, TextC, history_of, since_column

REKAP = Table(
    "rekap",
    METADATA,
    Column("kode_kab", Kode, primary_key=True),
    Column("formulir", Kode, primary_key=True),
    Column("periode", Kode, primary_key=True),
    Column("status", Text, nullable=False, comment="DRAF, DIAJUKAN, DIKEMBALIKAN, DISETUJUI"),
    Column("revisi", Integer, nullable=False, comment="newest revision"),
    Column("revisi_disetujui", Integer, comment="the revision that counts in aggregates"),
    Column("tenggat", Date, comment="last day in time, office's zone"),
    Column("diajukan_pada", DateTime(timezone=True), comment="first submission"),
    Column("tepat_waktu", Boolean),
    since_column(),
)

REKAP_REVISION = Table(
    "rekap_revisi",
    METADATA,
    Column("kode_kab", Kode, primary_key=True),
    Column("formulir", Kode, primary_key=True),
    Column("periode", Kode, primary_key=True),
    Column("revisi", Integer, primary_key=True),
    Column("jenis", Text, nullable=False, comment="DRAF or AJUAN"),
    Column("dibuat_pada", DateTime(timezone=True), nullable=False),
    Column("oleh", Text, nullable=False),
    Column("kunci_idempoten", Text, nullable=False),
    Column("hash_isi", LargeBinary, nullable=False, comment="SHA-256 of what was sent"),
    Column("versi_formulir", Integer, nullable=False),
    Column("surat_nomor", Text),
    Column("surat_tanggal", Date),
    Column(
        "asal_pada",
        DateTime(timezone=True),
        comment="when it was made, by the clock of the hub it was made at; null: here",
    ),
    Index("rekap_revisi_kunci_idx", "kode_kab", "kunci_idempoten", unique=True),
)

REKAP_NILAI = Table(
    "rekap_nilai",
    METADATA,
    Column("kode_kab", Kode, primary_key=True),
    Column("formulir", Kode, primary_key=True),
    Column("periode", Kode, primary_key=True),
    Column("revisi", Integer, primary_key=True),
    Column("elemen", Kode, primary_key=True),
    Column("kode_wilayah", Kode, primary_key=True),
    Column("rincian", JSONB, primary_key=True),
    Column("nilai", Numeric),
    Column("status", Text, nullable=False),
)

REKAP_TOTAL = Table(
    "rekap_total",
    METADATA,
    Column("kode_kab", Kode, primary_key=True),
    Column("formulir", Kode, primary_key=True),
    Column("periode", Kode, primary_key=True),
    Column("revisi", Integer, primary_key=True),
    Column("urut", Integer, primary_key=True),
    Column("elemen", Text, nullable=False, comment="one element, or a sum of elements of one group"),
    Column("kode_wilayah", Kode, nullable=False),
    Column("tertulis", Numeric, nullable=False),
    Column("dihitung", Numeric, comment="null: what the cells add up to is not known"),
)

REKAP_TEMUAN = Table(
    "rekap_temuan",
    METADATA,
    Column("kode_kab", Kode, primary_key=True),
    Column("formulir", Kode, primary_key=True),
    Column("periode", Kode, primary_key=True),
    Column("revisi", Integer, primary_key=True),
    Column("urut", Integer, primary_key=True),
    Column("kode", Text, nullable=False),
    Column("tingkat", Text, nullable=False),
    Column("pesan", Text, nullable=False),
    Column("wilayah", TextC),
    Column("elemen", Text),
    Column("nilai", Text),
    Column("usulan", Text),
    Column("lokasi", JSONB, nullable=False),
)

# figures of a revision that LONJAKAN_ANGKA was said of when it was sent
REKAP_JUMP = Table(
    "rekap_lonjakan",
    METADATA,
    Column("kode_kab", Kode, primary_key=True),
    Column("formulir", Kode, primary_key=True),
    Column("periode", Kode, primary_key=True),
    Column("revisi", Integer, primary_key=True),
    Column("elemen", Kode, primary_key=True),
    Column("kode_wilayah", Kode, primary_key=True),
    Column("rincian", JSONB, primary_key=True),
)


def _readable(table: Table) -> Table:
    """The view of it: all of whom the caller reaches; of others, of figures, what was released."""
    return Table(f"{table.name}_terbaca", MetaData(), *(Column(k.name, k.type) for k in table.c if k.name != "publik"))


READABLE_NILAI = _readable(REKAP_NILAI)
READABLE_TOTAL = _readable(REKAP_TOTAL)
READABLE_TEMUAN = _readable(REKAP_TEMUAN)
READABLE_LETTER = Table(
    f"{REKAP_REVISION.name}_terbaca",
    MetaData(),
    *(
        Column(k, REKAP_REVISION.c[k].type)
        for k in ("kode_kab", "formulir", "periode", "revisi", "surat_nomor", "surat_tanggal")
    ),
)

REKAP_EVENT = Table(
    "rekap_peristiwa",
    METADATA,
    Column("kode_kab", Kode, primary_key=True),
    Column("formulir", Kode, primary_key=True),
    Column("periode", Kode, primary_key=True),
    Column("urut", Integer, primary_key=True),
    Column("pada", DateTime(timezone=True), nullable=False),
    Column("oleh", Text, nullable=False),
    Column("aksi", Text, nullable=False),
    Column("dari", Text),
    Column("ke", Text, nullable=False),
    Column("revisi", Integer, nullable=False),
    Column("alasan", Text),
    Column(
        "catatan", JSONB, nullable=False, comment="cells the province marked: wilayah, elemen, rincian, alasan, usulan"
    ),
    Column(
        "asal_pada",
        DateTime(timezone=True),
        comment="when it happened, by the clock of the hub where it did; null: here",
    ),
    Index("rekap_peristiwa_pada_idx", "pada"),
)

# small, and the same everywhere: a kabupaten's rows are looked at together with those of its province
TENGGAT = Table(
    "tenggat",
    METADATA,
    Column("formulir", Kode, primary_key=True),
    Column("periode", Kode, primary_key=True),
    Column(
        "kode_wilayah", Kode, primary_key=True, comment="a kabupaten/kota, or a province: all of it that has none of its own"
    ),
    Column("urut", Integer, primary_key=True, comment="settings of one region in order; the last one holds"),
    Column("tanggal", Date, nullable=False),
    Column("alasan", Text, nullable=False),
    Column("kantor", TextC, nullable=False, comment="who set it: the code of a province; empty: who runs the hub"),
    Column("pada", DateTime(timezone=True), nullable=False, server_default=text("hub_saat()")),
)  # fmt: skip

REKAP_HISTORY = history_of(REKAP)

FILE_MAPPING = Table(
    "pemetaan_berkas",
    METADATA,
    Column("kode_kab", Kode, primary_key=True, comment="the office whose files they are: a kabupaten, or a province"),
    Column("formulir", Kode, primary_key=True),
    Column("jenis", Kode, primary_key=True, comment="KOLOM, BARIS"),
    Column("lembar", TextC, primary_key=True, comment="of that sheet alone; empty: of each"),
    Column("tertulis", TextC, primary_key=True, comment="a title or the words of a row, as they are compared"),
    Column("sebagai", Text, nullable=False, comment="what a column is; of a row WILAYAH or ABAIKAN"),
    Column("elemen", Text, comment="code, as it was said"),
    Column("rincian", JSONB, nullable=False, comment="list of [breakdown, choice]"),
    Column("wilayah", Text, comment="of a row: the code of its region"),
    Column("diubah_pada", DateTime(timezone=True), nullable=False, server_default=text("now()")),
)

REMINDER = Table(
    "pengingat",
    METADATA,
    Column("kode_kab", Kode, primary_key=True, comment="the office that was reminded"),
    Column("formulir", Kode, primary_key=True),
    Column("periode", Kode, primary_key=True),
    Column("id", Uuid, primary_key=True, comment="UUIDv7: in order of time"),
    Column("tenggat", Date, nullable=False, comment="the deadline it was about"),
    Column("hari", Integer, comment="of the hub itself: which of its days, counted to the deadline; null: by an office"),
    Column("status", Text, comment="state of the rekap then; null: nothing had come"),
    Column("saluran", Text, nullable=False, comment="how it was told, in the words of who did"),
    Column("oleh", Text, nullable=False, comment="name on the token; empty: the hub itself"),
    Column(
        "kantor", TextC, nullable=False,
        comment="who reminded: the code of a province; empty: who runs the hub, or the hub itself",
    ),
    Column("pada", DateTime(timezone=True), nullable=False, server_default=text("hub_saat()")),
    Index(
        "pengingat_sekali_idx", "kode_kab", "formulir", "periode", "tenggat", "hari", unique=True,
        postgresql_where=text("hari IS NOT NULL"),
    ),
)  # fmt: skip
