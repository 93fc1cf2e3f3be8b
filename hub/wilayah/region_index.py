"""The regions a reporter may name, for a file of many names: each distinct name is looked up once, what is near it is found in an
index and not by going through all of them, and once thousands of names fit nothing, no more is guessed."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from functools import cached_property

from rapidfuzz import fuzz, process
from rapidfuzz.distance import DamerauLevenshtein

from hub.base import kode as kode_wilayah
from hub.base.region_names import name_key
from hub.wilayah.region_list import NoMatchError, RegionList, RegionMatch

_GUESSED = 2_000  # names that fit nothing for which likely ones are sought: such a file is of some other place
_LONGEST = 200  # letters: what is longer is no name


@dataclass(frozen=True, slots=True)
class _Candidates:
    """Regions a name may mean. `keys`: their names and other spellings as compared, `codes_of`: of each of these its code."""

    codes: list[str]
    names: list[str]
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

    def codes_named(self, name: str) -> Collection[str]:
        """Codes of the regions of that name or spelling, at any level."""
        return self._by_name.get(name_key(name), ())

    # ---------- what RegionList asks of itself ----------

    def _kecamatan(self, text: str) -> RegionMatch:
        known = self._known_kecamatan.get(text)
        if known is None:
            known = self._known_kecamatan[text] = _kept(super()._kecamatan, text)
        return _told(known)

    def _by_spelling(self, name: str, within: str | None) -> RegionMatch:
        near = self._nearest(name, self._below(within))
        if len(near) == 1:
            return RegionMatch(near[0], self.in_force[near[0]].nama, "NAMA_MIRIP")
        raise NoMatchError("RANGKAP" if near else "TAK_DIKENAL", self._likely(name, self._below(within)))

    def _near(self, name: str, candidates: Iterable[str]) -> list[str]:
        return self._nearest(name, self._candidates("", candidates))

    def _similar_names(self, name: str, candidates: Iterable[str]) -> list[str]:
        return self._likely(name, self._candidates("", candidates))

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
    def _known_codes(self) -> dict[str, RegionMatch | _Misfit]:
        return {}

    @cached_property
    def _known_kecamatan(self) -> dict[str, RegionMatch | _Misfit]:
        return {}

    @cached_property
    def _known_candidates(self) -> dict[str, _Candidates]:
        return {}

    @cached_property
    def _children(self) -> dict[str | None, list[str]]:
        children: dict[str | None, list[str]] = defaultdict(list)
        for kode in self.in_force:
            children[kode_wilayah.parent_of(kode)].append(kode)
        return children

    def _below(self, within: str | None) -> _Candidates:
        """Of a kecamatan its desa; None: everything below the reporter."""
        if within is None:
            return self._candidates("*", (k for k in self.in_force if k != self.pelapor))
        return self._candidates(within, (k for k in self._children.get(within, ()) if k != self.pelapor))

    def _candidates(self, name: str, codes: Iterable[str]) -> _Candidates:
        """`name`: under which they are kept; "" stands for the kecamatan."""
        if name not in self._known_candidates:
            those = list(codes)
            spelled = [(k, name_key(n)) for k in those for n in (self.in_force[k].nama, *self.in_force[k].alias)]
            self._known_candidates[name] = _Candidates(
                those, [self.in_force[k].nama for k in those], [n for _, n in spelled], [k for k, _ in spelled]
            )
        return self._known_candidates[name]

    def _nearest(self, name: str, among: _Candidates) -> list[str]:
        """Regions whose name differs by one letter at most (two in names longer than nine letters)."""
        key = name_key(name)
        if not 5 <= len(key) <= _LONGEST:
            return []
        limit = 2 if len(key) > 9 else 1
        found = process.extract(
            key, among.keys, scorer=DamerauLevenshtein.distance, score_cutoff=limit, limit=None, processor=None
        )
        closest = min((distance for _, distance, _ in found), default=0)
        return sorted({among.codes_of[i] for _, distance, i in found if distance == closest})

    def _likely(self, name: str, among: _Candidates) -> list[str]:
        if len(name) > _LONGEST or not self._may_guess():
            return []
        found = process.extract(name, among.names, scorer=fuzz.WRatio, limit=3, score_cutoff=55)
        return [self._label(among.codes[i]) for _, _, i in found]

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
