"""A boundary file read in a process of its own: the same comes out, it ends with the block, and its death is a sentence."""

import os
import signal
from pathlib import Path
from typing import Any

import pytest

from hub.base.errors import InvalidInputError, TimeLimitError
from hub.batas import files_reader as batas_reader
from hub.batas import row_stream
from hub.batas.files import BatasFile
from hub.batas.files_reader import BatasReader
from tests.batas.boundary_files import layer, square
from tests.cli.hub_process import is_alive


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return layer(
        tmp_path / "b.gpkg", {"kode": [f"36.01.01.2{n:03}" for n in range(120)]}, [square(n % 9) for n in range(120)]
    )


def test_the_same_comes_out_of_it(file: Path) -> None:
    here = BatasFile(file)
    with BatasReader(file) as reader:
        content = reader.content()
        assert (content.feature_count, content.version, content.skipped) == (120, here.version, [])
        assert [f for f in reader.features() if f is not None] == list(here.features())


def test_what_is_wrong_with_a_file_is_told_as_by_itself(tmp_path: Path) -> None:
    with (
        BatasReader(tmp_path / "tidak.gpkg") as reader,
        pytest.raises(InvalidInputError, match=r"tidak\.gpkg tidak ada"),
    ):
        reader.content()
    file = layer(tmp_path / "b.gpkg", {"kode": ["36"]})
    with BatasReader(file, ["lain"]) as reader, pytest.raises(InvalidInputError, match="lapisannya: b"):
        reader.content()


def test_it_ends_with_the_block_wherever_it_is(file: Path) -> None:
    with BatasReader(file) as reader:
        pid = reader.pid
        reader.content()
        next(reader.features())
        os.kill(pid, signal.SIGSTOP)
    assert not is_alive(pid)


def test_a_file_that_cannot_even_be_opened_is_given_up(file: Path) -> None:
    with BatasReader(file) as reader:
        os.kill(reader.pid, signal.SIGSTOP)
        with pytest.raises(TimeLimitError, match=r"b\.gpkg tidak dapat dibuka dalam 1 detik"):
            reader.content(patience=1)


def test_a_file_at_whose_opening_somebody_works_for_ever_is_given_up(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(row_stream, "AT_WORK", 1.0)
    monkeypatch.setattr(batas_reader, "_LOOK", 0.1)
    with BatasReader(file) as reader:
        os.kill(reader.pid, signal.SIGSTOP)
        monkeypatch.setattr(BatasReader, "_works", lambda _: True)
        with pytest.raises(TimeLimitError, match=r"b\.gpkg belum juga terbuka"):
            reader.content()


def test_a_process_that_cannot_be_ended_holds_nobody(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As one that reads from a share that is gone."""
    monkeypatch.setattr(batas_reader, "_ENDING", 0.1)
    with BatasReader(file) as reader:
        process: Any = reader._process
        os.kill(reader.pid, signal.SIGSTOP)
        monkeypatch.setattr(process, "kill", lambda: None)
    assert is_alive(reader.pid)
    monkeypatch.undo()
    process.kill()
    process.join()


def test_a_process_that_dies_is_a_sentence(file: Path) -> None:
    with BatasReader(file) as reader:
        os.kill(reader.pid, signal.SIGKILL)
        with pytest.raises(InvalidInputError, match="pembacaan terhenti"):
            reader.content()
