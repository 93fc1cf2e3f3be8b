"""Tests stand where what they test stands, share nothing through each other, and each asserts something."""

import ast
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import PurePath

from tests.project_files import ROOT, sources, tree_of

# folders that mirror no package, and why
_BESIDE = {
    "tests/federation": "other services and a gateway over the hub",
    "tests/rules": "rules on all of the source",
    "tests/schema/engine/golden": "statements the compiler makes, word for word",
}
_CHECKS = {"pytest.raises", "pytest.warns", "pytest.fail", "playwright.sync_api.expect"}

Trees = Mapping[PurePath, ast.Module]
Function = ast.FunctionDef | ast.AsyncFunctionDef


def _parsed(files: Mapping[str, str]) -> Trees:
    return {PurePath(file): ast.parse(text) for file, text in files.items()}


@cache
def _project() -> Trees:
    return {f: tree_of(f) for f in sources(".py")}


def _module(file: PurePath) -> str:
    return ".".join(file.with_suffix("").parts)


def _imported(file: PurePath, tree: ast.Module) -> Iterator[tuple[str, str]]:
    """What each imported name stands for, in full; wherever in the file it is imported."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((a.asname or a.name, a.name) for a in node.names)
        elif isinstance(node, ast.ImportFrom):
            above = _module(file).split(".")[: -node.level] if node.level else []
            source = ".".join([*above, *([node.module] if node.module else [])])
            yield from ((a.asname or a.name, f"{source}.{a.name}") for a in node.names)


# ---------- what tests share ----------


def _is_of_tests_alone(part: str) -> bool:
    return part == "conftest" or part.startswith("test_")


def _taken_from_tests(trees: Trees) -> list[str]:
    """Imports of a module whose tests or fixtures pytest collects, or of something in one."""
    modules = {_module(f) for f in trees if _is_of_tests_alone(f.stem)}
    return [
        f"{file}: {full}"
        for file, tree in trees.items()
        for _, full in _imported(file, tree)
        if full in modules or full.rpartition(".")[0] in modules
    ]


def test_nobody_imports_from_a_test_module_or_a_conftest() -> None:
    assert _taken_from_tests(_project()) == []


def test_imports_from_test_modules_are_seen_however_they_are_written() -> None:
    trees = _parsed(
        {
            "tests/desa/test_a.py": "def made(): ...",
            "tests/conftest.py": "def served(): ...",
            "tests/desa/test_b.py": "from tests.desa.test_a import made\ndef test_b():\n    from tests.conftest import served",
            "tests/desa/test_c.py": "import tests.desa.test_a\nfrom tests.desa import test_a\nfrom . import test_b\nfrom ..conftest import *",
            "tests/desa/texts.py": "from tests.desa import texts\nfrom tests.client import conftest",
        }
    )
    assert _taken_from_tests(trees) == [
        "tests/desa/test_b.py: tests.desa.test_a.made",
        "tests/desa/test_b.py: tests.conftest.served",
        "tests/desa/test_c.py: tests.desa.test_a",
        "tests/desa/test_c.py: tests.desa.test_a",
        "tests/desa/test_c.py: tests.desa.test_b",
        "tests/desa/test_c.py: tests.conftest.*",
    ]


def _private(trees: Trees) -> list[str]:
    """Imports of names that a module of tests keeps for itself."""
    return [
        f"{file}: {full}"
        for file, tree in trees.items()
        for _, full in _imported(file, tree)
        if full.startswith("tests.") and full.rpartition(".")[2].startswith("_")
    ]


def test_what_tests_share_is_not_private() -> None:
    assert _private(_project()) == []
    sample = _parsed(
        {"tests/desa/test_a.py": "from tests.desa.texts import _made, made\nfrom hub.desa.reads import _one"}
    )
    assert _private(sample) == ["tests/desa/test_a.py: tests.desa.texts._made"]


# ---------- where tests stand ----------


def _packages(files: list[PurePath]) -> set[str]:
    return {str(f.parent) for f in files if f.name == "__init__.py" and f.parts[0] != "tests"}


def _misplaced(files: list[PurePath], beside: Mapping[str, str]) -> list[str]:
    """Folders of tests that mirror no package and have no reason; tests in no folder."""
    packages = _packages(files)
    below = [f.parent for f in files if f.parts[0] == "tests" and len(f.parts) > 2]
    mirrored = {f"tests/{p.removeprefix('hub/')}" for p in packages}
    return [
        *sorted({str(folder) for folder in below} - mirrored - beside.keys()),
        *(str(f) for f in files if f.parent == PurePath("tests") and f.name.startswith("test_")),
    ]


def test_every_folder_of_tests_mirrors_a_package() -> None:
    files: list[PurePath] = [*sources(".py"), *sources(".sql", ".graphql", ".json", within=("tests",))]
    assert _misplaced(files, _BESIDE) == []
    assert {b for b in _BESIDE if not (ROOT / b).is_dir()} == set()


def test_a_folder_that_mirrors_nothing_is_seen() -> None:
    names = (
        "hub/__init__.py", "hub/desa/__init__.py", "schema/__init__.py", "schema/desa/__init__.py", "hub/desa/draft/row.py",
        "tests/__init__.py", "tests/client.py", "tests/desa/test_a.py", "tests/schema/test_b.py", "tests/schema/desa/test_c.py",
        "tests/test_d.py", "tests/services/test_e.py", "tests/desa/draft/test_f.py", "tests/rules/test_g.py", "tests/store/data.py",
    )  # fmt: skip
    found = _misplaced([PurePath(n) for n in names], {"tests/rules": "because"})
    assert found == ["tests/desa/draft", "tests/services", "tests/store", "tests/test_d.py"]


# ---------- what tests assert ----------


def _called(function: Function) -> Iterator[str]:
    """Names that it calls, as it writes them; those of nested functions are its own."""
    for node in ast.walk(function):
        if isinstance(node, ast.Call):
            yield ast.unparse(node.func)


def _full(names: Mapping[str, str], module: str, written: str) -> str:
    """What a called name stands for in this module: something imported, or a function of its own."""
    first, dot, rest = written.partition(".")
    if written in names or not dot:
        return names.get(written, f"{module}.{written}")
    return f"{names.get(first, f'{module}.{first}')}.{rest}"


def _asserting_nothing(trees: Trees) -> list[str]:
    """Tests in which nothing is asserted, neither by themselves nor by a function they call, wherever in tests."""
    calls: dict[str, set[str]] = {}
    checks = set(_CHECKS)
    tests: list[str] = []
    for file, tree in trees.items():
        module, names = _module(file), dict(_imported(file, tree))
        for node in tree.body:
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                full = f"{module}.{node.name}"
                calls[full] = {_full(names, module, c) for c in _called(node)}
                if any(isinstance(n, ast.Assert) for n in ast.walk(node)):
                    checks.add(full)
                if node.name.startswith("test_"):
                    tests.append(full)
    while more := {f for f, called in calls.items() if f not in checks and called & checks}:
        checks |= more
    return sorted(t for t in tests if t not in checks)


def test_every_test_asserts_something() -> None:
    assert _asserting_nothing({f: t for f, t in _project().items() if f.parts[0] == "tests"}) == []


def test_a_test_that_asserts_nothing_is_seen() -> None:
    trees = _parsed(
        {
            "tests/desa/texts.py": "def alike(a):\n    _same(a)\ndef _same(a):\n    assert a\ndef made(a):\n    return a",
            "tests/desa/test_a.py": """
import pytest
from pytest import raises as refused
from tests.desa import texts
from tests.desa.texts import alike as equal, made
def alike(a): ...
def test_itself(): assert 1
def test_nested():
    def inner(): assert 1
    inner()
def test_refusal():
    with pytest.raises(ValueError): made(1)
def test_refusal_by_another_name():
    with refused(ValueError): made(1)
def test_by_a_helper(): equal(1)
def test_by_a_helper_of_a_module(): texts.alike(1)
def test_by_a_namesake(): alike(1)
def test_nothing(): made(1)
async def test_nothing_later(): await made(1)
""",
        }
    )
    nothing = ["test_by_a_namesake", "test_nothing", "test_nothing_later"]
    assert _asserting_nothing(trees) == [f"tests.desa.test_a.{name}" for name in nothing]


def test_the_source_is_read() -> None:
    """A walk that finds no file would find no fault either."""
    assert len([f for f in _project() if f.name.startswith("test_")]) > 150
