"""What one caller was told, as it stands before anybody reckons with it: figures of places, and answers that are sums of such."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime

from hub.base.kode import Level
from hub.katalog.formula import Rincian


@dataclass(frozen=True, slots=True)
class Breakdown:
    """`whole`: its choices are all there are, and add up to the figure without it."""

    name: str
    choices: tuple[str, ...]
    adds_up: bool
    whole: bool


@dataclass(frozen=True, slots=True)
class Element:
    """`flow`: a longer period is the sum of its parts; else it is what it was in the part that counts. `finest`: the level of what is
    reported; below it there is nothing to close. `counts`: of money the element that it is paid to, at so much for each (`rate`)."""

    kode: str
    sensitivity: int
    flow: bool
    breakdowns: tuple[Breakdown, ...]
    formulir: str = ""
    finest: Level = Level.DESA
    counts: str = ""
    rate: int = 1


@dataclass(frozen=True, slots=True)
class Moment:
    """A time at which somebody kept the pages of a form and period, and of the longer ones it is in: ISO 8601 with microseconds."""

    at: str
    formulir: str
    periode: str


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """What is asked of: a count of these, by the borders of the last day of the period. `as_of`: as known at that time (ISO 8601);
    empty: now."""

    element: str
    periode: str
    region: str
    choices: Rincian
    as_of: str = ""


@dataclass(frozen=True, slots=True)
class Answer:
    """`value` None: closed to who asks. `since`: when an open one was released, ISO 8601, where the hub says it."""

    value: int | None
    question: str
    since: str = ""


@dataclass(frozen=True, slots=True)
class Claim:
    """An answer that counts several places together, or one by another way in. `known`: what of it is no secret. A part of which
    nothing was told is none."""

    question: str
    value: int
    parts: tuple[Place, ...]
    known: int = 0


@dataclass(slots=True)
class Walk:
    """What one caller was told. `contradictions`: places of which two ways in say different numbers; `plain`: figures of elements that
    are not hidden; `ratios`: of indicators, by their code; `unlike`: answers that are not what follows from what else was told; `alike`:
    who asks knows that offices count the same people in a period told by itself and in what it is made of."""

    elements: Mapping[str, Element]
    answers: dict[Place, Answer] = field(default_factory=dict)
    asked: int = 0
    opened_elsewhere: list[Place] = field(default_factory=list)
    contradictions: list[Place] = field(default_factory=list)
    claims: list[Claim] = field(default_factory=list)
    plain: dict[Place, int] = field(default_factory=dict)
    ratios: dict[Place, float | None] = field(default_factory=dict)
    unlike: list[str] = field(default_factory=list)
    alike: bool = False

    def hear(self, place: Place, status: str, value: object, question: str, since: str | None = None) -> None:
        """One answer. What is open by one way in is known, whatever another says; a region without data says nothing."""
        if status not in ("ADA", "NOL", "DISUPRESI"):
            return
        if value is not None and float(str(value)) != int(float(str(value))):
            return  # rupiah with cents, not a count
        rate = self.elements[place.element].rate if place.element in self.elements else 1
        is_closed = status == "DISUPRESI" and value is None
        told = Answer(None if is_closed else int(float(str(value or 0))) // rate, question, utc(since))
        before = self.answers.get(place)
        if before is None:
            self.answers[place] = told
        elif before.value is None and told.value is not None:
            self.answers[place] = told
            self.opened_elsewhere.append(place)
        elif before.value is not None and told.value is None:
            self.opened_elsewhere.append(place)
        elif before.value != told.value:
            self.contradictions.append(place)

    def claim(self, question: str, value: object, parts: Iterable[Place], known: int = 0) -> None:
        """Nothing is said where there is no value."""
        if value is not None and float(str(value)) == int(float(str(value))):
            self.claims.append(Claim(question, int(float(str(value))), tuple(parts), known))

    def hear_ratio(self, place: Place, status: str, value: object) -> None:
        """What an indicator comes to: `place.element` is its code."""
        if status not in ("ADA", "NOL", "DISUPRESI"):
            return
        told = None if value is None else float(str(value))
        before = self.ratios.setdefault(place, told)
        if (before is None) != (told is None):
            self.opened_elsewhere.append(place)
        elif before != told:
            self.contradictions.append(place)


def utc(time: str | None) -> str:
    """Texts of times that are in order as the times are."""
    return "" if time is None else datetime.fromisoformat(time).astimezone(UTC).isoformat(timespec="microseconds")
