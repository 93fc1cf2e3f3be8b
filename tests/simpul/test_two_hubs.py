"""A node joins its province and brings what it wrote: two real hubs, real sockets, killed where it hurts."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from hub.db.private_cluster import PrivateCluster
from tests.database_clones import clone_of
from tests.simpul.two_hubs import Pair, pair


@pytest.fixture
def hubs(cluster: PrivateCluster, templates: dict[str, str], tmp_path: Path) -> Iterator[Pair]:
    """Neither serves yet."""
    for province_url in clone_of(cluster, templates["contoh"]):
        for node_url in clone_of(cluster, templates["dasar"]):
            with pair(tmp_path, province_url, node_url) as both:
                yield both


def test_a_node_joins_and_everything_travels_both_ways_once_and_in_order(hubs: Pair) -> None:
    hubs.province.start()
    hubs.join()
    hubs.node.start()
    hubs.node.write("a", "b", "c", "d", "e", "f", "g")
    hubs.province.write("turun 1", "turun 2", "turun 3", "turun 4")
    hubs.carried("a", "b", "c", "d", "e", "f", "g")
    from tests.cli.hub_process import wait_until

    wait_until(lambda: hubs.node.came() == ["turun 1", "turun 2", "turun 3", "turun 4"], "nothing came down", 10)
