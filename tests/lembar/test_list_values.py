"""What cells of lists say: items, with their days behind or before them."""

from datetime import date

import pytest

from hub.lembar.list_values import Dated, read_dated, split_cell
from hub.lembar.written_row import WrittenRow


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Dasar 2019", Dated("Dasar", date(2019, 1, 1), True)),
        ("SAR (5 Maret 2020)", Dated("SAR", date(2020, 3, 5), False)),
        ("Dapur umum, tahun 2021", Dated("Dapur umum", date(2021, 1, 1), True)),
        ("2021-03-05: pendataan", Dated("pendataan", date(2021, 3, 5), False)),
        ("1.2 5-3-2021", Dated("1.2", date(2021, 3, 5), False)),
        ("5a.1 12 Juni 2021", Dated("5a.1", date(2021, 6, 12), False)),
        ("Dasar Mei 2020", Dated("Dasar", date(2020, 5, 1), True)),
        ("Dasar", None),
        ("5-3-2021", None),
        ("31-02-2021 rapat", None),
        ("x" * 2_000 + " ", None),
    ],
)
def test_something_with_its_day(text: str, expected: Dated | None) -> None:
    assert read_dated(text) == expected


def test_items_of_a_cell() -> None:
    b = WrittenRow("s", 2, [], {}, {"a": "x"}, raw={"a": "1. Dasar 2019;\n2) SAR 2020\n- Dapur; ; SAR 2020"})
    assert split_cell(b, "a") == ("Dasar 2019", "SAR 2020", "Dapur")
