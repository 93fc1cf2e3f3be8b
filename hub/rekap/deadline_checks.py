"""What is wrong with a deadline that somebody wants to set. Pure; says everything at once."""

from collections.abc import Iterator
from datetime import date

from hub.base import kode as kode_wilayah
from hub.base.kode import Level
from hub.base.periode import Periode
from hub.base.temuan import ERROR, Location, Temuan
from hub.katalog.katalog import Katalog
from hub.rekap.draft import DeadlineDraft

LONGEST_REASON = 500  # letters
MOST_DAYS = 366  # after the period, or after today where that is later: as long as the catalogue itself may give


def check(draft: DeadlineDraft, katalog: Katalog, in_force: bool | None, today: date) -> list[Temuan]:
    """`in_force`: whether the region is in force on the period's last day, None where there never was one of that code."""
    return [*_form(draft, katalog), *_region(draft, in_force), *_day(draft, today), *_reason(draft)]


def latest_day(periode: Periode, today: date) -> date:
    """The last day that may be set for a period."""
    return date.fromordinal(min(max(periode.last_day, today).toordinal() + MOST_DAYS, date.max.toordinal()))


def _form(draft: DeadlineDraft, katalog: Katalog) -> Iterator[Temuan]:
    formulir = katalog.formulir.get(draft.formulir)
    if formulir is None:
        message = f'Formulir "{draft.formulir[:20]}" tidak ada; formulirnya: {", ".join(sorted(katalog.formulir))}.'
        yield Temuan("FORMULIR_TAK_DIKENAL", ERROR, message, nilai=draft.formulir[:20], lokasi=_at("formulir"))
    elif draft.periode.kind < formulir.periode_jenis:
        longer = next(p for p in draft.periode.ancestors if p.kind == formulir.periode_jenis)
        message = (
            f"Formulir {formulir.kode} diharapkan paling sering per {formulir.periode_jenis.name.lower()}, sehingga "
            f"{draft.periode} tidak mempunyai tenggat; tetapkan untuk {longer}."
        )
        yield Temuan(
            "PERIODE_TERLALU_PENDEK",
            ERROR,
            message,
            nilai=str(draft.periode),
            usulan=str(longer),
            lokasi=_at("periode"),
        )


def _region(draft: DeadlineDraft, in_force: bool | None) -> Iterator[Temuan]:
    kode = draft.wilayah
    if kode_wilayah.level_of(kode) > Level.KABUPATEN:
        office = kode_wilayah.kode_kab(kode)
        message = (
            f"{kode} adalah {kode_wilayah.level_of(kode).name.lower()}; tenggat ditetapkan bagi seluruh provinsi atau satu "
            f"kabupaten/kota, misalnya {office}."
        )
        yield Temuan("TENGGAT_WILAYAH", ERROR, message, wilayah=kode, nilai=kode, usulan=office, lokasi=_at("wilayah"))
    elif in_force is None:
        message = f"Wilayah {kode} tidak ada; periksa kodenya."
        yield Temuan("WILAYAH_TAK_DIKENAL", ERROR, message, wilayah=kode, nilai=kode, lokasi=_at("wilayah"))
    elif not in_force:
        message = (
            f"Wilayah {kode} tidak berlaku pada hari terakhir periode {draft.periode} ({draft.periode.last_day}), sehingga "
            "tidak ada yang melapor dari sana; tetapkan bagi wilayah yang berlaku waktu itu."
        )
        yield Temuan("WILAYAH_TIDAK_BERLAKU", ERROR, message, wilayah=kode, nilai=kode, lokasi=_at("wilayah"))


def _day(draft: DeadlineDraft, today: date) -> Iterator[Temuan]:
    first, last = draft.periode.last_day, latest_day(draft.periode, today)
    if draft.tanggal < first:
        message = f"Tenggat {draft.tanggal} mendahului akhir periode {draft.periode}; paling awal {first}."
        yield _wrong_day("TENGGAT_TERLALU_AWAL", draft, message, first)
    elif draft.tanggal > last:
        message = (
            f"Tenggat {draft.tanggal} terlalu jauh; paling lambat {last}, yaitu {MOST_DAYS} hari sesudah akhir periode "
            f"{draft.periode} atau sesudah hari ini."
        )
        yield _wrong_day("TENGGAT_TERLALU_JAUH", draft, message, last)


def _wrong_day(kode: str, draft: DeadlineDraft, message: str, instead: date) -> Temuan:
    return Temuan(
        kode,
        ERROR,
        message,
        wilayah=draft.wilayah,
        nilai=str(draft.tanggal),
        usulan=str(instead),
        lokasi=_at("tanggal"),
    )


def _reason(draft: DeadlineDraft) -> Iterator[Temuan]:
    if not draft.alasan.strip():
        message = f"Alasan harus diisi (1 sampai {LONGEST_REASON} huruf) supaya kabupaten/kota tahu mengapa tenggatnya demikian."
        yield Temuan("ALASAN_KOSONG", ERROR, message, wilayah=draft.wilayah, lokasi=_at("alasan"))
    elif len(draft.alasan.strip()) > LONGEST_REASON:
        message = f"Alasan paling banyak {LONGEST_REASON} huruf; pendekkan."
        shown = f"{draft.alasan.strip()[:40]} …"
        yield Temuan("TEKS_TIDAK_SAH", ERROR, message, wilayah=draft.wilayah, nilai=shown, lokasi=_at("alasan"))


def _at(column: str) -> tuple[Location, ...]:
    return (Location(kolom=column),)
