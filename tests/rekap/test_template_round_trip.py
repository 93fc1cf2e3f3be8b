"""Every form goes out as a workbook and comes back filled in, through HTTP: without a finding about its shape, and without any where it
is filled in plausibly."""

import io
import zipfile
from typing import Any

import httpx
import openpyxl
import pytest

from tests.client import Client
from tests.rekap.template_books import Place, filled, opened, places, plausible, saved, worked_out
from tests.rekap.texts import REKAP

FORMS = {  # form → a period of the shortest kind it may be sent for
    "F01": "2025-TW1", "F02": "2025-03", "F03": "2025-03", "F04": "2025-03", "F05": "2025-03", "F06": "2025-TW1", "F07": "2025-S1",
    "F08": "2025-S1", "F09": "2025-TW1", "F10": "2025-S1", "F11": "2025-TW1", "F12": "2025-03", "F13": "2025-TW1",
}  # fmt: skip


def template(hub: Client, formulir: str, pelapor: str, periode: str, as_whom: str | None = None, **more: str) -> bytes:
    headers = {} if as_whom is None else {"Authorization": f"Bearer {hub.token(as_whom)}"}
    parameters = {"pelapor": pelapor, "periode": periode, **more}
    answer = httpx.get(f"{hub.address}/templat/{formulir}.xlsx", params=parameters, headers=headers, timeout=60)
    assert answer.status_code == 200, answer.text
    return answer.content


def send(hub: Client, content: bytes, formulir: str, pelapor: str, periode: str, **more: Any) -> Any:
    given = {
        "pelapor": pelapor,
        "formulir": formulir,
        "periode": periode,
        "kunci": f"templat {formulir} {periode}",
        **more,
    }
    return hub.upload(REKAP, given, {"berkas": ("kiriman.xlsx", content)}, pelapor)["hasil"]


def told(result: Any) -> list[tuple[str, str]]:
    return [(t["kode"], t["pesan"][:300]) for t in result["temuan"]]


@pytest.fixture
def unregistered(hub: Client) -> Client:
    """A hub whose offices keep no registers, with which figures would be compared."""
    hub.sql("SET session_replication_role = replica")  # else nothing is ever deleted from a register
    for table in ("sumber_daya", "wksbm", "tagana"):
        hub.sql(f"DELETE FROM {table}")
    hub.sql("SET session_replication_role = origin")
    return hub


@pytest.mark.parametrize("formulir", FORMS)
def test_a_form_filled_in_comes_back_without_a_finding(unregistered: Client, formulir: str) -> None:
    hub, periode = unregistered, FORMS[formulir]
    content = filled(template(hub, formulir, "53.14", periode))
    # with its totals worked out, as a person's program stores them, and without, as other programs leave them
    recalculated = send(hub, worked_out(content), formulir, "53.14", periode, uji=True)
    result = send(hub, content, formulir, "53.14", periode)
    assert told(recalculated) == told(result)
    assert result["__typename"] == "RekapDiterima", told(result)
    # of a stated result that nothing approved can be held against it is said that it cannot be checked, whoever sends it
    assert [t for t in told(result) if (formulir, t[0]) != ("F12", "TAK_TERPERIKSA")] == []
    cells = sum(1 for _ in places(opened(content)))
    assert result["perubahan"]["baru"] == cells > 0


@pytest.mark.parametrize("formulir", FORMS)
def test_a_form_that_is_sent_as_it_went_out_says_only_that_it_is_empty(hub: Client, formulir: str) -> None:
    result = send(hub, template(hub, formulir, "53.15", FORMS[formulir]), formulir, "53.15", FORMS[formulir])
    assert all(t["kode"] in EMPTY for t in result["temuan"]), told(result)


EMPTY = ("REKAP_KOSONG", "BELUM_LENGKAP", "SEBAGIAN_DESA", "RINCIAN_KURANG", "TARGET_KOSONG", "TAK_TERPERIKSA")


@pytest.mark.parametrize("formulir", FORMS)
def test_of_a_form_half_filled_in_only_what_is_missing_is_told(unregistered: Client, formulir: str) -> None:
    def every_other(place: Place) -> Any:
        if place.elemen == "BAN04":  # money for all of them is too much for half
            return None
        return plausible(place) if len(place.region) < 8 or int(place.region[6:8]) % 2 else None

    hub, periode = unregistered, FORMS[formulir]
    result = send(hub, filled(template(hub, formulir, "53.14", periode), every_other), formulir, "53.14", periode)
    assert result["__typename"] == "RekapDiterima", told(result)
    assert all(t["kode"] in EMPTY for t in result["temuan"]), told(result)


@pytest.mark.parametrize("formulir", ["F02", "F10"])
def test_a_province_fills_in_a_list_of_its_own_figures(hub: Client, formulir: str) -> None:
    content = filled(template(hub, formulir, "53", FORMS[formulir]))
    result = send(hub, content, formulir, "53", FORMS[formulir])
    assert result["__typename"] == "RekapDiterima", told(result)
    assert {p.region for p in places(opened(content))} == {"53"}


def test_words_for_no_figure_are_statuses_and_totals_of_nothing_are_no_nought(unregistered: Client) -> None:
    hub = unregistered
    words = ("tidak ada data", "tidak dilaksanakan", "tidak berlaku")
    turn = iter(range(10**6))
    content = filled(template(hub, "F11", "53.14", "2025-TW1"), lambda _: words[next(turn) % 3])
    result = send(hub, content, "F11", "53.14", "2025-TW1")
    assert result["__typename"] == "RekapDiterima", told(result)
    stored = hub.sql(
        "SELECT DISTINCT status FROM rekap_nilai WHERE formulir = 'F11' AND periode = '2025-TW1' AND kode_kab = '53.14'"
    )
    assert {s for (s,) in stored} == {"TIDAK_ADA_DATA", "TIDAK_DILAKSANAKAN", "TIDAK_BERLAKU"}


def test_totals_that_a_program_worked_out_are_compared_and_those_nobody_did_are_not(unregistered: Client) -> None:
    hub = unregistered
    content = filled(template(hub, "F11", "53.14", "2025-TW1"))
    assert told(send(hub, content, "F11", "53.14", "2025-TW1", uji=True)) == []
    stale = _with_results(content, "0")  # as libraries leave it
    assert told(send(hub, stale, "F11", "53.14", "2025-TW1", uji=True)) == []
    book = opened(content)
    sheet = book["Per desa"]
    row = next(r for r in range(1, sheet.max_row + 1) if str(sheet.cell(r, 2).value).startswith("Jumlah Kec."))
    sheet.cell(row, 4).value = 7  # typed over the formula
    wrong = send(hub, saved(book), "F11", "53.14", "2025-TW1", uji=True)
    assert [t["kode"] for t in wrong["temuan"]] == ["TOTAL_BEDA"]


def _with_results(content: bytes, result: str) -> bytes:
    """The same with that result beside each formula."""
    changed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(changed, "w") as new:
        for part in old.namelist():
            text = old.read(part)
            if part.startswith("xl/worksheets/"):
                text = text.replace(b"</f><v></v>", b"</f><v>0</v>").replace(
                    b"</f><v />", f"</f><v>{result}</v>".encode()
                )
                text = text.replace(b"</f><v/>", f"</f><v>{result}</v>".encode())
            new.writestr(part, text)
    return changed.getvalue()


def test_a_whole_left_empty_beside_its_parts_is_what_they_add_up_to(unregistered: Client) -> None:
    hub = unregistered
    content = filled(
        template(hub, "F01", "53.14", "2025-TW1"),
        lambda p: plausible(p) if p.elemen == "WIL01" and p.dimension == "JK" else None,
    )
    result = send(hub, content, "F01", "53.14", "2025-TW1")
    assert (result["__typename"], told(result)) == ("RekapDiterima", [])
    stored = "SELECT count(*) FROM rekap_nilai WHERE formulir = 'F01' AND elemen = 'WIL01' AND rincian = '{}' AND periode = '2025-TW1'"
    assert hub.sql(stored) == [(0,)]


@pytest.mark.parametrize(
    ("sent", "expected"),
    [
        ({"formulir": "F02", "periode": "2025-TW1"}, ("RekapDitolak", "TEMPLAT_LAIN", "GALAT")),
        ({"pelapor": "53.15"}, ("RekapDitolak", "TEMPLAT_LAIN", "GALAT")),
        ({"periode": "2025-TW2"}, ("RekapDiterima", "TEMPLAT_LAIN", "PERINGATAN")),
    ],
)
def test_a_template_sent_as_another_is_told(
    unregistered: Client, sent: dict[str, str], expected: tuple[str, str, str]
) -> None:
    content = filled(template(unregistered, "F11", "53.14", "2025-TW1"))
    given = {"formulir": "F11", "pelapor": "53.14", "periode": "2025-TW1", **sent}
    result = send(unregistered, content, **given)
    (finding,) = result["temuan"]
    assert (result["__typename"], finding["kode"], finding["tingkat"]) == expected
    assert "53.14" in finding["pesan"] or "F11" in finding["pesan"] or "2025-TW1" in finding["pesan"]


def test_a_template_of_another_version_of_its_form_is_told(unregistered: Client) -> None:
    hub = unregistered
    book = opened(filled(template(hub, "F11", "53.14", "2025-TW1")))
    for sheet in book.worksheets:
        for row in sheet.iter_rows(max_row=8, max_col=1):
            if str(row[0].value).startswith("Templat hub: "):
                row[0].value = row[0].value.rpartition(" ")[0] + " 99"
    result = send(hub, saved(book), "F11", "53.14", "2025-TW1")
    assert [t["kode"] for t in result["temuan"]] == ["TEMPLAT_VERSI_LAIN"]


def test_figures_of_the_period_before_are_shown_and_never_read(unregistered: Client) -> None:
    hub = unregistered
    before = filled(template(hub, "F11", "53.14", "2025-TW1"))
    assert send(hub, before, "F11", "53.14", "2025-TW1")["__typename"] == "RekapDiterima"
    empty = template(hub, "F11", "53.14", "2025-TW2", as_whom="53.14", pembanding="ya")
    book = opened(empty)
    compared = book["Lalu per desa"]
    shown = [c.value for row in compared.iter_rows(min_row=9) for c in row if isinstance(c.value, int | float)]
    assert len(shown) == sum(1 for _ in places(opened(before)))
    result = send(hub, empty, "F11", "53.14", "2025-TW2", kunci="kosong", uji=True)
    assert result["perubahan"]["baru"] == 119 * len([p for p in places(book) if p.region == "53.14.01.2005"])
    content = filled(empty, lambda p: int(plausible(p)) + 1 if p.dimension is None else None)
    result = send(hub, content, "F11", "53.14", "2025-TW2")
    assert (result["__typename"], told(result)) == ("RekapDiterima", [])
    # without the line that says so it is no table of regions, either
    marked = next(
        c for row in compared.iter_rows(max_row=8, max_col=1) for c in row if c.value == "Lembar ini tidak dibaca hub."
    )
    marked.value = None
    again = send(hub, saved(book), "F11", "53.14", "2025-TW2", kunci="tanpa tanda", uji=True)
    assert [t["kode"] for t in again["temuan"] if t["tingkat"] == "GALAT"] == []
    assert not any(v for v in again["perubahan"]["baris"] if v["baru"] in shown and v["lama"] is None)


def test_nobody_sees_more_of_the_period_before_than_he_may(unregistered: Client) -> None:
    hub = unregistered
    before = filled(template(hub, "F11", "53.14", "2025-TW1"))
    assert send(hub, before, "F11", "53.14", "2025-TW1")["__typename"] == "RekapDiterima"
    for as_whom, sees in (("53.14", True), ("53", True), ("53.15", False), (None, False)):
        book = openpyxl.load_workbook(
            io.BytesIO(template(hub, "F11", "53.14", "2025-TW2", as_whom=as_whom, pembanding="ya"))
        )
        figures = [
            c.value for row in book["Lalu per desa"].iter_rows(min_row=9) for c in row if isinstance(c.value, int)
        ]
        assert bool(figures) is sees, as_whom
