"""What is asked of `rencanaDarurat`, looked at before it becomes parameters: everything that is wrong is said at once."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from hub.base import kode as kode_wilayah
from hub.base.angka import is_plausible, read_angka
from hub.base.errors import HubError, InvalidInputError
from hub.base.kode import Level
from hub.katalog.katalog import Katalog
from hub.katalog.questions import known_elemen
from hub.sumber_daya.nearest_reads import valid_distance

MOST_DESA, MOST_BARANG = 200, 50
DISTANCE_KM = 100.0  # where it is not given
ELEMEN_KK, ELEMEN_PEOPLE = "WIL02", "WIL01"  # all who live there: until somebody has counted who was hit


@dataclass(frozen=True, slots=True)
class DaruratRequest:
    """Columns of what is asked. Numbers are None where they are not given."""

    desa: list[str]
    kk: list[Decimal | None]
    orang: list[Decimal | None]
    barang: list[str]
    jumlah: list[Decimal | None]
    per_kk: list[Decimal | None]
    per_orang: list[Decimal | None]
    meter: float


def check_request(given: Mapping[str, Any]) -> DaruratRequest:
    """`given`: a RencanaDaruratMasukan, keys in GraphQL spelling. Raises InvalidInputError."""
    wrong: list[str] = []
    desa, needs = given["desa"], given["kebutuhan"]
    for what, content, most in (("desa", desa, MOST_DESA), ("kebutuhan", needs, MOST_BARANG)):
        if not 1 <= len(content) <= most:
            wrong.append(f"{what} harus berisi 1 sampai {most}, bukan {len(content)}")
    kode = [str(d["kode"]) for d in desa]
    wrong += [f'desa: "{k}" bukan kode desa atau kelurahan' for k in kode if not _desa(k)]
    wrong += [f"desa: {k} disebut lebih dari sekali" for k in sorted({k for k in kode if kode.count(k) > 1})]
    columns = {
        n: [_angka(f"desa {k}: {n}", d.get(n), wrong) for k, d in zip(kode, desa, strict=True)] for n in ("kk", "orang")
    }
    barang = [" ".join(str(b["barang"]).split()) for b in needs]
    per = {
        n: [_angka(f"kebutuhan {b}: {n}", content.get(n), wrong) for b, content in zip(barang, needs, strict=True)]
        for n in ("jumlah", "perKk", "perOrang")
    }
    unspecified = (b for b, content in zip(barang, needs, strict=True) if all(content.get(n) is None for n in per))
    wrong += [f"kebutuhan {b}: isi jumlah, perKk atau perOrang" for b in unspecified]
    km = DISTANCE_KM
    try:
        if given.get("jarakKm") is not None:
            km = valid_distance(given["jarakKm"], "jarakKm")
    except HubError as e:
        wrong.append(e.message.removesuffix("."))
    if wrong:
        raise InvalidInputError("Rencana darurat: " + "; ".join(wrong) + ".")
    return DaruratRequest(
        kode, columns["kk"], columns["orang"], barang, per["jumlah"], per["perKk"], per["perOrang"], km * 1000
    )


def elemen_per_desa(kode: str, unit: str, katalog: Katalog) -> str:
    """The code of an element that counts such units in each desa. Raises HubError."""
    (known,) = known_elemen([kode], katalog)
    elemen = katalog.elemen[known]
    if elemen.satuan.casefold() != unit.casefold():
        raise InvalidInputError(f"{known} ({elemen.nama}) dihitung dalam {elemen.satuan}, bukan {unit}.")
    if elemen.tingkat is not Level.DESA:
        raise InvalidInputError(f"{known} ({elemen.nama}) hanya dilaporkan per {elemen.tingkat.name.lower()}.")
    return known


def _desa(kode: str) -> bool:
    return kode_wilayah.is_valid(kode) and kode_wilayah.level_of(kode) is Level.DESA


def _angka(what: str, nilai: Any, wrong: list[str]) -> Decimal | None:
    """A number that is not below nought; None where it is not given, or no such number."""
    if nilai is None:
        return None
    try:
        angka = read_angka(nilai, whole=False).nilai if isinstance(nilai, str) else Decimal(nilai)
    except ValueError as e:
        wrong.append(f"{what}: {e}")
        return None
    if angka < 0 or not is_plausible(angka):
        wrong.append(f"{what} harus 0 atau lebih, bukan {nilai}")
        return None
    return angka
