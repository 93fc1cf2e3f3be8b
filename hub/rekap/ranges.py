"""Figures outside what their element, or the unit they are in, allows. Pure."""

from collections.abc import Iterable, Mapping

from hub.angka.cells import CleanCell
from hub.base.temuan import Temuan, display
from hub.katalog.formula import Rincian
from hub.katalog.katalog import NO_UNIT, Batas, Elemen, Katalog


def check_ranges(cells: Iterable[CleanCell], katalog: Katalog, names: Mapping[str, str]) -> list[Temuan]:
    """`names`: code of a region → its name."""
    ranges: dict[tuple[str, Rincian], tuple[Batas, str]] = {}
    temuan: list[Temuan] = []
    for s in cells:
        _, elemen, rincian, nilai, _, _, _ = s
        if nilai is None:
            continue
        found = ranges.get((elemen.kode, rincian))
        if found is None:
            found = ranges[elemen.kode, rincian] = _range(elemen, rincian, katalog)
        allowed, unit = found
        if allowed.maksimum is not None and nilai > allowed.maksimum:
            limit = f"paling banyak {display(allowed.maksimum)}"
        elif allowed.minimum is not None and nilai < allowed.minimum:
            limit = f"paling sedikit {display(allowed.minimum)}"
        else:
            continue
        choice = f"[{', '.join(f'{n}={p}' for n, p in s.rincian)}]" if s.rincian else ""
        message = (
            f"{s.elemen.kode}{choice} ({s.elemen.nama}), {names.get(s.wilayah, s.wilayah)}: {display(s.nilai)} {unit}, padahal {limit}. "
            "Periksa angka dan satuannya."
        )
        temuan.append(
            Temuan(
                "ANGKA_DI_LUAR_BATAS", allowed.tingkat, message, wilayah=s.wilayah, elemen=s.elemen.kode, nilai=str(s.nilai),
                lokasi=(s.location,),
            )
        )  # fmt: skip
    return temuan


def _range(elemen: Elemen, rincian: Rincian, katalog: Katalog) -> tuple[Batas, str]:
    """What is allowed, and in which unit: of what a choice names where that has a unit (a target in the unit of its indicator), at
    the level of the element that states it."""
    for name, choice in rincian:
        dimension = elemen.dimension(name)
        unit = None if dimension is None else dimension.satuan.get(choice)
        if unit is not None:
            named = katalog.elemen.get(choice)
            of_choice = named.batas if named is not None and named.satuan == unit else katalog.satuan.get(unit, Batas())
            return Batas(of_choice.minimum, of_choice.maksimum, elemen.batas.tingkat), unit
    return elemen.batas, "" if elemen.satuan in NO_UNIT else elemen.satuan
