"""The settings table of either README is the settings: one row per setting, name, default, meaning.

    | `HUB_PORT` | `8000` | Port the server listens on |
    | `HUB_DATABASE_URL` | – | PostgreSQL address … |

A setting without a default has a dash. Other columns may follow; header and rule lines are as the writer likes.
"""

import re

import pytest

from hub.base.settings import Settings
from tests.project_files import ROOT

_ROW = re.compile(r"^\|\s*`(HUB_[A-Z_]+)`\s*\|\s*(`[^`]*`|–)\s*\|\s*(\S[^|]*?)\s*\|", re.MULTILINE)


@pytest.mark.parametrize("file", ["README.md", "README.id.md"])
def test_readme_lists_exactly_the_settings(file: str) -> None:
    content = (ROOT / file).read_text(encoding="utf-8")
    rows = [(name, nilai) for name, nilai, _ in _ROW.findall(content)]
    assert sorted(rows) == sorted(_settings())


def _settings() -> list[tuple[str, str]]:
    return [(f"HUB_{name.upper()}", _default(setting.default)) for name, setting in Settings.model_fields.items()]


def _default(nilai: object) -> str:
    if nilai is None:
        return "–"
    return f"`{str(nilai).lower() if isinstance(nilai, bool) else nilai}`"
