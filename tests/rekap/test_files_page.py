"""docs/berkas.md tells officers of every message that a file of figures may bring."""

import re
from pathlib import Path

from hub.base.temuan_codes import REGISTRY
from tests.project_files import ROOT, sources

_READERS = re.compile(r"hub/lembar/(?!list_|written_row).*|hub/rekap/(file\w*|cells|cell_places|totals|choices)\.py")
_WORDS = {"GALAT": "Ditolak", "PERINGATAN": "Periksa", "INFO": "Catatan"}


def _told() -> dict[str, str]:
    """Code → what the page says it does to a file."""
    text = (ROOT / "docs" / "berkas.md").read_text(encoding="utf-8")
    return dict(re.findall(r"^\| `([A-Z_]+)` \| ([^|]*?) \|", text, re.MULTILINE))


def test_every_message_of_a_file_stands_in_the_page() -> None:
    said = {
        code
        for f in sources(".py")
        if _READERS.fullmatch(str(f))
        for code in re.findall(r'"([A-Z]+(?:_[A-Z]+)+)"', Path(ROOT / f).read_text(encoding="utf-8"))
        if code in REGISTRY
    }
    assert len(said) > 40
    assert said == _told().keys()


def test_what_it_does_to_a_file_is_what_the_registry_says() -> None:
    for code, words in _told().items():
        assert set(words.split(", ")) <= {_WORDS[level] for level in REGISTRY[code].levels}, code
