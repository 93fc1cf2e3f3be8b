"""Nearest ones and sums within a distance: always what the geodesic says, pair by pair."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.geodesic import GEOD, chord_within, distances, earth_centred, longest_geodesic
from geo.near import Points, nearest, sum_within, within
from tests.geo.random_points import acak, semua_jarak

CEPAT = settings(max_examples=60, deadline=None, derandomize=True)
_BENIH = st.integers(0, 2**32 - 1)


@CEPAT
@given(_BENIH, st.integers(1, 400), st.integers(1, 90), st.sampled_from([0.001, 0.1, 1.0, 9.0]))
def test_the_nearest_is_the_nearest_along_the_geodesic(benih: int, n: int, m: int, luas: float) -> None:
    a, b = acak(benih, n, luas), acak(benih + 1, m, luas)
    mana, meter = nearest(Points(a), Points(b))
    jarak = semua_jarak(a, b)
    assert np.array_equal(meter, jarak.min(axis=1))
    assert np.array_equal(mana, jarak.argmin(axis=1))  # of equally near ones the first


@CEPAT
@given(_BENIH, st.integers(1, 400), st.integers(1, 90), st.sampled_from([0.001, 0.1, 1.0, 9.0]), st.floats(0.01, 1.2))
def test_sums_are_those_of_all_pairs(benih: int, n: int, m: int, luas: float, bagian: float) -> None:
    a, b = acak(benih, n, luas), acak(benih + 1, m, luas)
    bobot = np.random.default_rng(benih).integers(0, 1000, (m, 2)).astype(float)
    meter = bagian * luas * 111_000
    dalam = semua_jarak(a, b) <= meter
    assert np.array_equal(sum_within(Points(a), Points(b), meter, bobot), dalam.astype(float) @ bobot)
    assert np.array_equal(within(Points(a), n // 2, Points(b), meter), dalam[n // 2])


@pytest.mark.parametrize("km", [0.5, 5, 50, 500, 5_000])
def test_at_the_very_distance_is_within_and_a_micrometre_less_is_not(km: float) -> None:
    pusat = np.array([[123.0, -10.5]])
    arah = np.linspace(0, 360, 360, endpoint=False)
    n = len(arah)
    x, y, _ = GEOD.fwd(np.full(n, 123.0), np.full(n, -10.5), arah, np.full(n, km * 1000))
    tepi = np.column_stack([x, y])
    jarak = distances(tepi, np.repeat(pusat, n, axis=0))
    satu = np.ones((1, 1))
    assert sum_within(Points(tepi), Points(pusat), float(jarak.max()), satu).sum() == n
    assert sum_within(Points(tepi), Points(pusat), float(jarak.min()) - 1e-6, satu).sum() == 0


@CEPAT
@given(_BENIH)
def test_chords_bound_the_geodesic_anywhere_on_earth(benih: int) -> None:
    r = np.random.default_rng(benih)
    a = np.column_stack([r.uniform(-180, 180, 500), r.uniform(-90, 90, 500)])
    arah, jauh = r.uniform(0, 360, 500), 10 ** r.uniform(0, 7, 500)
    x, y, _ = GEOD.fwd(a[:, 0], a[:, 1], arah, jauh)
    b = np.column_stack([x, y])
    tali = np.linalg.norm(earth_centred(a) - earth_centred(b), axis=1)
    geodesik = distances(a, b)
    assert (tali <= geodesik + 1e-6).all()
    assert (geodesik <= longest_geodesic(tali) + 1e-6).all()
    assert all(g <= m for t, g, m in zip(tali, geodesik, geodesik * 1.01, strict=True) if t <= chord_within(m) - 1e-6)


def test_nothing_against_something() -> None:
    kosong, ada = Points(np.empty((0, 2))), Points(np.array([[123.0, -10.5]]))
    mana, meter = nearest(ada, kosong)
    assert mana.tolist() == [-1]
    assert np.isnan(meter).all()
    assert len(nearest(kosong, ada)[0]) == 0
    assert sum_within(ada, kosong, 1e6, np.empty((0, 1))).tolist() == [[0.0]]
    assert sum_within(kosong, ada, 1e6, np.ones((1, 1))).shape == (0, 1)


def test_many_targets_are_summed_in_several_goes() -> None:
    """More than are multiplied at once."""
    a, b = acak(1, 40, 0.1), acak(2, 3_000, 0.1)
    bobot = np.arange(3_000.0)[:, None]
    dalam = semua_jarak(a, b) <= 7_000
    assert 100 < dalam.sum(axis=1).min() < dalam.sum(axis=1).max() < 3_000
    assert np.array_equal(sum_within(Points(a), Points(b), 7_000, bobot), dalam.astype(float) @ bobot)
