"""The recipes of docs/tabel.md that need nothing but Python do what they say, against a hub that is served."""

import os
import re
import subprocess
import sys

import pytest

from tests.client import Client
from tests.project_files import ROOT

_PROGRAM = re.compile(r"^```python\n(.*?)^```", re.MULTILINE | re.DOTALL)
_PAGE = (ROOT / "docs" / "tabel.md").read_text(encoding="utf-8")
SUMS = """query ($e: [String!]!) { agregat(elemen: $e, periode: ["2020"], wilayah: "53.14", tingkat: KECAMATAN) { elemen { kode } nilai } }"""


@pytest.mark.parametrize("as_whom", [None, "53.14"])
def test_the_recipe_for_python_prints_the_sums(read_hub: Client, as_whom: str | None) -> None:
    (program,) = (p for p in _PROGRAM.findall(_PAGE) if "pandas" not in p)
    token = "" if as_whom is None else read_hub.token(as_whom)
    result = subprocess.run(
        [sys.executable, "-c", program], env={**os.environ, "HUB": read_hub.address, "HUB_TOKEN": token},
        capture_output=True, text=True, check=False, timeout=60,
    )  # fmt: skip
    assert result.returncode == 0, result.stderr
    rows = read_hub.ask(SUMS, {"e": ["BAN01", "BAN02"]}, as_whom)["agregat"]
    expected = []
    for kode in ("BAN01", "BAN02"):
        known = [r["nilai"] for r in rows if r["elemen"]["kode"] == kode and r["nilai"] is not None]
        expected.append(f"{kode} {sum(known)} dari {len(known)} kecamatan")
    assert result.stdout.splitlines() == expected


def test_every_recipe_names_parameters_and_columns_that_there_are() -> None:
    recipes = re.findall(r"^```(?:powerquery|r|python)\n(.*?)^```", _PAGE, re.MULTILINE | re.DOTALL)
    assert len(recipes) == 5
    for recipe in recipes:
        assert {"periode", "wilayah", "tingkat"} <= set(re.findall(r"\b[a-z]+\b", recipe))
        assert re.search(r"\b(elemen|indikator)\b\W+[A-Z]", recipe)
