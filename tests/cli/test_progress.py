"""Long commands say how far they have come, also where nobody sits before a terminal."""

import io
import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from rich.console import Console

from hub.cli import progress
from tests.batas.boundary_files import geojson, square
from tests.cli.hub_process import wait_until
from tests.cli.run_commands import Command


@pytest.fixture
def screen(monkeypatch: pytest.MonkeyPatch) -> Callable[[], list[str]]:
    """Lines written so far, to what is no terminal; one every fiftieth of a second."""
    monkeypatch.setattr(progress, "EVERY", 0.02)
    written = io.StringIO()
    monkeypatch.setattr(progress, "SCREEN", Console(file=written, width=200, markup=False, highlight=False))
    return lambda: written.getvalue().splitlines()


def test_at_least_every_ten_seconds() -> None:
    assert 0 < progress.EVERY < 10


def test_lines_tell_the_stage_and_how_much_of_it_is_done_and_go_on_when_nothing_moves(
    screen: Callable[[], list[str]],
) -> None:
    with progress.stages("membuka berkas") as tell:
        wait_until(lambda: len(screen()) >= 3, "it says nothing")
        tell("membaca berkas", 12, 30)
        wait_until(lambda: "membaca berkas: 12 dari 30" in screen()[-1], "it does not follow")
        tell("zoom 4, ubin", 7, None)
        wait_until(lambda: "zoom 4, ubin: 7 (" in screen()[-1], "it does not follow")
    assert screen()[0].startswith("• membuka berkas (")
    assert screen()[0].endswith(" detik)")


def test_it_may_be_told_from_any_thread_and_ends_with_the_work(screen: Callable[[], list[str]]) -> None:
    with progress.progress("bekerja") as tell:
        worker = threading.Thread(target=lambda: tell(3, 5))
        worker.start()
        worker.join()
        wait_until(lambda: any("bekerja: 3 dari 5" in line for line in screen()), "it does not follow")
    assert "progress" not in {t.name for t in threading.enumerate()}


def test_what_is_quick_says_nothing(screen: Callable[[], list[str]], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(progress, "EVERY", 60.0)
    with progress.stages("sebentar"):
        pass
    assert screen() == []


def test_on_a_terminal_there_are_bars(monkeypatch: pytest.MonkeyPatch) -> None:
    written = io.StringIO()
    monkeypatch.setattr(progress, "SCREEN", Console(file=written, width=100, force_terminal=True))
    with progress.stages("membuka") as tell:
        tell("membaca", 3, 9)
        tell("membaca", 9, 9)
    assert "membuka" in written.getvalue()
    assert "9/9" in written.getvalue()


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("import", "wilayah", "{folder}/wilayah.csv", "--berlaku", "2030-01-01", "--sebagian"), "• membaca wilayah.csv ("),
        (("import", "batas", "{folder}/batas.geojson"), "• membuka batas.geojson ("),
        (("import", "rekap", "{folder}/rekap.csv", "--pelapor", "53.14", "--formulir", "F07", "--periode", "2021", "--uji"),
         "• memeriksa rekap.csv ("),
        (("check", "batas"), "• memeriksa batas"),
        (("check", "rollup"), "• memeriksa angka ("),
        (("rebuild", "piramida"), "• menggambar peta"),
        (("export", "pmtiles", "wilayah", "{folder}/desa.pmtiles", "--zoom", "0-4", "--isi", "tingkat=DESA"), "• zoom"),
        (("migrate",), "• mengubah basis data ("),
    ],
)  # fmt: skip
def test_every_long_command_tells(
    sample_cli: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...], said: str
) -> None:
    monkeypatch.setattr(progress, "EVERY", 0.001)
    (tmp_path / "wilayah.csv").write_text("kode,nama\n36,Banten\n36.01,Pandeglang\n")
    (tmp_path / "rekap.csv").write_text("wilayah,PPK03\n53.14.05.2010,1\n")
    geojson(tmp_path / "batas.geojson", ({"kode": "36.01.01.2001"}, square()))
    done = sample_cli(*(w.format(folder=tmp_path) for w in words))
    assert done.returncode == 0, done.stderr
    assert said in done.stderr
