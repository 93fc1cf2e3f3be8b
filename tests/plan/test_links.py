"""A link says what its statement will say, and is wrong when it is made rather than when it is asked."""

from typing import Any

import pytest
from sqlalchemy import Column, Date, Integer, MetaData, Table, Text, func

from hub.plan.arguments import Args
from hub.plan.links import link
from hub.plan.rows import Row

_METADATA = MetaData()
_PARENT = Table("induk", _METADATA, Column("kode_kab", Text), Column("id", Text), Column("hari", Date))
_PART = Table(
    "bagian", _METADATA, Column("kode_kab", Text), Column("milik", Text), Column("urut", Integer), Column("sejak", Date)
)
_REFERENCE = Table("acuan", _METADATA, Column("kode", Text))
_ARGS: Any = None  # a link asks for no arguments


def _where(made: Any, row: Row | None = None) -> str:
    args: Args = _ARGS
    return " AND ".join(str(c) for c in made(row or Row(_PARENT), args).where)


def test_both_rows_lie_in_one_kabupaten() -> None:
    assert _where(link(_PART, {"id": "milik"})) == "bagian_1.kode_kab = induk.kode_kab AND bagian_1.milik = induk.id"


def test_a_link_across_a_border_says_so() -> None:
    assert _where(link(_PART, {"id": "milik"}, kab=None)) == "bagian_1.milik = induk.id"
    elsewhere = link(_PART, {"id": "milik"}, kab=("id", "kode_kab"))
    assert _where(elsewhere) == "bagian_1.kode_kab = induk.id AND bagian_1.milik = induk.id"


def test_reference_tables_lie_in_none() -> None:
    assert _where(link(_REFERENCE, {"id": "kode"})) == "acuan_1.kode = induk.id"


def test_words_and_order() -> None:
    made = link(_PART, {"id": "milik"}, only={"milik": "A", "urut": 2}, order=["-sejak", "urut"])
    assert _where(made).endswith("AND bagian_1.milik = 'A' AND bagian_1.urut = 2")
    assert [str(o.compile()) for o in made(Row(_PARENT), _ARGS).order] == ["bagian_1.sejak DESC", "bagian_1.urut"]


def test_the_day_is_carried_on_where_something_holds_on_it() -> None:
    made = link(_PART, {"id": "milik"}, holds=lambda t, day: t.c.sejak <= day)
    on_a_day = Row(_PARENT, _PARENT.c.hari)
    assert _where(made, on_a_day).endswith("AND bagian_1.sejak <= induk.hari")
    assert made(on_a_day, _ARGS).row.reference_day is _PARENT.c.hari
    assert link(_PART, {"id": "milik"})(on_a_day, _ARGS).row.reference_day is None
    with pytest.raises(AssertionError, match="bagian"):
        made(Row(_PARENT), _ARGS)


def test_a_day_of_its_own() -> None:
    made = link(_PART, {"id": "milik"}, day=lambda t: func.least(t.c.sejak))
    assert str(made(Row(_PARENT, _PARENT.c.hari), _ARGS).row.reference_day) == "least(bagian_1.sejak)"


@pytest.mark.parametrize(
    "wrong",
    [
        {"on": {"id": "pemilik"}},
        {"on": {"id": "milik"}, "order": ["-sampai"]},
        {"on": {"id": "milik"}, "only": {"jenis": "A"}},
        {"on": {"id": "milik"}, "kab": ("kode_kab", "ke_kab")},
    ],
)
def test_a_wrong_column_is_an_error_when_the_link_is_made(wrong: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match="bagian has no column"):
        link(_PART, **wrong)
