"""The regions a reporter may name, for a file of many names: each distinct name is looked up once, what is near it is found in an
index and not by going through all of them, and once thousands of names fit nothing, no more is guessed."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from functools import cached_property

from rapidfuzz import fuzz, process
from rapidfuzz.distance import DamerauLevenshtein

from hub.base import kode as kode_wilayah
from hub.base.kode import Level
from hub.base.region_names import name_key
from hub.wilayah.near_names import MARGIN, SHORTEST, marks, nearest, tolerance
from hub.wilayah.region_list import NoMatchError, RegionList, RegionMatch

_GUESSED = 2_000  # names that fit nothing for which likely ones are sought: such a file is of some other place
_LONGEST = 200  # letters: what is longer is no name


@dataclass(frozen=True, slots=True)
class _Candidates:
    """Regions a name may mean. `spelled`: their names and other spellings, `keys`: these as compared, `codes_of`: of each of these its
    code."""

    codes: list[str]
    names: list[str]
    spelled: list[str]
    keys: list[str]
    codes_of: list[str]


@dataclass(frozen=True, slots=True)
class _Misfit:
    """What NoMatchError says, without what an error that was raised holds on to: all of the file it came up in."""

    cause: str
    suggestions: tuple[str, ...]


class RegionIndex(RegionList):
    """The same answers as RegionList's, sooner; without suggestions after so many names that fit nothing."""

    def match_name(self, name: str, kecamatan: str | None) -> RegionMatch:
        known = self._known_names.get((name, kecamatan))
        if known is None:
            known = self._known_names[name, kecamatan] = _kept(super().match_name, name, kecamatan)
        return _told(known)

    def match_kode(self, text: str) -> RegionMatch:
        known = self._known_codes.get(text)
        if known is None:
            known = self._known_codes[text] = _kept(super().match_kode, text)
        return _told(known)

    def count(self, level: Level, within: str | None = None, kinds: Collection[str] = ()) -> int:
        key = level, within, tuple(kinds)
        known = self._known_counts.get(key)
        if known is None:
            known = self._known_counts[key] = super().count(level, within, kinds)
        return known

    @property
    def has_guessed(self) -> bool:
        """Whether likely regions were sought for what fits none."""
        return self._guesses > 0

    def codes_named(self, name: str) -> Collection[str]:
        """Codes of the regions of that name or spelling, at any level."""
        return self._by_name.get(name_key(name), ())

    # ---------- what RegionList asks of itself ----------

    def _kecamatan(self, text: str) -> RegionMatch:
        known = self._known_kecamatan.get(text)
        if known is None:
            known = self._known_kecamatan[text] = _kept(super()._kecamatan, text)
        return _told(known)

    def _near(self, name: str, level: int | None, within: str | None) -> list[str]:
        key, marked = name_key(name), marks(name)
        if not SHORTEST <= len(key) <= _LONGEST:
            return []
        among, limit = self._candidates(level, within), tolerance(key)
        found = process.extract(
            key, among.keys, scorer=DamerauLevenshtein.distance, score_cutoff=limit + MARGIN, limit=None, processor=None
        )
        fitting = (
            (among.codes_of[i], int(distance))
            for other, distance, i in found
            if len(other) >= SHORTEST and marks(among.spelled[i]) == marked
        )
        return nearest(fitting, limit)

    def _similar_names(self, name: str, level: int | None, within: str | None) -> list[str]:
        if len(name) > _LONGEST or not self._may_guess():
            return []
        among = self._candidates(level, within)
        found = process.extract(name, among.names, scorer=fuzz.WRatio, limit=3, score_cutoff=55)
        return [self._label(among.codes[i]) for _, _, i in found]

    def _similar_kode(self, kode: str) -> list[str]:
        if not self._may_guess():
            return []
        beside = self._children.get(kode_wilayah.parent_of(kode), [])
        return [self._label(k) for k, _, _ in process.extract(kode, beside, limit=2, score_cutoff=80)]

    # ---------- the index ----------

    @cached_property
    def _known_names(self) -> dict[tuple[str, str | None], RegionMatch | _Misfit]:
        return {}

    @cached_property
    def _known_counts(self) -> dict[tuple[Level, str | None, tuple[str, ...]], int]:
        return {}

    @cached_property
    def _known_codes(self) -> dict[str, RegionMatch | _Misfit]:
        return {}

    @cached_property
    def _known_kecamatan(self) -> dict[str, RegionMatch | _Misfit]:
        return {}

    @cached_property
    def _known_candidates(self) -> dict[tuple[int | None, str | None], _Candidates]:
        return {}

    @cached_property
    def _children(self) -> dict[str | None, list[str]]:
        children: dict[str | None, list[str]] = defaultdict(list)
        for kode in self.in_force:
            children[kode_wilayah.parent_of(kode)].append(kode)
        return children

    def _among(self, level: int | None, within: str | None) -> list[str]:
        below: Iterable[str] = self.in_force if within is None else self._children.get(within, ())
        return [k for k in below if k != self.pelapor and (level is None or kode_wilayah.level_of(k) == level)]

    def _candidates(self, level: int | None, within: str | None) -> _Candidates:
        """Of a kecamatan its desa; None: everything below the reporter."""
        if (level, within) not in self._known_candidates:
            those = self._among(level, within)
            spelled = [(k, n) for k in those for n in (self.in_force[k].nama, *self.in_force[k].alias)]
            self._known_candidates[level, within] = _Candidates(
                those,
                [self.in_force[k].nama for k in those],
                [n for _, n in spelled],
                [name_key(n) for _, n in spelled],
                [k for k, _ in spelled],
            )
        return self._known_candidates[level, within]

    _guesses = 0

    def _may_guess(self) -> bool:
        self._guesses += 1
        return self._guesses <= _GUESSED


def _kept(look_up: Callable[..., RegionMatch], *arguments: str | None) -> RegionMatch | _Misfit:
    try:
        return look_up(*arguments)
    except NoMatchError as misfit:
        return _Misfit(misfit.cause, misfit.suggestions)


def _told(known: RegionMatch | _Misfit) -> RegionMatch:
    if isinstance(known, _Misfit):
        raise NoMatchError(known.cause, known.suggestions)
    return known
