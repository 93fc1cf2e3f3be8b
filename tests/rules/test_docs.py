"""The documents a user needs are there, and what they point to exists."""

import re
from pathlib import Path

import pytest

from tests.project_files import ROOT, project_files, sources

_REQUIRED = ["CHANGELOG.md", "README.md", "README.id.md", "Dockerfile", "docker-compose.yml"]
_LINK = re.compile(r"\[[^\]]*\]\(\s*<?([^)\s>]+)>?[^)]*\)|<(?:img|a)\s[^>]*(?:src|href)=\"([^\"]+)\"")
_SCRIPT_NAME = re.compile(r"(?<![\w/])((?:scripts|bench|\.ci)/[\w.-]+)")
_FENCE = re.compile(r"^```.*?^```", re.MULTILINE | re.DOTALL)


def _documents() -> list[Path]:
    return [f for f in sources(".md") if len(f.parts) == 1 or f.parts[0] == "docs"]


@pytest.mark.parametrize("file", _REQUIRED)
def test_the_document_exists_and_says_something(file: str) -> None:
    assert (ROOT / file).read_text(encoding="utf-8").strip()


def test_every_relative_link_points_to_a_file_of_the_project() -> None:
    broken = []
    for file in _documents():
        content = _FENCE.sub("", (ROOT / file).read_text(encoding="utf-8"))
        for a, b in _LINK.findall(content):
            target, _, heading = (a or b).partition("#")
            if re.match(r"[a-z]+:", target):
                continue
            destination = (ROOT / file.parent / target).resolve() if target else (ROOT / file)
            if (
                not destination.is_relative_to(ROOT)
                or not destination.exists()
                or not _has_heading(destination, heading)
            ):
                broken.append(f"{file}: {a or b}")
    assert broken == []


def test_every_script_that_a_document_names_exists() -> None:
    existing = {str(f) for f in project_files()}
    missing = [
        f"{file}: {p}"
        for file in _documents()
        for p in _SCRIPT_NAME.findall((ROOT / file).read_text(encoding="utf-8"))
        if p.rstrip(".") not in existing and not (ROOT / p).is_dir()
    ]
    assert missing == []


def _has_heading(file: Path, heading: str) -> bool:
    """Whether a Markdown file has the heading that a fragment names, spelled as forges spell it."""
    if not heading or file.suffix != ".md":
        return True
    content = _FENCE.sub("", file.read_text(encoding="utf-8"))
    slug = {
        re.sub(r"[^\w\- ]", "", t.lower()).strip().replace(" ", "-")
        for t in re.findall(r"^#+ (.+)$", content, re.MULTILINE)
    }
    return heading in slug
