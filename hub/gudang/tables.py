"""The stock of disaster warehouses as a ledger: what came, what went, and the balance that follows from it.

`mutasi_stok` only grows. `stok` and the counter in `buku_stok` are written by its trigger (migration 0013) and by nobody
else, so that a balance is the sum of its ledger by construction. A movement is public as a quantity; what is written
about it (to whom, why, by whom) stands in `bukti_stok` and is for the offices concerned.

Goods that go to another office's warehouse are under way until that office says so: the sender's transaction writes what went
out and a row of `pindahan_stok`, the receiver's what came in and its answer. So no transaction writes in two kabupaten, and
nobody writes a foreign ledger. What is under way stands in no balance. Refused goods come back into the sender's ledger in a
third transaction (`hub_kembalikan_pindahan`, migration 0026); `bukti_kembali` says that it was done.
"""

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Column,
    Date,
    DateTime,
    Index,
    Integer,
    LargeBinary,
    Numeric,
    Table,
    Text,
    text,
)
from sqlalchemy.dialects.postgresql import JSONB, UUID

from hub.db.metadata import METADATA, Kode, TextC

FUND_SOURCES = ("APBN", "APBD", "HIBAH")

# A reference table: the goods a warehouse may hold, some dozens, the same everywhere.
BARANG = Table(
    "barang",
    METADATA,
    Column("kode", Kode, primary_key=True),
    Column("urut", Integer, nullable=False),
    Column("nama", Text, nullable=False),
    Column("satuan", Text, nullable=False),
    Column("bulat", Boolean, nullable=False, comment="counted in whole units"),
    Column("berkedaluwarsa", Boolean, nullable=False, comment="every lot has a day from which it is no longer given"),
)


def _gudang_key() -> "list[Column[str]]":
    return [
        Column("kode_kab", Kode, primary_key=True, comment="where the warehouse stands"),
        Column("gudang", UUID(as_uuid=False), primary_key=True, comment="sumber_daya.id"),
    ]


# Whoever writes to a warehouse's ledger holds this row; of several, in order of their keys, so that no two wait for each other.
STOK_LEDGER = Table(
    "buku_stok",
    METADATA,
    *_gudang_key(),
    Column("urutan", Integer, nullable=False, comment="number of the last movement"),
)

# The document of one call: a receipt, a handover, a transfer, an opname. What comes in from another office has its own.
STOK_DOCUMENT = Table(
    "bukti_stok",
    METADATA,
    Column("kode_kab", Kode, primary_key=True),
    Column(
        "id", UUID(as_uuid=False), primary_key=True, comment="UUIDv7; what comes in from another office has its own"
    ),
    Column("asal_kab", Kode, nullable=False, comment="whose office wrote it: of a return, the one that refused"),
    Column("nomor_dokumen", Text, nullable=False),
    Column("tujuan", Text, comment="to whom the goods went"),
    Column("alasan", Text, comment="why a correction was made"),
    Column("oleh", Text, nullable=False, comment="name on the token that was used"),
    Column("dicatat_pada", DateTime(timezone=True), nullable=False),
    Column("kunci_idempoten", TextC, comment="null: written by the hub itself"),
    Column("hash_isi", LargeBinary, nullable=False, comment="SHA-256 of what was sent"),
    Column("temuan", JSONB, nullable=False, comment="what was found, for the receipt of a repeated call"),
    Index(
        "bukti_stok_kunci_idx",
        "kode_kab",
        "kunci_idempoten",
        unique=True,
        postgresql_where=text("kunci_idempoten IS NOT NULL"),
    ),
)

STOK_MOVEMENT = Table(
    "mutasi_stok",
    METADATA,
    *_gudang_key(),
    Column("urutan", Integer, primary_key=True, comment="1, 2, 3 … per warehouse, by the trigger"),
    Column("bukti", UUID(as_uuid=False), nullable=False, comment="bukti_stok.id"),
    Column("baris", Integer, nullable=False, comment="within the document; the same for both rows of a transfer"),
    Column("jenis", Kode, nullable=False, comment="TERIMA, KELUAR, PINDAH_MASUK, PINDAH_KELUAR, KOREKSI"),
    Column("barang", Kode, nullable=False),
    Column("sumber_dana", Kode, nullable=False, comment="APBN, APBD, HIBAH"),
    Column("lot", TextC, nullable=False, comment="empty: no lot is told apart"),
    Column("kedaluwarsa", Date, comment="first day no longer given to people; null: never"),
    Column("jumlah", Numeric, nullable=False, comment="in the unit of the goods; negative: out"),
    Column("pada", DateTime(timezone=True), nullable=False, comment="when it happened"),
    Column("dicatat_pada", DateTime(timezone=True), nullable=False, comment="when it was written down"),
    Column("lawan_kab", Kode, comment="the other side of a transfer"),
    Column("lawan_gudang", UUID(as_uuid=False)),
    Column(
        "dikirim_pada",
        DateTime(timezone=True),
        comment="of goods that were refused and came back: when they had left",
    ),
    CheckConstraint("dikirim_pada IS NULL OR jenis = 'PINDAH_MASUK' AND dikirim_pada <= pada", name="kembali"),
    CheckConstraint("jumlah <> 0 AND (jenis IN ('TERIMA', 'PINDAH_MASUK') AND jumlah > 0 "
                    "OR jenis IN ('KELUAR', 'PINDAH_KELUAR') AND jumlah < 0 OR jenis = 'KOREKSI')", name="jumlah"),
    CheckConstraint("(jenis IN ('PINDAH_MASUK', 'PINDAH_KELUAR')) = (lawan_kab IS NOT NULL) "
                    "AND (lawan_kab IS NULL) = (lawan_gudang IS NULL)", name="lawan"),
    CheckConstraint("sumber_dana IN ('APBN', 'APBD', 'HIBAH')", name="sumber_dana"),
    # the stock card of one kind of goods, in the order it was written
    Index("mutasi_stok_kartu_idx", "kode_kab", "gudang", "barang", "urutan"),
    # balances at a moment, what went out lately
    Index("mutasi_stok_pada_idx", "kode_kab", "gudang", "barang", "pada"),
    Index("mutasi_stok_bukti_idx", "kode_kab", "bukti", "baris"),
)  # fmt: skip

# The balance per lot. The check is the last line; the services look first, holding the row of buku_stok.
STOK = Table(
    "stok",
    METADATA,
    *_gudang_key(),
    Column("barang", Kode, primary_key=True),
    Column("sumber_dana", Kode, primary_key=True),
    Column("lot", TextC, primary_key=True),
    Column("kedaluwarsa", Date, comment="of the lot: one lot has one"),
    Column("jumlah", Numeric, nullable=False),
    CheckConstraint("jumlah >= 0", name="jumlah"),
)

# Holds from its first day until the next one's; 0 lifts it.
STOK_MINIMUM = Table(
    "stok_minimum",
    METADATA,
    *_gudang_key(),
    Column("barang", Kode, primary_key=True),
    Column("sejak", Date, primary_key=True, comment="first day it holds, office's zone"),
    Column("jumlah", Numeric, nullable=False),
    Column("diubah_pada", DateTime(timezone=True), nullable=False),
    Column("diubah_oleh", Text, nullable=False),
    CheckConstraint("jumlah >= 0", name="jumlah"),
)


# Goods from one office to another: what was sent. Only `bukti_kembali` is ever changed.
STOK_TRANSFER = Table(
    "pindahan_stok",
    METADATA,
    Column("kode_kab", Kode, primary_key=True, comment="where the sender's warehouse stands"),
    Column("id", UUID(as_uuid=False), primary_key=True, comment="bukti_stok.id of what went out"),
    Column("gudang", UUID(as_uuid=False), nullable=False, comment="sumber_daya.id of the sender"),
    Column("ke_kab", Kode, nullable=False, comment="where the receiver's warehouse stands"),
    Column("ke_gudang", UUID(as_uuid=False), nullable=False, comment="sumber_daya.id of the receiver"),
    Column(
        "satu_kantor",
        Boolean,
        nullable=False,
        comment="one office keeps both, in two kabupaten: received at once, in a transaction of its own",
    ),
    Column("dikirim_pada", DateTime(timezone=True), nullable=False, comment="when the goods left"),
    Column("bukti_kembali", UUID(as_uuid=False), comment="bukti_stok.id of the return, once it is written"),
    Index("pindahan_stok_keluar_idx", "kode_kab", "gudang", "id"),
    Index("pindahan_stok_masuk_idx", "ke_kab", "ke_gudang", "id"),
)

# What the receiver said to it; without a row it is under way.
TRANSFER_ANSWER = Table(
    "jawaban_pindahan",
    METADATA,
    Column("kode_kab", Kode, primary_key=True, comment="where the receiver's warehouse stands"),
    Column("asal_kab", Kode, primary_key=True, comment="pindahan_stok.kode_kab"),
    Column("pindahan", UUID(as_uuid=False), primary_key=True, comment="pindahan_stok.id"),
    Column("gudang", UUID(as_uuid=False), nullable=False, comment="sumber_daya.id of the receiver"),
    Column("status", Kode, nullable=False, comment="DITERIMA, DITOLAK"),
    Column("alasan", Text, comment="why it was refused"),
    Column("bukti", UUID(as_uuid=False), comment="bukti_stok.id of what came in"),
    Column("oleh", Text, nullable=False, comment="name on the token that was used"),
    Column("dicatat_pada", DateTime(timezone=True), nullable=False),
    CheckConstraint("status = 'DITERIMA' AND bukti IS NOT NULL AND alasan IS NULL "
                    "OR status = 'DITOLAK' AND bukti IS NULL AND alasan IS NOT NULL", name="status"),
    Index("jawaban_pindahan_bukti_idx", "kode_kab", "bukti"),
)  # fmt: skip
