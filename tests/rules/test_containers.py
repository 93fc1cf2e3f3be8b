"""Dockerfile and docker-compose.yml stay in step with the settings, hold no secret, run as nobody special."""

import json
import os
import re
import shlex
import shutil
import socket
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
import yaml

from hub.base.settings import Settings
from hub.cli.serve_process import _MENGHABISKAN
from hub.db.private_cluster import LAYANAN
from tests.client import Klien
from tests.project_files import AKAR, PAKET

_SETELAN = {f"HUB_{nama.upper()}" for nama in Settings.model_fields}
# docker compose's own variables, not the hub's: the owner's password, and that of the login the hub serves with
_SANDI = {"HUB_DB_PASSWORD", "HUB_LAYANAN_PASSWORD"}


def _dockerfile() -> list[tuple[str, str]]:
    """(instruction, rest) in order; continued lines joined, comments dropped."""
    baris = [b for b in (AKAR / "Dockerfile").read_text().splitlines() if not b.lstrip().startswith("#")]
    return [
        (b.split()[0], b.split(None, 1)[1]) for b in "\n".join(baris).replace("\\\n", " ").splitlines() if b.strip()
    ]


def _perintah(nama: str) -> list[str]:
    return [isi for apa, isi in _dockerfile() if apa == nama]


def _compose() -> dict[str, Any]:
    isi: dict[str, Any] = yaml.safe_load((AKAR / "docker-compose.yml").read_text())
    return isi


def _lingkungan() -> dict[str, str]:
    return dict(bagian.split("=", 1) for isi in _perintah("ENV") for bagian in shlex.split(isi))


# ---------- in step with the settings ----------


def test_every_hub_variable_is_a_setting() -> None:
    dipakai = set(_lingkungan()) | set(_compose()["services"]["hub"]["environment"])
    assert {v for v in dipakai if v.startswith("HUB_")} <= _SETELAN
    disebut = set(
        re.findall(r"\bHUB_[A-Z_]+\b", (AKAR / "Dockerfile").read_text() + (AKAR / "docker-compose.yml").read_text())
    )
    assert disebut - _SETELAN == _SANDI


def test_the_settings_in_the_containers_can_be_read(monkeypatch: pytest.MonkeyPatch) -> None:
    for nama in _SETELAN:
        monkeypatch.delenv(nama, raising=False)
    for nama, nilai in {**_lingkungan(), **_compose()["services"]["hub"]["environment"]}.items():
        monkeypatch.setenv(nama, re.sub(r"\$\{\w+:-([^}]*)\}", r"\1", str(nilai)))
    setelan = Settings()
    assert (setelan.host, setelan.port, setelan.demo) == ("0.0.0.0", 8000, False)  # noqa: S104 - inside a container
    assert setelan.database_url == "postgresql://hub_layanan@db:5432/hub"
    assert setelan.database_url_pemilik == "postgresql://hub@db:5432/hub"
    assert str(setelan.home) == "/var/lib/hub"


def test_the_image_listens_where_compose_publishes() -> None:
    assert _perintah("EXPOSE") == [_lingkungan()["HUB_PORT"]]
    assert _compose()["services"]["hub"]["ports"] == [f"${{HUB_PORT:-8000}}:{_lingkungan()['HUB_PORT']}"]


# ---------- what is installed and what runs ----------


def test_the_image_python_is_one_we_support() -> None:
    dasar, *lanjutan = _perintah("FROM")
    assert lanjutan == ["dasar AS halaman", "dasar"], "every stage stands on the first"
    cocok = re.fullmatch(r"python:(\d+)\.(\d+)-slim-\w+ AS dasar", dasar)
    assert cocok is not None
    perlu = re.fullmatch(
        r">=(\d+)\.(\d+)", tomllib.loads((AKAR / "pyproject.toml").read_text())["project"]["requires-python"]
    )
    assert perlu is not None
    assert (int(cocok[1]), int(cocok[2])) >= (int(perlu[1]), int(perlu[2]))


def test_exactly_the_lock_file_is_installed() -> None:
    pasang = [p for isi in _perintah("RUN") for p in isi.split("&&") if re.search(r"\b(pip|apt-get|uv|curl|wget)\b", p)]
    assert len(pasang) == 1
    kata = shlex.split(pasang[0])
    assert {"--require-hashes", "--only-binary"} <= set(kata)
    assert kata[-2:] == ["-r", "requirements.lock"]
    assert not [k for k in kata if "://" in k or "index" in k]


def test_the_pages_are_built_from_their_lock_file_in_a_stage_of_their_own() -> None:
    npm = [isi for isi in _perintah("RUN") if "npm" in isi]
    assert npm == ["cd web && npm ci --ignore-scripts && npm run build"]
    assert json.loads((AKAR / "web" / "package.json").read_text())["scripts"]["build"] == "vite build"
    assert "COPY --from=halaman /app/hub/web/static/ hub/web/static/" in (AKAR / "Dockerfile").read_text().splitlines()


def test_the_image_holds_what_the_program_needs_and_nothing_else(tmp_path: Path) -> None:
    """What COPY names, laid out elsewhere, runs."""
    isi = [shlex.split(i) for i in _perintah("COPY") if not i.startswith("--from=")]
    perlu = {*PAKET, "requirements.lock", "web"}
    assert sorted(sumber.rstrip("/") for *semua, _ in isi for sumber in semua) == sorted(perlu)
    boleh = [b for b in (AKAR / ".dockerignore").read_text().splitlines() if b and not b.startswith("#")]
    assert boleh[0] == "*", "first everything is left out"
    assert {b[1:] for b in boleh if b.startswith("!")} == perlu
    assert {"**/node_modules", "hub/web/static"} <= set(boleh), "what this machine built is not sent along"
    for paket in PAKET:
        shutil.copytree(AKAR / paket, tmp_path / paket, ignore=shutil.ignore_patterns("__pycache__"))
    hasil = subprocess.run(
        [sys.executable, "-m", "hub", "export", "schema"],
        cwd=tmp_path, env={**os.environ, "PYTHONPATH": str(tmp_path)}, capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert hasil.stdout == (AKAR / "schema" / "hub.graphql").read_text()


def test_it_runs_as_nobody_special_and_gets_signals_itself() -> None:
    urut = [apa for apa, _ in _dockerfile()]
    assert _perintah("USER") == ["hub"]
    assert "RUN" not in urut[urut.index("USER") :], "set up first, then step down"
    assert any(re.search(r"useradd .*--uid \d{4,} .*\bhub\b", r) for r in _perintah("RUN"))
    assert _perintah("CMD") == ['["python", "-m", "hub", "serve"]']
    assert _perintah("ENTRYPOINT") == []
    assert "user" not in _compose()["services"]["hub"]
    assert not [n for n, s in _compose()["services"].items() if s.get("privileged") or s.get("cap_add")]


# ---------- health, data, secrets ----------


def test_both_services_say_whether_they_are_well() -> None:
    layanan = _compose()["services"]
    kata, *perintah = layanan["hub"]["healthcheck"]["test"]
    assert (kata, perintah[:2]) == ("CMD", ["python", "-c"])
    assert "http://127.0.0.1:8000/siap" in perintah[2]
    compile(perintah[2], "healthcheck", "exec")
    assert layanan["db"]["healthcheck"]["test"][:2] == ["CMD", "pg_isready"]
    assert layanan["hub"]["depends_on"] == {"db": {"condition": "service_healthy"}}


def test_the_image_health_check_tells_a_ready_hub_from_none(hub_baca: Klien) -> None:
    (isi,) = _perintah("HEALTHCHECK")
    kata = json.loads(isi[isi.index("CMD") + 3 :])
    assert kata[:2] == ["python", "-c"]
    with socket.socket() as kosong:  # bound, and nobody listens
        kosong.bind(("127.0.0.1", 0))
        keluar = [
            subprocess.run(
                [sys.executable, *kata[1:]], env={"HUB_PORT": port}, stderr=subprocess.DEVNULL, check=False
            ).returncode
            for port in (hub_baca.alamat.rsplit(":", 1)[1], str(kosong.getsockname()[1]))
        ]
    assert keluar == [0, 1]


def test_data_lives_in_named_volumes() -> None:
    compose = _compose()
    terpasang = {n: dict(v.split(":") for v in s["volumes"]) for n, s in compose["services"].items()}
    assert terpasang == {"db": {"db": "/var/lib/postgresql/data"}, "hub": {"hub": _lingkungan()["HUB_HOME"]}}
    assert compose["volumes"].keys() == {"db", "hub"}
    assert _perintah("VOLUME") == [_lingkungan()["HUB_HOME"]]


def test_the_database_has_postgis_and_is_not_published() -> None:
    db = _compose()["services"]["db"]
    assert re.fullmatch(r"postgis/postgis:1[5-9]-3\.\d", db["image"])
    assert "ports" not in db


def test_no_password_is_written_down_and_a_missing_one_is_asked_for() -> None:
    layanan = _compose()["services"]
    hub = layanan["hub"]["environment"]
    assert hub["HUB_SANDI_PEMILIK"] == layanan["db"]["environment"]["POSTGRES_PASSWORD"]
    for sandi, nama in ((hub["HUB_SANDI_PEMILIK"], "HUB_DB_PASSWORD"), (hub["PGPASSWORD"], "HUB_LAYANAN_PASSWORD")):
        cocok = re.fullmatch(rf"\$\{{{nama}:\?([^}}]+)\}}", sandi)
        assert cocok is not None
        assert cocok[1].startswith("Tentukan dahulu kata sandi")
    for nama, nilai in [*_lingkungan().items(), *(p for s in layanan.values() for p in s["environment"].items())]:
        if re.search(r"PASS|SECRET|TOKEN|KEY|SANDI", nama):
            assert str(nilai).startswith("${"), nama
        assert not re.search(r"://[^/@]*:[^/@]*@", str(nilai)), f"{nama} carries a password in an address"
    assert not [isi for isi in _perintah("ARG") if re.search(r"PASS|SECRET|TOKEN", isi)]


def test_the_hub_serves_with_another_login_than_it_migrates_with() -> None:
    compose = _compose()["services"]
    hub = compose["hub"]["environment"]
    layanan, pemilik = (urlsplit(hub[n]) for n in ("HUB_DATABASE_URL", "HUB_DATABASE_URL_PEMILIK"))
    assert (layanan.username, pemilik.username) == (LAYANAN, compose["db"]["environment"]["POSTGRES_USER"])
    assert (layanan.hostname, layanan.port, layanan.path) == (pemilik.hostname, pemilik.port, pemilik.path)


def test_requests_under_way_have_time_to_finish_when_it_is_stopped() -> None:
    assert int(str(_compose()["services"]["hub"]["stop_grace_period"]).removesuffix("s")) > _MENGHABISKAN
