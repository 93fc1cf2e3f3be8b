"""Links of networks (WKSBM) through the API: to each other, to social resources, to partners; dates, rights, history."""

import contextlib
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import psycopg
import pytest

from hub.db.private_cluster import PrivateCluster
from tests.client import Client
from tests.database_clones import clone_of
from tests.db.roles import take_role
from tests.hub_server import serve
from tests.sumber_daya.rows import add
from tests.wksbm.texts import SAVE_PARTNER, connect, emptied, id_wksbm, jejaring, kode, link, save, uuid_of, wksbm_input

SERANG = "36.73.01.1002"


@pytest.fixture(scope="module")
def wide(cluster: PrivateCluster, templates: dict[str, str]) -> Iterator[Client]:
    """One hub for all tests here: networks 0 to 59 in Rote Ndao, 60 to 69 in Kota Serang; each test has its own."""
    for url in clone_of(cluster, templates["contoh"]):
        for client in serve(url):
            emptied(client)
            jejaring(client, 70, [], ["53.14.10.2003"] * 60 + [SERANG] * 10)
            yield client


def save_partner(hub: Client, as_whom: str | None = "53.14", **given: Any) -> Any:
    return hub.ask(SAVE_PARTNER, {"m": given}, as_whom)["hasil"]


def test_a_link_is_seen_from_both_ends_across_a_border(wide: Client) -> None:
    a, b = id_wksbm(0), id_wksbm(60, "36.73")
    result = link(wide, a, b, skala="REGIONAL", jenis=" kerja  sama ")
    assert (result["__typename"], result["temuan"]) == ("WksbmTersimpan", [])
    (one_link,) = result["wksbm"]["hubungan"]
    assert (one_link["jenis"], one_link["skala"], one_link["sejak"], one_link["sampai"]) == (
        "kerja sama",
        "REGIONAL",
        "2019-06-01",
        None,
    )
    assert (one_link["masuk"], one_link["tujuan"]) == (False, {"__typename": "Wksbm", "id": b})
    from_there = wide.ask(
        f'{{ wksbm(id: "{b}") {{ hubungan {{ id masuk asal {{ id }} tujuan {{ ... on Wksbm {{ id }} }} }} derajat }} }}'
    )
    assert from_there["wksbm"] == {
        "hubungan": [{"id": one_link["id"], "masuk": True, "asal": {"id": a}, "tujuan": {"id": a}}], "derajat": 1,
    }  # fmt: skip
    assert link(wide, a, b, skala="REGIONAL") == result  # again: left alone


def test_a_link_ends_by_its_date_and_nothing_is_lost(wide: Client) -> None:
    a, b = id_wksbm(1), id_wksbm(2)
    link(wide, a, b)
    ended = link(wide, a, b, sampai="2020-01-01")
    assert [(h["sampai"], h["versi"]) for h in ended["wksbm"]["hubungan"]] == [("2020-01-01", 2)]
    reopening = link(wide, a, b)  # a call from before, late: does not open it again
    assert (reopening["__typename"], reopening["revisiTerbaru"]) == ("BentrokRevisi", 2)
    assert link(wide, a, b, versi=2)["wksbm"]["hubungan"][0]["sampai"] is None
    assert link(wide, a, b, skala="NASIONAL")["__typename"] == "BentrokRevisi"
    assert link(wide, a, b, skala="NASIONAL", versi=3)["wksbm"]["hubungan"][0]["skala"] == "NASIONAL"
    history = wide.sql(
        "SELECT versi, sampai::text, skala FROM hubungan_wksbm_riwayat WHERE asal = %s ORDER BY versi", uuid_of(1)
    )
    assert history == [(1, None, "LOKAL"), (2, "2020-01-01", "LOKAL"), (3, None, "LOKAL")]
    with pytest.raises(psycopg.errors.RestrictViolation):
        wide.sql("DELETE FROM hubungan_wksbm")


def test_the_same_two_may_be_linked_again_later_but_not_twice_at_once(wide: Client) -> None:
    a, b = id_wksbm(3), id_wksbm(4)
    link(wide, a, b, sampai="2020-01-01")
    (temuan,) = link(wide, a, b, sejak="2019-12-31")["temuan"]
    assert (temuan["kode"], temuan["usulan"]) == ("HUBUNGAN_BERTUMPANG", "2019-06-01")
    assert link(wide, a, b, sejak="2020-01-01")["__typename"] == "WksbmTersimpan"
    assert link(wide, a, b, sejak="2019-12-31", jenis="rujukan")["__typename"] == "WksbmTersimpan"
    reverse = link(wide, b, a, sejak="2021-01-01")
    assert (reverse["__typename"], kode(reverse)) == ("WksbmTersimpan", {"SUDAH_DARI_SANA"})
    answer = wide.ask(
        f'{{ wksbm(id: "{a}") {{ derajat hubungan {{ sejak }} kini: hubungan(pada: "2019-07-01") {{ jenis }} }} }}'
    )
    assert answer["wksbm"] == {
        "derajat": 1, "kini": [{"jenis": "kerja sama"}],
        "hubungan": [{"sejak": s} for s in ("2019-06-01", "2019-12-31", "2020-01-01", "2021-01-01")],
    }  # fmt: skip


def test_social_resources_and_partners_are_other_ends(wide: Client) -> None:
    a = id_wksbm(5)
    panti, ksb = add(wide, 1, "PANTI"), add(wide, 2, "KAMPUNG_SIAGA_BENCANA")
    assert link(wide, a, panti, jenis="rujukan")["temuan"] == []
    link(wide, a, ksb)
    result = link(wide, a, mitra={"nama": "PT Garam  Rote", "jenis": "dunia usaha"}, skala="NASIONAL")
    targets = [h["tujuan"] for h in result["wksbm"]["hubungan"]]
    assert {(t["__typename"], t.get("nama"), t.get("jenisMitra")) for t in targets} == {
        ("Panti", None, None), ("KampungSiagaBencana", None, None), ("MitraLuar", "PT Garam Rote", "dunia usaha"),
    }  # fmt: skip
    (m,) = [t for t in targets if t["__typename"] == "MitraLuar"]
    again = link(wide, id_wksbm(6), mitra={"nama": "PT. GARAM ROTE", "jenis": "perusahaan"})
    assert kode(again) == {"MITRA_SUDAH_ADA"}
    assert [h["tujuan"]["id"] for h in again["wksbm"]["hubungan"]] == [m["id"]]
    by_id = link(wide, id_wksbm(7), m["id"])
    assert [h["tujuan"]["id"] for h in by_id["wksbm"]["hubungan"]] == [m["id"]]
    query = (
        f'{{ wksbm(id: "{a}") {{ jumlahSumber nasional: hubungan(skala: NASIONAL) {{ tujuan {{ __typename }} }} }} }}'
    )
    assert wide.ask(query)["wksbm"] == {"jumlahSumber": 3, "nasional": [{"tujuan": {"__typename": "MitraLuar"}}]}


def test_every_finding_comes_at_once(wide: Client) -> None:
    a = id_wksbm(8)
    assert kode(link(wide, a, jenis=" ", sampai="2019-06-01")) == {
        "JENIS_KOSONG", "MASA_TERBALIK", "TUJUAN_TIDAK_TUNGGAL",
    }  # fmt: skip
    assert kode(link(wide, a, id_wksbm(9), mitra={"nama": "…", "jenis": ""})) == {
        "TUJUAN_TIDAK_TUNGGAL", "NAMA_KOSONG", "JENIS_KOSONG",
    }  # fmt: skip
    assert kode(link(wide, a, a, sejak="2018-01-01")) == {"UJUNG_SAMA", "DI_LUAR_MASA"}
    assert kode(link(wide, a, id_wksbm(60, "36.73"))) == {"SKALA_JANGGAL"}
    for target, expected in (("x", "ID_TIDAK_SAH"), ("mitra:x", "ID_TIDAK_SAH"), (f"mitra:{uuid_of(1)}", "MITRA_TAK_ADA"),
                        (id_wksbm(999), "TUJUAN_TAK_ADA")):  # fmt: skip
        assert kode(link(wide, a, target)) == {expected}
    assert kode(link(wide, id_wksbm(999), a)) == {"WKSBM_TAK_ADA"}
    assert kode(link(wide, "x", a)) == {"ID_TIDAK_SAH"}
    closed = save(wide, wksbm_input(id=id_wksbm(10), versi=1, sampai="2021-01-01"))
    assert closed["__typename"] == "WksbmTersimpan"
    assert kode(link(wide, a, id_wksbm(10), sejak="2021-01-01")) == {"DI_LUAR_MASA"}


def test_a_partner_of_a_refused_link_is_not_written_down(wide: Client) -> None:
    before = wide.sql("SELECT count(*) FROM mitra_luar")
    result = link(wide, id_wksbm(11), mitra={"nama": "Yayasan Baru", "jenis": "yayasan"}, sejak="2018-01-01")
    assert (result["__typename"], kode(result)) == ("WksbmDitolak", {"DI_LUAR_MASA"})
    assert wide.sql("SELECT count(*) FROM mitra_luar") == before


def test_a_link_is_written_by_the_side_it_starts_from(wide: Client) -> None:
    a, b = id_wksbm(12), id_wksbm(61, "36.73")
    for as_whom in (None, "36.73", "36"):
        assert link(wide, a, b, as_whom, skala="REGIONAL")["__typename"] == "TidakBerwenang"
    assert link(wide, a, b, "53", skala="REGIONAL")["__typename"] == "WksbmTersimpan"
    assert link(wide, a, b, "36.73", skala="REGIONAL", sampai="2020-01-01")["__typename"] == "TidakBerwenang"
    assert link(wide, a, b, "", skala="REGIONAL", sampai="2020-01-01")["__typename"] == "WksbmTersimpan"
    # the last line: a link of one's own code from another's network, and another's link
    statements = (
        "UPDATE hubungan_wksbm SET skala = 'NASIONAL' WHERE asal_kab = '53.14'",
        "INSERT INTO hubungan_wksbm (id, asal_kab, asal, macam, tujuan_kab, tujuan, jenis, skala, sejak, diubah_oleh) "
        f"VALUES (gen_random_uuid(), '36.73', '{uuid_of(12)}', 'WKSBM', '36.73', '{uuid_of(61)}', 'x', 'LOKAL', '2020-01-01', 'x')",
    )
    with contextlib.closing(psycopg.connect(wide.url)) as conn:
        for statement in statements:
            take_role(conn, "hub_kabupaten", "36.73")
            with contextlib.suppress(psycopg.errors.InsufficientPrivilege):
                assert conn.execute(statement).rowcount == 0, statement
            conn.rollback()


def test_both_sides_read_what_a_link_was_and_nobody_else(wide: Client) -> None:
    a, b = id_wksbm(13), id_wksbm(62, "36.73")
    link(wide, a, b, skala="REGIONAL")
    link(wide, a, b, skala="REGIONAL", sampai="2020-01-01")
    seen = {}
    with contextlib.closing(psycopg.connect(wide.url)) as conn:
        for wilayah in ("53.14", "36.73", "36.71"):
            take_role(conn, "hub_kabupaten", wilayah)
            ((n,),) = conn.execute(
                "SELECT count(*) FROM hubungan_wksbm_riwayat WHERE asal = %s", (uuid_of(13),)
            ).fetchall()
            seen[wilayah] = n
            conn.rollback()
    assert seen == {"53.14": 1, "36.73": 1, "36.71": 0}


def test_a_partners_name_is_set_right_by_who_wrote_it_down(wide: Client) -> None:
    new = save_partner(wide, nama="Yayasan Ombk", jenis="yayasan")["mitra"]
    assert save_partner(wide, nama="Yayasan Ombk", jenis="yayasan")["mitra"] == new
    assert kode(save_partner(wide, nama=" ", jenis="")) == {"NAMA_KOSONG", "JENIS_KOSONG"}
    change = {"id": new["id"], "versi": 1, "nama": "Yayasan Ombak", "jenis": "yayasan"}
    assert save_partner(wide, "36.73", **change)["__typename"] == "TidakBerwenang"
    assert save_partner(wide, None, **change)["__typename"] == "TidakBerwenang"
    assert save_partner(wide, **{**change, "versi": 9})["revisiTerbaru"] == 1
    assert save_partner(wide, "53", **change)["mitra"] == {**new, "nama": "Yayasan Ombak", "versi": 2}
    other = save_partner(wide, nama="Yayasan Lain", jenis="yayasan")["mitra"]
    clash = save_partner(wide, id=other["id"], versi=1, nama="yayasan-ombak", jenis="yayasan")
    assert (clash["__typename"], kode(clash)) == ("WksbmDitolak", {"MITRA_SUDAH_ADA"})
    assert kode(save_partner(wide, id="53.14:x", versi=1, nama="A", jenis="b")) == {"ID_TIDAK_SAH"}
    assert kode(save_partner(wide, id=f"mitra:{uuid_of(3)}", versi=1, nama="A", jenis="b")) == {"MITRA_TAK_ADA"}
    assert wide.sql("SELECT versi, nama FROM mitra_luar_riwayat WHERE id = %s", new["id"][6:]) == [(1, "Yayasan Ombk")]


def test_of_those_who_link_the_same_two_at_once_there_is_one_link(wide: Client) -> None:
    with ThreadPoolExecutor(4) as pool:
        results = list(pool.map(lambda _: link(wide, id_wksbm(14), id_wksbm(15)), range(4)))
        together = list(
            pool.map(lambda n: link(wide, id_wksbm(16 + n), mitra={"nama": "CV Serentak", "jenis": "usaha"}), range(4))
        )
    assert {h["__typename"] for h in [*results, *together]} == {"WksbmTersimpan"}
    assert wide.sql("SELECT count(*) FROM hubungan_wksbm WHERE asal = %s", uuid_of(14)) == [(1,)]
    assert wide.sql("SELECT count(*) FROM mitra_luar WHERE nama = 'CV Serentak'") == [(1,)]
    assert len({h["wksbm"]["hubungan"][0]["tujuan"]["id"] for h in together}) == 1


def test_a_link_holds_only_while_both_ends_stand(wide: Client) -> None:
    connect(wide, "53.14", uuid_of(20), "WKSBM", "53.14", uuid_of(21))
    query = f'{{ wksbm(id: "{id_wksbm(20)}") {{ derajat jangkauan {{ nama }} dahulu: jangkauan(pada: "2020-06-01") {{ nama }} }} }}'
    assert wide.ask(query)["wksbm"]["derajat"] == 1
    save(wide, wksbm_input("J22", id=id_wksbm(21), versi=1, sampai="2021-01-01"))
    assert wide.ask(query)["wksbm"] == {"derajat": 0, "jangkauan": [], "dahulu": [{"nama": "J22"}]}


def test_a_shelter_answers_foreigners_as_an_id_that_nothing_has(wide: Client) -> None:
    """Linking to it, saving under its id: what is said differs in nothing but the id that was sent."""
    shelter = add(wide, 900, "RUMAH_SINGGAH", rahasia=True)
    absent = shelter[:-1] + ("0" if shelter[-1] != "0" else "1")
    origin = id_wksbm(69, "36.73")

    def without_id(answer: Any, id_: str) -> str:
        return str(answer).replace(id_, "ID")

    link_answers = {without_id(link(wide, origin, i, as_whom="36.73"), i) for i in (shelter, absent)}
    assert len(link_answers) == 1
    assert "TUJUAN_TAK_ADA" in link_answers.pop()
    given = {
        "desa": "53.14.10.2003",
        "jenis": "RUMAH_SINGGAH",
        "nama": "X",
        "pemilik": "MASYARAKAT",
        "sejak": "2020-01-01",
    }
    mutation = """mutation ($m: SumberDayaMasukan!) { hasil: simpanSumberDaya(masukan: $m) { __typename
      ... on TidakBerwenang { pesan } ... on BentrokRevisi { pesan } ... on SumberDayaDitolak { temuan { kode pesan } } } }"""
    for as_whom in ("36.73", "36", None):
        for version in (None, 1):
            answers = {
                without_id(wide.ask(mutation, {"m": {**given, "id": i, "versi": version}}, as_whom), i)
                for i in (shelter, absent)
            }
            assert len(answers) == 1, (as_whom, version)
            assert "TidakBerwenang" in answers.pop()


def test_a_link_to_a_home_that_became_a_shelter_is_seen_by_its_offices_only(wide: Client) -> None:
    shelter, origin = add(wide, 901, "RUMAH_SINGGAH"), id_wksbm(68, "36.73")
    assert link(wide, origin, shelter, skala="NASIONAL", as_whom="36.73")["__typename"] == "WksbmTersimpan"
    query = f'{{ wksbm(id: "{origin}") {{ hubungan {{ id tujuan {{ __typename }} }} jumlahSumber }} }}'
    open_answer = wide.ask(query)["wksbm"]
    assert [h["tujuan"]["__typename"] for h in open_answer["hubungan"]] == ["RumahSinggah"]
    wide.sql("UPDATE sumber_daya SET rahasia = true, titik = NULL WHERE id = %s", shelter.rpartition(":")[2])
    for as_whom in (None, "36.73", "36", "53.15"):
        assert wide.ask(query, None, as_whom)["wksbm"] == {"hubungan": [], "jumlahSumber": 0}, as_whom
    for as_whom in ("53.14", "53", ""):
        assert wide.ask(query, None, as_whom)["wksbm"] == open_answer, as_whom
