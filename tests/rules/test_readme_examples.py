"""What the READMEs and the pages in docs show is what the hub answers."""

import json
import re
from pathlib import Path
from typing import Any

import pytest

from tests.client import Client

ROOT = Path(__file__).parent.parent.parent
_EXAMPLE = re.compile(r"```\n(curl [^`]*?-d '(?P<badan>\{.*?\n\})')\n```\n\n```json\n(?P<jawab>.*?)\n```", re.DOTALL)


def _examples(file: str) -> list[tuple[bool, dict[str, Any], Any]]:
    """(with a token, body, answer) of every curl example."""
    examples = []
    for match in _EXAMPLE.finditer((ROOT / file).read_text(encoding="utf-8")):
        examples.append(("$TOKEN" in match[1], json.loads(match["badan"]), json.loads(match["jawab"])))
    return examples


@pytest.mark.parametrize(("file", "count"), [("README.md", 2), ("README.id.md", 2), ("docs/gudang.md", 1)])
def test_examples_answer_as_printed(read_hub: Client, file: str, count: int) -> None:
    examples = _examples(file)
    assert len(examples) == count
    for with_token, body, answer in examples:
        assert read_hub.ask(body["query"], body.get("variables"), "53.14" if with_token else None) == answer["data"]
