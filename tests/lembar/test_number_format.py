"""What a format says of a number is part of what was written."""

import pytest

from hub.lembar.number_format import as_decimal, decimal_text, number_format

SHOWN = [
    # format, number as the file has it, text
    ("0.00%", "0.27539999999999998", "27.54%"),
    ("0%", "0.2754", "27.54%"),
    ("0%", "0.27", "27%"),
    ("0 %", "1.5", "150 %"),
    ('0.0" %"', "27.5", "27.5 %"),
    (r"0.00\%", "27.54", "27.54%"),
    ("General", "0.30000000000000004", "0.3"),
    ("General", "5.0000000000000002E-5", "0.00005"),
    ("General", "1E+05", "100000"),
    ("General", "1.2157475E10", "12157475000"),
    ("General", "3171234567890123", "3171234567890123"),
    ("General", "-0", "0"),
    ("General", "1799.0", "1799"),
    ("0.00E+00", "12157475000", "12157475000"),
    ("0", "1.5", "1.5"),
    ("0.00", "5", "5"),
    ("#,##0", "1799", "1799"),
    ('0" KK"', "1799", "1799 KK"),
    ('#,##0" KK"', "1799", "1799 KK"),
    ('General" KK"', "7.5", "7.5 KK"),
    ('"Rp"#,##0', "526700000", "Rp526700000"),
    (r'"Rp"\ #,##0.00', "1500.5", "Rp 1500.5"),
    ("[$Rp-421]#,##0", "1500", "Rp1500"),
    ('_("Rp"* #,##0_);_("Rp"* (#,##0);_("Rp"* "-"_);_(@_)', "1500", "Rp1500"),
    ('_("Rp"* #,##0_);_("Rp"* (#,##0);_("Rp"* "-"_);_(@_)', "-1500", "-Rp1500"),
    ('_("Rp"* #,##0_);_("Rp"* (#,##0);_("Rp"* "-"_);_(@_)', "0", "0"),
    ("#,##0.00_);(#,##0.00)", "-1799.25", "-1799.25"),
    ("#,##0_);[Red](#,##0)", "-5", "-5"),
    ("0;0", "-5", "-5"),
    ("00", "5", "05"),
    ("0000000000", "5314010001", "5314010001"),
    ("0000000000", "114010001", "0114010001"),
    ('00"."00"."00"."0000', "5314010001", "53.14.01.0001"),
    (r"00\.00\.00", "10203", "01.02.03"),
    ("000-00", "12", "000-12"),
    ('0"."000', "1799", "1799"),
    ("00", "5.5", "05.5"),
    ('#,##0,,"juta"', "526000000", "526000000"),
    ("0.0,", "1550", "1550"),
    ("# ?/?", "0.5", "0.5"),
    ("# ??/??", "3", "3"),
    ('[=1]"L";[=2]"P"', "2", "P"),
    ("[<=999]0;[>999]#,##0", "1799", "1799"),
    ('[>=1000000]0.0,," juta";0', "2500000", "2500000"),
    ("@", "5", "5"),
    ('@" KK"', "5", "5 KK"),
    ('0;-0;"nihil"', "0", "0"),
    ("yyyy-mm-dd", "44260", "2021-03-05"),
    ("d/m/yy h:mm", "44260.354166666664", "2021-03-05 08:30:00"),
    ("[$-421]dd mmmm yyyy;@", "44260", "2021-03-05"),
    ("mmmm yyyy", "44197", "2021-01-01"),
    ("h:mm AM/PM", "0.35416666666666669", "08:30:00"),
    ("[h]:mm", "1.1041666666666667", "26:30:00"),
    ("mm:ss.0", "0.001", "00:01:26"),
    ("dd/mm/yyyy", "1", "1900-01-01"),
    ("dd/mm/yyyy", "61", "1900-03-01"),
    ("dd/mm/yyyy", "0", "0"),
    ("dd/mm/yyyy", "-3", "-3"),
    ("dd/mm/yyyy", "99999999", "99999999"),
    ('"Tgl "d', "44260", "2021-03-05"),
]


@pytest.mark.parametrize(("code", "raw", "text"), SHOWN)
def test_a_number_is_written_as_its_format_says(code: str, raw: str, text: str) -> None:
    value = as_decimal(raw)
    assert value is not None
    shown = number_format(code).number(value)
    assert (shown.text, shown.unseen) == (text, False)


@pytest.mark.parametrize(
    ("code", "raw", "exact"),
    [
        ("General", "1.799", True),
        ("0.000", "1.799", True),
        ("0.00%", "0.2754", True),
        ("0%", "0.27", False),
        ('00"."00', "1234", False),
        ("yyyy-mm-dd", "44260.5", False),
        ("0", "1799", False),
        ("#,##0,", "1.5", True),
    ],
)
def test_a_point_of_a_fraction_is_told_from_one_that_was_written(code: str, raw: str, exact: bool) -> None:
    value = as_decimal(raw)
    assert value is not None
    assert number_format(code).number(value).exact is exact


@pytest.mark.parametrize(
    ("code", "raw"),
    [(";;;", "5"), (";;;", "0"), ("0;-0;;@", "0"), ("0;;0", "-5"), ('0;-0;" "', "0"), (";", "5"), ("[>5]0;", "3")],
)
def test_a_format_that_shows_nothing_is_told(code: str, raw: str) -> None:
    value = as_decimal(raw)
    assert value is not None
    assert number_format(code).number(value).unseen


@pytest.mark.parametrize(
    ("code", "text", "shown"),
    [("0", "a", "a"), (";;;", "a", None), (";;", "a", "a"), ('"Desa "@', "a", "Desa a"), ("0;0;0;@", "a", "a"), ("0;0;0;", "a", None)],
)  # fmt: skip
def test_a_format_may_hide_or_frame_a_text(code: str, text: str, shown: str | None) -> None:
    words = number_format(code).words(text)
    assert (None if words.unseen else words.text) == shown


def test_days_of_1904_begin_four_years_later() -> None:
    value = as_decimal("42798")
    assert value is not None
    assert number_format("yyyy-mm-dd").number(value, from_1904=True).text == "2021-03-05"


@pytest.mark.parametrize("raw", ["abc", "", "inf", "nan", "1e999"])
def test_what_is_no_number_is_none(raw: str) -> None:
    assert as_decimal(raw) is None


def test_the_largest_number_is_written_out() -> None:
    value = as_decimal("1e300")
    assert value is not None
    assert len(decimal_text(value)) == 301


@pytest.mark.parametrize(
    "code", ['"', "\\", "[", "_", "*", ";" * 5_000, '0"' * 5_000, "0." * 500, "#," * 400 + '"x', "E+", "%%%"]
)
def test_a_broken_format_breaks_nothing(code: str) -> None:
    value = as_decimal("5")
    assert value is not None
    number_format(code).number(value)
    number_format(code).words("a")
