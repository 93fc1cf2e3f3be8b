"""What a submission changes in the totals of its kabupaten and province: what was said of it before, against what `agregat` answers
before and after the approval."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import count
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from hub.base.periode import Periode
from schema.rekap import impact_types
from tests.angka.reported_years import (
    ELEMEN,
    PERIODS,
    PROV,
    SPLIT_LATER,
    Report,
    in_force,
    make_kabupaten,
    make_province,
    years,
)
from tests.client import Client
from tests.rekap.texts import REOPEN, SUBMIT, angka, submission

EFFECT = "__typename ... on RekapDiterima { revisi dampak { wilayah { kode } elemen { kode } periode lama baru } } ... on RekapDitolak { temuan { kode pesan } }"
SEND = f"mutation ($m: RekapMasukan!, $uji: Boolean) {{ hasil: ajukanRekap(masukan: $m, uji: $uji) {{ {EFFECT} }} }}"
SAVE = f"mutation ($m: RekapMasukan!) {{ hasil: simpanDrafRekap(masukan: $m) {{ {EFFECT} }} }}"
APPROVE = f"mutation ($id: ID!, $revisi: Int!) {{ hasil: setujuiRekap(id: $id, revisi: $revisi) {{ {EFFECT} }} }}"
RETURN = f'mutation ($id: ID!, $revisi: Int!) {{ hasil: kembalikanRekap(id: $id, revisi: $revisi, alasan: "uji") {{ {EFFECT} }} }}'
_AGREGAT = " ".join(
    f"{level}: agregat(elemen: $e, periode: $p, wilayah: ${w}, tingkat: {level}) {{ wilayah {{ kode }} elemen {{ kode }} periode nilai }}"
    for level, w in (("KABUPATEN", "k"), ("PROVINSI", "w"))
)
AGREGAT = f"query ($e: [String!]!, $p: [Periode!]!, $k: KodeWilayah!, $w: KodeWilayah!) {{ {_AGREGAT} }}"
ALL_PERIODS = [*PERIODS, *(f"2023-{i:02d}" for i in range(1, 13))]
OPEN = "WIL02"  # of sensitivity 0: what is approved everybody sees at once
FORM_OF = {**ELEMEN, OPEN: "F01"}
Totals = dict[tuple[str, str, str], Any]
Changes = dict[tuple[str, str, str], tuple[Any, Any]]


def totals(hub: Client, kab: str, as_whom: str) -> Totals:
    """What the caller reads: (region, element, period) → number."""
    answer = hub.ask(AGREGAT, {"e": list(FORM_OF), "p": ALL_PERIODS, "k": kab, "w": kab[:2]}, as_whom)
    return {
        (r["wilayah"]["kode"], r["elemen"]["kode"], r["periode"]): r["nilai"] for rows in answer.values() for r in rows
    }


def changes(before: Totals, after: Totals) -> Changes:
    return {k: (before[k], after[k]) for k in before if before[k] != after[k]}


def said(answer: Any) -> Changes:
    assert answer["__typename"] == "RekapDiterima", answer
    rows = {(r["wilayah"]["kode"], r["elemen"]["kode"], r["periode"]): (r["lama"], r["baru"]) for r in answer["dampak"]}
    assert len(rows) == len(answer["dampak"])
    return rows


def of(region: str, found: Changes) -> Changes:
    return {k: c for k, c in found.items() if k[0] == region}


def draft_of(hub: Client, kab: str, key: str, report: Report) -> dict[str, Any]:
    regions = in_force(hub, kab, report.level, Periode.read(report.periode).last_day)
    cells = [angka(w, report.elemen, n) for w, n in zip(regions, report.nilai, strict=False) if n is not None]
    cells = cells or [angka(regions[0], report.elemen, None, status="TIDAK_DILAKSANAKAN")]
    return submission(kab, FORM_OF[report.elemen], report.periode, key, nilai=cells)


@pytest.fixture(scope="module")
def province(module_hub: Client) -> Client:
    make_province(module_hub)
    for kab in ("91.01", "91.02"):
        make_kabupaten(module_hub, kab, SPLIT_LATER)
    return module_hub


@pytest.fixture(scope="module")
def keys() -> Iterator[str]:
    return (f"kunci {n}" for n in count())


def test_what_is_said_before_is_what_approving_does(province: Client, keys: Iterator[str]) -> None:
    """Over years as they come: stocks, flows, people counted once, sent by month, quarter, half year and year, reopened, of two
    kabupaten; the trial, the receipt of the submission and that of the approval."""
    seen = {"kabupaten": 0, "longer": 0, "province": 0, "open": 0}

    @settings(max_examples=14, deadline=None, phases=[Phase.generate], suppress_health_check=list(HealthCheck))
    @given(year=years(), who=st.lists(st.sampled_from(["91.01", "91.02"]), min_size=6, max_size=6))
    def holds(year: Any, who: list[str]) -> None:
        for kab, one in zip(who, year.reports, strict=False):
            report = replace(one, elemen=OPEN) if one.elemen in ("WIL03", "BAN01") and one.level != "DESA" else one
            id_ = f"{kab}:{FORM_OF[report.elemen]}:{report.periode}"
            key = {"id": id_, "alasan": "uji"}
            province.ask(REOPEN, key, PROV)  # refused where there is nothing to reopen
            m = draft_of(province, kab, next(keys), report)
            by_office, by_province = totals(province, kab, kab), totals(province, kab, PROV)
            tried = said(province.ask(SEND, {"m": m, "uji": True}, kab)["hasil"])
            answer = province.ask(SEND, {"m": m}, kab)["hasil"]
            sent, again = said(answer), said(province.ask(SEND, {"m": m}, kab)["hasil"])
            done = said(province.ask(APPROVE, {"id": id_, "revisi": answer["revisi"]}, PROV)["hasil"])
            after_office, after_province = totals(province, kab, kab), totals(province, kab, PROV)

            assert of(kab, tried) == of(kab, sent) == of(kab, again) == of(kab, changes(by_office, after_office))
            assert done == changes(by_province, after_province)
            own = of(kab, tried)
            for (_, elemen, periode), (old, new) in of(PROV, tried).items():
                was, becomes = own[kab, elemen, periode]
                assert (new or 0) - (old or 0) == (becomes or 0) - (was or 0)
                assert old in (by_office[PROV, elemen, periode], after_office[PROV, elemen, periode])
            opened = {k: c for k, c in of(PROV, changes(by_office, after_office)).items() if k[1] == OPEN}
            assert {k: c for k, c in of(PROV, tried).items() if k[1] == OPEN} == opened
            assert of(PROV, sent).keys() | of(kab, sent).keys() == sent.keys()
            assert said(province.ask(SEND, {"m": m}, kab)["hasil"]) == {}  # it counts already
            seen["kabupaten"] += bool(own)
            seen["longer"] += any(p != report.periode for _, _, p in own)
            seen["province"] += bool(of(PROV, done))
            seen["open"] += bool(opened)

    holds()
    assert all(n > 3 for n in seen.values()), seen


def test_half_a_breakdown_takes_the_place_of_an_earlier_part(two: Client) -> None:
    """A part that has a figure anywhere counts, though it says nothing of the whole."""
    whole = submission("91.01", "F05", "2023-03", "a", nilai=[angka("91.01", "REH09", 10)])
    sent = two.ask(SEND, {"m": whole}, "91.01")["hasil"]
    two.ask(APPROVE, {"id": "91.01:F05:2023-03", "revisi": sent["revisi"]}, PROV)
    half = [angka("91.01", "REH09", 4, rincian=[{"rincian": "JK", "pilihan": "L"}])]
    m = submission("91.01", "F05", "2023-09", "b", nilai=half)
    before = totals(two, "91.01", "91.01")
    sent = two.ask(SEND, {"m": m}, "91.01")["hasil"]
    assert of("91.01", said(sent)) == {("91.01", "REH09", "2023"): (10, None)}
    two.ask(APPROVE, {"id": "91.01:F05:2023-09", "revisi": sent["revisi"]}, PROV)
    assert of("91.01", changes(before, totals(two, "91.01", "91.01"))) == of("91.01", said(sent))


# ---------- what an office may learn ----------


def send(hub: Client, kab: str, elemen: str, figure: int, key: str, *, approve: bool = True) -> Changes:
    m = submission(
        kab, FORM_OF[elemen], "2023-TW3" if elemen == "REH09" else "2023", key, nilai=[angka(kab, elemen, figure)]
    )
    answer = hub.ask(SEND, {"m": m}, kab)["hasil"]
    if approve:
        id_ = f"{kab}:{m['formulir']}:{m['periode']}"
        assert hub.ask(APPROVE, {"id": id_, "revisi": answer["revisi"]}, PROV)["hasil"]["__typename"] == "RekapDiterima"
    return said(answer)


@pytest.fixture
def two(empty_hub: Client) -> Client:
    make_province(empty_hub)
    for kab in ("91.01", "91.02"):
        make_kabupaten(empty_hub, kab, SPLIT_LATER)
    return empty_hub


def test_a_total_that_is_closed_to_an_office_is_not_told_by_its_own_change(two: Client) -> None:
    """The other's 3 is closed, and so is a total that gives it away."""
    send(two, "91.01", "BAN01", 3, "a")
    told = send(two, "91.02", "BAN01", 4_000, "b")
    assert of(PROV, told) == {}
    assert of("91.02", told) == {("91.02", "BAN01", "2023"): (None, 4_000)}
    m = submission("91.02", "F02", "2023", "c", nilai=[angka("91.02", "BAN01", 5_000)])
    two.ask(REOPEN, {"id": "91.02:F02:2023", "alasan": "uji"}, PROV)
    visible = totals(two, "91.02", "91.02")[PROV, "BAN01", "2023"]
    tried = said(two.ask(SEND, {"m": m, "uji": True}, "91.02")["hasil"])
    assert visible is None
    assert of(PROV, tried) == {}
    sent = two.ask(SEND, {"m": m}, "91.02")["hasil"]
    done = said(two.ask(APPROVE, {"id": "91.02:F02:2023", "revisi": sent["revisi"]}, PROV)["hasil"])
    assert of(PROV, done) == {(PROV, "BAN01", "2023"): (4_003, 5_003)}  # the province answers for both


def test_an_open_total_is_told_with_the_own_change(two: Client) -> None:
    send(two, "91.01", "BAN01", 3_000, "a")
    send(two, "91.02", "BAN01", 4_000, "b")
    two.sql(  # as the job some moments later does
        "INSERT INTO angka_rilis (kode_kab, elemen, periode, tingkat, dimensi, kode_wilayah, rincian, nilai, status, turunan) "
        "VALUES ('91', 'BAN01', '2023', 1, '', '91', '{}', 7000, 'ADA', false) ON CONFLICT DO NOTHING"
    )
    assert totals(two, "91.02", "91.02")[PROV, "BAN01", "2023"] == 7_000
    two.ask(REOPEN, {"id": "91.02:F02:2023", "alasan": "uji"}, PROV)
    told = send(two, "91.02", "BAN01", 4_500, "c", approve=False)
    assert told == {("91.02", "BAN01", "2023"): (4_000, 4_500), (PROV, "BAN01", "2023"): (7_000, 7_500)}
    two.sql("UPDATE angka_rilis SET sejak = '2001-01-01' WHERE tingkat = 1")  # made before the office's own figure
    assert of(PROV, send(two, "91.02", "BAN01", 4_600, "d", approve=False)) == {}


def test_what_is_open_to_all_is_told_of_the_province_too(two: Client) -> None:
    assert send(two, "91.01", OPEN, 30, "a") == {("91.01", OPEN, "2023"): (None, 30), (PROV, OPEN, "2023"): (None, 30)}
    assert send(two, "91.02", OPEN, 3, "b") == {("91.02", OPEN, "2023"): (None, 3), (PROV, OPEN, "2023"): (30, 33)}


# ---------- when there is something to say ----------


def test_a_draft_says_what_it_would_change_and_a_return_changes_nothing(two: Client) -> None:
    m = submission("91.01", "F01", "2023", "a", nilai=[angka("91.01", OPEN, 30)])
    assert of("91.01", said(two.ask(SAVE, {"m": m}, "91.01")["hasil"])) == {("91.01", OPEN, "2023"): (None, 30)}
    sent = two.ask(SEND, {"m": {**m, "kunciIdempoten": "b"}}, "91.01")["hasil"]
    returned = two.ask(RETURN, {"id": "91.01:F01:2023", "revisi": sent["revisi"]}, PROV)["hasil"]
    assert returned["dampak"] == []


def test_an_old_receipt_says_nothing_of_what_cannot_be_approved_any_more(two: Client) -> None:
    m = submission("91.01", "F01", "2023", "a", nilai=[angka("91.01", OPEN, 30)])
    assert said(two.ask(SEND, {"m": m}, "91.01")["hasil"]) != {}
    two.ask(SEND, {"m": {**m, "kunciIdempoten": "b", "nilai": [angka("91.01", OPEN, 31)]}}, "91.01")
    assert said(two.ask(SEND, {"m": m}, "91.01")["hasil"]) == {}


def test_a_statement_of_a_province_adds_up_to_nothing(two: Client) -> None:
    m = submission(PROV, "F01", "2023", "a", nilai=[angka(PROV, OPEN, 30)])
    assert said(two.ask(SEND, {"m": m}, PROV)["hasil"]) == {}


def test_whoever_does_not_ask_does_not_pay(two: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    async def broken(*_: Any) -> None:
        raise AssertionError("it was worked out")

    monkeypatch.setattr(impact_types, "if_approved", broken)
    m = submission("91.01", "F01", "2023", "a", nilai=[angka("91.01", OPEN, 30)])
    assert two.ask(SUBMIT, {"m": m}, "91.01")["hasil"]["__typename"] == "RekapDiterima"
    assert two.errors(SEND, {"m": m}, "91.01")
