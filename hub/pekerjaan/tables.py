"""What is kept about jobs beside procrastinate's own tables."""

from sqlalchemy import Boolean, CheckConstraint, Column, Table, text

from hub.db.metadata import METADATA

WEBHOOK = Table(
    "webhook",
    METADATA,
    Column("satu", Boolean, primary_key=True, server_default=text("true")),
    Column("aktif", Boolean, nullable=False),
    CheckConstraint("satu", name="satu"),
    comment="one row: whether news are left for another program, as the hub that served last has it",
)
