"""What tests of several hubs share."""

import fcntl
import os
from pathlib import Path

import pytest

from hub.db.private_cluster import PrivateCluster
from tests.simpul import handed_over as disk
from tests.simpul.handed_over import HandedOver


@pytest.fixture(scope="session")
def handed_over(
    cluster: PrivateCluster, templates: dict[str, str], run: str, tmp_path_factory: pytest.TempPathFactory
) -> HandedOver:
    """Workers of one run share it; the first one makes it."""
    folder: Path = tmp_path_factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        folder = folder.parent
    with (folder / "giliran").open("a") as turn:
        fcntl.flock(turn, fcntl.LOCK_EX)
        return disk.make(cluster, templates, run, folder)
