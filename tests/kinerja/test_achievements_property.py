"""Over generated targets, results, lists and scales: every value is what the rules say, in exact fractions; its word is that of the
highest step at or below it; a mean leaves out what nobody knows, and is unknown only where all of it is."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from itertools import count

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from tests.client import Client
from tests.kinerja.figures import ask, make_office, put, result, target

PROV = 60  # and those after it, of which none is a region itself
# what the hub computes itself, what is only stated, what it computes in another unit than the target's
COMPUTED, STATED, UNLIKE = ("WIL06", "WIL07", "I08"), ("IKS_ANAK", "IKS_LANSIA"), ("BAN07", "KIN05")
FALLING = ("WIL06", "WIL07")
DEFAULT = [
    (Decimal(d), n)
    for d, n in ((91, "Sangat tinggi"), (76, "Tinggi"), (66, "Sedang"), (51, "Rendah"), (0, "Sangat rendah"))
]
GOALS = ("1", "2", "3")

Number = Decimal | None


@dataclass(frozen=True)
class Measure:
    """`target`, `stated`: (value, objective named with it), None: not in the rekap; `own`: what the hub's figures say."""

    kode: str
    target: tuple[Number, str | None] | None
    stated: tuple[Number, str | None] | None
    own: Number
    listed: str | None


@dataclass(frozen=True)
class Year:
    measures: tuple[Measure, ...]
    said: dict[str, Decimal]  # per objective
    scale: tuple[Decimal, ...]  # steps above zero; none: the office has no scale
    listed: bool  # whether the office has a list


@st.composite
def years(draw: st.DrawFn) -> Year:
    figure = st.decimals("0", "300", places=2) | st.sampled_from(
        [Decimal(n) for n in ("0", "1", "3", "7", "50", "85", "100")]
    )
    goal = st.none() | st.sampled_from(GOALS)
    part = st.none() | st.tuples(st.none() | figure, goal)
    own = st.none() | figure
    listed = draw(st.booleans())
    kodes = draw(st.lists(st.sampled_from([*COMPUTED, *STATED, *UNLIKE]), unique=True, max_size=5))
    measures = tuple(
        Measure(k, draw(part), draw(part), None if k in STATED else draw(own), draw(goal) if listed else None)
        for k in kodes
    )
    said = draw(st.dictionaries(st.sampled_from(GOALS), figure, max_size=2))
    steps = draw(st.lists(st.decimals("1", "200", places=1), unique=True, max_size=4))
    return Year(measures, said, tuple(sorted(steps)), listed)


@pytest.fixture(scope="module")
def offices(module_hub: Client) -> tuple[Client, Iterator[int]]:
    """An office per example."""
    return module_hub, count()


def enter(hub: Client, kab: str, year: Year) -> None:
    for m in year.measures:
        if m.target is not None:
            target(hub, kab, m.kode, *m.target)
        if m.stated is not None:
            named = {} if m.stated[1] is None else {"sasaran_kinerja": m.stated[1]}
            result(hub, kab, m.stated[0], indikator=m.kode, **named)
        if m.own is not None and m.kode == "I08":
            put(hub, kab, "LEM16", m.own)
            put(hub, kab, "LEM14", 300)
        elif m.own is not None:
            put(hub, kab, m.kode, m.own)
    for goal, nilai in year.said.items():
        result(hub, kab, nilai, sasaran_kinerja=goal)
    for place, goal in enumerate(GOALS if year.listed else ()):
        hub.sql(
            "INSERT INTO sasaran_kinerja (kode_kab, tahun, nomor, urut, nama, indikator, oleh) VALUES (%s, 2019, %s, %s, %s, %s, 'uji')",
            kab, goal, place, f"Tujuan {goal}", [m.kode for m in year.measures if m.listed == goal],
        )  # fmt: skip
    for place, start in enumerate((Decimal(0), *year.scale) if year.scale else ()):
        hub.sql(
            "INSERT INTO skala_kinerja (kode_kab, tahun, dari, nama, oleh) VALUES (%s, 2018, %s, %s, 'uji')",
            kab,
            start,
            f"T{place}",
        )


# ---------- the rules, plainly ----------


def objective_of(m: Measure) -> str | None:
    for named in (m.target, m.stated):
        if named is not None and named[1] is not None:
            return named[1]
    return m.listed


def shown(m: Measure) -> bool:
    return m.target is not None or m.stated is not None or m.listed is not None


def reached(m: Measure) -> Fraction | None:
    own = None if m.own is None or m.kode in UNLIKE else Fraction(m.own)
    if own is not None and m.kode == "I08":
        own = own * 100 / 300
    stated = None if m.stated is None or m.stated[0] is None else Fraction(m.stated[0])
    goal = None if m.target is None or m.target[0] is None else Fraction(m.target[0])
    got = stated if own is None else own
    if got is None or not goal:
        return None
    return ((2 * goal - got) if m.kode in FALLING else got) / goal * 100


def mean(values: list[Fraction | None]) -> Fraction | None:
    known = [v for v in values if v is not None]
    return sum(known, Fraction(0)) / len(known) if known else None


def value_of(goal: str | None, year: Year) -> Fraction | None:
    of_it = [m for m in year.measures if shown(m) and objective_of(m) == goal]
    said = Fraction(year.said[goal]) if goal in year.said else None
    lacking = any(m.target is not None and m.target[0] is not None and reached(m) is None for m in of_it)
    computed = mean([reached(m) for m in of_it])
    first, second = (said, computed) if lacking else (computed, said)
    return second if first is None else first


def rounded(value: Fraction | None) -> Decimal | None:
    if value is None:
        return None
    hundredths = (abs(value) * 100 + Fraction(1, 2)).__floor__()
    return Decimal(hundredths if value >= 0 else -hundredths) / 100


def word_of(value: Decimal | None, year: Year) -> str | None:
    steps = [(d, f"T{i}") for i, d in enumerate((Decimal(0), *year.scale))] if year.scale else DEFAULT
    return None if value is None else max((d, n) for d, n in steps if d <= max(value, Decimal(0)))[1]


@given(year=years())
@settings(
    max_examples=120, deadline=None, phases=(Phase.explicit, Phase.generate, Phase.shrink),
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)  # fmt: skip
def test_values_means_and_words_follow_the_rules(offices: tuple[Client, Iterator[int]], year: Year) -> None:
    hub, numbers = offices
    prov, place = divmod(next(numbers), 99)
    kab = f"{PROV + prov}.{place + 1:02d}"
    make_office(hub, kab, kab[:2])
    enter(hub, kab, year)
    answer = ask(hub, kab, as_whom="")  # who sees everything
    goals = {objective_of(m) for m in year.measures if shown(m)} | set(year.said) | set(GOALS if year.listed else ())
    named = sorted(g for g in goals if g is not None)
    of_goals = {g: value_of(g, year) for g in [*named, *([None] if None in goals else [])]}
    names = [f"Tujuan {g}" if year.listed else f"Sasaran {g}" for g in named] + ["Tanpa sasaran"] * (None in goals)
    assert [s["nama"] for s in answer["sasaran"]] == names
    for (goal, value), s in zip(of_goals.items(), answer["sasaran"], strict=True):
        assert (exact(s["nilai"]), s["predikat"]) == (rounded(value), word_of(rounded(value), year))
        assert exact(s["tertulis"]) == (None if goal is None else year.said.get(goal))
        of_it = {m.kode: rounded(reached(m)) for m in year.measures if shown(m) and objective_of(m) == goal}
        assert {i["indikator"]["kode"]: exact(i["capaian"]) for i in s["indikator"]} == of_it
        assert all(i["predikat"] == word_of(exact(i["capaian"]), year) for i in s["indikator"])
        assert all((i["status"] in ("ADA", "NOL")) == (i["capaian"] is not None) for i in s["indikator"])
    whole = mean([of_goals[g] for g in named] if named else list(of_goals.values()))
    assert (exact(answer["nilai"]), answer["predikat"]) == (rounded(whole), word_of(rounded(whole), year))
    assert [(exact(k["dari"]), k["nama"]) for k in answer["skala"]] == sorted(
        [(d, f"T{i}") for i, d in enumerate((Decimal(0), *year.scale))] if year.scale else DEFAULT, reverse=True
    )


def exact(nilai: float | str | None) -> Decimal | None:
    return None if nilai is None else Decimal(str(nilai))
