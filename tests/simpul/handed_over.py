"""A province's hub and a node that was handed over, as they lie on disk: made once for a run of tests by the commands that operators use,
copied for whoever needs them."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psycopg
from psycopg import sql

from hub.db.private_cluster import PrivateCluster
from hub.simpul.bundle_parts import PARTS
from tests.cli.hub_process import wait_until
from tests.database_clones import clone, clone_of, maintenance
from tests.simpul.hub_pair import Pair, pair, prepared


@dataclass(frozen=True, slots=True)
class HandedOver:
    """Names of databases to clone, and the folder in which both hubs' folders lie."""

    cluster: PrivateCluster
    province: str
    node: str
    folder: Path

    @contextmanager
    def serving(self, folder: Path) -> Iterator[Pair]:
        """Copies of both, which serve. `folder`: for theirs."""
        shutil.copytree(self.folder, folder, dirs_exist_ok=True)
        for province_url in clone_of(self.cluster, self.province):
            for node_url in clone_of(self.cluster, self.node):
                hubs = prepared(folder, province_url, node_url, BUKU="rantai")
                hubs.node.sql("UPDATE simpul SET induk = %s", hubs.province.address)
                try:
                    hubs.province.start()
                    hubs.node.start()
                    yield hubs
                finally:
                    hubs.node.kill()
                    hubs.province.kill()


def make(cluster: PrivateCluster, templates: dict[str, str], run: str, folder: Path) -> HandedOver:
    """Unless another worker of this run has made it; one at a time. `folder`: shared by workers."""
    made = HandedOver(cluster, f"uji_{run}_serah-provinsi", f"uji_{run}_serah-simpul", folder / "serah")
    conn = maintenance(cluster)
    names = {d for (d,) in conn.execute("SELECT datname FROM pg_database")}
    if made.node in names:
        return made
    fresh = [(templates["contoh"], f"{made.province}-baru"), (templates["dasar"], f"{made.node}-baru")]
    for source, name in fresh:
        clone(conn, source, name)
    province_url, node_url = (cluster.url(name) for _, name in fresh)
    with pair(made.folder, province_url, node_url, BUKU="rantai") as both:
        told = both.node.run("serah")
        assert told.returncode == 0, told.stderr
        assert "sama dengan provinsi" in told.stderr
        assert "sudah menulis di sini" in both.node.run("serah").stderr
        _wait_until_settled(both)
    for _, name in fresh:  # under its final name it is complete
        rename = sql.SQL("ALTER DATABASE {} RENAME TO {}")
        _patiently(conn, rename.format(sql.Identifier(name), sql.Identifier(name.removesuffix("-baru"))), name)
    return made


def _wait_until_settled(both: Pair) -> None:
    """What comes down has come, and nobody complains."""
    taken = "SELECT count(*) FROM simpul_bekal WHERE sidik_induk IS NOT NULL AND sebab IS NULL"
    wait_until(
        lambda: both.node.sql(taken) == [(len(PARTS),)] and both.complaints() == [None, None],
        f"{both.node.sql('SELECT bagian, sebab FROM simpul_bekal')} {both.complaints()}",
        90,
    )


def _patiently(conn: psycopg.Connection[tuple[str]], statement: sql.Composed, name: str) -> None:
    """Backends of processes that were killed take a moment to end."""
    conn.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", (name,))
    left = "SELECT datname FROM pg_stat_activity WHERE datname = %s"
    wait_until(lambda: not conn.execute(left, (name,)).fetchall(), "still connected", 20)
    conn.execute(statement)
