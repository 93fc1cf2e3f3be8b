"""Names are English, save for the words of the field (docs/glossary.md) and for names that are those of a GraphQL field, a column, a
setting or a command's option, which stand where they belong: on a field of a class, on a resolver's argument, never on a local."""

import ast
from functools import cache
from pathlib import Path

import pytest

from tests.project_files import sources, tree_of
from tests.rules.names import FOLDERS, Name, everyday_words, glossary, is_left, left_over, names_of, words

BEFORE = 14_254  # names with an everyday Indonesian word, when they became English
_MIGRATIONS = "versions"  # what has run anywhere is not touched again


@cache
def indonesian(name: str) -> list[str]:
    return [word for word in words(name) if word in everyday_words()]


Wrong = list[tuple[Path, Name, list[str]]]


def wrong(source: str | ast.Module, place: Path) -> Wrong:
    tree = ast.parse(source) if isinstance(source, str) else source
    return [(place, n, found) for n in names_of(tree, place) if (found := indonesian(n.text)) and not n.exempt]


def told(found: Wrong) -> list[str]:
    return [f"{place}:{n.line} {n.kind} {n.text}: {', '.join(which)}" for place, n, which in found]


@cache
def in_folder(folder: str) -> Wrong:
    files = [f for f in sources(".py", within=(folder,)) if _MIGRATIONS not in f.parts]
    return [w for f in files for w in wrong(tree_of(f), f)]


@pytest.mark.parametrize("folder", FOLDERS)
def test_names_are_english(folder: str) -> None:
    assert told([w for w in in_folder(folder) if not is_left(w[0], w[1].text)]) == []


def test_few_names_are_left_and_each_has_its_reason() -> None:
    left = [w for folder in FOLDERS for w in in_folder(folder)]
    assert len(left) <= 0.02 * BEFORE
    assert all(left_over().values())
    unused = {pair for pair in left_over() if not any(Path(str(place)).match(pair[0]) for place, _, _ in left)}
    assert unused == set()


def test_everyday_words_are_no_words_of_the_field() -> None:
    assert len(everyday_words()) > 900
    assert {"isi", "hasil", "kunci", "baca", "jawab", "salah", "tanda", "bagian", "urut", "siap"} <= everyday_words()
    assert {"rekap", "desa", "wilayah", "cakupan", "batas"} <= glossary()


def test_the_rule_sees_every_kind_of_name() -> None:
    source = """
from os import path as jalur
KUNCI = 1
class Pesan:
    isi_baru: str
    nama: str
    def kirim(self, *, tujuan): self.giliran = tujuan
def baca(berkas, *lain, **sisa):
    nama = [b for b in berkas]
    with open(berkas) as pintu: pass
    for satu, dua in nama: pass
    (salah := 1)
    rumah_singgah = karang_taruna = ada_rekap = desa = 1
    return lambda awal: awal
try: pass
except ValueError as galat: pass
"""
    found = {n.text for _, n, _ in wrong(source, Path("hub/contoh/hasil.py"))}
    assert found == {
        "hasil", "jalur", "KUNCI", "Pesan", "isi_baru", "kirim", "tujuan", "giliran", "baca", "berkas", "lain", "sisa", "nama", "pintu",
        "satu", "dua", "salah", "ada_rekap", "awal", "galat",
    }  # fmt: skip
    assert [n.kind for _, n, _ in wrong(source, Path("hub/contoh/hasil.py")) if n.text == "nama"] == ["local"]


def test_a_resolvers_arguments_are_the_apis_and_a_plain_functions_are_not() -> None:
    source = "@strawberry.field\ndef agregat(self, tingkat): ...\ndef plain(tingkat): ..."
    assert [(n.kind, n.line) for _, n, _ in wrong(source, Path("schema/place.py"))] == [("parameter", 3)]
    assert len(wrong(source, Path("hub/place.py"))) == 2
