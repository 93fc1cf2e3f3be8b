"""Arrows run one way; import-linter's contracts in pyproject.toml say which."""

import os
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

from tests.project_files import PACKAGES, ROOT


def test_every_contract_is_kept() -> None:
    result = subprocess.run(
        [Path(sys.executable).parent / "lint-imports", "--no-cache"],
        cwd=ROOT, env={**os.environ, "PYTHONPATH": str(ROOT)}, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert result.returncode == 0, result.stdout + result.stderr
    assert f"Contracts: {len(_contracts())} kept, 0 broken." in result.stdout


def test_the_contracts_cover_every_package_of_ours() -> None:
    linter = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]
    assert set(linter["root_packages"]) == set(PACKAGES)
    (layers,) = [k["layers"] for k in _contracts() if k["type"] == "layers" and "containers" not in k]
    assert [set(layer.split(" | ")) for layer in layers] == [
        {"hub.cli"}, {"hub.app"}, {"schema", "hub.web", "seeds", "hub.pekerjaan"},
        {"hub.simpul"}, {"hub.peta"}, {"hub.cakupan", "hub.tagana", "hub.gudang"}, {"hub.kinerja", "hub.rekap"}, {"hub.anggaran", "hub.rilis"}, {"hub.angka"}, {"hub.terdaftar"}, {"hub.wksbm"},
        {"hub.sumber_daya"}, {"hub.batas"}, {"hub.wilayah"}, {"hub.katalog"}, {"hub.lembar", "hub.akses", "hub.berita"},
        {"hub.plan"}, {"hub.db"}, {"geo", "hub.base"},
    ]  # fmt: skip
    existing = {f"hub.{f.parent.name}" for f in (ROOT / "hub").glob("*/__init__.py")}
    covered = {m for layer in layers for m in layer.split(" | ") if m.startswith("hub.")}
    assert existing <= covered, "a package of hub stands outside the arrows"


def test_every_domain_has_an_order_inside() -> None:
    inside = {c for k in _contracts() for c in k.get("containers", ()) if k.get("exhaustive")}
    domains = {f"hub.{f.parent.name}" for f in (ROOT / "hub").glob("*/__init__.py")}
    assert domains - inside == {"hub.base", "hub.cli", "hub.db", "hub.web"}


def _contracts() -> list[dict[str, Any]]:
    contracts: list[dict[str, Any]] = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"][
        "contracts"
    ]
    return contracts
