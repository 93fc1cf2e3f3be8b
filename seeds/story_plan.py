"""The demo's story as a list of rekap and of what happened to each, by day: most in time and approved, some late, returned, waiting.
What has not happened by now is not there."""

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from functools import cached_property
from pathlib import Path
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from hub.base.periode import Periode, PeriodeKind
from hub.base.public_id import RekapKey
from hub.base.temuan import Location
from hub.katalog.katalog import Formulir, Katalog
from hub.rekap.draft import Cell, Column, Place, RekapDraft, Surat
from hub.rekap.moves import APPROVE, SEND_BACK, SUBMIT, after
from hub.rekap.statements import Event
from seeds.story_figures import FORMS, Counted, Office, figures

_FILE = Path(__file__).parent / "contoh" / "cerita.toml"
_YEARS = (2024, 2025)
_NOWHERE = Location()


@dataclass(frozen=True, slots=True)
class Sending:
    """A revision: what was sent, and what it says, cell by cell."""

    draft: RekapDraft
    counted: Sequence[Counted]


@dataclass(frozen=True)
class StoryRekap:
    """`events`: in order, with the times they are made out to have happened at; `sendings`: one for each revision; `examined`: its
    figures are out of the way, so what the hub finds in them is part of the story."""

    key: RekapKey
    formulir: Formulir
    deadline: date
    events: Sequence[Event]
    sendings: Sequence[Sending]
    examined: bool

    @cached_property
    def approved(self) -> int | None:
        """The revision that counts."""
        return next((e.revision for e in reversed(self.events) if e.action == APPROVE), None)


class _Special(NamedTuple):
    """A rekap that did not simply pass, as the file has it."""

    steps: Sequence[str]
    times: Sequence[Mapping[str, int]]
    reasons: Sequence[str]
    notes: Sequence[Mapping[str, str]]


def offices() -> list[Office]:
    """In order of their codes."""
    found = [
        Office(
            k["kode"], k["penduduk"], k["miskin"], k["bencana"], k.get("ppks", 1.0), k.get("lambat", False), k.get("tanpa", ()),
            k.get("per_desa", ()),
        )
        for k in _content()["kantor"]
    ]  # fmt: skip
    return sorted(found, key=lambda o: o.kode)


class Story:
    """`offices`: code of a kabupaten or province → name of its office; `desa`: codes that are known; `now`: what would happen later is
    left out."""

    def __init__(
        self, katalog: Katalog, offices: Mapping[str, str], desa: Sequence[str], zone: ZoneInfo, now: datetime
    ) -> None:
        self._katalog = katalog
        self._offices = offices
        self._zone = zone
        self._now = now
        self._special = {
            RekapKey(k["kode"], k["formulir"], k["periode"]): _Special(
                k["langkah"], k.get("kali", ()), k.get("alasan", ()), k.get("catatan", ())
            )
            for k in _content()["kiriman"]
        }
        self._desa = sorted(desa)

    def rekap(self, office: Office) -> Iterator[StoryRekap]:
        """Of one office, by form and period."""
        desa = [d for d in self._desa if d.startswith(office.kode + ".")]
        for kode in FORMS:
            formulir = self._katalog.formulir[kode]
            before: set[Counted] = set()
            for periode in _periods(formulir):
                made = None if kode in office.without else self._made(office, formulir, periode, desa)
                if made is None:
                    before = set()
                    continue
                said = {c for c in made.sendings[-1].counted if c.nilai}
                yield replace(made, examined=True) if said == before else made  # as if sent twice: the hub says so
                before = said

    def _made(self, office: Office, formulir: Formulir, periode: Periode, desa: Sequence[str]) -> StoryRekap | None:
        key = RekapKey(office.kode, formulir.kode, str(periode))
        special = self._special.get(key, _Special((SUBMIT, APPROVE), (), (), ()))
        deadline = periode.last_day + timedelta(days=formulir.tenggat_hari)
        events: list[Event] = []
        sendings: list[Sending] = []
        returns = 0
        for action, at in zip(special.steps, self._times(office, key, special.steps, deadline), strict=True):
            if at > self._now:
                break
            status = events[-1].to_status if events else None
            to_status = after(office.kode, status, action)
            assert to_status is not None, f"{key.id}: {action} after {status}"
            if action == SUBMIT:
                times = special.times[len(sendings)] if len(sendings) < len(special.times) else {}
                counted = figures(office, formulir.kode, periode, desa, times)
                sendings.append(self._sending(key, periode, counted, len(sendings) + 1, at))
            by = office.kode if action == SUBMIT else office.kode[:2]
            reason, notes = None, []
            if action == SEND_BACK:
                reason = special.reasons[returns]
                notes = [self._note(office, (formulir, periode, desa), special.notes[returns])]
                returns += 1
            events.append(Event(at, self._offices[by], action, status, to_status, len(sendings), reason, notes))
        return StoryRekap(key, formulir, deadline, events, sendings, key in self._special) if events else None

    def _times(self, office: Office, key: RekapKey, steps: Sequence[str], deadline: date) -> list[datetime]:
        """The office sends some days before the deadline, or after it; the province answers together what is in time, and the rest as it comes."""
        chance = office.chance("waktu", key.formulir, key.periode)
        late = office.late and chance.random() < 0.85
        day = deadline + timedelta(days=chance.randint(4, 30) if late else -chance.randint(1, 8))
        found = []
        for number, action in enumerate(steps):
            if number:
                day = (
                    max(day + timedelta(days=3), deadline + timedelta(days=7))
                    if action != SUBMIT
                    else day + timedelta(days=2)
                )
            hour = time(10) if action == APPROVE else time(chance.randint(8, 15), chance.randint(0, 59))
            found.append(datetime.combine(day, hour, self._zone).astimezone(UTC))
        return found

    def _note(
        self, office: Office, of: tuple[Formulir, Periode, Sequence[str]], note: Mapping[str, str]
    ) -> dict[str, Any]:
        """A cell that the province marks, with what it would have expected there."""
        formulir, periode, desa = of
        cell = next(c for c in figures(office, formulir.kode, periode, desa, {}) if c.elemen == note["elemen"])
        return {
            "wilayah": cell.wilayah, "elemen": cell.elemen, "rincian": dict(cell.rincian), "alasan": note["alasan"],
            "usulan": str(cell.nilai),
        }  # fmt: skip

    def _sending(
        self, key: RekapKey, periode: Periode, counted: Sequence[Counted], number: int, at: datetime
    ) -> Sending:
        day = at.astimezone(self._zone).date()
        draft = RekapDraft(
            key.kode_kab, key.formulir, periode, f"cerita-{key.formulir}-{key.periode}-{number}", None,
            tuple(Cell(Place(c.wilayah), Column(c.elemen, c.rincian), Decimal(c.nilai), None, _NOWHERE) for c in counted),
            surat=Surat(f"CONTOH {key.formulir}/{key.periode}", day),
        )  # fmt: skip
        return Sending(draft, counted)


def _periods(formulir: Formulir) -> list[Periode]:
    """As often as the form is expected, but no more than by quarter."""
    kind = max(formulir.periode_jenis, PeriodeKind.TRIWULAN)
    return [Periode(year, kind, n + 1) for year in _YEARS for n in range(PeriodeKind.TAHUN // kind)]


def _content() -> dict[str, Any]:
    return tomllib.loads(_FILE.read_text(encoding="utf-8"))
