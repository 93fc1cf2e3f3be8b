"""Every zoom has one band, and what a band takes away could not be seen."""

from itertools import pairwise

import pytest

from geo.zoom_bands import BANDS, COARSER, FINEST, band_of, metres_per_pixel


@pytest.mark.parametrize(
    ("zoom", "band"),
    [(0, 0), (5, 0), (6, 1), (7, 1), (8, 2), (9, 2), (10, 3), (11, 3), (12, 4), (17, 4), (24, 4), (30, 4)],
)
def test_the_band_of_a_zoom(zoom: int, band: int) -> None:
    assert band_of(zoom).number == band


def test_bands_follow_each_other_without_a_gap() -> None:
    assert [b.number for b in BANDS] == list(range(len(BANDS)))
    assert BANDS[0].lowest == 0
    assert all(b.lowest == a.highest + 1 for a, b in pairwise(BANDS))


def test_the_tolerance_is_half_a_pixel_at_the_highest_zoom_and_the_finest_band_is_complete() -> None:
    assert metres_per_pixel(0) == pytest.approx(156_543.03, abs=0.01)
    for b in BANDS[:-1]:
        assert b.tolerance == metres_per_pixel(b.highest) / 2
    assert (BANDS[-1].number, BANDS[-1].tolerance) == (FINEST, 0)
    assert [b.number for b in COARSER] == [3, 2, 1, 0]
