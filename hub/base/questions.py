"""What a question may name of regions and periods, and how many at once. The refusals a user can act on, the same for GraphQL and
for the addresses of the map. Each runs once per call, never per row."""

from collections.abc import Callable
from datetime import date

from hub.base import kode as kode_wilayah
from hub.base.errors import InvalidInputError, LimitExceededError
from hub.base.kode import Level
from hub.base.periode import Periode

FIRST_YEAR, LAST_YEAR = 1945, 9998  # as periods are written, and what a day can be
_MOST = 200  # elements or periods in one question


def valid_kode(text: str) -> str:
    if not kode_wilayah.is_valid(text):
        raise InvalidInputError(
            f'"{text}" bukan kode wilayah; tulis seperti "53" (provinsi), "53.14" (kabupaten/kota), "53.14.01" (kecamatan) '
            'atau "53.14.01.2005" (desa).'
        )
    return text


def kode_of_level(level: Level) -> Callable[[str], str]:
    """Only codes of that level."""

    def check(text: str) -> str:
        valid_kode(text)
        if kode_wilayah.level_of(text) is not level:
            actual = kode_wilayah.level_of(text).name.lower()
            raise InvalidInputError(f'"{text}" adalah kode {actual}, bukan {level.name.lower()}.')
        return text

    return check


def kode_down_to(level: Level) -> Callable[[str], str]:
    """Only codes of regions that have parts of that level (or are of it)."""

    def check(text: str) -> str:
        valid_kode(text)
        if kode_wilayah.level_of(text) > level:
            raise InvalidInputError(
                f"{text} adalah {kode_wilayah.level_of(text).name.lower()}; tidak dapat dirinci per {level.name.lower()}."
            )
        return text

    return check


def kode_of_office(text: str) -> str:
    """Only codes of regions whose office reports."""
    if not kode_wilayah.is_office(valid_kode(text)):
        level = kode_wilayah.level_of(text).name.lower()
        raise InvalidInputError(
            f"{text} adalah {level}; yang ditanyakan sebuah kantor, jadi tulis kode kabupaten/kota atau provinsinya."
        )
    return text


def valid_year(year: int) -> int:
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise InvalidInputError(f"Tahun {year} tidak masuk akal; tulis empat angka, misalnya 2020.")
    return year


def periode_ends(texts: list[str]) -> list[date]:
    return [Periode.read(p).last_day for p in texts]


def day_not_before(day: date, periode: list[str]) -> date:
    """A day whose borders figures of those periods can be shown on: not before any of them ends."""
    last_day = max(periode_ends(periode), default=day)
    if day < last_day:
        raise InvalidInputError(
            f"wilayahPada {day} mendahului akhir periode ({last_day}); angka hanya dapat dibawa ke batas yang lebih baru."
        )
    return day


def distinct_list(what: str) -> Callable[[list[str]], list[str]]:
    """A list without repetitions, not empty, not too long."""

    def check(nilai: list[str]) -> list[str]:
        unique = list(dict.fromkeys(nilai))
        if not unique:
            raise InvalidInputError(f"{what} tidak boleh kosong.")
        if len(unique) > _MOST:
            raise LimitExceededError(f"{what} paling banyak {_MOST} dalam satu pertanyaan.")
        return unique

    return check
