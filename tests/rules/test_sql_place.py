"""No SQL outside the domains and what they stand on. GraphQL is a shell: not even the names of the database library are known
there, nor through a re-export."""

import ast
import re
import sys
from collections.abc import Iterator
from pathlib import Path

from schema.build import schema
from tests.project_files import PACKAGES, sources, tree_of

_DATABASE_LIBRARIES = {"sqlalchemy", "psycopg", "psycopg_pool", "geoalchemy2", "alembic", "asyncpg"}
_WITHOUT_SQL = {"base", "cli", "lembar", "web"}
_STATEMENT = re.compile(
    r"\s*(select\s|insert\s+into\s|update\s+\S+\s+set\s|delete\s+from\s|with\s+(recursive\s+)?\w+\s+as\s*\(|"
    r"(create|alter|drop)\s+(table|index|role|function|database)\s|truncate\s|copy\s+\S+\s*[(f]|lock\s+table\s)",
    re.IGNORECASE,
)


def test_database_libraries_are_imported_by_domains_only() -> None:
    wrong = []
    for file in sources(".py", within=PACKAGES):
        allowed = _allowed_libraries(file)
        wrong += [f"{file}:{line} {name}" for line, name in _imports(file) if name in _DATABASE_LIBRARIES - allowed]
    assert wrong == []


def test_no_statement_is_written_outside_the_domains() -> None:
    wrong = [
        f"{file}:{line} {text.strip()[:60]}"
        for file in sources(".py", within=PACKAGES)
        if not _may_hold_sql(file)
        for line, text in _texts(file)
        if _STATEMENT.match(text)
    ]
    assert wrong == []


def _may_hold_sql(file: Path) -> bool:
    """In a domain, in the words of reads, or in what they stand on."""
    return file.parts[0] == "hub" and len(file.parts) > 2 and file.parts[1] not in _WITHOUT_SQL


def _allowed_libraries(file: Path) -> set[str]:
    return _DATABASE_LIBRARIES if _may_hold_sql(file) else set()


def _imports(file: Path) -> Iterator[tuple[int, str]]:
    for node in ast.walk(tree_of(file)):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, a.name.split(".")[0]) for a in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.lineno, node.module.split(".")[0]


def _texts(file: Path) -> Iterator[tuple[int, str]]:
    """String literals that are no docstrings."""
    tree = tree_of(file)
    docstrings = {
        id(n.body[0].value)
        for n in ast.walk(tree)
        if isinstance(n, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef)
        and n.body
        and isinstance(n.body[0], ast.Expr)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docstrings:
            yield node.lineno, node.value


def test_no_name_of_a_database_library_reaches_the_schema() -> None:
    schema()  # loads every module of it
    foreign = []
    for name in sorted(n for n in sys.modules if n.split(".")[0] == "schema"):
        for key, thing in vars(sys.modules[name]).items():
            home = getattr(thing, "__module__", None) or ""
            if isinstance(home, str) and home.split(".")[0] in _DATABASE_LIBRARIES:
                foreign.append(f"{name}.{key} of {home}")
    assert foreign == []
