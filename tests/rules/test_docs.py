"""The documents a user needs are there, and what they point to exists."""

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from tests.rules.project_files import AKAR, project_files, sources

_WAJIB = ["CHANGELOG.md", "README.md", "README.id.md", "Dockerfile", "docker-compose.yml"]
_TAUTAN = re.compile(r"\[[^\]]*\]\(\s*<?([^)\s>]+)>?[^)]*\)|<(?:img|a)\s[^>]*(?:src|href)=\"([^\"]+)\"")
_PERINTAH = re.compile(r"(?<![\w/])((?:scripts|bench|\.ci)/[\w.-]+)")
# `hub/rekap/service.py`, `service.py:RekapWorkflow.submit`: a file, and a name in it; `hub/plan/`: a folder or a script
_FILE = re.compile(
    r"`([\w./-]+\.(?:py|sql|toml|md|graphql|json|csv|tsx?|mjs|html|css|lock|ya?ml))(?::([A-Za-z_][\w.]*))?`"
)
_FOLDER = re.compile(r"`([\w.-]+(?:/[\w.-]+)*/?)`")
_PAGAR = re.compile(r"^```.*?^```", re.MULTILINE | re.DOTALL)


def _dokumen() -> list[Path]:
    return [f for f in sources(".md") if len(f.parts) == 1 or f.parts[0] == "docs"]


@pytest.mark.parametrize("berkas", _WAJIB)
def test_the_document_exists_and_says_something(berkas: str) -> None:
    assert (AKAR / berkas).read_text(encoding="utf-8").strip()


def test_every_relative_link_points_to_a_file_of_the_project() -> None:
    putus = []
    for berkas in _dokumen():
        isi = _PAGAR.sub("", (AKAR / berkas).read_text(encoding="utf-8"))
        for a, b in _TAUTAN.findall(isi):
            tujuan, _, judul = (a or b).partition("#")
            if re.match(r"[a-z]+:", tujuan):
                continue
            sasaran = (AKAR / berkas.parent / tujuan).resolve() if tujuan else (AKAR / berkas)
            if not sasaran.is_relative_to(AKAR) or not sasaran.exists() or not _ada_judul(sasaran, judul):
                putus.append(f"{berkas}: {a or b}")
    assert putus == []


def test_every_script_that_a_document_names_exists() -> None:
    ada = {str(f) for f in project_files()}
    hilang = [
        f"{berkas}: {p}"
        for berkas in _dokumen()
        for p in _PERINTAH.findall((AKAR / berkas).read_text(encoding="utf-8"))
        if p.rstrip(".") not in ada and not (AKAR / p).is_dir()
    ]
    assert hilang == []


# ---------- files and names ----------


def test_every_file_and_name_that_a_document_speaks_of_exists() -> None:
    gone = [f"{d}: {g}" for d in _documents() for g in _gone(d, (AKAR / d).read_text(encoding="utf-8"))]
    assert gone == []


def test_what_is_gone_is_seen() -> None:
    there = "`hub/plan/rows.py` `rows.py:Row` `hub/rekap/service.py:RekapWorkflow.submit` `scripts/check` `hub/plan/`"
    other = "`../hub/` `hub/<domain>/x.py` `application/json` `/angka.json`\n```\n`hub/fence.py`\n```\n"
    gone = [
        "hub/plan/mows.py", "rows.py:Mow", "hub/rekap/service.py:RekapWorkflow.submits", "mows.py", "geo/rows.py",
        "hub/plans/", "scripts/chek",
    ]  # fmt: skip
    text = f"{there} {other} {' '.join(f'`{g}`' for g in gone)}"
    assert list(_gone(Path("schema/engine/README.md"), text)) == gone


def _documents() -> list[Path]:
    """Those that speak of the source: what is written for who changes it."""
    return [f for f in sources(".md") if f.name != "CHANGELOG.md"]


def _gone(document: Path, text: str) -> Iterator[str]:
    """What a document names in backticks and is not there. A file is named by its path, by that from the document's own
    folder, or by its name alone."""
    text = _PAGAR.sub("", text)
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
    tree = ast.parse((AKAR / file).read_text(encoding="utf-8"))
    found = set(_defined(tree.body))
    for node in tree.body:
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


def _ada_judul(berkas: Path, judul: str) -> bool:
    """Whether a Markdown file has the heading that a fragment names, spelled as forges spell it."""
    if not judul or berkas.suffix != ".md":
        return True
    isi = _PAGAR.sub("", berkas.read_text(encoding="utf-8"))
    slug = {
        re.sub(r"[^\w\- ]", "", t.lower()).strip().replace(" ", "-")
        for t in re.findall(r"^#+ (.+)$", isi, re.MULTILINE)
    }
    return judul in slug
