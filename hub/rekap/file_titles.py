"""What the title of a column means: its words, from the top row of a header down, against the elements of a form. Pure.

A title is an element by its code ("BAN01", "REH01[lingkup=gabungan]", "KPM PKH (BAN01)"), by its name or another name the catalogue
has for it; choices of its breakdowns stand in further rows of the header or beside the name ("Tagana" over "L", "PSM perempuan").
What is only alike is told as likely, and two that are alike both.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from rapidfuzz import fuzz, process

from hub.katalog.formula import read_rincian
from hub.katalog.katalog import Elemen, Formulir, Katalog
from hub.rekap.draft import Column
from hub.rekap.file_words import (
    FIXED,
    NOISE,
    OF_PERSONS,
    OF_REGIONS,
    OPPOSED,
    UNITS,
    WHOLE,
    ColumnUse,
    Meaning,
    title_key,
)

SURE = 0.9
"""From here on a reading is taken; below it is asked."""
MARGIN = 0.07
"""By how much the best reading has to be surer than the next one."""

_CODE = re.compile(r"\s*(?P<elemen>[A-Za-z]{2,5}\d+|[A-Za-z]\d+)\s*(?:\[(?P<rincian>[^\]]*)\]\s*)?")
_LONGEST = 200  # letters: what is longer is no title
_LEAST = 0.6  # a likeness below is none
_ALIKE = 0.97  # the most that is said of what is only alike
_OPEN = 0.7  # how surely an unlisted word under an element is a choice of its one open breakdown
_UNDER = 0.75  # how surely an element is meant that stands under or over words that are none of its choices
_CHOICE_ALONE = 0.45  # too little to be known for a title: cells of a table say such words as well
_CHOICE_WORDS = 5


@dataclass(frozen=True, slots=True)
class Guess:
    """What a title may mean. `yakin`: how surely, 0 to 1; `others`: meanings that are about as likely."""

    meaning: Meaning | None
    yakin: float
    others: tuple[Meaning, ...] = ()

    @property
    def sure(self) -> bool:
        return self.meaning is not None and self.yakin >= SURE and not self.others


NOTHING = Guess(None, 0.0)


@dataclass(frozen=True, slots=True)
class _Scored:
    yakin: float
    elemen: Elemen
    choices: tuple[tuple[str, str], ...] = ()

    @property
    def meaning(self) -> Meaning:
        return Meaning(ColumnUse.ELEMEN, Column(self.elemen.kode, self.choices))


@dataclass(slots=True)
class RekapTitles:
    """The titles of one form (`hub.lembar.table.Titles`). Without a catalogue codes and the words of regions alone.
    `settled`: title as compared → what it means to this office, by its own word."""

    katalog: Katalog | None = None
    formulir: Formulir | None = None
    settled: Mapping[str, Meaning] = field(default_factory=dict)
    _known: dict[tuple[str, ...], Guess] = field(default_factory=dict)
    _spelled: dict[bool, list[tuple[str, str, Elemen]]] = field(default_factory=dict)

    def sureness(self, parts: tuple[str, ...]) -> float:
        found = self.guess(parts)
        # what stands over "No" is the title of the table
        is_below = len(parts) > 1 and found.meaning is not None and found.meaning.use is ColumnUse.ABAIKAN
        return 0.0 if is_below else found.yakin

    def identifies(self, parts: tuple[str, ...]) -> bool:
        meaning = self.guess(parts).meaning
        return meaning is not None and meaning.use in OF_REGIONS

    def guess(self, parts: tuple[str, ...], context: str = "") -> Guess:
        """`context`: what stands over the table (its title, the name of the sheet), which tells apart what is equally likely."""
        if parts not in self._known:
            self._known[parts] = self._guess(parts)
        found = self._known[parts]
        return self._told_apart(found, context) if context and found.others else found

    # ---------- in this order ----------

    def _guess(self, parts: tuple[str, ...]) -> Guess:
        if not parts or sum(map(len, parts)) > _LONGEST or not any(h.isalpha() for p in parts for h in p):
            return NOTHING
        whole = title_key(" ".join(parts))
        if (settled := self.settled.get(whole)) is not None:
            return Guess(settled, 1.0)
        for text in (whole, *([title_key(parts[-1])] if len(parts) > 1 else ())):
            if (fixed := FIXED.get(text)) is not None:
                return Guess(fixed, 1.0)
        if (by_code := self._by_code(parts)) is not None:
            return by_code
        found = self._of_elements(parts, other_forms=False)
        if found.yakin < SURE:
            elsewhere = self._of_elements(parts, other_forms=True)
            if elsewhere.yakin >= _ALIKE and elsewhere.meaning is not None:
                return elsewhere
            words = set(whole.split())
            if words & OF_PERSONS and not words & NOISE:
                return Guess(Meaning(ColumnUse.ABAIKAN, personal=True), SURE)
        if found.meaning is None and whole.startswith(("lokasi ", "nama wilayah ")):
            return Guess(Meaning(ColumnUse.NAMA_WILAYAH), SURE)
        return found if found.meaning is not None else self._of_choices(parts)

    def _of_choices(self, parts: tuple[str, ...]) -> Guess:
        """A title that is only a choice: of each element that has it, none of them surely."""
        likely = []
        for elemen in self._elements(other_forms=False):
            choices: dict[str, str] = {}
            for part in parts:
                choices |= _listed(elemen, part, title_key(part).split()) or {}
            if choices:
                likely.append(Meaning(ColumnUse.ELEMEN, Column(elemen.kode, tuple(sorted(choices.items())))))
        return Guess(likely[0], _CHOICE_ALONE, tuple(likely[1:4])) if likely else NOTHING

    def _by_code(self, parts: tuple[str, ...]) -> Guess | None:
        """An element by its code: alone as written, whether there is such a one or not; beside words where there is."""
        if (match := _CODE.fullmatch(" ".join(parts))) is not None and len(parts) == 1:
            if self.katalog is not None and match["elemen"].upper() not in self.katalog.elemen:
                by_name = self._of_elements(parts, other_forms=False)  # "LK3" is a name
                if by_name.sure:
                    return by_name
            # with breakdowns as they are written: the checks say what is wrong with them
            return Guess(Meaning(ColumnUse.ELEMEN, _column(match), fault=_fault(match)), 1.0)
        if self.katalog is None:
            return None
        for at, part in enumerate(parts):
            match = _CODE.fullmatch(part)
            words = [match["elemen"]] if match is not None else re.findall(r"[A-Za-z]+\d+", part)
            named = {w.upper() for w in words} & self.katalog.elemen.keys()
            if len(named) != 1:
                continue
            elemen = self.katalog.elemen[named.pop()]
            written = _column(match).rincian if match is not None else ()
            rest = parts[at + 1 :] or (parts[:at] if match is not None else ())
            yakin, choices = self._choices(elemen, rest)
            if yakin == 0:  # what stands over a code, or below it, is its name
                named_so = any(
                    sure >= SURE and e is elemen
                    for sure, e in self._named(title_key(" ".join(rest)), other_forms=False)
                )
                yakin = 1.0 if named_so or not parts[at + 1 :] else _UNDER
            return Guess(Meaning(ColumnUse.ELEMEN, Column(elemen.kode, written + choices)), min(yakin, 0.98))
        return None

    def _of_elements(self, parts: tuple[str, ...], *, other_forms: bool) -> Guess:
        best: dict[Column, _Scored] = {}
        for scored in self._readings(parts, other_forms=other_forms):
            column = Column(scored.elemen.kode, scored.choices)
            if column not in best or best[column].yakin < scored.yakin:
                best[column] = scored
        ranked = sorted(best.values(), key=lambda s: (-s.yakin, s.elemen.kode, s.choices))
        if not ranked:
            return NOTHING
        best_one = ranked[0]
        close = [s for s in ranked[1:] if s.yakin > best_one.yakin - MARGIN and not _says_less(s, best_one)]
        return Guess(best_one.meaning, best_one.yakin, tuple(s.meaning for s in close[:3]))

    def _readings(self, parts: tuple[str, ...], *, other_forms: bool) -> Iterator[_Scored]:
        """Each way to part a title into the name of an element and its choices."""
        told = tuple(p for p in parts if title_key(p) not in UNITS) or parts
        for size in range(len(told), 0, -1):
            for start in range(len(told) - size + 1):
                rest = (*told[:start], *told[start + size :])
                for yakin, elemen in self._named(
                    title_key(" ".join(told[start : start + size])), other_forms=other_forms
                ):
                    sure, choices = self._choices(elemen, rest)
                    if sure:
                        yield _Scored(yakin * sure, elemen, choices)
                    elif yakin >= _ALIKE:
                        yield _Scored(_UNDER, elemen)
        yield from self._beside_choices(title_key(" ".join(told)), other_forms=other_forms)

    def _beside_choices(self, title: str, *, other_forms: bool) -> Iterator[_Scored]:
        """ "tagana perempuan", "laki laki tagana": the name and its choices in one."""
        words = title.split()
        for count in range(1, min(_CHOICE_WORDS, len(words) - 1) + 1):
            for name, choice in (
                (words[:-count], words[-count:]),
                (words[count:], words[:count]),
            ):
                for yakin, elemen in self._named(" ".join(name), other_forms=other_forms):
                    sure, choices = self._choices(elemen, (" ".join(choice),))
                    if sure == 1 and choices and yakin >= SURE:
                        yield _Scored(yakin, elemen, choices)

    # ---------- names of elements ----------

    def _named(self, title: str, *, other_forms: bool) -> list[tuple[float, Elemen]]:
        """Elements that a name may mean, each with how surely."""
        core = _core(title)
        if not core:
            return []
        spellings = self._spellings(other_forms=other_forms)
        found: dict[str, tuple[float, Elemen]] = {}
        opposed = OPPOSED & set(core.split())
        for spelling, score, at in process.extract(
            core, [s for _, s, _ in spellings], scorer=fuzz.token_sort_ratio, score_cutoff=_LEAST * 100, limit=8
        ):
            full, _, elemen = spellings[at]
            yakin = 1.0 if full == title else 0.99 if spelling == core else min(score / 100, _ALIKE - 0.01)
            if opposed != OPPOSED & set(spelling.split()):
                yakin = min(yakin, 0.5)
            if yakin > found.get(elemen.kode, (0.0, elemen))[0]:
                found[elemen.kode] = (yakin, elemen)
        return list(found.values())

    def _spellings(self, *, other_forms: bool) -> list[tuple[str, str, Elemen]]:
        """(name as compared, its core, element)."""
        if other_forms not in self._spelled:
            self._spelled[other_forms] = [
                (title_key(text), _core(title_key(text)), e)
                for e in self._elements(other_forms=other_forms)
                for text in (e.nama, *e.alias)
            ]
        return self._spelled[other_forms]

    def _elements(self, *, other_forms: bool) -> Iterable[Elemen]:
        if self.formulir is None or self.katalog is None:
            return ()
        if not other_forms:
            return self.formulir.elemen
        return [e for e in self.katalog.elemen.values() if e.formulir != self.formulir.kode]

    # ---------- choices ----------

    def _choices(self, elemen: Elemen, parts: tuple[str, ...]) -> tuple[float, tuple[tuple[str, str], ...]]:
        """The choices that these words are, and how surely; 0 where they are none."""
        choices: dict[str, str] = {}
        yakin = 1.0
        for part in parts:
            key = title_key(part)
            if not key or key in WHOLE or key in UNITS or _is_dimension(elemen, key):
                continue
            read = _listed(elemen, part, key.split())
            if read is None:
                open_ones = [d.kode for d in elemen.rincian if d.terbuka and d.kode not in choices]
                if len(open_ones) != 1:
                    return 0.0, ()
                read, yakin = {open_ones[0]: " ".join(part.split())}, min(yakin, _OPEN)
            if read.keys() & choices.keys():
                return 0.0, ()
            choices |= read
        return yakin, tuple(sorted(choices.items()))

    # ---------- what stands over the table ----------

    def _told_apart(self, guess: Guess, context: str) -> Guess:
        """The one of several that the context names by a word the others lack."""
        likely = [m for m in (guess.meaning, *guess.others) if m is not None]
        said = f" {title_key(context)} "
        named = [m for m in likely if any(f" {w} " in said for w in self._own_words(m, likely))]
        if len(named) != 1:
            return guess
        return replace(guess, meaning=named[0], yakin=max(guess.yakin - 0.02, 0.0), others=())

    def _own_words(self, meaning: Meaning, likely: list[Meaning]) -> set[str]:
        """What only this one of them is called: words of its name, and what other names have beside words that others have too."""
        elements = {m: e for m in likely if (e := self._element(m)) is not None}
        if meaning not in elements:
            return set()
        others = [e for m, e in elements.items() if m != meaning]
        shared = NOISE.union(*(title_key(e.nama).split() for e in others))
        also_others = {title_key(a) for e in others for a in e.alias}
        own = elements[meaning]
        phrases = (
            " ".join(w for w in title_key(a).split() if w not in shared)
            for a in own.alias
            if title_key(a) not in also_others
        )
        return ({*title_key(own.nama).split(), *phrases} - shared) - {""}

    def _element(self, meaning: Meaning) -> Elemen | None:
        if self.katalog is None or meaning.column is None:
            return None
        return self.katalog.elemen.get(meaning.column.elemen)


def _says_less(scored: _Scored, best: _Scored) -> bool:
    """Whether it is the same element, with a word passed over that the better one, by its exact name, knows for a choice."""
    return best.yakin > _ALIKE and scored.elemen is best.elemen and set(scored.choices) < set(best.choices)


def _core(title: str) -> str:
    """Without what changes nothing about what is counted; all of it where nothing else is said."""
    words = title.split()
    return " ".join(sorted(w for w in words if w not in NOISE) or sorted(words))


def _is_dimension(elemen: Elemen, key: str) -> bool:
    return any(key in (title_key(d.kode), title_key(d.nama), f"menurut {title_key(d.nama)}") for d in elemen.rincian)


def _listed(elemen: Elemen, text: str, words: list[str]) -> dict[str, str] | None:
    """Breakdown → listed choice, for words that are one choice or several one after the other; None where they are not, or may be
    of two breakdowns."""
    of = _of_each(elemen, text)
    if len(of) == 1:
        return of
    if of or len(words) < 2:
        return None
    for at in range(1, len(words)):
        first = _of_each(
            elemen, " ".join(words[:at])
        )  # a single one: else a sentence takes twice as long with every word
        rest = _listed(elemen, " ".join(words[at:]), words[at:]) if len(first) == 1 else None
        if rest is not None and not first.keys() & rest.keys():
            return first | rest
    return None


def _of_each(elemen: Elemen, text: str) -> dict[str, str]:
    """Breakdown → the choice of it that a text is."""
    return {d.kode: p for d in elemen.rincian if (p := d.listed(text)) is not None}


def _fault(match: "re.Match[str]") -> str | None:
    """What is wrong with how the choices in its brackets are written."""
    try:
        read_rincian(match["rincian"] or "") if (match["rincian"] or "").strip() else ()
    except ValueError as error:
        return str(error)
    return None


def _column(match: "re.Match[str]") -> Column:
    written = match["rincian"] or ""
    if not written.strip():
        return Column(match["elemen"])
    try:
        return Column(match["elemen"], read_rincian(written))
    except ValueError:
        return Column(match["elemen"])
