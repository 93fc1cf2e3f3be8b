"""The life of a rekap through HTTP: keys, revisions, states, returns, reopening, deadlines, periods."""

import threading
from typing import Any

import pytest

from tests.client import Client
from tests.rekap.texts import APPROVE, REOPEN, SAVE, SEND_BACK, SUBMIT, WITHDRAW, angka, submission, table

KAB, PROV, ID = "53.15", "53", "53.15:F02:2023"
REKAP_TABLES = (
    "rekap",
    "rekap_revisi",
    "rekap_nilai",
    "rekap_total",
    "rekap_temuan",
    "rekap_peristiwa",
    "angka",
    "kelengkapan",
)


def one_figure(key: str, nilai: int = 100, **more: Any) -> dict[str, Any]:
    return submission(KAB, "F02", "2023", key, nilai=[angka(KAB, "BAN05", nilai)], **more)


def submit(hub: Client, m: dict[str, Any], as_whom: str | None = KAB, dry_run: bool = False) -> Any:
    return hub.ask(SUBMIT, {"m": m, "uji": dry_run}, as_whom=as_whom)["hasil"]


def approve(hub: Client, revision: int, as_whom: str | None = PROV, id_: str = ID) -> Any:
    return hub.ask(APPROVE, {"id": id_, "revisi": revision}, as_whom=as_whom)["hasil"]


def send_back(hub: Client, revision: int, reason: str = "periksa", as_whom: str = PROV, **more: Any) -> Any:
    return hub.ask(SEND_BACK, {"id": ID, "revisi": revision, "alasan": reason, **more}, as_whom=as_whom)["hasil"]


def reopen(hub: Client, reason: str = "ada koreksi") -> Any:
    return hub.ask(REOPEN, {"id": ID, "alasan": reason}, as_whom=PROV)["hasil"]


def row_counts(hub: Client) -> dict[str, int]:
    return {t: hub.sql(f"SELECT count(*) FROM {t}")[0][0] for t in REKAP_TABLES}


def nilai_agregat(hub: Client, elemen: str, periode: str, wilayah: str = KAB) -> Any:
    query = """query ($e: String!, $p: Periode!, $w: KodeWilayah!) {
      agregat(elemen: [$e], periode: [$p], wilayah: $w, tingkat: KABUPATEN) { nilai status kelengkapan { diharapkan diterima disetujui } } }"""
    (row,) = hub.ask(query, {"e": elemen, "p": periode, "w": wilayah})["agregat"]
    return row


# ---------- trying out ----------


def test_a_trial_says_everything_and_writes_nothing(hub: Client) -> None:
    before = row_counts(hub)
    result = submit(hub, one_figure("coba"), dry_run=True)
    assert (result["__typename"], result["rekap"], result["revisi"]) == ("RekapDiterima", None, 1)
    assert result["perubahan"]["baris"] == [{"wilayah": KAB, "elemen": "BAN05", "lama": None, "baru": 100}]
    assert row_counts(hub) == before
    submit(hub, one_figure("sungguh"))
    result = submit(hub, one_figure("coba lagi", 120), dry_run=True)
    assert (result["revisi"], result["rekap"]["revisi"]) == (2, 1)
    assert result["perubahan"] == {
        "baru": 0, "berubah": 1, "tetap": 0, "dihapus": 0,
        "baris": [{"wilayah": KAB, "elemen": "BAN05", "lama": 100, "baru": 120}],
    }  # fmt: skip


# ---------- keys ----------


def test_the_same_key_and_content_give_the_first_receipt_again(hub: Client) -> None:
    first = submit(hub, one_figure("k"))
    before = row_counts(hub)
    second = submit(hub, one_figure("k"))
    assert (first["ulangan"], second["ulangan"]) == (False, True)
    assert {**second, "ulangan": False} == first
    assert row_counts(hub) == before
    approve(hub, 1)
    assert submit(hub, one_figure("k"))["ulangan"] is True  # a late retry is still a receipt, whatever happened since


def test_a_receipt_keeps_findings_whose_code_is_gone(hub: Client) -> None:
    submit(hub, one_figure("k"))
    hub.sql(
        "INSERT INTO rekap_temuan (kode_kab, formulir, periode, revisi, urut, kode, tingkat, pesan, lokasi) SELECT kode_kab, "
        "formulir, periode, revisi, 99, 'KODE_LAMA', 'INFO', 'Dari hub terdahulu.', '[]' FROM rekap_revisi"
    )
    assert [t["kode"] for t in submit(hub, one_figure("k"))["temuan"]][-1] == "KODE_LAMA"


def test_the_same_key_with_other_content_is_refused(hub: Client) -> None:
    submit(hub, one_figure("k"))
    before = row_counts(hub)
    for other in (
        one_figure("k", 101),
        {**one_figure("k"), "periode": "2024"},
        {**one_figure("k"), "surat": {"nomor": "1", "tanggal": "2024-01-02"}},
    ):
        result = submit(hub, other)
        assert [t["kode"] for t in result["temuan"]] == ["KUNCI_SUDAH_DIPAKAI"]
    assert row_counts(hub) == before


def test_the_same_key_of_two_kabupaten_are_two_keys(hub: Client) -> None:
    assert submit(hub, one_figure("k"))["ulangan"] is False
    m = submission("53.16", "F02", "2023", "k", nilai=[angka("53.16", "BAN05", 5)])
    assert submit(hub, m, "53.16")["ulangan"] is False


# ---------- revisions ----------


def test_a_stale_base_revision_is_a_conflict(hub: Client) -> None:
    submit(hub, one_figure("a"))
    assert submit(hub, one_figure("b", 101, revisiDasar=1))["revisi"] == 2
    result = submit(hub, one_figure("c", 102, revisiDasar=1))
    assert (result["__typename"], result["revisiTerbaru"]) == ("BentrokRevisi", 2)
    assert submit(hub, one_figure("d", 103, revisiDasar=0))["__typename"] == "BentrokRevisi"
    assert hub.sql("SELECT max(revisi) FROM rekap_revisi WHERE kode_kab = %s AND periode = '2023'", KAB) == [(2,)]


def test_two_at_once_give_one_winner_and_one_clear_answer(hub: Client) -> None:
    hub.token(KAB)
    answers: list[Any] = []
    start = threading.Barrier(6)

    def send(n: int) -> None:
        start.wait()
        answers.append(submit(hub, one_figure(f"serentak {n}", n, revisiDasar=0)))

    threads = [threading.Thread(target=send, args=(n,)) for n in range(1, 7)]
    for u in threads:
        u.start()
    for u in threads:
        u.join()
    assert sorted(h["__typename"] for h in answers) == ["BentrokRevisi"] * 5 + ["RekapDiterima"]
    assert {h["revisiTerbaru"] for h in answers if h["__typename"] == "BentrokRevisi"} == {1}
    assert hub.sql("SELECT count(*) FROM rekap_revisi WHERE kode_kab = %s", KAB) == [(1,)]


def test_a_double_click_is_one_revision(hub: Client) -> None:
    hub.token(KAB)
    answers: list[Any] = []
    start = threading.Barrier(6)

    def send() -> None:
        start.wait()
        answers.append(submit(hub, one_figure("klik")))

    threads = [threading.Thread(target=send) for _ in range(6)]
    for u in threads:
        u.start()
    for u in threads:
        u.join()
    assert sorted(h["ulangan"] for h in answers) == [False] + [True] * 5
    assert hub.sql("SELECT count(*) FROM rekap_revisi WHERE kode_kab = %s", KAB) == [(1,)]


def test_a_revision_replaces_the_whole_rekap(hub: Client) -> None:
    two = [angka(KAB, "BAN05", 100), angka(KAB, "BAN03", 7)]
    submit(hub, submission(KAB, "F02", "2023", "a", nilai=two))
    result = submit(hub, one_figure("b"))
    assert (result["perubahan"]["tetap"], result["perubahan"]["dihapus"]) == (1, 1)
    nilai = 'query ($r: Int) { rekap(id: "53.15:F02:2023") { nilai(revisi: $r) { elemen { kode } } } }'
    assert len(hub.ask(nilai, {"r": 1}, as_whom=KAB)["rekap"]["nilai"]) == 2  # the first is still there
    assert len(hub.ask(nilai, None, as_whom=KAB)["rekap"]["nilai"]) == 1


# ---------- states ----------


def test_the_whole_way_round(hub: Client) -> None:
    assert hub.ask(SAVE, {"m": one_figure("draf")}, as_whom=KAB)["hasil"]["rekap"]["status"] == "DRAF"
    assert submit(hub, one_figure("ajuan", 110))["rekap"]["status"] == "DIAJUKAN"
    notes = [{"wilayah": KAB, "elemen": "BAN05", "alasan": "lihat SK", "usulan": 111}]
    assert send_back(hub, 2, "belum sama dengan SK", catatan=notes)["rekap"]["status"] == "DIKEMBALIKAN"
    assert submit(hub, one_figure("perbaikan", 111))["rekap"]["status"] == "DIAJUKAN"
    assert approve(hub, 3)["rekap"] == {"id": ID, "status": "DISETUJUI", "revisi": 3, "revisiDisetujui": 3}
    assert reopen(hub)["rekap"]["status"] == "DIKEMBALIKAN"
    assert nilai_agregat(hub, "BAN05", "2023")["nilai"] == 111  # counts until another revision is approved
    submit(hub, one_figure("koreksi", 112))
    assert nilai_agregat(hub, "BAN05", "2023")["nilai"] == 111
    approve(hub, 4)
    assert nilai_agregat(hub, "BAN05", "2023")["nilai"] == 112
    query = 'query { rekap(id: "53.15:F02:2023") { riwayat { aksi dari ke revisi alasan oleh } } }'
    history = hub.ask(query, None, as_whom=PROV)["rekap"]["riwayat"]
    assert [(p["aksi"], p["dari"], p["ke"], p["revisi"]) for p in history] == [
        ("SIMPAN", None, "DRAF", 1), ("AJUKAN", "DRAF", "DIAJUKAN", 2), ("KEMBALIKAN", "DIAJUKAN", "DIKEMBALIKAN", 2),
        ("AJUKAN", "DIKEMBALIKAN", "DIAJUKAN", 3), ("SETUJUI", "DIAJUKAN", "DISETUJUI", 3),
        ("BUKA", "DISETUJUI", "DIKEMBALIKAN", 3), ("AJUKAN", "DIKEMBALIKAN", "DIAJUKAN", 4),
        ("SETUJUI", "DIAJUKAN", "DISETUJUI", 4),
    ]  # fmt: skip
    assert history[2]["alasan"] == "belum sama dengan SK"
    assert history[2]["oleh"] == "uji PROVINSI 53"
    assert hub.sql("SELECT catatan->0->>'usulan' FROM rekap_peristiwa WHERE aksi = 'KEMBALIKAN'") == [("111",)]


PREPARE: dict[str, Any] = {
    "DRAF": lambda h: h.ask(SAVE, {"m": one_figure("s")}, as_whom=KAB),
    "DIAJUKAN": lambda h: submit(h, one_figure("s")),
    "DIKEMBALIKAN": lambda h: (submit(h, one_figure("s")), send_back(h, 1)),
    "DISETUJUI": lambda h: (submit(h, one_figure("s")), approve(h, 1)),
}
ATTEMPT: dict[str, Any] = {
    "SIMPAN": lambda h: h.ask(SAVE, {"m": one_figure("baru", 7)}, as_whom=KAB)["hasil"],
    "AJUKAN": lambda h: submit(h, one_figure("baru", 7)),
    "SETUJUI": lambda h: approve(h, 1),
    "KEMBALIKAN": lambda h: send_back(h, 1),
    "BUKA": lambda h: reopen(h),
    "TARIK": lambda h: h.ask(WITHDRAW, {"id": ID, "revisi": 1, "alasan": "salah berkas"}, KAB)["hasil"],
}
ALLOWED = {
    "DRAF": {"SIMPAN": "DRAF", "AJUKAN": "DIAJUKAN"},
    "DIAJUKAN": {"AJUKAN": "DIAJUKAN", "SETUJUI": "DISETUJUI", "KEMBALIKAN": "DIKEMBALIKAN", "TARIK": "DRAF"},
    "DIKEMBALIKAN": {"SIMPAN": "DRAF", "AJUKAN": "DIAJUKAN"},
    "DISETUJUI": {"BUKA": "DIKEMBALIKAN", "SETUJUI": "DISETUJUI"},  # approving again is a retry, and changes nothing
}


@pytest.mark.parametrize("action", ATTEMPT)
@pytest.mark.parametrize("status", PREPARE)
def test_every_action_in_every_state(hub: Client, status: str, action: str) -> None:
    PREPARE[status](hub)
    before = row_counts(hub)
    result = ATTEMPT[action](hub)
    if action in ALLOWED[status]:
        assert result["rekap"]["status"] == ALLOWED[status][action]
    else:
        assert [t["kode"] for t in result["temuan"] if t["tingkat"] == "GALAT"] == ["KEADAAN_REKAP"]
        assert row_counts(hub) == before
    repeated = (status, action) == ("DISETUJUI", "SETUJUI")
    assert (row_counts(hub) == before) is (action not in ALLOWED[status] or repeated)


@pytest.mark.parametrize(("as_whom", "office"), [(KAB, "KABUPATEN"), (PROV, "PROVINSI"), (None, None), ("36", None)])
@pytest.mark.parametrize("status", PREPARE)
def test_the_rekap_says_what_the_caller_may_do(
    hub: Client, status: str, as_whom: str | None, office: str | None
) -> None:
    PREPARE[status](hub)
    rekap = hub.ask('{ rekap(id: "53.15:F02:2023") { boleh status } }', None, as_whom)["rekap"]
    own = {"KABUPATEN": {"SIMPAN", "AJUKAN", "TARIK"}, "PROVINSI": {"SETUJUI", "KEMBALIKAN", "BUKA"}}
    if office is None:
        assert rekap == ({"boleh": [], "status": "DISETUJUI"} if status == "DISETUJUI" else None)
    else:
        expected = (set(ALLOWED[status]) & own[office]) - ({"SETUJUI"} if status == "DISETUJUI" else set())
        assert set(rekap["boleh"]) == expected


def test_a_stale_revision_cannot_be_approved_or_returned(hub: Client) -> None:
    submit(hub, one_figure("a"))
    submit(hub, one_figure("b", 101))
    assert approve(hub, 1) == {"__typename": "BentrokRevisi", "pesan": approve(hub, 1)["pesan"], "revisiTerbaru": 2}
    assert send_back(hub, 1)["__typename"] == "BentrokRevisi"


def test_returning_and_reopening_need_a_reason(hub: Client) -> None:
    submit(hub, one_figure("a"))
    assert [t["kode"] for t in send_back(hub, 1, "  ")["temuan"]] == ["ALASAN_KOSONG"]
    approve(hub, 1)
    assert [t["kode"] for t in reopen(hub, "")["temuan"]] == ["ALASAN_KOSONG"]


def test_a_draft_keeps_what_a_submission_would_refuse(hub: Client) -> None:
    m = one_figure("draf", totalTertulis=[{"elemen": "BAN05", "tertulis": 5}])
    assert submit(hub, m)["__typename"] == "RekapDitolak"
    result = hub.ask(SAVE, {"m": m}, as_whom=KAB)["hasil"]
    assert [t["kode"] for t in result["temuan"]] == ["TOTAL_BEDA"]
    query = "query ($id: ID!) { rekap(id: $id) { totalTertulis { elemen { kode } tertulis dihitung selisih } temuan { kode } } }"
    rekap = hub.ask(query, {"id": ID}, KAB)["rekap"]
    assert rekap["totalTertulis"] == [{"elemen": {"kode": "BAN05"}, "tertulis": 5, "dihitung": 100, "selisih": 95}]
    assert rekap["temuan"] == [{"kode": "TOTAL_BEDA"}]


# ---------- every finding at once ----------


def test_all_findings_come_at_once_with_their_places(hub: Client) -> None:
    m = submission(
        "53.14", "F07", "2021", "banyak salah",
        tabel=[table(["PPK03", "PPKX"], [("53.14.01.2005", 1, 1), ("53.99.01.2001", 1, 1), (("Desa Entah", "Lobalain"), 1, 1)])],
        nilai=[angka("53.14.01.2005", "PPK03", 1), angka("53.14.01.2006", "PPK03", "dua"), angka("53.14.01.2007", "PPK03", -1),
               angka("53.14.01.2008", "PPK03", 1.5), angka("53.14.01.2009", "PPK03", None)],
        totalTertulis=[{"elemen": "PPK99", "tertulis": 1}],
    )  # fmt: skip
    result = submit(hub, m, "53.14")
    found = {
        (t["kode"], x["lembar"] or x["indeks"])
        for t in result["temuan"]
        if t["tingkat"] == "GALAT"
        for x in t["lokasi"][:1]
    }
    assert found == {
        ("ELEMEN_TAK_DIKENAL", "tabel 1"), ("WILAYAH_DI_LUAR", "tabel 1"), ("WILAYAH_TAK_DIKENAL", "tabel 1"),
        ("SEL_GANDA", "tabel 1"), ("ANGKA_TAK_TERBACA", 1), ("ANGKA_NEGATIF", 2), ("ANGKA_PECAHAN", 3), ("STATUS_KOSONG", 4),
        ("ELEMEN_TAK_DIKENAL", 0),
    }  # fmt: skip
    double = next(t for t in result["temuan"] if t["kode"] == "SEL_GANDA")
    assert [(x["lembar"], x["baris"], x["indeks"]) for x in double["lokasi"]] == [("tabel 1", 1, None), (None, None, 0)]


@pytest.mark.parametrize(
    ("change", "kode"),
    [
        ({"formulir": "F99"}, "FORMULIR_TAK_DIKENAL"),
        ({"formulir": "F07", "periode": "2023-05"}, "PERIODE_TERLALU_PENDEK"),
        ({"periode": "2999"}, "PERIODE_BELUM_MULAI"),
        ({"kunciIdempoten": " "}, "KUNCI_KOSONG"),
        ({"nilai": []}, "REKAP_KOSONG"),
    ],
)
def test_a_wrong_envelope_is_refused_with_a_reason(hub: Client, change: dict[str, Any], kode: str) -> None:
    result = submit(hub, {**one_figure("k"), **change})
    assert [t["kode"] for t in result["temuan"] if t["tingkat"] == "GALAT"] == [kode]


def test_sensitive_figures_are_taken_for_a_whole_kabupaten_only(hub: Client) -> None:
    nilai = [angka("53.14.01", "KTK02", 3), angka("53.14.02.2012", "KTK04", 1)]
    m = submission("53.14", "F06", "2021", "peka", nilai=nilai)
    errors = [t for t in submit(hub, m, "53.14")["temuan"] if t["tingkat"] == "GALAT"]
    assert {(t["kode"], t["elemen"]) for t in errors} == {
        ("PEKA_TERLALU_RINCI", "KTK02"),
        ("PEKA_TERLALU_RINCI", "KTK04"),
    }
    assert hub.ask(SAVE, {"m": m}, as_whom="53.14")["hasil"]["__typename"] == "RekapDitolak"


def test_last_periods_file_sent_again_is_warned(hub: Client) -> None:
    nilai = [angka("53.14.01", "BAN01", n) for n in (1,)] + [
        angka(f"53.14.{k:02d}", "BAN01", k * 7) for k in range(2, 8)
    ]
    submit(hub, submission("53.14", "F02", "2021-TW1", "tw1", nilai=nilai), "53.14")
    result = submit(hub, submission("53.14", "F02", "2021-TW2", "tw2", nilai=nilai), "53.14")
    assert "SAMA_DENGAN_PERIODE_LALU" in {t["kode"] for t in result["temuan"]}


# ---------- periods ----------


def test_a_coarse_period_is_made_of_finer_ones_by_each_elements_rule(hub: Client) -> None:
    for tw, (kpm, rupiah) in enumerate([(10, 100), (12, 110), (11, 120)], 1):
        nilai = [angka(KAB, "BAN01", kpm), angka(KAB, "BAN04", rupiah)]
        result = submit(hub, submission(KAB, "F02", f"2023-TW{tw}", f"tw{tw}", nilai=nilai))
        approve(hub, result["revisi"], id_=f"{KAB}:F02:2023-TW{tw}")
    assert nilai_agregat(hub, "BAN04", "2023")["nilai"] == 330  # a flow adds up
    assert nilai_agregat(hub, "BAN01", "2023")["nilai"] == 11  # people are counted once: the latest
    assert nilai_agregat(hub, "BAN04", "2023-S1")["nilai"] == 210
    assert nilai_agregat(hub, "BAN01", "2023")["kelengkapan"] == {"diharapkan": 1, "diterima": 0, "disetujui": 0}
    # a rekap of the very period takes over, and is never added to its parts
    submit(hub, submission(KAB, "F02", "2023", "tahun", nilai=[angka(KAB, "BAN04", 500)]))
    approve(hub, 1)
    assert nilai_agregat(hub, "BAN04", "2023")["nilai"] == 500
    assert nilai_agregat(hub, "BAN01", "2023")["status"] == "TIDAK_ADA_DATA"
    assert nilai_agregat(hub, "BAN04", "2023")["kelengkapan"] == {"diharapkan": 1, "diterima": 1, "disetujui": 1}
    assert nilai_agregat(hub, "BAN04", "2023-S1")["nilai"] == 210


def test_completeness_says_who_sent_and_who_did_not(hub: Client) -> None:
    submit(hub, one_figure("a"))
    query = """{ kelengkapan(formulir: ["F02"], periode: ["2023"], wilayah: "53") {
      kabupaten { kode } formulir { kode } status tenggat tepatWaktu } }"""
    per_kab = {b["kabupaten"]["kode"]: b for b in hub.ask(query, None, PROV)["kelengkapan"]}
    assert len(per_kab) == 22
    assert per_kab[KAB]["status"] == "DIAJUKAN"
    assert (per_kab[KAB]["tenggat"], per_kab[KAB]["tepatWaktu"]) == ("2024-01-10", False)
    assert per_kab["53.01"]["status"] is None
    assert {b["kabupaten"]["kode"] for b in hub.ask(query)["kelengkapan"] if b["status"]} == set()  # not approved yet


def test_a_deadline_is_data_and_days_are_the_offices(hub: Client) -> None:
    hub.sql(
        "INSERT INTO tenggat VALUES ('F02', '2023', '53', 1, '2024-02-01', 'a', '53'), ('F02', '2023', '53', 2, '2999-01-01', 'b', '53')"
    )
    submit(hub, one_figure("a"))
    rekap = hub.ask(f'{{ rekap(id: "{ID}") {{ tenggat tepatWaktu }} }}', None, KAB)["rekap"]
    assert rekap == {"tenggat": "2999-01-01", "tepatWaktu": True}
