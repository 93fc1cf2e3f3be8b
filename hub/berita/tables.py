"""Chains: what this hub tells the one at the other end of a kabupaten, what that one told, and the receipts for both (migration
0054_rantai). Events are written by triggers, when the transaction that changed something commits.
"""

from typing import Any

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    DateTime,
    Index,
    Integer,
    LargeBinary,
    Table,
    Text,
    Uuid,
    text,
)
from sqlalchemy.dialects.postgresql import JSONB

from hub.db.metadata import METADATA, Kode, TextC


def _head() -> "list[Column[Any]]":
    return [
        Column("kode_kab", Kode, primary_key=True),
        Column("arah", Kode, nullable=False),
        Column("masa", Integer, nullable=False, server_default=text("1")),
        Column("nomor", BigInteger, nullable=False, server_default=text("0")),
        Column(
            "sidik", LargeBinary, nullable=False, server_default=text("decode(repeat('00'::text, 32), 'hex'::text)")
        ),
        Column(
            "awal",
            BigInteger,
            nullable=False,
            server_default=text("0"),
            comment="number of the last event that came before this hub had the chain",
        ),
        Column(
            "awal_sidik",
            LargeBinary,
            nullable=False,
            server_default=text("decode(repeat('00'::text, 32), 'hex'::text)"),
        ),
    ]


def _event() -> "list[Column[Any]]":
    return [
        Column("kode_kab", Kode, primary_key=True),
        Column("nomor", BigInteger, primary_key=True),
        Column("masa", Integer, nullable=False),
        Column("jenis", Kode, nullable=False),
        Column("subjek", TextC, nullable=False),
        Column("isi", Text, nullable=False),
        Column("sidik_isi", LargeBinary, nullable=False),
        Column("sidik_sebelum", LargeBinary, nullable=False),
        Column("sidik", LargeBinary, nullable=False),
        Column("asal_pada", DateTime(timezone=True), nullable=False),
        Column("asal_oleh", Text, nullable=False),
    ]


CHAIN = Table(
    "rantai",
    METADATA,
    *_head(),
    Column("ditulis", Boolean, nullable=False, server_default=text("true"), comment="whether it goes on"),
    Column(
        "diterima", BigInteger, nullable=False, server_default=text("0"),
        comment="the number up to which the other end has said that it has them",
    ),
    CheckConstraint("arah IN ('NAIK', 'TURUN')", "arah"),
    comment="the chain this hub writes of a kabupaten: its end; no row: it writes none",
)  # fmt: skip

CHAIN_EVENT = Table(
    "rantai_peristiwa",
    METADATA,
    *_event(),
    Column("putusan", Text, comment="what the other end made of it: DITERIMA, DITOLAK; null: it has not said yet"),
    Column("temuan", JSONB, nullable=False, server_default=text("'[]'::jsonb")),
    Index("rantai_peristiwa_subjek_idx", "kode_kab", "subjek", "nomor"),
    Index("rantai_peristiwa_ditolak_idx", "kode_kab", "nomor", postgresql_where=text("putusan = 'DITOLAK'")),
    comment="what this hub told; only added to, but for what the other end made of it",
)

RECEIVED_CHAIN = Table(
    "rantai_masuk",
    METADATA,
    *_head(),
    CheckConstraint("arah IN ('NAIK', 'TURUN')", "arah"),
    comment="the chain the other end writes of a kabupaten: up to where it was taken in, without a hole",
)

RECEIVED_EVENT = Table(
    "rantai_peristiwa_masuk",
    METADATA,
    *_event(),
    Column("diterima_pada", DateTime(timezone=True), nullable=False),
    Column("putusan", Text, nullable=False),
    Column("temuan", JSONB, nullable=False),
    CheckConstraint("putusan IN ('DITERIMA', 'DITOLAK')", "putusan"),
    Index("rantai_peristiwa_masuk_subjek_idx", "kode_kab", "subjek", "nomor"),
    Index("rantai_peristiwa_masuk_ditolak_idx", "kode_kab", "nomor", postgresql_where=text("putusan = 'DITOLAK'")),
    comment="what the other end told, and what this hub made of it; only added to",
)

RECEIPT = Table(
    "tanda_terima",
    METADATA,
    Column("kode_kab", Kode, primary_key=True),
    Column("id", Uuid, primary_key=True, comment="UUIDv7: in order of time"),
    Column("diberi", Boolean, nullable=False, comment="whether this hub gave it; else it was given it"),
    Column("nomor", BigInteger, nullable=False, comment="the highest number without a hole"),
    Column("isi", Text, nullable=False, comment="JSON, canonical: what was signed"),
    Column("tanda_tangan", LargeBinary),
    Column("peringatan", Boolean, nullable=False, comment="it tells of something that an operator must look at"),
    Column("pada", DateTime(timezone=True), nullable=False, server_default=text("hub_saat()")),
    comment="receipts, at both ends; only added to",
)

CHAIN_SALT = Table(
    "rantai_garam",
    METADATA,
    Column("kode_kab", Kode, primary_key=True),
    Column("subjek", TextC, primary_key=True),
    Column("garam", LargeBinary, nullable=False),
    comment="salts of what a chain holds only hashes of; gone when that is erased",
)
