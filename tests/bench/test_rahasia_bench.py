"""The attacker of small counts gets into what is known to be open to attack, and not into a hub that shows what it released."""

import asyncio
import random

import pytest

from bench.rahasia.approvals import approve_all
from bench.rahasia.caller import Caller
from bench.rahasia.growth import narrow_at_first
from bench.rahasia.heard import Breakdown, Element, Moment, Place, Walk
from bench.rahasia.judge import Verdict, judge
from bench.rahasia.made import RATES, Made, build
from bench.rahasia.opened import open_large
from bench.rahasia.seen import Attack, Spot
from bench.rahasia.traps import TRAPS
from bench.rahasia.versions import Versions, read_versions
from bench.rahasia.walk import walk
from hub.db.database import Database
from hub.db.private_cluster import login_url
from hub.rilis.audit import Bounds, bounds
from hub.rilis.figures import linked
from hub.rilis.office import release
from hub.rilis.primary import Thresholds
from hub.rilis.totals import release_totals
from tests.client import Client
from tests.rilis.made_figures import figures, regions
from tests.waiting_jobs import run_jobs

_SMALL = Made(4, 2, 3, periods=("2025-TW1",), elements=("REH09", "WIL03", "BAN01"), revisions=1)


@pytest.mark.parametrize("name", TRAPS)
def test_the_attacker_gets_into_the_known_traps(name: str) -> None:
    assert TRAPS[name]()


def _said(heard: Walk, place: Place) -> Bounds:
    attack = Attack(heard, Versions({}, {}))
    cell = attack.number[attack.spot[place]]
    return bounds(attack.table, attack.table.unknown, [cell])[cell]


def test_a_single_closed_choice_follows_from_its_total() -> None:
    element = Element("X01", 1, True, (Breakdown("JK", ("L", "P"), adds_up=True, whole=True),))
    heard = Walk({"X01": element})
    for choices, status, value in (
        ((), "ADA", "12"),
        ((("JK", "L"),), "ADA", "9"),
        ((("JK", "P"),), "DISUPRESI", None),
    ):
        heard.hear(Place("X01", "2020", "53.14", choices), status, value, "")
    found = _said(heard, Place("X01", "2020", "53.14", (("JK", "P"),)))
    assert (found.smallest, found.largest) == (3, 3)


def test_two_ways_in_that_differ_are_told() -> None:
    heard = Walk({})
    for status, value in (("DISUPRESI", None), ("ADA", "3"), ("ADA", "4")):
        heard.hear(Place("X01", "2020", "53.14", ()), status, value, "")
    assert heard.answers[Place("X01", "2020", "53.14", ())].value == 3
    assert (len(heard.opened_elsewhere), len(heard.contradictions)) == (1, 1)


def test_answers_that_contradict_each_other_prove_nothing() -> None:
    """Three in all and five of them open: no count of the closed one can be so, and it is not called wide."""
    heard = Walk({"X01": Element("X01", 1, True, ())})
    for region, status, value in (("53.14", "ADA", "3"), ("53.14.01", "ADA", "5"), ("53.14.02", "DISUPRESI", None)):
        heard.hear(Place("X01", "2020", region, ()), status, value, "")
    found = _said(heard, Place("X01", "2020", "53.14.02", ()))
    assert not found.proved
    assert not found.wide(5)


def _settle(url: str) -> None:
    async def work() -> None:
        db = Database(login_url(url), 2)
        await db.open()
        try:
            await run_jobs(db, release_totals)
        finally:
            await db.close()

    asyncio.run(work())


def _attack(hub: Client, moments: list[Moment], own: str, token: str | None, *, figures_only: bool = False) -> Verdict:
    with Caller(hub.address, token, own) as caller:
        heard = walk(caller, moments=moments, rates=RATES, alike=True, figures_only=figures_only)
    assert heard.contradictions == heard.opened_elsewhere == []
    assert figures_only or (len(heard.claims) > 100 and len(heard.ratios) > 10)
    return judge(heard, read_versions(hub.url, heard.elements), own)


def test_a_province_that_comes_in_gives_no_count_away(empty_hub: Client) -> None:
    """And gives some away as soon as only small counts are hidden."""
    hub = empty_hub
    province = build(hub.url, login_url(hub.url), _SMALL)
    moments, _ = approve_all(hub.address, province, lambda: _settle(hub.url))
    own = province.kabupaten[0]
    for who, token in (("", None), (own, province.tokens[own])):
        verdict = _attack(hub, moments[1::2], who, token, figures_only=bool(who))
        assert verdict.cells > verdict.closed >= verdict.primary > (0 if who else 20)
        assert (verdict.wrong, verdict.differ, verdict.open_small) == ([], [], [])
        assert (verdict.recovered, verdict.narrow) == ([], [])
    assert open_large(hub.url) > 0
    verdict = _attack(hub, [], "", None, figures_only=True)
    assert verdict.recovered
    assert verdict.wrong == []


def test_the_demo_gives_no_count_away(read_hub: Client) -> None:
    with Caller(read_hub.address) as caller:
        heard = walk(caller, provinces=("53",))
    assert heard.contradictions == []
    verdict = judge(heard, read_versions(read_hub.url, heard.elements))
    assert verdict.cells > verdict.closed >= verdict.primary > 0
    assert (verdict.wrong, verdict.open_small, verdict.recovered, verdict.narrow) == ([], [], [], [])


@pytest.mark.parametrize("seed", range(4))
def test_looking_through_many_at_once_finds_what_one_by_one_finds(seed: int) -> None:
    """Hidden are small counts only, so that some are too narrow; with those of the release, none is."""
    chance = random.Random(seed)
    own = figures(chance, regions("53.01", 4, 4, chance), {"JK": ("L", "P")})
    tables = linked(own, Thresholds(), adds_up_over_time=True)
    for hidden in (set(tables.primary), {tables.cell[i] for i in release("53.01", own, Thresholds()).hidden}):
        found = bounds(tables.table, hidden, tables.primary)
        narrow = {c for c, b in found.items() if not b.wide(tables.primary[c])}
        left = set(narrow_at_first(tables.table, hidden, tables.primary))
        assert narrow <= left
        assert bool(narrow) == (hidden == set(tables.primary))
    assert len(left) < len(tables.primary) / 2


def test_a_spot_says_what_it_is() -> None:
    spot = Spot("X01", "2020", "53.14", (("JK", "L"),), (("2020", 0),))
    assert str(spot) == "X01 2020 53.14 JK:L [(('2020', 0),)]"
