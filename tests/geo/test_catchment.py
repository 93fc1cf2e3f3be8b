"""Two-step floating catchment: what is handed out is what there is, and what nobody knows is said."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.catchment import two_step
from geo.near import Points
from tests.geo.random_points import acak, semua_jarak

CEPAT = settings(max_examples=60, deadline=None, derandomize=True)
_TIGA = np.array(
    [[123.0, -10.0], [123.05, -10.0], [124.0, -10.0]]
)  # the first two are 5,5 km apart, the third is far away


def test_two_desa_share_what_is_between_them() -> None:
    titik, panti = Points(_TIGA), Points(_TIGA[:1])
    hasil = two_step(titik, titik, np.array([30.0, 10.0, 99.0]), panti, np.array([20.0]), 6_000)
    assert hasil.value.tolist() == [0.5, 0.5, 0.0]  # 20 places for 40 people
    assert hasil.complete.tolist() == [True, True, True]


@pytest.mark.parametrize(
    ("butuh", "tempat", "nilai"),
    [([30.0, np.nan, 99.0], 20.0, 20 / 30), ([30.0, 10.0, 99.0], np.nan, 0.0), ([0.0, 0.0, 1.0], 20.0, 0.0)],
    ids=["kebutuhan", "tempat", "tidak ada yang butuh"],
)
def test_what_nobody_knows_is_left_out_and_said(butuh: list[float], tempat: float, nilai: float) -> None:
    titik, panti = Points(_TIGA), Points(_TIGA[:1])
    hasil = two_step(titik, titik, np.array(butuh), panti, np.array([tempat]), 6_000)
    assert hasil.value.tolist() == [nilai, nilai, 0.0]
    tahu = not np.isnan([*butuh[:2], tempat]).any()
    assert hasil.complete.tolist() == [tahu, tahu, True]


@CEPAT
@given(st.integers(0, 2**32 - 1), st.integers(1, 120), st.integers(1, 30), st.floats(0.02, 0.8))
def test_all_places_within_reach_are_handed_out_once(benih: int, n: int, m: int, bagian: float) -> None:
    r = np.random.default_rng(benih)
    a, b, meter = acak(benih, n), acak(benih + 1, m), bagian * 100_000
    butuh, tempat = r.integers(0, 40, n).astype(float), r.integers(0, 100, m).astype(float)
    hasil = two_step(Points(a), Points(a), butuh, Points(b), tempat, meter)
    terjangkau = (semua_jarak(b, a) <= meter) @ butuh > 0
    assert (hasil.value * butuh).sum() == pytest.approx(tempat[terjangkau].sum())
    assert hasil.complete.all()
