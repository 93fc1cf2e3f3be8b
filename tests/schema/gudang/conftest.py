"""Warehouses of which nothing is known but what a test enters."""

import pytest

from tests.client import Klien
from tests.gudang.stok_texts import tanpa_contoh


@pytest.fixture
def hub(hub: Klien) -> Klien:
    return tanpa_contoh(hub)


@pytest.fixture(scope="module")
def hub_modul(hub_modul: Klien) -> Klien:
    return tanpa_contoh(hub_modul)
