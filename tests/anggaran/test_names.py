"""Names of programmes: the same in Python, which reads what is sent, and in SQL, which reads what is stored."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hub.anggaran.names import numbered, program_key, program_key_sql
from tests.client import Client

_PIECES = [
    "program",
    "Program ",
    "a.",
    "(b)",
    "1.1",
    "1.06.02 ",
    "IV. ",
    "ii)",
    "&",
    " dan ",
    "Jaminan",
    "X",
    "12",
    " ",
    "\t",
    "-",
    "/",
    "é",
]


@pytest.mark.parametrize(
    ("written", "number", "name"),
    [
        ("(a) Penunjang", "(a)", "Penunjang"),
        ("a. Penunjang", "a.", "Penunjang"),
        ("1.06.02 Penunjang", "1.06.02", "Penunjang"),
        ("IV. Penunjang", "IV.", "Penunjang"),
        ("2)  Penunjang", "2)", "Penunjang"),
        ("26 jenis PPKS", "", "26 jenis PPKS"),
        ("BLT Dana Desa", "", "BLT Dana Desa"),
        ("P.K.H", "", "P.K.H"),
        ("a.", "", "a."),
    ],
)
def test_a_number_stands_before_a_name(written: str, number: str, name: str) -> None:
    assert (numbered(written).number, numbered(written).name) == (number, name)


@pytest.mark.parametrize(
    "written", ["b. Program Perlindungan & Jaminan", "PERLINDUNGAN  DAN JAMINAN", "perlindungan-dan-jaminan"]
)
def test_spellings_of_one_name_have_one_key(written: str) -> None:
    assert program_key(written) == "perlindungandanjaminan"


@pytest.mark.parametrize("written", ["Programme", "Perlindungan Jaminan", "Tahap 1", "Tahap 2"])
def test_names_that_differ_do_not(written: str) -> None:
    others = {"Perlindungan dan Jaminan", "me", "Tahap 1", "Tahap 2"} - {written}
    assert program_key(written) not in {program_key(o) for o in others}


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.sampled_from(_PIECES), min_size=1, max_size=6).map("".join))
def test_both_agree(read_hub: Client, text: str) -> None:
    ((key,),) = read_hub.sql(f"SELECT {program_key_sql('t')} FROM (VALUES (%s)) x(t)", text)
    assert key == program_key(text)
