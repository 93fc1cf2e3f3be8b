"""Commands over databases of their own."""

import pytest

from tests.cli.run_commands import Command, run_here


@pytest.fixture
def cli(database_url: str) -> Command:
    """Over a database with the catalogue and nothing else."""
    return lambda *words, **more: run_here(database_url, *words, **more)


@pytest.fixture
def sample_cli(demo_url: str) -> Command:
    """Over a database with the demo."""
    return lambda *words: run_here(demo_url, *words)
