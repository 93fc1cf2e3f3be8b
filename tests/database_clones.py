"""Databases made from templates."""

import uuid
from collections.abc import Iterator

import psycopg
from psycopg import sql

from hub.db.private_cluster import PrivateCluster

_KEPT: dict[str, psycopg.Connection[tuple[str]]] = {}


def maintenance(cluster: PrivateCluster) -> psycopg.Connection[tuple[str]]:
    """A connection as the cluster's owner, kept until `let_go`: a new one starts a process of the server."""
    url = cluster.url()
    if url not in _KEPT or _KEPT[url].closed:
        _KEPT[url] = psycopg.connect(url, autocommit=True)
    return _KEPT[url]


def let_go() -> None:
    """Close what was kept."""
    for conn in _KEPT.values():
        conn.close()
    _KEPT.clear()


def clone(conn: psycopg.Connection[tuple[str]], source: str, name: str) -> None:
    """File by file: that takes a checkpoint, which costs nothing where nothing waits for a disk, and half of what writing all pages
    to the log as well does."""
    how = sql.SQL("STRATEGY file_copy" if conn.info.server_version >= 150_000 else "")  # before, there was no other
    create = sql.SQL("CREATE DATABASE {} TEMPLATE {} {}")
    conn.execute(create.format(sql.Identifier(name), sql.Identifier(source), how))
    # the rights on a database are not copied with it
    conn.execute(sql.SQL("REVOKE TEMPORARY ON DATABASE {} FROM PUBLIC").format(sql.Identifier(name)))


def clone_of(cluster: PrivateCluster, source: str) -> Iterator[str]:
    """A database of its own, made from a template; gone afterwards."""
    name = f"{source.rpartition('_')[0]}_{uuid.uuid4().hex[:12]}"
    clone(maintenance(cluster), source, name)
    yield cluster.url(name)
    maintenance(cluster).execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))
