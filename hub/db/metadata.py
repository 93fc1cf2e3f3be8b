"""The one MetaData of the hub, which the tables of every domain register themselves in, and the column kinds they use.

Codes compare byte by byte (COLLATE "C"), so that "everything below 53.14" is one index range on any server.
"""

import importlib
from pathlib import Path
from typing import Any

from sqlalchemy import Column, DateTime, MetaData, Table, Text, text

METADATA = MetaData(
    naming_convention={
        "pk": "%(table_name)s_pkey",
        "ix": "%(table_name)s_%(column_0_N_name)s_idx",
        "uq": "%(table_name)s_%(column_0_N_name)s_key",
        "ck": "%(table_name)s_%(constraint_name)s_check",
        "fk": "%(table_name)s_%(column_0_N_name)s_fkey",
    }
)


class KodeText(Text):
    """A code of ours, checked before it is stored: nothing in it needs escaping in JSON."""

    cache_ok = True


Kode = KodeText(collation="C")
TextC = Text(collation="C")  # compared like a code, but written by a user


def since_column() -> "Column[Any]":
    """When a row came to hold; what it replaced keeps its own time in the table's history."""
    return Column(
        "sejak",
        DateTime(timezone=True),
        nullable=False,
        server_default=text("hub_saat()"),
        comment="when this row came to hold",
    )


def history_of(now: Table) -> Table:
    """What was replaced in that table, and when: its columns, the time they held, nothing else. Triggers fill it (migration 0009),
    so that no statement can forget; nothing in it is ever changed or deleted."""
    columns = [
        Column(c.name, c.type, primary_key=c.primary_key or c.name == "sejak", nullable=c.nullable) for c in now.columns
    ]
    return Table(
        f"{now.name}_riwayat",
        METADATA,
        *columns,
        Column("sampai", DateTime(timezone=True), nullable=False, comment="when it was replaced"),
    )


def whole_metadata() -> MetaData:
    """METADATA with the tables of every domain, whether or not the program happens to use them."""
    hub = Path(__file__).parents[1]
    for file in sorted(hub.glob("*/tables.py")):
        importlib.import_module(f"hub.{file.parent.name}.tables")
    return METADATA
