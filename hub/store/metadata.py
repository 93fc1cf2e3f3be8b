"""The one MetaData of the hub, and the column kinds every table uses.

Codes compare byte by byte (COLLATE "C"), so that "everything below 53.14" is one index range on any server.
"""

from typing import Any

from sqlalchemy import Column, DateTime, MetaData, Text, text

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
TeksC = Text(collation="C")  # compared like a code, but written by a user


def sejak() -> "Column[Any]":
    """When a row came to hold; what it replaced keeps its own time in the table's history."""
    return Column(
        "sejak",
        DateTime(timezone=True),
        nullable=False,
        server_default=text("hub_saat()"),
        comment="when this row came to hold",
    )
