"""The documents a user needs are there, and what they point to exists."""

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from tests.project_files import ROOT, project_files, sources, tree_of

_REQUIRED = ["CHANGELOG.md", "README.md", "README.id.md", "Dockerfile", "docker-compose.yml"]
_LINK = re.compile(r"\[[^\]]*\]\(\s*<?([^)\s>]+)>?[^)]*\)|<(?:img|a)\s[^>]*(?:src|href)=\"([^\"]+)\"")
_SCRIPT_NAME = re.compile(r"(?<![\w/])((?:scripts|bench|\.ci)/[\w.-]+)")
# `hub/rekap/sending.py`, `sending.py:Sending.submit`: a file, and a name in it; `hub/plan/`: a folder or a script
_FILE = re.compile(
    r"`([\w./-]+\.(?:py|sql|toml|md|graphql|json|csv|tsx?|mjs|html|css|lock|ya?ml))(?::([A-Za-z_][\w.]*))?`"
)
_FOLDER = re.compile(r"`([\w.-]+(?:/[\w.-]+)*/?)`")
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


# ---------- files and names ----------


def test_every_file_and_name_that_a_document_speaks_of_exists() -> None:
    gone = [f"{d}: {g}" for d in _source_documents() for g in _gone(d, (ROOT / d).read_text(encoding="utf-8"))]
    assert gone == []


def test_what_is_gone_is_seen() -> None:
    there = (
        "`hub/plan/rows.py` `rows.py:Row` `hub/rekap/sending.py:Sending.submit` `scripts/check` `hub/plan/` `plan.py`"
    )
    other = "`../hub/` `hub/<domain>/x.py` `application/json` `/angka.json`\n```\n`hub/fence.py`\n```\n"
    gone = [
        "hub/plan/mows.py", "rows.py:Mow", "hub/rekap/sending.py:Sending.submits", "mows.py", "geo/rows.py", "hub/plans/",
        "scripts/chek",
    ]  # fmt: skip
    text = f"{there} {other} {' '.join(f'`{g}`' for g in gone)}"
    assert list(_gone(Path("schema/engine/README.md"), text)) == gone


def _source_documents() -> list[Path]:
    """Those that speak of the source: what is written for who changes it."""
    return [f for f in sources(".md") if f.name != "CHANGELOG.md"]


def _gone(document: Path, text: str) -> Iterator[str]:
    """What a document names in backticks and is not there. A file is named by its path, by that from the document's own folder, or
    by its name alone."""
    text = _FENCE.sub("", text)
    for name, symbol in _FILE.findall(text):
        if name.startswith(("/", ".hub/")):  # an address of the hub; what the hub makes
            continue
        found = _found(document, name)
        if not found or (symbol and not any(symbol in _names(f) for f in found)):
            yield f"{name}:{symbol}" if symbol else name
    known = {*project_files(), *(folder for f in project_files() for folder in f.parents)}
    for name in _FOLDER.findall(_FILE.sub("", text)):
        if "/" in name and Path(Path(name).parts[0]) in known and Path(name) not in known:
            yield name


def _found(document: Path, name: str) -> list[Path]:
    known = set(project_files())
    exact = [f for f in (Path(name), document.parent / name) if f in known]
    return exact or [f for f in known if "/" not in name and f.name == name]


@cache
def _names(file: Path) -> frozenset[str]:
    """What a module defines, and what its classes do, as `Class.name`."""
    body = tree_of(file).body
    found = set(_defined(body))
    for node in body:
        if isinstance(node, ast.ClassDef):
            found |= {f"{node.name}.{n}" for n in _defined(node.body)}
    return frozenset(found)


def _defined(body: list[ast.stmt]) -> Iterator[str]:
    for node in body:
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            yield node.name
        targets = [*node.targets] if isinstance(node, ast.Assign) else []
        targets += [node.target] if isinstance(node, ast.AnnAssign) else []
        yield from (n.id for t in targets for n in ast.walk(t) if isinstance(n, ast.Name))


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
