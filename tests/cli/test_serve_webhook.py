"""A hub as an operator runs it, that tells another program: killed after its answer, it tells when it serves again."""

import time
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import psycopg

from tests.cli.hub_process import HubProcess, wait_until
from tests.client import Client
from tests.db.roles import settings_for
from tests.hub_server import SETTINGS
from tests.pekerjaan.messages import SECRET, waiting
from tests.pekerjaan.receiver import Receiver, hang, receiving
from tests.rekap.texts import SUBMIT, angka, submission

KAB = "53.15"


def _submit(hub: HubProcess, url: str, periode: str) -> None:
    with Client(f"http://127.0.0.1:{hub.port}", url) as client:
        m = submission(KAB, "F02", periode, periode, nilai=[angka(KAB, "BAN04", 10)])
        assert client.ask(SUBMIT, {"m": m}, KAB)["hasil"]["__typename"] == "RekapDiterima"


def _of(receiver: Receiver, kind: str) -> list[Any]:
    return [m.body for m in receiver.came if m.body["jenis"] == kind]


def test_what_a_killed_hub_answered_is_told_by_the_next_under_the_same_id(tmp_path: Path, demo_url: str) -> None:
    settings = {**settings_for(demo_url), "HUB_WEBHOOK_RAHASIA": SECRET, "HUB_PENGINGAT_HARI": ""}
    with receiving(hang(60)) as receiver:
        settings["HUB_WEBHOOK"] = receiver.address
        with HubProcess(tmp_path / "rumah", wait=True, terminal=False, **settings) as hub:
            _submit(hub, demo_url, "2023-06")
            wait_until(lambda: receiver.came, "it does not tell")
            _submit(hub, demo_url, "2023-07")
            hub.process.kill()
            hub.process.wait()
        assert SECRET not in hub.screen()
        left = {args["periode"]: args["id"] for *_, args in waiting(demo_url)}
        assert left["2023-06"] == receiver.ids[0]
        with HubProcess(tmp_path / "rumah", wait=True, terminal=False, **settings):
            wait_until(lambda: waiting(demo_url) == [], "it does not tell what was left")
    told = {(b["periode"], b["id"]) for b in _of(receiver, "rekap.diajukan")}
    assert told == {("2023-06", receiver.ids[0]), *left.items()}


def test_a_hub_that_serves_notes_the_days_reminders_once_and_tells_them(tmp_path: Path, demo_url: str) -> None:
    day = datetime.now(SETTINGS.zone).date() + timedelta(days=1)
    with psycopg.connect(demo_url) as conn:
        conn.execute("UPDATE formulir SET tenggat_hari = 360")  # nothing else is due
        conn.execute(
            "INSERT INTO tenggat (formulir, periode, kode_wilayah, urut, tanggal, alasan, kantor) VALUES ('F02', '2023-06', %s, 1, %s, 'x', '')",
            (KAB, day),
        )
    with receiving() as receiver:
        settings = {
            **settings_for(demo_url), "HUB_WEBHOOK": receiver.address, "HUB_WEBHOOK_RAHASIA": SECRET, "HUB_PENGINGAT_JAM": "0",
        }  # fmt: skip
        for _ in range(2):
            with HubProcess(tmp_path / "rumah", wait=True, terminal=False, **settings):
                wait_until(
                    lambda: any(b["rekap"] == f"{KAB}:F02:2023-06" for b in _of(receiver, "rekap.diingatkan")), "untold"
                )
                time.sleep(2)
    (told,) = [b for b in _of(receiver, "rekap.diingatkan") if b["rekap"] == f"{KAB}:F02:2023-06"]
    assert (told["tenggat"], told["saluran"], told["status"]) == (day.isoformat(), "hub", None)
