"""hub webhook and hub pengingat: what an administrator sees of messages and reminders, and does about them."""

import asyncio
from functools import partial

from hub.base.actor import Actor, Role
from hub.base.public_id import RekapKey
from hub.katalog.cache import KatalogCache
from hub.pekerjaan.webhook import set_active
from hub.rekap.draft import ReminderDraft
from hub.rekap.reminder_service import Reminders
from tests.cli.run_commands import assert_refused, run_here, run_with
from tests.pekerjaan.jobs import opened, until
from tests.pekerjaan.messages import SECRET, event, telling, waiting
from tests.pekerjaan.receiver import receiving, status


def test_what_was_given_up_is_listed_with_its_cause_tried_again_or_forgotten(demo_url: str) -> None:
    cli = partial(run_here, demo_url)
    assert "Webhook mati" in cli("webhook", "status").stderr

    async def fail() -> None:
        async with opened(demo_url) as db:
            await set_active(db, True)
            for number in (1, 2):
                await event(db, number)
            async with telling(db, receiver.address):
                await until(lambda: [s for s, *_ in waiting(demo_url)] == ["failed", "failed"], 20)

    with receiving(*[status(500)] * 8) as receiver:
        asyncio.run(fail())
    listed = cli("webhook", "status", columns=240)
    for words in ("peristiwa 53.15:F02:2023", "HTTP 500", " 4 ", "tidak dicoba lagi"):
        assert words in listed.stdout, listed.stdout
    assert "0 kabar menunggu, 2 tidak dicoba lagi" in listed.stderr
    assert "hub webhook ulangi" in listed.stderr
    assert "2 kabar dicoba lagi" in cli("webhook", "ulangi").stderr
    assert [s for s, *_ in waiting(demo_url)] == ["todo", "todo"]
    assert "Tidak ada kabar yang gagal" in cli("webhook", "ulangi").stderr
    with receiving(*[status(500)] * 8) as receiver:
        asyncio.run(fail_again(demo_url, receiver.address))
    assert "2 kabar dibuang" in cli("webhook", "lupakan").stderr
    assert waiting(demo_url) == []


async def fail_again(url: str, address: str) -> None:
    async with opened(url) as db, telling(db, address):
        await until(lambda: [s for s, *_ in waiting(url)] == ["failed", "failed"], 20)


def test_a_trial_says_what_the_receiver_answers() -> None:
    assert_refused(run_with("webhook", "uji"), "HUB_WEBHOOK")
    with receiving(status(204), status(403)) as receiver:
        settings = {"HUB_WEBHOOK": receiver.address, "HUB_WEBHOOK_RAHASIA": SECRET}
        done = run_with("webhook", "uji", **settings)
        assert (done.returncode, "diterima" in done.stderr) == (0, True), done.stderr
        assert_refused(run_with("webhook", "uji", **settings), "HTTP 403")
    assert [m.body["jenis"] for m in receiver.came] == ["uji", "uji"]
    assert receiver.ids[0] in done.stderr


def test_the_newest_reminders_of_a_province(demo_url: str) -> None:
    cli = partial(run_here, demo_url)
    assert "Belum ada pengingat di 53" in cli("pengingat", "53").stderr

    async def remind() -> None:
        async with opened(demo_url) as db:
            draft = ReminderDraft((RekapKey("53.16", "F02", "2023-06"),), "WhatsApp")
            await Reminders(db, KatalogCache(db)).note(Actor(Role.PROVINSI, "53", "Petugas"), draft)

    asyncio.run(remind())
    shown = cli("pengingat", "53").stdout
    for words in ("53.16", "F02", "2023-06", "2023-07-10", "belum masuk", "WhatsApp", "Petugas"):
        assert words in shown, shown
    assert "Belum ada" in cli("pengingat", "36").stderr
    assert_refused(cli("pengingat", "53.14"), "bukan kode provinsi", kode=2)
