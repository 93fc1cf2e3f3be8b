"""Files of kinds that are only read here, as a new workbook: it is read to the same."""

from dataclasses import replace

from hub.lembar.annotate_anew import new_book
from hub.lembar.sheet import Odd, OddKind, Sheet
from hub.lembar.sheet_reader import read_workbook
from hub.lembar.spots import Spots
from tests.lembar.written_sheets import written


def read_back(*sheets: Sheet) -> list[Sheet]:
    return list(read_workbook("a.xlsx", new_book(sheets)[0]))


def test_what_is_shown_is_shown_again() -> None:
    sheet = written(
        """
        wilayah|BAN01|hari|persen
        53.14.01.2005|1799 KK|2021-03-05|27.54%
        =SUM(A1)|1.799|0007|-0.5
        'kutip|Rp 526.700.000|-|12.5 juta
        _x000D_|12345678901234567|1e5|5
        gabung||a|b
        """,
        merged=["A6:B6"],
    )
    sheet = replace(
        sheet, exact=Spots([(2, 3), (3, 1), (3, 3), (4, 3)]), hidden_rows=frozenset([3]), hidden_columns=frozenset([2])
    )
    back = read_back(sheet)
    rows = [list(r) for r in sheet.rows]
    assert back[0].rows == rows
    assert set(back[0].exact) == set(sheet.exact)
    assert (back[0].hidden_rows, back[0].hidden_columns) == (sheet.hidden_rows, sheet.hidden_columns)
    assert set(back[0].merged) == set(sheet.merged)


def test_what_does_not_say_what_it_holds_still_does_not() -> None:
    odd = {
        (2, 0): Odd(OddKind.FORMULA, "=of:SUM([.A1])"), (2, 1): Odd(OddKind.FAULT, "#REF!"), (2, 2): Odd(OddKind.FAULT, "Err:522"),
        (2, 3): Odd(OddKind.UNSEEN, "5"), (2, 4): Odd(OddKind.UNSEEN, "rahasia"),
    }  # fmt: skip
    (back,) = read_back(Sheet("Data", [["a", "b", "c", "d", "e"], ["", "#REF!", "Err:522", "", ""]], odd=odd))
    assert {spot: o.kind for spot, o in back.odd.items()} == {spot: o.kind for spot, o in odd.items()}
    assert back.odd[2, 1].text == "#REF!"
    assert back.odd[2, 3].text == "5"


def test_sheets_keep_their_order_and_names_are_made_to_fit() -> None:
    names = ["a" * 40, "a" * 41, "b/c", "B?C", "'d'"]
    content, renamed = new_book([replace(written("x|y"), name=n, hidden=n == names[0]) for n in names])
    back = list(read_workbook("a.xlsx", content))
    assert [renamed[n] for n in names] == [s.name for s in back]
    assert [s.name for s in back] == ["a" * 31, "a" * 26 + " (2)", "b c", "B C (2)", "d"]
    assert [s.hidden for s in back] == [True, False, False, False, False]
