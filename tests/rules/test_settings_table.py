"""The settings table of either README is the settings: one row per setting, name, default, meaning.

    | `HUB_PORT` | `8000` | Port the server listens on |
    | `HUB_DATABASE_URL` | – | PostgreSQL address … |

A setting without a default has a dash. Other columns may follow; header and rule lines are as the writer likes.
"""

import re

import pytest

from hub.base.settings import Settings
from tests.project_files import AKAR

_BARIS = re.compile(r"^\|\s*`(HUB_[A-Z_]+)`\s*\|\s*(`[^`]*`|–)\s*\|\s*(\S[^|]*?)\s*\|", re.MULTILINE)


@pytest.mark.parametrize("berkas", ["README.md", "README.id.md"])
def test_readme_lists_exactly_the_settings(berkas: str) -> None:
    isi = (AKAR / berkas).read_text(encoding="utf-8")
    baris = [(nama, nilai) for nama, nilai, _ in _BARIS.findall(isi)]
    assert sorted(baris) == sorted(_setelan())


def _setelan() -> list[tuple[str, str]]:
    return [(f"HUB_{nama.upper()}", _bawaan(isi.default)) for nama, isi in Settings.model_fields.items()]


def _bawaan(nilai: object) -> str:
    if nilai is None:
        return "–"
    return f"`{str(nilai).lower() if isinstance(nilai, bool) else nilai}`"
