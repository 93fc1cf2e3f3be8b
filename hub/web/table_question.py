"""The parameters of /tabel, read and checked; what is wrong with them is told all at once."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar
from zoneinfo import ZoneInfo

from hub.angka.table_statements import TableQuestion
from hub.base.errors import HubError, InvalidInputError
from hub.base.kode import Level
from hub.base.periode import Periode
from hub.base.questions import distinct_list, kode_down_to
from hub.katalog.katalog import Katalog
from hub.katalog.questions import known_dimensions, known_elemen, known_indikator
from hub.peta.layer_parameters import Parameter
from hub.peta.layer_requests import level_below

LONGEST = 6_000  # characters of all parameters: as many elements and periods as one question may name
SEPARATORS = {"koma": ",", "titik-koma": ";"}
_ZONE = re.compile(r" (?=\d\d:?\d\d$)")  # a plus that an address turned into a blank
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class TableRequest:
    """`separator`: between the values of a CSV."""

    question: TableQuestion
    separator: str


class WrongParametersError(InvalidInputError):
    """`wrong`: (name, what is wrong with it and what to write), each parameter that is."""

    def __init__(self, wrong: list[tuple[str, str]]) -> None:
        super().__init__(f"{len(wrong)} parameter perlu diperbaiki. " + " ".join(f"[{n}] {m}" for n, m in wrong))
        self.rincian = {"parameter": [{"nama": n, "pesan": m} for n, m in wrong]}


def read_request(parameter: Parameter, katalog: Katalog, zone: ZoneInfo) -> TableRequest:
    """Raises WrongParametersError. `zone`: of moments that name none."""
    reading = _Reading(parameter, katalog)
    indikator, kode = reading.take("elemen", reading.codes) or (False, [])
    periode = reading.take("periode", reading.periods) or []
    wilayah = reading.take("wilayah", parameter.required_wilayah) or ""
    level = reading.take("tingkat", lambda: reading.level(wilayah)) or Level.PROVINSI
    rincian = reading.take("rincian", lambda: reading.breakdowns(indikator)) or []
    known_at = reading.take("pada", lambda: reading.moment(zone))
    separator = reading.take("pemisah", reading.separator) or ","
    reading.take("lainnya", parameter.refuse_unread)
    if reading.wrong:
        raise WrongParametersError(reading.wrong)
    question = TableQuestion(indikator, tuple(kode), tuple(periode), wilayah, level, tuple(rincian), known_at)
    return TableRequest(question, separator)


class _Reading:
    def __init__(self, parameter: Parameter, katalog: Katalog) -> None:
        self._parameter = parameter
        self._katalog = katalog
        self.wrong: list[tuple[str, str]] = []

    def take(self, name: str, read: Callable[[], T]) -> T | None:
        try:
            return read()
        except HubError as error:
            self.wrong.append((name, error.message))
        return None

    def _list(self, name: str) -> list[str]:
        """Its values: separated by commas, or the name given again."""
        return [part.strip() for part in (self._parameter.text(name) or "").split(",") if part.strip()]

    def codes(self) -> tuple[bool, list[str]]:
        elemen, indikator = self._list("elemen"), self._list("indikator")
        if bool(elemen) == bool(indikator):
            raise InvalidInputError(
                "Sebut elemen atau indikator, salah satu, misalnya elemen=BAN01,BAN02 atau indikator=I01."
            )
        if indikator:
            spelled = {k.casefold(): k for k in self._katalog.kode_indikator()}
            return True, known_indikator([spelled.get(i.casefold(), i) for i in indikator], self._katalog)
        return False, known_elemen(elemen, self._katalog)

    def periods(self) -> list[str]:
        written = self._list("periode")
        if not written:
            raise InvalidInputError(
                "Parameter periode belum ada; sebutkan, misalnya periode=2020 atau periode=2020-S1,2020-S2."
            )
        known, wrong = [], []
        for text in written:
            try:
                known.append(str(Periode.read(text)))
            except ValueError as error:
                wrong.append(str(error))
        if wrong:
            raise InvalidInputError(" ".join(wrong))
        return distinct_list("periode")(known)

    def level(self, wilayah: str) -> Level | None:
        level = self._parameter.level()
        if not wilayah:
            return level
        level = level or level_below(wilayah)
        kode_down_to(level)(wilayah)
        return level

    def breakdowns(self, indikator: bool) -> list[str]:
        names = self._list("rincian")
        if names and indikator:
            raise InvalidInputError("Indikator tidak dirinci; hapus parameter rincian, atau tanyakan elemennya.")
        known = known_dimensions(names or None, self._katalog)
        return known.split("|") if known else []

    def moment(self, zone: ZoneInfo) -> datetime | None:
        text = self._parameter.text("pada")
        if text is None:
            return None
        try:
            moment = datetime.fromisoformat(_ZONE.sub("+", text))
        except ValueError:
            raise InvalidInputError(f'"{text}" bukan waktu; tulis seperti pada=2026-01-31T17:00:00+07:00.') from None
        return moment if moment.tzinfo is not None else moment.replace(tzinfo=zone)

    def separator(self) -> str:
        text = (self._parameter.text("pemisah") or "koma").lower()
        if text not in SEPARATORS:
            raise InvalidInputError(f'"{text}" tidak dikenal; pilih {" atau ".join(SEPARATORS)}.')
        return SEPARATORS[text]
