"""What is wrong with a list of rekap whose offices are to be reminded, and what of it needs no reminder. Pure; everything at once."""

from collections.abc import Iterator, Sequence
from datetime import date

from hub.base import kode as kode_wilayah
from hub.base.kode import Level
from hub.base.periode import Periode
from hub.base.public_id import RekapKey
from hub.base.temuan import ERROR, INFO, Location, Temuan
from hub.katalog.katalog import Katalog
from hub.rekap.draft import ReminderDraft
from hub.rekap.reminder_statements import RekapState
from hub.rekap.reminder_words import period_words

MOST = 1_000  # rekap in one call: every form of a province with 38 kabupaten/kota, twice
LONGEST_CHANNEL = 50  # letters


def check_list(draft: ReminderDraft) -> list[Temuan]:
    """What can be said before anything is looked up; after an error of it nothing is."""
    temuan: list[Temuan] = []
    channel = draft.channel.strip()
    if not 1 <= len(channel) <= LONGEST_CHANNEL or not channel.isprintable():
        message = f'Saluran harus diisi (1 sampai {LONGEST_CHANNEL} huruf), misalnya "WhatsApp".'
        temuan.append(Temuan("TEKS_TIDAK_SAH", ERROR, message, nilai=channel[:40], lokasi=_at("saluran")))
    if len(draft.asked) > MOST:
        message = f"Paling banyak {MOST} rekap sekaligus, Anda menyebut {len(draft.asked)}; bagilah menjadi beberapa."
        temuan.append(
            Temuan("PENGINGAT_TERLALU_BANYAK", ERROR, message, nilai=str(len(draft.asked)), lokasi=_at("rekap"))
        )
    return temuan


def check(asked: Sequence[RekapKey], states: Sequence[RekapState], katalog: Katalog, today: date) -> Iterator[Temuan]:
    """`states`: of each of `asked`, in order."""
    for index, (key, state) in enumerate(zip(asked, states, strict=True)):
        periode = Periode.read(key.periode)
        wrong = [
            *_form(key, periode, katalog, index),
            *_period(key, periode, today, index),
            *_region(key, state, index),
        ]
        yield from wrong
        if not wrong and not state.is_open:
            yield _done(key, state, periode, index)


def _form(key: RekapKey, periode: Periode, katalog: Katalog, index: int) -> Iterator[Temuan]:
    formulir = katalog.formulir.get(key.formulir)
    if formulir is None:
        message = f'Formulir "{key.formulir[:20]}" tidak ada; formulirnya: {", ".join(sorted(katalog.formulir))}.'
        yield Temuan(
            "FORMULIR_TAK_DIKENAL",
            ERROR,
            message,
            wilayah=key.kode_kab,
            nilai=key.formulir[:20],
            lokasi=_at("formulir", index),
        )
    elif periode.kind < formulir.periode_jenis:
        longer = next(p for p in periode.ancestors if p.kind == formulir.periode_jenis)
        message = (
            f"Formulir {formulir.kode} diharapkan paling sering per {formulir.periode_jenis.name.lower()}, sehingga {periode} tidak "
            f"ditunggu; ingatkan untuk {longer}."
        )
        yield Temuan(
            "PERIODE_TERLALU_PENDEK", ERROR, message, wilayah=key.kode_kab, nilai=str(periode), usulan=str(longer), lokasi=_at("periode", index)
        )  # fmt: skip


def _period(key: RekapKey, periode: Periode, today: date, index: int) -> Iterator[Temuan]:
    if periode.first_day > today:
        message = f"Periode {periode} belum mulai, sehingga belum ada yang perlu diingatkan."
        yield Temuan(
            "PERIODE_BELUM_MULAI",
            ERROR,
            message,
            wilayah=key.kode_kab,
            nilai=str(periode),
            lokasi=_at("periode", index),
        )


def _region(key: RekapKey, state: RekapState, index: int) -> Iterator[Temuan]:
    kode, at = key.kode_kab, _at("pelapor", index)
    if kode_wilayah.level_of(kode) is not Level.KABUPATEN:
        message = (
            f"{kode} adalah {kode_wilayah.level_of(kode).name.lower()}; yang diingatkan kabupaten/kota, misalnya 53.14."
        )
        yield Temuan("PENGINGAT_WILAYAH", ERROR, message, wilayah=kode, nilai=kode, lokasi=at)
    elif not state.known:
        message = f"Wilayah {kode} tidak ada; periksa kodenya."
        yield Temuan("WILAYAH_TAK_DIKENAL", ERROR, message, wilayah=kode, nilai=kode, lokasi=at)
    elif state.name is None:
        message = f"Wilayah {kode} tidak berlaku pada hari terakhir periode {key.periode}, sehingga tidak ada yang melapor dari sana."
        yield Temuan("WILAYAH_TIDAK_BERLAKU", ERROR, message, wilayah=kode, nilai=kode, lokasi=at)


def _done(key: RekapKey, state: RekapState, periode: Periode, index: int) -> Temuan:
    message = (
        f"Rekap {key.formulir} {period_words(periode)} dari {state.name} ({key.kode_kab}) sudah diajukan, sehingga tidak diingatkan "
        "dan tidak dicatat."
    )
    return Temuan(
        "PENGINGAT_TIDAK_PERLU", INFO, message, wilayah=key.kode_kab, nilai=key.id, lokasi=_at("rekap", index)
    )


def _at(column: str, index: int | None = None) -> tuple[Location, ...]:
    return (Location(indeks=index, kolom=column),)
