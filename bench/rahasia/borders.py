"""Which regions of before the land of a region of today was: what anybody reads of desa and what they came from."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from bench.rahasia.caller import Caller
from hub.base import kode as kode_wilayah
from hub.base.kode import Level

_PAGE = 500
_FIELDS = "kode berlakuSejak berlakuSampai"
_DESA = f"""query ($w: KodeWilayah!, $s: String) {{ daftarDesa(saring: {{di: $w}}, first: {_PAGE}, after: $s) {{
  edges {{ node {{ {_FIELDS} pendahulu {{ {_FIELDS} pendahulu {{ {_FIELDS} pendahulu {{ {_FIELDS} }} }} }} }} }}
  pageInfo {{ hasNextPage endCursor }} }} }}"""
_KABUPATEN = "query ($w: KodeWilayah!) { provinsi(kode: $w) { kabupaten { kode } } }"


@dataclass(frozen=True, slots=True)
class Before:
    """The regions of a day that a region of today is wholly made of, the largest that are: None where it cannot be told apart."""

    parts: tuple[str, ...] | None


class Borders:
    """Of one province, as today's list tells. `desa`: today's codes."""

    def __init__(self, caller: Caller, province: str) -> None:
        self.province = province
        rows: list[dict[str, Any]] = []
        after: str | None = None
        while True:
            page = caller.ask(_DESA, w=province, s=after)["daftarDesa"]
            rows += [e["node"] for e in page["edges"]]
            if not page["pageInfo"]["hasNextPage"]:
                break
            after = page["pageInfo"]["endCursor"]
        self._today = {r["kode"]: r for r in rows}
        known = {k[:5] for k in self._today}
        there = caller.ask(_KABUPATEN, w=province)["provinsi"]
        self._bare = [k["kode"] for k in there["kabupaten"] if k["kode"] not in known]
        self._on: dict[date, _Day] = {}

    @cached_property
    def desa(self) -> list[str]:
        return sorted(self._today)

    def before(self, region: str, day: date, *, by_desa: bool = False) -> Before:
        """What of that day `region`, as it is today, is made of. `by_desa`: its desa, though they be the whole of something."""
        if day not in self._on:
            came_from = {k: frozenset(_sources(r, day)) for k, r in self._today.items()}
            self._on[day] = _Day(came_from | {k: frozenset({k}) for k in self._bare})
        return self._on[day].before(region, (13,) if by_desa else (5, 8, 13))


class _Day:
    def __init__(self, came_from: dict[str, frozenset[str]]) -> None:
        self._came_from = came_from
        self._became: dict[str, set[str]] = defaultdict(set)
        self._within: dict[str, set[str]] = defaultdict(set)
        for new, olds in came_from.items():
            for old in olds:
                self._became[old].add(new)
                for length in (5, 8, 13):
                    self._within[old[:length]].add(old)

    def before(self, region: str, lengths: Iterable[int]) -> Before:
        mine = {k for k in self._came_from if kode_wilayah.is_within(k, region)}
        left = {old for k in mine for old in self._came_from[k]}
        if not left or any(not self._became[old] <= mine for old in left):
            return Before(None)
        parts: list[str] = []
        for length in lengths:
            for above in sorted({old[:length] for old in left}):
                if self._within[above] <= left:
                    parts.append(above)
                    left -= self._within[above]
        return Before(tuple(parts))


def _sources(row: dict[str, Any], day: date) -> set[str]:
    since = date.fromisoformat(row["berlakuSejak"])
    found = {row["kode"]} if since <= day else set()
    for earlier in row.get("pendahulu") or ():
        ended = earlier["berlakuSampai"] and date.fromisoformat(earlier["berlakuSampai"])
        joined = ended if ended and ended >= since else since
        if joined > day:
            found |= _sources(earlier, day)
    return found


def level_of_parts(parts: tuple[str, ...]) -> Level:
    """The finest of them."""
    return max(kode_wilayah.level_of(p) for p in parts)
