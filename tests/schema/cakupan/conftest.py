"""Rote Ndao with resources of every sort, and a kabupaten across its border."""

from collections.abc import Iterator

import pytest

from hub.db.private_cluster import PrivateCluster
from tests.client import Client
from tests.database_clones import clone_of
from tests.hub_server import serve
from tests.schema.cakupan import border_country


@pytest.fixture(scope="session")
def hub_cakupan(cluster: PrivateCluster, templates: dict[str, str]) -> Iterator[Client]:
    """A hub with the demo and what the tests of coverage stand on. Who changes something there changes it back."""
    for url in clone_of(cluster, templates["contoh"]):
        for client in serve(url):
            border_country.build(client)
            yield client
