"""The regions a reporter may report on in one period, found by code or by name as people write it.

Nothing is ever created from a name. A spelling that is off by a letter is taken only where it can mean one region
and no other, and then with a warning; everything else is an error with suggestions.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from rapidfuzz import fuzz, process
from rapidfuzz.distance import DamerauLevenshtein

from hub.base import kode as kode_wilayah
from hub.base.kode import Tingkat
from hub.base.nama import kunci_nama, tanpa_awalan, tingkat_awalan

# Words that begin the name of an institution, which people write into the column of regions.
_LEMBAGA = ("panti", "lks", "yayasan", "rumah singgah", "gudang", "puskesos", "slb", "lk3", "upt")


@dataclass(frozen=True, slots=True)
class WilayahSah:
    """A region of the reporter at any time. `alias`: other spellings. `sampai`: first day no longer in force."""

    kode: str
    sejak: date
    sampai: date | None
    nama: str
    alias: tuple[str, ...] = ()

    def berlaku(self, pada: date) -> bool:
        return self.sejak <= pada and (self.sampai is None or pada < self.sampai)


@dataclass(frozen=True, slots=True)
class Cocok:
    """What a written place turned out to be. `catatan`: kind of deviation, None when it was exact."""

    kode: str
    nama: str
    catatan: str | None = None


class TakCocokError(Exception):
    """`sebab`: TAK_DIKENAL, DI_LUAR, TIDAK_BERLAKU, RANGKAP or LEMBAGA; `usulan`: likely codes with names."""

    def __init__(self, sebab: str, usulan: Iterable[str] = ()) -> None:
        super().__init__(sebab)
        self.sebab = sebab
        self.usulan = tuple(usulan)


class DaftarWilayah:
    """`pelapor`: the code all regions lie below; `pada`: the last day of the period; `silsilah`: (old, new) codes."""

    def __init__(
        self, pelapor: str, pada: date, wilayah: Iterable[WilayahSah], silsilah: Iterable[tuple[str, str]] = ()
    ) -> None:
        self.pelapor = pelapor
        self.pada = pada
        semua = list(wilayah)
        self.berlaku = {w.kode: w for w in semua if w.berlaku(pada)}
        self._pernah = {w.kode: w for w in semua}
        self._pengganti: dict[str, set[str]] = defaultdict(set)
        for lama, baru in silsilah:
            self._pengganti[lama].add(baru)
            self._pengganti[baru].add(lama)
        self._nama: dict[str, set[str]] = defaultdict(set)
        for w in self.berlaku.values():
            for nama in (w.nama, *w.alias):
                self._nama[kunci_nama(nama)].add(w.kode)

    def banyak(self, tingkat: Tingkat, di: str | None = None) -> int:
        """How many regions of that level are in force in the period, below `di` (default: the reporter)."""
        return sum(
            kode_wilayah.tingkat(k) == tingkat and kode_wilayah.di_dalam(k, di or self.pelapor) for k in self.berlaku
        )

    def pada_tingkat(self, tingkat: Tingkat) -> list[WilayahSah]:
        return [w for k, w in sorted(self.berlaku.items()) if kode_wilayah.tingkat(k) == tingkat]

    def dari_kode(self, teks: str) -> Cocok:
        """A region by its code. A code of another time counts as the one region it came from or became."""
        kode = kode_wilayah.rapikan(teks)
        if kode in self.berlaku:
            return Cocok(kode, self.berlaku[kode].nama)
        if not kode_wilayah.sah(kode):
            raise TakCocokError("BUKAN_KODE")
        if not kode_wilayah.di_dalam(kode, self.pelapor):
            raise TakCocokError("DI_LUAR")
        padanan = sorted(k for k in self._pengganti.get(kode, ()) if k in self.berlaku)
        if len(padanan) == 1:
            return Cocok(padanan[0], self.berlaku[padanan[0]].nama, "KODE_LAIN_MASA")
        if kode in self._pernah:
            raise TakCocokError("TIDAK_BERLAKU", [self._sebut(k) for k in padanan])
        raise TakCocokError("TAK_DIKENAL", self._mirip_kode(kode))

    def dari_nama(self, nama: str, kecamatan: str | None) -> Cocok:
        """A region by name, with its kecamatan where the sender gave one.

        A name spelled exactly so wins over one that is the same but for spaces ("Ndao Nuse" is the kecamatan,
        "Ndaonuse" the desa); a written prefix ("Kec.", "Desa") decides the level.
        """
        di, catatan_kec = None, None
        if kecamatan:
            induk = self._kecamatan(kecamatan)
            di, catatan_kec = induk.kode, induk.catatan
        polos, tingkat = nama, None
        sama = self._senama(nama, None, di)
        if not sama:  # a name may itself begin with such a word; only when it does not stand as written is it a prefix
            polos, tingkat = tanpa_awalan(nama), tingkat_awalan(nama)
            sama = self._senama(polos, tingkat, di)
        if di is not None and not polos:
            return Cocok(di, self.berlaku[di].nama, catatan_kec)
        tepat = [k for k in sama if self._sama_huruf(k, polos)] or sama
        if di is not None and len(tepat) > 1:
            tepat = [k for k in tepat if k != di]  # a desa that bears its kecamatan's name
        if len(tepat) == 1:
            return Cocok(tepat[0], self.berlaku[tepat[0]].nama, catatan_kec)
        if tepat:
            raise TakCocokError("RANGKAP", [self._sebut(k) for k in sorted(tepat)])
        if self._lembaga(nama):
            raise TakCocokError("LEMBAGA")
        return self._ejaan(polos, di)

    def _senama(self, nama: str, tingkat: int | None, di: str | None) -> list[str]:
        """Regions of that name; of that level and of that kecamatan (or the kecamatan itself), where given."""
        return [
            k
            for k in self._nama.get(kunci_nama(nama), ())
            if (tingkat is None or kode_wilayah.tingkat(k) == tingkat)
            and (di is None or k == di or kode_wilayah.induk(k) == di)
        ]

    def _sama_huruf(self, kode: str, nama: str) -> bool:
        w = self.berlaku[kode]
        return nama.casefold() in (n.casefold() for n in (w.nama, *w.alias))

    def _kecamatan(self, teks: str) -> Cocok:
        if kode_wilayah.sah(kode_wilayah.rapikan(teks)):
            return self.dari_kode(teks)
        kecamatan = self._semua_kecamatan
        polos = tanpa_awalan(teks)
        for nama in (teks, polos):
            sama = [k for k in self._nama.get(kunci_nama(nama), ()) if k in kecamatan]
            tepat = [k for k in sama if self._sama_huruf(k, nama)] or sama
            if len(tepat) == 1:
                return Cocok(tepat[0], kecamatan[tepat[0]].nama)
        # "Barat Laut" for "Rote Barat Laut": the last words, two or more, of one name and of no other
        kata = polos.casefold().split()
        sebagian = [
            k for k, w in kecamatan.items() if len(kata) > 1 and w.nama.casefold().split()[-len(kata) :] == kata
        ]
        if len(sebagian) == 1:
            return Cocok(sebagian[0], kecamatan[sebagian[0]].nama, "NAMA_MIRIP")
        dekat = self._dekat(polos, kecamatan.keys())
        if len(dekat) == 1:
            return Cocok(dekat[0], kecamatan[dekat[0]].nama, "NAMA_MIRIP")
        raise TakCocokError("TAK_DIKENAL", self._mirip_nama(polos, kecamatan.keys()))

    @cached_property
    def _semua_kecamatan(self) -> dict[str, WilayahSah]:
        return {k: w for k, w in self.berlaku.items() if kode_wilayah.tingkat(k) == Tingkat.KECAMATAN}

    def _ejaan(self, nama: str, di: str | None) -> Cocok:
        calon = [k for k in self.berlaku if k != self.pelapor and (di is None or kode_wilayah.induk(k) == di)]
        dekat = self._dekat(nama, calon)
        if len(dekat) == 1:
            return Cocok(dekat[0], self.berlaku[dekat[0]].nama, "NAMA_MIRIP")
        raise TakCocokError("RANGKAP" if dekat else "TAK_DIKENAL", self._mirip_nama(nama, calon))

    def _dekat(self, nama: str, calon: Iterable[str]) -> list[str]:
        """Regions whose name differs by one letter at most (two in names longer than nine letters)."""
        kunci = kunci_nama(nama)
        if len(kunci) < 5:
            return []
        batas = 2 if len(kunci) > 9 else 1
        jarak = {
            k: min(
                DamerauLevenshtein.distance(kunci, kunci_nama(n))
                for n in (self.berlaku[k].nama, *self.berlaku[k].alias)
            )
            for k in calon
        }
        terdekat = min(jarak.values(), default=99)
        return sorted(k for k, j in jarak.items() if j == terdekat) if terdekat <= batas else []

    def _mirip_nama(self, nama: str, calon: Iterable[str]) -> list[str]:
        pilihan = {k: self.berlaku[k].nama for k in calon}
        hasil = process.extract(nama, pilihan, scorer=fuzz.WRatio, limit=3, score_cutoff=55)
        return [self._sebut(k) for _, _, k in hasil]

    def _mirip_kode(self, kode: str) -> list[str]:
        induk = kode_wilayah.induk(kode)
        sekitar = [k for k in self.berlaku if kode_wilayah.induk(k) == induk]
        return [self._sebut(k) for _, _, k in process.extract(kode, {k: k for k in sekitar}, limit=2, score_cutoff=80)]

    def _sebut(self, kode: str) -> str:
        return f"{kode} {self.berlaku[kode].nama}"

    @staticmethod
    def _lembaga(nama: str) -> bool:
        return nama.strip().casefold().startswith(_LEMBAGA)
