"""A code and the name beside it: one region, a name nobody knows, or two regions."""

from pathlib import Path

import pytest

from hub.wilayah.name_beside_code import Fit, NamesBesideCodes
from tests.wilayah.national_list import names_in

NAMES = {
    "53": "Nusa Tenggara Timur", "53.02": "Timor Tengah Selatan", "53.04": "Belu", "36": "Banten", "36.04": "Serang",
    "36.73": "Kota Serang", "53.04.01": "Lamaknen", "53.04.02": "Pantai Baru", "53.04.03": "Pantai Timur",
    "53.04.01.2001": "Duarato", "53.04.01.2002": "Fulur", "53.04.02.2001": "Lamaknen", "53.04.02.2002": "Nobo",
    "53.04.01.2003": "Nobokonga", "53.02.01": "Molo", "53.02.01.2001": "Fulur",
}  # fmt: skip
SPELLINGS = {"53.04.01.2001": ["Duwarato", "Kisam"]}


@pytest.mark.parametrize(
    ("kode", "written", "expected"),
    [
        ("53.04", "TIMOR TENGAH SELATAN", "53.02"), ("53.04", "Kabupaten Belu", None), ("53.04", "KAB. BELU", None),
        ("36.73", "SERANG", None), ("36.04", "KOTA SERANG", "36.73"), ("36.04", "Kab. Serang", None),
        ("53", "PROVINSI NUSA TENGGARA TIMUR", None), ("53", "Banten", "36"), ("53", "NTT", "unlike"),
        ("53.04.02", "Kec. Pantai Timur", "53.04.03"), ("53.04.02", "PANTAIBARU", None), ("53.04.02", "Nobo", "unlike"),
        ("53.04.01.2001", "Fulur", "53.04.01.2002"), ("53.04.01.2001", "Desa Kisam", None), ("53.04.01.2001", "Dua Rato", None),
        ("53.04.01.2001", "Duarata", None), ("53.04.01.2001", "Sukamaju", "unlike"), ("53.04.01.2001", "2001", None),
        ("53.02.01.2001", "Duarato", "unlike"),  # that one is in another kabupaten
        ("53.04.01.2003", "Nobo", None),  # more like its own name than like one of another kecamatan
        ("53.04.01", "Duarato", "unlike"),  # a desa of it
    ],
)  # fmt: skip
def test_which_region_a_name_beside_a_code_means(kode: str, written: str, expected: str | None) -> None:
    fit, other = NamesBesideCodes(NAMES, SPELLINGS).compare(kode, written)
    assert (None if fit is Fit.FITS else "unlike" if fit is Fit.UNLIKE else other) == expected


def test_names_of_the_same_list_always_fit_and_five_years_later_nearly_all_do(data: Path) -> None:
    old, new = names_in(data / "wilayah_2020.csv"), names_in(data / "wilayah_2025.csv")
    names = NamesBesideCodes(new, {})
    assert {names.compare(k, n)[0] for k, n in new.items()} == {Fit.FITS}
    fits = [names.compare(k, old[k])[0] for k in old.keys() & new.keys()]
    assert sum(f is not Fit.FITS for f in fits) < 0.003 * len(fits)
    assert fits.count(Fit.OTHER) < 0.001 * len(fits)
