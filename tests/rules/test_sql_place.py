"""No SQL outside the domains and the database below them, except the read compiler, which builds statements out of what they
declare."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from tests.rules.project_files import AKAR, PAKET, sources

_PUSTAKA = {"sqlalchemy", "psycopg", "psycopg_pool", "geoalchemy2", "alembic", "asyncpg"}
_TANPA_SQL = {"base", "cli", "lembar", "web"}
_PERINTAH = re.compile(
    r"\s*(select\s|insert\s+into\s|update\s+\S+\s+set\s|delete\s+from\s|with\s+(recursive\s+)?\w+\s+as\s*\(|"
    r"(create|alter|drop)\s+(table|index|role|function|database)\s|truncate\s|copy\s+\S+\s*[(f]|lock\s+table\s)",
    re.IGNORECASE,
)


def test_database_libraries_are_imported_by_domains_and_the_read_compiler_only() -> None:
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
    if _di_bawah(berkas):
        return _PUSTAKA
    return {"sqlalchemy", "geoalchemy2"} if berkas.is_relative_to("schema/engine") else set()


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
