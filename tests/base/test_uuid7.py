"""UUIDv7: version, variant, time in front, never twice."""

import time
import uuid

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hub.base.uuid7 import uuid7

CEPAT = settings(max_examples=100, deadline=None, derandomize=True)


def test_it_is_version_7_of_the_standard_variant() -> None:
    banyak = [uuid7() for _ in range(200)]
    assert {u.version for u in banyak} == {7}
    assert {u.variant for u in banyak} == {uuid.RFC_4122}


def test_the_first_48_bits_are_the_milliseconds_of_now() -> None:
    sebelum = time.time_ns() // 1_000_000
    waktu = uuid7().int >> 80
    assert sebelum <= waktu <= time.time_ns() // 1_000_000


def test_no_two_are_alike_within_one_millisecond(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(time, "time_ns", lambda: 1_600_000_000_000_000_000)
    banyak = {uuid7() for _ in range(5_000)}
    assert len(banyak) == 5_000
    assert {u.int >> 80 for u in banyak} == {1_600_000_000_000}


@CEPAT
@given(st.lists(st.integers(0, 2**48 - 1), min_size=2, unique=True))
def test_they_sort_by_time_as_text_too(milidetik: list[int]) -> None:
    with pytest.MonkeyPatch.context() as ganti:
        jam = iter(sorted(milidetik))
        ganti.setattr(time, "time_ns", lambda: next(jam) * 1_000_000)
        urut = [uuid7() for _ in milidetik]
    assert sorted(urut) == urut
    assert sorted(map(str, urut)) == [str(u) for u in urut]


def test_the_random_part_uses_all_its_bits() -> None:
    bersama, pernah = -1, 0
    for _ in range(300):
        nilai = uuid7().int & (2**80 - 1)
        bersama, pernah = bersama & nilai, pernah | nilai
    tetap = 0x7 << 76 | 0x2 << 62  # version and variant
    assert bersama & (2**80 - 1) == tetap
    assert pernah == 2**80 - 1 - (0x8 << 76) - (0x1 << 62)
