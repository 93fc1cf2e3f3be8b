"""Warehouses of which nothing is known but what a test enters."""

import pytest

from tests.client import Klien
from tests.gudang.stok_texts import gudang, tanpa_contoh


@pytest.fixture
def hub(hub: Klien) -> Klien:
    return tanpa_contoh(hub)


@pytest.fixture(scope="module")
def hub_modul(hub_modul: Klien) -> Klien:
    return tanpa_contoh(hub_modul)


@pytest.fixture
def g(hub: Klien) -> str:
    return gudang(hub, 1)


@pytest.fixture
def far(hub: Klien) -> str:
    """A warehouse in another province."""
    return gudang(hub, 2, "36.73.01.1001")
