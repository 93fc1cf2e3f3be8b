"""Finding codes: the registry, the source and docs/temuan.md say the same."""

import ast
import re
import tomllib
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest

from hub.base.errors import InvalidInputError
from hub.base.temuan import ERROR, INFO, Temuan
from hub.base.temuan_codes import REGISTRY, RULE, RULE_SHAPE, SUBJECTS
from hub.base.temuan_page import page
from hub.gudang.darurat_sentences import SENTENCES
from tests.project_files import ROOT, sources, tree_of

_REGISTRY = Path("hub/base/temuan_codes")
_Function = ast.FunctionDef | ast.AsyncFunctionDef
# in SQL that tells findings by itself: the code, then its level
_IN_SQL = re.compile(r"'([A-Z]+(?:_[A-Z]+)*)',\s*'(GALAT|PERINGATAN|INFO)'")


def test_the_page_is_the_registry() -> None:
    assert (ROOT / "docs" / "temuan.md").read_text(encoding="utf-8") == page()


def test_every_code_of_the_source_is_registered() -> None:
    unknown = {f"{place}: {code}" for place, code in _codes_made() if code not in REGISTRY}
    assert unknown == set()


def test_what_an_emergency_plan_says_is_registered() -> None:
    for name, (level, _) in SENTENCES.items():
        assert level in REGISTRY[name.partition(".")[0]].levels, name


def test_every_registered_code_is_used() -> None:
    used = {code for f in _files() for code in _words(f)}
    assert REGISTRY.keys() - used == set()


def test_a_code_has_one_entry_with_levels_meaning_and_remedy() -> None:
    entries = [k for s in SUBJECTS for k in s.kode]
    assert sorted(k.kode for k in entries) == sorted(REGISTRY)
    for k in (*entries, RULE):
        assert k.levels, k.kode
        for sentence in (k.meaning, k.remedy):
            assert re.fullmatch(r"\S.*[^.]\.", sentence), k.kode
            assert "|" not in sentence, k.kode


def test_the_codes_of_our_catalogue_have_the_shape_of_rules() -> None:
    forms = [tomllib.loads((ROOT / f).read_text(encoding="utf-8")) for f in sources(".toml") if "katalog" in f.parts]
    rules = [a["kode"] for f in forms for a in f.get("aturan", [])]
    assert rules
    assert [k for k in rules if not RULE_SHAPE.fullmatch(k)] == []
    assert [k for k in REGISTRY if RULE_SHAPE.fullmatch(k)] == []


def test_a_finding_outside_the_registry_is_an_error() -> None:
    with pytest.raises(ValueError, match="BUKAN_KODE_TEMUAN is not in"):
        Temuan("BUKAN_KODE_TEMUAN", ERROR, "x")
    with pytest.raises(ValueError, match="SEL_GANDA has no level INFO, only GALAT"):
        Temuan("SEL_GANDA", INFO, "x")


# ---------- reading the source ----------


def _files() -> list[Path]:
    return [f for f in sources(".py", within=("hub", "schema")) if not f.is_relative_to(_REGISTRY)]


def _words(file: Path) -> Iterator[str]:
    """Codes as whole strings, also where one has several sentences ("KODE.ini"), and within SQL as quoted ones."""
    for node in ast.walk(tree_of(file)):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value
            yield from re.findall(r"^([A-Z_]+)\.[a-z_]+$", node.value)
            yield from re.findall(r"'([A-Z_]+)'", node.value)


def _codes_made() -> Iterator[tuple[str, str]]:
    """(place, code) of every finding that is made, however many hands pass the code on. What cannot be followed to the words it
    may be comes as it is written, and so is in no registry."""
    trees = {f: tree_of(f) for f in _files()}
    public = {"Temuan": 0}
    for tree in trees.values():
        public |= {name: at for name, at in _makers(tree, public).items() if not name.startswith("_")}
    words = {name: value for tree in trees.values() for name, value in _assigned(tree.body)}
    for file, tree in trees.items():
        makers = public | _makers(tree, public)
        for functions, node in _within(tree, ()):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                yield from ((f"{file}:{node.lineno}", code) for code, _ in _IN_SQL.findall(node.value))
            code = _code_of(node, makers)
            if code is None or (isinstance(code, ast.Name) and any(code.id in _parameters(f) for f in functions)):
                continue
            local = words | {name: value for f in functions for name, value in _assigned(ast.walk(f))}
            yield from ((f"{file}:{code.lineno}", word) for word in _resolved(code, local))


def _within(node: ast.AST, functions: tuple[_Function, ...]) -> Iterator[tuple[tuple[_Function, ...], ast.AST]]:
    """Every node with the functions it stands in."""
    yield functions, node
    inner = (*functions, node) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) else functions
    for child in ast.iter_child_nodes(node):
        yield from _within(child, inner)


def _makers(tree: ast.Module, known: dict[str, int]) -> dict[str, int]:
    """Functions of a module that make a finding of a code they are given → which argument it is."""
    found: dict[str, int] = {}
    functions = [n for n in ast.walk(tree) if isinstance(n, ast.FunctionDef | ast.AsyncFunctionDef)]
    while True:
        before = len(found)
        for f in functions:
            given = _parameters(f)
            for code in [_code_of(n, known | found) for n in ast.walk(f)]:
                if isinstance(code, ast.Name) and code.id in given:
                    found[f.name] = given.index(code.id)
        if len(found) == before:
            return found


def _parameters(function: _Function) -> list[str]:
    return [a.arg for a in function.args.args if a.arg != "self"]


def _code_of(node: ast.AST, makers: dict[str, int]) -> ast.expr | None:
    """The code that a call makes a finding of."""
    if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Name | ast.Attribute):
        return None
    at = makers.get(node.func.id if isinstance(node.func, ast.Name) else node.func.attr)
    return node.args[at] if at is not None and at < len(node.args) else None


def _assigned(nodes: Iterable[ast.AST]) -> Iterator[tuple[str, ast.expr]]:
    """Names with what they are given; of several at once (`kode, isi = …`) the first."""
    for node in nodes:
        if isinstance(node, ast.Assign):
            target = node.targets[0]
            first = target.elts[0] if isinstance(target, ast.Tuple) else target
            if isinstance(first, ast.Name):
                yield first.id, node.value


def _resolved(code: ast.expr, words: dict[str, ast.expr]) -> Iterator[str]:
    match code:
        case ast.Constant(value=str(word)):
            yield word
        case ast.IfExp():
            yield from (w for side in (code.body, code.orelse) for w in _resolved(side, words))
        case ast.Tuple():
            yield from _resolved(code.elts[0], words)
        case ast.Dict():
            yield from (w for value in code.values for w in _resolved(value, words))
        case ast.Subscript():
            yield from _resolved(code.value, words)
        case ast.Name() if code.id in words:
            yield from _resolved(words[code.id], words)
        case ast.Attribute(value=ast.Name(id="error"), attr="kode"):  # of a file that could not be read
            yield from (e.kode for e in InvalidInputError.__subclasses__() if e.kode != InvalidInputError.kode)
        case _:
            yield ast.unparse(code)
