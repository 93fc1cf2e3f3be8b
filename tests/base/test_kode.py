"""Region codes: reading them, their level, what lies in what."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hub.base import kode
from hub.base.kode import Level

FAST = settings(max_examples=100, deadline=None, derandomize=True)

TWO_DIGITS = st.integers(0, 99).map(lambda n: f"{n:02d}")
FOUR_DIGITS = st.integers(1, 3).flatmap(lambda first: st.integers(0, 999).map(lambda n: f"{first}{n:03d}"))
PARTS = st.one_of(
    st.tuples(TWO_DIGITS),
    st.tuples(TWO_DIGITS, TWO_DIGITS),
    st.tuples(TWO_DIGITS, TWO_DIGITS, TWO_DIGITS),
    st.tuples(TWO_DIGITS, TWO_DIGITS, TWO_DIGITS, FOUR_DIGITS),
)
KODE = PARTS.map(".".join)


@pytest.mark.parametrize(
    ("written", "standard"),
    [
        ("53", "53"),
        ("5314", "53.14"),
        ("531401", "53.14.01"),
        ("5314012005", "53.14.01.2005"),
        ("53.14.01.2005", "53.14.01.2005"),
        (" 53.14.01\t", "53.14.01"),
        ("\n5314012005 ", "53.14.01.2005"),
    ],
)
def test_a_code_without_dots_is_accepted(written: str, standard: str) -> None:
    assert kode.dotted(written) == standard
    assert kode.is_valid(standard)


@pytest.mark.parametrize(
    "written",
    ["", "5", "531", "53.1", "53.14.1", "53.1401", "5314.01", "53.14.01.200", "53.14.01.20055", "531401200", "53140120051",
     "53.14.", ".53", "53,14", "53 14", "53.14.01.2005.01", "Rote Ndao", "53a"],
)  # fmt: skip
def test_text_that_is_no_code_comes_back_unchanged(written: str) -> None:
    assert kode.dotted(written) == written
    assert not kode.is_valid(written)


def test_only_a_code_with_dots_is_well_formed() -> None:
    assert kode.is_valid("53.14.01.2005")
    assert not kode.is_valid("5314012005")
    assert not kode.is_valid(" 53")
    assert not kode.is_valid("53.14\n")


@pytest.mark.parametrize("written", ["５３.１４", "٥٣.١٤", "５３１４"])
def test_digits_of_other_scripts_make_no_code(written: str) -> None:
    assert not kode.is_valid(kode.dotted(written))


@pytest.mark.parametrize(
    ("text", "level", "parent"),
    [
        ("53", Level.PROVINSI, None),
        ("53.14", Level.KABUPATEN, "53"),
        ("53.14.01", Level.KECAMATAN, "53.14"),
        ("53.14.01.2005", Level.DESA, "53.14.01"),
    ],
)
def test_the_code_tells_level_and_parent(text: str, level: Level, parent: str | None) -> None:
    assert kode.level_of(text) is level
    assert kode.parent_of(text) == parent


def test_the_first_key_column_is_the_kabupaten_or_the_province_itself() -> None:
    assert [kode.kode_kab(k) for k in ("53", "53.14", "53.14.01", "53.14.01.2005")] == ["53", "53.14", "53.14", "53.14"]
    assert {kode.kode_prov(k) for k in ("53", "53.14", "53.14.01", "53.14.01.2005")} == {"53"}


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("53", "PROVINSI"),
        ("53.01", "KABUPATEN"),
        ("91.69", "KABUPATEN"),
        ("53.71", "KOTA"),
        ("36.99", "KOTA"),
        ("53.71.01", "KECAMATAN"),
        ("53.14.03.1011", "KELURAHAN"),
        ("53.14.03.2011", "DESA"),
        ("91.03.01.3001", "DESA_ADAT"),
    ],
)
def test_the_digits_tell_the_kind(text: str, kind: str) -> None:
    assert kode.kind_of(text) == kind


@pytest.mark.parametrize("angka", "0456789")
def test_a_desa_whose_first_digit_means_nothing_is_refused(angka: str) -> None:
    with pytest.raises(KeyError):
        kode.kind_of(f"53.14.01.{angka}001")


def test_inside_goes_by_whole_parts_of_the_code() -> None:
    assert kode.is_within("53.14", "53.14")
    assert kode.is_within("53.14.01.2005", "53.14")
    assert not kode.is_within("53", "53.14")
    assert not kode.is_within("53.15.01", "53.14")
    assert not kode.is_within("53.14", "53.1")
    assert not kode.is_within("53.14", "5")
    assert not kode.is_within("53.14", "")


@FAST
@given(PARTS)
def test_dots_may_be_left_out_at_every_level(parts: tuple[str, ...]) -> None:
    standard = ".".join(parts)
    assert kode.dotted("".join(parts)) == standard
    assert kode.dotted(standard) == standard
    assert kode.level_of(standard) == len(parts)


@FAST
@given(KODE)
def test_parents_lead_up_to_the_province_and_each_holds_the_code(text: str) -> None:
    parents: list[str] = []
    parent_code = kode.parent_of(text)
    while parent_code is not None:
        parents.append(parent_code)
        parent_code = kode.parent_of(parent_code)
    assert len(parents) == kode.level_of(text) - 1
    assert all(kode.is_within(text, k) and not kode.is_within(k, text) for k in parents)
    assert (parents or [text])[-1] == kode.kode_prov(text)
    assert kode.kode_kab(text) in (text, *parents)


@FAST
@given(KODE, KODE)
def test_of_two_codes_inside_each_other_both_are_the_same(a: str, b: str) -> None:
    assert (kode.is_within(a, b) and kode.is_within(b, a)) == (a == b)
