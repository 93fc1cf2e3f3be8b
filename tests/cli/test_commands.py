"""The command line over a database of its own: what it prints, writes and returns."""

import asyncio
import re
from datetime import datetime, time, timedelta
from pathlib import Path

import httpx
import pytest
from typer.testing import CliRunner

from hub.akses.service import TokenService
from hub.base.errors import TokenRefusedError
from hub.base.settings import Settings
from hub.cli.main import app
from hub.db.database import Database
from hub.db.migrate import newest_revision
from tests.cli.hub_process import ROOT, run_hub
from tests.cli.run_commands import Command, assert_refused, run_here, sql
from tests.client import Client
from tests.db.roles import settings_for

_COMMANDS = [
    (),
    ("serve",), ("migrate",), ("import",), ("import", "wilayah"), ("import", "batas"), ("import", "rekap"), ("import", "katalog"),
    ("token",), ("token", "create"), ("token", "undang"), ("token", "list"), ("token", "putar"), ("token", "revoke"), ("check",), ("check", "rollup"), ("export",),
    ("export", "schema"), ("export", "pmtiles"),
]  # fmt: skip


# ---------- help ----------


@pytest.mark.parametrize("command", _COMMANDS, ids=" ".join)
def test_every_command_explains_itself(command: tuple[str, ...]) -> None:
    result = CliRunner().invoke(app, [*command, "--help"], env={"COLUMNS": "200"})
    assert (result.exit_code, result.stderr) == (0, "")
    for subcommand in {p[len(command)] for p in _COMMANDS if len(p) > len(command) and p[: len(command)] == command}:
        assert re.search(rf"^│ {subcommand}\s+\S", result.stdout, re.MULTILINE), f"{subcommand} is not explained"


def test_help_needs_neither_database_nor_settings(tmp_path: Path) -> None:
    result = run_hub(
        "--help", HUB_HOME=str(tmp_path / "rumah"), HUB_PORT="abc", HUB_DATABASE_URL="postgresql://server.invalid/hub"
    )
    assert (result.returncode, result.stderr) == (0, "")
    assert "Hub data Dinas Sosial" in result.stdout
    assert not (tmp_path / "rumah").exists()


def test_a_command_that_does_not_exist_is_a_usage_error() -> None:
    result = run_hub("terbang")
    assert result.returncode == 2
    assert "terbang" in result.stderr
    assert "Traceback" not in result.stderr


# ---------- token ----------


def test_a_token_is_made_shown_once_listed_and_revoked(cli: Command, empty_hub: Client) -> None:
    create = ("token", "create", "--role", "KABUPATEN", "--wilayah", "5314", "--name", "Dinas Sosial Rote Ndao")
    created = run_hub(*create, **settings_for(empty_hub.url))
    assert created.returncode == 0, created.stderr
    token = created.stdout.splitlines()[-1]
    assert re.fullmatch(r"hub_[\w-]{32}", token)
    assert created.stdout.count(token) == 1
    assert token not in created.stderr
    (id_,) = re.findall(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", created.stderr)
    assert _status(empty_hub, token) == 200

    listed = cli("token", "list")
    assert listed.returncode == 0
    assert token not in listed.stdout
    assert token.removeprefix("hub_")[:8] not in listed.stdout
    (row,) = [b for b in listed.stdout.splitlines() if id_ in b]
    for word in ("Dinas Sosial Rote Ndao", "KABUPATEN", "53.14", "berlaku"):
        assert word in row

    revoked = cli("token", "revoke", id_)
    assert revoked.returncode == 0, revoked.stderr
    assert _status(empty_hub, token) == 401
    assert "dicabut" in _message(empty_hub, token)
    with pytest.raises(TokenRefusedError, match="dicabut"):
        asyncio.run(_recognise(empty_hub.url, token))
    assert "dicabut" in cli("token", "list").stdout
    assert_refused(cli("token", "revoke", id_), "tidak ada token dengan id itu")


def test_the_list_can_be_copied_from_in_a_narrow_window_too(database_url: str) -> None:
    """An id that is broken over two lines or cut cannot be given to revoke."""
    name = "Pengelola hub data Dinas Sosial Provinsi Nusa Tenggara Timur"
    created = run_here(database_url, "token", "create", "--role", "ADMIN", "--name", name)
    (id_,) = re.findall(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", created.stderr)
    assert id_ in run_here(database_url, "token", "list", columns=80).stdout


def test_a_token_ends_with_the_last_day_it_was_given(cli: Command, empty_hub: Client) -> None:
    role = ("--role", "PROVINSI", "--wilayah", "53", "--name", "Dinas Sosial NTT")
    assert_refused(cli("token", "create", *role, "--berlaku-sampai", "2021-02-31"), "--berlaku-sampai", kode=2)
    assert_refused(cli("token", "create", *role, "--berlaku-sampai", "1-1-2021"), "01-01-2021 sudah lewat")
    assert sql(empty_hub.url, "SELECT count(*) FROM token") == [(0,)]

    today = datetime.now(Settings().zone).date()
    made = run_here(empty_hub.url, "token", "create", *role, "--berlaku-sampai", f"{today:%d-%m-%Y}")
    assert f"berlaku sampai {today:%d-%m-%Y}" in made.stderr
    token = made.stdout.splitlines()[-1]
    assert _status(empty_hub, token) == 200
    expires = sql(empty_hub.url, "SELECT kedaluwarsa_pada FROM token")[0][0]
    assert expires == datetime.combine(today + timedelta(days=1), time.min, Settings().zone)
    assert f"berlaku sampai {today}" in run_here(empty_hub.url, "token", "list").stdout
    sql(empty_hub.url, "UPDATE token SET kedaluwarsa_pada = now() - interval '1 hour'")
    assert _status(empty_hub, token) == 401
    assert "kedaluwarsa sejak" in run_here(empty_hub.url, "token", "list").stdout


def test_an_exchanged_token_takes_the_place_of_the_old_one(cli: Command, empty_hub: Client) -> None:
    role = ("--role", "KABUPATEN", "--wilayah", "53.14", "--name", "Dinas Sosial Rote Ndao")
    url = empty_hub.url
    old = run_here(url, "token", "create", *role).stdout.splitlines()[-1]
    ((old_id,),) = sql(url, "SELECT id FROM token")
    exchanged = run_here(url, "token", "putar", str(old_id))
    assert exchanged.returncode == 0, exchanged.stderr
    new = exchanged.stdout.splitlines()[-1]
    assert new != old
    assert new not in exchanged.stderr
    assert (_status(empty_hub, old), _status(empty_hub, new)) == (401, 200)
    same = sql(url, "SELECT DISTINCT nama, peran, wilayah, kedaluwarsa_pada FROM token")
    assert same == [("Dinas Sosial Rote Ndao", "KABUPATEN", "53.14", None)]

    assert_refused(run_here(url, "token", "putar", str(old_id)), "sudah dicabut")
    assert_refused(run_here(url, "token", "putar", "0192f3a0-0000-7000-8000-000000000000"), "Tidak ada token")
    assert_refused(run_here(url, "token", "putar", "53.14"), "bukan id token", kode=2)
    assert _status(empty_hub, new) == 200

    ((new_id,),) = sql(url, "UPDATE token SET kedaluwarsa_pada = now() WHERE dicabut_pada IS NULL RETURNING id")
    assert_refused(run_here(url, "token", "putar", str(new_id)), "sudah kedaluwarsa", "--berlaku-sampai")
    again = run_here(url, "token", "putar", str(new_id), "--berlaku-sampai", "31 Desember 2199")
    assert _status(empty_hub, again.stdout.splitlines()[-1]) == 200
    assert "berlaku sampai 2199-12-31" in again.stderr


@pytest.mark.parametrize(
    ("words", "cause"),
    [
        (("--role", "RAJA", "--wilayah", "53"), 'Peran "RAJA" tidak dikenal'),
        (
            ("--role", "KABUPATEN", "--wilayah", "53"),
            'Token KABUPATEN memerlukan kode kabupaten, seperti 53.14; bukan "53"',
        ),
        (("--role", "PROVINSI", "--wilayah", "53.14"), 'bukan "53.14"'),
        (("--role", "PROVINSI"), "memerlukan kode provinsi"),
        (("--role", "KABUPATEN", "--wilayah", "[merah]"), 'bukan "[merah]"'),
    ],
)
def test_a_token_that_makes_no_sense_is_refused(
    cli: Command, database_url: str, words: tuple[str, ...], cause: str
) -> None:
    assert_refused(cli("token", "create", *words, "--name", "X"), cause)
    assert sql(database_url, "SELECT count(*) FROM token") == [(0,)]


def test_revoking_something_that_is_no_id_is_a_usage_error(cli: Command) -> None:
    assert_refused(cli("token", "revoke", "53.14"), "bukan id token", kode=2)


# ---------- check rollup ----------

_CELL = "kode_kab = '53.14' AND elemen = 'BAN01' AND periode = '2020' AND kode_wilayah = '53.14.01' AND dimensi = ''"


def test_the_rollup_of_the_demo_is_proved(sample_cli: Command, demo_url: str) -> None:
    result = sample_cli("check", "rollup")
    assert result.returncode == 0, result.stderr
    ((count,),) = sql(demo_url, "SELECT count(*) FROM angka")
    assert result.stderr.strip() == f"{count} angka diperiksa, 0 salah."


@pytest.mark.parametrize(
    "damage",
    [
        f"UPDATE angka SET nilai = nilai + 1 WHERE {_CELL}",
        f"UPDATE angka SET nilai = NULL WHERE {_CELL}",
        f"UPDATE angka SET turunan = true WHERE {_CELL}",
        f"DELETE FROM angka WHERE {_CELL}",
    ],
    ids=["changed", "emptied", "said to be derived", "deleted"],
)
def test_a_figure_that_is_not_what_the_facts_say_is_named(sample_cli: Command, demo_url: str, damage: str) -> None:
    sql(demo_url, damage)
    result = sample_cli("check", "rollup")
    assert result.returncode == 1
    assert re.search(r"^• BAN01 2020 53\.14\.01 .*tersimpan .*, seharusnya ", result.stderr, re.MULTILINE)
    assert re.search(r"^\d+ angka diperiksa, [1-9]\d* salah\.$", result.stderr, re.MULTILINE)


def test_a_check_may_be_of_one_region_and_period(sample_cli: Command, demo_url: str) -> None:
    sql(demo_url, f"UPDATE angka SET nilai = nilai + 1 WHERE {_CELL}")
    for words, count in (
        (("--wilayah", "53.14"), 1), (("--wilayah", "53", "--periode", "2020"), 1), (("--wilayah", "531401"), 1),
        (("--wilayah", "36"), 0), (("--wilayah", "53.14.02"), 0), (("--periode", "2021"), 0), (("--periode", "2020-TW1"), 0),
    ):  # fmt: skip
        result = sample_cli("check", "rollup", *words)
        assert (result.returncode, "53.14.01" in result.stderr) == ((1, True) if count else (0, False)), words


@pytest.mark.parametrize("words", [("--wilayah", "abc"), ("--periode", "2020-13")], ids=" ".join)
def test_a_check_of_what_does_not_exist_is_a_usage_error(sample_cli: Command, words: tuple[str, str]) -> None:
    assert_refused(sample_cli("check", "rollup", *words), words[1], kode=2)


def test_a_figure_that_nobody_reported_is_named(sample_cli: Command, demo_url: str) -> None:
    sql(demo_url, f"""INSERT INTO angka SELECT kode_kab, elemen, periode, tingkat, dimensi, '53.14.99', rincian, nilai, status,
      turunan FROM angka WHERE {_CELL}""")  # fmt: skip
    result = sample_cli("check", "rollup")
    assert result.returncode == 1
    assert re.search(r"^• BAN01 2020 53\.14\.99 ", result.stderr, re.MULTILINE)


# ---------- export schema, migrate ----------


def test_the_exported_schema_is_the_committed_one(tmp_path: Path) -> None:
    whole = (ROOT / "schema" / "hub.graphql").read_text()
    assert run_hub("export", "schema").stdout == whole
    assert run_here("", "export", "schema", str(tmp_path / "skema.graphql")).returncode == 0
    assert (tmp_path / "skema.graphql").read_text() == whole


def test_the_schema_of_clients_is_exported_without_what_is_for_routers(tmp_path: Path) -> None:
    assert run_here("", "export", "schema", "--api", str(tmp_path / "api.graphql")).returncode == 0
    text = (tmp_path / "api.graphql").read_text()
    assert "type Desa implements Wilayah & Node {" in text
    assert "@key" not in text


def test_migrating_down_and_up(cli: Command, database_url: str) -> None:
    for target, table_name, said in (("base", None, "(kosong)"), ("head", "wilayah", newest_revision())):
        result = cli("migrate", target)
        assert (result.returncode, result.stderr) == (0, f"Basis data kini pada revisi {said}.\n")
        assert sql(database_url, "SELECT to_regclass('wilayah')::text") == [(table_name,)]


def test_migrating_to_a_revision_that_does_not_exist_is_refused(cli: Command, database_url: str) -> None:
    assert_refused(cli("migrate", "0099_nanti"), "0099_nanti")
    assert sql(database_url, "SELECT version_num FROM alembic_version") == [(newest_revision(),)]


def _status(hub: Client, token: str) -> int:
    return _ask(hub, token).status_code


def _message(hub: Client, token: str) -> str:
    (error,) = _ask(hub, token).json()["errors"]
    return str(error["message"])


def _ask(hub: Client, token: str) -> httpx.Response:
    return hub.post("/graphql", json={"query": "{ __typename }"}, headers={"Authorization": f"Bearer {token}"})


async def _recognise(url: str, token: str) -> None:
    db = Database(url, 2)
    await db.open()
    try:
        await TokenService(db).authenticate(f"Bearer {token}")
    finally:
        await db.close()
