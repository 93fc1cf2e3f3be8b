"""Names are English, save for the words of the field (docs/glossary.md) and for names that are those of a GraphQL field, a column, a
setting or a command's option, which stand where they belong: on a field of a class, on a resolver's argument, never on a local."""

import ast
from pathlib import Path

import pytest

from tests.project_files import ROOT, sources
from tests.rules.names import FOLDERS, Name, everyday_words, left_over, names_of, words

MOST_LEFT = 0.02  # of the names that were Indonesian before


def indonesian(name: Name) -> list[str]:
    return [w for w in words(name.text) if w in everyday_words()]


def wrong(source: str, place: Path) -> list[str]:
    return [
        f"{place}:{n.line} {n.kind} {n.text}: {', '.join(found)}"
        for n in names_of(ast.parse(source), place)
        if (found := indonesian(n)) and not n.exempt and n.text not in left_over()
    ]


@pytest.mark.parametrize("folder", FOLDERS)
def test_names_are_english(folder: str) -> None:
    found = [
        w
        for f in sources(".py", within=(folder,))
        if "versions" not in f.parts
        for w in wrong((ROOT / f).read_text(), f)
    ]
    assert found == []


def test_the_rule_sees_every_kind_of_name() -> None:
    place = Path("hub/contoh/isi_baru.py")
    source = """
from os import path as jalur
KUNCI = 1
class Pesan:
    isi: str
    def kirim(self, *, tujuan): ...
def baca(berkas, *lain, **sisa):
    hasil = [b for b in berkas]
    with open(berkas) as pintu: pass
    for satu, dua in hasil: pass
    (salah := 1)
    return lambda awal: awal
try: pass
except ValueError as galat: pass
"""
    assert {w.split(": ")[1] for w in wrong(source, place)} == {
        "isi, baru", "jalur", "kunci", "pesan", "isi", "kirim", "tujuan", "baca", "berkas", "lain", "sisa", "hasil", "pintu",
        "satu", "dua", "salah", "awal", "galat",
    }  # fmt: skip
