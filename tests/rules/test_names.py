"""A distribution called schema exists in the world; ours is the one that is imported."""

import importlib
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.project_files import AKAR, PAKET


@pytest.mark.parametrize("paket", PAKET)
def test_our_package_is_the_one_imported(paket: str) -> None:
    berkas = importlib.import_module(paket).__file__
    assert berkas is not None
    assert Path(berkas) == AKAR / paket / "__init__.py"


def test_ours_wins_over_an_installed_namesake(tmp_path: Path) -> None:
    (tmp_path / "schema.py").write_text("asal = 'the other one'\n")
    hasil = subprocess.run(
        [sys.executable, "-c", "import schema; print(schema.__file__)"],
        cwd="/", env={**os.environ, "PYTHONPATH": f"{AKAR}{os.pathsep}{tmp_path}"},
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert hasil.stdout.strip() == str(AKAR / "schema" / "__init__.py")


def test_the_scripts_put_the_project_first_on_the_path() -> None:
    assert re.search(r"^export PYTHONPATH=\$ROOT$", (AKAR / "scripts" / "environment").read_text(), re.MULTILINE)


@pytest.mark.parametrize("berkas", ["requirements.lock", "requirements-dev.lock"])
def test_no_lock_file_installs_a_namesake(berkas: str) -> None:
    terpasang = re.findall(r"^([A-Za-z0-9_.-]+)==", (AKAR / berkas).read_text(), re.MULTILINE)
    assert {p.lower() for p in terpasang} & {*PAKET, "tests"} == set()
