"""Which version of an office's figures stood at a time, and what was true in it.

Times are what anybody knows who looks at the pages every second; here they are read from the database, so that the attacker knows
them exactly. Values are read to judge, never to attack.
"""

from bisect import bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

import psycopg

from hub.base.periode import Periode
from hub.katalog.formula import Rincian

Version = tuple[tuple[str, int], ...]
"""Per period of its own which version, counted from 0; of a longer one its parts."""
_ENDLESS = datetime.max.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Truth:
    """`sensitivity`: of the element told by the choices."""

    value: int
    sensitivity: int


class Versions:
    """`shown`: (kabupaten, element, period) → when each version was shown, oldest first; `true`: and its figures."""

    def __init__(
        self,
        shown: Mapping[tuple[str, str, str], list[datetime]],
        true: Mapping[tuple[str, str, str, int], Mapping[tuple[str, Rincian], Truth]],
    ) -> None:
        self._shown = shown
        self._true = true
        self._periods: dict[tuple[str, str], list[str]] = {}
        for kab, element, periode in shown:
            self._periods.setdefault((kab, element), []).append(periode)
        self._kabupaten = sorted({k for k, _, _ in shown})

    def of_office(self, kab: str, element: str, periode: str, at: str, *, flow: bool) -> Version:
        """What the figures of that office and period were made of at that time (ISO 8601; empty: now); nothing: there were none.
        `flow`: a longer period is the sum of all its parts; else it is its newest part."""
        when = _time(at)
        own = self._newest(kab, element, periode, when)
        if own is not None:
            return ((periode, own),)
        wanted = Periode.read(periode)
        found = [
            (p, n)
            for p in sorted(self._periods.get((kab, element), ()), key=lambda p: Periode.read(p).last_day)
            if wanted in Periode.read(p).ancestors and (n := self._newest(kab, element, p, when)) is not None
        ]
        there = {p for p, _ in found}
        # what is told by itself stands for what it is made of
        found = [(p, n) for p, n in found if there.isdisjoint(map(str, Periode.read(p).ancestors))]
        return tuple(found if flow else found[-1:])

    def beside(self, kab: str, element: str, periode: str) -> Version:
        """The newest versions of what a period is made of, whether or not it is told by itself as well."""
        own = {p for p in self._periods.get((kab, element), ()) if Periode.read(periode) in Periode.read(p).ancestors}
        finest = sorted(p for p in own if not any(Periode.read(p) in Periode.read(q).ancestors for q in own))
        return tuple((p, len(self._shown[kab, element, p]) - 1) for p in finest)

    def of_province(
        self, province: str, element: str, periode: str, at: str, *, flow: bool
    ) -> tuple[tuple[str, Version], ...]:
        """The same of each of its kabupaten that had any."""
        versions = (
            (k, self.of_office(k, element, periode, at, flow=flow)) for k in self._kabupaten if k[:2] == province
        )
        return tuple((k, v) for k, v in versions if v)

    def truth(self, kab: str, element: str, version: Version, region: str, choices: Rincian) -> Truth | None:
        """None: there was no figure."""
        parts = [self._true[kab, element, p, n].get((region, choices)) for p, n in version]
        told = [t for t in parts if t is not None]
        return Truth(sum(t.value for t in told), max(t.sensitivity for t in told)) if told else None

    def _newest(self, kab: str, element: str, periode: str, when: datetime) -> int | None:
        n = bisect_right(self._shown.get((kab, element, periode), ()), when)
        return n - 1 if n else None


def _time(at: str) -> datetime:
    return datetime.fromisoformat(at) if at else _ENDLESS


def read_versions(database_url: str, elements: Iterable[str]) -> Versions:
    """Every version that any office showed of those elements."""
    shown: dict[tuple[str, str, str], list[datetime]] = {}
    true: dict[tuple[str, str, str, int], dict[tuple[str, Rincian], Truth]] = {}
    with psycopg.connect(database_url) as conn:
        rows = conn.execute(
            "SELECT kode_kab, elemen, periode, isi, sejak FROM rilis_kantor WHERE elemen = ANY(%s) "
            "ORDER BY kode_kab, elemen, periode, versi",
            (list(elements),),
        )
        for kab, element, periode, content, since in rows:
            times = shown.setdefault((kab, element, periode), [])
            true[kab, element, periode, len(times)] = {
                (region, tuple(sorted(choices.items()))): Truth(value, sensitivity)
                for region, choices, value, sensitivity, _ in content
            }
            times.append(since)
    return Versions(shown, true)
