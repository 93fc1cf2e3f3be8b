"""hub token undang: a link that logs one device in, listed and withdrawn like a token; neither it nor its token in any log."""

import re
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from hub.akses.invitation_code import read_code
from hub.base.settings import Settings
from tests.akses.invitations import exchange, misspelled, new_proof
from tests.cli.hub_process import HubProcess
from tests.cli.run_commands import Command, Output, assert_refused, run_here, sql
from tests.client import Client
from tests.db.roles import settings_for

_OFFICE = ("--role", "KABUPATEN", "--wilayah", "5314", "--name", "Dinas Sosial Rote Ndao")
_ADDRESS = "https://hub.contoh.go.id"
_UUID = r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}"


def _code(made: Output, address: str = _ADDRESS) -> str:
    assert made.returncode == 0, made.stderr
    link = made.stdout.splitlines()[-1]
    match = re.fullmatch(rf"{re.escape(address)}/meja#masuk=(\S+)", link)
    assert match is not None, link
    return read_code(match[1]).spelled()


def test_a_link_is_made_and_logs_one_device_in(cli: Command, empty_hub: Client) -> None:
    made = run_here(empty_hub.url, "token", "undang", *_OFFICE, "--alamat", f"{_ADDRESS}/")
    code = _code(made)
    assert code not in made.stderr
    assert made.stdout.count(code) == 1
    assert "satu gawai" in made.stderr
    today = datetime.now(Settings().zone).date()
    assert f"sampai {today + timedelta(days=3):%d-%m-%Y}" in made.stderr
    picture = made.stdout.splitlines()[:-1]
    assert len(picture) >= 15
    assert len({len(line) for line in picture}) == 1
    assert set("".join(picture)) <= set("█▀▄ ")
    answer = exchange(empty_hub, code, new_proof())
    assert (answer.status_code, answer.json()["nama"], answer.json()["wilayah"]) == (
        200,
        "Dinas Sosial Rote Ndao",
        "53.14",
    )
    listed = run_here(empty_hub.url, "token", "list").stdout
    assert "undangan" not in listed  # a token now
    assert "Dinas Sosial Rote Ndao" in listed
    assert code not in listed


def test_where_the_address_comes_from(cli: Command) -> None:
    assert _code(cli("token", "undang", *_OFFICE, HUB_ALAMAT="https://satu.go.id"), "https://satu.go.id")
    both = cli("token", "undang", *_OFFICE, "--alamat", "http://10.0.0.5:8000", HUB_ALAMAT="https://satu.go.id")
    assert _code(both, "http://10.0.0.5:8000")
    unknown = cli("token", "undang", *_OFFICE)
    assert _code(unknown, "ALAMAT-HUB")
    assert len(unknown.stdout.splitlines()) == 1  # no picture of a link that leads nowhere
    assert "HUB_ALAMAT" in unknown.stderr


@pytest.mark.parametrize(
    "address", ["hub.contoh.go.id", "ftp://hub", "https://a@hub", "https://hub/?x", "https://hub/#x", "https://hub:x"]
)
def test_what_is_no_address_is_said(cli: Command, address: str) -> None:
    assert_refused(cli("token", "undang", *_OFFICE, "--alamat", address), "--alamat", kode=2)
    wrong = cli("token", "undang", *_OFFICE, HUB_ALAMAT=address)
    assert_refused(wrong, "HUB_ALAMAT")


def test_what_cannot_be_invited_is_said_as_of_tokens(cli: Command, database_url: str) -> None:
    assert_refused(cli("token", "undang", "--role", "RAJA", "--name", "x"), "RAJA")
    assert_refused(cli("token", "undang", "--role", "KABUPATEN", "--wilayah", "53", "--name", "x"), "kabupaten")
    assert_refused(cli("token", "undang", *_OFFICE[:-1], " "), "nama")
    assert_refused(cli("token", "undang", *_OFFICE, "--berlaku-sampai", "1-1-2021"), "sudah lewat")
    assert_refused(cli("token", "undang", *_OFFICE, "--hari", "0"), "1 sampai 30 hari")
    assert_refused(cli("token", "undang", *_OFFICE, "--hari", "31"), "1 sampai 30 hari")
    assert_refused(cli("token", "undang", *_OFFICE, HUB_WILAYAH="36"), "53.14")
    assert sql(database_url, "SELECT count(*) FROM undangan") == [(0,)]


def test_invitations_are_listed_and_withdrawn(cli: Command, empty_hub: Client) -> None:
    url = empty_hub.url
    made = run_here(
        url, "token", "undang", *_OFFICE, "--alamat", _ADDRESS, "--hari", "7", "--berlaku-sampai", "31-12-2099"
    )
    (id_,) = re.findall(_UUID, made.stderr)
    assert "31-12-2099" in made.stderr
    (row,) = [line for line in run_here(url, "token", "list").stdout.splitlines() if id_ in line]
    for word in ("Dinas Sosial Rote Ndao", "KABUPATEN", "53.14", "belum ditukar", "undangan sampai"):
        assert word in row
    assert_refused(run_here(url, "token", "putar", id_), "Tidak ada token")
    withdrawn = run_here(url, "token", "revoke", id_)
    assert (withdrawn.returncode, withdrawn.stderr.strip()) == (0, "Undangan dicabut.")
    assert "undangan dicabut" in run_here(url, "token", "list").stdout
    assert exchange(empty_hub, _code(made)).status_code == 401
    assert_refused(run_here(url, "token", "revoke", id_), "tidak ada undangan")


@pytest.mark.parametrize(
    ("change", "word"),
    [
        ("kedaluwarsa_pada = now()", "kedaluwarsa"),
        ("salah = 10", "10 kali salah"),
        ("token_sampai = now()", "tokennya kedaluwarsa"),
    ],
)
def test_the_list_says_why_an_invitation_is_good_no_more(
    cli: Command, database_url: str, change: str, word: str
) -> None:
    run_here(database_url, "token", "undang", *_OFFICE)
    sql(database_url, f"UPDATE undangan SET {change}")
    assert word in run_here(database_url, "token", "list").stdout


def test_neither_code_nor_token_nor_secret_is_in_any_log(tmp_path: Path, database_url: str) -> None:
    with HubProcess(tmp_path / "hub", HUB_LOG="debug", **settings_for(database_url)) as process:
        hub = Client(str(process.http.base_url).rstrip("/"), database_url)
        invited, other = (
            _code(run_here(database_url, "token", "undang", *_OFFICE, "--alamat", _ADDRESS)) for _ in range(2)
        )
        proof = new_proof()
        token = exchange(hub, invited, proof).json()["token"]
        assert exchange(hub, invited, proof).status_code == 200
        assert exchange(hub, invited, new_proof()).status_code == 401
        assert exchange(hub, misspelled(other), new_proof()).status_code == 401
        assert process.ask("{ siapaSaya { nama } }", token).status_code == 200
        process.stop()
        screen = process.screen()
    assert "undangan ditukar" in screen
    assert "kode masuk ditolak" in screen
    for secret in (
        token,
        proof,
        invited,
        invited.replace("-", ""),
        invited.replace("-", "")[4:],
        other.replace("-", "")[4:-1],
    ):
        assert secret not in screen
