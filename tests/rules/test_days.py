"""One clock says which day it is: the office's, by Database.today in the program and by current_date in statements."""

import re

from tests.project_files import PACKAGES, ROOT, sources

# hub.db.database asks the clock for the day; the news of the hub ask it for the day around midnight
_ALLOWED = {"hub/db/database.py", "hub/berita/service.py"}
_ASKS_FOR_DAY = re.compile(
    r"\bdate\.today\(|\bnow\([^()]*\)\.date\(|\bZoneInfo\(\"|AT TIME ZONE|hub_hari\((func\.)?now|\bhub\.zona\b",
    re.IGNORECASE,
)


def test_nobody_else_asks_a_clock_for_the_day() -> None:
    wrong = [
        f"{file}:{number} {line.strip()}"
        for file in sources(".py", within=PACKAGES)
        if str(file) not in _ALLOWED and not file.is_relative_to("hub/db/migrations")
        for number, line in enumerate((ROOT / file).read_text(encoding="utf-8").splitlines(), 1)
        if _ASKS_FOR_DAY.search(line)
    ]
    assert wrong == []


def test_every_program_hands_its_database_the_zone() -> None:
    calls = [
        line.strip()
        for file in sources(".py", within=("hub",))
        for line in (ROOT / file).read_text(encoding="utf-8").splitlines()
        if re.search(r"(?<!class )\bDatabase\(", line)
    ]
    assert len(calls) >= 3
    assert [b for b in calls if "settings.zone" not in b] == []
