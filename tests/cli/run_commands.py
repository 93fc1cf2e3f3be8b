"""Commands of the hub run inside this process: quicker than a process of their own, and they leave the same."""

import os
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import psycopg
from typer.testing import CliRunner

from hub.cli.main import app
from tests.db.roles import settings_for


@dataclass(frozen=True)
class Output:
    """What a command left. A traceback counts as written to stderr, where it would be."""

    returncode: int
    stdout: str
    stderr: str


Command = Callable[..., Output]


def run_here(url: str, *words: str, columns: int = 200, **more: str) -> Output:
    """One command over the database at that address, in a window that wide; `more`: settings besides."""
    return run_with(*words, **{**settings_for(url), **more}, COLUMNS=str(columns))


def run_with(*words: str, **settings: str) -> Output:
    """One command with these settings and no others."""
    cleared: dict[str, str | None] = {k: None for k in os.environ if k.startswith(("HUB_", "PG"))}
    result = CliRunner().invoke(app, words, env={**cleared, "COLUMNS": "200", **settings})
    trace = ""
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        trace = "".join(traceback.format_exception(result.exception))
    return Output(result.exit_code, result.stdout, result.stderr + trace)


def assert_refused(result: Output, *words: str, kode: int = 1) -> None:
    """It ended with that code and one sentence that holds these words; nothing else was printed."""
    assert "Traceback" not in result.stderr, result.stderr
    assert result.returncode == kode, result.stderr
    assert result.stdout == ""
    (sentence,) = result.stderr.splitlines()
    assert sentence.startswith("Gagal: ")
    for k in words:
        assert k in sentence


def sql(url: str, statement: str) -> list[tuple[Any, ...]]:
    """What the database itself says."""
    with psycopg.connect(url, autocommit=True) as conn:
        cursor = conn.execute(statement)
        return cursor.fetchall() if cursor.description else []
