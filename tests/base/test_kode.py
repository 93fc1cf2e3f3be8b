"""Region codes: reading them, their level, what lies in what."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hub.base import kode
from hub.base.kode import Tingkat

CEPAT = settings(max_examples=100, deadline=None, derandomize=True)

DUA = st.integers(0, 99).map(lambda n: f"{n:02d}")
EMPAT = st.integers(1, 3).flatmap(lambda awal: st.integers(0, 999).map(lambda n: f"{awal}{n:03d}"))
BAGIAN = st.one_of(st.tuples(DUA), st.tuples(DUA, DUA), st.tuples(DUA, DUA, DUA), st.tuples(DUA, DUA, DUA, EMPAT))
KODE = BAGIAN.map(".".join)


@pytest.mark.parametrize(
    ("tertulis", "baku"),
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
def test_a_code_without_dots_is_accepted(tertulis: str, baku: str) -> None:
    assert kode.rapikan(tertulis) == baku
    assert kode.sah(baku)


@pytest.mark.parametrize(
    "tertulis",
    ["", "5", "531", "53.1", "53.14.1", "53.1401", "5314.01", "53.14.01.200", "53.14.01.20055", "531401200", "53140120051",
     "53.14.", ".53", "53,14", "53 14", "53.14.01.2005.01", "Rote Ndao", "53a"],
)  # fmt: skip
def test_text_that_is_no_code_comes_back_unchanged(tertulis: str) -> None:
    assert kode.rapikan(tertulis) == tertulis
    assert not kode.sah(tertulis)


def test_only_a_code_with_dots_is_well_formed() -> None:
    assert kode.sah("53.14.01.2005")
    assert not kode.sah("5314012005")
    assert not kode.sah(" 53")
    assert not kode.sah("53.14\n")


@pytest.mark.parametrize("tertulis", ["５３.１４", "٥٣.١٤", "５３１４"])
def test_digits_of_other_scripts_make_no_code(tertulis: str) -> None:
    assert not kode.sah(kode.rapikan(tertulis))


@pytest.mark.parametrize(
    ("teks", "tingkat", "induk"),
    [
        ("53", Tingkat.PROVINSI, None),
        ("53.14", Tingkat.KABUPATEN, "53"),
        ("53.14.01", Tingkat.KECAMATAN, "53.14"),
        ("53.14.01.2005", Tingkat.DESA, "53.14.01"),
    ],
)
def test_the_code_tells_level_and_parent(teks: str, tingkat: Tingkat, induk: str | None) -> None:
    assert kode.tingkat(teks) is tingkat
    assert kode.induk(teks) == induk


def test_the_first_key_column_is_the_kabupaten_or_the_province_itself() -> None:
    assert [kode.kode_kab(k) for k in ("53", "53.14", "53.14.01", "53.14.01.2005")] == ["53", "53.14", "53.14", "53.14"]
    assert {kode.kode_prov(k) for k in ("53", "53.14", "53.14.01", "53.14.01.2005")} == {"53"}


@pytest.mark.parametrize(
    ("teks", "jenis"),
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
def test_the_digits_tell_the_kind(teks: str, jenis: str) -> None:
    assert kode.jenis(teks) == jenis


@pytest.mark.parametrize("angka", "0456789")
def test_a_desa_whose_first_digit_means_nothing_is_refused(angka: str) -> None:
    with pytest.raises(KeyError):
        kode.jenis(f"53.14.01.{angka}001")


def test_inside_goes_by_whole_parts_of_the_code() -> None:
    assert kode.di_dalam("53.14", "53.14")
    assert kode.di_dalam("53.14.01.2005", "53.14")
    assert not kode.di_dalam("53", "53.14")
    assert not kode.di_dalam("53.15.01", "53.14")
    assert not kode.di_dalam("53.14", "53.1")
    assert not kode.di_dalam("53.14", "5")
    assert not kode.di_dalam("53.14", "")


@CEPAT
@given(BAGIAN)
def test_dots_may_be_left_out_at_every_level(bagian: tuple[str, ...]) -> None:
    baku = ".".join(bagian)
    assert kode.rapikan("".join(bagian)) == baku
    assert kode.rapikan(baku) == baku
    assert kode.tingkat(baku) == len(bagian)


@CEPAT
@given(KODE)
def test_parents_lead_up_to_the_province_and_each_holds_the_code(teks: str) -> None:
    rantai: list[str] = []
    naik = kode.induk(teks)
    while naik is not None:
        rantai.append(naik)
        naik = kode.induk(naik)
    assert len(rantai) == kode.tingkat(teks) - 1
    assert all(kode.di_dalam(teks, k) and not kode.di_dalam(k, teks) for k in rantai)
    assert (rantai or [teks])[-1] == kode.kode_prov(teks)
    assert kode.kode_kab(teks) in (teks, *rantai)


@CEPAT
@given(KODE, KODE)
def test_of_two_codes_inside_each_other_both_are_the_same(a: str, b: str) -> None:
    assert (kode.di_dalam(a, b) and kode.di_dalam(b, a)) == (a == b)
