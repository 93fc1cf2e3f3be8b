"""`langsung`: a node is asked now, on behalf of the caller, for what it may tell him; whatever else is asked is read from the copy."""

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from hub.db.private_cluster import PrivateCluster
from tests.client import Client
from tests.database_clones import clone_of
from tests.simpul.live_hubs import ask, be_node, register, served


@pytest.fixture(scope="module")
def hubs(
    cluster: PrivateCluster, templates: dict[str, str], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Client, Client]]:
    """A province and the node of 53.14."""
    homes = tmp_path_factory.mktemp("provinsi"), tmp_path_factory.mktemp("simpul")
    for province_url in clone_of(cluster, templates["contoh"]):
        for node_url in clone_of(cluster, templates["contoh"]):
            with ExitStack() as stack:
                province = stack.enter_context(served(province_url, homes[0], "53"))
                node = stack.enter_context(served(node_url, homes[1], "53.14"))
                be_node(node, homes[0])
                register(province, "53.14", node.address)
                yield province, node


def test_a_node_answers_itself(hubs: tuple[Client, Client]) -> None:
    province, node = hubs
    node.sql("UPDATE sumber_daya SET nama = 'Gudang Simpul' WHERE kode_kab = '53.14' AND jenis = 'GUDANG_BENCANA'")
    for whom in ("53", "", "53.14", None, "53.15"):
        (told,) = ask(province, ["53.14"], whom=whom)
        assert told["sumber"] == "LANGSUNG", told
        print(told)
