"""One clock says which day it is: the office's, by Database.today in the program and by current_date in statements."""

import re

from tests.project_files import AKAR, PAKET, sources

# hub.db.database asks the clock for the day; the news of the hub ask it for the day around midnight
_BOLEH = {"hub/db/database.py", "hub/berita/service.py"}
_HARI = re.compile(
    r"\bdate\.today\(|\bnow\([^()]*\)\.date\(|\bZoneInfo\(\"|AT TIME ZONE|hub_hari\((func\.)?now|\bhub\.zona\b",
    re.IGNORECASE,
)


def test_nobody_else_asks_a_clock_for_the_day() -> None:
    salah = [
        f"{berkas}:{nomor} {baris.strip()}"
        for berkas in sources(".py", di=PAKET)
        if str(berkas) not in _BOLEH and not berkas.is_relative_to("hub/db/migrations")
        for nomor, baris in enumerate((AKAR / berkas).read_text(encoding="utf-8").splitlines(), 1)
        if _HARI.search(baris)
    ]
    assert salah == []


def test_every_program_hands_its_database_the_zone() -> None:
    buat = [
        baris.strip()
        for berkas in sources(".py", di=("hub",))
        for baris in (AKAR / berkas).read_text(encoding="utf-8").splitlines()
        if re.search(r"(?<!class )\bDatabase\(", baris)
    ]
    assert len(buat) >= 3
    assert [b for b in buat if "settings.zona" not in b] == []
