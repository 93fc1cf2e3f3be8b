"""Commands over databases of their own."""

import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cli.run_commands import Command, run_here
from tests.memory_folder import memory_folder


@pytest.fixture
def cli(database_url: str) -> Command:
    """Over a database with the catalogue and nothing else."""
    return lambda *words, **more: run_here(database_url, *words, **more)


@pytest.fixture
def sample_cli(demo_url: str) -> Command:
    """Over a database with the demo."""
    return lambda *words: run_here(demo_url, *words)


@pytest.fixture(scope="session")
def quick_folder() -> Iterator[Path]:
    """A folder for homes of hubs, whose clusters wait for a disk: in memory where there is enough of it."""
    with tempfile.TemporaryDirectory(prefix="hub-uji-", dir=memory_folder()) as folder:
        yield Path(folder)
