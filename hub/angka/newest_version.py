"""Which of several versions of one figure is the newest: by the day of its decree, else by the catalogue's order. Here for
figures in memory and as SQL for stored ones; both make the same text, which is compared byte by byte."""

import re
from collections.abc import Sequence

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_UNLISTED = 999_999


def version_order(choice: str, listed: Sequence[str]) -> str:
    """A text that is greater the newer the version is. A day (2020-08-24) is newer than any number; listed choices come in the
    list's order, then others, shorter ones first: "9" before "10"."""
    if _DAY.fullmatch(choice):
        return f"2{choice}"
    position = listed.index(choice) + 1 if choice in listed else _UNLISTED
    return f"1{position:06d}{len(choice):06d}{choice}"


def target_version_sql(rincian: str) -> str:
    """The same of a target (KIN01): of its breakdown, an SQL expression (jsonb)."""
    listed = "(SELECT v.pilihan FROM rincian v WHERE v.elemen = 'KIN01' AND v.kode = 'versi')"
    return version_order_sql(f"({rincian}->>'versi')", listed)


def version_order_sql(choice: str, listed: str) -> str:
    """The same of two SQL expressions: the choice (text, null: none), the listed choices (text[])."""
    return (
        rf"(CASE WHEN {choice} ~ '^\d{{4}}-\d{{2}}-\d{{2}}$' THEN '2' || {choice} WHEN {choice} IS NOT NULL THEN "
        f"'1' || to_char(coalesce(array_position({listed}, {choice}), {_UNLISTED}), 'FM000000') "
        f"|| to_char(length({choice}), 'FM000000') || {choice} END) COLLATE \"C\""
    )
