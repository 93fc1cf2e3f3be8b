"""A submission that its office takes back before the province approves it."""

from typing import Any

import pytest

from tests.client import Client
from tests.rekap.texts import APPROVE, REOPEN, SAVE, SEND_BACK, SUBMIT, WITHDRAW, angka, submission

KAB, PROV, ID = "53.15", "53", "53.15:F02:2023"
LETTER = {"nomor": "465/12/DINSOS/2024", "tanggal": "2024-01-05"}
READ = """query ($n: DateTime) { rekap(id: "53.15:F02:2023", pada: $n) { status revisi diajukanPada tepatWaktu boleh
  riwayat { aksi dari ke revisi alasan } } }"""
WHO = """{ kelengkapan(formulir: ["F02"], periode: ["2023"], wilayah: "53.15") { status tepatWaktu terlambat }
  agregat(elemen: ["BAN05"], periode: ["2023"], wilayah: "53.15", tingkat: KABUPATEN) { nilai
    kelengkapan { diterima disetujui tepatWaktu } } }"""


def send(hub: Client, key: str, figure: int = 100, periode: str = "2023", **more: Any) -> Any:
    m = submission(KAB, "F02", periode, key, nilai=[angka(KAB, "BAN05", figure)], **more)
    return hub.ask(SUBMIT, {"m": m, "uji": False}, KAB)["hasil"]


def withdraw(
    hub: Client, revision: int = 1, as_whom: str | None = KAB, reason: str = "salah berkas", id_: str = ID
) -> Any:
    return hub.ask(WITHDRAW, {"id": id_, "revisi": revision, "alasan": reason}, as_whom)["hasil"]


def decide(hub: Client, call: str, revision: int | None = None, **more: Any) -> None:
    v = {"id": ID, **({} if revision is None else {"revisi": revision}), **more}
    assert hub.ask(call, v, PROV)["hasil"]["__typename"] == "RekapDiterima"


def who(hub: Client) -> tuple[Any, Any]:
    answer = hub.ask(WHO, None, KAB)
    ((row,), (figure,)) = answer["kelengkapan"], answer["agregat"]
    return row, figure


def in_time(hub: Client) -> None:
    hub.sql("INSERT INTO tenggat VALUES ('F02', '2023', '53', 1, '2999-01-01', 'uji', '53')")


def test_it_is_a_draft_again_and_the_next_goes_on_from_it(hub: Client) -> None:
    in_time(hub)
    send(hub, "a", surat=LETTER, totalTertulis=[{"elemen": "BAN05", "tertulis": 100}])
    assert hub.ask(READ, None, KAB)["rekap"]["tepatWaktu"] is True
    answer = withdraw(hub, reason=" keliru kecamatan ")
    assert answer["rekap"] == {"id": ID, "status": "DRAF", "revisi": 1, "revisiDisetujui": None}
    assert (answer["revisi"], answer["ulangan"], answer["temuan"]) == (1, False, [])
    rekap = hub.ask(READ, None, KAB)["rekap"]
    last = {"aksi": "TARIK", "dari": "DIAJUKAN", "ke": "DRAF", "revisi": 1, "alasan": "keliru kecamatan"}
    assert rekap["riwayat"][-1] == last
    assert (rekap["diajukanPada"], rekap["tepatWaktu"], rekap["boleh"]) == (None, None, ["SIMPAN", "AJUKAN"])
    kept = '{ rekap(id: "53.15:F02:2023") { nilai(revisi: 1) { nilai } totalTertulis { tertulis } surat { nomor tanggal } } }'
    assert hub.ask(kept, None, KAB)["rekap"] == {
        "nilai": [{"nilai": 100}], "totalTertulis": [{"tertulis": 100}], "surat": LETTER,
    }  # fmt: skip
    again = send(hub, "b", 101, revisiDasar=1)
    assert (again["revisi"], again["rekap"]["status"], again["perubahan"]["berubah"]) == (2, "DIAJUKAN", 1)
    decide(hub, APPROVE, 2)
    assert who(hub)[1]["nilai"] == 101


def test_what_was_taken_back_was_never_submitted(hub: Client) -> None:
    in_time(hub)
    send(hub, "a")
    send(hub, "b", 101)
    row, figure = who(hub)
    assert (row["status"], row["tepatWaktu"], figure["kelengkapan"]["diterima"]) == ("DIAJUKAN", True, 1)
    ((then,),) = hub.sql("SELECT to_json(now()) #>> '{}'")
    withdraw(hub, 2)
    row, figure = who(hub)
    assert row == {"status": "DRAF", "tepatWaktu": None, "terlambat": False}
    assert figure["kelengkapan"] == {"diterima": 0, "disetujui": 0, "tepatWaktu": 0}
    hub.sql("INSERT INTO tenggat VALUES ('F02', '2023', '53', 2, '2024-01-10', 'uji', '53')")
    hub.sql("UPDATE rekap SET tenggat = '2024-01-10' WHERE kode_kab = %s", KAB)
    assert who(hub)[0] == {"status": "DRAF", "tepatWaktu": None, "terlambat": True}
    send(hub, "c", 102)
    row, figure = who(hub)
    assert row == {"status": "DIAJUKAN", "tepatWaktu": False, "terlambat": False}
    assert figure["kelengkapan"] == {"diterima": 1, "disetujui": 0, "tepatWaktu": 0}
    known = hub.ask(READ, {"n": then}, KAB)["rekap"]
    assert (known["status"], known["revisi"], known["tepatWaktu"]) == ("DIAJUKAN", 2, True)


def test_longer_periods_are_counted_anew(hub: Client) -> None:
    def received() -> int:
        query = """{ agregat(elemen: ["BAN05"], periode: ["2023"], wilayah: "53.15", tingkat: KABUPATEN) { kelengkapan { diterima } } }"""
        count: int = hub.ask(query)["agregat"][0]["kelengkapan"]["diterima"]
        return count

    for n in (1, 2, 3, 4):
        send(hub, f"tw{n}", periode=f"2023-TW{n}")
    assert received() == 1
    withdraw(hub, id_=f"{KAB}:F02:2023-TW2")
    assert received() == 0


def test_a_submission_the_province_has_answered_stays_the_first(hub: Client) -> None:
    in_time(hub)
    send(hub, "a")
    first = hub.ask(READ, None, KAB)["rekap"]["diajukanPada"]
    decide(hub, SEND_BACK, 1, alasan="periksa")
    send(hub, "b", 101)
    withdraw(hub, 2)
    rekap = hub.ask(READ, None, KAB)["rekap"]
    assert (rekap["status"], rekap["diajukanPada"], rekap["tepatWaktu"]) == ("DRAF", first, True)
    assert who(hub)[1]["kelengkapan"]["diterima"] == 1


def test_what_was_approved_before_goes_on_counting(hub: Client) -> None:
    send(hub, "a")
    decide(hub, APPROVE, 1)
    decide(hub, REOPEN, alasan="koreksi")
    send(hub, "b", 101)
    assert withdraw(hub, 2)["rekap"] == {"id": ID, "status": "DRAF", "revisi": 2, "revisiDisetujui": 1}
    row, figure = who(hub)
    assert (row["status"], figure["nilai"]) == ("DRAF", 100)
    assert figure["kelengkapan"] == {"diterima": 1, "disetujui": 1, "tepatWaktu": 0}


def test_it_needs_a_reason_and_the_newest_revision(hub: Client) -> None:
    assert [t["kode"] for t in withdraw(hub)["temuan"]] == ["REKAP_TAK_ADA"]
    send(hub, "a")
    send(hub, "b", 101)
    assert [t["kode"] for t in withdraw(hub, 2, reason=" ")["temuan"]] == ["ALASAN_KOSONG"]
    assert (withdraw(hub, 1)["__typename"], withdraw(hub, 1)["revisiTerbaru"]) == ("BentrokRevisi", 2)
    assert [t["kode"] for t in withdraw(hub, id_="53.15:F02")["temuan"]] == ["ID_TIDAK_SAH"]


@pytest.mark.parametrize("as_whom", [PROV, "53.16", "36", "", None])
def test_nobody_else_takes_it_back(hub: Client, as_whom: str | None) -> None:
    send(hub, "a")
    assert withdraw(hub, as_whom=as_whom)["__typename"] == "TidakBerwenang"
    assert hub.ask(READ, None, KAB)["rekap"]["status"] == "DIAJUKAN"


def test_a_provinces_statement_is_in_force_and_stays(hub: Client) -> None:
    m = submission(PROV, "F02", "2023", "p", nilai=[angka(PROV, "BAN05", 5)])
    hub.ask(SUBMIT, {"m": m, "uji": False}, PROV)
    (finding,) = withdraw(hub, as_whom=PROV, id_="53:F02:2023")["temuan"]
    assert finding["kode"] == "KEADAAN_REKAP"
    assert "Pernyataan provinsi" in finding["pesan"]
    assert hub.ask('{ rekap(id: "53:F02:2023") { boleh status } }', None, PROV)["rekap"] == {
        "boleh": ["AJUKAN"], "status": "DISETUJUI",
    }  # fmt: skip


def test_a_draft_after_it_may_hold_what_a_submission_may_not(hub: Client) -> None:
    send(hub, "a")
    withdraw(hub)
    m = submission(
        KAB, "F02", "2023", "d", nilai=[angka(KAB, "BAN05", 7)], totalTertulis=[{"elemen": "BAN05", "tertulis": 9}]
    )
    answer = hub.ask(SAVE, {"m": {**m, "revisiDasar": 1}}, KAB)["hasil"]
    assert (answer["rekap"]["status"], answer["rekap"]["revisi"]) == ("DRAF", 2)
