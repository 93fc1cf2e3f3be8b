"""Either README's table of guard rails names every code a guard rail answers with, and only settings there are."""

import re

import pytest

from hub.base import errors
from hub.base.settings import Settings
from tests.project_files import ROOT

_ROW = re.compile(r"^\|[^|]+\|[^|]+\|\s*(?:`HUB_([A-Z_]+)`|–)\s*\|([^|]+)\|$", re.MULTILINE)
_DOCUMENT_CODE = re.compile(r'"(BATAS_[A-Z]+|INTROSPEKSI_MATI)"')


@pytest.mark.parametrize("file", ["README.md", "README.id.md"])
def test_every_guard_rail_has_its_line(file: str) -> None:
    rows = _ROW.findall((ROOT / file).read_text(encoding="utf-8"))
    written = {kode for _, cell in rows for kode in re.findall(r"`([A-Z_]+)`", cell)}
    existing = {
        k.kode for k in vars(errors).values() if isinstance(k, type) and issubclass(k, errors.LimitExceededError)
    }
    existing |= set(_DOCUMENT_CODE.findall((ROOT / "schema" / "http" / "limits.py").read_text(encoding="utf-8")))
    assert existing | {errors.BatchRefusedError.kode, errors.WrongMethodError.kode, "KESALAHAN_DALAM"} <= written
    assert {s.lower() for s, _ in rows if s} <= Settings.model_fields.keys()
    assert {f"batas_{n}" for n in ("token", "kedalaman", "alias", "akar", "medan", "biaya")} <= {
        s.lower() for s, _ in rows
    }
