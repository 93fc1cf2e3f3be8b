"""Deadlines as provinces set them: which one holds, what it changes, what it leaves as it was known, who may, what is refused."""

from collections import Counter
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime, timedelta
from functools import partial
from threading import Barrier
from time import sleep
from typing import Any

import pytest

from tests.client import Client
from tests.hub_server import SETTINGS
from tests.rekap.texts import APPROVE, SAVE, SUBMIT, angka, submission

KAB, OTHER, PROV = "53.15", "53.16", "53"
SET = """mutation ($m: TenggatMasukan!) { hasil: aturTenggat(masukan: $m) { __typename
  ... on Tenggat { formulir { kode } periode wilayah { kode nama } tanggal alasan oleh }
  ... on TidakBerwenang { pesan }
  ... on TenggatDitolak { temuan { kode pesan wilayah nilai usulan lokasi { kolom } } } } }"""
LIST = """query ($f: [String!], $p: [Periode!]!, $w: KodeWilayah!) { daftarTenggat(formulir: $f, periode: $p, wilayah: $w) {
  formulir { kode } periode wilayah { kode } tanggal alasan oleh } }"""
COMPLETENESS = """query ($w: KodeWilayah!) { kelengkapan(formulir: ["F02"], periode: ["2023"], wilayah: $w) {
  kabupaten { kode } tenggat tepatWaktu terlambat } }"""
IN_TIME = """query ($w: KodeWilayah!, $t: TingkatWilayah!, $p: [Periode!]!, $pada: DateTime) {
  agregat(elemen: ["BAN04"], periode: $p, wilayah: $w, tingkat: $t, pada: $pada) { periode kelengkapan { diterima tepatWaktu } } }"""
TODAY = datetime.now(SETTINGS.zone).date()
FAR = (TODAY + timedelta(days=30)).isoformat()  # as good as any coming day


def set_deadline(hub: Client, wilayah: str, day: str, as_whom: str = PROV, **more: Any) -> Any:
    m = {"formulir": "F02", "periode": "2023", "wilayah": wilayah, "tanggal": day, "alasan": "Banjir", **more}
    return hub.ask(SET, {"m": m}, as_whom)["hasil"]


def deadline(hub: Client, kode: str, formulir: str = "F02", periode: str = "2023") -> Any:
    rows = hub.ask(LIST, {"f": [formulir], "p": [periode], "w": kode})["daftarTenggat"]
    return next((b["tanggal"], b["alasan"], b["oleh"]) for b in rows if b["wilayah"]["kode"] == kode)


def submit(hub: Client, kab: str = KAB, periode: str = "2023", **more: Any) -> Any:
    m = submission(kab, "F02", periode, f"{periode}{more}", nilai=[angka(kab, "BAN04", 10)], **more)
    return hub.ask(SUBMIT, {"m": m}, kab)["hasil"]


def rekap(hub: Client, kab: str = KAB, periode: str = "2023", moment: str | None = None) -> Any:
    query = "query ($i: ID!, $p: DateTime) { rekap(id: $i, pada: $p) { tenggat tepatWaktu } }"
    row = hub.ask(query, {"i": f"{kab}:F02:{periode}", "p": moment}, kab)["rekap"]
    return row["tenggat"], row["tepatWaktu"]


def completeness(hub: Client, kab: str = KAB) -> Any:
    (row,) = hub.ask(COMPLETENESS, {"w": kab}, kab)["kelengkapan"]
    return row["tenggat"], row["tepatWaktu"], row["terlambat"]


def in_time(hub: Client, wilayah: str = KAB, periode: str = "2023", moment: str | None = None) -> int:
    level = "PROVINSI" if len(wilayah) == 2 else "KABUPATEN"
    (row,) = hub.ask(IN_TIME, {"w": wilayah, "t": level, "p": [periode], "pada": moment})["agregat"]
    count: int = row["kelengkapan"]["tepatWaktu"]
    return count


def now(hub: Client) -> str:
    moment: str = hub.sql("SELECT to_char(clock_timestamp() AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.US\"Z\"')")[
        0
    ][0]
    return moment


def history(hub: Client) -> list[tuple[Any, ...]]:
    return hub.sql("SELECT kode_wilayah, urut, tanggal::text, alasan, kantor FROM tenggat ORDER BY pada, urut")


# ---------- which one holds ----------


def test_the_more_specific_region_holds_then_the_newest_setting_and_all_of_them_stay(hub: Client) -> None:
    catalogue = ("2024-01-10", None, None)
    assert deadline(hub, KAB) == deadline(hub, PROV) == catalogue
    ntt = "Provinsi Nusa Tenggara Timur"
    assert set_deadline(hub, KAB, "2024-02-01", alasan=" Gempa ") == {
        "__typename": "Tenggat", "formulir": {"kode": "F02"}, "periode": "2023", "wilayah": {"kode": KAB, "nama": "Manggarai Barat"},
        "tanggal": "2024-02-01", "alasan": "Gempa", "oleh": ntt,
    }  # fmt: skip
    assert (deadline(hub, KAB), deadline(hub, OTHER)) == (("2024-02-01", "Gempa", ntt), catalogue)
    set_deadline(hub, PROV, "2024-03-01")
    assert (deadline(hub, KAB)[0], deadline(hub, OTHER)[0], deadline(hub, PROV)[0]) == (
        "2024-02-01", "2024-03-01", "2024-03-01",
    )  # fmt: skip
    set_deadline(hub, KAB, "2024-01-31", as_whom="")
    set_deadline(hub, PROV, "2024-03-15")
    assert deadline(hub, KAB) == ("2024-01-31", "Banjir", "Pengelola hub")
    assert deadline(hub, OTHER)[0] == "2024-03-15"
    assert deadline(hub, KAB, periode="2023-TW4") == deadline(hub, KAB, "F03") == catalogue
    assert history(hub) == [
        (KAB, 1, "2024-02-01", "Gempa", PROV), (PROV, 1, "2024-03-01", "Banjir", PROV), (KAB, 2, "2024-01-31", "Banjir", ""),
        (PROV, 2, "2024-03-15", "Banjir", PROV),
    ]  # fmt: skip


def test_the_same_setting_sent_again_is_the_same_one(hub: Client) -> None:
    assert set_deadline(hub, KAB, FAR) == set_deadline(hub, KAB, FAR)
    assert len(history(hub)) == 1
    set_deadline(hub, KAB, FAR, alasan="lain")
    set_deadline(hub, KAB, FAR)  # back again is another one
    assert [h[3] for h in history(hub)] == ["Banjir", "lain", "Banjir"]


def test_one_row_per_office_form_that_is_expected_and_period(read_hub: Client) -> None:
    rows = read_hub.ask(LIST, {"p": ["2023-07", "2023-TW3"], "w": PROV})["daftarTenggat"]
    months = dict(read_hub.sql("SELECT kode, hub_bulan_jenis(periode_jenis) FROM formulir"))
    forms = {p: {f for f, n in months.items() if n <= count} for p, count in (("2023-07", 1), ("2023-TW3", 3))}
    offices = [k for (k,) in read_hub.sql(
        "SELECT kode FROM wilayah WHERE kode_kab LIKE '53%' AND tingkat <= 2 AND berlaku_sejak <= '2023-07-31' "
        "AND hari_terakhir >= '2023-07-31' ORDER BY kode"
    )]  # fmt: skip
    assert len(offices) == 23
    assert [(b["wilayah"]["kode"], b["formulir"]["kode"], b["periode"]) for b in rows] == [
        (w, f, p) for w in offices for f in sorted(months) for p in forms if f in forms[p]
    ]
    by_catalogue = dict(read_hub.sql("SELECT kode, tenggat_hari FROM formulir"))
    ends = {"2023-07": date(2023, 7, 31), "2023-TW3": date(2023, 9, 30)}
    for b in rows:
        day = ends[b["periode"]] + timedelta(days=by_catalogue[b["formulir"]["kode"]])
        assert (b["tanggal"], b["alasan"], b["oleh"]) == (day.isoformat(), None, None)


@pytest.mark.parametrize(("wilayah", "office"), [(KAB, KAB), (f"{KAB}.01", KAB), (f"{KAB}.01.2001", KAB)])
def test_below_a_province_it_is_the_kabupaten(read_hub: Client, wilayah: str, office: str) -> None:
    rows = read_hub.ask(LIST, {"f": ["F02"], "p": ["2023"], "w": wilayah})["daftarTenggat"]
    assert [b["wilayah"]["kode"] for b in rows] == [office]


def test_regions_are_those_in_force_on_the_last_day_of_the_period(read_hub: Client) -> None:
    """Of a period before the oldest list those of that list."""
    rows = read_hub.ask(LIST, {"f": ["F02"], "p": ["1946", "2023"], "w": PROV})["daftarTenggat"]
    per_period = {p: [b["wilayah"]["kode"] for b in rows if b["periode"] == p] for p in ("1946", "2023")}
    assert per_period["1946"] == per_period["2023"] != []


# ---------- what it changes ----------


def test_a_setting_changes_every_answer_about_rekap_that_there_are(hub: Client) -> None:
    submit(hub)
    submit(hub, OTHER)
    assert (rekap(hub), completeness(hub), in_time(hub)) == (("2024-01-10", False), ("2024-01-10", False, False), 0)
    set_deadline(hub, PROV, FAR)
    for kab in (KAB, OTHER):
        assert (rekap(hub, kab), completeness(hub, kab), in_time(hub, kab)) == ((FAR, True), (FAR, True, False), 1)
    assert in_time(hub, PROV) == 2
    set_deadline(hub, KAB, "2024-02-02")
    assert (rekap(hub), completeness(hub), in_time(hub)) == (("2024-02-02", False), ("2024-02-02", False, False), 0)
    assert in_time(hub, PROV) == 1
    set_deadline(hub, PROV, FAR, alasan="tetap bagi yang lain")
    assert rekap(hub) == ("2024-02-02", False)
    query = """{ indikator(kode: ["I13.pemutakhiran"], periode: ["2023"], wilayah: "53", tingkat: PROVINSI) {
      kelengkapan { diterima tepatWaktu } } }"""
    assert hub.ask(query)["indikator"][0]["kelengkapan"] == {"diterima": 2, "tepatWaktu": 1}


def test_who_has_not_sent_is_late_by_it(hub: Client) -> None:
    assert completeness(hub) == ("2024-01-10", None, True)
    set_deadline(hub, PROV, FAR)
    assert completeness(hub) == (FAR, None, False)
    set_deadline(hub, KAB, "2024-02-02")
    assert completeness(hub) == ("2024-02-02", None, True)
    assert completeness(hub, OTHER) == (FAR, None, False)


def test_what_is_sent_later_is_measured_by_it(hub: Client) -> None:
    set_deadline(hub, PROV, FAR)
    submit(hub)
    assert (rekap(hub), in_time(hub)) == ((FAR, True), 1)


def test_a_draft_gets_it_and_is_measured_by_what_it_shows(hub: Client) -> None:
    m = submission(KAB, "F02", "2023", "draf", nilai=[angka(KAB, "BAN04", 10)])
    hub.ask(SAVE, {"m": m}, KAB)
    assert rekap(hub) == ("2024-01-10", None)
    set_deadline(hub, KAB, FAR)
    assert rekap(hub) == (FAR, None)
    submit(hub)
    assert rekap(hub) == (FAR, True)
    # the catalogue's own days may change between a draft and its submission; a rekap keeps those it began with
    m = submission(OTHER, "F02", "2023", "draf", nilai=[angka(OTHER, "BAN04", 10)])
    hub.ask(SAVE, {"m": m}, OTHER)
    hub.sql("UPDATE formulir SET tenggat_hari = 36500 WHERE kode = 'F02'")
    hub.sql("UPDATE katalog_riwayat SET hash = 'lain' WHERE kode = 'F02'")
    until_the_hub_knows(hub)
    submit(hub, OTHER)
    assert rekap(hub, OTHER) == ("2024-01-10", False)


def until_the_hub_knows(hub: Client) -> None:
    """That the catalogue is another: what begins anew is in time then."""
    for month in range(1, 13):
        submit(hub, OTHER, f"2023-{month:02}")
        if rekap(hub, OTHER, f"2023-{month:02}")[1]:
            return
        sleep(0.1)
    pytest.fail("the catalogue stayed as it was")


def test_coarser_periods_are_in_time_when_all_their_parts_are(hub: Client) -> None:
    quarters = [f"2023-TW{i}" for i in range(1, 5)]
    for q in quarters:
        revision = submit(hub, periode=q)["revisi"]
        hub.ask(APPROVE, {"id": f"{KAB}:F02:{q}", "revisi": revision}, PROV)
    for q in quarters:
        assert in_time(hub, periode="2023") == 0
        assert set_deadline(hub, PROV, FAR, periode=q)["__typename"] == "Tenggat"
    assert [in_time(hub, periode=p) for p in ("2023", "2023-S1", "2023-S2", *quarters)] == [1] * 7
    assert (completeness(hub)[1:], in_time(hub, PROV)) == ((True, False), 1)
    set_deadline(hub, KAB, "2023-12-31", periode="2023-TW3")
    assert [in_time(hub, periode=p) for p in ("2023", "2023-S1", "2023-S2", *quarters)] == [0, 1, 0, 1, 1, 0, 1]


def test_a_provinces_statement_has_the_deadline_of_the_province(hub: Client) -> None:
    submit(hub, PROV)
    set_deadline(hub, KAB, FAR)
    assert rekap(hub, PROV) == ("2024-01-10", False)
    set_deadline(hub, PROV, FAR)
    assert rekap(hub, PROV) == (FAR, True)


def test_what_was_known_before_stays_as_it_was_known(hub: Client) -> None:
    submit(hub)
    hub.ask(APPROVE, {"id": f"{KAB}:F02:2023", "revisi": 1}, PROV)
    moments, seen = [], []
    for day in (FAR, "2024-02-02", FAR, "2024-03-03"):
        moments.append(now(hub))
        seen.append((rekap(hub), in_time(hub), in_time(hub, PROV), in_time(hub, periode="2023")))
        set_deadline(hub, KAB, day)
    assert [s[0] for s in seen] == [("2024-01-10", False), (FAR, True), ("2024-02-02", False), (FAR, True)]
    assert [s[1] for s in seen] == [0, 1, 0, 1]
    for moment, then in zip(moments, seen, strict=True):
        asked = (
            rekap(hub, moment=moment),
            in_time(hub, moment=moment),
            in_time(hub, PROV, moment=moment),
            in_time(hub, moment=moment),
        )
        assert asked == then


def test_a_day_that_changes_nobodys_timeliness_recounts_nobody(hub: Client) -> None:
    submit(hub)
    before = hub.sql("SELECT count(*) FROM kelengkapan_riwayat")
    set_deadline(hub, PROV, "2024-02-02")
    assert rekap(hub) == ("2024-02-02", False)
    assert hub.sql("SELECT count(*) FROM kelengkapan_riwayat") == before
    assert hub.sql("SELECT tenggat::text FROM rekap_riwayat WHERE kode_kab = %s", KAB) == [("2024-01-10",)]


# ---------- who may, and what is refused ----------


@pytest.mark.parametrize("as_whom", [KAB, OTHER, "11"])
def test_others_may_not(hub: Client, as_whom: str) -> None:
    answer = set_deadline(hub, KAB, FAR, as_whom=as_whom, formulir="X", alasan="")
    assert answer == {
        "__typename": "TidakBerwenang", "pesan": f"Hanya provinsi 53 yang menetapkan tenggat bagi {KAB}; mintalah kepadanya."
    }  # fmt: skip
    assert history(hub) == []


def test_everybody_may_read(hub: Client) -> None:
    set_deadline(hub, PROV, FAR)
    answers = [hub.ask(LIST, {"f": ["F02"], "p": ["2023"], "w": PROV}, w) for w in (None, KAB, "11", PROV, "")]
    assert all(a == answers[0] for a in answers)
    assert {b["tanggal"] for b in answers[0]["daftarTenggat"]} == {FAR}


def test_everything_that_is_wrong_is_said_at_once_with_place_and_remedy(hub: Client) -> None:
    answer = set_deadline(hub, f"{KAB}.01", "2023-12-30", formulir="F99", alasan="  ")
    assert answer["__typename"] == "TenggatDitolak"
    assert [(t["kode"], t["lokasi"][0]["kolom"], t["usulan"]) for t in answer["temuan"]] == [
        ("FORMULIR_TAK_DIKENAL", "formulir", None), ("TENGGAT_WILAYAH", "wilayah", KAB),
        ("TENGGAT_TERLALU_AWAL", "tanggal", "2023-12-31"), ("ALASAN_KOSONG", "alasan", None),
    ]  # fmt: skip
    assert history(hub) == []


@pytest.mark.parametrize(
    ("wilayah", "more", "kode", "instead"),
    [
        (KAB, {"formulir": "F08", "periode": "2023-07"}, "PERIODE_TERLALU_PENDEK", "2023-S2"),
        ("53.99", {}, "WILAYAH_TAK_DIKENAL", None),
        (KAB, {"periode": "1990", "tanggal": "1990-12-31"}, "WILAYAH_TIDAK_BERLAKU", None),
        (KAB, {"tanggal": "2023-12-30"}, "TENGGAT_TERLALU_AWAL", "2023-12-31"),
        (KAB, {"tanggal": "9999-12-31"}, "TENGGAT_TERLALU_JAUH", (TODAY + timedelta(days=366)).isoformat()),
        (KAB, {"periode": "2050", "tanggal": "2052-01-02"}, "TENGGAT_TERLALU_JAUH", "2052-01-01"),
        (KAB, {"alasan": ""}, "ALASAN_KOSONG", None),
        (KAB, {"alasan": "x" * 501}, "TEKS_TIDAK_SAH", None),
    ],
)
def test_a_refusal_and_its_remedy(
    hub: Client, wilayah: str, more: dict[str, str], kode: str, instead: str | None
) -> None:
    answer = set_deadline(hub, wilayah, more.pop("tanggal", FAR), **more)
    assert [(t["kode"], t["usulan"]) for t in answer["temuan"]] == [(kode, instead)]
    assert history(hub) == []


@pytest.mark.parametrize(
    "more",
    [
        {"tanggal": "2023-12-31"},
        {"tanggal": (TODAY + timedelta(days=366)).isoformat()},
        {"periode": "2050", "tanggal": "2052-01-01"},
        {"periode": "9999", "tanggal": "9999-12-31"},
        {"alasan": "x" * 500},
        {"formulir": " f08 "},
        {"periode": "2023-07"},
    ],
)
def test_the_bounds_themselves_are_taken(hub: Client, more: dict[str, str]) -> None:
    assert set_deadline(hub, KAB, more.pop("tanggal", FAR), **more)["__typename"] == "Tenggat"
    assert len(history(hub)) == 1


def test_what_was_set_is_nobodys_to_change(hub: Client) -> None:
    set_deadline(hub, PROV, FAR)
    for statement in ("UPDATE tenggat SET tanggal = '2024-01-01'", "DELETE FROM tenggat"):
        with pytest.raises(Exception, match="tidak boleh diubah"):
            hub.sql(statement)


# ---------- many hands ----------


def together(calls: Sequence[Callable[[], Any]]) -> list[Any]:
    start = Barrier(len(calls))

    def run(call: Callable[[], Any]) -> Any:
        start.wait()
        return call()

    with ThreadPoolExecutor(len(calls)) as pool:
        return list(pool.map(run, calls))


def test_settings_submissions_and_approvals_at_once(hub: Client) -> None:
    """Crosswise over region and provinces' own: nobody waits for ever, and in the end every rekap is measured by what holds."""
    for kode in (KAB, OTHER, PROV, ""):
        hub.token(kode)
    days = ["2024-02-02", FAR]
    calls: list[Callable[[], Any]] = [
        partial(submit, hub, k, p) for k in (KAB, OTHER, PROV) for p in ("2023", "2023-TW1")
    ]
    calls += [partial(set_deadline, hub, w, d, as_whom=a, periode=p, alasan=f"{a} {d}")
              for w in (PROV, KAB, OTHER) for d in days for a in (PROV, "") for p in ("2023", "2023-TW1")]  # fmt: skip
    answers = together(calls)
    assert Counter(a["__typename"] for a in answers) == {"RekapDiterima": 6, "Tenggat": 24}
    numbers = hub.sql("SELECT periode, kode_wilayah, array_agg(urut ORDER BY pada, urut) FROM tenggat GROUP BY 1, 2")
    assert len(numbers) == 6
    assert all(n == [1, 2, 3, 4] for *_, n in numbers)
    for kab in (KAB, OTHER, PROV):
        for p in ("2023", "2023-TW1"):
            day = deadline(hub, kab, periode=p)[0]
            assert rekap(hub, kab, p) == (day, day == FAR)
            counted = hub.sql(
                "SELECT tepat_waktu FROM kelengkapan WHERE kode_kab = %s AND formulir = 'F02' AND periode = %s", kab, p
            )
            assert counted == [(int(day == FAR),)]
