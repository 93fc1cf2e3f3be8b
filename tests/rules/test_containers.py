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
from hub.cli.serve_process import _GRACE_SECONDS
from hub.db.private_cluster import SERVICE
from tests.client import Client
from tests.project_files import PACKAGES, ROOT

_SETTINGS = {f"HUB_{name.upper()}" for name in Settings.model_fields}
# docker compose's own variables, not the hub's: the owner's password, and that of the login the hub serves with
_PASSWORDS = {"HUB_DB_PASSWORD", "HUB_LAYANAN_PASSWORD"}
_NODES = ("53.14", "53.15")
# where the nodes of the profile are published
_NODE_PORTS = {f"HUB_PORT_{kab.replace('.', '_')}" for kab in _NODES}


def _dockerfile() -> list[tuple[str, str]]:
    """(instruction, rest) in order; continued lines joined, comments dropped."""
    lines = [b for b in (ROOT / "Dockerfile").read_text().splitlines() if not b.lstrip().startswith("#")]
    return [
        (b.split()[0], b.split(None, 1)[1]) for b in "\n".join(lines).replace("\\\n", " ").splitlines() if b.strip()
    ]


def _instructions(name: str) -> list[str]:
    return [rest for instruction, rest in _dockerfile() if instruction == name]


def _compose() -> dict[str, Any]:
    content: dict[str, Any] = yaml.safe_load((ROOT / "docker-compose.yml").read_text())
    return content


def _environment() -> dict[str, str]:
    return dict(part.split("=", 1) for rest in _instructions("ENV") for part in shlex.split(rest))


def _node_names() -> list[str]:
    return [kab.replace(".", "-") for kab in _NODES]


# ---------- in step with the settings ----------


def test_every_hub_variable_is_a_setting() -> None:
    used = set(_environment()) | set(_compose()["services"]["hub"]["environment"])
    assert {v for v in used if v.startswith("HUB_")} <= _SETTINGS
    named = set(
        re.findall(r"\bHUB_[A-Z_0-9]+\b", (ROOT / "Dockerfile").read_text() + (ROOT / "docker-compose.yml").read_text())
    )
    assert named - _SETTINGS == _PASSWORDS | _NODE_PORTS


def test_the_settings_in_the_containers_can_be_read(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in _SETTINGS:
        monkeypatch.delenv(name, raising=False)
    for name, nilai in {**_environment(), **_compose()["services"]["hub"]["environment"]}.items():
        monkeypatch.setenv(name, re.sub(r"\$\{\w+:-([^}]*)\}", r"\1", str(nilai)))
    settings = Settings()
    assert (settings.host, settings.port, settings.demo) == ("0.0.0.0", 8000, False)  # noqa: S104 - inside a container
    assert settings.database_url == "postgresql://hub_layanan@db:5432/hub"
    assert settings.database_url_pemilik == "postgresql://hub@db:5432/hub"
    assert str(settings.home) == "/var/lib/hub"


def test_the_image_listens_where_compose_publishes() -> None:
    assert _instructions("EXPOSE") == [_environment()["HUB_PORT"]]
    assert _compose()["services"]["hub"]["ports"] == [f"${{HUB_PORT:-8000}}:{_environment()['HUB_PORT']}"]


# ---------- what is installed and what runs ----------


def test_the_image_python_is_one_we_support() -> None:
    base, *later = _instructions("FROM")
    assert later == ["dasar AS halaman", "dasar"], "every stage stands on the first"
    match = re.fullmatch(r"python:(\d+)\.(\d+)-slim-\w+ AS dasar", base)
    assert match is not None
    needed = re.fullmatch(
        r">=(\d+)\.(\d+)", tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["requires-python"]
    )
    assert needed is not None
    assert (int(match[1]), int(match[2])) >= (int(needed[1]), int(needed[2]))


def test_exactly_the_lock_file_is_installed() -> None:
    installs = [
        p for rest in _instructions("RUN") for p in rest.split("&&") if re.search(r"\b(pip|apt-get|uv|curl|wget)\b", p)
    ]
    assert len(installs) == 1
    words = shlex.split(installs[0])
    assert {"--require-hashes", "--only-binary"} <= set(words)
    assert words[-2:] == ["-r", "requirements.lock"]
    assert not [k for k in words if "://" in k or "index" in k]


def test_the_pages_are_built_from_their_lock_file_in_a_stage_of_their_own() -> None:
    npm = [rest for rest in _instructions("RUN") if "npm" in rest]
    assert npm == ["cd web && npm ci --ignore-scripts && npm run build"]
    assert json.loads((ROOT / "web" / "package.json").read_text())["scripts"]["build"] == "vite build"
    assert "COPY --from=halaman /app/hub/web/static/ hub/web/static/" in (ROOT / "Dockerfile").read_text().splitlines()


def test_the_image_holds_what_the_program_needs_and_nothing_else(tmp_path: Path) -> None:
    """What COPY names, laid out elsewhere, runs."""
    copied = [shlex.split(i) for i in _instructions("COPY") if not i.startswith("--from=")]
    needed = {*PACKAGES, "requirements.lock", "web"}
    assert sorted(source.rstrip("/") for *sources, _ in copied for source in sources) == sorted(needed)
    lines = [b for b in (ROOT / ".dockerignore").read_text().splitlines() if b and not b.startswith("#")]
    assert lines[0] == "*", "first everything is left out"
    assert {b[1:] for b in lines if b.startswith("!")} == needed
    assert {"**/node_modules", "hub/web/static"} <= set(lines), "what this machine built is not sent along"
    for package in PACKAGES:
        shutil.copytree(ROOT / package, tmp_path / package, ignore=shutil.ignore_patterns("__pycache__"))
    result = subprocess.run(
        [sys.executable, "-m", "hub", "export", "schema"],
        cwd=tmp_path, env={**os.environ, "PYTHONPATH": str(tmp_path)}, capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert result.stdout == (ROOT / "schema" / "hub.graphql").read_text()


def test_it_runs_as_nobody_special_and_gets_signals_itself() -> None:
    order = [instruction for instruction, _ in _dockerfile()]
    assert _instructions("USER") == ["hub"]
    assert "RUN" not in order[order.index("USER") :], "set up first, then step down"
    assert any(re.search(r"useradd .*--uid \d{4,} .*\bhub\b", r) for r in _instructions("RUN"))
    assert _instructions("CMD") == ['["python", "-m", "hub", "serve"]']
    assert _instructions("ENTRYPOINT") == []
    assert "user" not in _compose()["services"]["hub"]
    assert not [n for n, s in _compose()["services"].items() if s.get("privileged") or s.get("cap_add")]


# ---------- health, data, secrets ----------


def test_both_services_say_whether_they_are_well() -> None:
    services = _compose()["services"]
    word, *command = services["hub"]["healthcheck"]["test"]
    assert (word, command[:2]) == ("CMD", ["python", "-c"])
    assert "http://127.0.0.1:8000/siap" in command[2]
    compile(command[2], "healthcheck", "exec")
    assert services["db"]["healthcheck"]["test"][:2] == ["CMD", "pg_isready"]
    assert services["hub"]["depends_on"] == {"db": {"condition": "service_healthy"}}


def test_the_image_health_check_tells_a_ready_hub_from_none(read_hub: Client) -> None:
    (rest,) = _instructions("HEALTHCHECK")
    words = json.loads(rest[rest.index("CMD") + 3 :])
    assert words[:2] == ["python", "-c"]
    with socket.socket() as silent:  # bound, and nobody listens
        silent.bind(("127.0.0.1", 0))
        exit_codes = [
            subprocess.run(
                [sys.executable, *words[1:]], env={"HUB_PORT": port}, stderr=subprocess.DEVNULL, check=False
            ).returncode
            for port in (read_hub.address.rsplit(":", 1)[1], str(silent.getsockname()[1]))
        ]
    assert exit_codes == [0, 1]


def test_data_lives_in_named_volumes() -> None:
    compose = _compose()
    mounted = {n: dict(v.split(":") for v in s["volumes"]) for n, s in compose["services"].items()}
    expected = {"db": {"db": "/var/lib/postgresql/data"}, "hub": {"hub": _environment()["HUB_HOME"]}}
    for name in _node_names():
        expected |= {
            f"simpul-{name}": {f"hub-{name}": _environment()["HUB_HOME"]},
            f"db-{name}": {f"db-{name}": "/var/lib/postgresql/data"},
        }
    assert mounted == expected
    assert compose["volumes"].keys() == {v for volumes in expected.values() for v in volumes}
    assert _instructions("VOLUME") == [_environment()["HUB_HOME"]]


def test_the_database_has_postgis_and_is_not_published() -> None:
    db = _compose()["services"]["db"]
    assert re.fullmatch(r"postgis/postgis:1[5-9]-3\.\d", db["image"])
    assert "ports" not in db


def test_no_password_is_written_down_and_a_missing_one_is_asked_for() -> None:
    services = _compose()["services"]
    hub = services["hub"]["environment"]
    assert hub["HUB_SANDI_PEMILIK"] == services["db"]["environment"]["POSTGRES_PASSWORD"]
    for password, name in ((hub["HUB_SANDI_PEMILIK"], "HUB_DB_PASSWORD"), (hub["PGPASSWORD"], "HUB_LAYANAN_PASSWORD")):
        match = re.fullmatch(rf"\$\{{{name}:\?([^}}]+)\}}", password)
        assert match is not None
        assert match[1].startswith("Tentukan dahulu kata sandi")
    for name, nilai in [*_environment().items(), *(p for s in services.values() for p in s["environment"].items())]:
        if re.search(r"PASS|SECRET|TOKEN|KEY|SANDI", name):
            assert str(nilai).startswith("${"), name
        assert not re.search(r"://[^/@]*:[^/@]*@", str(nilai)), f"{name} carries a password in an address"
    assert not [rest for rest in _instructions("ARG") if re.search(r"PASS|SECRET|TOKEN", rest)]


def test_the_hub_serves_with_another_login_than_it_migrates_with() -> None:
    compose = _compose()["services"]
    hub = compose["hub"]["environment"]
    serving, owner = (urlsplit(hub[n]) for n in ("HUB_DATABASE_URL", "HUB_DATABASE_URL_PEMILIK"))
    assert (serving.username, owner.username) == (SERVICE, compose["db"]["environment"]["POSTGRES_USER"])
    assert (serving.hostname, serving.port, serving.path) == (owner.hostname, owner.port, owner.path)


def test_requests_under_way_have_time_to_finish_when_it_is_stopped() -> None:
    assert int(str(_compose()["services"]["hub"]["stop_grace_period"]).removesuffix("s")) > _GRACE_SECONDS


# ---------- a province and two nodes ----------


def test_the_profile_is_the_same_hub_for_two_kabupaten_with_a_database_each() -> None:
    services = _compose()["services"]
    assert {n for n, s in services.items() if "profiles" not in s} == {"hub", "db"}, "as before, without the profile"
    own = {"profiles", "depends_on", "environment", "ports", "volumes"}
    for kab, name in zip(_NODES, _node_names(), strict=True):
        node, db = services[f"simpul-{name}"], services[f"db-{name}"]
        assert [node["profiles"], db["profiles"]] == [["simpul"], ["simpul"]]
        assert {k: v for k, v in node.items() if k not in own} == {
            k: v for k, v in services["hub"].items() if k not in own
        }
        assert {k: v for k, v in db.items() if k not in own} == {
            k: v for k, v in services["db"].items() if k not in own
        }
        assert node["depends_on"] == {f"db-{name}": {"condition": "service_healthy"}}
        assert db["environment"] == services["db"]["environment"]
        differs = {k for k, v in node["environment"].items() if services["hub"]["environment"].get(k) != v}
        assert differs == {"HUB_WILAYAH", "HUB_DATABASE_URL", "HUB_DATABASE_URL_PEMILIK", "HUB_DEMO"}
        addresses = [
            urlsplit(node["environment"][n]).hostname for n in ("HUB_DATABASE_URL", "HUB_DATABASE_URL_PEMILIK")
        ]
        assert addresses == [f"db-{name}"] * 2
        assert node["environment"]["HUB_WILAYAH"] == kab
    published = [re.sub(r"\$\{\w+:-(\d+)\}:.*", r"\1", s["ports"][0]) for s in services.values() if "ports" in s]
    assert len(set(published)) == len(published) == 3, "on ports of their own"


def test_each_hub_of_the_profile_reads_its_role_from_its_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    services = _compose()["services"]
    roles = []
    for name in ("hub", *(f"simpul-{n}" for n in _node_names())):
        for setting in _SETTINGS:
            monkeypatch.delenv(setting, raising=False)
        for setting, nilai in {**_environment(), **services[name]["environment"]}.items():
            filled = (
                "53" if (name, setting) == ("hub", "HUB_WILAYAH") else re.sub(r"\$\{\w+:-([^}]*)\}", r"\1", str(nilai))
            )
            monkeypatch.setenv(setting, filled)
        settings = Settings()
        roles.append((settings.wilayah, settings.demo))
    assert roles == [("53", False), *((kab, False) for kab in _NODES)]


def test_the_page_about_nodes_names_services_there_are() -> None:
    page = (ROOT / "docs" / "simpul.md").read_text()
    named = set(re.findall(r"docker compose(?: --profile \w+)? exec (?:-\S+ )*(\S+)", page))
    assert named == {"hub", "simpul-53-14"}
    assert named <= _compose()["services"].keys()
    assert "http://hub:8000" in page, "a node's province, by the name of its service"
