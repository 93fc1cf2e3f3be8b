"""Another program is told of events and reminders: at least once, under one id, signed, whatever becomes of it or of the hub."""

import asyncio
import base64
import hashlib
import hmac
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
import pytest
import structlog

from hub.base.actor import Actor, Role
from hub.base.public_id import RekapKey
from hub.db.database import Database
from hub.katalog.cache import KatalogCache
from hub.pekerjaan.service import JobWorker, Work
from hub.pekerjaan.webhook import messages, set_active, try_again
from hub.pekerjaan.webhook_sender import NotDeliveredError, post
from hub.rekap.draft import ReminderDraft
from hub.rekap.reminder_service import Reminders
from tests.cli.hub_process import environment
from tests.pekerjaan.jobs import FAST, leave, opened, until, working
from tests.pekerjaan.messages import SECRET, event, nothing, telling, waiting, webhook
from tests.pekerjaan.receiver import Behaviour, Handler, die, drip, hang, receiving, status
from tests.project_files import ROOT


def test_what_is_told_names_and_figures_left_out_and_signed(demo_url: str) -> None:
    async def go() -> None:
        async with opened(demo_url) as db:
            await set_active(db, True)
            await event(db)
            async with telling(db, receiver.address):
                await until(lambda: len(receiver.came) == 1 and waiting(demo_url) == [], 10)

    with receiving() as receiver:
        asyncio.run(go())
    (message,) = receiver.came
    assert message.body == {
        "id": message.headers["webhook-id"], "jenis": "rekap.diajukan", "pada": message.body["pada"], "rekap": "53.15:F02:2023",
        "wilayah": {"kode": "53.15", "nama": "Manggarai Barat"}, "formulir": "F02", "periode": "2023", "status": "DIAJUKAN",
        "revisi": 3,
    }  # fmt: skip
    assert message.body["pada"].endswith("+07:00")
    assert message.headers["idempotency-key"] == message.headers["webhook-id"]
    assert message.headers["content-type"] == "application/json"
    stamp = message.headers["webhook-timestamp"]
    assert abs(int(stamp) - time.time()) < 60
    key = base64.b64decode(SECRET.removeprefix("whsec_"))
    signed = f"{message.headers['webhook-id']}.{stamp}.".encode() + message.raw
    expected = base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode()
    assert message.headers["webhook-signature"] == f"v1,{expected}"
    for secret in (b"Nama Petugas", b"alasan rahasia", b"12345"):
        assert secret not in message.raw


def test_every_action_but_a_draft_and_a_reminder_has_its_kind(demo_url: str) -> None:
    async def go() -> None:
        async with opened(demo_url) as db:
            await set_active(db, True)
            for number, action in enumerate(("SIMPAN", "AJUKAN", "TARIK", "SETUJUI", "KEMBALIKAN", "BUKA"), 1):
                await event(db, number, action)
            draft = ReminderDraft((RekapKey("53.16", "F02", "2023"),), "WhatsApp")
            await Reminders(db, KatalogCache(db)).note(Actor(Role.PROVINSI, "53", "Orang"), draft)
            async with telling(db, receiver.address):
                await until(lambda: len(receiver.came) == 6 and waiting(demo_url) == [], 10)

    with receiving() as receiver:
        asyncio.run(go())
    told = [m.body for m in receiver.came]
    # in their order, those of one rekap
    assert [b["jenis"] for b in told if b["rekap"].startswith("53.15")] == [
        "rekap.diajukan", "rekap.ditarik", "rekap.disetujui", "rekap.dikembalikan", "rekap.dibuka",
    ]  # fmt: skip
    (reminder,) = [b for b in told if b["rekap"].startswith("53.16")]
    assert {k: reminder[k] for k in ("jenis", "status", "tenggat", "saluran")} == {
        "jenis": "rekap.diingatkan", "status": None, "tenggat": "2024-01-10", "saluran": "WhatsApp",
    }  # fmt: skip
    assert "Orang" not in str(told)
    assert len(set(receiver.ids)) == 6


def test_what_was_rolled_back_is_not_told_and_what_was_committed_waits(demo_url: str) -> None:
    async def go() -> None:
        async with opened(demo_url) as db:
            await event(db, 1)
            assert waiting(demo_url) == [], "nobody is to be told"
            await set_active(db, True)
            with pytest.raises(psycopg.errors.UniqueViolation):
                await event(db, 1)
            assert waiting(demo_url) == []
            await event(db, 2)
            assert [s for s, *_ in waiting(demo_url)] == ["todo"]
            await set_active(db, False)
            await event(db, 3)
            assert [a["nomor"] for *_, a in waiting(demo_url)] == ["2"]

    asyncio.run(go())


@pytest.mark.parametrize(
    ("failures", "why"),
    [
        ([status(500), status(503)], "HTTP 503"),
        ([status(404), status(429)], "HTTP 429"),
        ([die, die], "tidak dapat dihubungi"),
        ([hang(2), hang(2)], "tidak menjawab dalam 0.6 detik"),
        ([drip, drip], "tidak menjawab dalam 0.6 detik"),
        (
            [status(302, Location="http://127.0.0.1:9/lain"), status(307, Location="/lain")],
            "mengalihkan ke alamat lain (307)",
        ),
    ],
    ids=["fails", "refuses", "dies", "hangs", "drips", "redirects"],
)
def test_a_receiver_that_does_not_take_it_is_told_again_under_the_same_id(
    demo_url: str, failures: list[Behaviour], why: str
) -> None:
    async def go() -> None:
        async with opened(demo_url) as db:
            await set_active(db, True)
            await event(db)
            async with telling(db, receiver.address):
                await until(lambda: [n for _, n, _ in waiting(demo_url)] == [2], 10)
                (stuck,) = (await messages(db)).untold
                assert why in stuck.why
                assert not stuck.given_up
                await until(lambda: waiting(demo_url) == [], 10)
            assert (await messages(db)).untold == ()

    with receiving(*failures) as receiver:
        asyncio.run(go())
    assert len(receiver.came) == 3
    assert len(set(receiver.ids)) == 1
    assert {m.path for m in receiver.came} == {"/kabar"}, "a redirect is not followed"
    assert len({m.raw for m in receiver.came}) == 1, "word for word the same"


def test_nobody_there_is_tried_again_and_given_up_in_the_end_and_listed_until_somebody_tries_anew(
    demo_url: str,
) -> None:
    async def go() -> None:
        with receiving() as gone:
            address = gone.address
        with structlog.testing.capture_logs() as logs:
            async with opened(demo_url) as db:
                await set_active(db, True)
                await event(db)
                async with telling(db, address):
                    await until(lambda: [(s, n) for s, n, _ in waiting(demo_url)] == [("failed", 4)], 15)
                found = await messages(db)
                assert (found.active, found.waiting, found.given_up) == (True, 0, 1)
                (stuck,) = found.untold
                assert (stuck.given_up, stuck.tries, stuck.key.id) == (True, 4, "53.15:F02:2023")
                assert "tidak dapat dihubungi" in stuck.why
                with receiving() as receiver:
                    async with telling(db, receiver.address):
                        await until(lambda: any(e["event"] == "kabar tidak dikirim lagi" for e in logs), 15)
                        assert receiver.came == []
                        assert await try_again(db) == 1
                        await until(lambda: len(receiver.came) == 1 and waiting(demo_url) == [], 10)
                assert receiver.ids == [stuck.id]
        # what is tried again by itself is a warning, which this log may not show
        failures = [e for e in logs if e["event"] == "kabar belum terkirim" and e["log_level"] == "error"]
        assert [(e["percobaan"], e["coba_lagi_detik"]) for e in failures] == [(4, None)]

    asyncio.run(go())


def test_a_receiver_that_hangs_holds_up_no_totals_and_one_rekap_holds_up_no_other(demo_url: str) -> None:
    async def go() -> None:
        done: list[tuple[str, str]] = []

        async def release(db: Database, provinsi: str, formulir: str, periode: str) -> None:
            done.append((formulir, periode))

        async with opened(demo_url) as db:
            await set_active(db, True)
            await event(db, 1)
            async with telling(db, receiver.address, release, timeout=5):
                await until(lambda: len(receiver.came) == 1, 5)
                await event(db, 2)
                await event(db, 1, periode="2024")
                await leave(db)
                await until(lambda: ("F05", "2024") in done, 3)
                await until(lambda: len(receiver.came) == 2, 3)
                assert receiver.came[1].body["rekap"] == "53.15:F02:2024"
                await until(lambda: waiting(demo_url) == [], 10)

    with receiving(hang(2)) as receiver:
        asyncio.run(go())
    assert [m.body["rekap"] for m in receiver.came].count("53.15:F02:2023") == 3


def test_a_hub_without_the_setting_leaves_what_waits_and_says_that_nothing_more_is_left(demo_url: str) -> None:
    async def go() -> None:
        async def active() -> bool:
            return (await messages(db)).active

        async def inactive() -> bool:
            return not await active()

        async with opened(demo_url) as db:
            with receiving(*[status(500)] * 9) as receiver:
                async with telling(db, receiver.address):
                    await until(active, 5)
                    await event(db)
                    await until(lambda: len(receiver.came) > 0, 5)
            async with working(db, nothing):
                await until(inactive, 5)
                await event(db, 2)
                await asyncio.sleep(3 * FAST.poll)
                assert [(state, a["nomor"]) for state, _, a in waiting(demo_url)] == [("todo", "1")]
            await JobWorker(db, Work(nothing)).run_waiting()
            assert [state for state, *_ in waiting(demo_url)] == ["todo"]

    asyncio.run(go())


# ---------- killed ----------


@contextmanager
def _process(url: str, address: str) -> Iterator["subprocess.Popen[str]"]:
    with subprocess.Popen(
        [sys.executable, "-m", "tests.pekerjaan.webhook_process", url, address],
        cwd=ROOT, env=environment(), stdout=subprocess.PIPE, text=True,
    ) as process:  # fmt: skip
        try:
            assert process.stdout is not None
            assert process.stdout.readline().strip() == "ready"
            yield process
        finally:
            process.kill()


def _kill(process: "subprocess.Popen[str]") -> None:
    process.send_signal(signal.SIGKILL)
    process.wait()


@pytest.mark.parametrize("answered", [False, True], ids=["before the answer", "after the answer"])
def test_a_hub_killed_while_it_tells_is_followed_by_another_that_tells_it_under_the_same_id(
    demo_url: str, answered: bool
) -> None:
    killed: list[subprocess.Popen[str]] = []

    def die_with_the_sender(h: Handler) -> None:
        _kill(killed[0])
        if answered:
            h.answer(204)

    async def go() -> None:
        async with opened(demo_url) as db:
            await set_active(db, True)
            with _process(demo_url, receiver.address) as process:
                killed.append(process)
                await event(db)
                await until(lambda: len(receiver.came) == 1, 10)
                await asyncio.to_thread(process.wait)
            assert [s for s, *_ in waiting(demo_url)] == ["doing"]
            async with telling(db, receiver.address):
                await until(lambda: waiting(demo_url) == [], FAST.silent + 10)

    with receiving(die_with_the_sender) as receiver:
        asyncio.run(go())
    assert len(receiver.came) == 2
    assert len(set(receiver.ids)) == 1
    assert receiver.came[0].raw == receiver.came[1].raw


def test_two_hubs_tell_each_once_when_nobody_is_killed(demo_url: str) -> None:
    async def go() -> None:
        async with opened(demo_url) as one, opened(demo_url) as two:
            await set_active(one, True)
            async with telling(one, receiver.address), telling(two, receiver.address):
                for year in range(1990, 2020):
                    await event(one, periode=str(year))
                await until(lambda: waiting(demo_url) == [], 20)

    with receiving() as receiver:
        asyncio.run(go())
    assert len(receiver.ids) == len(set(receiver.ids)) == 30
    assert sorted(m.body["periode"] for m in receiver.came) == [str(y) for y in range(1990, 2020)]


def test_hubs_killed_at_random_lose_nothing_and_tell_nothing_that_did_not_happen(demo_url: str) -> None:
    """Events go on while one hub after the other dies; each id stands for one event, and each event was told."""

    async def go() -> None:
        async with opened(demo_url) as db:
            await set_active(db, True)
            for round_ in range(3):
                with _process(demo_url, receiver.address) as process:
                    for number in range(10):
                        await event(db, periode=str(2000 + 10 * round_ + number))
                        await asyncio.sleep(0.04)
                    await asyncio.to_thread(_kill, process)
            async with telling(db, receiver.address, most=50):
                await until(lambda: waiting(demo_url) == [], FAST.silent + 20)

    with receiving(*[hang(0.3), status(204), status(500), status(204)] * 4) as receiver:
        asyncio.run(go())
    of_id: dict[str, set[str]] = {}
    for m in receiver.came:
        of_id.setdefault(m.headers["webhook-id"], set()).add(m.body["rekap"])
    assert all(len(rekap) == 1 for rekap in of_id.values())
    assert sorted(r for (r,) in of_id.values()) == [f"53.15:F02:{y}" for y in range(2000, 2030)]


def test_an_address_without_an_answer_in_time_is_over_in_that_time() -> None:
    with receiving(drip) as receiver:
        start = time.monotonic()
        with pytest.raises(NotDeliveredError):
            asyncio.run(post(webhook(receiver.address, timeout=0.5), "x", b"{}"))
        assert time.monotonic() - start < 2
