"""hub export templat: the same workbook as over HTTP."""

from pathlib import Path

import httpx
import openpyxl
import pytest

from tests.cli.run_commands import assert_refused, run_here
from tests.client import Client


def test_a_form_is_written_as_it_is_served(read_hub: Client, tmp_path: Path) -> None:
    target = tmp_path / "isian.xlsx"
    done = run_here(
        read_hub.url, "export", "templat", "F11", str(target), "--pelapor", "53.14", "--periode", "2025-TW1"
    )
    assert done.returncode == 0, done.stderr
    served = httpx.get(f"{read_hub.address}/templat/F11.xlsx?pelapor=53.14&periode=2025-TW1", timeout=60)
    assert target.read_bytes() == served.content


def test_figures_to_compare_with_are_in_sheets_of_their_own(read_hub: Client, tmp_path: Path) -> None:
    target = tmp_path / "isian.xlsx"
    words = ("export", "templat", "f02", str(target), "--pelapor", "53.14", "--periode", "2022", "--pembanding")
    assert run_here(read_hub.url, *words).returncode == 0
    assert "Lalu per desa" in openpyxl.load_workbook(target).sheetnames


def test_a_list_is_named_by_what_it_is_of(read_hub: Client, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert (
        run_here(read_hub.url, "export", "templat", "sumber_daya", "--jenis", "lks", "--pelapor", "53.14").returncode
        == 0
    )
    assert [p.name for p in tmp_path.iterdir()] == ["sumber_daya_LKS_53.14.xlsx"]


def test_what_is_wrong_is_told_and_nothing_is_written(read_hub: Client, tmp_path: Path) -> None:
    target = tmp_path / "isian.xlsx"
    wrong = run_here(read_hub.url, "export", "templat", "F02", str(target), "--pelapor", "xx")
    assert_refused(wrong, "bukan kode kabupaten/kota", "periode belum ada")
    assert_refused(run_here(read_hub.url, "export", "templat", "F99", str(target)), "F99", "F01, F02")
    assert not target.exists()
