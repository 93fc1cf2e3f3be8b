"""What a row says of a member of Tagana, cell by cell."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hub.lembar.written_row import WrittenRow
from hub.tagana.draft import Training
from hub.tagana.list_columns import TITLES
from hub.tagana.list_person import ListPerson, read_person


def row(**cells: str) -> WrittenRow:
    written = {k: " ".join(v.split()) for k, v in cells.items()}
    return WrittenRow("s", 2, [], dict.fromkeys(cells, "Kolom"), written, raw=dict(cells))


def codes(b: WrittenRow) -> list[str]:
    return [t.kode for t in b.temuan]


@pytest.mark.parametrize(
    ("cells", "born"),
    [
        ({"tanggal_lahir": "17-05-1995"}, date(1995, 5, 17)),
        ({"tanggal_lahir": "17 Mei 1995"}, date(1995, 5, 17)),
        ({"ttl": "Ba'a, 17-05-1995"}, date(1995, 5, 17)),
        ({"ttl": "Kupang 17 Mei 1995"}, date(1995, 5, 17)),
        ({"tanggal_lahir": "1995"}, None),
        ({"ttl": "Kupang"}, None),
    ],
)
def test_a_birth_is_a_whole_day(cells: dict[str, str], born: date | None) -> None:
    b = row(**cells)
    assert read_person(b).tanggal_lahir == born
    assert codes(b) == ([] if born else ["TANGGAL_TAK_TERBACA"])


@pytest.mark.parametrize("text", ["belum", "Belum ada", "tidak ada", "dalam proses"])
def test_a_number_that_is_not_there_yet_is_none(text: str) -> None:
    p = read_person(row(nia=text, sertifikat=text, pelatihan=text, keahlian=text))
    assert (p.nia, p.sertifikat, p.pelatihan, p.keahlian) == (None, None, (), ())


def test_a_certificate_without_its_number_is_told() -> None:
    b = row(sertifikat="Ada")
    assert read_person(b).sertifikat is None
    assert codes(b) == ["SERTIFIKAT_TANPA_NOMOR"]


def test_trainings_with_and_without_their_day() -> None:
    b = row(pelatihan="1. Dasar 2019\n2. SAR, 5 Maret 2020\n3. Dapur umum")
    assert [(t.training, t.approximate) for t in read_person(b).pelatihan] == [
        (Training("Dasar", date(2019, 1, 1)), True),
        (Training("SAR", date(2020, 3, 5)), False),
    ]
    assert codes(b) == ["PELATIHAN_TANPA_TANGGAL"]
    assert "Dapur umum" in b.temuan[0].pesan


@given(st.dictionaries(st.sampled_from(sorted(TITLES.spellings)), st.text(min_size=1, max_size=60)))
def test_no_cell_stops_a_row(cells: dict[str, str]) -> None:
    assert isinstance(read_person(row(**cells)), ListPerson)
