"""What goes to the database as one text is there, element for element, what it was here."""

from decimal import Decimal
from typing import Any

import orjson
import psycopg
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hub.db.arrays import number_array, text_array
from tests.db.roles import Session

_TEXTS: list[str | None] = [
    "", " ", "desa", "a,b", "{a}", "{", "}", '"', '\\', '\\"', '"\\', "\\\\", "NULL", "null", None, "'; DROP TABLE angka; --", "é", "漢字",
    "\U0001f600", "a\nb\tc\r", "%s", "$1", "\x01", "(1,2)", '"",""',
]  # fmt: skip
_several = settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))


def _back(session: Session, literal: str, type_: str) -> Any:
    return session.execute(f"SELECT %s::{type_}[]", (literal,)).fetchall()[0][0]


def test_texts(session: Session) -> None:
    assert _back(session, text_array(_TEXTS), "text") == _TEXTS


def test_an_empty_array(session: Session) -> None:
    for type_ in ("text", "jsonb"):
        assert _back(session, text_array([]), type_) == []
    assert _back(session, number_array([]), "numeric") == []


@_several
@given(texts=st.lists(st.none() | st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]))))
def test_any_texts(session: Session, texts: list[str | None]) -> None:
    assert _back(session, text_array(texts), "text") == texts


def test_json(session: Session) -> None:
    values: list[Any] = [{}, {"JK": "L", "jenis": 'a "b" \\ {c}, é'}, [1, None], None, "x", {"": ""}]
    literal = text_array([None if v is None else orjson.dumps(v).decode() for v in values])
    assert _back(session, literal, "jsonb") == values


def test_a_nought_in_a_text_is_refused_as_everywhere(session: Session) -> None:
    with pytest.raises(psycopg.DataError):
        _back(session, text_array(["a\0b"]), "text")


def test_numbers(session: Session) -> None:
    numbers = [
        Decimal("0"),
        Decimal("-1.50"),
        None,
        Decimal("1E+3"),
        Decimal("1e-9"),
        Decimal("123456789012345678.123"),
    ]
    assert _back(session, number_array(numbers), "numeric") == numbers
    assert _back(session, number_array([1, -4, None]), "smallint") == [1, -4, None]
    assert _back(session, number_array([Decimal("NaN")]), "numeric")[0].is_nan()
