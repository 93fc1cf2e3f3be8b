"""The catalogue as its files say it: the shape of forms, elements, rules, indicators and code lists."""

from collections.abc import Iterator
from datetime import date
from typing import Annotated, Any, ClassVar, Literal

from pydantic import BaseModel, ConfigDict, Field, SerializerFunctionWrapHandler, ValidationError, model_serializer
from pydantic_core import ErrorDetails

from hub.base.errors import InvalidInputError

FilledText = Annotated[str, Field(min_length=1)]
DecimalText = Annotated[str, Field(pattern=r"^\d+(\.\d+)?$")]
SignedDecimalText = Annotated[str, Field(pattern=r"^-?\d+(\.\d+)?$")]
OutsideLevel = Literal["GALAT", "PERINGATAN"]


class _Draft(BaseModel):
    """`if_given`: keys that are part of the content only where they say something, so that a key which came with a later
    version of the hub makes no new version of what does not use it."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    if_given: ClassVar[tuple[str, ...]] = ()

    @model_serializer(mode="wrap")
    def _content(self, inner: SerializerFunctionWrapHandler) -> dict[str, Any]:
        content: dict[str, Any] = inner(self)
        fields = type(self).model_fields
        return {k: value for k, value in content.items() if k not in self.if_given or value != fields[k].default}


class ElemenDraft(_Draft):
    """`tingkat`: D desa, K kecamatan, B kabupaten/kota, P provinsi, F facility. `frekuensi`: E event, M, T, S, Y.
    `agregasi`: over areas / over time. `registri`: level whose regions the hub counts itself. `minimum`, `maksimum`, `bulat`,
    `di_luar`: where it differs from its unit (SatuanDraft). `kumulatif`: counted since the year began. `jarang_berubah`: whether it is
    usual that it stays as it was; without it stocks do, flows and people counted do not. `alias`: what titles of offices' tables
    call it beside its name; where one is several elements', the table's own title has to tell."""

    if_given = ("minimum", "maksimum", "bulat", "di_luar", "kumulatif", "jarang_berubah", "alias")

    kode: Annotated[str, Field(pattern=r"^[A-Z]+\d+$")]
    nama: FilledText
    satuan: FilledText
    tingkat: Literal["P", "B", "K", "D", "F"]
    frekuensi: Literal["E", "M", "T", "S", "Y"]
    agregasi: Literal["S/L", "S/S", "S/U", "C", "N", "R"]
    rincian: tuple[FilledText, ...]
    sensitif: Annotated[int, Field(ge=0, le=3)]
    definisi: FilledText | None = None
    arah: Literal["NAIK", "TURUN"] = "NAIK"
    kelompok: FilledText | None = None
    registri: Literal["B", "K", "D"] | None = None
    kode_ref: FilledText | None = None
    kode_sipd: FilledText | None = None
    minimum: SignedDecimalText | None = None
    maksimum: SignedDecimalText | None = None
    bulat: bool | None = None
    di_luar: OutsideLevel | None = None
    kumulatif: bool = False
    jarang_berubah: bool | None = None
    alias: tuple[FilledText, ...] = ()


class AturanDraft(_Draft):
    """`per_rincian`: how grave it is that a comparison of two plain elements does not hold for a choice of a breakdown that both
    have; without it as grave as the rule."""

    if_given = ("per_rincian",)

    kode: FilledText
    nama: FilledText
    kiri: FilledText
    operator: Literal["<=", ">=", "==", "<", ">", "!=", "PASANGAN", "EKSKLUSIF"]
    kanan: FilledText
    tingkat: Literal["GALAT", "PERINGATAN", "INFO"]
    pelapor: Literal["PROVINSI", "KABUPATEN"] | None = None
    toleransi: DecimalText = "0"
    per_rincian: Literal["GALAT", "PERINGATAN", "INFO", "TIDAK"] | None = None


class FormulirDraft(_Draft):
    """`periode`: how often it is expected; `periode_tersingkat`: the shortest period it may be sent for, where that is shorter."""

    if_given = ("periode_tersingkat",)

    kode: Annotated[str, Field(pattern=r"^F\d{2}$")]
    nama: FilledText
    periode: Literal["BULAN", "TRIWULAN", "SEMESTER", "TAHUN"]
    periode_tersingkat: Literal["BULAN", "TRIWULAN", "SEMESTER", "TAHUN"] | None = None
    tenggat_hari: Annotated[int, Field(ge=0, le=366)]
    elemen: Annotated[tuple[ElemenDraft, ...], Field(min_length=1)]
    aturan: tuple[AturanDraft, ...] = ()


class RincianDraft(_Draft):
    """Either its own `pilihan`, or the codes of a code list (`daftar`). Of its own choices `label` gives the words, `alias`
    the other words they go by when they are written. `terbaru`: its choices replace each other, so that the newest is the
    figure without it."""

    if_given = ("label", "alias", "terbaru")

    nama: FilledText
    pilihan: tuple[FilledText, ...] | None = None
    daftar: FilledText | None = None
    terbuka: bool = False
    menjumlah: bool = True
    terbaru: bool = False
    satuan: dict[str, FilledText] = {}
    label: dict[str, FilledText] = {}
    alias: dict[str, tuple[FilledText, ...]] = {}


class IndikatorDraft(_Draft):
    kode: Annotated[str, Field(pattern=r"^I\d{2}$")]
    varian: Annotated[str, Field(pattern=r"^\w*$")] = ""
    nama: FilledText
    jenis: Literal["RASIO", "CACAH_KABUPATEN", "CAPAIAN_NAIK", "CAPAIAN_TURUN", "RERATA"]
    pembilang: FilledText | None = None
    penyebut: FilledText | None = None
    faktor: Annotated[int, Field(gt=0)]
    satuan: FilledText
    definisi: FilledText | None = None
    kode_ref: FilledText | None = None


class DefinitionDraft(_Draft):
    """How one source defines an entry of a list. `teks`: in one sentence; `umur`: from, to, in years."""

    if_given = ("teks",)

    sumber: FilledText
    teks: FilledText | None = None
    umur: tuple[int, int] | None = None
    kriteria: tuple[FilledText, ...] = ()


DayOfMonth = Annotated[int, Field(ge=1, le=31)]


class EntryDraft(_Draft):
    """`jendela`: of a span of days in each month, its first and its last."""

    if_given = ("jendela",)

    kode: FilledText
    nama: FilledText
    satuan: FilledText | None = None
    sensitif: Annotated[int, Field(ge=0, le=3)] = 0
    alias: tuple[FilledText, ...] = ()
    jendela: tuple[DayOfMonth, DayOfMonth] | None = None
    definisi: tuple[DefinitionDraft, ...] = ()


class CodeListDraft(_Draft):
    """`berlaku_sejak`: the first day this version holds; without it the first version held always, a later one from the day it
    is installed."""

    if_given = ("berlaku_sejak",)

    daftar: FilledText
    nama: FilledText
    versi: FilledText
    sumber: FilledText
    berlaku_sejak: date | None = None
    alias: tuple[FilledText, ...] = ()
    butir: Annotated[tuple[EntryDraft, ...], Field(min_length=1)]


class SatuanDraft(_Draft):
    """What figures of a unit may be; `tingkat`: how grave it is to be outside. A unit that is not listed is counted: whole numbers
    from nought."""

    kode: FilledText
    bulat: bool = True
    minimum: SignedDecimalText = "0"
    maksimum: SignedDecimalText | None = None
    tingkat: OutsideLevel = "GALAT"


class BatasDraft(_Draft):
    """The bounds of what is plausible, as hub.katalog.katalog.Kewajaran has them."""

    lonjakan_periode: Annotated[int, Field(ge=1, le=100)]
    lonjakan_sedikitnya: Annotated[int, Field(ge=1)]
    lonjakan_kali: DecimalText
    lonjakan_skala: DecimalText
    lonjakan_bagian_median: DecimalText
    lonjakan_terkecil: DecimalText
    lonjakan_faktor: DecimalText
    tetap_digit: Annotated[int, Field(ge=1)]
    tetap_stok: Annotated[int, Field(ge=1)]
    tetap_ragam: Annotated[int, Field(ge=1)]
    pembanding_bulan: Annotated[int, Field(ge=0)]


class KewajaranDraft(_Draft):
    batas: BatasDraft
    satuan: tuple[SatuanDraft, ...] = ()


class KatalogDraft(_Draft):
    formulir: tuple[FormulirDraft, ...]
    rincian: dict[str, RincianDraft]
    indikator: tuple[IndikatorDraft, ...]
    daftar: tuple[CodeListDraft, ...]
    kewajaran: KewajaranDraft

    def unit(self, kode: str) -> SatuanDraft:
        """What is said of a unit."""
        return next((s for s in self.kewajaran.satuan if s.kode == kode), SatuanDraft(kode=kode))

    def pilihan(self, rincian: str) -> list[str]:
        """The listed choices of a breakdown."""
        r = self.rincian[rincian]
        if r.daftar is None:
            return list(r.pilihan or ())
        return [b.kode for d in self.daftar if d.daftar == r.daftar for b in d.butir]

    def butir(self, rincian: str) -> list[EntryDraft]:
        """The listed choices of a breakdown with the words for them. A choice that is the code of an indicator or an element
        and has no label bears its name."""
        r = self.rincian[rincian]
        if r.daftar is not None:
            return [b for d in self.daftar if d.daftar == r.daftar for b in d.butir]
        names = dict(self._names()) if rincian == "indikator" else {}
        return [
            EntryDraft(kode=p, nama=r.label.get(p) or names.get(p, p), alias=r.alias.get(p, ()))
            for p in r.pilihan or ()
        ]

    def _names(self) -> Iterator[tuple[str, str]]:
        yield from ((e.kode, e.nama) for f in self.formulir for e in f.elemen)
        yield from ((f"{i.kode}.{i.varian}" if i.varian else i.kode, i.nama) for i in self.indikator)


def katalog_draft(content: dict[str, Any]) -> KatalogDraft:
    """Check the shape of a catalogue as read. Raises InvalidInputError naming every place that is wrong."""
    try:
        return KatalogDraft.model_validate(content)
    except ValidationError as error:
        lines = [f"- {_sentence(content, detail)}" for detail in error.errors()]
        raise InvalidInputError("Katalog tidak dapat dibaca:\n" + "\n".join(lines)) from None


_NAMED_BY_LIST = {"butir": "daftar", "definisi": "daftar"}  # what stands in a list is named by the list


def _sentence(content: dict[str, Any], detail: ErrorDetails) -> str:
    """ "elemen BAN01: tingkat X tidak dikenal (P, B, K, D, F)": the innermost thing that has a code, then what is wrong."""
    place, current = "", content
    path = list(detail["loc"])
    rest: list[str] = []
    for i, step in enumerate(path):
        current = current[step] if _has(current, step) else None  # type: ignore[index, assignment]
        rest.append(str(step))
        if isinstance(step, int) and isinstance(current, dict) and isinstance(path[i - 1], str):
            kind = str(path[i - 1])
            kode = current.get("kode") or current.get("daftar")
            place = f"{kind} {kode}" if kode else f"{kind} ke-{step + 1}" + (f" pada {place}" if place else "")
            if kind in _NAMED_BY_LIST:
                place = f"daftar {content['daftar'][path[1]].get('daftar', '?')}: butir {current.get('kode', '?')}"
            rest = []
        elif path[0] == "rincian" and i == 1:
            place, rest = f"rincian {step}", []
    field_name = " ".join(rest)
    return (
        f"{place}: {field_name} {_message(detail, field_name)}"
        if place
        else f"{field_name} {_message(detail, field_name)}"
    )


def _message(detail: ErrorDetails, field_name: str) -> str:
    nilai = detail.get("input")
    match detail["type"]:
        case "missing":
            return "tidak ada"
        case "extra_forbidden":
            return "tidak dikenal"
        case "literal_error":
            return f"{nilai} tidak dikenal ({detail['ctx']['expected'].replace(' or ', ', ').replace(chr(39), '')})"
        case "greater_than_equal" | "less_than_equal" if field_name == "sensitif":
            return "harus 0 sampai 3; data per nama tidak disimpan di hub"
        case "string_pattern_mismatch" if field_name == "kode":
            return f"{nilai} tidak berbentuk {detail['ctx']['pattern']}: kode harus huruf besar lalu angka"
        case "string_too_short" | "too_short":
            return "kosong"
        case _:
            return f"{nilai!r}: {detail['msg']}"


def _has(content: Any, step: int | str) -> bool:
    return (
        step in content
        if isinstance(content, dict)
        else isinstance(content, list | tuple) and isinstance(step, int) and step < len(content)
    )
