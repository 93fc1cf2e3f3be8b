"""One-time codes over HTTP: one device gets the token, again if its answer was lost; everybody else is refused, and learns nothing."""

import json
import threading
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import httpx
import pytest

from hub.akses import guard, invitation_statements
from hub.akses.guard import GuessLimits
from hub.akses.holder import Holder
from hub.akses.invitation_service import AGAIN_MINUTES, TRIES
from hub.app import Bounds
from hub.base.settings import Settings
from tests.akses.invitations import OFFICE, exchange, invite, misspelled, new_proof
from tests.client import Client
from tests.hub_server import Server
from tests.raw_http import RawClient, eventually

BURST = 15
BOUNDS = Bounds(guesses=GuessLimits(burst=BURST, every=30, pause=0.05, report=3))
WHO = "{ siapaSaya { peran nama wilayah { kode nama } berlakuSampai } }"


@pytest.fixture
def hub(demo_url: str) -> Iterator[Client]:
    server = Server(demo_url, Settings(), BOUNDS)
    server.start()
    with Client(server.address, demo_url) as client:
        yield client
    server.stop()


def _kode(answer: httpx.Response) -> tuple[int, str]:
    return answer.status_code, str(answer.json().get("kode"))


def _who(hub: Client, token: str) -> httpx.Response:
    return hub.post("/graphql", json={"query": WHO}, headers={"Authorization": f"Bearer {token}"})


REFUSED, USED = (401, "KODE_DITOLAK"), (401, "KODE_SUDAH_DIPAKAI")


# ---------- one device ----------


def test_a_code_is_one_token_for_one_device(hub: Client) -> None:
    invited = invite(hub.url)
    answer = exchange(hub, invited.code.lower().replace("-", " "), new_proof())
    assert answer.status_code == 200, answer.text
    said = answer.json()
    assert {k: v for k, v in said.items() if k != "token"} == {
        "peran": "KABUPATEN", "nama": OFFICE.name, "wilayah": "53.14", "berlakuSampai": None,
    }  # fmt: skip
    who = _who(hub, said["token"]).json()["data"]["siapaSaya"]
    assert who == {
        "peran": "KABUPATEN", "nama": OFFICE.name, "wilayah": {"kode": "53.14", "nama": "Rote Ndao"}, "berlakuSampai": None,
    }  # fmt: skip
    for proof in (new_proof(), None):
        again = exchange(hub, invited.code, proof)
        assert _kode(again) == USED
        assert "sudah dipakai" in again.json()["pesan"]
    assert hub.sql("SELECT count(*) FROM token WHERE nama = %s", OFFICE.name) == [(1,)]


def test_the_token_ends_when_the_invitation_says(hub: Client) -> None:
    last = hub.sql("SELECT current_date + 40")[0][0]
    invited = invite(hub.url, Holder("provinsi", "53", "Dinas Sosial NTT"), last_day=last)
    said = exchange(hub, invited.code).json()
    who = _who(hub, said["token"]).json()["data"]["siapaSaya"]
    assert said["berlakuSampai"] is not None
    ((expires,),) = hub.sql("SELECT kedaluwarsa_pada FROM token WHERE nama = 'Dinas Sosial NTT'")
    assert expires.date() == last + timedelta(days=1)
    assert (who["peran"], who["wilayah"]["kode"]) == ("PROVINSI", "53")
    assert json.loads(json.dumps(who["berlakuSampai"]))[:10] in (str(last), str(last + timedelta(days=1)))


def test_the_same_device_gets_the_same_token_again_for_some_minutes(hub: Client) -> None:
    invited, proof = invite(hub.url), new_proof()
    token = exchange(hub, invited.code, proof).json()["token"]
    assert exchange(hub, invited.code, proof).json()["token"] == token
    assert _kode(exchange(hub, invited.code, proof[:-1] + "~")) == USED
    hub.sql("UPDATE undangan SET dipakai_pada = dipakai_pada - make_interval(mins => %s)", AGAIN_MINUTES)
    assert _kode(exchange(hub, invited.code, proof)) == USED
    assert _who(hub, token).status_code == 200  # which ends nothing
    assert hub.sql("SELECT garam IS NULL FROM undangan") == [(False,)]
    invite(hub.url)
    assert hub.sql("SELECT garam IS NULL FROM undangan WHERE dipakai_pada IS NOT NULL") == [(True,)]


def test_a_token_that_was_revoked_meanwhile_is_not_fetched_again(hub: Client) -> None:
    invited, proof = invite(hub.url), new_proof()
    exchange(hub, invited.code, proof)
    hub.sql("UPDATE token SET dicabut_pada = now() WHERE nama = %s", OFFICE.name)
    assert _kode(exchange(hub, invited.code, proof)) == USED


@pytest.mark.parametrize("same_device", [False, True])
def test_of_many_at_once_one_device_wins(hub: Client, same_device: bool) -> None:
    invited, proof = invite(hub.url), new_proof()
    answers: list[httpx.Response] = []
    barrier = threading.Barrier(8)

    def device() -> None:
        own = proof if same_device else new_proof()
        barrier.wait()
        answers.append(exchange(hub, invited.code, own))

    threads = [threading.Thread(target=device) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    tokens = [a.json()["token"] for a in answers if a.status_code == 200]
    assert len(tokens) == (8 if same_device else 1)
    assert len(set(tokens)) == 1
    assert {_kode(a) for a in answers if a.status_code != 200} == (set() if same_device else {USED})
    assert hub.sql("SELECT count(*) FROM token WHERE nama = %s", OFFICE.name) == [(1,)]


def test_a_line_that_breaks_before_the_answer_costs_nothing(hub: Client) -> None:
    invited, proof = invite(hub.url), new_proof()
    body = json.dumps({"kode": invited.code, "bukti": proof}).encode()
    client = RawClient(hub.address)
    client.send(
        b"POST /masuk HTTP/1.1\r\nHost: hub\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n" % len(body)
        + body
    )
    eventually(lambda: hub.sql("SELECT count(*) FROM token WHERE nama = %s", OFFICE.name) == [(1,)])
    client.socket.close()  # nothing of the answer was read
    answer = exchange(hub, invited.code, proof)
    assert answer.status_code == 200
    assert _who(hub, answer.json()["token"]).status_code == 200


def test_a_database_that_ends_in_the_middle_leaves_the_code_good(hub: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    invited, proof = invite(hub.url), new_proof()

    async def cut(conn: Any, *_: Any) -> None:  # after the token was written, before the invitation says so
        hub.sql("SELECT pg_terminate_backend(%s)", conn.info.backend_pid)
        await conn.execute("SELECT 1")

    with monkeypatch.context() as patched:
        patched.setattr(invitation_statements, "use", cut)
        assert exchange(hub, invited.code, proof).status_code >= 500
    assert hub.sql("SELECT count(*) FROM token WHERE nama = %s", OFFICE.name) == [(0,)]
    assert exchange(hub, invited.code, new_proof()).status_code == 200


# ---------- everybody else ----------


def test_whatever_is_wrong_with_a_code_is_answered_alike(hub: Client) -> None:
    wrong, expired, withdrawn, ended, tried = (invite(hub.url) for _ in range(5))
    hub.sql("UPDATE undangan SET kedaluwarsa_pada = now() WHERE id = %s", expired.id)
    hub.sql("UPDATE undangan SET dicabut_pada = now() WHERE id = %s", withdrawn.id)
    hub.sql("UPDATE undangan SET token_sampai = now() WHERE id = %s", ended.id)
    hub.sql("UPDATE undangan SET salah = %s WHERE id = %s", TRIES, tried.id)
    unknown = "A" * 20
    codes = [unknown, misspelled(wrong.code), expired.code, withdrawn.code, ended.code, tried.code]
    answers = [exchange(hub, code, new_proof()) for code in codes]
    assert {_kode(a) for a in answers} == {REFUSED}
    assert len({a.content for a in answers}) == 1
    assert hub.sql("SELECT count(*) FROM token WHERE nama = %s", OFFICE.name) == [(0,)]
    assert exchange(hub, wrong.code).status_code == 200


def test_ten_wrong_tries_close_a_code(hub: Client) -> None:
    invited, other = invite(hub.url), invite(hub.url)
    for _ in range(TRIES - 1):
        assert _kode(exchange(hub, misspelled(invited.code))) == REFUSED
    assert hub.sql("SELECT salah FROM undangan WHERE id = %s", invited.id) == [(TRIES - 1,)]
    exchange(hub, misspelled(invited.code))
    assert _kode(exchange(hub, invited.code)) == REFUSED
    assert exchange(hub, other.code).status_code == 200


def test_tries_after_it_was_used_change_nothing(hub: Client) -> None:
    invited, proof = invite(hub.url), new_proof()
    token = exchange(hub, invited.code, proof).json()["token"]
    for _ in range(TRIES + 1):
        assert _kode(exchange(hub, misspelled(invited.code), new_proof())) == REFUSED
    assert exchange(hub, invited.code, proof).json()["token"] == token


def test_who_guesses_too_often_is_told_so_and_who_is_right_goes_through(hub: Client) -> None:
    invited = invite(hub.url)
    guesses = [f"{'ACDEFGHJKMNPQRTVWXY'[n]}" * 20 for n in range(BURST)]
    assert [_kode(exchange(hub, g)) for g in guesses] == [REFUSED] * BURST
    answer = exchange(hub, "A" * 20)
    assert (*_kode(answer), answer.headers["retry-after"]) == (429, "BATAS_PERCOBAAN", "30")
    assert "kode masuk salah" in answer.json()["pesan"]
    assert _kode(exchange(hub, "A" * 20, source="127.0.0.2")) == REFUSED
    assert exchange(hub, invited.code).status_code == 200
    assert hub.send("{ __typename }", None, "53.14").status_code == 200  # tokens are counted apart


def test_the_log_says_who_guesses_and_never_what(hub: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    lines: list[dict[str, Any]] = []

    class Recorder:
        def warning(self, event: str, **fields: Any) -> None:
            lines.append({"event": event, **fields})

    monkeypatch.setattr(guard, "_log", Recorder())
    invited = invite(hub.url)
    exchange(hub, misspelled(invited.code))
    assert lines == [{"event": "kode masuk ditolak", "alamat": "127.0.0.1", "jalur": "/masuk"}]


def test_the_database_holds_nothing_that_opens_a_door(hub: Client) -> None:
    invited, proof = invite(hub.url), new_proof()
    token = exchange(hub, invited.code, proof).json()["token"]
    letters = invited.code.replace("-", "")
    kept = str(hub.sql("SELECT u::text FROM undangan u") + hub.sql("SELECT t::text FROM token t"))
    for secret in (letters[4:], invited.code[5:], token, token.removeprefix("hub_"), proof):
        assert secret not in kept
        assert secret.encode().hex() not in kept


def test_no_role_but_the_hubs_own_work_reads_invitations(hub: Client) -> None:
    readers = hub.sql(
        "SELECT r FROM unnest(ARRAY['hub_publik', 'hub_kabupaten', 'hub_provinsi', 'hub_admin', 'hub_terbaca', 'hub_layanan']) r "
        "WHERE has_any_column_privilege(r, 'undangan', 'SELECT, INSERT, UPDATE')"
    )
    assert readers == []
