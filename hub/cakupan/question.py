"""What may be asked of coverage."""

from dataclasses import dataclass

from hub.base import kode as kode_wilayah
from hub.base.errors import InvalidInputError
from hub.base.kode import Level
from hub.katalog.katalog import Elemen

FARTHEST_KM = 500.0
MOST_PROPOSALS = 50
TOLERANCE_METER = 50.0
_SUMMABLE = ("JUMLAH", "HITUNG")


@dataclass(frozen=True, slots=True)
class Question:
    """Which desa of `wilayah` are covered by resources of these kinds, within `distance_km` of their label point (geodesic)?
    `only_valid`: without resources whose papers have run out; `capacity_remaining`: without those that are full."""

    jenis: tuple[str, ...]
    jarak_km: float
    wilayah: str
    hanya_berlaku: bool = False
    daya_tersisa: bool = False

    @property
    def meter(self) -> float:
        return self.jarak_km * 1000


@dataclass(frozen=True, slots=True)
class Weight:
    """What a desa weighs: an element, and the period (None: the newest)."""

    elemen: str
    periode: str | None


def build_question(
    kinds: list[str], distance_km: float, wilayah: str, *, only_valid: bool = False, capacity_remaining: bool = False
) -> Question:
    """The same question is the same object, however it is written: kinds in order, each once."""
    return Question(tuple(sorted(set(kinds))), float(distance_km), wilayah, only_valid, capacity_remaining)


def check_question(question: Question, count: int = 1, elemen: Elemen | None = None) -> None:
    """Raises InvalidInputError that names everything that is wrong. `count`: places to propose; `elemen`: of the weight."""
    wrong: list[str] = []
    if not question.jenis:
        wrong.append("jenis tidak boleh kosong; sebutkan sedikitnya satu jenis sumber daya")
    if not 0 < question.jarak_km <= FARTHEST_KM:  # not a number fails too
        wrong.append(f"jarakKm harus lebih dari 0 dan paling jauh {FARTHEST_KM:g}, bukan {question.jarak_km:g}")
    if not kode_wilayah.is_valid(question.wilayah):
        wrong.append(f'wilayah "{question.wilayah}" bukan kode wilayah; tulis seperti "53", "53.14" atau "53.14.01"')
    if not 1 <= count <= MOST_PROPOSALS:
        wrong.append(f"banyak harus 1 sampai {MOST_PROPOSALS}, bukan {count}")
    if elemen is not None and elemen.registri is not Level.DESA and elemen.tingkat is not Level.DESA:
        level = elemen.tingkat.name.lower()
        wrong.append(f"bobot {elemen.kode} ({elemen.nama}) dilaporkan per {level}; bobot harus angka per desa")
    if elemen is not None and elemen.agregasi_wilayah not in _SUMMABLE:
        wrong.append(f"bobot {elemen.kode} ({elemen.nama}) tidak dapat dijumlahkan antarwilayah")
    if wrong:
        sentence = "; ".join(wrong)
        raise InvalidInputError(sentence[0].upper() + sentence[1:] + ".")
