"""Regions that have no boundary yet."""

import pytest

from tests.batas.boundary_hub import WILAYAH, Hub


@pytest.fixture
def hub_wilayah(database_url: str) -> Hub:
    h = Hub(database_url)
    h.wilayah(WILAYAH)
    return h
