"""One run of `scripts/bench intake`: over which database, how much, and on which core who works."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from bench import database, servers
from bench.servers import Server
from hub.db.private_cluster import PrivateCluster

_FIRST = min(os.sched_getaffinity(0))


@dataclass(frozen=True, slots=True)
class Run:
    """`url`: a database of this run alone, as its owner; `rounds`: offices or files per work."""

    cluster: PrivateCluster
    url: str
    rounds: int
    offices: int
    kills: int

    @contextmanager
    def hub(self) -> Iterator[Server]:
        """`hub serve` as it is shipped on one core; PostgreSQL's new processes and this one on the other."""
        with self.cores(), servers.hub(self.url, database.home(), "intake") as server:
            self.keep_to_first(server.pid)
            yield server

    @staticmethod
    def keep_to_first(pid: int) -> None:
        """Every thread of that process on the first core."""
        _keep_to(pid, {_FIRST})

    @contextmanager
    def cores(self) -> Iterator[None]:
        """PostgreSQL and this process on the second core. Where there is one alone, everything shares it."""
        all_cores = os.sched_getaffinity(0)
        second = {max(all_cores)}
        postmaster = int((self.cluster.folder / "data/postmaster.pid").read_text().split()[0])
        try:
            for pid in (postmaster, os.getpid()):
                _keep_to(pid, second)
            yield
        finally:
            for pid in (postmaster, os.getpid()):
                _keep_to(pid, all_cores)


def _keep_to(pid: int, cores: set[int]) -> None:
    """Every thread of a process."""
    for task in Path(f"/proc/{pid}/task").iterdir():
        os.sched_setaffinity(int(task.name), cores)
