"""A target and its result have one unit or are not compared: over every indicator, variant and element of the catalogue, with any
units, figures, targets and stated results; the answer and the finding at submission say the same."""

import asyncio
import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Decimal
from itertools import count
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from hub.angka.cells import CleanCell
from hub.base.temuan import Location
from hub.db.database import Database
from hub.katalog import statements as katalog_store
from hub.katalog.cache import build
from hub.katalog.formula import Formula, Term, read_formula
from hub.katalog.katalog import Elemen, Katalog
from hub.rekap.performance import ComputedResult, check_performance
from seeds.katalog_toml import read_katalog
from tests.client import Client
from tests.rekap.texts import SUBMIT, angka, submission
from tests.released import release_as_it_is

DRAFT = read_katalog()
FORMULAS = {f"{i.kode}.{i.varian}" if i.varian else i.kode: i for i in DRAFT.indikator}
ELEMEN = [e.kode for f in DRAFT.formulir for e in f.elemen]
MEASURES = [*FORMULAS, *ELEMEN, "IKS_ANAK", "IKS_LANSIA"]
COUNTED = {"WIL04": 1, "WIL05": 1}  # what the hub counts of the kabupaten below: one kecamatan, one desa
UNITS = ["persen", "orang", "KK", "rasio", "indeks"]
QUERY = """query ($w: KodeWilayah!) { indikator(kode: ["I10", "I11"], periode: ["2023"], wilayah: $w, tingkat: KABUPATEN) {
  kode rincian { pilihan } penyebut nilai status alasan } }"""

Rincian = tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Office:
    """What a kabupaten has: figures by element and breakdown, targets and stated results by what they are of; and units of targets
    that differ from what the catalogue says."""

    figures: dict[tuple[str, Rincian], Decimal]
    targets: dict[str, Decimal | None]
    stated: dict[str, Decimal]
    units: dict[str, str]


def _terms(formula: Formula) -> Iterator[tuple[str, Rincian]]:
    yield from ((t.kode, t.rincian) for t in formula.terms())


# every figure that something is made of; those of targets and results themselves apart
PLACES: list[tuple[str, Rincian]] = sorted(
    {
        place for i in FORMULAS.values() for side in (i.pembilang, i.penyebut) if side is not None
        for place in _terms(read_formula(side))
    } | {(e, ()) for e in ELEMEN if e not in ("KIN01", "KIN02") and e not in COUNTED}
)  # fmt: skip
NUMBER = st.sampled_from([Decimal(n) for n in ("0", "1", "7", "12.5", "250", "15425")])


@st.composite
def offices(draw: st.DrawFn) -> Office:
    named = draw(st.lists(st.sampled_from(MEASURES), min_size=1, max_size=25, unique=True))
    missing = draw(st.sets(st.sampled_from(PLACES), max_size=40))
    numbers = draw(st.lists(NUMBER, min_size=7, max_size=7))
    return Office(
        {p: numbers[n % 7] for n, p in enumerate(PLACES) if p[0] not in COUNTED and p not in missing},
        {m: draw(NUMBER | st.none()) for m in named},
        {m: draw(NUMBER) for m in named if draw(st.booleans()) and draw(st.booleans())},
        {m: draw(st.sampled_from(UNITS)) for m in named if draw(st.booleans()) and draw(st.booleans())},
    )


# ---------- what should come out ----------


def computed(office: Office, measure: str) -> Decimal | None:
    if measure in COUNTED:
        return None  # counted from the list of regions, no figure of it is stored
    if measure in ELEMEN:
        return office.figures.get((measure, ()))
    i = FORMULAS.get(measure)
    if i is None or i.pembilang is None:
        return None
    above = _side(office, i.pembilang)
    if i.jenis == "CACAH_KABUPATEN":
        return None if above is None else Decimal(100 if above > 0 else 0)
    assert i.penyebut is not None
    below = _side(office, i.penyebut)
    return None if above is None or not below else above / below * i.faktor


def _side(office: Office, formula: str) -> Decimal | None:
    """The first alternative whose figures are all there."""
    for products in read_formula(formula).pilihan:
        terms = [f for _, factors in products for f in factors if isinstance(f, Term)]
        found = [Decimal(COUNTED[t.kode]) if t.kode in COUNTED else office.figures.get((t.kode, t.rincian)) for t in terms]  # fmt: skip
        if all(n is not None for n in found):
            return sum((n for n in found if n is not None), Decimal(0))
    return None


def units_of(katalog: Katalog, office: Office, measure: str) -> tuple[str | None, str | None]:
    """Of the target, of the result."""
    own: str | None = None
    if measure in ELEMEN:
        own = katalog.elemen[measure].satuan
    elif measure in FORMULAS and FORMULAS[measure].pembilang is not None:
        own = FORMULAS[measure].satuan
    listed = DRAFT.rincian["indikator"].satuan | office.units
    of_target = listed.get(measure) or own or (FORMULAS[measure].satuan if measure in FORMULAS else None)
    return of_target, own


def expected(katalog: Katalog, office: Office, measure: str) -> tuple[Decimal | None, bool]:
    """What was reached in per cent, and whether it fails for the units alone."""
    of_target, own = units_of(katalog, office, measure)
    result = computed(office, measure) if of_target == own else None
    if result is None:
        result = office.stated.get(measure)
    wanted = office.targets[measure]
    if result is None or not wanted:
        return None, bool(wanted) and own is not None and of_target != own
    falling = measure in ELEMEN and katalog.elemen[measure].arah == "TURUN"
    reached = (2 * wanted - result if falling else result) / wanted * 100
    return reached, False


# ---------- both ways ----------


@pytest.fixture(scope="module")
def province(module_hub: Client) -> tuple[Client, Iterator[int]]:
    module_hub.sql(
        "INSERT INTO wilayah (kode_kab, kode, berlaku_sejak, tingkat, jenis, nama) VALUES ('91', '91', '2000-01-01', 1, 'PROVINSI', 'Uji')"
    )
    return module_hub, count(1)


def store(hub: Client, kab: str, office: Office) -> None:
    kinds = {2: "KABUPATEN", 3: "KECAMATAN", 4: "DESA"}
    for kode, level, parent in (
        (kab, 2, "91"),
        (f"{kab}.01", 3, kab),
        (f"{kab}.01.2001", 4, f"{kab}.01"),
    ):
        hub.sql(
            "INSERT INTO wilayah (kode_kab, kode, berlaku_sejak, tingkat, jenis, nama, kode_induk) "
            "VALUES (%s, %s, '2000-01-01', %s, %s, %s, %s)",
            kab, kode, level, kinds[level], f"Uji {kode}", parent,
        )  # fmt: skip
    rows: list[tuple[str, dict[str, str], Decimal | None]] = [(e, dict(r), n) for (e, r), n in office.figures.items()]
    rows += [("KIN01", {"indikator": m}, n) for m, n in office.targets.items()]
    rows += [("KIN02", {"indikator": m}, n) for m, n in office.stated.items()]
    for elemen, rincian, n in rows:
        status = "TIDAK_ADA_DATA" if n is None else "ADA" if n else "NOL"
        hub.sql(
            "INSERT INTO angka (kode_kab, periode, elemen, tingkat, dimensi, kode_wilayah, rincian, nilai, status, turunan) "
            "VALUES (%s, '2023', %s, 2, %s, %s, %s, %s, %s, false)",
            kab, elemen, "|".join(sorted(rincian)), kab, json.dumps(rincian), n, status,
        )  # fmt: skip
    units = json.dumps(DRAFT.rincian["indikator"].satuan | office.units)
    hub.sql("UPDATE rincian SET satuan = %s WHERE kode = 'indikator'", units)


async def _katalog(url: str) -> Katalog:
    db = Database(url, 1)
    await db.open()
    try:
        async with db.as_owner() as conn:
            return build(await katalog_store.snapshot(conn))
    finally:
        await db.close()


def said_at_submission(katalog: Katalog, office: Office, kab: str) -> set[str]:
    """What a rekap with these targets and stated results is told is in another unit."""

    def cells(elemen: Elemen, given: dict[str, Any]) -> list[CleanCell]:
        return [
            CleanCell(kab, elemen, (("indikator", m),), n, "TIDAK_ADA_DATA" if n is None else "ADA", Location())
            for m, n in given.items()
        ]

    known = {
        m: ComputedResult(computed(office, m), katalog.computed_unit(m), m in ELEMEN and katalog.elemen[m].arah == "TURUN")
        for m in office.targets
    }  # fmt: skip
    both = cells(katalog.elemen["KIN01"], dict(office.targets)) + cells(katalog.elemen["KIN02"], dict(office.stated))
    return {
        t.usulan.removeprefix("KIN02[indikator=").removesuffix("]")
        for t in check_performance(both, known)
        if t.kode == "SATUAN_TARGET_BEDA" and t.usulan
    }


def test_units_decide_what_is_compared(province: tuple[Client, Iterator[int]]) -> None:
    hub, numbers = province

    @settings(max_examples=25, deadline=None, phases=[Phase.generate], suppress_health_check=list(HealthCheck))
    @given(office=offices())
    def generated(office: Office) -> None:
        kab = f"91.{next(numbers):02d}"
        store(hub, kab, office)
        katalog = asyncio.run(_katalog(hub.url))
        rows = {b["rincian"][0]["pilihan"]: b for b in hub.ask(QUERY, {"w": kab}, "")["indikator"] if b["rincian"]}
        assert rows.keys() == office.targets.keys()
        other_unit = set()
        for measure, row in rows.items():
            reached, differing = expected(katalog, office, measure)
            cents = None if reached is None else reached.quantize(Decimal("0.01"), ROUND_HALF_UP)
            assert (row["nilai"] is None) == (cents is None), (measure, row)
            assert cents is None or abs(Decimal(str(row["nilai"])) - cents) <= Decimal("0.01"), (measure, row, reached)
            assert row["penyebut"] == office.targets[measure]
            assert (row["nilai"] is None) <= bool(row["alasan"]), (measure, row)
            assert ("satuannya berlainan" in (row["alasan"] or "")) == differing, (measure, row)
            if differing:
                other_unit.add(measure)
        # a target of nought is told as well: its unit is wrong whatever is reached
        noughts = {m for m, n in office.targets.items() if n == 0}
        found = said_at_submission(katalog, office, kab)
        assert found - noughts == other_unit
        for measure in found & noughts:
            of_target, own = units_of(katalog, office, measure)
            assert of_target != own

    generated()


def test_households_are_no_per_cent(province: tuple[Client, Iterator[int]]) -> None:
    """15.425 households of a target of 1.000 per cent were 1.542,5 per cent."""
    hub, numbers = province
    kab = f"91.{next(numbers):02d}"
    office = Office({("BAN07", ()): Decimal(15_425)}, {"BAN07": Decimal(1_000)}, {}, {})
    store(hub, kab, office)
    (row,) = [b for b in hub.ask(QUERY, {"w": kab}, "")["indikator"] if b["rincian"]]
    assert (row["nilai"], row["status"]) == (None, "TIDAK_ADA_DATA")
    assert "Target dalam persen, BAN07 dalam RT" in row["alasan"]
    m = submission(kab, "F12", "2023", "satuan", nilai=[angka(kab, "KIN01", 1000, rincian=[{"rincian": "indikator", "pilihan": "ban07"}])])  # fmt: skip
    answer = hub.ask(SUBMIT, {"m": m, "uji": True}, kab)["hasil"]
    assert {t["kode"] for t in answer["temuan"]} == {"SATUAN_TARGET_BEDA", "ANGKA_DI_LUAR_BATAS"}
    # in households they are compared
    store(hub, f"91.{next(numbers):02d}", replace(office, units={"BAN07": "RT"}))
    (row,) = [b for b in hub.ask(QUERY, {"w": kab}, "")["indikator"] if b["rincian"]]
    assert row["nilai"] == 1542.5


def test_a_provinces_target_of_an_element_is_reached_by_its_kabupaten_together(
    province: tuple[Client, Iterator[int]],
) -> None:
    hub, numbers = province
    hub.sql("DELETE FROM angka WHERE kode_kab LIKE '91.%%' AND periode = %s", "2023")
    for amount, persons in ((10, 1), (20, 2)):
        figures: dict[tuple[str, Rincian], Decimal] = {("BAN04", ()): Decimal(amount), ("REH09", ()): Decimal(persons), ("WIL06", ()): Decimal(9)}  # fmt: skip
        store(hub, f"91.{next(numbers):02d}", Office(figures, {}, {}, {}))
    cells = [
        angka("91", "KIN01", n, rincian=[{"rincian": "indikator", "pilihan": e}])
        for e, n in (("BAN04", 60), ("REH09", 6), ("WIL06", 10))
    ]
    of_victims = [{"rincian": "indikator", "pilihan": "I06"}]
    cells += [angka("91", "KIN01", 100, rincian=of_victims), angka("91", "KIN02", 80, rincian=of_victims)]
    sent = hub.ask(SUBMIT, {"m": submission("91", "F12", "2023", "provinsi", nilai=cells)}, "91")["hasil"]
    assert sent["__typename"] == "RekapDiterima", sent
    query = QUERY.replace("KABUPATEN", "PROVINSI")

    def asked(as_whom: str | None) -> dict[str, tuple[Any, ...]]:
        rows = hub.ask(query, {"w": "91"}, as_whom)["indikator"]
        return {b["rincian"][0]["pilihan"]: (b["nilai"], b["status"], b["alasan"]) for b in rows if b["rincian"]}

    missing = (None, "TIDAK_ADA_DATA", "Realisasi WIL06 belum ada untuk periode ini.")  # percentages do not add up
    own = asked("91")
    value, status, why = own.pop("I06")
    assert (value, status) == (80, "ADA")
    assert why.startswith("Realisasinya sebagaimana ditulis pada KIN02[indikator=I06]")
    assert own == {"BAN04": (50, "ADA", None), "REH09": (50, "ADA", None), "WIL06": missing}
    # of everybody's: nothing before it is released, never what is stated of victims
    nothing = {
        e: (None, "TIDAK_ADA_DATA", f"Realisasi {e} belum ada untuk periode ini.")
        for e in ("BAN04", "REH09", "WIL06", "I06")
    }
    assert asked(None) == nothing
    release_as_it_is(hub)
    hub.sql("DELETE FROM angka_tertulis_rilis WHERE elemen = 'KIN02'")
    hub.sql("UPDATE angka_rilis SET nilai = NULL, status = 'DISUPRESI' WHERE elemen = 'REH09'")
    closed = (None, "DISUPRESI", "Tertutup bagi Anda.")  # three persons
    assert asked(None) == nothing | {"BAN04": (50, "ADA", None), "REH09": closed, "WIL06": missing}
    # the total that was released, not what its parts add up to
    hub.sql("INSERT INTO angka_rilis (kode_kab, elemen, periode, tingkat, dimensi, kode_wilayah, rincian, nilai, status, turunan) VALUES "
            "('91', 'REH09', '2023', 1, '', '91', '{}', 6, 'ADA', false), ('91', 'BAN04', '2023', 1, '', '91', '{}', NULL, 'DISUPRESI', false)")  # fmt: skip
    assert asked(None) == nothing | {"BAN04": closed, "REH09": (100, "ADA", None), "WIL06": missing}
    assert asked("91")["BAN04"] == (50, "ADA", None)
