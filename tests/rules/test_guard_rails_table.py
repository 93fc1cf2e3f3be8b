"""Either README's table of guard rails names every code a guard rail answers with, and only settings there are."""

import re

import pytest

from hub.base import errors
from hub.base.settings import Settings
from tests.project_files import AKAR

_BARIS = re.compile(r"^\|[^|]+\|[^|]+\|\s*(?:`HUB_([A-Z_]+)`|–)\s*\|([^|]+)\|$", re.MULTILINE)
_DOKUMEN = re.compile(r'"(BATAS_[A-Z]+|INTROSPEKSI_MATI)"')


@pytest.mark.parametrize("berkas", ["README.md", "README.id.md"])
def test_every_guard_rail_has_its_line(berkas: str) -> None:
    baris = _BARIS.findall((AKAR / berkas).read_text(encoding="utf-8"))
    tertulis = {kode for _, isi in baris for kode in re.findall(r"`([A-Z_]+)`", isi)}
    ada = {k.kode for k in vars(errors).values() if isinstance(k, type) and issubclass(k, errors.BatasTerlampauiError)}
    ada |= set(_DOKUMEN.findall((AKAR / "schema" / "http" / "limits.py").read_text(encoding="utf-8")))
    assert ada | {errors.KumpulanDitolakError.kode, errors.MetodeSalahError.kode, "KESALAHAN_DALAM"} <= tertulis
    assert {s.lower() for s, _ in baris if s} <= Settings.model_fields.keys()
    assert {f"batas_{n}" for n in ("token", "kedalaman", "alias", "akar", "medan", "biaya")} <= {
        s.lower() for s, _ in baris
    }
