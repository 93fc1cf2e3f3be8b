"""Hooks before a commit and a push fetch nothing: they are parts of scripts/check, run as they are run by hand."""

import re
from pathlib import Path

import yaml

ROOT = Path(__file__).parents[2]


def test_every_hook_is_a_part_of_our_own_check() -> None:
    repos = yaml.safe_load((ROOT / ".pre-commit-config.yaml").read_text(encoding="utf-8"))["repos"]
    assert [r["repo"] for r in repos] == ["local"]
    parts = re.search(r"^parts=\((.+)\)$", (ROOT / "scripts" / "check").read_text(encoding="utf-8"), re.MULTILINE)
    assert parts is not None
    hooks = [h for r in repos for h in r["hooks"]]
    assert {(h["language"], h["entry"].split()[0], h["pass_filenames"]) for h in hooks} == {
        ("system", "scripts/check", False)
    }
    assert {p for h in hooks for p in h["entry"].split()[1:]} <= set(parts[1].split())
    (whole,) = [h for h in hooks if h["entry"] == "scripts/check"]
    assert whole["stages"] == ["pre-push"]
    assert whole["always_run"]
