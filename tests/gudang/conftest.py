"""Warehouses of which nothing is known but what a test enters."""

import pytest

from tests.client import Client
from tests.gudang.stok_texts import gudang, without_samples


@pytest.fixture
def hub(hub: Client) -> Client:
    return without_samples(hub)


@pytest.fixture(scope="module")
def module_hub(module_hub: Client) -> Client:
    return without_samples(module_hub)


@pytest.fixture
def g(hub: Client) -> str:
    return gudang(hub, 1)


@pytest.fixture
def far(hub: Client) -> str:
    """A warehouse in another province."""
    return gudang(hub, 2, "36.73.01.1001")
