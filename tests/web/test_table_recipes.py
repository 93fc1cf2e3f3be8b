"""The recipes of docs/tabel.md that need neither R nor pandas do what they say, against a hub that is served."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.client import Client
from tests.project_files import ROOT

NODE = Path(sys.executable).with_name("node")
_PROGRAM = re.compile(r"^```python\n(.*?)^```", re.MULTILINE | re.DOTALL)
_QUERY = re.compile(r"^```powerquery\n(.*?)^```", re.MULTILINE | re.DOTALL)
_PAGE = (ROOT / "docs" / "tabel.md").read_text(encoding="utf-8")
_QUERIES = _QUERY.findall(_PAGE)
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


def _queried(recipe: str, hub: Client, token: str) -> list[dict[str, Any]]:
    """The rows of a recipe in M, its address and token put in as a user would."""
    query = recipe.replace("http://127.0.0.1:8000", hub.address).replace("TOKEN KANTOR", token)
    if not token:  # as the page says
        query = re.sub(r",\s+Headers = \[[^\]]*\]", "", query)
    result = subprocess.run(
        [NODE, "--no-warnings", ROOT / "tests" / "web" / "power_query.mjs", ROOT / "web" / "node_modules"], input=query,
        env={**os.environ, "PARAMETERS": json.dumps({"Token": token})}, capture_output=True, text=True, check=False, timeout=60,
    )  # fmt: skip
    assert result.returncode == 0, result.stderr
    rows: list[dict[str, Any]] = json.loads(result.stdout)
    return rows


@pytest.mark.parametrize("as_whom", [None, "53.14"])
def test_the_recipe_for_excel_gives_the_table(read_hub: Client, as_whom: str | None) -> None:
    recipe, _ = _QUERIES
    rows = _queried(recipe, read_hub, "" if as_whom is None else read_hub.token(as_whom))
    expected = read_hub.ask(SUMS, {"e": ["BAN01", "BAN02"]}, as_whom)["agregat"]
    assert [(r["elemen"], r["nilai"]) for r in rows] == [(r["elemen"]["kode"], r["nilai"]) for r in expected]
    assert len({r["kode"] for r in rows}) == 10
    assert any(isinstance(r["nilai"], int | float) for r in rows)


def test_the_recipe_for_power_bi_gives_the_indicators(read_hub: Client) -> None:
    _, recipe = _QUERIES
    rows = _queried(recipe, read_hub, read_hub.token("53"))
    asked = """{ a: indikator(kode: ["I01"], wilayah: "53", tingkat: KABUPATEN, periode: ["2020"]) { wilayah { kode } nilai } }"""
    expected = {r["wilayah"]["kode"]: r["nilai"] for r in read_hub.ask(asked, {}, "53")["a"]}
    assert {r["kode"]: r["nilai"] for r in rows if r["elemen"] == "I01"} == expected
    assert any(expected.values())


def test_every_recipe_names_parameters_and_columns_that_there_are() -> None:
    recipes = re.findall(r"^```(?:powerquery|r|python)\n(.*?)^```", _PAGE, re.MULTILINE | re.DOTALL)
    assert len(recipes) == 5
    for recipe in recipes:
        assert {"periode", "wilayah", "tingkat"} <= set(re.findall(r"\b[a-z]+\b", recipe))
        assert re.search(r"\b(elemen|indikator)\b\W+[A-Z]", recipe)
