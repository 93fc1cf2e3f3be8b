"""What a province writes beside the cells of a rekap it returns, and the letter that came with it: told to both offices alone."""

from typing import Any

import pytest

from tests.client import Client
from tests.rekap.texts import APPROVE, SAVE, SEND_BACK, SUBMIT, angka, submission

KAB, PROV, ID = "53.14", "53", "53.14:F07:2021"
OUTSIDERS = [None, "53.15", "36"]
READ = """query ($r: Int, $n: DateTime) { rekap(id: "53.14:F07:2021", pada: $n) { catatan(revisi: $r) { wilayah { kode nama }
  elemen { kode } rincian { rincian pilihan } alasan usulan nilai } surat(revisi: $r) { nomor tanggal } } }"""
MEN = [{"rincian": "jk", "pilihan": "Laki-laki"}, {"rincian": "jenis_ppks", "pilihan": "13"}]
LETTER = {"nomor": "465/12/DINSOS/2021", "tanggal": "2022-01-05"}


def send(hub: Client, key: str, figure: int = 1, **more: Any) -> Any:
    m = submission(
        KAB, "F07", "2021", key, nilai=[angka("53.14.02.2012", "PPK03", figure), angka("53.14.02.2013", "PPK04", 12)]
    )
    return hub.ask(SUBMIT, {"m": {**m, **more}, "uji": False}, KAB)["hasil"]


def send_back(hub: Client, revision: int, *notes: dict[str, Any]) -> Any:
    v = {"id": ID, "revisi": revision, "alasan": "lihat catatan", "catatan": list(notes)}
    return hub.ask(SEND_BACK, v, PROV)["hasil"]


def note(wilayah: str, elemen: str, reason: str = "periksa", **more: Any) -> dict[str, Any]:
    return {"wilayah": wilayah, "elemen": elemen, "alasan": reason, **more}


def read(hub: Client, as_whom: str | None, **variables: Any) -> Any:
    return hub.ask(READ, variables, as_whom)["rekap"]


def test_notes_say_cell_reason_proposal_and_what_was_sent(hub: Client) -> None:
    send(hub, "a")
    sent = [
        note("53.14.02.2013", "ppk04", " dobel dengan desa sebelah ", usulan="7.5"),
        note("53.14", "PPK01", "belum dirinci", rincian=MEN, usulan=3),
        note("53.14.02.2012", "PPK03"),
    ]
    refused = send_back(hub, 1, *sent)
    assert [(t["kode"], t["lokasi"][0]["indeks"]) for t in refused["temuan"]] == [
        ("ANGKA_PECAHAN", 0),
        ("PILIHAN_DIBACA", 1),
    ]
    assert send_back(hub, 1, {**sent[0], "usulan": 7}, *sent[1:])["rekap"]["status"] == "DIKEMBALIKAN"
    for as_whom in (KAB, PROV, ""):
        notes = read(hub, as_whom)["catatan"]
        assert [(c["wilayah"]["kode"], c["elemen"]["kode"], c["alasan"], c["usulan"], c["nilai"]) for c in notes] == [
            ("53.14.02.2013", "PPK04", "dobel dengan desa sebelah", 7, 12),
            ("53.14", "PPK01", "belum dirinci", 3, None),  # a cell that was not sent at all
            ("53.14.02.2012", "PPK03", "periksa", None, 1),
        ]
        assert [len(c["rincian"]) for c in notes] == [0, 2, 0]
        assert {p["rincian"] for p in notes[1]["rincian"]} == {"JK", "jenis_ppks"}
        assert read(hub, as_whom, r=1)["catatan"] == notes
        assert read(hub, as_whom, r=2)["catatan"] == []


def test_the_last_return_is_told_unless_another_is_asked_for(hub: Client) -> None:
    send(hub, "a")
    send_back(hub, 1, note("53.14.02.2012", "PPK03", "satu"))
    send(hub, "b")
    assert [c["alasan"] for c in read(hub, KAB)["catatan"]] == ["satu"]
    ((then,),) = hub.sql("SELECT to_json(clock_timestamp()) #>> '{}'")
    send_back(hub, 2)
    assert read(hub, KAB)["catatan"] == []  # the last one marked nothing
    assert [c["alasan"] for c in read(hub, KAB, r=1)["catatan"]] == ["satu"]
    assert [c["alasan"] for c in read(hub, KAB, n=then)["catatan"]] == ["satu"]


@pytest.mark.parametrize("as_whom", OUTSIDERS)
def test_outsiders_are_told_neither_notes_nor_letters(hub: Client, as_whom: str | None) -> None:
    send(hub, "a", surat=LETTER)
    send_back(hub, 1, note("53.14.02.2012", "PPK03", usulan=1))
    send(hub, "b", surat=LETTER)
    hub.ask(APPROVE, {"id": ID, "revisi": 2}, PROV)
    for revision in (None, 1, 2):
        assert read(hub, as_whom, r=revision) == {"catatan": [], "surat": None}
        assert read(hub, KAB, r=revision) != {"catatan": [], "surat": None}


def test_letters_are_of_the_newest_revision_or_of_the_one_asked_for(hub: Client) -> None:
    send(hub, "a", surat=LETTER)
    ((then,),) = hub.sql("SELECT to_json(clock_timestamp()) #>> '{}'")
    other = {"nomor": "=1+1", "tanggal": "2022-02-01"}
    send(hub, "b", surat=other)
    send(hub, "c")
    for as_whom in (KAB, PROV, ""):
        assert [read(hub, as_whom, r=r)["surat"] for r in (None, 1, 2, 3, 9)] == [None, LETTER, other, None, None]
    assert read(hub, KAB, n=then)["surat"] == LETTER
    assert read(hub, KAB, n=then, r=2)["surat"] is None  # there was none yet


def test_whatever_is_wrong_with_notes_is_told_at_once_and_nothing_is_returned(hub: Client) -> None:
    send(hub, "a")
    before = hub.sql("SELECT count(*) FROM rekap_peristiwa")
    answer = hub.ask(SEND_BACK, {"id": ID, "revisi": 1, "alasan": " ", "catatan": [
        note("53.14.02.2012", "PPK03", "  "), note("53.14.02.2012", "BAN01"), note("53.14.02.2012", "XX99"), note("53.15", "PPK04"),
        note("53.14.02.2099", "PPK03"), note("53.14", "PPK01", rincian=[{"rincian": "JK", "pilihan": "X"}]),
        note("53.14", "PPK04", rincian=[{"rincian": "JK", "pilihan": "L"}]), note("53.14.02.2013", "PPK04"),
        note("53.14.02.2013", "PPK04", usulan=-2), note("53.14.02.2013", "PPK04", usulan=3),
    ]}, PROV)["hasil"]  # fmt: skip
    assert answer["__typename"] == "RekapDitolak"
    assert {(t["kode"], t["lokasi"][0]["indeks"] if t["lokasi"] else None) for t in answer["temuan"]} == {
        ("ALASAN_KOSONG", None), ("ALASAN_KOSONG", 0), ("ELEMEN_FORMULIR_LAIN", 1), ("ELEMEN_TAK_DIKENAL", 2), ("WILAYAH_DI_LUAR", 3),
        ("WILAYAH_TAK_DIKENAL", 4), ("PILIHAN_TAK_DIKENAL", 5), ("RINCIAN_TAK_DIKENAL", 6), ("ANGKA_NEGATIF", 8), ("SEL_GANDA", 7),
    }  # fmt: skip
    assert hub.sql("SELECT count(*) FROM rekap_peristiwa") == before


def test_a_sensitive_figure_has_no_cell_below_the_kabupaten_to_be_marked(hub: Client) -> None:
    m = submission(KAB, "F06", "2021", "p", nilai=[angka(KAB, "KTK02", 30)])
    hub.ask(SUBMIT, {"m": m, "uji": False}, KAB)
    v = {"id": "53.14:F06:2021", "revisi": 1, "alasan": "x", "catatan": [note("53.14.02", "KTK02")]}
    assert [t["kode"] for t in hub.ask(SEND_BACK, v, PROV)["hasil"]["temuan"]] == ["PEKA_TERLALU_RINCI"]


def test_notes_of_an_earlier_hub_are_told_as_far_as_there_is_such_a_cell(hub: Client) -> None:
    send(hub, "a")
    send_back(hub, 1, note("53.14.02.2012", "PPK03"))
    hub.sql("ALTER TABLE rekap_peristiwa DISABLE TRIGGER USER")
    hub.sql("""UPDATE rekap_peristiwa SET catatan = '[{"wilayah": "53.14.02.2012", "elemen": "PPK03", "alasan": "lama", "usulan": null},
      {"wilayah": "99.99", "elemen": "PPK03", "alasan": "x", "usulan": "1"}, {"wilayah": "53.14", "elemen": "XX", "alasan": "x", "usulan": "1"}]'
      WHERE aksi = 'KEMBALIKAN'""")
    (only,) = read(hub, KAB)["catatan"]
    assert (only["alasan"], only["rincian"], only["nilai"]) == ("lama", [], 1)


def test_a_draft_has_a_letter_too(hub: Client) -> None:
    m = submission(KAB, "F07", "2021", "d", nilai=[angka("53.14.02.2012", "PPK03", 1)], surat=LETTER)
    hub.ask(SAVE, {"m": m}, KAB)
    assert read(hub, KAB)["surat"] == LETTER
