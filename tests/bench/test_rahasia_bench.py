"""The attacker of small counts gets into what is known to be open to attack, finds cells in a hub, and invents none."""

import pytest

from bench.rahasia.judge import judge, truths
from bench.rahasia.seen import table_of
from bench.rahasia.traps import TRAPS
from bench.rahasia.walk import Breakdown, Caller, Element, Place, Walk, walk
from hub.rilis.audit import bounds
from tests.client import Client


@pytest.mark.parametrize("name", TRAPS)
def test_the_attacker_gets_into_the_known_traps(name: str) -> None:
    assert TRAPS[name]()


def test_a_single_closed_choice_follows_from_its_total() -> None:
    element = Element("X01", 1, True, (Breakdown("JK", ("L", "P"), adds_up=True, whole=True),))
    heard = Walk({"X01": element})
    for choices, status, value in (
        ((), "ADA", "12"),
        ((("JK", "L"),), "ADA", "9"),
        ((("JK", "P"),), "DISUPRESI", None),
    ):
        heard.hear(Place("X01", "2020", "53.14", choices), status, value, "")
    table, number = table_of(heard)
    closed = number[Place("X01", "2020", "53.14", (("JK", "P"),))]
    found = bounds(table, table.unknown, [closed])[closed]
    assert (found.smallest, found.largest) == (3, 3)


def test_two_ways_in_that_differ_are_told() -> None:
    heard = Walk({})
    for status, value in (("DISUPRESI", None), ("ADA", "3"), ("ADA", "4")):
        heard.hear(Place("X01", "2020", "53.14", ()), status, value, "")
    assert heard.answers[Place("X01", "2020", "53.14", ())].value == 3
    assert (len(heard.opened_elsewhere), len(heard.contradictions)) == (1, 1)


def test_the_walk_finds_closed_cells_and_says_nothing_wrong_of_them(read_hub: Client) -> None:
    with Caller(read_hub.address) as caller:
        heard = walk(caller, provinces=("53",))
    assert heard.approved["53.14"]
    verdict = judge(heard, truths(read_hub.url, list(heard.elements)))
    assert heard.contradictions == []
    assert verdict.cells > verdict.unknowns > verdict.closed > 0
    assert verdict.primary > 0
    assert verdict.wrong == []


def test_answers_that_contradict_each_other_prove_nothing() -> None:
    """Three in all and five of them open: no count of the closed one can be so, and it is not called wide."""
    heard = Walk({"X01": Element("X01", 1, True, ())})
    for region, status, value in (("53.14", "ADA", "3"), ("53.14.01", "ADA", "5"), ("53.14.02", "DISUPRESI", None)):
        heard.hear(Place("X01", "2020", region, ()), status, value, "")
    table, number = table_of(heard)
    closed = number[Place("X01", "2020", "53.14.02", ())]
    found = bounds(table, table.unknown, [closed])[closed]
    assert not found.proved
    assert not found.wide(5)
