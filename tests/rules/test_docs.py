"""The documents a user needs are there, and what they point to exists."""

import re
from pathlib import Path

import pytest

from tests.project_files import AKAR, project_files, sources

_WAJIB = ["CHANGELOG.md", "README.md", "README.id.md", "Dockerfile", "docker-compose.yml"]
_TAUTAN = re.compile(r"\[[^\]]*\]\(\s*<?([^)\s>]+)>?[^)]*\)|<(?:img|a)\s[^>]*(?:src|href)=\"([^\"]+)\"")
_PERINTAH = re.compile(r"(?<![\w/])((?:scripts|bench|\.ci)/[\w.-]+)")
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
