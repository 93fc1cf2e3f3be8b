"""The key that claims are signed with, as the owner alone can read it (see hub/db/claims.py)."""

from sqlalchemy import Boolean, CheckConstraint, Column, LargeBinary, Table, text

from hub.db.metadata import METADATA

ROLE_KEY = Table(
    "kunci_peran",
    METADATA,
    Column("satu", Boolean, primary_key=True, server_default=text("true"), comment="there is one key"),
    Column("dalam", LargeBinary, nullable=False, comment="the key as HMAC puts it before a message"),
    Column("luar", LargeBinary, nullable=False, comment="the key as HMAC puts it before the hash of that"),
    CheckConstraint("satu", name="satu"),
)
