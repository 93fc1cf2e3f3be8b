"""What somebody looking for a region typed, taken apart: a code or part of one, or words that may be the name of the
region and of regions above it. Only text; no data base behind it.

Any run of neighbouring words may be a name ("pantai baru rote ndao" is Pantai Baru in Rote Ndao, in either order). Which
run it is, only the names in the data base can tell; here each run gets a bit mask of the words it takes up.
"""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from hub.base.errors import BatasTerlampauiError, MasukanTidakSahError
from hub.base.kode import rapikan, sah
from hub.base.nama import tingkat_awalan

PANJANG_TERBESAR = 200  # letters of a text; the longest full path of the national list has 106
KATA_TERBANYAK = 12
_JALUR = 3  # names parted by commas or prefixes that make a path
_KATA_NAMA = 6  # words in the longest name there is
_KATA_ATAS = 4  # words in the longest name above a desa that people write out ("Daerah Istimewa Yogyakarta" is 3)
_PENDEK = 6  # up to so many letters one wrong letter leaves too few trigrams in common; then variants are looked up
_PANJANG_MIRIP = 5  # letters from which likeness by trigrams says anything
_PENDEK_SEBAGIAN = 4  # the same, for a run beside others; there only letters changed about are looked up in longer ones
_ABJAD = "abcdefghijklmnopqrstuvwxyz"

_RUANG = re.compile(r"[,;|/>\n\t]+")
_KATA = re.compile(r"[a-z0-9]+")
_APOSTROF = re.compile(r"['’‘`´ʼ]")
_KODE = re.compile(r"\d[\d.\s-]*", re.ASCII)


@dataclass(frozen=True, slots=True)
class Potongan:
    """A run of words that may be a name. `kunci`: as kunci_nama makes it; `topeng`: a bit per word it takes up;
    `tingkat`: the level that a prefix names, 0 without one."""

    kunci: str
    topeng: int
    tingkat: int
    atas: bool  # may be the name of a region above the one looked for
    mirip: bool  # long enough, and one name: likeness by trigrams says something


@dataclass(frozen=True, slots=True)
class TeksCari:
    """`kode`: the code or its beginning, with dots, None for words. `huruf`: letters per word. `potongan`: the whole
    text first. `tulisan`: other spellings of a run, with the weight of each: (key, mask, weight)."""

    kode: str | None
    huruf: tuple[int, ...]
    potongan: tuple[Potongan, ...]
    tulisan: tuple[tuple[str, int, float], ...]
    cadangan: int = 0  # mask of the run to look for when the other words name nothing above it

    @property
    def penuh(self) -> int:
        """The mask of all words."""
        return (1 << len(self.huruf)) - 1


@lru_cache(maxsize=256)
def urai(teks: str) -> TeksCari:
    """Take a text apart. Raises MasukanTidakSahError where there is nothing to look for, BatasTerlampauiError where
    there is too much."""
    if len(teks) > PANJANG_TERBESAR:
        raise BatasTerlampauiError(
            f"teks paling panjang {PANJANG_TERBESAR} huruf; tulis nama atau kode wilayahnya saja."
        )
    if _KODE.fullmatch(teks.strip()):
        return TeksCari(_awal_kode(teks), (), (), ())
    bagian = _bagian(teks)
    kata = [k for b, _ in bagian for k in b]
    if not kata:
        raise MasukanTidakSahError('teks kosong; tulis nama wilayah, misalnya "Oeseli, Rote Ndao", atau kodenya.')
    if len(kata) > KATA_TERBANYAK:
        raise BatasTerlampauiError(f"teks paling banyak {KATA_TERBANYAK} kata; tulis nama wilayah dan induknya saja.")
    huruf = tuple(len(k) for k in kata)
    penuh = (1 << len(kata)) - 1
    kunci, satu = "".join(kata), len(bagian) == 1
    utuh = Potongan(kunci, penuh, bagian[0][1] if satu else 0, False, satu and len(kunci) >= _PANJANG_MIRIP)
    potongan = [utuh]
    mulai = 0
    for isi, tingkat in bagian:
        semua_ruas = _potongan(isi, mulai, tingkat, penuh)
        # who writes a whole path, parted by commas, has said where each name begins and ends
        potongan += semua_ruas if len(bagian) < _JALUR else [p for p in semua_ruas if p.topeng == _topeng(mulai, isi)]
        mulai += len(isi)
    semua = "".join(_KATA.findall(_polos(teks)))
    tulisan = [(f"kota{p.kunci}", p.topeng, 1.0) for p in potongan if p.tingkat in (0, 2)]
    if semua != utuh.kunci:
        tulisan.append((semua, penuh, 1.0))  # "Desa Baru" may be the whole name
    tulisan += [(p.kunci, p.topeng, 1.0) for p in potongan]
    for p in potongan:
        if len(p.kunci) <= _PENDEK:
            semua_salah = p is utuh or len(p.kunci) <= _PENDEK_SEBAGIAN
            tulisan += [(k, p.topeng, bobot) for k, bobot in _salah_ketik(p.kunci, semua_salah)]
    cadangan = (1 << len(bagian[0][0])) - 1 if len(bagian) > 1 else 0
    return TeksCari(None, huruf, tuple(potongan), tuple(tulisan), cadangan)


def _polos(teks: str) -> str:
    return _APOSTROF.sub("", unicodedata.normalize("NFKD", teks.casefold()))


def _awal_kode(teks: str) -> str:
    """ "5314012005", "53.14.01.2005", "53 14 01 2005" → "53.14.01.2005"; "53140" → "53.14.0"."""
    rapi = rapikan(teks)
    if sah(rapi):
        return rapi
    bagian = [b for b in re.split(r"[.\s-]+", teks) if b]
    if len(bagian) > 1 and any(len(b) != 2 for b in bagian[:-1][:3]):
        raise MasukanTidakSahError(
            f'"{teks.strip()}" bukan kode wilayah; bentuknya "53.14.01.2005", boleh tanpa titik.'
        )
    angka = "".join(bagian)
    if len(angka) > 10:
        raise MasukanTidakSahError(f'"{teks.strip()}" lebih panjang dari kode desa (10 angka, seperti 53.14.01.2005).')
    return ".".join(b for b in (angka[:2], angka[2:4], angka[4:6], angka[6:]) if b)


def _bagian(teks: str) -> list[tuple[list[str], int]]:
    """Words, parted where a comma or a prefix of a level says that another name begins, with the level it says."""
    hasil: list[tuple[list[str], int]] = []
    for ruas in _RUANG.split(teks):
        kata = _KATA.findall(_polos(ruas))
        terbuka: list[str] = []
        tingkat = 0
        for i, k in enumerate(kata):
            awalan = tingkat_awalan(" ".join(kata[i : i + 2]))
            if awalan is None or (i and tingkat_awalan(" ".join(kata[i - 1 : i + 1])) is not None):
                terbuka.append(k)
                continue
            if terbuka:
                hasil.append((terbuka, tingkat))
            terbuka, tingkat = [], awalan
        if terbuka:
            hasil.append((terbuka, tingkat))
    return hasil


def _topeng(mulai: int, kata: list[str]) -> int:
    return ((1 << len(kata)) - 1) << mulai


def _potongan(kata: list[str], mulai: int, tingkat: int, penuh: int) -> list[Potongan]:
    hasil = []
    for i in range(len(kata)):
        for j in range(i + 1, min(len(kata), i + _KATA_NAMA) + 1):
            topeng = _topeng(mulai + i, kata[i:j])
            if topeng != penuh:
                kunci = "".join(kata[i:j])
                hasil.append(Potongan(kunci, topeng, tingkat, j - i <= _KATA_ATAS, len(kunci) >= _PANJANG_MIRIP))
    return hasil


def _salah_ketik(kunci: str, semua_salah: bool) -> list[tuple[str, float]]:
    """Every spelling one letter away from a short key: two changed about and, with `semua_salah`, one left out, put in,
    or wrong."""
    if len(kunci) < 3:
        return []
    belah = [(kunci[:i], kunci[i:]) for i in range(len(kunci) + 1)]
    semua = {a + b[1] + b[0] + b[2:] for a, b in belah if len(b) > 1}
    if semua_salah:
        semua |= {a + b[1:] for a, b in belah if b}
        semua |= {a + h + b[1:] for a, b in belah if b for h in _ABJAD}
        semua |= {a + h + b for a, b in belah for h in _ABJAD}
    bobot = 1 - 1.25 / len(kunci)
    return [(k, bobot) for k in sorted(semua - {kunci})]
