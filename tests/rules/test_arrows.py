"""Arrows run one way; import-linter's contracts in pyproject.toml say which."""

import os
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

from tests.project_files import AKAR, PAKET


def test_every_contract_is_kept() -> None:
    hasil = subprocess.run(
        [Path(sys.executable).parent / "lint-imports", "--no-cache"],
        cwd=AKAR, env={**os.environ, "PYTHONPATH": str(AKAR)}, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert hasil.returncode == 0, hasil.stdout + hasil.stderr
    assert f"Contracts: {len(_kontrak())} kept, 0 broken." in hasil.stdout


def test_the_contracts_cover_every_package_of_ours() -> None:
    linter = tomllib.loads((AKAR / "pyproject.toml").read_text())["tool"]["importlinter"]
    assert set(linter["root_packages"]) == set(PAKET)
    (lapisan,) = [k["layers"] for k in _kontrak() if k["type"] == "layers" and "containers" not in k]
    assert [set(baris.split(" | ")) for baris in lapisan] == [
        {"hub.cli"}, {"hub.app"}, {"schema", "hub.web", "seeds"},
        {"hub.peta"}, {"hub.cakupan", "hub.tagana", "hub.gudang"}, {"hub.rekap"}, {"hub.angka"}, {"hub.terdaftar"}, {"hub.wksbm"},
        {"hub.sumber_daya"}, {"hub.batas"}, {"hub.wilayah"}, {"hub.katalog"}, {"hub.lembar", "hub.akses", "hub.berita"},
        {"hub.plan"}, {"hub.db"}, {"geo", "hub.base"},
    ]  # fmt: skip
    ada = {f"hub.{f.parent.name}" for f in (AKAR / "hub").glob("*/__init__.py")}
    tercakup = {m for baris in lapisan for m in baris.split(" | ") if m.startswith("hub.")}
    assert ada <= tercakup, "a package of hub stands outside the arrows"


def test_every_domain_has_an_order_inside() -> None:
    inside = {c for k in _kontrak() for c in k.get("containers", ()) if k.get("exhaustive")}
    domains = {f"hub.{f.parent.name}" for f in (AKAR / "hub").glob("*/__init__.py")}
    assert domains - inside == {"hub.base", "hub.cli", "hub.db", "hub.web"}


def _kontrak() -> list[dict[str, Any]]:
    isi: list[dict[str, Any]] = tomllib.loads((AKAR / "pyproject.toml").read_text())["tool"]["importlinter"][
        "contracts"
    ]
    return isi
