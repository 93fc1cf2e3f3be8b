"""What an office is told when it is reminded: plain text, ready to be sent as it is. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from hub.base.periode import MONTHS, PART_NUMBERS, Periode, PeriodeKind
from hub.rekap.moves import DRAF, REOPEN, RETURNED


@dataclass(frozen=True, slots=True)
class OpenRekap:
    """What is not done of a rekap. `form`: its name in full; `status` None: nothing has come; `action`: what made it what it is;
    `notes`: cells that were marked when it was returned."""

    kode: str
    form: str
    periode: Periode
    due: date
    status: str | None
    action: str | None
    notes: int


def message(office: str, items: Sequence[OpenRekap], today: date, sender: str) -> str:
    """One text for one office, about everything that is open with it. `sender`: who reminds."""
    if len(items) == 1:
        middle = f"Kami mengingatkan rekap berikut:\n{_line(items[0], today)}"
    else:
        lines = "\n".join(f"{number}. {_line(item, today)}" for number, item in enumerate(items, 1))
        middle = f"Kami mengingatkan {len(items)} rekap berikut:\n{lines}"
    return f"Yth. {office}\n\n{middle}\n\nMohon segera dilengkapi dan diajukan. Terima kasih atas kerja samanya.\n\n{sender}"


def office_name(name: str, kind: str) -> str:
    """The office of a kabupaten or kota: "Kota Kupang" is part of a name, "Kabupaten" is not."""
    return f"Dinas Sosial {name}" if kind == "KOTA" else f"Dinas Sosial Kabupaten {name}"


def period_words(periode: Periode) -> str:
    """ "tahun 2025", "semester II tahun 2025", "triwulan III tahun 2025", "Januari 2026"."""
    match periode.kind:
        case PeriodeKind.TAHUN:
            return f"tahun {periode.year}"
        case PeriodeKind.BULAN:
            return f"{MONTHS[periode.ordinal - 1]} {periode.year}"
        case kind:
            return f"{kind.name.lower()} {PART_NUMBERS[periode.ordinal - 1]} tahun {periode.year}"


def day_words(day: date) -> str:
    """ "10 Januari 2026"."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def due_words(due: date, today: date) -> str:
    """ "10 Januari 2026 (terlambat 12 hari)", "10 Januari 2026 (2 hari lagi)"."""
    left = (due - today).days
    if left < 0:
        return f"{day_words(due)} (terlambat {-left} hari)"
    return f"{day_words(due)} ({'hari ini' if left == 0 else 'besok' if left == 1 else f'{left} hari lagi'})"


def _line(item: OpenRekap, today: date) -> str:
    what = f"{item.form} (formulir {item.kode}), {period_words(item.periode)}"
    return f"{what}. Tenggat: {due_words(item.due, today)}. Keadaan: {_state(item)}."


def _state(item: OpenRekap) -> str:
    if item.status == DRAF:
        return "baru berupa draf, belum diajukan"
    if item.status != RETURNED:
        return "belum masuk"
    if item.action == REOPEN:
        return "dibuka kembali untuk diperbaiki"
    return f"dikembalikan dengan {item.notes} catatan" if item.notes else "dikembalikan untuk diperbaiki"
