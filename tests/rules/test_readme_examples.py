"""What the READMEs and the pages in docs show is what the hub answers."""

import json
import re
from pathlib import Path
from typing import Any

import pytest

from tests.client import Klien

AKAR = Path(__file__).parent.parent.parent
_CONTOH = re.compile(r"```\n(curl [^`]*?-d '(?P<badan>\{.*?\n\})')\n```\n\n```json\n(?P<jawab>.*?)\n```", re.DOTALL)


def _contoh(berkas: str) -> list[tuple[bool, dict[str, Any], Any]]:
    """(with a token, body, answer) of every curl example."""
    isi = []
    for cocok in _CONTOH.finditer((AKAR / berkas).read_text(encoding="utf-8")):
        isi.append(("$TOKEN" in cocok[1], json.loads(cocok["badan"]), json.loads(cocok["jawab"])))
    return isi


@pytest.mark.parametrize(("berkas", "banyak"), [("README.md", 2), ("README.id.md", 2), ("docs/gudang.md", 1)])
def test_examples_answer_as_printed(hub_baca: Klien, berkas: str, banyak: int) -> None:
    contoh = _contoh(berkas)
    assert len(contoh) == banyak
    for bertoken, badan, jawab in contoh:
        assert hub_baca.tanya(badan["query"], badan.get("variables"), "53.14" if bertoken else None) == jawab["data"]
