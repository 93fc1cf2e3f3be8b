"""Regions as written in a rekap, each looked up once for all its cells. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass

from hub.base.temuan import ERROR, WARNING, Location, Temuan
from hub.katalog.formula import Rincian
from hub.katalog.katalog import Elemen
from hub.rekap.draft import Cell, Column, Place
from hub.wilayah.region_list import NoMatchError, RegionList, RegionMatch

_PLACE_MESSAGES = {
    "BUKAN_KODE": ("WILAYAH_BUKAN_KODE", "bukan kode wilayah; tulis seperti 53.14.01.2005"),
    "DI_LUAR": ("WILAYAH_DI_LUAR", "bukan wilayah pelapor"),
    "TIDAK_BERLAKU": ("WILAYAH_TIDAK_BERLAKU", "tidak berlaku pada periode ini"),
    "TAK_DIKENAL": ("WILAYAH_TAK_DIKENAL", "tidak dikenal; wilayah baru tidak dibuat dari rekap"),
    "RANGKAP": ("WILAYAH_RANGKAP", "dapat berarti lebih dari satu wilayah; tulis kodenya atau kecamatannya"),
}


@dataclass(frozen=True, slots=True)
class PlaceReading:
    """A place with its cells and what their columns mean; what is said of it goes into `temuan`."""

    place: Place
    cells: list[Cell]
    columns: Mapping[Column, tuple[Elemen, Rincian] | None]
    regions: RegionList
    temuan: list[Temuan]

    @property
    def location(self) -> Location:
        return self.cells[0].location


def read_place(reading: PlaceReading) -> RegionMatch | None:
    """The region that is meant; None where it is none, which is said."""
    place, location = reading.place, reading.location
    try:
        if place.kode is not None:
            match = reading.regions.match_kode(place.kode)
        elif place.name or place.kecamatan:
            match = reading.regions.match_name(place.name or "", place.kecamatan)
        else:
            message = "Baris ini tidak menyebut wilayah; isi kode atau nama wilayahnya."
            reading.temuan.append(Temuan("WILAYAH_KOSONG", ERROR, message, lokasi=(location,)))
            return None
    except NoMatchError as mismatch:
        return _wrong_place(mismatch, reading)
    if place.kode is not None and place.name and _name_contradicts(match, place.kode, place.name, reading):
        return None
    if (
        place.kode is not None
        and place.kecamatan
        and (parent := reading.regions.other_kecamatan(match.kode, place.kecamatan))
    ):
        message = (
            f'{match.nama} ({match.kode}) bukan di "{place.kecamatan}" ({parent}); perbaiki kode atau kecamatannya.'
        )
        about = {"wilayah": match.kode, "nilai": place.kecamatan}
        reading.temuan.append(Temuan("DESA_DAN_KECAMATAN_BEDA", ERROR, message, **about, lokasi=(location,)))
        return None
    if match.deviation == "NAMA_MIRIP":
        message = f'"{place}" dibaca sebagai {match.nama} ({match.kode}).'
        reading.temuan.append(
            Temuan(
                "NAMA_MIRIP",
                WARNING,
                message,
                wilayah=match.kode,
                nilai=str(place),
                usulan=f"{match.kode} {match.nama}",
                lokasi=(location,),
            )
        )
    elif match.deviation == "KODE_LAIN_MASA":
        message = f"Kode {place} tidak berlaku pada periode ini; dipakai {match.kode} ({match.nama})."
        reading.temuan.append(
            Temuan(
                "KODE_LAIN_MASA",
                WARNING,
                message,
                wilayah=match.kode,
                nilai=str(place),
                usulan=match.kode,
                lokasi=(location,),
            )
        )
    return match


def _name_contradicts(match: RegionMatch, kode: str, name: str, reading: PlaceReading) -> bool:
    """Whether the name beside a code is that of another region. Both that and a name that is nobody's are told."""
    about = {"wilayah": match.kode, "nilai": name}
    here = (reading.location,)
    what = f'Kode {kode} adalah {match.nama}, sedangkan namanya ditulis "{name}"'
    if (other := reading.regions.borne_by_another(match.kode, name)) is not None:
        message = f"{what} ({other}); perbaiki salah satunya."
        reading.temuan.append(Temuan("KODE_DAN_NAMA_BEDA", ERROR, message, **about, usulan=other, lokasi=here))
        return True
    if reading.regions.is_unlike(match.kode, name):
        message = f"{what}, yang bukan nama wilayah mana pun di sini; dibaca menurut kodenya. Periksa keduanya."
        label = f"{match.kode} {match.nama}"
        reading.temuan.append(Temuan("NAMA_TAK_SESUAI_KODE", WARNING, message, **about, usulan=label, lokasi=here))
    return False


def _wrong_place(mismatch: NoMatchError, reading: PlaceReading) -> RegionMatch | None:
    place, location, proposal = reading.place, reading.location, "; ".join(mismatch.suggestions) or None
    if mismatch.cause == "LEMBAGA":
        filled = [reading.columns[s.column] for s in reading.cells if s.nilai is not None]
        pelapor = reading.regions.in_force.get(reading.regions.pelapor)
        if pelapor is not None and filled and all(k is None or k[0].titik for k in filled):
            message = (
                f'"{place}" adalah lembaga, bukan wilayah; angkanya dicatat untuk seluruh {pelapor.nama}. '
                "Lembaganya sendiri didaftarkan sebagai sumber daya sosial."
            )
            reading.temuan.append(
                Temuan(
                    "LEMBAGA_SEBAGAI_WILAYAH",
                    WARNING,
                    message,
                    wilayah=pelapor.kode,
                    nilai=str(place),
                    lokasi=(location,),
                )
            )
            return RegionMatch(pelapor.kode, pelapor.nama)
        message = f'"{place}" adalah lembaga, bukan wilayah; elemen di baris ini dilaporkan per wilayah.'
        reading.temuan.append(Temuan("LEMBAGA_SEBAGAI_WILAYAH", ERROR, message, nilai=str(place), lokasi=(location,)))
        return None
    elsewhere = (
        reading.regions.in_other_kecamatan(place.name, place.kecamatan)
        if mismatch.cause == "TAK_DIKENAL" and place.name and place.kecamatan
        else None
    )
    if elsewhere is not None:
        label, parent = elsewhere
        message = (
            f'"{place.name}" adalah {label} di {parent}, bukan di "{place.kecamatan}"; perbaiki desa atau kecamatannya.'
        )
        about = {"nilai": str(place), "usulan": label}
        reading.temuan.append(Temuan("DESA_DAN_KECAMATAN_BEDA", ERROR, message, **about, lokasi=(location,)))
        return None
    kode, words = _PLACE_MESSAGES[mismatch.cause]
    hint = f" Mungkin maksudnya: {proposal}." if proposal else ""
    reading.temuan.append(
        Temuan(kode, ERROR, f'Wilayah "{place}" {words}.{hint}', nilai=str(place), usulan=proposal, lokasi=(location,))
    )
    return None
