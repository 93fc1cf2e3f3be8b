"""The rekap under many hands: periods of one kabupaten submitted and approved at the same moment, crosswise over forms and
kabupaten. Every answer is one the schema promises, and afterwards every figure is what the approved facts add up to."""

import asyncio
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from threading import Barrier, current_thread
from types import ModuleType
from typing import Any

import pytest

from hub.angka.verify import verify_rollup
from hub.db.database import Database
from hub.rekap import approval as rekap_approve
from hub.rekap import decisions as rekap_decisions
from hub.rekap import sending as rekap_sending
from tests.client import Client
from tests.rekap.texts import APPROVE, REOPEN, SAVE, SEND_BACK, SUBMIT, WITHDRAW, angka, submission

KAB, PROV = "53.15", "53"
MONTHS = [f"2023-{b:02}" for b in range(1, 13)]

Call = Callable[[], Any]


@dataclass(frozen=True, slots=True)
class OneFigure:
    """A rekap that says one figure, of its reporter as a whole."""

    kab: str
    form: str
    period: str
    element: str
    value: int


def submit(hub: Client, said: OneFigure, key: str, **more: Any) -> Any:
    m = submission(said.kab, said.form, said.period, key, nilai=[angka(said.kab, said.element, said.value)], **more)
    return hub.ask(SUBMIT, {"m": m, "uji": False}, said.kab)["hasil"]


def approve(hub: Client, kab: str, form: str, period: str, revision: int = 1) -> Any:
    return hub.ask(APPROVE, {"id": f"{kab}:{form}:{period}", "revisi": revision}, kab[:2])["hasil"]


def together(calls: Sequence[Call]) -> list[Any]:
    """What each call answers, all of them begun at the same moment."""
    start = Barrier(len(calls))

    def run(call: Call) -> Any:
        start.wait()
        return call()

    with ThreadPoolExecutor(len(calls)) as pool:
        return list(pool.map(run, calls))


def kinds(answers: Iterable[Any]) -> Counter[str]:
    return Counter(a["__typename"] for a in answers)


def wrong_figures(hub: Client) -> list[Any]:
    async def verify() -> list[Any]:
        db = Database(hub.url, 2)
        await db.open()
        try:
            return list((await verify_rollup(db))[1])
        finally:
            await db.close()

    return asyncio.run(verify())


def figure(hub: Client, element: str, period: str, kab: str = KAB) -> tuple[Any, Any]:
    """The figure of a kabupaten, and how many of its rekap were expected and approved."""
    (row,) = hub.ask(
        """query ($e: String!, $p: Periode!, $w: KodeWilayah!) { agregat(elemen: [$e], periode: [$p], wilayah: $w,
        tingkat: KABUPATEN) { nilai kelengkapan { diharapkan diterima disetujui } } }""",
        {"e": element, "p": period, "w": kab},
    )["agregat"]
    return row["nilai"], row["kelengkapan"]


@pytest.fixture
def hub(hub: Client) -> Client:
    for code in (KAB, "53.16", PROV):
        hub.token(code)
    return hub


def test_twelve_months_submitted_and_then_approved_at_once(hub: Client) -> None:
    sent = together([partial(submit, hub, OneFigure(KAB, "F02", p, "BAN04", n), p) for n, p in enumerate(MONTHS, 1)])
    assert kinds(sent) == {"RekapDiterima": 12}
    assert figure(hub, "BAN04", "2023")[1] == {"diharapkan": 1, "diterima": 1, "disetujui": 0}
    approved = together([partial(approve, hub, KAB, "F02", p) for p in MONTHS])
    assert kinds(approved) == {"RekapDiterima": 12}
    assert figure(hub, "BAN04", "2023") == (78, {"diharapkan": 1, "diterima": 1, "disetujui": 1})
    assert figure(hub, "BAN04", "2023-S1")[0] == 21
    assert wrong_figures(hub) == []


def test_forms_and_kabupaten_crosswise_submitting_and_approving_at_once(hub: Client) -> None:
    """Half of them is there to be approved while the other half comes in."""
    pairs = [(k, f, e) for k in (KAB, "53.16") for f, e in (("F02", "BAN04"), ("F01", "WIL01"), ("F05", "REH01"))]
    for k, f, e in pairs:
        assert submit(hub, OneFigure(k, f, "2023-TW1", e, 1), f"a {f}")["__typename"] == "RekapDiterima"
    coming = [partial(submit, hub, OneFigure(k, f, "2023-TW2", e, 2), f"b {f}") for k, f, e in pairs]
    going = [partial(approve, hub, k, f, "2023-TW1") for k, f, _ in reversed(pairs)]
    assert kinds(together([c for both in zip(coming, going, strict=True) for c in both])) == {"RekapDiterima": 12}
    assert kinds(together([partial(approve, hub, k, f, "2023-TW2") for k, f, _ in pairs])) == {"RekapDiterima": 6}
    for k, *_ in pairs:
        assert figure(hub, "BAN04", "2023", k) == (
            3,
            {"diharapkan": 1, "diterima": 0, "disetujui": 0},
        )  # half a year is not the year
        assert figure(hub, "BAN04", "2023-S1", k) == (3, {"diharapkan": 1, "diterima": 1, "disetujui": 1})
    assert wrong_figures(hub) == []


def test_one_key_for_two_forms_at_once_is_one_rekap(hub: Client) -> None:
    calls = [
        lambda f=f, e=e, p=p: submit(hub, OneFigure(KAB, f, p, e, 7), "sama")
        for p in ("2023", "2022")
        for f, e in (("F02", "BAN04"), ("F01", "WIL01"), ("F05", "REH01"))
    ]
    answers = together(calls)
    assert kinds(answers) == {"RekapDiterima": 1, "RekapDitolak": 5}
    codes = {t["kode"] for a in answers if a["__typename"] == "RekapDitolak" for t in a["temuan"]}
    assert codes == {"KUNCI_SUDAH_DIPAKAI"}
    assert hub.sql("SELECT count(*), min(revisi) FROM rekap WHERE kode_kab = %s", KAB) == [(1, 1)]


def test_the_same_call_at_once_is_one_receipt(hub: Client) -> None:
    answers = together([partial(submit, hub, OneFigure(KAB, "F02", "2023-TW1", "BAN04", 5), "k")] * 12)
    assert Counter(a["ulangan"] for a in answers) == {False: 1, True: 11}
    answers = together([partial(approve, hub, KAB, "F02", "2023-TW1")] * 12)
    assert Counter(a["ulangan"] for a in answers) == {False: 1, True: 11}
    assert hub.sql("SELECT aksi FROM rekap_peristiwa WHERE kode_kab = %s ORDER BY urut", KAB) == [
        ("AJUKAN",),
        ("SETUJUI",),
    ]


def test_a_correction_sent_while_its_rekap_is_approved_is_answered_by_one_or_the_other(hub: Client) -> None:
    for p in MONTHS[:6]:
        submit(hub, OneFigure(KAB, "F02", p, "BAN04", 1), p)
    sending = [
        partial(submit, hub, OneFigure(KAB, "F02", p, "BAN04", 2), f"lagi {p}", revisiDasar=1) for p in MONTHS[:6]
    ]
    approving = [partial(approve, hub, KAB, "F02", p) for p in MONTHS[:6]]
    answers = together([*sending, *approving])
    for sent, approved in zip(answers[:6], answers[6:], strict=True):
        pair = (sent["__typename"], approved["__typename"])
        assert pair in (("RekapDiterima", "BentrokRevisi"), ("RekapDitolak", "RekapDiterima")), (sent, approved)
    assert wrong_figures(hub) == []


def withdraw(hub: Client, period: str) -> Any:
    v = {"id": f"{KAB}:F02:{period}", "revisi": 1, "alasan": "salah berkas"}
    return hub.ask(WITHDRAW, v, KAB)["hasil"]


def test_what_is_taken_back_while_it_is_approved_is_one_or_the_other(hub: Client) -> None:
    """Six rekap, each withdrawn and approved at the same moment."""
    periods = MONTHS[:6]
    for n, p in enumerate(periods, 1):
        submit(hub, OneFigure(KAB, "F02", p, "BAN04", n), p)
    calls = [call for p in periods for call in (partial(withdraw, hub, p), partial(approve, hub, KAB, "F02", p))]
    answers = together(calls)
    counted = 0
    for n, p in enumerate(periods, 1):
        taken_back, approved = answers[2 * n - 2 : 2 * n]
        assert kinds((taken_back, approved)) == {"RekapDiterima": 1, "RekapDitolak": 1}, p
        won = approved["__typename"] == "RekapDiterima"
        refused = taken_back if won else approved
        assert [t["kode"] for t in refused["temuan"]] == ["KEADAAN_REKAP"]
        ((status, in_force, sent),) = hub.sql(
            "SELECT status, revisi_disetujui, diajukan_pada IS NOT NULL FROM rekap WHERE kode_kab = %s AND periode = %s",
            KAB,
            p,
        )
        assert (status, in_force, sent) == (("DISETUJUI", 1, True) if won else ("DRAF", None, False))
        assert figure(hub, "BAN04", p)[0] == (n if won else None)
        ((received, in_all),) = hub.sql(
            "SELECT diterima, disetujui FROM kelengkapan WHERE kode_kab = %s AND formulir = 'F02' AND periode = %s",
            KAB,
            p,
        )
        assert (received, in_all) == (won, won)
        counted += n if won else 0
    assert (figure(hub, "BAN04", "2023-S1")[0] or 0) == counted
    assert wrong_figures(hub) == []


def test_one_rekap_is_taken_back_once(hub: Client) -> None:
    submit(hub, OneFigure(KAB, "F02", "2023-TW1", "BAN04", 5), "k")
    answers = together([partial(withdraw, hub, "2023-TW1")] * 12)
    assert kinds(answers) == {"RekapDiterima": 1, "RekapDitolak": 11}
    assert hub.sql("SELECT aksi FROM rekap_peristiwa WHERE kode_kab = %s ORDER BY urut", KAB) == [
        ("AJUKAN",),
        ("TARIK",),
    ]


def test_drafts_returns_and_reopenings_among_them(hub: Client) -> None:
    for p in MONTHS[:8]:
        submit(hub, OneFigure(KAB, "F02", p, "BAN04", 1), p)
    for p in MONTHS[:4]:
        approve(hub, KAB, "F02", p)

    def return_(p: str) -> Any:
        v = {"id": f"{KAB}:F02:{p}", "revisi": 1, "alasan": "periksa"}
        return hub.ask(SEND_BACK, v, PROV)["hasil"]

    def reopen(p: str) -> Any:
        return hub.ask(REOPEN, {"id": f"{KAB}:F02:{p}", "alasan": "koreksi"}, PROV)["hasil"]

    def draft(p: str) -> Any:
        m = submission(KAB, "F02", p, f"draf {p}", nilai=[angka(KAB, "BAN04", 9)])
        return hub.ask(SAVE, {"m": m}, KAB)["hasil"]

    answers = together(
        [partial(return_, p) for p in MONTHS[4:6]]
        + [partial(reopen, p) for p in MONTHS[:2]]
        + [partial(draft, p) for p in MONTHS[8:]]
        + [partial(approve, hub, KAB, "F02", p) for p in MONTHS[6:8]]
    )
    assert kinds(answers) == {"RekapDiterima": 10}
    assert figure(hub, "BAN04", "2023") == (6, {"diharapkan": 1, "diterima": 0, "disetujui": 0})
    assert wrong_figures(hub) == []


def test_a_provinces_statements_of_several_periods_at_once(hub: Client) -> None:
    answers = together([partial(submit, hub, OneFigure(PROV, "F02", p, "BAN04", 5), p) for p in MONTHS])
    assert kinds(answers) == {"RekapDiterima": 12}
    assert hub.sql("SELECT count(*) FROM angka_tertulis WHERE kode_kab = %s AND periode LIKE '2023-%%'", PROV) == [
        (12,)
    ]
    assert hub.sql("SELECT disetujui FROM kelengkapan WHERE kode_kab = %s AND periode = '2023'", PROV) == [(1,)]


def test_large_ones_are_counted_beside_the_event_loop(hub: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    """Submitted, repeated, approved: whatever goes through all cells is not in the way of others."""
    seen: dict[str, list[str]] = {}

    def noting(module: ModuleType, name: str) -> None:
        real = getattr(module, name)

        def noted(*given: Any) -> Any:
            seen.setdefault(name, []).append(current_thread().name)
            return real(*given)

        monkeypatch.setattr(module, name, noted)

    for module, name in ((rekap_sending, "compare"), (rekap_decisions, "compare"), (rekap_sending, "new_revision")):
        noting(module, name)
    for name in ("rollup", "new_rows"):
        noting(rekap_approve, name)
    desa = hub.sql("SELECT kode FROM wilayah WHERE tingkat = 4 AND kode LIKE '53.14.%' AND berlaku_sampai IS NULL")
    assert len(desa) > 100, "fewer are counted at once"
    m = submission("53.14", "F07", "2021", "besar", nilai=[angka(kode, "PPK03", 1) for (kode,) in desa])
    first, again = (hub.ask(SUBMIT, {"m": m, "uji": False}, "53.14")["hasil"] for _ in range(2))
    assert again == {**first, "ulangan": True}
    assert approve(hub, "53.14", "F07", "2021")["perubahan"]["baru"] == len(desa)
    assert {name: len(threads) for name, threads in seen.items()} == {
        "compare": 3,
        "new_revision": 1,
        "rollup": 1,
        "new_rows": 1,
    }
    assert {t.rpartition("_")[0] for threads in seen.values() for t in threads} == {"bulk"}
    assert wrong_figures(hub) == []
