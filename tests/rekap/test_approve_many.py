"""Several rekap approved by one call: one after the other, each for itself."""

from typing import Any

import pytest

from tests.client import Client
from tests.rekap.texts import APPROVE_MANY, SUBMIT, angka, submission

PROV = "53"
OFFICES = ["53.14", "53.15", "53.16"]


def send(hub: Client, kab: str, periode: str = "2023") -> str:
    """The rekap's id."""
    m = submission(kab, "F02", periode, f"k {periode}", nilai=[angka(kab, "BAN04", 10)])
    assert hub.ask(SUBMIT, {"m": m, "uji": False}, kab)["hasil"]["__typename"] == "RekapDiterima"
    return f"{kab}:F02:{periode}"


def approve(hub: Client, *wanted: tuple[str, int], as_whom: str | None = PROV) -> Any:
    return hub.ask(APPROVE_MANY, {"rekap": [{"id": i, "revisi": r} for i, r in wanted]}, as_whom)["hasil"]


def approved(hub: Client) -> set[str]:
    rows = hub.sql("SELECT kode_kab FROM rekap WHERE periode = '2023' AND formulir = 'F02' AND status = 'DISETUJUI'")
    return {k for (k,) in rows}


def test_one_refusal_leaves_the_others(hub: Client) -> None:
    ids = [send(hub, kab) for kab in OFFICES]
    answers = approve(
        hub,
        (ids[0], 1),
        ("53.14:F02", 1),
        (ids[1], 2),
        ("36.73:F02:2023", 1),
        ("53.17:F02:2023", 1),
        (ids[0], 1),
        (ids[2], 1),
    )
    assert [a["__typename"] for a in answers] == [
        "RekapDiterima", "RekapDitolak", "BentrokRevisi", "TidakBerwenang", "RekapDitolak", "RekapDiterima", "RekapDiterima",
    ]  # fmt: skip
    assert [a["rekap"]["id"] for a in answers if a["__typename"] == "RekapDiterima"] == [ids[0], ids[0], ids[2]]
    assert [a["ulangan"] for a in answers if a["__typename"] == "RekapDiterima"] == [False, True, False]
    assert [t["kode"] for a in answers if a["__typename"] == "RekapDitolak" for t in a["temuan"]] == [
        "ID_TIDAK_SAH",
        "REKAP_TAK_ADA",
    ]
    assert approved(hub) == {"53.14", "53.16"}
    query = '{ agregat(elemen: ["BAN04"], periode: ["2023"], wilayah: "53", tingkat: PROVINSI) { nilai kelengkapan { disetujui } } }'
    assert hub.ask(query, None, PROV)["agregat"] == [{"nilai": 20, "kelengkapan": {"disetujui": 2}}]


def test_each_is_a_transaction_of_its_own_in_their_order(hub: Client) -> None:
    ids = [send(hub, kab) for kab in OFFICES]
    approve(hub, *((i, 1) for i in reversed(ids)))
    rows = hub.sql(
        "SELECT kode_kab FROM rekap_peristiwa WHERE aksi = 'SETUJUI' AND formulir = 'F02' AND periode = '2023' ORDER BY pada"
    )
    assert [k for (k,) in rows] == OFFICES[::-1]
    assert hub.sql("SELECT count(DISTINCT sejak) FROM rekap WHERE periode = '2023' AND formulir = 'F02'") == [(3,)]


def test_fifty_at_once_and_no_more(hub: Client) -> None:
    periods = [f"{year}-{month:02}" for year in (2019, 2020, 2021, 2022, 2023) for month in range(1, 13)][:51]
    wanted = [(send(hub, "53.15", p), 1) for p in periods]
    (refusal,) = approve(hub, *wanted)
    assert [(t["kode"], t["nilai"]) for t in refusal["temuan"]] == [("TERLALU_BANYAK_REKAP", "51")]
    assert hub.sql("SELECT count(*) FROM rekap WHERE kode_kab = '53.15' AND status = 'DISETUJUI'") == [(0,)]
    answers = approve(hub, *wanted[:50])
    assert [a["rekap"]["id"] for a in answers] == [i for i, _ in wanted[:50]]
    assert {a["rekap"]["status"] for a in answers} == {"DISETUJUI"}
    assert approve(hub) == []


@pytest.mark.parametrize(("as_whom", "count"), [("53.15", 2), ("36", 2), ("", 2), (None, 1)])
def test_whoever_may_not_is_told_for_each(hub: Client, as_whom: str | None, count: int) -> None:
    """But the public, of whom nothing is looked at: how many there are would be."""
    wanted = [(send(hub, kab), 1) for kab in OFFICES[:2]]
    answers = approve(hub, *wanted, as_whom=as_whom)
    assert [a["__typename"] for a in answers] == ["TidakBerwenang"] * count
    assert approved(hub) == set()


def test_one_that_is_no_list_is_a_list_of_it(hub: Client) -> None:
    id_ = send(hub, "53.15")
    query = f'mutation {{ setujuiBanyak(rekap: {{id: "{id_}", revisi: 1}}) {{ __typename }} }}'
    assert hub.ask(query, None, PROV)["setujuiBanyak"] == [{"__typename": "RekapDiterima"}]
