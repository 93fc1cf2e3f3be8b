"""A returned rekap sent again with everything the province proposed."""

from typing import Any

import pytest

from tests.client import Client
from tests.rekap.texts import APPROVE, REOPEN, SAVE, SEND_BACK, SUBMIT, TAKE_OVER, angka, submission

KAB, PROV, ID = "53.14", "53", "53.14:F02:2023"
LETTER = {"nomor": "465/12/DINSOS/2024", "tanggal": "2024-01-05"}
SAME = [
    angka("53.14.01", "BAN03", 40),
    angka("53.14.02", "BAN03", None, status="TIDAK_DILAKSANAKAN"),
    angka("53.14", "BAN05", 100),
]


def send(hub: Client, key: str, *cells: Any, **more: Any) -> Any:
    m = submission(KAB, "F02", "2023", key, nilai=list(cells or SAME), **more)
    return hub.ask(SUBMIT, {"m": m, "uji": False}, KAB)["hasil"]


def send_back(hub: Client, revision: int, *notes: tuple[Any, ...]) -> Any:
    given = [
        dict(zip(("wilayah", "elemen", "usulan", "rincian"), n, strict=False)) | {"alasan": "periksa"} for n in notes
    ]
    v = {"id": ID, "revisi": revision, "alasan": "lihat catatan", "catatan": given}
    answer = hub.ask(SEND_BACK, v, PROV)["hasil"]
    assert answer["__typename"] == "RekapDiterima", answer
    return answer


def take_over(hub: Client, revision: int, key: str = "terima", as_whom: str | None = KAB) -> Any:
    return hub.ask(TAKE_OVER, {"id": ID, "revisi": revision, "kunci": key}, as_whom)["hasil"]


def codes(answer: Any) -> list[str]:
    assert answer["__typename"] == "RekapDitolak", answer
    return [t["kode"] for t in answer["temuan"] if t["tingkat"] == "GALAT"]


def content(hub: Client, revision: int) -> Any:
    query = """query ($r: Int) { rekap(id: "53.14:F02:2023") { status revisi surat(revisi: $r) { nomor tanggal }
      totalTertulis { elemen { kode } tertulis } nilai(revisi: $r) { wilayah { kode } elemen { kode } rincian { pilihan } nilai status } } }"""
    rekap = hub.ask(query, {"r": revision}, KAB)["rekap"]
    rekap["nilai"] = {
        (v["wilayah"]["kode"], v["elemen"]["kode"], *(p["pilihan"] for p in v["rincian"])): v["nilai"] if v["nilai"] is not None else v["status"]
        for v in rekap["nilai"]
    }  # fmt: skip
    return rekap


def test_all_proposals_are_taken_over_and_everything_else_stays(hub: Client) -> None:
    totals = [{"elemen": "BAN05", "tertulis": 100}]
    send(hub, "a", surat=LETTER, totalTertulis=totals)
    stage = [{"rincian": "tahap", "pilihan": "1"}]
    send_back(hub, 1, ("53.14.01", "BAN03", 44), ("53.14.02", "BAN03", 0), ("53.14.03", "BAN03", 9), ("53.14", "BAN02", 500, stage),
              ("53.14.04", "BAN03"))  # fmt: skip
    answer = take_over(hub, 1)
    assert (answer["revisi"], answer["ulangan"], answer["rekap"]["status"]) == (2, False, "DIAJUKAN")
    counts = {k: answer["perubahan"][k] for k in ("baru", "berubah", "tetap", "dihapus")}
    assert counts == {"baru": 2, "berubah": 2, "tetap": 1, "dihapus": 0}
    assert content(hub, 2) == {
        "status": "DIAJUKAN", "revisi": 2, "surat": LETTER, "totalTertulis": [{"elemen": {"kode": "BAN05"}, "tertulis": 100}],
        "nilai": {("53.14.01", "BAN03"): 44, ("53.14.02", "BAN03"): 0, ("53.14.03", "BAN03"): 9, ("53.14", "BAN05"): 100,
                  ("53.14", "BAN02", "1"): 500},
    }  # fmt: skip
    assert content(hub, 1)["nilai"]["53.14.01", "BAN03"] == 40  # what was returned stays as it was
    assert hub.sql("SELECT jenis FROM rekap_revisi WHERE kode_kab = %s AND revisi = 2", KAB) == [("AJUAN",)]
    assert hub.ask(APPROVE, {"id": ID, "revisi": 2}, PROV)["hasil"]["__typename"] == "RekapDiterima"


def test_the_same_call_again_is_the_same_receipt(hub: Client) -> None:
    send(hub, "a")
    send_back(hub, 1, ("53.14.01", "BAN03", 44))
    first = take_over(hub, 1)
    assert take_over(hub, 1) == {**first, "ulangan": True}
    hub.ask(APPROVE, {"id": ID, "revisi": 2}, PROV)
    assert take_over(hub, 1)["ulangan"] is True
    assert take_over(hub, 1, "lain")["__typename"] == "BentrokRevisi"
    assert hub.sql("SELECT count(*) FROM rekap_revisi WHERE kode_kab = %s AND periode = '2023'", KAB) == [(2,)]


def test_a_key_of_another_sending_is_refused(hub: Client) -> None:
    send(hub, "a")
    send_back(hub, 1, ("53.14.01", "BAN03", 44))
    assert codes(take_over(hub, 1, "a")) == ["KUNCI_SUDAH_DIPAKAI"]
    assert codes(take_over(hub, 1, " ")) == ["KUNCI_KOSONG"]


def test_where_nothing_was_proposed_it_is_said_why(hub: Client) -> None:
    def refusal(revision: int) -> str:
        answer = take_over(hub, revision)
        assert codes(answer) == ["USULAN_TIDAK_ADA"]
        message: str = answer["temuan"][0]["pesan"]
        return message

    assert codes(take_over(hub, 1)) == ["REKAP_TAK_ADA"]
    send(hub, "a")
    assert "belum pernah dikembalikan" in refusal(1)
    send_back(hub, 1, ("53.14.01", "BAN03"))
    assert "tanpa usulan" in refusal(1)
    send(hub, "b", revisiDasar=1)
    assert take_over(hub, 1)["__typename"] == "BentrokRevisi"
    send_back(hub, 2, ("53.14.01", "BAN03", 44))
    m = submission(KAB, "F02", "2023", "draf", nilai=SAME)
    hub.ask(SAVE, {"m": m}, KAB)
    assert "revisi 2" in refusal(3)  # the draft made since is not written over
    assert take_over(hub, 2)["__typename"] == "BentrokRevisi"
    send(hub, "c")
    hub.ask(APPROVE, {"id": ID, "revisi": 4}, PROV)
    hub.ask(REOPEN, {"id": ID, "alasan": "koreksi"}, PROV)
    refusal(4)


def test_it_is_checked_as_any_submission_is(hub: Client) -> None:
    send(hub, "a", totalTertulis=[{"elemen": "BAN05", "tertulis": 100}])
    send_back(hub, 1, ("53.14", "BAN05", 111))
    assert codes(take_over(hub, 1)) == ["TOTAL_BEDA"]  # the office's own total: it has to say itself what it is now
    assert content(hub, 1)["status"] == "DIKEMBALIKAN"


def test_proposals_that_nobody_can_read_any_more_are_all_told(hub: Client) -> None:
    send(hub, "a", angka("53.14.01", "BAN03", 40))
    send_back(hub, 1, ("53.14.02", "BAN03", 4), ("53.14", "BAN05", 7), ("53.14.03", "BAN03", 5))
    hub.sql("ALTER TABLE rekap_peristiwa DISABLE TRIGGER USER")
    hub.sql("""UPDATE rekap_peristiwa SET catatan = replace(replace(catatan::text, '53.14.02', '53.14.77'), 'BAN05', 'BAN99')::jsonb
      WHERE aksi = 'KEMBALIKAN'""")
    answer = take_over(hub, 1)
    assert sorted(codes(answer)) == ["ELEMEN_TAK_DIKENAL", "WILAYAH_TAK_DIKENAL"]
    places = {(x["lembar"], x["baris"]) for t in answer["temuan"] if t["tingkat"] == "GALAT" for x in t["lokasi"]}
    assert places == {("usulan", 1), ("usulan", 2)}
    assert content(hub, 1)["revisi"] == 1


@pytest.mark.parametrize("as_whom", [PROV, "53.15", "36", "", None])
def test_nobody_else_accepts_them(hub: Client, as_whom: str | None) -> None:
    send(hub, "a")
    send_back(hub, 1, ("53.14.01", "BAN03", 44))
    assert take_over(hub, 1, as_whom=as_whom)["__typename"] == "TidakBerwenang"
    assert content(hub, 1)["revisi"] == 1
