"""Databases made from templates."""

import uuid
from collections.abc import Iterator

import psycopg
from psycopg import sql

from hub.db.private_cluster import PrivateCluster


def _clone(conn: psycopg.Connection[tuple[str]], source: str, name: str) -> None:
    conn.execute(sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(sql.Identifier(name), sql.Identifier(source)))
    # the rights on a database are not copied with it
    conn.execute(sql.SQL("REVOKE TEMPORARY ON DATABASE {} FROM PUBLIC").format(sql.Identifier(name)))


def clone_of(cluster: PrivateCluster, source: str) -> Iterator[str]:
    """A database of its own, made from a template; gone afterwards."""
    name = f"{source.rpartition('_')[0]}_{uuid.uuid4().hex[:12]}"
    with psycopg.connect(cluster.url(), autocommit=True) as conn:
        _clone(conn, source, name)
    yield cluster.url(name)
    with psycopg.connect(cluster.url(), autocommit=True) as conn:
        conn.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))
