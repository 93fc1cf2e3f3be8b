"""The programmes that an office may name in a period, and which one is meant by what somebody wrote. Pure.

Names are matched as names of regions are: exactly, by letters and digits, by another name, and where one is a letter or two away
by that, which is asked about.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from rapidfuzz import process

from hub.anggaran.draft import KeptProgram, Program
from hub.anggaran.names import program_key
from hub.base.near_spelling import near_spelling
from hub.base.periode import Periode
from hub.katalog.katalog import PARTING

PAGU, REALISASI = "KIN03", "KIN04"  # what may be spent, what was spent since the year began
SOURCE, PROGRAM = "sumber_anggaran", "program"  # their breakdowns
_LETTERS = 100  # of what was written, that likely names are sought for
_PARTING = str.maketrans(dict.fromkeys(PARTING, " "))


def choice_of(program: Program) -> str:
    """How figures name it."""
    return " ".join(program.nama.translate(_PARTING).split())


@dataclass(frozen=True, slots=True)
class ProgramMatch:
    """`choice`: what figures name it by; `is_near`: by a likeness that has to be asked about; `is_closed`: not in force any more, or
    not yet."""

    choice: str
    is_near: bool = False
    is_closed: bool = False


class SourceRegister:
    """The programmes of one source. `is_own`: the list is of that very year, so it says all there are."""

    def __init__(self, programs: Sequence[tuple[Program, bool]], *, is_own: bool) -> None:
        self.is_own = is_own
        self._programs = {p.kunci: p for p, _ in programs}
        self._in_force = {p.kunci for p, in_force in programs if in_force}
        self._by_choice = {choice_of(p): p.kunci for p, _ in programs}
        self._names: dict[str, str] = {}  # what it may be called → its key; what is in force before what is not
        for p, _ in sorted(programs, key=lambda x: not x[1]):
            self._names.setdefault(p.kunci, p.kunci)
        for p, _ in sorted(programs, key=lambda x: not x[1]):
            for a in p.kunci_alias:
                if a not in self._in_force and (p.kunci in self._in_force or a not in self._programs):
                    self._names[a] = p.kunci

    def match(self, written: str) -> ProgramMatch | None:
        """The programme that is meant."""
        key = program_key(written)
        found, is_near = self._names.get(key), False
        if found is None:
            found, is_near = near_spelling(key, self._names), True
        if found is None:
            return None
        return ProgramMatch(choice_of(self._programs[found]), is_near, found not in self._in_force)

    def likely(self, written: str) -> str | None:
        """What may be proposed where none is meant."""
        known = {k: choice_of(self._programs[k]) for k in self._in_force}
        nearest = process.extractOne(program_key(written)[:_LETTERS], list(known), score_cutoff=60)
        return known[nearest[0]] if nearest else None

    def below(self, choice: str) -> set[str]:
        """Everything that is part of it, and what is part of that."""
        keys = self._below(self._by_choice[choice]) if choice in self._by_choice else set()
        return {choice_of(self._programs[k]) for k in keys}

    def subtotals(self, choices: Collection[str]) -> set[str]:
        """Those of these that others of these are part of: they are sums and must not be added to them."""
        return {c for c in choices if not self.below(c).isdisjoint(choices)}

    def sums(self) -> Iterable[str]:
        """Every programme that has parts in force."""
        return (choice_of(p) for k, p in self._programs.items() if self._below(k) & self._in_force)

    def missing(self, choices: Collection[str], within: str | None = None) -> list[str]:
        """Programmes in force that nothing is said of: neither of them nor of what they are part of nor of their parts. `within`: of
        this one's parts only, whatever is said of it."""
        said = {self._by_choice[c] for c in choices if c in self._by_choice}
        top = None if within is None else self._by_choice[within]
        reach = set(self._programs) if top is None else self._below(top)
        holders = {p.induk for k, p in self._programs.items() if k in self._in_force}
        return [
            choice_of(p)
            for k, p in self._programs.items()
            if k in reach & self._in_force and k not in holders and not self._is_said(k, said, top)
        ]

    def _is_said(self, key: str, said: set[str], top: str | None) -> bool:
        """Of itself, or of one above that nothing below is said of."""
        at: str | None = key
        while at is not None and at != top:
            if at in said:
                return at == key or self._below(at).isdisjoint(said)
            at = self._programs[at].induk if at in self._programs else None
        return False

    def _below(self, key: str) -> set[str]:
        found: set[str] = set()
        level = {key}
        while level:
            level = {k for k, p in self._programs.items() if p.induk in level} - found
            found |= level
        return found


class ProgramRegister:
    """The lists of one office that hold in one period, by source. Empty where it never brought one."""

    def __init__(self, kept: Iterable[tuple[int, KeptProgram]], periode: Periode) -> None:
        by_source: dict[str, list[tuple[Program, bool]]] = {}
        years: dict[str, int] = {}
        for year, k in kept:
            in_force = k.berlaku_sampai is None
            if year == periode.year:
                day = periode.last_day
                in_force = k.berlaku_sejak <= day and (in_force or k.berlaku_sampai >= day)  # type: ignore[operator]
            by_source.setdefault(k.program.sumber, []).append((k.program, in_force))
            years[k.program.sumber] = year
        self.sources: Mapping[str, SourceRegister] = {
            s: SourceRegister(programs, is_own=years[s] == periode.year) for s, programs in by_source.items()
        }


NO_PROGRAMS = ProgramRegister((), Periode.read("2020"))
