"""Finding the region a reporter meant, by code or by name; never a wrong one."""

import csv
from collections.abc import Iterable
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rapidfuzz.distance import DamerauLevenshtein

from hub.base.kode import Level
from hub.base.region_names import name_key
from hub.wilayah.region_list import DatedWilayah, NoMatchError, RegionList, RegionMatch
from tests.wilayah.national_list import AS_OF, names_in, national, wilayah

FAST = settings(max_examples=100, deadline=None, derandomize=True)


def region_list(*regions: DatedWilayah, lineage: Iterable[tuple[str, str]] = (), as_of: date = AS_OF) -> RegionList:
    return RegionList("53.14", as_of, regions, lineage)


ROTE = (
    wilayah("53.14", "Rote Ndao"),
    wilayah("53.14.01", "Rote Barat Daya"),
    wilayah("53.14.01.2005", "Oeseli"),
    wilayah("53.14.02", "Rote Barat Laut"),
    wilayah("53.14.02.2012", "Ingguinak"),
    wilayah("53.14.02.2018", "Holulai"),
    wilayah("53.14.03", "Lobalain"),
    wilayah("53.14.03.1011", "Metina"),
    wilayah("53.14.03.2002", "Kuli"),
    wilayah("53.14.03.2017", "Kuli Aisele"),
    wilayah("53.14.05", "Pantai Baru"),
    wilayah("53.14.05.2010", "Tungganamo"),
    wilayah("53.14.07", "Rote Barat"),
    wilayah("53.14.07.2004", "Bo'a", "Boa"),
    wilayah("53.14.09", "Ndao Nuse"),
    wilayah("53.14.09.2001", "Mbali Lendeiki"),
    wilayah("53.14.09.2003", "Ndaonuse"),
    wilayah("53.14.09.2004", "Nuse"),
    wilayah("53.14.10", "Landu Leko"),
    wilayah("53.14.10.2001", "Landu"),
)
D = region_list(*ROTE)


def failure(d: RegionList, name: str, kecamatan: str | None = None) -> NoMatchError:
    with pytest.raises(NoMatchError) as error:
        d.match_name(name, kecamatan)
    return error.value


@pytest.mark.parametrize(
    ("name", "kecamatan", "kode", "deviation"),
    [
        ("Oeseli", "Rote Barat Daya", "53.14.01.2005", None),
        ("Desa oeseli", "Kec. Rote Barat Daya", "53.14.01.2005", None),
        ("Oeseli", None, "53.14.01.2005", None),
        ("Oeseli", "53.14.01", "53.14.01.2005", None),
        ("Oeseli", "531401", "53.14.01.2005", None),
        ("Kel.Metina", "Lobalain", "53.14.03.1011", None),
        ("Boa", "Rote Barat", "53.14.07.2004", None),
        ("Mbalilendeiki", "Ndao Nuse", "53.14.09.2001", None),
        ("Inguinak", "Rote Barat Laut", "53.14.02.2012", "NAMA_MIRIP"),
        ("Tunganamo", None, "53.14.05.2010", "NAMA_MIRIP"),
        ("Holulai", "Barat Laut", "53.14.02.2018", "NAMA_MIRIP"),
        ("", "Lobalain", "53.14.03", None),
        ("Lobalain", "Lobalain", "53.14.03", None),
        ("Rote Ndao", None, "53.14", None),
        ("Kab. Rote Ndao", None, "53.14", None),
    ],
)
def test_a_name_as_people_write_it_is_found(name: str, kecamatan: str | None, kode: str, deviation: str | None) -> None:
    match = D.match_name(name, kecamatan)
    assert (match.kode, match.deviation) == (kode, deviation)
    assert match.nama == D.in_force[kode].nama


@pytest.mark.parametrize(
    ("name", "kode"),
    [
        ("Kuli", "53.14.03.2002"),
        ("Kuli Aisele", "53.14.03.2017"),
        ("Nuse", "53.14.09.2004"),
        ("Ndaonuse", "53.14.09.2003"),
        ("Ndao Nuse", "53.14.09"),
        ("ndao nuse", "53.14.09"),
        ("Kec. Ndaonuse", "53.14.09"),
        ("Desa Ndao Nuse", "53.14.09.2003"),
        ("Landu", "53.14.10.2001"),
        ("Landu Leko", "53.14.10"),
        ("Rote Barat", "53.14.07"),
        ("Rote Barat Daya", "53.14.01"),
    ],
)
def test_names_that_resemble_each_other_are_told_apart(name: str, kode: str) -> None:
    assert D.match_name(name, None) == RegionMatch(kode, D.in_force[kode].nama)


@pytest.mark.parametrize(
    "name", ["Panti Mercy Indonesia", "LKS Kasih", "Gudang Ba'a", "rumah singgah Metina", "Yayasan X"]
)
def test_an_institution_is_no_region(name: str) -> None:
    assert failure(D, name).cause == "LEMBAGA"
    assert failure(D, name, "Lobalain").cause == "LEMBAGA"


def test_an_unknown_name_is_refused_with_suggestions() -> None:
    error = failure(D, "Oeselih Barat")
    assert error.cause == "TAK_DIKENAL"
    assert "53.14.01.2005 Oeseli" in error.suggestions
    assert 1 <= len(error.suggestions) <= 3
    assert failure(D, "Xyzzy").suggestions == ()
    assert failure(D, "").cause == "TAK_DIKENAL"


def test_a_desa_is_looked_for_in_its_kecamatan_only() -> None:
    assert failure(D, "Oeseli", "Lobalain").cause == "TAK_DIKENAL"
    assert failure(D, "Lobalain", "Rote Barat").cause == "TAK_DIKENAL"


def test_an_unknown_kecamatan_is_refused_even_for_a_known_desa() -> None:
    error = failure(D, "Oeseli", "Rote Baratdaja Hilir")
    assert error.cause == "TAK_DIKENAL"
    assert "53.14.01 Rote Barat Daya" in error.suggestions


@pytest.mark.parametrize("ending", ["u", "aru", "lain", "in", "eko"])
def test_the_end_of_a_kecamatans_name_counts_by_whole_words(ending: str) -> None:
    assert failure(D, "", ending).cause == "TAK_DIKENAL"


@pytest.mark.parametrize("name", ["Kulu", "Kul", "Nuze", "Boe"])
def test_short_names_are_never_taken_for_another(name: str) -> None:
    assert failure(D, name).cause == "TAK_DIKENAL"


def test_a_spelling_that_could_be_two_regions_is_none() -> None:
    d = region_list(
        wilayah("53.14.01", "Utara"), wilayah("53.14.01.2001", "Oebatu"), wilayah("53.14.01.2002", "Oebaru")
    )
    assert failure(d, "Oebafu", "Utara").cause == "RANGKAP"


def test_one_name_in_two_kecamatan_needs_the_kecamatan() -> None:
    d = region_list(
        wilayah("53.14.01", "Utara"), wilayah("53.14.02", "Selatan"), wilayah("53.14.01.2001", "Sukamaju"),
        wilayah("53.14.02.2001", "Suka Maju"),
    )  # fmt: skip
    assert d.match_name("Sukamaju", "Selatan").kode == "53.14.02.2001"
    assert d.match_name("Suka Maju", None).kode == "53.14.02.2001"
    error = failure(d, "SUKA-MAJU")
    assert (error.cause, error.suggestions) == ("RANGKAP", ("53.14.01.2001 Sukamaju", "53.14.02.2001 Suka Maju"))


def test_a_desa_with_its_kecamatans_name_is_meant_where_the_kecamatan_is_given() -> None:
    d = region_list(wilayah("53.14.01", "Papela"), wilayah("53.14.01.2001", "Papela"))
    assert d.match_name("Papela", "Papela").kode == "53.14.01.2001"
    assert failure(d, "Papela").cause == "RANGKAP"
    assert d.match_name("Kec. Papela", None).kode == "53.14.01"
    assert d.match_name("Desa Papela", None).kode == "53.14.01.2001"


@pytest.mark.parametrize("name", ["Kota Lama", "Kotabaru", "Desaloka"])
def test_a_name_that_begins_like_a_prefix_is_found_as_it_is_written(name: str) -> None:
    d = region_list(wilayah("53.14.01", name), wilayah("53.14.02", "Lain"), wilayah("53.14.02.2001", "Lama"))
    assert d.match_name(name, None) == RegionMatch("53.14.01", name)
    assert d.match_name("", name) == RegionMatch("53.14.01", name)


def test_only_regions_of_the_period_are_found() -> None:
    regions = [
        wilayah("53.14.02", "Rote Barat Laut"),
        wilayah("53.14.02.2018", "Holulai", until=date(2022, 1, 1)),
        wilayah("53.14.11", "Loaholu", since=date(2022, 1, 1)),
        wilayah("53.14.11.2002", "Holulai", since=date(2022, 1, 1)),
    ]
    for as_of, kode in ((date(2021, 12, 31), "53.14.02.2018"), (date(2022, 1, 1), "53.14.11.2002")):
        assert region_list(*regions, as_of=as_of).match_name("Holulai", None).kode == kode
    assert failure(region_list(*regions), "Loaholu").cause == "TAK_DIKENAL"
    assert region_list(*regions).count(Level.KECAMATAN) == 1
    assert region_list(*regions, as_of=date(2022, 1, 1)).count(Level.KECAMATAN) == 2


def _kode(d: RegionList, text: str) -> NoMatchError:
    with pytest.raises(NoMatchError) as error:
        d.match_kode(text)
    return error.value


def test_a_code_is_found_with_or_without_dots() -> None:
    assert D.match_kode("53.14.01.2005") == D.match_kode(" 5314012005 ") == RegionMatch("53.14.01.2005", "Oeseli")


@pytest.mark.parametrize(
    ("text", "cause"),
    [("53.14.1", "BUKAN_KODE"), ("abc", "BUKAN_KODE"), ("", "BUKAN_KODE"), ("53", "DI_LUAR"), ("53.15.01", "DI_LUAR"),
     ("36", "DI_LUAR"), ("53.14.99", "TAK_DIKENAL")],
)  # fmt: skip
def test_a_code_that_is_not_the_reporters_is_refused(text: str, cause: str) -> None:
    assert _kode(D, text).cause == cause


def test_an_unknown_code_comes_with_its_likeliest_neighbours() -> None:
    assert _kode(D, "53.14.01.2006").suggestions == ("53.14.01.2005 Oeseli",)


def test_a_code_of_another_time_counts_as_what_it_became_or_came_from() -> None:
    old = wilayah("53.14.02.2018", "Holulai", until=date(2022, 1, 1))
    new = wilayah("53.14.11.2002", "Holulai", since=date(2022, 1, 1))
    links = [("53.14.02.2018", "53.14.11.2002")]
    before = region_list(old, new, lineage=links)
    now = region_list(old, new, lineage=links, as_of=date(2025, 12, 31))
    assert before.match_kode("53.14.11.2002") == RegionMatch("53.14.02.2018", "Holulai", "KODE_LAIN_MASA")
    assert now.match_kode("53.14.02.2018") == RegionMatch("53.14.11.2002", "Holulai", "KODE_LAIN_MASA")
    assert _kode(region_list(old, new, as_of=date(2025, 12, 31)), "53.14.02.2018").cause == "TIDAK_BERLAKU"


def test_a_code_that_was_split_is_refused_naming_its_parts() -> None:
    ended = wilayah("53.14.01.2001", "Lama", until=date(2022, 1, 1))
    parts = [wilayah(f"53.14.01.200{n}", f"Baru {n}", since=date(2022, 1, 1)) for n in (2, 3)]
    d = region_list(ended, *parts, lineage=[(ended.kode, b.kode) for b in parts], as_of=date(2025, 1, 1))
    error = _kode(d, "53.14.01.2001")
    assert (error.cause, error.suggestions) == ("TIDAK_BERLAKU", ("53.14.01.2002 Baru 2", "53.14.01.2003 Baru 3"))


@FAST
@given(st.text("abdeghiklmnoprstu '", max_size=12), st.sampled_from([None, "Lobalain", "Ndao Nuse"]))
def test_whatever_is_written_is_that_name_or_nearly_or_nothing(name: str, kecamatan: str | None) -> None:
    try:
        match = D.match_name(name, kecamatan)
    except NoMatchError:
        return
    w = D.in_force[match.kode]
    if kecamatan is not None and not name_key(name):
        assert match.nama == kecamatan
        return
    distance = min(DamerauLevenshtein.distance(name_key(name), name_key(n)) for n in (w.nama, *w.alias))
    assert distance <= 2
    assert (distance > 0) == (match.deviation == "NAMA_MIRIP")


# ---------- with the national lists ----------


def test_every_row_of_the_truth_table_finds_its_code(data: Path) -> None:
    d = national(data, 2020, "53.14")
    assert (d.count(Level.KECAMATAN), d.count(Level.DESA)) == (10, 119)
    with (data / "cocokkan_rote_ndao.csv").open(encoding="utf-8", newline="") as lines:
        truth = [b for b in csv.DictReader(lines) if b["kode_2020"]]
    assert len(truth) > 100
    found = {
        (b["desa_tertulis"], b["kecamatan_tertulis"]): (
            d.match_name(b["desa_tertulis"], b["kecamatan_tertulis"]).kode, b["kode_2020"]
        )
        for b in truth
    }  # fmt: skip
    assert {written: h for written, h in found.items() if h[0] != h[1]} == {}


def test_the_row_without_a_code_is_an_institution(data: Path) -> None:
    assert failure(national(data, 2020, "53.14"), "Panti Mercy Indonesia").cause == "LEMBAGA"


def test_names_of_2020_on_the_list_of_2025_are_right_or_refused(data: Path) -> None:
    d = national(data, 2025, "53.14")
    with (data / "cocokkan_rote_ndao.csv").open(encoding="utf-8", newline="") as lines:
        truth = [b for b in csv.DictReader(lines) if b["kode_2025"]]
    refused: set[str] = set()
    for b in truth:
        try:
            assert d.match_name(b["desa_tertulis"], b["kecamatan_tertulis"]).kode == b["kode_2025"]
        except NoMatchError:
            refused.add(b["kode_2025"])
    assert refused == {"53.14.11.2002", "53.14.11.2007", "53.14.11.2010"}  # written under their former kecamatan


@pytest.mark.parametrize("provinsi", ["36", "53"])
def test_every_official_name_finds_its_own_region_or_is_ambiguous(data: Path, provinsi: str) -> None:
    names = names_in(data / "wilayah_2025.csv")
    wrong: dict[str, str] = {}
    for kab in sorted(k for k in names if len(k) == 5 and k[:2] == provinsi):
        d = national(data, 2025, kab)
        for kode in (k for k in d.in_force if len(k) > 5):
            kecamatan = names[kode[:8]] if len(kode) == 13 else None
            try:
                found = d.match_name(names[kode], kecamatan)
                if found != RegionMatch(kode, names[kode]):
                    wrong[f"{kode} {names[kode]}"] = str(found)
            except NoMatchError as refusal:
                if refusal.cause != "RANGKAP":
                    wrong[f"{kode} {names[kode]}"] = refusal.cause
    assert wrong == {}


def test_official_names_that_begin_like_a_prefix_never_find_another_region(data: Path) -> None:
    names = names_in(data / "wilayah_2025.csv")
    like_prefixes = [
        k for k, n in names.items() if len(k) > 5 and n.casefold().startswith(("kota", "desa", "kec", "kab", "prov"))
    ]
    assert len(like_prefixes) > 300
    others: dict[str, str] = {}
    for kode in like_prefixes:
        try:
            found = national(data, 2025, kode[:5]).match_name(names[kode], names[kode[:8]] if len(kode) == 13 else None)
        except NoMatchError:
            continue
        if found.kode != kode:
            others[f"{kode} {names[kode]}"] = f"{found.kode} {found.nama}"
    assert others == {}


@pytest.mark.parametrize(
    ("kode", "name", "other"),
    [
        ("53.14.02.2018", "Holulai", None), ("53.14.02.2018", "Desa HOLULAI", None), ("53.14.02.2018", "Ingguinak", "53.14.02.2012 Ingguinak"),
        ("53.14.02.2018", "Desa Ingguinak", "53.14.02.2012 Ingguinak"), ("53.14.07.2004", "Boa", None), ("53.14.02", "Lobalain", "53.14.03 Lobalain"),
        ("53.14.02.2018", "Lobalain", None),  # of another level
        ("53.14.02.2018", "Antah Berantah", None), ("53.14", "Jumlah", None),
    ],
)  # fmt: skip
def test_a_name_beside_a_code_that_another_region_bears(kode: str, name: str, other: str | None) -> None:
    assert region_list(*ROTE).borne_by_another(kode, name) == other
