"""Names that look alike: what may be meant is told, the numbers in them count, and what is proposed is understood."""

import pytest

from hub.wilayah.near_names import label_parts, marks, nearest
from hub.wilayah.region_index import RegionIndex
from hub.wilayah.region_list import NoMatchError, RegionList, RegionMatch
from tests.wilayah.national_list import AS_OF, wilayah


def failure(d: RegionList, name: str, kecamatan: str | None = None) -> NoMatchError:
    with pytest.raises(NoMatchError) as error:
        d.match_name(name, kecamatan)
    return error.value


ALIKE = (
    wilayah("53.14.01", "Utara"), wilayah("53.14.02", "Selatan"), wilayah("53.14.01.2001", "Oebela"),
    wilayah("53.14.02.2001", "Oebelo"), wilayah("53.14.01.2003", "Ilir 1"), wilayah("53.14.01.2004", "Ilir 2"),
    wilayah("53.14.01.2005", "Sukadamai II"), wilayah("53.14.01.2006", "Sukamaju"), wilayah("53.14.02.2007", "Dalek Esa"),
)  # fmt: skip


@pytest.mark.parametrize("index", [RegionList, RegionIndex])
@pytest.mark.parametrize(
    ("name", "kecamatan", "cause", "suggestions"),
    [
        # as near to both, and nearly as near to the second: both are named
        ("Oebelu", None, "RANGKAP", ("53.14.01.2001 Oebela", "53.14.02.2001 Oebelo")),
        ("Oebella", None, "RANGKAP", ("53.14.01.2001 Oebela", "53.14.02.2001 Oebelo")),
        # its very name is borne elsewhere
        ("Oebelo", "Utara", "TAK_DIKENAL", ("53.14.02.2001 Oebelo", "53.14.01.2001 Oebela")),
        # another number is another place, whatever the letters
        ("Ilir 3", None, "TAK_DIKENAL", ("53.14.01.2003 Ilir 1", "53.14.01.2004 Ilir 2")),
        ("Sukadamai I", None, "TAK_DIKENAL", ("53.14.01.2005 Sukadamai II",)),
        ("Sukadamai III", "Utara", "TAK_DIKENAL", ("53.14.01.2005 Sukadamai II",)),
        ("Sukamaju 1", None, "TAK_DIKENAL", ("53.14.01.2006 Sukamaju",)),
        # a kecamatan is no desa
        ("Kec. Oebella", None, "TAK_DIKENAL", ()),
        ("Desa Selatam", None, "TAK_DIKENAL", ()),
    ],
)
def test_look_alikes_are_told_with_all_that_may_be_meant(
    index: type[RegionList], name: str, kecamatan: str | None, cause: str, suggestions: tuple[str, ...]
) -> None:
    error = failure(index("53.14", AS_OF, ALIKE), name, kecamatan)
    assert error.cause == cause
    assert error.suggestions[: len(suggestions)] == suggestions


@pytest.mark.parametrize("index", [RegionList, RegionIndex])
@pytest.mark.parametrize(
    ("name", "kecamatan", "kode"),
    [
        ("Oebella", "Utara", "53.14.01.2001"),
        ("Selatam", None, "53.14.02"),
        ("Dalekesah", None, "53.14.02.2007"),
        ("Sukadami II", None, "53.14.01.2005"),
    ],
)
def test_a_spelling_with_one_likely_region_is_that_one_and_said(
    index: type[RegionList], name: str, kecamatan: str | None, kode: str
) -> None:
    match = index("53.14", AS_OF, ALIKE).match_name(name, kecamatan)
    assert (match.kode, match.deviation) == (kode, "NAMA_MIRIP")


@pytest.mark.parametrize("index", [RegionList, RegionIndex])
@pytest.mark.parametrize(
    ("name", "kecamatan"),
    [("Oebelu", None), ("Ilir 3", None), ("Oebelo", "Utara"), ("Dalek Esa Tua", None), ("X", "Utarra Raya"), ("Suka", None)],
)  # fmt: skip
def test_each_suggestion_is_understood_when_it_is_sent_back(
    index: type[RegionList], name: str, kecamatan: str | None
) -> None:
    d = index("53.14", AS_OF, ALIKE)
    for suggestion in failure(d, name, kecamatan).suggestions:
        kode = suggestion.split()[0]
        meant = RegionMatch(kode, d.in_force[kode].nama)
        assert d.match_name(suggestion, None) == d.match_kode(suggestion) == meant
        if kode.count(".") == 2:
            assert d.match_name("", suggestion) == meant


@pytest.mark.parametrize("index", [RegionList, RegionIndex])
def test_a_code_with_another_name_or_in_another_kecamatan_is_no_suggestion(index: type[RegionList]) -> None:
    d = index("53.14", AS_OF, ALIKE)
    other = failure(d, "53.14.01.2001 Oebelo")
    assert (other.cause, other.suggestions) == ("RANGKAP", ("53.14.01.2001 Oebela", "53.14.02.2001 Oebelo"))
    assert failure(d, "53.14.01.2001 Entah").suggestions == ("53.14.01.2001 Oebela",)
    assert failure(d, "53.14.01.2001 Oebela", "Selatan").cause == "TAK_DIKENAL"
    assert failure(d, "35 Oebela").cause == "TAK_DIKENAL"
    assert failure(d, "53.99.01 Oebela").cause == "DI_LUAR"


@pytest.mark.parametrize(
    ("name", "found"),
    [("Ilir 1", ("1",)), ("Ilir 01", ("1",)), ("Blok B II", ("b", "ii")), ("Bo'a", ()), ("2 X 11 Kayu Tanam", ("2", "x", "11"))],
)  # fmt: skip
def test_numbers_and_single_letters_tell_names_apart(name: str, found: tuple[str, ...]) -> None:
    assert marks(name) == found


def test_what_is_nearly_as_near_is_told_as_well() -> None:
    assert nearest([("a", 1), ("b", 2), ("c", 3), ("a", 4)], 1) == ["a", "b"]
    assert nearest([("a", 2), ("b", 2)], 1) == []
    assert nearest([], 1) == []


def test_a_label_is_a_code_and_a_name() -> None:
    assert label_parts("53.14.01.2005 Oeseli") == ("53.14.01.2005", "Oeseli")
    assert label_parts("53.14 - Rote Ndao") == ("53.14", "Rote Ndao")
    assert [label_parts(t) for t in ("Oeseli", "53.14.01.2005", "5 Oeseli", "53.14.01.2005 -")] == [None] * 4
