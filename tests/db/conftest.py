"""The hub's own login, in the hands of somebody else."""

from collections.abc import Iterator
from contextlib import closing

import psycopg
import pytest

from hub.db.private_cluster import login_url
from tests.client import Klien
from tests.db.roles import Sesi


@pytest.fixture
def sesi(hub: Klien) -> Iterator[Sesi]:
    """The hub's own login, in the hands of somebody else."""
    with closing(psycopg.connect(login_url(hub.url), autocommit=True)) as conn:
        yield conn
