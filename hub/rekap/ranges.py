"""Figures outside what their element, or the unit they are in, allows. Pure."""

from collections.abc import Iterable, Mapping

from hub.angka.cells import CleanCell
from hub.base.temuan import Temuan, display
from hub.katalog.formula import Rincian
from hub.katalog.katalog import Batas, Elemen, Katalog

_MANY_UNITS = ("per indikator", "satuan barang")  # of elements whose unit is that of what a choice names


def check_ranges(cells: Iterable[CleanCell], katalog: Katalog, names: Mapping[str, str]) -> list[Temuan]:
    """`names`: code of a region → its name."""
    ranges: dict[tuple[str, Rincian], tuple[Batas, str]] = {}
    temuan: list[Temuan] = []
    for s in cells:
        if s.nilai is None:
            continue
        column = (s.elemen.kode, s.rincian)
        if column not in ranges:
            ranges[column] = _range(s.elemen, s.rincian, katalog)
        allowed, unit = ranges[column]
        if allowed.maksimum is not None and s.nilai > allowed.maksimum:
            limit = f"paling banyak {display(allowed.maksimum)}"
        elif allowed.minimum is not None and s.nilai < allowed.minimum:
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
        if dimension is None or not (dimension.satuan or (elemen.satuan in _MANY_UNITS and name == "indikator")):
            continue
        unit = dimension.satuan.get(choice) or _unit_of(choice, katalog)
        if unit is not None:
            named = katalog.elemen.get(choice)
            of_choice = named.batas if named is not None and named.satuan == unit else katalog.satuan.get(unit, Batas())
            return Batas(of_choice.minimum, of_choice.maksimum, elemen.batas.tingkat), unit
    return elemen.batas, "" if elemen.satuan in _MANY_UNITS else elemen.satuan


def _unit_of(choice: str, katalog: Katalog) -> str | None:
    """The unit of an indicator ("I04"), a variant of one ("I04.anak") or an element."""
    if choice in katalog.elemen:
        return katalog.elemen[choice].satuan
    return next((i.satuan for i in katalog.indikator if choice in (i.kode, f"{i.kode}.{i.varian}")), None)
