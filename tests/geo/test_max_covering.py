"""Greedy covering beside every choice there is: one place is the best, several reach 1 − 1/e of it and more."""

import itertools
import math

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.arrays import Bools, Floats
from geo.max_covering import propose
from geo.near import Points
from tests.geo.random_points import acak, semua_jarak

CEPAT = settings(max_examples=80, deadline=None, derandomize=True)
_KASUS = (st.integers(0, 2**32 - 1), st.integers(1, 24), st.floats(0.05, 0.6))


def kasus(benih: int, n: int, bagian: float) -> tuple[Points, Bools, float, Floats, Bools]:
    """Points, which are open, metres, weights, who reaches whom."""
    r = np.random.default_rng(benih)
    titik = acak(benih, n, 0.3)
    meter = bagian * 60_000
    terbuka = r.random(n) < 0.8
    return Points(titik), terbuka, meter, r.integers(0, 50, n).astype(float), semua_jarak(titik, titik) <= meter


def nilai(terjangkau: Bools, terbuka: Bools, bobot: Floats) -> tuple[float, int]:
    kena = terjangkau & terbuka
    return float(bobot[kena].sum()), int(kena.sum())


@CEPAT
@given(*_KASUS)
def test_one_place_is_the_best_there_is_and_of_equals_the_first(benih: int, n: int, bagian: float) -> None:
    titik, terbuka, meter, bobot, jangkau = kasus(benih, n, bagian)
    hasil = propose(titik, terbuka, meter, bobot, 1)
    tiap = [nilai(jangkau[i], terbuka, bobot) for i in range(n)]
    terbaik = max(tiap)
    if not terbuka.any():
        assert hasil == []
        return
    assert hasil[0].index == tiap.index(terbaik)
    assert (bobot[hasil[0].covered].sum(), len(hasil[0].covered)) == terbaik


@CEPAT
@given(*_KASUS, st.integers(2, 3))
def test_several_places_reach_the_bound(benih: int, n: int, bagian: float, banyak: int) -> None:
    titik, terbuka, meter, bobot, jangkau = kasus(benih, n, bagian)
    hasil = propose(titik, terbuka, meter, bobot, banyak)
    didapat = sum(bobot[t.covered].sum() for t in hasil)
    terbaik = max(
        nilai(np.asarray(jangkau[list(p)].any(axis=0)), terbuka, bobot)[0]
        for p in itertools.combinations(range(n), min(banyak, n))
    )
    assert (1 - 1 / math.e) * terbaik <= didapat <= terbaik
    # each step adds what nobody before it covered, and all of that
    sisa = terbuka.copy()
    for t in hasil:
        assert set(t.covered) == set(np.flatnonzero(jangkau[t.index] & sisa))
        sisa[t.covered] = False


def test_it_ends_where_nothing_is_left() -> None:
    titik = Points(np.array([[123.0, -10.0], [123.01, -10.0], [125.0, -10.0]]))
    semua = np.ones(3, dtype=bool)
    hasil = propose(titik, semua, 5_000, np.zeros(3), 10)
    assert [(t.index, sorted(t.covered.tolist())) for t in hasil] == [(0, [0, 1]), (2, [2])]
    assert propose(titik, ~semua, 5_000, np.ones(3), 10) == []


def test_weight_goes_before_number() -> None:
    titik = Points(np.array([[123.0, -10.0], [123.01, -10.0], [125.0, -10.0]]))
    semua = np.ones(3, dtype=bool)
    assert [t.index for t in propose(titik, semua, 5_000, np.array([1.0, 1.0, 3.0]), 3)] == [2, 0]
