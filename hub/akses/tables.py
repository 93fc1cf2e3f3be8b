"""Bearer tokens. Only the hash is kept; the token itself is shown once, when it is made."""

from sqlalchemy import Column, DateTime, LargeBinary, Table, Text, Uuid

from hub.db.metadata import METADATA, Kode

TOKEN = Table(
    "token",
    METADATA,
    Column("id", Uuid, primary_key=True),
    Column("nama", Text, nullable=False),
    Column("peran", Text, nullable=False, comment="KABUPATEN, PROVINSI, ADMIN"),
    Column("wilayah", Kode, nullable=False, comment="code the role reaches; empty for ADMIN"),
    Column("hash", LargeBinary, nullable=False, unique=True, comment="SHA-256 of the token"),
    Column("dibuat_pada", DateTime(timezone=True), nullable=False),
    Column("kedaluwarsa_pada", DateTime(timezone=True)),
    Column("dicabut_pada", DateTime(timezone=True)),
    Column("terakhir_dipakai", DateTime(timezone=True), comment="to the minute"),
)
