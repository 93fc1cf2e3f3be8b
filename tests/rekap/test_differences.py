"""What differs between two revisions: which cells, of what kind each is, which are unusual, who is told."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from itertools import count
from typing import Any

import psycopg
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from tests.angka.reported_years import PROV, make_kabupaten, make_province
from tests.client import Client
from tests.db.roles import take_role
from tests.hub_server import SETTINGS
from tests.rekap.texts import APPROVE, REOPEN, RESULT, SUBMIT, angka, submission

KAB, FORM = "91.01", "F02"
A, B, C, D = (f"{KAB}.0{kec}.200{n}" for kec in (1, 2) for n in (1, 2))
TODAY = datetime.now(SETTINGS.zone).date()
DIFFERENCES = """query ($id: ID!, $d: Int, $k: Int) { rekap(id: $id) { beda(dari: $d, ke: $k) {
  wilayah { kode nama } elemen { kode } rincian { rincian pilihan } lama baru selisih persen jenis tidakBiasa } } }"""
DEADLINE = "mutation ($m: TenggatMasukan!) { hasil: aturTenggat(masukan: $m) { __typename } }"
SAVE_WITH_CHOICES = f"""mutation ($m: RekapMasukan!) {{ hasil: simpanDrafRekap(masukan: $m) {{ {RESULT}
  ... on RekapDiterima {{ rinci: perubahan {{ baris {{ wilayah elemen rincian {{ rincian pilihan }} lama baru }} }} }} }} }}"""
Cells = Mapping[str, int | str | None]
NO_SPLIT = date(2024, 3, 1)


def made(hub: Client, split: date = NO_SPLIT, kab: str = KAB) -> Client:
    make_province(hub)
    make_kabupaten(hub, kab, split)
    return hub


def send(hub: Client, periode: str, cells: Cells, *, approve: bool = False) -> list[Any]:
    """A revision of BAN09 of desa; a word is a status. Its findings."""
    id_ = f"{KAB}:{FORM}:{periode}"
    status = hub.sql("SELECT status FROM rekap WHERE kode_kab = %s AND periode = %s", KAB, periode)
    if status == [("DISETUJUI",)]:
        hub.ask(REOPEN, {"id": id_, "alasan": "uji"}, PROV)
    nilai = [
        angka(w, "BAN09", None, status=n) if isinstance(n, str) else angka(w, "BAN09", n) for w, n in cells.items()
    ]
    m = submission(KAB, FORM, periode, f"{periode} {status} {cells}", nilai=nilai)
    sent = hub.ask(SUBMIT, {"m": m}, KAB)["hasil"]
    assert sent["__typename"] == "RekapDiterima", sent
    if approve:
        done = hub.ask(APPROVE, {"id": id_, "revisi": sent["revisi"]}, PROV)["hasil"]
        assert done["__typename"] == "RekapDiterima", done
    found: list[Any] = sent["temuan"]
    return found


def differences(hub: Client, periode: str, as_whom: str | None = KAB, **revisions: int) -> list[Any]:
    answer = hub.ask(DIFFERENCES, {"id": f"{KAB}:{FORM}:{periode}", **revisions}, as_whom)["rekap"]
    rows: list[Any] = answer["beda"]
    return rows


def kinds(rows: list[Any]) -> dict[str, str]:
    return {r["wilayah"]["kode"]: r["jenis"] for r in rows}


def set_deadline(hub: Client, periode: str, day: date) -> None:
    m = {"formulir": FORM, "periode": periode, "wilayah": KAB, "tanggal": day.isoformat(), "alasan": "uji"}
    assert hub.ask(DEADLINE, {"m": m}, PROV)["hasil"]["__typename"] == "Tenggat"


def sent_on(hub: Client, periode: str, revision: int, moment: str) -> None:
    """As if that revision had been sent then."""
    hub.sql("ALTER TABLE rekap_revisi DISABLE TRIGGER rekap_revisi_tetap")
    hub.sql("UPDATE rekap_revisi SET dibuat_pada = %s WHERE periode = %s AND revisi = %s", moment, periode, revision)
    hub.sql("ALTER TABLE rekap_revisi ENABLE TRIGGER rekap_revisi_tetap")


# ---------- which cells ----------


def test_the_one_in_force_is_held_against_the_newest(empty_hub: Client) -> None:
    hub = made(empty_hub)
    first: Cells = {A: 10, B: 20, C: "TIDAK_ADA_DATA", D: 0}
    send(hub, "2023-07", first)
    assert [(r["wilayah"]["kode"], r["lama"], r["baru"], r["selisih"], r["persen"], r["jenis"]) for r in differences(hub, "2023-07")] == [
        (A, None, 10, None, None, "BARU"), (B, None, 20, None, None, "BARU"), (C, None, None, None, None, "BARU"),
        (D, None, 0, None, None, "BARU"),
    ]  # fmt: skip
    hub.ask(APPROVE, {"id": f"{KAB}:{FORM}:2023-07", "revisi": 1}, PROV)
    assert differences(hub, "2023-07") == []
    send(hub, "2023-07", {**first, A: 15, D: 7, B: 17})
    assert [(r["wilayah"]["kode"], r["lama"], r["baru"], r["selisih"], r["persen"]) for r in differences(hub, "2023-07")] == [
        (A, 10, 15, 5, 50), (B, 20, 17, -3, -15), (D, 0, 7, 7, None),
    ]  # fmt: skip
    send(hub, "2023-07", {A: 15, D: 7})
    assert [(r["wilayah"]["kode"], r["lama"], r["baru"]) for r in differences(hub, "2023-07", d=2, k=3)] == [
        (B, 17, None), (C, None, None),
    ]  # fmt: skip
    assert [(r["lama"], r["baru"]) for r in differences(hub, "2023-07", d=2, k=1)] == [(15, 10), (17, 20), (7, 0)]
    assert differences(hub, "2023-07", d=3) == differences(hub, "2023-07", d=2, k=2) == []


@pytest.mark.parametrize("revisions", [{"d": 0}, {"d": 3}, {"k": 3}, {"d": 1, "k": 99}, {"d": -1, "k": 1}])
def test_revisions_that_there_are_not_differ_from_nothing(differing: Client, revisions: dict[str, int]) -> None:
    assert differences(differing, "2023-07", KAB, **revisions) == []


@pytest.fixture(scope="module")
def differing(module_hub: Client) -> Client:
    hub = made(module_hub)
    send(hub, "2023-07", {A: 10, B: 20}, approve=True)
    send(hub, "2023-07", {A: 11, B: 20})
    return hub


@pytest.mark.parametrize(
    ("as_whom", "rows"), [(KAB, 1), (PROV, 1), ("", 1), (None, 0), ("53.14", 0), ("53", 0), ("91.02", 0)]
)
def test_its_office_and_its_province_are_told(differing: Client, as_whom: str | None, rows: int) -> None:
    assert len(differences(differing, "2023-07", as_whom)) == rows
    assert len(differences(differing, "2023-07", as_whom, d=1, k=2)) == rows


def test_what_was_known_then(differing: Client) -> None:
    ((then,),) = differing.sql(
        "SELECT to_json(pada)#>>'{}' FROM rekap_peristiwa WHERE kode_kab = %s AND periode = '2023-07' AND aksi = 'SETUJUI'",
        KAB,
    )
    query = "query ($id: ID!, $p: DateTime) { rekap(id: $id, pada: $p) { beda { baru } semua: beda(dari: 1, ke: 2) { baru } } }"
    assert differing.ask(query, {"id": f"{KAB}:{FORM}:2023-07", "p": then}, KAB)["rekap"] == {"beda": [], "semua": []}


_FIGURE = st.sampled_from(["TIDAK_ADA_DATA", "TIDAK_DILAKSANAKAN", 0, 1, 40_000])
_CELLS = st.fixed_dictionaries({}, optional={(w, c): _FIGURE for w in (A, B) for c in ("JK=L", "JK=P", "")})


def test_a_receipt_and_the_difference_tell_the_same_cells(differing: Client) -> None:
    """Of random drafts in a row; breakdowns too."""
    numbers = count(1)

    @settings(max_examples=12, deadline=None, phases=[Phase.generate], suppress_health_check=list(HealthCheck))
    @given(drafts=st.lists(_CELLS, min_size=2, max_size=3))
    def told_alike(drafts: list[dict[tuple[str, str], int | str]]) -> None:
        for cells in drafts:
            nilai = []
            for (w, c), n in cells.items():
                choice = {"rincian": [{"rincian": "JK", "pilihan": c[-1]}]} if c else {}
                figure = {"nilai": None, "status": n} if isinstance(n, str) else {"nilai": n}
                nilai.append({"wilayah": w, "elemen": "REH09", **figure, **choice})
            m = submission(KAB, "F05", "2023-TW3", f"draf {next(numbers)}", nilai=nilai)
            answer = differing.ask(SAVE_WITH_CHOICES, {"m": m}, KAB)["hasil"]
            assert answer["__typename"] == "RekapDiterima", answer
            revision = answer["revisi"]
            if revision == 1:
                continue
            query = DIFFERENCES
            variables = {"id": f"{KAB}:F05:2023-TW3", "d": revision - 1, "k": revision}
            rows = differing.ask(query, variables, KAB)["rekap"]["beda"]
            same = [
                {
                    "wilayah": r["wilayah"]["kode"],
                    "elemen": r["elemen"]["kode"],
                    **{k: r[k] for k in ("rincian", "lama", "baru")},
                }
                for r in rows
            ]

            def order(r: dict[str, Any]) -> Any:
                return r["elemen"], r["wilayah"], str(r["rincian"])

            assert sorted(same, key=order) == sorted(answer["rinci"]["baris"], key=order)

    told_alike()


# ---------- of what kind ----------


def test_corrected_late_and_new_are_told_apart(empty_hub: Client) -> None:
    hub = made(empty_hub)
    send(hub, "2023-07", {A: 10, B: "TIDAK_ADA_DATA", C: "TIDAK_DILAKSANAKAN"}, approve=True)
    send(hub, "2023-07", {A: 11, B: 5, C: 6, D: 7})
    corrected = {A: "KOREKSI", C: "KOREKSI"}
    for day, kind in ((TODAY, "BARU"), (TODAY - timedelta(days=1), "TERLAMBAT"), (TODAY + timedelta(days=9), "BARU")):
        set_deadline(hub, "2023-07", day)
        assert kinds(differences(hub, "2023-07")) == {**corrected, B: kind, D: kind}, day
    set_deadline(hub, "2023-07", TODAY - timedelta(days=1))
    send(hub, "2023-07", {A: 11, B: "TIDAK_DILAKSANAKAN", C: "TIDAK_ADA_DATA", D: "TIDAK_ADA_DATA"})
    assert kinds(differences(hub, "2023-07")) == {A: "KOREKSI", B: "TERLAMBAT", C: "KOREKSI", D: "BARU"}
    assert kinds(differences(hub, "2023-07", d=2, k=3)) == {B: "KOREKSI", C: "KOREKSI", D: "KOREKSI"}  # withdrawn


def test_the_day_is_the_offices(empty_hub: Client) -> None:
    hub = made(empty_hub)
    send(hub, "2023-07", {A: 10}, approve=True)
    send(hub, "2023-07", {A: 10, B: 5})
    last = TODAY - timedelta(days=20)
    set_deadline(hub, "2023-07", last)
    zone = SETTINGS.zone
    midnight = datetime(last.year, last.month, last.day, tzinfo=zone) + timedelta(days=1)
    for moment, kind in ((midnight - timedelta(seconds=1), "BARU"), (midnight, "TERLAMBAT")):
        sent_on(hub, "2023-07", 2, moment.isoformat())
        assert kinds(differences(hub, "2023-07")) == {B: kind}


def test_the_first_to_count_is_new_however_late(empty_hub: Client) -> None:
    hub = made(empty_hub)
    send(hub, "2023-07", {A: 10})
    set_deadline(hub, "2023-07", TODAY - timedelta(days=1))
    assert kinds(differences(hub, "2023-07")) == {A: "BARU"}


def test_borders_that_moved_within_the_period(empty_hub: Client) -> None:
    hub = made(empty_hub, date(2023, 8, 15))
    a3 = f"{KAB}.01.2003"
    send(hub, "2023-08", {a3: 5, B: 7}, approve=True)
    send(hub, "2023-08", {a3: 6, B: 8, f"{KAB}.01.2004": 1})
    moved = {a3: "BATAS_PINDAH", f"{KAB}.01.2004": "BATAS_PINDAH", B: "KOREKSI"}
    assert kinds(differences(hub, "2023-08")) == moved
    send(hub, "2023-09", {a3: 5}, approve=True)  # it was so all the month
    send(hub, "2023-09", {a3: 6})
    assert kinds(differences(hub, "2023-09")) == {a3: "KOREKSI"}


def test_borders_that_moved_between_the_two(empty_hub: Client) -> None:
    hub = made(empty_hub)
    send(hub, "2024-02", {A: 5, B: 7}, approve=True)
    send(hub, "2024-02", {A: 6, B: 8})
    assert kinds(differences(hub, "2024-02")) == {A: "KOREKSI", B: "KOREKSI"}
    sent_on(hub, "2024-02", 1, "2024-02-29T12:00:00+07:00")
    assert kinds(differences(hub, "2024-02")) == {A: "BATAS_PINDAH", B: "KOREKSI"}
    sent_on(hub, "2024-02", 1, "2024-03-01T12:00:00+07:00")
    assert kinds(differences(hub, "2024-02")) == {A: "KOREKSI", B: "KOREKSI"}


def test_a_merger_moves_borders_on_the_day_the_other_ended(empty_hub: Client) -> None:
    hub = made(empty_hub)
    hub.sql("UPDATE wilayah SET berlaku_sampai = '2023-07-10' WHERE kode = %s", D)
    hub.sql("INSERT INTO silsilah VALUES (%s, '2000-01-01', %s, '2000-01-01', 'gabung')", D, C)
    send(hub, "2023-07", {A: 5, C: 7}, approve=True)
    send(hub, "2023-07", {A: 6, C: 8})
    assert kinds(differences(hub, "2023-07")) == {A: "KOREKSI", C: "BATAS_PINDAH"}


def test_a_list_that_came_in_between(empty_hub: Client) -> None:
    """The desa sent first is none of the period any more; it is told with the name it had, and so are those it became."""
    hub = made(empty_hub)
    send(hub, "2023-07", {A: 5, B: 7}, approve=True)
    new = [f"{KAB}.01.{n}" for n in (2003, 2004)]
    hub.sql("DELETE FROM silsilah WHERE kode_lama = %s", A)
    hub.sql("UPDATE wilayah SET berlaku_sampai = '2022-05-01' WHERE kode = %s", A)
    hub.sql("UPDATE wilayah SET berlaku_sejak = '2022-05-01' WHERE kode = ANY(%s)", new)
    hub.sql("INSERT INTO silsilah SELECT %s, '2000-01-01', k, '2022-05-01', 'pecah' FROM unnest(%s::text[]) k", A, new)
    send(hub, "2023-07", {new[0]: 3, new[1]: 2, B: 7, C: 1})
    rows = differences(hub, "2023-07")
    assert kinds(rows) == {A: "BATAS_PINDAH", **dict.fromkeys(new, "BATAS_PINDAH"), C: "TERLAMBAT"}
    assert rows[0]["wilayah"] == {"kode": A, "nama": f"Uji {A}"}


# ---------- unusual ones ----------


def _history(hub: Client) -> None:
    for month, (a, b) in enumerate([(5, 100), (7, 110), (9, 105), (6, 95), (8, 101)], 1):
        send(hub, f"2023-{month:02d}", {A: a, B: b, C: a, D: b}, approve=True)


def test_unusual_changes_come_first_and_are_those_of_the_finding(empty_hub: Client) -> None:
    hub = made(empty_hub)
    _history(hub)
    send(hub, "2023-07", {A: 7, B: 100, C: 8, D: 100}, approve=True)
    found = [t for t in send(hub, "2023-07", {A: 8, B: 102, C: 9, D: 70_000}) if t["kode"] == "LONJAKAN_ANGKA"]
    rows = differences(hub, "2023-07")
    assert [r["wilayah"]["kode"] for r in rows] == [D, A, B, C]
    assert [r["wilayah"]["kode"] for r in rows if r["tidakBiasa"]] == [t["wilayah"] for t in found] == [D]


def test_regions_of_a_folded_finding_are_found(empty_hub: Client) -> None:
    hub = made(empty_hub)
    _history(hub)
    (t,) = [t for t in send(hub, "2023-07", dict.fromkeys((A, B, C, D), 70_000)) if t["kode"] == "LONJAKAN_ANGKA"]
    assert t["wilayah"] is None
    assert all(w in t["pesan"] for w in (B, C, D)), t["pesan"]
    assert {r["wilayah"]["kode"] for r in differences(hub, "2023-07") if r["tidakBiasa"]} == {A, B, C, D}


@pytest.mark.parametrize(
    ("role", "wilayah", "rows"),
    [
        ("hub_publik", "", 0),
        ("hub_kabupaten", "53.14", 0),
        ("hub_provinsi", "53", 0),
        ("hub_kabupaten", KAB, 1),
        ("hub_provinsi", PROV, 1),
    ],
)
def test_what_is_unusual_is_told_to_nobody_else(remembered: Client, role: str, wilayah: str, rows: int) -> None:
    with psycopg.connect(remembered.url) as conn:
        take_role(conn, role, wilayah)
        assert conn.execute("SELECT count(*) FROM rekap_lonjakan").fetchone() == (rows,)


@pytest.fixture(scope="module")
def remembered(differing: Client) -> Client:
    """One unusual figure."""
    _history(differing)
    send(differing, "2023-06", {A: 7, B: 100, C: 8, D: 70_000})
    return differing
