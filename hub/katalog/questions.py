"""What a question may name of the catalogue: elements, forms, indicators, breakdowns. Refused where it is not in force, with what is
nearest. Each runs once per call, never per row."""

from collections.abc import Callable, Collection, Sequence
from typing import Protocol

import orjson
from rapidfuzz import process

from hub.base.errors import InvalidInputError, OtherRegionError, UnknownNameError
from hub.base.kode import is_within
from hub.base.questions import distinct_list
from hub.katalog.katalog import Katalog


def known_elemen(nilai: list[str], katalog: Katalog) -> list[str]:
    """Codes of elements, all of them in the catalogue."""
    return _known([n.upper() for n in nilai], katalog.elemen.keys(), "elemen")


def known_formulir(nilai: list[str], katalog: Katalog) -> list[str]:
    return _known([n.upper() for n in nilai], katalog.formulir.keys(), "formulir")


def known_indikator(nilai: list[str], katalog: Katalog) -> list[str]:
    """Codes of indicators: "I04" for the main one, "I04.disabilitas" for a variant."""
    return _known(nilai, katalog.kode_indikator(), "indikator")


def known_dimensions(nilai: list[str] | None, katalog: Katalog) -> str:
    """Names of breakdowns as the stored key: sorted, joined by |."""
    names = {d.kode.casefold(): d.kode for e in katalog.elemen.values() for d in e.rincian}
    unknown = [n for n in (distinct_list("rincian")(nilai) if nilai else ()) if n.casefold() not in names]
    if unknown:
        raise UnknownNameError(
            f"Rincian {', '.join(unknown)} tidak ada; rincian tiap elemen ada di formulir.elemen.rincian."
        )
    return "|".join(sorted({names[n.casefold()] for n in nilai or ()}))


def answered_here(check: Callable[[str], str]) -> Callable[[str, Katalog], str]:
    """A code that passes the check, of a region that this hub answers figures of. Raises OtherRegionError beside what `check` does."""

    def checked(text: str, katalog: Katalog) -> str:
        return of_this_hub(check(text), katalog)

    return checked


def all_answered_here(codes: Sequence[str], katalog: Katalog) -> list[str]:
    """The codes, all of regions that this hub answers for. Raises OtherRegionError."""
    return [of_this_hub(kode, katalog) for kode in codes]


def of_this_hub(wilayah: str, katalog: Katalog) -> str:
    """The code. A hub of one kabupaten has no total of a province, and none of the kabupaten beside it. Raises OtherRegionError."""
    own = katalog.region
    if own is not None and not is_within(wilayah, own):
        raise OtherRegionError(
            f"Hub ini menjawab angka {own} dan wilayah di dalamnya saja; tanyakan {wilayah} di hub "
            f"{'provinsi' if is_within(own, wilayah) else 'wilayah'} itu."
        )
    return wilayah


class NamedChoice(Protocol):
    """One choice of a breakdown, as somebody wrote it."""

    rincian: str
    pilihan: str


def known_choice(nilai: Sequence[NamedChoice] | None, katalog: Katalog) -> str:
    """One choice of each breakdown named, as the stored JSON {name: choice}: names and listed choices as the catalogue spells them,
    others as they were written."""
    given = [(c.rincian, c.pilihan) for c in nilai or ()]
    dimensions = known_dimensions([d for d, _ in given], katalog)
    if len(given) > len(dimensions.split("|")):
        raise InvalidInputError(
            "Tiap rincian hanya boleh disebut sekali; satu angka mempunyai satu pilihan dari tiap rincian."
        )
    chosen: dict[str, str] = {}
    for written, choice in given:
        known = [d for e in katalog.elemen.values() for d in e.rincian if d.kode.casefold() == written.casefold()]
        chosen[known[0].kode] = next((p for d in known if (p := d.listed(choice)) is not None), choice)
    return orjson.dumps(chosen).decode()


def known_elemen_or_indikator(kode: str, katalog: Katalog) -> list[str]:
    """The code, alone in a list: of an indicator as it is written, of an element in capitals."""
    return [kode] if kode in katalog.kode_indikator() else known_elemen([kode], katalog)


def _known(nilai: list[str], existing: Collection[str], what: str) -> list[str]:
    unique = distinct_list(what)(nilai)
    unknown = [n for n in unique if n not in existing]
    if unknown:
        nearest = [d[0] for n in unknown if (d := process.extractOne(n, list(existing), score_cutoff=50))]
        suggestion = f" Mungkin: {', '.join(nearest)}." if nearest else ""
        raise UnknownNameError(f"{what.capitalize()} {', '.join(unknown)} tidak ada di katalog.{suggestion}")
    return unique
