"""What is sent without regions that the revision before carries says so, before it replaces it."""

from typing import Any

import pytest

from hub.angka.cells import CleanCell
from hub.base.temuan import Location
from hub.katalog.katalog import Elemen
from hub.rekap.dropped import check_dropped
from hub.rekap.revision_statements import Carried
from tests.client import Client
from tests.rekap.texts import APPROVE, REOPEN, SAVE, SEND_BACK, SUBMIT, WITHDRAW, angka, submission, table

KAB, PROV, ID = "53.14", "53", "53.14:F02:2023"
CODE = "WILAYAH_TERTINGGAL"


def cells(*kecamatan: int) -> list[Any]:
    return [angka(f"53.14.{k:02}", "BAN03", 10 * k) for k in kecamatan]


def send(hub: Client, key: str, *kecamatan: int, call: str = SUBMIT, dry_run: bool = False, **more: Any) -> Any:
    m = submission(KAB, "F02", "2023", key, nilai=cells(*kecamatan), **more)
    return hub.ask(call, {"m": m, "uji": dry_run} if call == SUBMIT else {"m": m}, KAB)["hasil"]


def told(answer: Any) -> list[Any]:
    assert answer["__typename"] == "RekapDiterima", answer
    return [t for t in answer["temuan"] if t["kode"] == CODE]


def test_a_submission_under_review_says_which_regions_it_would_lose(hub: Client) -> None:
    assert told(send(hub, "a", 1, 2, 3)) == []
    for dry_run in (True, False):
        (finding,) = told(send(hub, "b", 2, dry_run=dry_run))
        assert finding["tingkat"] == "PERINGATAN"
        for part in ("Revisi 1 ", "(53.14.01)", "(53.14.03)", "kirim sekali lagi", "tersimpan dalam revisi 1"):
            assert part in finding["pesan"]
        assert "53.14.02" not in finding["pesan"]
    stored = hub.ask('{ rekap(id: "53.14:F02:2023") { temuan { kode } nilai(revisi: 1) { nilai } } }', None, PROV)[
        "rekap"
    ]
    assert CODE in {t["kode"] for t in stored["temuan"]}  # who approves it reads it too
    assert {v["nilai"] for v in stored["nilai"]} == {10, 20, 30}
    assert told(send(hub, "c", 1, 2, 3, 4)) == []


def test_so_does_a_correction_after_a_return_a_reopening_and_a_withdrawal(hub: Client) -> None:
    send(hub, "a", 1, 2)
    hub.ask(SEND_BACK, {"id": ID, "revisi": 1, "alasan": "x"}, PROV)
    assert len(told(send(hub, "b", 1))) == 1
    send(hub, "c", 1, 2)
    hub.ask(APPROVE, {"id": ID, "revisi": 3}, PROV)
    hub.ask(REOPEN, {"id": ID, "alasan": "x"}, PROV)
    assert "Revisi 3 " in told(send(hub, "d", 2))[0]["pesan"]
    send(hub, "e", 1, 2)
    hub.ask(WITHDRAW, {"id": ID, "revisi": 5, "alasan": "x"}, KAB)
    assert "(53.14.02)" in told(send(hub, "f", 1, call=SAVE))[0]["pesan"]
    assert "(53.14.01)" in told(send(hub, "g", 2))[0]["pesan"]  # against the newest, draft or not


def test_a_blank_row_carries_nothing_and_a_status_does(hub: Client) -> None:
    send(hub, "a", 1, 2, 3)
    m = submission(KAB, "F02", "2023", "b", tabel=[table(["BAN03"], [("53.14.01", 10), ("53.14.02", None)])])
    m["nilai"] = [angka("53.14.03", "BAN03", None, status="TIDAK_ADA_DATA")]
    (finding,) = told(hub.ask(SUBMIT, {"m": m, "uji": False}, KAB)["hasil"])
    assert (finding["wilayah"], finding["nilai"]) == ("53.14.02", "1")


# ---------- what is lost ----------


def element(kode: str) -> Any:
    class Named:
        pass

    named = Named()
    named.kode = kode  # type: ignore[attr-defined]
    return named


def lost(before: dict[str, list[str]], *now: tuple[str, str]) -> list[Any]:
    elements: dict[str, Elemen] = {e: element(e) for _, e in now}
    sent = [CleanCell(w, elements[e], (), None, "TIDAK_DILAKSANAKAN", Location()) for w, e in now]
    return check_dropped(sent, Carried(4, before), {"53.14.02": "Lobalain"})


@pytest.mark.parametrize(
    ("now", "names"),
    [
        ([("53.14.02", "B")], ["53.14.03.2001"]),
        ([("53.14.02", "B"), ("53.14.03", "A")], []),  # its kecamatan instead
        ([("53.14.02", "B"), ("53.14", "A")], []),
        ([("53.14.02", "B"), ("53.14", "B")], ["53.14.03.2001"]),  # of another element
        ([("53.14.02.2005", "B"), ("53.14.03.2001", "B")], []),  # parts of it; there it still says something
        ([], ["53.14.02", "53.14.03.2001"]),
    ],
)
def test_a_region_is_lost_unless_its_figures_come_otherwise(now: list[Any], names: list[str]) -> None:
    found = lost({"53.14.02": ["B"], "53.14.03.2001": ["A"]}, *now)
    assert [t.wilayah for t in found] == names


def test_every_one_of_many_is_named_within_what_an_answer_tells(hub: Client) -> None:
    desa = [
        k
        for (k,) in hub.sql(
            "SELECT kode FROM wilayah WHERE tingkat = 4 AND kode ~ '^53.14.0' AND berlaku_sampai IS NULL"
        )
    ]
    assert len(desa) > 80
    m = submission(KAB, "F07", "2021", "a", nilai=[angka(k, "PPK03", 1) for k in desa])
    hub.ask(SUBMIT, {"m": m, "uji": False}, KAB)
    m = submission(KAB, "F07", "2021", "b", nilai=[angka(desa[0], "PPK03", 1)])
    findings = told(hub.ask(SUBMIT, {"m": m, "uji": True}, KAB)["hasil"])
    named = " ".join(t["pesan"] for t in findings)
    assert [k for k in desa if f"({k})" not in named] == [desa[0]]
    assert len(findings) <= 20
    assert max(len(t["pesan"]) for t in findings) < 2_000
    assert lost({f"53.14.02.{n}": ["A"] for n in range(2001, 2061)})[0].nilai == "25"
