"""The command line over a database of its own: what it prints, writes and returns."""

import asyncio
import re
from datetime import datetime, time, timedelta
from pathlib import Path

import httpx
import pytest
from typer.testing import CliRunner

from hub.akses.service import TokenService
from hub.base.errors import TokenDitolakError
from hub.base.settings import Settings
from hub.cli.main import app
from hub.db.database import Database
from hub.db.migrate import kepala
from tests.cli.hub_process import AKAR, run_hub
from tests.cli.run_commands import Command, assert_refused, run_here, sql
from tests.client import Klien
from tests.db.roles import setelan

_PERINTAH = [
    (),
    ("serve",), ("migrate",), ("import",), ("import", "wilayah"), ("import", "batas"), ("import", "rekap"), ("import", "katalog"),
    ("token",), ("token", "create"), ("token", "list"), ("token", "putar"), ("token", "revoke"), ("check",), ("check", "rollup"), ("export",),
    ("export", "schema"), ("export", "pmtiles"),
]  # fmt: skip


# ---------- help ----------


@pytest.mark.parametrize("perintah", _PERINTAH, ids=" ".join)
def test_every_command_explains_itself(perintah: tuple[str, ...]) -> None:
    hasil = CliRunner().invoke(app, [*perintah, "--help"], env={"COLUMNS": "200"})
    assert (hasil.exit_code, hasil.stderr) == (0, "")
    for bawahan in {p[len(perintah)] for p in _PERINTAH if len(p) > len(perintah) and p[: len(perintah)] == perintah}:
        assert re.search(rf"^│ {bawahan}\s+\S", hasil.stdout, re.MULTILINE), f"{bawahan} is not explained"


def test_help_needs_neither_database_nor_settings(tmp_path: Path) -> None:
    hasil = run_hub(
        "--help", HUB_HOME=str(tmp_path / "rumah"), HUB_PORT="abc", HUB_DATABASE_URL="postgresql://server.invalid/hub"
    )
    assert (hasil.returncode, hasil.stderr) == (0, "")
    assert "Hub data Dinas Sosial" in hasil.stdout
    assert not (tmp_path / "rumah").exists()


def test_a_command_that_does_not_exist_is_a_usage_error() -> None:
    hasil = run_hub("terbang")
    assert hasil.returncode == 2
    assert "terbang" in hasil.stderr
    assert "Traceback" not in hasil.stderr


# ---------- token ----------


def test_a_token_is_made_shown_once_listed_and_revoked(cli: Command, hub_kosong: Klien) -> None:
    buat = ("token", "create", "--role", "KABUPATEN", "--wilayah", "5314", "--name", "Dinas Sosial Rote Ndao")
    dibuat = run_hub(*buat, **setelan(hub_kosong.url))
    assert dibuat.returncode == 0, dibuat.stderr
    token = dibuat.stdout.splitlines()[-1]
    assert re.fullmatch(r"hub_[\w-]{32}", token)
    assert dibuat.stdout.count(token) == 1
    assert token not in dibuat.stderr
    (id_,) = re.findall(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", dibuat.stderr)
    assert _status(hub_kosong, token) == 200

    daftar = cli("token", "list")
    assert daftar.returncode == 0
    assert token not in daftar.stdout
    assert token.removeprefix("hub_")[:8] not in daftar.stdout
    (baris,) = [b for b in daftar.stdout.splitlines() if id_ in b]
    for kata in ("Dinas Sosial Rote Ndao", "KABUPATEN", "53.14", "berlaku"):
        assert kata in baris

    dicabut = cli("token", "revoke", id_)
    assert dicabut.returncode == 0, dicabut.stderr
    assert _status(hub_kosong, token) == 401
    assert "dicabut" in _pesan(hub_kosong, token)
    with pytest.raises(TokenDitolakError, match="dicabut"):
        asyncio.run(_kenali(hub_kosong.url, token))
    assert "dicabut" in cli("token", "list").stdout
    assert_refused(cli("token", "revoke", id_), "tidak ada token dengan id itu")


def test_the_list_can_be_copied_from_in_a_narrow_window_too(database_url: str) -> None:
    """An id that is broken over two lines or cut cannot be given to revoke."""
    nama = "Pengelola hub data Dinas Sosial Provinsi Nusa Tenggara Timur"
    dibuat = run_here(database_url, "token", "create", "--role", "ADMIN", "--name", nama)
    (id_,) = re.findall(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", dibuat.stderr)
    assert id_ in run_here(database_url, "token", "list", columns=80).stdout


def test_a_token_ends_with_the_last_day_it_was_given(cli: Command, hub_kosong: Klien) -> None:
    role = ("--role", "PROVINSI", "--wilayah", "53", "--name", "Dinas Sosial NTT")
    assert_refused(cli("token", "create", *role, "--berlaku-sampai", "2021-02-31"), "--berlaku-sampai", kode=2)
    assert_refused(cli("token", "create", *role, "--berlaku-sampai", "1-1-2021"), "01-01-2021 sudah lewat")
    assert sql(hub_kosong.url, "SELECT count(*) FROM token") == [(0,)]

    today = datetime.now(Settings().zona).date()
    made = run_here(hub_kosong.url, "token", "create", *role, "--berlaku-sampai", f"{today:%d-%m-%Y}")
    assert f"berlaku sampai {today:%d-%m-%Y}" in made.stderr
    token = made.stdout.splitlines()[-1]
    assert _status(hub_kosong, token) == 200
    expires = sql(hub_kosong.url, "SELECT kedaluwarsa_pada FROM token")[0][0]
    assert expires == datetime.combine(today + timedelta(days=1), time.min, Settings().zona)
    assert f"berlaku sampai {today}" in run_here(hub_kosong.url, "token", "list").stdout
    sql(hub_kosong.url, "UPDATE token SET kedaluwarsa_pada = now() - interval '1 hour'")
    assert _status(hub_kosong, token) == 401
    assert "kedaluwarsa sejak" in run_here(hub_kosong.url, "token", "list").stdout


def test_an_exchanged_token_takes_the_place_of_the_old_one(cli: Command, hub_kosong: Klien) -> None:
    role = ("--role", "KABUPATEN", "--wilayah", "53.14", "--name", "Dinas Sosial Rote Ndao")
    url = hub_kosong.url
    old = run_here(url, "token", "create", *role).stdout.splitlines()[-1]
    ((old_id,),) = sql(url, "SELECT id FROM token")
    exchanged = run_here(url, "token", "putar", str(old_id))
    assert exchanged.returncode == 0, exchanged.stderr
    new = exchanged.stdout.splitlines()[-1]
    assert new != old
    assert new not in exchanged.stderr
    assert (_status(hub_kosong, old), _status(hub_kosong, new)) == (401, 200)
    same = sql(url, "SELECT DISTINCT nama, peran, wilayah, kedaluwarsa_pada FROM token")
    assert same == [("Dinas Sosial Rote Ndao", "KABUPATEN", "53.14", None)]

    assert_refused(run_here(url, "token", "putar", str(old_id)), "sudah dicabut")
    assert_refused(run_here(url, "token", "putar", "0192f3a0-0000-7000-8000-000000000000"), "Tidak ada token")
    assert_refused(run_here(url, "token", "putar", "53.14"), "bukan id token", kode=2)
    assert _status(hub_kosong, new) == 200

    ((new_id,),) = sql(url, "UPDATE token SET kedaluwarsa_pada = now() WHERE dicabut_pada IS NULL RETURNING id")
    assert_refused(run_here(url, "token", "putar", str(new_id)), "sudah kedaluwarsa", "--berlaku-sampai")
    again = run_here(url, "token", "putar", str(new_id), "--berlaku-sampai", "31 Desember 2199")
    assert _status(hub_kosong, again.stdout.splitlines()[-1]) == 200
    assert "berlaku sampai 2199-12-31" in again.stderr


@pytest.mark.parametrize(
    ("kata", "sebab"),
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
    cli: Command, database_url: str, kata: tuple[str, ...], sebab: str
) -> None:
    assert_refused(cli("token", "create", *kata, "--name", "X"), sebab)
    assert sql(database_url, "SELECT count(*) FROM token") == [(0,)]


def test_revoking_something_that_is_no_id_is_a_usage_error(cli: Command) -> None:
    assert_refused(cli("token", "revoke", "53.14"), "bukan id token", kode=2)


# ---------- check rollup ----------

_SEL = "kode_kab = '53.14' AND elemen = 'BAN01' AND periode = '2020' AND kode_wilayah = '53.14.01' AND dimensi = ''"


def test_the_rollup_of_the_demo_is_proved(cli_contoh: Command, demo_url: str) -> None:
    hasil = cli_contoh("check", "rollup")
    assert hasil.returncode == 0, hasil.stderr
    ((banyak,),) = sql(demo_url, "SELECT count(*) FROM angka")
    assert hasil.stderr.strip() == f"{banyak} angka diperiksa, 0 salah."


@pytest.mark.parametrize(
    "rusak",
    [
        f"UPDATE angka SET nilai = nilai + 1 WHERE {_SEL}",
        f"UPDATE angka SET nilai = NULL WHERE {_SEL}",
        f"UPDATE angka SET turunan = true WHERE {_SEL}",
        f"DELETE FROM angka WHERE {_SEL}",
    ],
    ids=["changed", "emptied", "said to be derived", "deleted"],
)
def test_a_figure_that_is_not_what_the_facts_say_is_named(cli_contoh: Command, demo_url: str, rusak: str) -> None:
    sql(demo_url, rusak)
    hasil = cli_contoh("check", "rollup")
    assert hasil.returncode == 1
    assert re.search(r"^• BAN01 2020 53\.14\.01 .*tersimpan .*, seharusnya ", hasil.stderr, re.MULTILINE)
    assert re.search(r"^\d+ angka diperiksa, [1-9]\d* salah\.$", hasil.stderr, re.MULTILINE)


def test_a_figure_that_nobody_reported_is_named(cli_contoh: Command, demo_url: str) -> None:
    sql(demo_url, f"""INSERT INTO angka SELECT kode_kab, elemen, periode, tingkat, dimensi, '53.14.99', rincian, nilai, status,
      turunan, publik FROM angka WHERE {_SEL}""")  # fmt: skip
    hasil = cli_contoh("check", "rollup")
    assert hasil.returncode == 1
    assert re.search(r"^• BAN01 2020 53\.14\.99 ", hasil.stderr, re.MULTILINE)


# ---------- export schema, migrate ----------


def test_the_exported_schema_is_the_committed_one(tmp_path: Path) -> None:
    utuh = (AKAR / "schema" / "hub.graphql").read_text()
    assert run_hub("export", "schema").stdout == utuh
    assert run_here("", "export", "schema", str(tmp_path / "skema.graphql")).returncode == 0
    assert (tmp_path / "skema.graphql").read_text() == utuh


def test_migrating_down_and_up(cli: Command, database_url: str) -> None:
    for tujuan, tabel, kata in (("base", None, "(kosong)"), ("head", "wilayah", kepala())):
        hasil = cli("migrate", tujuan)
        assert (hasil.returncode, hasil.stderr) == (0, f"Basis data kini pada revisi {kata}.\n")
        assert sql(database_url, "SELECT to_regclass('wilayah')::text") == [(tabel,)]


def test_migrating_to_a_revision_that_does_not_exist_is_refused(cli: Command, database_url: str) -> None:
    assert_refused(cli("migrate", "0099_nanti"), "0099_nanti")
    assert sql(database_url, "SELECT version_num FROM alembic_version") == [(kepala(),)]


def _status(hub: Klien, token: str) -> int:
    return _tanya(hub, token).status_code


def _pesan(hub: Klien, token: str) -> str:
    (galat,) = _tanya(hub, token).json()["errors"]
    return str(galat["message"])


def _tanya(hub: Klien, token: str) -> httpx.Response:
    return hub.post("/graphql", json={"query": "{ __typename }"}, headers={"Authorization": f"Bearer {token}"})


async def _kenali(url: str, token: str) -> None:
    db = Database(url, 2)
    await db.open()
    try:
        await TokenService(db).authenticate(f"Bearer {token}")
    finally:
        await db.close()
