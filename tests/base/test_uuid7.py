"""UUIDv7: version, variant, time in front, never twice."""

import time
import uuid

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hub.base.uuid7 import uuid7

FAST = settings(max_examples=100, deadline=None, derandomize=True)


def test_it_is_version_7_of_the_standard_variant() -> None:
    ids = [uuid7() for _ in range(200)]
    assert {u.version for u in ids} == {7}
    assert {u.variant for u in ids} == {uuid.RFC_4122}


def test_the_first_48_bits_are_the_milliseconds_of_now() -> None:
    before = time.time_ns() // 1_000_000
    stamp = uuid7().int >> 80
    assert before <= stamp <= time.time_ns() // 1_000_000


def test_no_two_are_alike_within_one_millisecond(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(time, "time_ns", lambda: 1_600_000_000_000_000_000)
    ids = {uuid7() for _ in range(5_000)}
    assert len(ids) == 5_000
    assert {u.int >> 80 for u in ids} == {1_600_000_000_000}


@FAST
@given(st.lists(st.integers(0, 2**48 - 1), min_size=2, unique=True))
def test_they_sort_by_time_as_text_too(milliseconds: list[int]) -> None:
    with pytest.MonkeyPatch.context() as patch:
        clock = iter(sorted(milliseconds))
        patch.setattr(time, "time_ns", lambda: next(clock) * 1_000_000)
        ids = [uuid7() for _ in milliseconds]
    assert sorted(ids) == ids
    assert sorted(map(str, ids)) == [str(u) for u in ids]


def test_the_random_part_uses_all_its_bits() -> None:
    always_set, ever_set = -1, 0
    for _ in range(300):
        nilai = uuid7().int & (2**80 - 1)
        always_set, ever_set = always_set & nilai, ever_set | nilai
    fixed = 0x7 << 76 | 0x2 << 62  # version and variant
    assert always_set & (2**80 - 1) == fixed
    assert ever_set == 2**80 - 1 - (0x8 << 76) - (0x1 << 62)
