"""The life of a rekap through HTTP: keys, revisions, states, returns, reopening, deadlines, periods."""

import threading
from typing import Any

import pytest

from tests.client import Klien
from tests.rekap.texts import AJUKAN, BUKA, KEMBALIKAN, SETUJUI, SIMPAN, angka, masukan, tabel

KAB, PROV, ID = "53.15", "53", "53.15:F02:2023"
TABEL_REKAP = (
    "rekap",
    "rekap_revisi",
    "rekap_nilai",
    "rekap_total",
    "rekap_temuan",
    "rekap_peristiwa",
    "angka",
    "kelengkapan",
)


def isi(kunci: str, nilai: int = 100, **lain: Any) -> dict[str, Any]:
    return masukan(KAB, "F02", "2023", kunci, nilai=[angka(KAB, "BAN05", nilai)], **lain)


def ajukan(hub: Klien, m: dict[str, Any], sebagai: str | None = KAB, uji: bool = False) -> Any:
    return hub.tanya(AJUKAN, {"m": m, "uji": uji}, sebagai=sebagai)["hasil"]


def setujui(hub: Klien, revisi: int, sebagai: str | None = PROV, id_: str = ID) -> Any:
    return hub.tanya(SETUJUI, {"id": id_, "revisi": revisi}, sebagai=sebagai)["hasil"]


def kembalikan(hub: Klien, revisi: int, alasan: str = "periksa", sebagai: str = PROV, **lain: Any) -> Any:
    return hub.tanya(KEMBALIKAN, {"id": ID, "revisi": revisi, "alasan": alasan, **lain}, sebagai=sebagai)["hasil"]


def buka(hub: Klien, alasan: str = "ada koreksi") -> Any:
    return hub.tanya(BUKA, {"id": ID, "alasan": alasan}, sebagai=PROV)["hasil"]


def baris(hub: Klien) -> dict[str, int]:
    return {t: hub.sql(f"SELECT count(*) FROM {t}")[0][0] for t in TABEL_REKAP}


def nilai_agregat(hub: Klien, elemen: str, periode: str, wilayah: str = KAB) -> Any:
    query = """query ($e: String!, $p: Periode!, $w: KodeWilayah!) {
      agregat(elemen: [$e], periode: [$p], wilayah: $w, tingkat: KABUPATEN) { nilai status kelengkapan { diharapkan diterima disetujui } } }"""
    (satu,) = hub.tanya(query, {"e": elemen, "p": periode, "w": wilayah})["agregat"]
    return satu


# ---------- trying out ----------


def test_a_trial_says_everything_and_writes_nothing(hub: Klien) -> None:
    sebelum = baris(hub)
    hasil = ajukan(hub, isi("coba"), uji=True)
    assert (hasil["__typename"], hasil["rekap"], hasil["revisi"]) == ("RekapDiterima", None, 1)
    assert hasil["perubahan"]["baris"] == [{"wilayah": KAB, "elemen": "BAN05", "lama": None, "baru": 100}]
    assert baris(hub) == sebelum
    ajukan(hub, isi("sungguh"))
    hasil = ajukan(hub, isi("coba lagi", 120), uji=True)
    assert (hasil["revisi"], hasil["rekap"]["revisi"]) == (2, 1)
    assert hasil["perubahan"] == {
        "baru": 0, "berubah": 1, "tetap": 0, "dihapus": 0,
        "baris": [{"wilayah": KAB, "elemen": "BAN05", "lama": 100, "baru": 120}],
    }  # fmt: skip


# ---------- keys ----------


def test_the_same_key_and_content_give_the_first_receipt_again(hub: Klien) -> None:
    pertama = ajukan(hub, isi("k"))
    sebelum = baris(hub)
    kedua = ajukan(hub, isi("k"))
    assert (pertama["ulangan"], kedua["ulangan"]) == (False, True)
    assert {**kedua, "ulangan": False} == pertama
    assert baris(hub) == sebelum
    setujui(hub, 1)
    assert ajukan(hub, isi("k"))["ulangan"] is True  # a late retry is still a receipt, whatever happened since


def test_a_receipt_keeps_findings_whose_code_is_gone(hub: Klien) -> None:
    ajukan(hub, isi("k"))
    hub.sql(
        "INSERT INTO rekap_temuan (kode_kab, formulir, periode, revisi, urut, kode, tingkat, pesan, lokasi) SELECT kode_kab, "
        "formulir, periode, revisi, 99, 'KODE_LAMA', 'INFO', 'Dari hub terdahulu.', '[]' FROM rekap_revisi"
    )
    assert [t["kode"] for t in ajukan(hub, isi("k"))["temuan"]][-1] == "KODE_LAMA"


def test_the_same_key_with_other_content_is_refused(hub: Klien) -> None:
    ajukan(hub, isi("k"))
    sebelum = baris(hub)
    for lain in (
        isi("k", 101),
        {**isi("k"), "periode": "2024"},
        {**isi("k"), "surat": {"nomor": "1", "tanggal": "2024-01-02"}},
    ):
        hasil = ajukan(hub, lain)
        assert [t["kode"] for t in hasil["temuan"]] == ["KUNCI_SUDAH_DIPAKAI"]
    assert baris(hub) == sebelum


def test_the_same_key_of_two_kabupaten_are_two_keys(hub: Klien) -> None:
    assert ajukan(hub, isi("k"))["ulangan"] is False
    m = masukan("53.16", "F02", "2023", "k", nilai=[angka("53.16", "BAN05", 5)])
    assert ajukan(hub, m, "53.16")["ulangan"] is False


# ---------- revisions ----------


def test_a_stale_base_revision_is_a_conflict(hub: Klien) -> None:
    ajukan(hub, isi("a"))
    assert ajukan(hub, isi("b", 101, revisiDasar=1))["revisi"] == 2
    hasil = ajukan(hub, isi("c", 102, revisiDasar=1))
    assert (hasil["__typename"], hasil["revisiTerbaru"]) == ("BentrokRevisi", 2)
    assert ajukan(hub, isi("d", 103, revisiDasar=0))["__typename"] == "BentrokRevisi"
    assert hub.sql("SELECT max(revisi) FROM rekap_revisi WHERE kode_kab = %s AND periode = '2023'", KAB) == [(2,)]


def test_two_at_once_give_one_winner_and_one_clear_answer(hub: Klien) -> None:
    hub.token(KAB)
    jawab: list[Any] = []
    mulai = threading.Barrier(6)

    def kirim(n: int) -> None:
        mulai.wait()
        jawab.append(ajukan(hub, isi(f"serentak {n}", n, revisiDasar=0)))

    utas = [threading.Thread(target=kirim, args=(n,)) for n in range(1, 7)]
    for u in utas:
        u.start()
    for u in utas:
        u.join()
    assert sorted(h["__typename"] for h in jawab) == ["BentrokRevisi"] * 5 + ["RekapDiterima"]
    assert {h["revisiTerbaru"] for h in jawab if h["__typename"] == "BentrokRevisi"} == {1}
    assert hub.sql("SELECT count(*) FROM rekap_revisi WHERE kode_kab = %s", KAB) == [(1,)]


def test_a_double_click_is_one_revision(hub: Klien) -> None:
    hub.token(KAB)
    jawab: list[Any] = []
    mulai = threading.Barrier(6)

    def kirim() -> None:
        mulai.wait()
        jawab.append(ajukan(hub, isi("klik")))

    utas = [threading.Thread(target=kirim) for _ in range(6)]
    for u in utas:
        u.start()
    for u in utas:
        u.join()
    assert sorted(h["ulangan"] for h in jawab) == [False] + [True] * 5
    assert hub.sql("SELECT count(*) FROM rekap_revisi WHERE kode_kab = %s", KAB) == [(1,)]


def test_a_revision_replaces_the_whole_rekap(hub: Klien) -> None:
    dua = [angka(KAB, "BAN05", 100), angka(KAB, "BAN03", 7)]
    ajukan(hub, masukan(KAB, "F02", "2023", "a", nilai=dua))
    hasil = ajukan(hub, isi("b"))
    assert (hasil["perubahan"]["tetap"], hasil["perubahan"]["dihapus"]) == (1, 1)
    nilai = 'query ($r: Int) { rekap(id: "53.15:F02:2023") { nilai(revisi: $r) { elemen { kode } } } }'
    assert len(hub.tanya(nilai, {"r": 1}, sebagai=KAB)["rekap"]["nilai"]) == 2  # the first is still there
    assert len(hub.tanya(nilai, None, sebagai=KAB)["rekap"]["nilai"]) == 1


# ---------- states ----------


def test_the_whole_way_round(hub: Klien) -> None:
    assert hub.tanya(SIMPAN, {"m": isi("draf")}, sebagai=KAB)["hasil"]["rekap"]["status"] == "DRAF"
    assert ajukan(hub, isi("ajuan", 110))["rekap"]["status"] == "DIAJUKAN"
    catatan = [{"wilayah": KAB, "elemen": "BAN05", "alasan": "lihat SK", "usulan": 111}]
    assert kembalikan(hub, 2, "belum sama dengan SK", catatan=catatan)["rekap"]["status"] == "DIKEMBALIKAN"
    assert ajukan(hub, isi("perbaikan", 111))["rekap"]["status"] == "DIAJUKAN"
    assert setujui(hub, 3)["rekap"] == {"id": ID, "status": "DISETUJUI", "revisi": 3, "revisiDisetujui": 3}
    assert buka(hub)["rekap"]["status"] == "DIKEMBALIKAN"
    assert nilai_agregat(hub, "BAN05", "2023")["nilai"] == 111  # counts until another revision is approved
    ajukan(hub, isi("koreksi", 112))
    assert nilai_agregat(hub, "BAN05", "2023")["nilai"] == 111
    setujui(hub, 4)
    assert nilai_agregat(hub, "BAN05", "2023")["nilai"] == 112
    query = 'query { rekap(id: "53.15:F02:2023") { riwayat { aksi dari ke revisi alasan oleh } } }'
    riwayat = hub.tanya(query, None, sebagai=PROV)["rekap"]["riwayat"]
    assert [(p["aksi"], p["dari"], p["ke"], p["revisi"]) for p in riwayat] == [
        ("SIMPAN", None, "DRAF", 1), ("AJUKAN", "DRAF", "DIAJUKAN", 2), ("KEMBALIKAN", "DIAJUKAN", "DIKEMBALIKAN", 2),
        ("AJUKAN", "DIKEMBALIKAN", "DIAJUKAN", 3), ("SETUJUI", "DIAJUKAN", "DISETUJUI", 3),
        ("BUKA", "DISETUJUI", "DIKEMBALIKAN", 3), ("AJUKAN", "DIKEMBALIKAN", "DIAJUKAN", 4),
        ("SETUJUI", "DIAJUKAN", "DISETUJUI", 4),
    ]  # fmt: skip
    assert riwayat[2]["alasan"] == "belum sama dengan SK"
    assert riwayat[2]["oleh"] == "uji PROVINSI 53"
    assert hub.sql("SELECT catatan->0->>'usulan' FROM rekap_peristiwa WHERE aksi = 'KEMBALIKAN'") == [("111",)]


SIAPKAN: dict[str, Any] = {
    "DRAF": lambda h: h.tanya(SIMPAN, {"m": isi("s")}, sebagai=KAB),
    "DIAJUKAN": lambda h: ajukan(h, isi("s")),
    "DIKEMBALIKAN": lambda h: (ajukan(h, isi("s")), kembalikan(h, 1)),
    "DISETUJUI": lambda h: (ajukan(h, isi("s")), setujui(h, 1)),
}
COBA: dict[str, Any] = {
    "SIMPAN": lambda h: h.tanya(SIMPAN, {"m": isi("baru", 7)}, sebagai=KAB)["hasil"],
    "AJUKAN": lambda h: ajukan(h, isi("baru", 7)),
    "SETUJUI": lambda h: setujui(h, 1),
    "KEMBALIKAN": lambda h: kembalikan(h, 1),
    "BUKA": lambda h: buka(h),
}
BOLEH = {
    "DRAF": {"SIMPAN": "DRAF", "AJUKAN": "DIAJUKAN"},
    "DIAJUKAN": {"AJUKAN": "DIAJUKAN", "SETUJUI": "DISETUJUI", "KEMBALIKAN": "DIKEMBALIKAN"},
    "DIKEMBALIKAN": {"SIMPAN": "DRAF", "AJUKAN": "DIAJUKAN"},
    "DISETUJUI": {"BUKA": "DIKEMBALIKAN", "SETUJUI": "DISETUJUI"},  # approving again is a retry, and changes nothing
}


@pytest.mark.parametrize("aksi", COBA)
@pytest.mark.parametrize("status", SIAPKAN)
def test_every_action_in_every_state(hub: Klien, status: str, aksi: str) -> None:
    SIAPKAN[status](hub)
    sebelum = baris(hub)
    hasil = COBA[aksi](hub)
    if aksi in BOLEH[status]:
        assert hasil["rekap"]["status"] == BOLEH[status][aksi]
    else:
        assert [t["kode"] for t in hasil["temuan"] if t["tingkat"] == "GALAT"] == ["KEADAAN_REKAP"]
        assert baris(hub) == sebelum
    ulang = (status, aksi) == ("DISETUJUI", "SETUJUI")
    assert (baris(hub) == sebelum) is (aksi not in BOLEH[status] or ulang)


@pytest.mark.parametrize(("sebagai", "boleh"), [(KAB, "KABUPATEN"), (PROV, "PROVINSI"), (None, None), ("36", None)])
@pytest.mark.parametrize("status", SIAPKAN)
def test_the_rekap_says_what_the_caller_may_do(hub: Klien, status: str, sebagai: str | None, boleh: str | None) -> None:
    SIAPKAN[status](hub)
    rekap = hub.tanya('{ rekap(id: "53.15:F02:2023") { boleh status } }', None, sebagai)["rekap"]
    milik = {"KABUPATEN": {"SIMPAN", "AJUKAN"}, "PROVINSI": {"SETUJUI", "KEMBALIKAN", "BUKA"}}
    if boleh is None:
        assert rekap == ({"boleh": [], "status": "DISETUJUI"} if status == "DISETUJUI" else None)
    else:
        harus = (set(BOLEH[status]) & milik[boleh]) - ({"SETUJUI"} if status == "DISETUJUI" else set())
        assert set(rekap["boleh"]) == harus


def test_a_stale_revision_cannot_be_approved_or_returned(hub: Klien) -> None:
    ajukan(hub, isi("a"))
    ajukan(hub, isi("b", 101))
    assert setujui(hub, 1) == {"__typename": "BentrokRevisi", "pesan": setujui(hub, 1)["pesan"], "revisiTerbaru": 2}
    assert kembalikan(hub, 1)["__typename"] == "BentrokRevisi"


def test_returning_and_reopening_need_a_reason(hub: Klien) -> None:
    ajukan(hub, isi("a"))
    assert [t["kode"] for t in kembalikan(hub, 1, "  ")["temuan"]] == ["ALASAN_KOSONG"]
    setujui(hub, 1)
    assert [t["kode"] for t in buka(hub, "")["temuan"]] == ["ALASAN_KOSONG"]


def test_a_draft_keeps_what_a_submission_would_refuse(hub: Klien) -> None:
    m = isi("draf", totalTertulis=[{"elemen": "BAN05", "tertulis": 5}])
    assert ajukan(hub, m)["__typename"] == "RekapDitolak"
    hasil = hub.tanya(SIMPAN, {"m": m}, sebagai=KAB)["hasil"]
    assert [t["kode"] for t in hasil["temuan"]] == ["TOTAL_BEDA"]
    query = "query ($id: ID!) { rekap(id: $id) { totalTertulis { elemen { kode } tertulis dihitung selisih } temuan { kode } } }"
    rekap = hub.tanya(query, {"id": ID}, KAB)["rekap"]
    assert rekap["totalTertulis"] == [{"elemen": {"kode": "BAN05"}, "tertulis": 5, "dihitung": 100, "selisih": 95}]
    assert rekap["temuan"] == [{"kode": "TOTAL_BEDA"}]


# ---------- every finding at once ----------


def test_all_findings_come_at_once_with_their_places(hub: Klien) -> None:
    m = masukan(
        "53.14", "F07", "2021", "banyak salah",
        tabel=[tabel(["PPK03", "PPKX"], [("53.14.01.2005", 1, 1), ("53.99.01.2001", 1, 1), (("Desa Entah", "Lobalain"), 1, 1)])],
        nilai=[angka("53.14.01.2005", "PPK03", 1), angka("53.14.01.2006", "PPK03", "dua"), angka("53.14.01.2007", "PPK03", -1),
               angka("53.14.01.2008", "PPK03", 1.5), angka("53.14.01.2009", "PPK03", None)],
        totalTertulis=[{"elemen": "PPK99", "tertulis": 1}],
    )  # fmt: skip
    hasil = ajukan(hub, m, "53.14")
    ada = {
        (t["kode"], x["lembar"] or x["indeks"])
        for t in hasil["temuan"]
        if t["tingkat"] == "GALAT"
        for x in t["lokasi"][:1]
    }
    assert ada == {
        ("ELEMEN_TAK_DIKENAL", "tabel 1"), ("WILAYAH_DI_LUAR", "tabel 1"), ("WILAYAH_TAK_DIKENAL", "tabel 1"),
        ("SEL_GANDA", "tabel 1"), ("ANGKA_TAK_TERBACA", 1), ("ANGKA_NEGATIF", 2), ("ANGKA_PECAHAN", 3), ("STATUS_KOSONG", 4),
        ("ELEMEN_TAK_DIKENAL", 0),
    }  # fmt: skip
    ganda = next(t for t in hasil["temuan"] if t["kode"] == "SEL_GANDA")
    assert [(x["lembar"], x["baris"], x["indeks"]) for x in ganda["lokasi"]] == [("tabel 1", 1, None), (None, None, 0)]


@pytest.mark.parametrize(
    ("ubah", "kode"),
    [
        ({"formulir": "F99"}, "FORMULIR_TAK_DIKENAL"),
        ({"formulir": "F07", "periode": "2023-05"}, "PERIODE_TERLALU_PENDEK"),
        ({"periode": "2999"}, "PERIODE_BELUM_MULAI"),
        ({"kunciIdempoten": " "}, "KUNCI_KOSONG"),
        ({"nilai": []}, "REKAP_KOSONG"),
    ],
)
def test_a_wrong_envelope_is_refused_with_a_reason(hub: Klien, ubah: dict[str, Any], kode: str) -> None:
    hasil = ajukan(hub, {**isi("k"), **ubah})
    assert [t["kode"] for t in hasil["temuan"] if t["tingkat"] == "GALAT"] == [kode]


def test_sensitive_figures_are_taken_for_a_whole_kabupaten_only(hub: Klien) -> None:
    nilai = [angka("53.14.01", "KTK02", 3), angka("53.14.02.2012", "KTK04", 1)]
    m = masukan("53.14", "F06", "2021", "peka", nilai=nilai)
    galat = [t for t in ajukan(hub, m, "53.14")["temuan"] if t["tingkat"] == "GALAT"]
    assert {(t["kode"], t["elemen"]) for t in galat} == {
        ("PEKA_TERLALU_RINCI", "KTK02"),
        ("PEKA_TERLALU_RINCI", "KTK04"),
    }
    assert hub.tanya(SIMPAN, {"m": m}, sebagai="53.14")["hasil"]["__typename"] == "RekapDitolak"


def test_last_periods_file_sent_again_is_warned(hub: Klien) -> None:
    nilai = [angka("53.14.01", "BAN01", n) for n in (1,)] + [
        angka(f"53.14.{k:02d}", "BAN01", k * 7) for k in range(2, 8)
    ]
    ajukan(hub, masukan("53.14", "F02", "2021-TW1", "tw1", nilai=nilai), "53.14")
    hasil = ajukan(hub, masukan("53.14", "F02", "2021-TW2", "tw2", nilai=nilai), "53.14")
    assert "SAMA_DENGAN_PERIODE_LALU" in {t["kode"] for t in hasil["temuan"]}


# ---------- periods ----------


def test_a_coarse_period_is_made_of_finer_ones_by_each_elements_rule(hub: Klien) -> None:
    for tw, (kpm, rupiah) in enumerate([(10, 100), (12, 110), (11, 120)], 1):
        nilai = [angka(KAB, "BAN01", kpm), angka(KAB, "BAN04", rupiah)]
        hasil = ajukan(hub, masukan(KAB, "F02", f"2023-TW{tw}", f"tw{tw}", nilai=nilai))
        setujui(hub, hasil["revisi"], id_=f"{KAB}:F02:2023-TW{tw}")
    assert nilai_agregat(hub, "BAN04", "2023")["nilai"] == 330  # a flow adds up
    assert nilai_agregat(hub, "BAN01", "2023")["nilai"] == 11  # people are counted once: the latest
    assert nilai_agregat(hub, "BAN04", "2023-S1")["nilai"] == 210
    assert nilai_agregat(hub, "BAN01", "2023")["kelengkapan"] == {"diharapkan": 4, "diterima": 3, "disetujui": 3}
    # a rekap of the very period takes over, and is never added to its parts
    ajukan(hub, masukan(KAB, "F02", "2023", "tahun", nilai=[angka(KAB, "BAN04", 500)]))
    setujui(hub, 1)
    assert nilai_agregat(hub, "BAN04", "2023")["nilai"] == 500
    assert nilai_agregat(hub, "BAN01", "2023")["status"] == "TIDAK_ADA_DATA"
    assert nilai_agregat(hub, "BAN04", "2023")["kelengkapan"] == {"diharapkan": 1, "diterima": 1, "disetujui": 1}
    assert nilai_agregat(hub, "BAN04", "2023-S1")["nilai"] == 210


def test_completeness_says_who_sent_and_who_did_not(hub: Klien) -> None:
    ajukan(hub, isi("a"))
    query = """{ kelengkapan(formulir: ["F02"], periode: ["2023"], wilayah: "53") {
      kabupaten { kode } formulir { kode } status tenggat tepatWaktu } }"""
    per_kab = {b["kabupaten"]["kode"]: b for b in hub.tanya(query, None, PROV)["kelengkapan"]}
    assert len(per_kab) == 22
    assert per_kab[KAB]["status"] == "DIAJUKAN"
    assert (per_kab[KAB]["tenggat"], per_kab[KAB]["tepatWaktu"]) == ("2024-01-10", False)
    assert per_kab["53.01"]["status"] is None
    assert {b["kabupaten"]["kode"] for b in hub.tanya(query)["kelengkapan"] if b["status"]} == set()  # not approved yet


def test_a_deadline_is_data_and_days_are_the_offices(hub: Klien) -> None:
    hub.sql("INSERT INTO tenggat VALUES ('F02', '2023', '', '2024-02-01'), ('F02', '2023', '53', '2999-01-01')")
    ajukan(hub, isi("a"))
    rekap = hub.tanya(f'{{ rekap(id: "{ID}") {{ tenggat tepatWaktu }} }}', None, KAB)["rekap"]
    assert rekap == {"tenggat": "2999-01-01", "tepatWaktu": True}
