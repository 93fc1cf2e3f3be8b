"""A register of social resources in which nothing stands yet."""

import pytest

from tests.client import Client
from tests.sumber_daya.rows import without_samples


@pytest.fixture
def hub(hub: Client) -> Client:
    return without_samples(hub)
