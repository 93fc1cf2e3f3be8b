"""The key that claims are signed with, and the salt of content hashes, as the owner alone can read them (see hub/db/claims.py)."""

from sqlalchemy import Boolean, CheckConstraint, Column, LargeBinary, Table, text

from hub.db.metadata import METADATA

ROLE_KEY = Table(
    "kunci_peran",
    METADATA,
    Column("satu", Boolean, primary_key=True, server_default=text("true"), comment="there is one key"),
    Column("dalam", LargeBinary, nullable=False, comment="the key as HMAC puts it before a message"),
    Column("luar", LargeBinary, nullable=False, comment="the key as HMAC puts it before the hash of that"),
    Column(
        "garam", LargeBinary, nullable=False, server_default=text("(uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid()))"),
        comment="random, made once; read by hub_sidik_revisi alone",
    ),
    CheckConstraint("satu", name="satu"),
)  # fmt: skip
