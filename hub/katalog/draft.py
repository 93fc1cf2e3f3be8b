"""The catalogue as its files say it: the shape of forms, elements, rules, indicators and code lists."""

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError
from pydantic_core import ErrorDetails

from hub.base.errors import MasukanTidakSahError

Teks = Annotated[str, Field(min_length=1)]
Desimal = Annotated[str, Field(pattern=r"^\d+(\.\d+)?$")]


class _Berkas(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class ElemenBerkas(_Berkas):
    """`tingkat`: D desa, K kecamatan, B kabupaten/kota, P provinsi, F facility. `frekuensi`: E event, M, T, S, Y.
    `agregasi`: over areas / over time. `registri`: level whose regions the hub counts itself."""

    kode: Annotated[str, Field(pattern=r"^[A-Z]+\d+$")]
    nama: Teks
    satuan: Teks
    tingkat: Literal["P", "B", "K", "D", "F"]
    frekuensi: Literal["E", "M", "T", "S", "Y"]
    agregasi: Literal["S/L", "S/S", "S/U", "C", "N", "R"]
    rincian: tuple[Teks, ...]
    sensitif: Annotated[int, Field(ge=0, le=3)]
    definisi: Teks | None = None
    arah: Literal["NAIK", "TURUN"] = "NAIK"
    kelompok: Teks | None = None
    registri: Literal["B", "K", "D"] | None = None
    kode_ref: Teks | None = None
    kode_sipd: Teks | None = None


class AturanBerkas(_Berkas):
    kode: Teks
    nama: Teks
    kiri: Teks
    operator: Literal["<=", ">=", "==", "<", ">", "!=", "PASANGAN", "EKSKLUSIF"]
    kanan: Teks
    tingkat: Literal["GALAT", "PERINGATAN", "INFO"]
    pelapor: Literal["PROVINSI", "KABUPATEN"] | None = None
    toleransi: Desimal = "0"


class FormulirBerkas(_Berkas):
    kode: Annotated[str, Field(pattern=r"^F\d{2}$")]
    nama: Teks
    periode: Literal["BULAN", "TRIWULAN", "SEMESTER", "TAHUN"]
    tenggat_hari: Annotated[int, Field(ge=0, le=366)]
    elemen: Annotated[tuple[ElemenBerkas, ...], Field(min_length=1)]
    aturan: tuple[AturanBerkas, ...] = ()


class RincianBerkas(_Berkas):
    """Either its own `pilihan`, or the codes of a code list (`daftar`)."""

    nama: Teks
    pilihan: tuple[Teks, ...] | None = None
    daftar: Teks | None = None
    terbuka: bool = False
    menjumlah: bool = True
    satuan: dict[str, Teks] = {}


class IndikatorBerkas(_Berkas):
    kode: Annotated[str, Field(pattern=r"^I\d{2}$")]
    varian: Annotated[str, Field(pattern=r"^\w*$")] = ""
    nama: Teks
    jenis: Literal["RASIO", "CACAH_KABUPATEN", "CAPAIAN_NAIK", "CAPAIAN_TURUN", "RERATA"]
    pembilang: Teks | None = None
    penyebut: Teks | None = None
    faktor: Annotated[int, Field(gt=0)]
    satuan: Teks
    definisi: Teks | None = None
    kode_ref: Teks | None = None


class DefinisiBerkas(_Berkas):
    """How one source defines an entry of a list. `umur`: from, to, in years."""

    sumber: Teks
    umur: tuple[int, int] | None = None
    kriteria: tuple[Teks, ...] = ()


class ButirBerkas(_Berkas):
    kode: Teks
    nama: Teks
    satuan: Teks | None = None
    sensitif: Annotated[int, Field(ge=0, le=3)] = 0
    alias: tuple[Teks, ...] = ()
    definisi: tuple[DefinisiBerkas, ...] = ()


class DaftarBerkas(_Berkas):
    daftar: Teks
    nama: Teks
    versi: Teks
    sumber: Teks
    alias: tuple[Teks, ...] = ()
    butir: Annotated[tuple[ButirBerkas, ...], Field(min_length=1)]


class KatalogBerkas(_Berkas):
    formulir: tuple[FormulirBerkas, ...]
    rincian: dict[str, RincianBerkas]
    indikator: tuple[IndikatorBerkas, ...]
    daftar: tuple[DaftarBerkas, ...]

    def pilihan(self, rincian: str) -> list[str]:
        """The listed choices of a breakdown."""
        r = self.rincian[rincian]
        if r.daftar is None:
            return list(r.pilihan or ())
        return [b.kode for d in self.daftar if d.daftar == r.daftar for b in d.butir]


def katalog_dari(isi: dict[str, Any]) -> KatalogBerkas:
    """Check the shape of a catalogue as read. Raises MasukanTidakSahError naming every place that is wrong."""
    try:
        return KatalogBerkas.model_validate(isi)
    except ValidationError as salah:
        baris = [f"- {_kalimat(isi, galat)}" for galat in salah.errors()]
        raise MasukanTidakSahError("Katalog tidak dapat dibaca:\n" + "\n".join(baris)) from None


_SEBUTAN = {"butir": "daftar", "definisi": "daftar"}  # what stands in a list is named by the list


def _kalimat(isi: dict[str, Any], galat: ErrorDetails) -> str:
    """ "elemen BAN01: tingkat X tidak dikenal (P, B, K, D, F)": the innermost thing that has a code, then what is wrong."""
    tempat, kini = "", isi
    jalur = list(galat["loc"])
    sisa: list[str] = []
    for i, langkah in enumerate(jalur):
        kini = kini[langkah] if _ada(kini, langkah) else None  # type: ignore[index, assignment]
        sisa.append(str(langkah))
        if isinstance(langkah, int) and isinstance(kini, dict) and isinstance(jalur[i - 1], str):
            jenis = str(jalur[i - 1])
            kode = kini.get("kode") or kini.get("daftar")
            tempat = f"{jenis} {kode}" if kode else f"{jenis} ke-{langkah + 1}" + (f" pada {tempat}" if tempat else "")
            if jenis in _SEBUTAN:
                tempat = f"daftar {isi['daftar'][jalur[1]].get('daftar', '?')}: butir {kini.get('kode', '?')}"
            sisa = []
        elif jalur[0] == "rincian" and i == 1:
            tempat, sisa = f"rincian {langkah}", []
    medan = " ".join(sisa)
    return f"{tempat}: {medan} {_pesan(galat, medan)}" if tempat else f"{medan} {_pesan(galat, medan)}"


def _pesan(galat: ErrorDetails, medan: str) -> str:
    nilai = galat.get("input")
    match galat["type"]:
        case "missing":
            return "tidak ada"
        case "extra_forbidden":
            return "tidak dikenal"
        case "literal_error":
            return f"{nilai} tidak dikenal ({galat['ctx']['expected'].replace(' or ', ', ').replace(chr(39), '')})"
        case "greater_than_equal" | "less_than_equal" if medan == "sensitif":
            return "harus 0 sampai 3; data per nama tidak disimpan di hub"
        case "string_pattern_mismatch" if medan == "kode":
            return f"{nilai} tidak berbentuk {galat['ctx']['pattern']}: kode harus huruf besar lalu angka"
        case "string_too_short" | "too_short":
            return "kosong"
        case _:
            return f"{nilai!r}: {galat['msg']}"


def _ada(isi: Any, langkah: int | str) -> bool:
    return (
        langkah in isi
        if isinstance(isi, dict)
        else isinstance(isi, list | tuple) and isinstance(langkah, int) and langkah < len(isi)
    )
