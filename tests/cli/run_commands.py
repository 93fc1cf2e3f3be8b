"""Commands of the hub run inside this process: quicker than a process of their own, and they leave the same."""

import os
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import psycopg
from typer.testing import CliRunner

from hub.cli.main import app
from tests.db.roles import setelan


@dataclass(frozen=True)
class Output:
    """What a command left. A traceback counts as written to stderr, where it would be."""

    returncode: int
    stdout: str
    stderr: str


Command = Callable[..., Output]


def run_here(url: str, *kata: str, columns: int = 200, **lain: str) -> Output:
    """One command over the database at that address, in a window that wide; `lain`: settings besides."""
    return run_with(*kata, **{**setelan(url), **lain}, COLUMNS=str(columns))


def run_with(*kata: str, **setelan: str) -> Output:
    """One command with these settings and no others."""
    lain: dict[str, str | None] = {k: None for k in os.environ if k.startswith(("HUB_", "PG"))}
    hasil = CliRunner().invoke(app, kata, env={**lain, "COLUMNS": "200", **setelan})
    jejak = ""
    if hasil.exception is not None and not isinstance(hasil.exception, SystemExit):
        jejak = "".join(traceback.format_exception(hasil.exception))
    return Output(hasil.exit_code, hasil.stdout, hasil.stderr + jejak)


def assert_refused(hasil: Output, *kata: str, kode: int = 1) -> None:
    """It ended with that code and one sentence that holds these words; nothing else was printed."""
    assert "Traceback" not in hasil.stderr, hasil.stderr
    assert hasil.returncode == kode, hasil.stderr
    assert hasil.stdout == ""
    (kalimat,) = hasil.stderr.splitlines()
    assert kalimat.startswith("Gagal: ")
    for k in kata:
        assert k in kalimat


def sql(url: str, perintah: str) -> list[tuple[Any, ...]]:
    """What the database itself says."""
    with psycopg.connect(url, autocommit=True) as conn:
        kursor = conn.execute(perintah)
        return kursor.fetchall() if kursor.description else []
