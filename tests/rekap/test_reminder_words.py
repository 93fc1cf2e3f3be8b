"""What an office is sent: whole names, periods and days in words, nothing internal."""

import re
from datetime import date

import pytest

from hub.base.periode import Periode
from hub.rekap.reminder_words import OpenRekap, due_words, message, office_name, period_words

TODAY = date(2026, 1, 22)


def owed(periode: str = "2026-01", status: str | None = None, action: str | None = None, notes: int = 0) -> OpenRekap:
    return OpenRekap("F02", "Bantuan sosial", Periode.read(periode), date(2026, 1, 10), status, action, notes)


@pytest.mark.parametrize(
    ("periode", "words"),
    [
        ("2025", "tahun 2025"),
        ("2025-S2", "semester II tahun 2025"),
        ("2025-TW3", "triwulan III tahun 2025"),
        ("2026-01", "Januari 2026"),
        ("2025-12", "Desember 2025"),
    ],
)
def test_periods_are_told_in_words(periode: str, words: str) -> None:
    assert period_words(Periode.read(periode)) == words


@pytest.mark.parametrize(
    ("today", "words"),
    [
        (date(2026, 1, 22), "10 Januari 2026 (terlambat 12 hari)"),
        (date(2026, 1, 11), "10 Januari 2026 (terlambat 1 hari)"),
        (date(2026, 1, 10), "10 Januari 2026 (hari ini)"),
        (date(2026, 1, 9), "10 Januari 2026 (besok)"),
        (date(2026, 1, 8), "10 Januari 2026 (2 hari lagi)"),
    ],
)
def test_a_deadline_says_how_far_it_is(today: date, words: str) -> None:
    assert due_words(date(2026, 1, 10), today) == words


def test_the_office_of_a_kota_and_of_a_kabupaten() -> None:
    assert office_name("Kota Kupang", "KOTA") == "Dinas Sosial Kota Kupang"
    assert office_name("Rote Ndao", "KABUPATEN") == "Dinas Sosial Kabupaten Rote Ndao"


@pytest.mark.parametrize(
    ("rekap", "state"),
    [
        (owed(), "belum masuk"),
        (owed(status="DRAF"), "baru berupa draf, belum diajukan"),
        (owed(status="DIKEMBALIKAN", action="KEMBALIKAN", notes=4), "dikembalikan dengan 4 catatan"),
        (owed(status="DIKEMBALIKAN", action="KEMBALIKAN"), "dikembalikan untuk diperbaiki"),
        (owed(status="DIKEMBALIKAN", action="BUKA"), "dibuka kembali untuk diperbaiki"),
    ],
)
def test_each_state_in_words(rekap: OpenRekap, state: str) -> None:
    text = message("Dinas Sosial Kota Kupang", [rekap], TODAY, "Dinas Sosial Provinsi Nusa Tenggara Timur")
    assert f"Keadaan: {state}." in text
    assert not re.search(r"[A-Z]{2,}_|\bNone\b|DRAF|DIKEMBALIKAN|\b5[0-9]\.", text), "nothing internal"


def test_one_message_holds_everything_that_is_open() -> None:
    assert message(
        "Dinas Sosial Kabupaten Rote Ndao",
        [owed(), owed("2025-12", "DRAF")],
        TODAY,
        "Dinas Sosial Provinsi Nusa Tenggara Timur",
    ) == (
        "Yth. Dinas Sosial Kabupaten Rote Ndao\n\n"
        "Kami mengingatkan 2 rekap berikut:\n"
        "1. Bantuan sosial (formulir F02), Januari 2026. Tenggat: 10 Januari 2026 (terlambat 12 hari). Keadaan: belum masuk.\n"
        "2. Bantuan sosial (formulir F02), Desember 2025. Tenggat: 10 Januari 2026 (terlambat 12 hari). "
        "Keadaan: baru berupa draf, belum diajukan.\n\n"
        "Mohon segera dilengkapi dan diajukan. Terima kasih atas kerja samanya.\n\n"
        "Dinas Sosial Provinsi Nusa Tenggara Timur"
    )
