"""A distribution called schema exists in the world; ours is the one that is imported."""

import importlib
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.project_files import PACKAGES, ROOT


@pytest.mark.parametrize("package", PACKAGES)
def test_our_package_is_the_one_imported(package: str) -> None:
    file = importlib.import_module(package).__file__
    assert file is not None
    assert Path(file) == ROOT / package / "__init__.py"


def test_ours_wins_over_an_installed_namesake(tmp_path: Path) -> None:
    (tmp_path / "schema.py").write_text("asal = 'the other one'\n")
    result = subprocess.run(
        [sys.executable, "-c", "import schema; print(schema.__file__)"],
        cwd="/", env={**os.environ, "PYTHONPATH": f"{ROOT}{os.pathsep}{tmp_path}"},
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert result.stdout.strip() == str(ROOT / "schema" / "__init__.py")


def test_the_scripts_put_the_project_first_on_the_path() -> None:
    assert re.search(r"^export PYTHONPATH=\$ROOT$", (ROOT / "scripts" / "environment").read_text(), re.MULTILINE)


@pytest.mark.parametrize("file", ["requirements.lock", "requirements-dev.lock"])
def test_no_lock_file_installs_a_namesake(file: str) -> None:
    installed = re.findall(r"^([A-Za-z0-9_.-]+)==", (ROOT / file).read_text(), re.MULTILINE)
    assert {p.lower() for p in installed} & {*PACKAGES, "tests"} == set()
