"""The regions a reporter may report on in one period, found by code or by name as people write it.

Nothing is ever created from a name. A spelling that is off by a letter is taken only where it can mean one region
and no other is nearly as near, and then with a warning; everything else is an error with suggestions. What is suggested,
"53.14.01.2005 Oeseli", is understood wherever a region may be named.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

from rapidfuzz import fuzz, process
from rapidfuzz.distance import DamerauLevenshtein

from hub.base import kode as kode_wilayah
from hub.base.kode import Level
from hub.base.region_names import level_of_prefix, name_key, without_prefix
from hub.wilayah.near_names import MARGIN, SHORTEST, label_parts, marks, nearest, tolerance

# Words that begin the name of an institution, which people write into the column of regions.
_INSTITUTION_WORDS = ("panti", "lks", "yayasan", "rumah singgah", "gudang", "puskesos", "slb", "lk3", "upt")
_ALIKE = 60.0  # 0-100; two spellings of one name are rarely less alike
_MOST_NAMED = 5  # regions that a spelling may mean


@dataclass(frozen=True, slots=True)
class DatedWilayah:
    """A region of the reporter at any time. `alias`: other spellings. `sampai`: first day no longer in force. `former`: the names
    it bore before `nama`, the oldest first, each with the first day it no longer bore it."""

    kode: str
    sejak: date
    sampai: date | None
    nama: str
    alias: tuple[str, ...] = ()
    former: tuple[tuple[date, str], ...] = ()

    def named_on(self, as_of: date) -> "DatedWilayah":
        """With the name it bore on that day; the one it bears is a spelling of it then."""
        if not self.former:
            return self
        name = next((name for until, name in self.former if as_of < until), self.nama)
        return self if name == self.nama else replace(self, nama=name, alias=(*self.alias, self.nama))

    def is_in_force(self, as_of: date) -> bool:
        return self.sejak <= as_of and (self.sampai is None or as_of < self.sampai)


@dataclass(frozen=True, slots=True)
class RegionMatch:
    """What a written place turned out to be. `deviation`: kind of deviation, None when it was exact."""

    kode: str
    nama: str
    deviation: str | None = None


class NoMatchError(Exception):
    """`cause`: TAK_DIKENAL, DI_LUAR, TIDAK_BERLAKU, RANGKAP or LEMBAGA; `suggestions`: likely codes with names."""

    def __init__(self, cause: str, suggestions: Iterable[str] = ()) -> None:
        super().__init__(cause)
        self.cause = cause
        self.suggestions = tuple(suggestions)


class RegionList:
    """`pelapor`: the code all regions lie below; `as_of`: the last day of the period; `lineage`: (old, new) codes."""

    def __init__(
        self, pelapor: str, as_of: date, wilayah: Iterable[DatedWilayah], lineage: Iterable[tuple[str, str]] = ()
    ) -> None:
        self.pelapor = pelapor
        self.as_of = as_of
        all_wilayah = list(wilayah)
        self.in_force = {w.kode: w.named_on(as_of) for w in all_wilayah if w.is_in_force(as_of)}
        self._at_any_time = {w.kode: w for w in all_wilayah}
        self._counterparts: dict[str, set[str]] = defaultdict(set)
        for old, new in lineage:
            self._counterparts[old].add(new)
            self._counterparts[new].add(old)

    @cached_property
    def names(self) -> dict[str, str]:
        """Code → name, of all in force."""
        return {kode: w.nama for kode, w in self.in_force.items()}

    @cached_property
    def _by_name(self) -> dict[str, set[str]]:
        """Only where somebody writes names: most write codes."""
        by_name: dict[str, set[str]] = defaultdict(set)
        for w in self.in_force.values():
            for name in (w.nama, *w.alias):
                by_name[name_key(name)].add(w.kode)
        return by_name

    def count(self, level: Level, within: str | None = None, kinds: Collection[str] = ()) -> int:
        """How many regions of that level are in force in the period, below `within` (default: the reporter). `kinds`: only those."""
        return sum(
            kode_wilayah.level_of(k) == level
            and kode_wilayah.is_within(k, within or self.pelapor)
            and (not kinds or kode_wilayah.kind_of(k) in kinds)
            for k in self.in_force
        )

    def at_level(self, level: Level) -> list[DatedWilayah]:
        return [w for k, w in sorted(self.in_force.items()) if kode_wilayah.level_of(k) == level]

    def match_kode(self, text: str) -> RegionMatch:
        """A region by its code. A code of another time counts as the one region it came from or became."""
        kode = kode_wilayah.dotted(text)
        if kode in self.in_force:
            return RegionMatch(kode, self.in_force[kode].nama)
        if not kode_wilayah.is_valid(kode):
            if (label := self._label_in(text)) is not None:
                return self._labelled(*label)
            raise NoMatchError("BUKAN_KODE")
        if not kode_wilayah.is_within(kode, self.pelapor):
            raise NoMatchError("DI_LUAR")
        counterparts = sorted(k for k in self._counterparts.get(kode, ()) if k in self.in_force)
        if len(counterparts) == 1:
            return RegionMatch(counterparts[0], self.in_force[counterparts[0]].nama, "KODE_LAIN_MASA")
        if kode in self._at_any_time:
            raise NoMatchError("TIDAK_BERLAKU", [self._label(k) for k in counterparts])
        raise NoMatchError("TAK_DIKENAL", self._similar_kode(kode))

    def borne_by_another(self, kode: str, name: str) -> str | None:
        """The region that bears the name written beside the code of one in force, code and name; None where it fits that one too, or
        is nobody's."""
        for written in (name, without_prefix(name)):
            namesakes = self._namesakes(written, kode_wilayah.level_of(kode), None)
            if kode in namesakes:
                return None
            if namesakes:
                return self._label(min(namesakes))
        return None

    def in_other_kecamatan(self, name: str, kecamatan: str) -> tuple[str, str] | None:
        """The region of exactly that name in another kecamatan than the one that was written beside it: its code and name, and the name
        of that other kecamatan; None where there is none, or more than one."""
        try:
            match, parent = self.match_name(name, None), self.match_name("", kecamatan)
        except NoMatchError:
            return None
        other = kode_wilayah.parent_of(match.kode)
        if match.deviation is not None or other is None or other not in self.in_force or other == parent.kode:
            return None
        return self._label(match.kode), self.in_force[other].nama

    def other_kecamatan(self, kode: str, kecamatan: str) -> str | None:
        """The code of the kecamatan that was written beside the code of a region, where that one does not lie in it."""
        try:
            parent = self.match_name("", kecamatan)
        except NoMatchError:
            return None
        is_kecamatan = kode_wilayah.level_of(parent.kode) is Level.KECAMATAN
        return parent.kode if is_kecamatan and not kode_wilayah.is_within(kode, parent.kode) else None

    def is_unlike(self, kode: str, name: str) -> bool:
        """Whether the name written beside the code of a region in force is neither a spelling of that one's nor a name of what it lies
        in or what lies in it; a name without letters says nothing."""
        written = {key for n in (name, without_prefix(name)) if any(h.isalpha() for h in n) and (key := name_key(n))}
        w = self.in_force[kode]
        own = [name_key(n) for n in (w.nama, *w.alias)]
        if not written or any(fuzz.ratio(a, b) >= _ALIKE for a in written for b in own):
            return False
        namesakes = {k for key in written for k in self._by_name.get(key, ())}
        return not any(kode_wilayah.is_within(k, kode) or kode_wilayah.is_within(kode, k) for k in namesakes)

    def match_name(self, name: str, kecamatan: str | None) -> RegionMatch:
        """A region by name, with its kecamatan where the sender gave one.

        A name spelled exactly so wins over one that is the same but for spaces ("Ndao Nuse" is the kecamatan,
        "Ndaonuse" the desa); a written prefix ("Kec.", "Desa") decides the level.
        """
        within, kecamatan_deviation = None, None
        if kecamatan:
            parent = self._kecamatan(kecamatan)
            within, kecamatan_deviation = parent.kode, parent.deviation
        if (label := self._label_in(name)) is not None:
            match = self._labelled(*label)
            if within is not None and not kode_wilayah.is_within(match.kode, within):
                raise NoMatchError("TAK_DIKENAL", [self._label(match.kode)])
            return match
        plain, level = name, None
        namesakes = self._namesakes(name, None, within)
        if (
            not namesakes
        ):  # a name may itself begin with such a word; only when it does not stand as written is it a prefix
            plain, level = without_prefix(name), level_of_prefix(name)
            namesakes = self._namesakes(plain, level, within)
        if within is not None and not plain:
            return RegionMatch(within, self.in_force[within].nama, kecamatan_deviation)
        exact = [k for k in namesakes if self._same_letters(k, plain)] or namesakes
        if within is not None and len(exact) > 1:
            exact = [k for k in exact if k != within]  # a desa that bears its kecamatan's name
        if len(exact) == 1:
            return RegionMatch(exact[0], self.in_force[exact[0]].nama, kecamatan_deviation)
        if exact:
            raise NoMatchError("RANGKAP", [self._label(k) for k in sorted(exact)])
        if self._is_institution(name):
            raise NoMatchError("LEMBAGA")
        if within is not None and (elsewhere := self._namesakes(plain, level, None)):
            # its name is that of a region of another kecamatan: one of the two is wrong, whatever is spelled like it here
            near = self._near(plain, level, within)
            raise NoMatchError("TAK_DIKENAL", [self._label(k) for k in (*elsewhere, *near)][:_MOST_NAMED])
        return self._by_spelling(plain, level, within)

    def _label_in(self, text: str) -> tuple[str, str] | None:
        """A code with its name; "35 Ilir" is none where 35 is no region of the reporter, or another one."""
        label = label_parts(text) if text[:1].isdigit() or text[:1].isspace() else None
        if label is None or ("." not in label[0] and not self._bears(label[0], label[1])):
            return None
        return label

    def _labelled(self, kode: str, name: str) -> RegionMatch:
        """The region of a code with a name beside it, where they agree."""
        match = self.match_kode(kode)
        if self._bears(match.kode, name) or self._bears(match.kode, without_prefix(name)):
            return match
        other = self.borne_by_another(match.kode, name)
        label = self._label(match.kode)
        raise NoMatchError("TAK_DIKENAL" if other is None else "RANGKAP", [label] if other is None else [label, other])

    def _bears(self, kode: str, name: str) -> bool:
        w = self.in_force.get(kode)
        return w is not None and name_key(name) in (name_key(n) for n in (w.nama, *w.alias))

    def _namesakes(self, name: str, level: int | None, within: str | None) -> list[str]:
        """Regions of that name; of that level and of that kecamatan (or the kecamatan itself), where given."""
        return self._by_right(
            name,
            [
                k
                for k in self._by_name.get(name_key(name), ())
                if (level is None or kode_wilayah.level_of(k) == level)
                and (within is None or k == within or kode_wilayah.parent_of(k) == within)
            ],
        )

    def _by_right(self, name: str, codes: list[str]) -> list[str]:
        """Without those of which it is only a spelling, or the name of another day, where one of their level bears it on this one."""
        key = name_key(name)
        bearers = {k for k in codes if name_key(self.in_force[k].nama) == key}
        levels = {kode_wilayah.level_of(k) for k in bearers}
        return [k for k in codes if k in bearers or kode_wilayah.level_of(k) not in levels]

    def _same_letters(self, kode: str, name: str) -> bool:
        w = self.in_force[kode]
        return name.casefold() in (n.casefold() for n in (w.nama, *w.alias))

    def _kecamatan(self, text: str) -> RegionMatch:
        if kode_wilayah.is_valid(kode_wilayah.dotted(text)):
            return self.match_kode(text)
        if (label := self._label_in(text)) is not None:
            return self._labelled(*label)
        kecamatan = self._all_kecamatan
        plain = without_prefix(text)
        for name in (text, plain):
            namesakes = self._by_right(name, [k for k in self._by_name.get(name_key(name), ()) if k in kecamatan])
            exact = [k for k in namesakes if self._same_letters(k, name)] or namesakes
            if len(exact) == 1:
                return RegionMatch(exact[0], kecamatan[exact[0]].nama)
        # "Barat Laut" for "Rote Barat Laut": the last words, two or more, of one name and of no other
        words = plain.casefold().split()
        partial = [
            k for k, w in kecamatan.items() if len(words) > 1 and w.nama.casefold().split()[-len(words) :] == words
        ]
        if len(partial) == 1:
            return RegionMatch(partial[0], kecamatan[partial[0]].nama, "NAMA_MIRIP")
        near = self._near(plain, Level.KECAMATAN, None)
        if len(near) == 1:
            return RegionMatch(near[0], kecamatan[near[0]].nama, "NAMA_MIRIP")
        raise self._unclear(plain, near, Level.KECAMATAN, None)

    @cached_property
    def _all_kecamatan(self) -> dict[str, DatedWilayah]:
        return {k: w for k, w in self.in_force.items() if kode_wilayah.level_of(k) == Level.KECAMATAN}

    def _by_spelling(self, name: str, level: int | None, within: str | None) -> RegionMatch:
        near = self._near(name, level, within)
        if len(near) == 1:
            return RegionMatch(near[0], self.in_force[near[0]].nama, "NAMA_MIRIP")
        raise self._unclear(name, near, level, within)

    def _unclear(self, name: str, near: Sequence[str], level: int | None, within: str | None) -> NoMatchError:
        """Of a name that may be several regions' these, of one that is nobody's what resembles it."""
        if near:
            return NoMatchError("RANGKAP", [self._label(k) for k in near[:_MOST_NAMED]])
        return NoMatchError("TAK_DIKENAL", self._similar_names(name, level, within))

    def _among(self, level: int | None, within: str | None) -> list[str]:
        """Codes of the regions a misspelled name may mean: of that level, in that kecamatan, where these are told."""
        return [
            k
            for k in self.in_force
            if k != self.pelapor
            and (within is None or kode_wilayah.parent_of(k) == within)
            and (level is None or kode_wilayah.level_of(k) == level)
        ]

    def _near(self, name: str, level: int | None, within: str | None) -> list[str]:
        """Regions whose name differs by one letter at most (two in names longer than nine letters), and those that are nearly as near;
        the numbers in it are the same."""
        key, marked = name_key(name), marks(name)
        if len(key) < SHORTEST:
            return []
        limit = tolerance(key)
        distances = (
            (k, DamerauLevenshtein.distance(key, other, score_cutoff=limit + MARGIN))
            for k in self._among(level, within)
            for n in (self.in_force[k].nama, *self.in_force[k].alias)
            if len(other := name_key(n)) >= SHORTEST and marks(n) == marked
        )
        return nearest(((k, d) for k, d in distances if d <= limit + MARGIN), limit)

    def _similar_names(self, name: str, level: int | None, within: str | None) -> list[str]:
        choices = {k: self.in_force[k].nama for k in self._among(level, within)}
        found = process.extract(name, choices, scorer=fuzz.WRatio, limit=3, score_cutoff=55)
        return [self._label(k) for _, _, k in found]

    def _similar_kode(self, kode: str) -> list[str]:
        parent = kode_wilayah.parent_of(kode)
        siblings = [k for k in self.in_force if kode_wilayah.parent_of(k) == parent]
        return [self._label(k) for _, _, k in process.extract(kode, {k: k for k in siblings}, limit=2, score_cutoff=80)]

    def _label(self, kode: str) -> str:
        return f"{kode} {self.in_force[kode].nama}"

    @staticmethod
    def _is_institution(name: str) -> bool:
        return name.strip().casefold().startswith(_INSTITUTION_WORDS)
