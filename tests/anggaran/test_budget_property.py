"""Over generated lists and figures, entered in any order: every sum of the tree is the sum of the leaves below
it, unknown exactly where one of them is; the whole is the sum of its leaves; a province is the sum of its kabupaten."""

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from tests.anggaran.budgets import bring, budget, enter, tree
from tests.client import Client

PROV, KABUPATEN = "91", ("91.01", "91.02")
Figure = tuple[int | None, int | None]  # ceiling and spent, None: not said
YEARS = count(1951)  # each example has one of its own


@dataclass(frozen=True)
class Office:
    """A list of programmes, each with its source and the place of what it is part of, and figures of those that nothing is part
    of, in the order in which they are entered."""

    programs: tuple[tuple[str, int | None], ...]
    figures: tuple[tuple[int, Figure], ...]

    def name(self, place: int) -> str:
        return f"Urusan nomor {place}"

    def leaves(self) -> set[int]:
        return set(range(len(self.programs))) - {p for _, p in self.programs if p is not None}

    def below(self, place: int) -> set[int]:
        parts = {i for i, (_, p) in enumerate(self.programs) if p == place}
        return ({place} if place in self.leaves() else set()).union(*(self.below(i) for i in parts))


@st.composite
def offices(draw: st.DrawFn) -> Office:
    programs: list[tuple[str, int | None]] = []
    for place in range(draw(st.integers(1, 9))):
        above = draw(st.none() | st.integers(0, place - 1)) if place else None
        source = draw(st.sampled_from(["APBD", "APBN"])) if above is None else programs[above][0]
        programs.append((source, above))
    office = Office(tuple(programs), ())
    amount = st.sampled_from([0, 1, 3, 50_000, 12_157_475_000]) | st.integers(0, 10**13)
    figures = {i: (draw(amount), draw(amount)) for i in sorted(office.leaves())}
    gap = draw(st.none() | st.sampled_from(sorted(figures)))
    said: dict[int, Figure] = {
        i: f if i != gap else (draw(st.sampled_from([None, f[0]])), None) for i, f in figures.items()
    }
    order = draw(st.permutations(sorted(said)))
    return Office(tuple(programs), tuple((i, said[i]) for i in order))


def listed(office: Office) -> str:
    lines = [
        f"{office.name(i)},{'' if above is None else office.name(above)},{source}"
        for i, (source, above) in enumerate(office.programs)
    ]
    return "\n".join(["nama,induk,sumber", *lines, ""])


def total(office: Office, leaves: set[int], side: int) -> int | None:
    said = dict(office.figures)
    figures = [said[i][side] for i in leaves]
    return None if None in figures else sum(f for f in figures if f is not None)


def percent(part: int | None, whole: int | None) -> Decimal | None:
    if part is None or not whole:
        return None
    return (Decimal(part) * 100 / Decimal(whole)).quantize(Decimal("0.01"), ROUND_HALF_UP)


def number(value: Any) -> Decimal | None:
    return None if value is None else Decimal(str(value))


def assert_as_summed(branch: Any, office: Office, leaves: set[int]) -> None:
    pagu, realisasi = total(office, leaves, 0), total(office, leaves, 1)
    shown = [number(branch[k]) for k in ("pagu", "realisasi", "persen")]
    assert shown == [number(pagu), number(realisasi), percent(realisasi, pagu)], branch


@pytest.fixture(scope="module")
def budgets(module_hub: Client) -> Client:
    """A province with two kabupaten and nothing else."""
    for kode, level, kind, above in ((PROV, 1, "PROVINSI", None), *((k, 2, "KABUPATEN", PROV) for k in KABUPATEN)):
        module_hub.sql(
            "INSERT INTO wilayah (kode_kab, kode, berlaku_sejak, tingkat, jenis, nama, kode_induk) VALUES (%s, %s, '1900-01-01', %s, %s, %s, %s)",
            kode, kode, level, kind, f"Uji {kode}", above,
        )  # fmt: skip
    return module_hub


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("program")


@settings(
    max_examples=20, deadline=None, phases=[Phase.explicit, Phase.reuse, Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)  # fmt: skip
@given(st.tuples(offices(), offices()))
def test_every_sum_is_that_of_its_leaves(budgets: Client, folder: Path, both: tuple[Office, Office]) -> None:
    year = next(YEARS)
    wholes = []
    for kode, office in zip(KABUPATEN, both, strict=True):
        bring(budgets, folder, listed(office), f"{year}-01-01", kode)
        rows = {(office.programs[i][0], office.name(i)): figure for i, figure in office.figures}
        if any(f is not None for figure in rows.values() for f in figure):
            enter(budgets, str(year), budget(rows, kode), kode, key=f"{kode} {year}")
        answer = tree(budgets, kode, str(year))
        by_name = {(c["sumber"], c["nama"]): c for c in answer["cabang"]}
        sources = {s for s, _ in office.programs}
        assert by_name.keys() == {(s, office.name(i)) for i, (s, _) in enumerate(office.programs)} | {
            (s, s) for s in sources
        }
        for i, (source, above) in enumerate(office.programs):
            branch = by_name[source, office.name(i)]
            assert_as_summed(branch, office, office.below(i))
            assert branch["induk"] == (source if above is None else office.name(above))
            assert branch["subtotal"] == (i not in office.leaves())
        of_source = {s: {i for i in office.leaves() if office.programs[i][0] == s} for s in sources}
        for source, leaves in of_source.items():
            assert_as_summed(by_name[source, source], office, leaves)
        assert_as_summed(answer, office, office.leaves())
        places = {c["nama"]: n for n, c in enumerate(answer["cabang"])}
        assert all(
            places[office.name(i)] > places[office.name(p)] for i, (_, p) in enumerate(office.programs) if p is not None
        )
        wholes.append({s: by_name[s, s] for s in sources})
    _assert_province(tree(budgets, PROV, str(year)), wholes)


def _assert_province(answer: Any, wholes: list[dict[str, Any]]) -> None:
    """Σ of the kabupaten whose source is known; the whole of those sums."""
    for branch in answer["cabang"]:
        of_source = [w[branch["nama"]] for w in wholes if branch["nama"] in w]
        for side in ("pagu", "realisasi"):
            known = [Decimal(str(x[side])) for x in of_source if x[side] is not None]
            assert number(branch[side]) == (sum(known) if known else None)
    for side in ("pagu", "realisasi"):
        known = [Decimal(str(c[side])) for c in answer["cabang"] if c[side] is not None]
        assert number(answer[side]) == (sum(known) if known else None)
