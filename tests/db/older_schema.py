"""A database as an earlier version of the hub had it."""

import psycopg
from alembic import command
from sqlalchemy import create_engine
from sqlalchemy.pool import NullPool

from hub.db.migrate import _config


def go_back(url: str, revision: str) -> None:
    """Undo every migration after that revision, keeping what is stored as far as it can be."""
    engine = create_engine("postgresql+psycopg://", creator=lambda: psycopg.connect(url), poolclass=NullPool)
    config = _config()
    with engine.begin() as connection:
        config.attributes["koneksi"] = connection
        command.downgrade(config, revision)
