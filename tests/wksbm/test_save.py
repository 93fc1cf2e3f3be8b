"""Writing networks (WKSBM) through the API: profile, members, activities, phases; findings all at once, rights, history."""

import contextlib
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from typing import Any

import psycopg
import pytest

from hub.db.private_cluster import PrivateCluster
from tests.client import Client
from tests.database_clones import clone_of
from tests.db.roles import take_role
from tests.hub_server import serve
from tests.wksbm.texts import SOTIMORI, emptied, id_wksbm, kode, move, record, save, uuid_of, wksbm_input

PENUMBUHAN = [f"5a.{n}" for n in range(1, 7)]
PEMANTAPAN = [f"5b.{n}" for n in range(1, 5)]


@pytest.fixture(scope="module")
def wide(cluster: PrivateCluster, templates: dict[str, str]) -> Iterator[Client]:
    """One hub for all tests here; each writes networks of its own."""
    for url in clone_of(cluster, templates["contoh"]):
        for client in serve(url):
            yield emptied(client)


def test_a_new_network_is_in_the_first_phase_and_an_edit_makes_a_new_version(wide: Client) -> None:
    members = [{"nama": " Karang  Taruna Sotimori", "jenis": "karang taruna"}, {"nama": "LKS Kasih", "jenis": "4"}]
    result = save(wide, wksbm_input("Baru", anggota=members, kegiatan=[{"tanggal": "2019-02-01", "kegiatan": "5a.1"}]))
    assert (result["__typename"], result["versi"], result["temuan"]) == ("WksbmTersimpan", 1, [])
    new = result["wksbm"]
    assert new["id"].startswith("53.14:")
    assert (new["tahap"], new["tahapSejak"], new["desa"]) == ("PENUMBUHAN", "2019-01-01", {"kode": SOTIMORI})
    assert new["anggota"] == [
        {"nama": "Karang Taruna Sotimori", "jenis": "Karang taruna", "kodeJenis": "5", "sejak": "2019-01-01", "sampai": None},
        {"nama": "LKS Kasih", "jenis": "Lembaga kesejahteraan sosial", "kodeJenis": "4", "sejak": "2019-01-01", "sampai": None},
    ]  # fmt: skip
    assert new["kegiatan"] == [
        {"tanggal": "2019-02-01", "kode": "5a.1", "uraian": "Penumbuhan: penyediaan informasi",
         "program": "Implementasi: penumbuhan jaringan"}
    ]  # fmt: skip
    assert new["riwayatTahap"] == [{"tahap": "PENUMBUHAN", "sejak": "2019-01-01", "alasan": None}]
    changed = save(wide, wksbm_input("Lain", id=new["id"], versi=1, sampai="2030-01-01"))
    assert (changed["versi"], changed["wksbm"]["nama"], changed["temuan"]) == (2, "Lain", [])
    assert (changed["wksbm"]["anggota"], changed["wksbm"]["kegiatan"]) == (new["anggota"], new["kegiatan"])
    assert wide.sql("SELECT versi, nama, diubah_oleh FROM wksbm_riwayat WHERE id = %s", new["id"][6:]) == [
        (1, "Baru", "uji KABUPATEN 53.14")
    ]
    assert wide.sql("SELECT kab, tahap, hari_terakhir::text FROM simpul_wksbm WHERE id = %s", new["id"][6:]) == [
        ("53.14", "PENUMBUHAN", "2029-12-31")
    ]
    conflict = save(wide, wksbm_input("Beda", id=new["id"], versi=1))
    assert (conflict["__typename"], conflict["revisiTerbaru"]) == ("BentrokRevisi", 2)


def test_a_call_may_be_repeated_and_changes_nothing(wide: Client) -> None:
    given = wksbm_input(
        id=id_wksbm(1), titik={"type": "Point", "coordinates": [123.36, -10.49]}, balai="Balai",
        anggota=[{"nama": "Kelompok A", "jenis": "LKS"}],
        kegiatan=[{"tanggal": "2019-02-01", "kegiatan": "1.2", "uraian": "Pendataan"}],
    )  # fmt: skip
    first = save(wide, given)
    assert first["__typename"] == "WksbmTersimpan"
    assert save(wide, given) == first
    assert save(wide, {**given, "versi": 1}) == first
    assert wide.sql("SELECT count(*) FROM wksbm_riwayat WHERE id = %s", uuid_of(1)) == [(0,)]
    assert save(wide, {**given, "nama": "Lain"})["__typename"] == "BentrokRevisi"
    assert save(wide, {**given, "id": id_wksbm(2), "versi": 3})["__typename"] == "BentrokRevisi"


def test_every_finding_comes_at_once_with_its_place(wide: Client) -> None:
    tomorrow = (datetime.now(UTC) + timedelta(days=2)).date().isoformat()
    wrong = wksbm_input(
        " ", desa="53.14.10.9999", sampai="2018-01-01", titik={"type": "Point", "coordinates": [123.4]},
        tahapSejak=tomorrow, balai="x" * 501,
        anggota=[
            {"nama": "A", "jenis": "Karang Taruni"},
            {"nama": " ", "jenis": "LKS"},
            {"nama": "B", "jenis": "LKS", "sampai": "2018-01-01"},
            {"nama": "C", "jenis": "LKS"},
            {"nama": "c", "jenis": "LKS", "sejak": "2019-06-01"},
        ],
        kegiatan=[
            {"tanggal": "2017-01-01", "kegiatan": "9.9"},
            {"tanggal": tomorrow, "kegiatan": "1.1"},
            {"tanggal": "2017-01-01", "kegiatan": "1.1"},
            {"tanggal": "2017-01-01", "kegiatan": "1.1"},
        ],
    )  # fmt: skip
    result = save(wide, wrong)
    assert result["__typename"] == "WksbmDitolak"
    assert kode(result) == {
        "NAMA_KOSONG", "TEKS_TIDAK_SAH", "MASA_TERBALIK", "TITIK_TIDAK_SAH", "SEJAK_BELUM_TIBA", "DESA_TAK_DIKENAL",
        "JENIS_TAK_DIKENAL", "ANGGOTA_GANDA", "KEGIATAN_TAK_DIKENAL", "TANGGAL_BELUM_TIBA", "KEGIATAN_GANDA",
        "PILIHAN_DIBACA",
    }  # fmt: skip
    places = {(t["kode"], t["lokasi"][0]["kolom"], t["lokasi"][0]["indeks"]) for t in result["temuan"]}
    assert {("JENIS_TAK_DIKENAL", "anggota", 0), ("NAMA_KOSONG", "anggota", 1), ("MASA_TERBALIK", "anggota", 2),
            ("ANGGOTA_GANDA", "anggota", 4), ("KEGIATAN_TAK_DIKENAL", "kegiatan", 0),
            ("TANGGAL_BELUM_TIBA", "kegiatan", 1), ("KEGIATAN_GANDA", "kegiatan", 3)} <= places  # fmt: skip
    (unknown_kind,) = [t for t in result["temuan"] if t["kode"] == "JENIS_TAK_DIKENAL"]
    assert "5 Karang taruna" in unknown_kind["usulan"]
    suggested = wksbm_input(id=id_wksbm(4), anggota=[{"nama": "A", "jenis": "5 Karang taruna"}])
    assert save(wide, suggested)["wksbm"]["anggota"][0]["kodeJenis"] == "5"


def test_what_was_gone_before_the_oldest_list_of_regions_is_history_too(wide: Client) -> None:
    result = save(wide, wksbm_input("Lama", sejak="2005-01-01", sampai="2010-01-01"))
    assert (result["__typename"], result["temuan"]) == ("WksbmTersimpan", [])


def test_a_new_one_of_a_name_that_stands_there_is_written_and_told(wide: Client) -> None:
    first = save(wide, wksbm_input("Rukun Warga"))
    second = save(wide, wksbm_input("rukun  warga"))
    assert [(t["kode"], t["tingkat"], t["usulan"]) for t in second["temuan"]] == [
        ("MIRIP_TERDAFTAR", "PERINGATAN", first["wksbm"]["id"])
    ]
    assert second["wksbm"]["id"] != first["wksbm"]["id"]


def test_people_are_written_as_their_group(wide: Client) -> None:
    result = save(wide, wksbm_input("Kelompok", id=id_wksbm(5), anggota=[{"nama": "Kelompok PSM", "jenis": "psm"}]))
    assert [(t["kode"], t["tingkat"]) for t in result["temuan"]] == [
        ("PILIHAN_DIBACA", "INFO"),
        ("NAMA_KELOMPOK", "INFO"),
    ]
    assert result["wksbm"]["anggota"][0]["jenis"] == "Pekerja sosial masyarakat"


def test_what_is_not_named_any_more_is_told_and_kept(wide: Client) -> None:
    members = [{"nama": "A", "jenis": "4"}, {"nama": "B", "jenis": "4"}]
    activities = [{"tanggal": "2019-02-01", "kegiatan": "1.1"}, {"tanggal": "2019-03-01", "kegiatan": "1.2"}]
    save(wide, wksbm_input(id=id_wksbm(6), anggota=members, kegiatan=activities))
    rest = [{**members[0], "sampai": "2020-01-01"}]
    result = save(wide, wksbm_input(id=id_wksbm(6), versi=1, anggota=rest, kegiatan=activities[1:]))
    assert result["versi"] == 2
    assert {(t["kode"], t["tingkat"]) for t in result["temuan"]} == {
        ("ANGGOTA_DIHILANGKAN", "PERINGATAN"), ("KEGIATAN_DIHILANGKAN", "PERINGATAN"),
    }  # fmt: skip
    assert [(a["nama"], a["sampai"]) for a in result["wksbm"]["anggota"]] == [("A", "2020-01-01")]
    old = wide.sql("SELECT nama, sampai FROM anggota_wksbm_riwayat WHERE wksbm = %s ORDER BY nama", uuid_of(6))
    assert old == [("A", None), ("B", None)]
    assert wide.sql("SELECT kegiatan FROM kegiatan_wksbm_riwayat WHERE wksbm = %s", uuid_of(6)) == [("1.1",)]


def test_who_changed_what_when_is_told_to_the_offices_and_to_nobody_else(wide: Client) -> None:
    save(wide, wksbm_input("Awal", id=id_wksbm(23), anggota=[{"nama": "A", "jenis": "4"}]))
    save(wide, wksbm_input("Kemudian", id=id_wksbm(23), versi=1, anggota=[]))
    query = f'{{ wksbm(id: "{id_wksbm(23)}") {{ nama riwayat {{ versi oleh perubahan {{ isian lama baru }} }} }} }}'
    for who in ("53.14", "53", ""):
        second, first_one = wide.ask(query, None, who)["wksbm"]["riwayat"]
        assert (second["versi"], first_one) == (2, {"versi": 1, "oleh": "uji KABUPATEN 53.14", "perubahan": []})
        assert second["perubahan"] == [{"isian": "nama", "lama": "Awal", "baru": "Kemudian"}]
    for outsider in (None, "53.15", "36"):
        assert wide.ask(query, None, outsider)["wksbm"] == {"nama": "Kemudian", "riwayat": []}
    with psycopg.connect(wide.url) as conn:
        conn.execute("SET ROLE hub_publik")
        for table in ("wksbm", "anggota_wksbm", "kegiatan_wksbm", "hubungan_wksbm", "mitra_luar"):
            assert conn.execute(f"SELECT count(*) FROM {table}_riwayat").fetchall() == [(0,)]
    assert wide.sql("SELECT count(*) FROM anggota_wksbm_riwayat") > [(0,)]


def test_activities_are_added_once(wide: Client) -> None:
    save(wide, wksbm_input(id=id_wksbm(7)))
    result = record(wide, id_wksbm(7), ("2019-02-01", "Pendataan dan pemetaan sosial"), ("2020-01-01", "7.1"))
    assert (result["versi"], [k["kode"] for k in result["wksbm"]["kegiatan"]]) == (2, ["1.2", "7.1"])
    again = record(wide, id_wksbm(7), ("2020-01-01", "7.1"))
    assert (again["versi"], len(again["wksbm"]["kegiatan"])) == (2, 2)
    assert kode(record(wide, id_wksbm(7), ("2020-01-01", "7.9"), ("2999-01-01", "7.1"))) == {
        "KEGIATAN_TAK_DIKENAL", "TANGGAL_BELUM_TIBA",
    }  # fmt: skip
    assert kode(record(wide, id_wksbm(99), ("2020-01-01", "7.1"))) == {"WKSBM_TAK_ADA"}
    save(wide, wksbm_input(id=id_wksbm(7), versi=2, sampai="2021-01-01"))
    assert kode(record(wide, id_wksbm(7), ("2021-01-01", "7.1"))) == {"TANGGAL_BELUM_TIBA"}


# ---------- phases ----------


def test_a_network_moves_on_when_the_activities_of_its_phase_were_carried_out(wide: Client) -> None:
    id_ = id_wksbm(10)
    save(wide, wksbm_input(id=id_))
    record(wide, id_, *[("2018-06-01", k) for k in PENUMBUHAN[:4]], ("2019-08-01", "5a.5"), ("2019-09-01", "5b.1"))
    refused = move(wide, id_, "PEMANTAPAN", "2019-07-01")
    (temuan,) = refused["temuan"]
    assert (temuan["kode"], temuan["usulan"]) == ("KEGIATAN_KURANG", "5a.5; 5a.6")
    assert "bimbingan lintas calon jaringan" in temuan["pesan"]
    record(wide, id_, ("2019-08-15", "5a.6"))
    moved_on = move(wide, id_, "PEMANTAPAN", "2019-08-15", reason="Rapat kecamatan")
    assert (moved_on["__typename"], moved_on["wksbm"]["tahap"]) == ("WksbmTersimpan", "PEMANTAPAN")
    assert move(wide, id_, "PEMANTAPAN", "2019-08-15") == {**moved_on, "temuan": []}  # again: left alone
    assert wide.sql("SELECT count(*) FROM tahap_wksbm WHERE wksbm = %s", uuid_of(10)) == [(2,)]
    (temuan,) = move(wide, id_, "PENGEMBANGAN", "2019-12-01")["temuan"]
    assert temuan["usulan"] == "5b.2; 5b.3; 5b.4"
    record(wide, id_, *[("2019-11-01", k) for k in PEMANTAPAN])
    last = move(wide, id_, "PENGEMBANGAN", "2019-12-01")
    assert last["wksbm"]["riwayatTahap"] == [
        {"tahap": "PENUMBUHAN", "sejak": "2019-01-01", "alasan": None},
        {"tahap": "PEMANTAPAN", "sejak": "2019-08-15", "alasan": "Rapat kecamatan"},
        {"tahap": "PENGEMBANGAN", "sejak": "2019-12-01", "alasan": None},
    ]


def test_why_a_network_moved_is_talk_of_its_offices(wide: Client) -> None:
    id_ = id_wksbm(27)
    save(wide, wksbm_input(id=id_, kegiatan=[{"tanggal": "2018-06-01", "kegiatan": k} for k in PENUMBUHAN]))
    move(wide, id_, "PEMANTAPAN", "2019-03-01", reason="Bu Ani mundur")
    query = f'{{ wksbm(id: "{id_}") {{ riwayatTahap {{ tahap alasan }} }} }}'
    for as_whom, reason in (
        ("53.14", "Bu Ani mundur"),
        ("53", "Bu Ani mundur"),
        (None, None),
        ("53.15", None),
        ("36", None),
    ):
        phases = wide.ask(query, None, as_whom)["wksbm"]["riwayatTahap"]
        assert phases[-1] == {"tahap": "PEMANTAPAN", "alasan": reason}, as_whom


def test_one_that_went_back_repeats_the_activities_and_keeps_its_history(wide: Client) -> None:
    id_ = id_wksbm(11)
    save(wide, wksbm_input(id=id_, kegiatan=[{"tanggal": "2018-06-01", "kegiatan": k} for k in PENUMBUHAN]))
    move(wide, id_, "PEMANTAPAN", "2019-03-01")
    moved_back = move(wide, id_, "PENUMBUHAN", "2020-01-01", reason="Anggota bubar")
    assert (moved_back["__typename"], moved_back["wksbm"]["tahap"]) == ("WksbmTersimpan", "PENUMBUHAN")
    query = f'{{ wksbm(id: "{id_}") {{ kegiatanKurang {{ kode nama }} }} }}'
    assert [k["kode"] for k in wide.ask(query)["wksbm"]["kegiatanKurang"]] == PENUMBUHAN
    (temuan,) = move(wide, id_, "PEMANTAPAN", "2020-06-01")["temuan"]
    assert temuan["usulan"] == "; ".join(PENUMBUHAN)
    assert "sejak 2020-01-01" in temuan["pesan"]
    record(wide, id_, *[("2020-05-01", k) for k in PENUMBUHAN])
    assert wide.ask(query)["wksbm"]["kegiatanKurang"] == []
    assert move(wide, id_, "PEMANTAPAN", "2020-06-01")["wksbm"]["tahap"] == "PEMANTAPAN"
    assert [k["kode"] for k in wide.ask(query)["wksbm"]["kegiatanKurang"]] == PEMANTAPAN
    history = wide.ask(f'{{ wksbm(id: "{id_}") {{ riwayatTahap {{ tahap sejak }} }} }}')["wksbm"]["riwayatTahap"]
    assert [(r["tahap"], r["sejak"]) for r in history] == [
        ("PENUMBUHAN", "2019-01-01"), ("PEMANTAPAN", "2019-03-01"), ("PENUMBUHAN", "2020-01-01"),
        ("PEMANTAPAN", "2020-06-01"),
    ]  # fmt: skip


def test_every_wrong_move_is_told_at_once(wide: Client) -> None:
    id_ = id_wksbm(12)
    save(wide, wksbm_input(id=id_, tahapSejak="2019-05-01"))
    assert kode(move(wide, id_, "PENGEMBANGAN", "2019-04-01")) == {
        "TAHAP_MELOMPAT", "KEGIATAN_KURANG", "SEJAK_TERLALU_DINI",
    }  # fmt: skip
    assert kode(move(wide, id_, "PENUMBUHAN", "2999-01-01")) == {"TAHAP_SAMA", "SEJAK_BELUM_TIBA"}
    assert kode(move(wide, id_wksbm(98), "PEMANTAPAN", "2019-06-01")) == {"WKSBM_TAK_ADA"}
    assert kode(move(wide, "salah", "PEMANTAPAN", "2019-06-01")) == {"ID_TIDAK_SAH"}
    save(wide, wksbm_input(id=id_, versi=1, sampai="2021-01-01", tahapSejak="2019-05-01"))
    assert "SEJAK_BELUM_TIBA" in kode(move(wide, id_, "PEMANTAPAN", "2021-01-01"))
    assert wide.sql("SELECT tahap, versi FROM wksbm WHERE id = %s", uuid_of(12)) == [("PENUMBUHAN", 2)]


def test_a_network_that_is_there_already_may_be_registered_in_a_later_phase(wide: Client) -> None:
    result = save(wide, wksbm_input("Sudah Lama", id=id_wksbm(13), tahap="PEMANTAPAN", tahapSejak="2020-02-01"))
    assert (result["wksbm"]["tahap"], kode(result)) == ("PEMANTAPAN", {"TAHAP_TANPA_RIWAYAT"})
    assert result["wksbm"]["riwayatTahap"] == [{"tahap": "PEMANTAPAN", "sejak": "2020-02-01", "alasan": None}]
    skipped = save(wide, wksbm_input(id=id_wksbm(13), versi=1, tahap="PENGEMBANGAN"))
    assert (skipped["__typename"], kode(skipped)) == ("WksbmDitolak", {"TAHAP_LEWAT_PINDAH"})


# ---------- who may ----------


def test_a_network_has_its_phases_and_activities_while_it_is_there(wide: Client) -> None:
    early = save(wide, wksbm_input("Terlalu Dini", tahap="PEMANTAPAN", tahapSejak="2015-01-01"))
    assert (early["__typename"], kode(early)) == ("WksbmDitolak", {"DI_LUAR_MASA"})
    id_ = id_wksbm(17)
    save(wide, wksbm_input("Berakhir", id=id_))
    record(wide, id_, *[("2020-01-01", k) for k in PENUMBUHAN], ("2022-01-01", "5b.1"))
    move(wide, id_, "PEMANTAPAN", "2021-01-01")
    version = wide.ask("query ($i: ID!) { wksbm(id: $i) { versi } }", {"i": id_})["wksbm"]["versi"]
    (last, *_) = findings = save(wide, wksbm_input("Berakhir", id=id_, versi=version, sampai="2020-06-01"))["temuan"]
    assert [(t["kode"], t["lokasi"][0]["kolom"]) for t in findings] == [("DI_LUAR_MASA", "sampai")] * 2
    assert "PEMANTAPAN pada 2021-01-01" in last["pesan"]
    assert "2022-01-01" in findings[1]["pesan"]
    assert (
        save(wide, wksbm_input("Berakhir", id=id_, versi=version, sampai="2022-01-02"))["__typename"]
        == "WksbmTersimpan"
    )


def test_a_kabupaten_writes_its_own_and_a_province_what_lies_below(wide: Client) -> None:
    save(wide, wksbm_input(id=id_wksbm(20)))
    before = wide.sql("SELECT nama, versi FROM wksbm WHERE id = %s", uuid_of(20))
    for as_whom in (None, "53.13", "36"):
        assert save(wide, wksbm_input("X", id=id_wksbm(20), versi=1), as_whom)["__typename"] == "TidakBerwenang"
        assert move(wide, id_wksbm(20), "PEMANTAPAN", "2020-01-01", as_whom)["__typename"] == "TidakBerwenang"
        assert record(wide, id_wksbm(20), ("2020-01-01", "1.1"), as_whom=as_whom)["__typename"] == "TidakBerwenang"
    assert kode(save(wide, wksbm_input(desa="36.73.01.1002"))) == {"DESA_DI_LUAR"}
    assert kode(save(wide, wksbm_input(id=id_wksbm(20), versi=1, desa="53.13.01.2001"), "53")) == {"DESA_DI_LUAR"}
    assert wide.sql("SELECT nama, versi FROM wksbm WHERE id = %s", uuid_of(20)) == before
    assert save(wide, wksbm_input("Provinsi", id=id_wksbm(20), versi=1), "53")["versi"] == 2
    assert save(wide, wksbm_input("Admin", id=id_wksbm(20), versi=2), "")["versi"] == 3


def test_an_id_names_one_network_in_the_whole_country(wide: Client) -> None:
    save(wide, wksbm_input(id=id_wksbm(21)))
    result = save(wide, wksbm_input(id=id_wksbm(21, "36.73"), desa="36.73.01.1002"), "36.73")
    assert (result["__typename"], kode(result)) == ("WksbmDitolak", {"ID_TERPAKAI"})
    assert wide.sql("SELECT kode_kab FROM wksbm WHERE id = %s", uuid_of(21)) == [("53.14",)]


@pytest.mark.parametrize(("role", "wilayah"), [("hub_kabupaten", "53.13"), ("hub_provinsi", "36"), ("hub_publik", "")])
def test_the_database_refuses_what_a_service_would_let_through(wide: Client, role: str, wilayah: str) -> None:
    own_number = {"hub_kabupaten": 30, "hub_provinsi": 31, "hub_publik": 32}[role]
    save(wide, wksbm_input(id=id_wksbm(own_number), anggota=[{"nama": "A", "jenis": "4"}]))
    statements = (
        "UPDATE wksbm SET nama = 'X'",
        "UPDATE anggota_wksbm SET jenis = '1'",
        "DELETE FROM anggota_wksbm",
        "UPDATE simpul_wksbm SET tahap = 'PENGEMBANGAN'",
        "INSERT INTO tahap_wksbm (kode_kab, wksbm, urut, tahap, sejak, dicatat_oleh) SELECT kode_kab, id, 9, tahap, sejak, 'x' FROM wksbm",
        "INSERT INTO wksbm (kode_kab, id, nama, kode_desa, tahap, tahap_sejak, sejak, diubah_oleh) VALUES ('53.14', "
        "gen_random_uuid(), 'X', '53.14.10.2003', 'PENUMBUHAN', '2020-01-01', '2020-01-01', 'x')",
        "INSERT INTO hubungan_wksbm (id, asal_kab, asal, macam, tujuan_kab, tujuan, jenis, skala, sejak, diubah_oleh) SELECT "
        f"gen_random_uuid(), '{wilayah}', id, 'MITRA', '', gen_random_uuid(), 'x', 'LOKAL', '2020-01-01', 'x' FROM wksbm",
    )
    with contextlib.closing(psycopg.connect(wide.url)) as conn:
        for statement in statements:
            take_role(conn, role, wilayah)
            with contextlib.suppress(psycopg.errors.InsufficientPrivilege):
                assert conn.execute(statement).rowcount == 0, statement
            conn.rollback()


def test_nothing_is_deleted_not_even_by_the_owner(wide: Client) -> None:
    save(wide, wksbm_input(id=id_wksbm(33)))
    for table in ("wksbm", "tahap_wksbm"):
        with pytest.raises(psycopg.errors.RestrictViolation):
            wide.sql(f"DELETE FROM {table}")


# ---------- races ----------


def test_of_two_who_edit_at_once_one_wins_and_the_other_is_told(wide: Client) -> None:
    id_ = id_wksbm(40)
    save(wide, wksbm_input(id=id_))
    with ThreadPoolExecutor(4) as pool:
        results: list[Any] = list(pool.map(lambda n: save(wide, wksbm_input(f"Nama {n}", id=id_, versi=1)), range(4)))
    assert sorted(h["__typename"] for h in results) == ["BentrokRevisi"] * 3 + ["WksbmTersimpan"]
    with ThreadPoolExecutor(4) as pool:
        new = list(pool.map(lambda _: save(wide, wksbm_input(id=id_wksbm(41))), range(4)))
    assert [(h["__typename"], h["versi"]) for h in new] == [("WksbmTersimpan", 1)] * 4
    assert wide.sql("SELECT count(*) FROM tahap_wksbm WHERE wksbm = %s", uuid_of(41)) == [(1,)]
