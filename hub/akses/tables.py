"""Bearer tokens, and invitations to fetch one. Only hashes are kept; a token or a code is shown once, when it is made."""

from sqlalchemy import Column, DateTime, Integer, LargeBinary, Table, Text, Uuid, text

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

INVITATION = Table(
    "undangan",
    METADATA,
    Column("id", Uuid, primary_key=True),
    Column("nama", Text, nullable=False),
    Column("peran", Text, nullable=False, comment="of the token: KABUPATEN, PROVINSI, ADMIN"),
    Column("wilayah", Kode, nullable=False, comment="of the token: the code the role reaches; empty for ADMIN"),
    Column("token_sampai", DateTime(timezone=True), comment="when the token ends; null: when it is revoked"),
    Column(
        "nomor", Kode, nullable=False, unique=True, comment="the code's first letters, by which it is found; no secret"
    ),
    Column("hash", LargeBinary, nullable=False, comment="SHA-256 of the code"),
    Column("dibuat_pada", DateTime(timezone=True), nullable=False),
    Column("kedaluwarsa_pada", DateTime(timezone=True), nullable=False, comment="when the code ends"),
    Column("salah", Integer, nullable=False, server_default=text("0"), comment="wrong tries"),
    Column("dicabut_pada", DateTime(timezone=True)),
    Column("dipakai_pada", DateTime(timezone=True)),
    Column("token", Uuid, comment="the token it was exchanged for"),
    Column("garam", LargeBinary, comment="what that token was made with; forgotten minutes later"),
)
