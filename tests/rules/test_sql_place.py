"""No SQL outside the domains and what they stand on. GraphQL is a shell: not even the names of the database library are known
there, nor through a re-export."""

import ast
import re
import sys
from collections.abc import Iterator
from pathlib import Path

from schema.build import schema
from tests.project_files import AKAR, PAKET, sources

_PUSTAKA = {"sqlalchemy", "psycopg", "psycopg_pool", "geoalchemy2", "alembic", "asyncpg"}
_TANPA_SQL = {"base", "cli", "lembar", "web"}
_PERINTAH = re.compile(
    r"\s*(select\s|insert\s+into\s|update\s+\S+\s+set\s|delete\s+from\s|with\s+(recursive\s+)?\w+\s+as\s*\(|"
    r"(create|alter|drop)\s+(table|index|role|function|database)\s|truncate\s|copy\s+\S+\s*[(f]|lock\s+table\s)",
    re.IGNORECASE,
)


def test_database_libraries_are_imported_by_domains_only() -> None:
    salah = []
    for berkas in sources(".py", di=PAKET):
        boleh = _pustaka_yang_boleh(berkas)
        salah += [f"{berkas}:{baris} {nama}" for baris, nama in _impor(berkas) if nama in _PUSTAKA - boleh]
    assert salah == []


def test_no_statement_is_written_outside_the_domains() -> None:
    salah = [
        f"{berkas}:{baris} {teks.strip()[:60]}"
        for berkas in sources(".py", di=PAKET)
        if not _di_bawah(berkas)
        for baris, teks in _teks(berkas)
        if _PERINTAH.match(teks)
    ]
    assert salah == []


def _di_bawah(berkas: Path) -> bool:
    """In a domain, in the words of reads, or in what they stand on."""
    return berkas.parts[0] == "hub" and len(berkas.parts) > 2 and berkas.parts[1] not in _TANPA_SQL


def _pustaka_yang_boleh(berkas: Path) -> set[str]:
    return _PUSTAKA if _di_bawah(berkas) else set()


def _impor(berkas: Path) -> Iterator[tuple[int, str]]:
    for node in ast.walk(_pohon(berkas)):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, a.name.split(".")[0]) for a in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.lineno, node.module.split(".")[0]


def _teks(berkas: Path) -> Iterator[tuple[int, str]]:
    """String literals that are no docstrings."""
    pohon = _pohon(berkas)
    dokumen = {
        id(n.body[0].value)
        for n in ast.walk(pohon)
        if isinstance(n, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef)
        and n.body
        and isinstance(n.body[0], ast.Expr)
    }
    for node in ast.walk(pohon):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in dokumen:
            yield node.lineno, node.value


def _pohon(berkas: Path) -> ast.Module:
    return ast.parse((AKAR / berkas).read_text(encoding="utf-8"))


def test_no_name_of_a_database_library_reaches_the_schema() -> None:
    schema()  # loads every module of it
    foreign = []
    for name in sorted(n for n in sys.modules if n.split(".")[0] == "schema"):
        for key, thing in vars(sys.modules[name]).items():
            home = getattr(thing, "__module__", None) or ""
            if isinstance(home, str) and home.split(".")[0] in _PUSTAKA:
                foreign.append(f"{name}.{key} of {home}")
    assert foreign == []
