"""The hub's own login, in the hands of somebody else."""

from collections.abc import Iterator
from contextlib import closing

import psycopg
import pytest

from hub.db.private_cluster import login_url
from tests.client import Client
from tests.db.roles import Session


@pytest.fixture
def session(hub: Client) -> Iterator[Session]:
    """The hub's own login, in the hands of somebody else."""
    with closing(psycopg.connect(login_url(hub.url), autocommit=True)) as conn:
        yield conn
