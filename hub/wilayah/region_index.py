"""The regions a reporter may name, for a file of many names: each distinct name is looked up once, what is near it is found in an
index and not by going through all of them, and once thousands of names fit nothing, no more is guessed."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from functools import cached_property

from rapidfuzz import fuzz, process
from rapidfuzz.distance import DamerauLevenshtein

from hub.base import kode as kode_wilayah
from hub.base.nama import kunci_nama
from hub.wilayah.daftar import Cocok, DaftarWilayah, TakCocokError

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
    """What TakCocokError says, without what an error that was raised holds on to: all of the file it came up in."""

    sebab: str
    usulan: tuple[str, ...]


class RegionIndex(DaftarWilayah):
    """The same answers as DaftarWilayah's, sooner; without suggestions after so many names that fit nothing."""

    def dari_nama(self, nama: str, kecamatan: str | None) -> Cocok:
        known = self._known_names.get((nama, kecamatan))
        if known is None:
            known = self._known_names[nama, kecamatan] = _kept(super().dari_nama, nama, kecamatan)
        return _told(known)

    def dari_kode(self, teks: str) -> Cocok:
        known = self._known_codes.get(teks)
        if known is None:
            known = self._known_codes[teks] = _kept(super().dari_kode, teks)
        return _told(known)

    def bernama(self, nama: str) -> Collection[str]:
        """Codes of the regions of that name or spelling, at any level."""
        return self._nama.get(kunci_nama(nama), ())

    # ---------- what DaftarWilayah asks of itself ----------

    def _kecamatan(self, teks: str) -> Cocok:
        known = self._known_kecamatan.get(teks)
        if known is None:
            known = self._known_kecamatan[teks] = _kept(super()._kecamatan, teks)
        return _told(known)

    def _ejaan(self, nama: str, di: str | None) -> Cocok:
        near = self._nearest(nama, self._below(di))
        if len(near) == 1:
            return Cocok(near[0], self.berlaku[near[0]].nama, "NAMA_MIRIP")
        raise TakCocokError("RANGKAP" if near else "TAK_DIKENAL", self._likely(nama, self._below(di)))

    def _dekat(self, nama: str, calon: Iterable[str]) -> list[str]:
        return self._nearest(nama, self._candidates("", calon))

    def _mirip_nama(self, nama: str, calon: Iterable[str]) -> list[str]:
        return self._likely(nama, self._candidates("", calon))

    def _mirip_kode(self, kode: str) -> list[str]:
        if not self._may_guess():
            return []
        beside = self._children.get(kode_wilayah.induk(kode), [])
        return [self._sebut(k) for k, _, _ in process.extract(kode, beside, limit=2, score_cutoff=80)]

    # ---------- the index ----------

    @cached_property
    def _known_names(self) -> dict[tuple[str, str | None], Cocok | _Misfit]:
        return {}

    @cached_property
    def _known_codes(self) -> dict[str, Cocok | _Misfit]:
        return {}

    @cached_property
    def _known_kecamatan(self) -> dict[str, Cocok | _Misfit]:
        return {}

    @cached_property
    def _known_candidates(self) -> dict[str, _Candidates]:
        return {}

    @cached_property
    def _children(self) -> dict[str | None, list[str]]:
        children: dict[str | None, list[str]] = defaultdict(list)
        for kode in self.berlaku:
            children[kode_wilayah.induk(kode)].append(kode)
        return children

    def _below(self, di: str | None) -> _Candidates:
        """Of a kecamatan its desa; None: everything below the reporter."""
        if di is None:
            return self._candidates("*", (k for k in self.berlaku if k != self.pelapor))
        return self._candidates(di, (k for k in self._children.get(di, ()) if k != self.pelapor))

    def _candidates(self, name: str, codes: Iterable[str]) -> _Candidates:
        """`name`: under which they are kept; "" stands for the kecamatan."""
        if name not in self._known_candidates:
            those = list(codes)
            spelled = [(k, kunci_nama(n)) for k in those for n in (self.berlaku[k].nama, *self.berlaku[k].alias)]
            self._known_candidates[name] = _Candidates(
                those, [self.berlaku[k].nama for k in those], [n for _, n in spelled], [k for k, _ in spelled]
            )
        return self._known_candidates[name]

    def _nearest(self, nama: str, among: _Candidates) -> list[str]:
        """Regions whose name differs by one letter at most (two in names longer than nine letters)."""
        key = kunci_nama(nama)
        if not 5 <= len(key) <= _LONGEST:
            return []
        limit = 2 if len(key) > 9 else 1
        found = process.extract(
            key, among.keys, scorer=DamerauLevenshtein.distance, score_cutoff=limit, limit=None, processor=None
        )
        closest = min((distance for _, distance, _ in found), default=0)
        return sorted({among.codes_of[i] for _, distance, i in found if distance == closest})

    def _likely(self, nama: str, among: _Candidates) -> list[str]:
        if len(nama) > _LONGEST or not self._may_guess():
            return []
        found = process.extract(nama, among.names, scorer=fuzz.WRatio, limit=3, score_cutoff=55)
        return [self._sebut(among.codes[i]) for _, _, i in found]

    _guesses = 0

    def _may_guess(self) -> bool:
        self._guesses += 1
        return self._guesses <= _GUESSED


def _kept(look_up: Callable[..., Cocok], *arguments: str | None) -> Cocok | _Misfit:
    try:
        return look_up(*arguments)
    except TakCocokError as misfit:
        return _Misfit(misfit.sebab, misfit.usulan)


def _told(known: Cocok | _Misfit) -> Cocok:
    if isinstance(known, _Misfit):
        raise TakCocokError(known.sebab, known.usulan)
    return known
