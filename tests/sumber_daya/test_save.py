"""Saving social resources through the API: findings all at once, versions, owners, repeats, races."""

import contextlib
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from tests.client import Client
from tests.db.roles import take_role
from tests.sumber_daya.rows import SOTIMORI
from tests.sumber_daya.texts import lks, panti, save

ID = "53.14:01939f2e-7d1c-7a3b-9c55-00000000000"


def kode(result: Any) -> set[str]:
    return {t["kode"] for t in result["temuan"]}


def test_a_new_one_gets_an_id_of_its_kabupaten_and_an_edit_a_new_version(hub: Client) -> None:
    result = save(hub, panti(klienL=10, klienP=12))
    assert (result["__typename"], result["versi"], result["temuan"]) == ("SumberDayaTersimpan", 1, [])
    new = result["sumberDaya"]
    assert new["id"].startswith("53.14:")
    assert (new["desa"]["kode"], new["sisaDaya"]) == (SOTIMORI, 18)
    changed = save(hub, panti(id=new["id"], versi=1, nama="Panti Asih Baru"))
    assert (changed["versi"], changed["sumberDaya"]["nama"]) == (2, "Panti Asih Baru")
    assert hub.sql("SELECT versi, nama, klien_l, diubah_oleh FROM sumber_daya_riwayat") == [
        (1, "Panti Asih", 10, "uji KABUPATEN 53.14")
    ]
    conflict = save(hub, panti(id=new["id"], versi=1, nama="Lain"))
    assert (conflict["__typename"], conflict["revisiTerbaru"]) == ("BentrokRevisi", 2)


def test_a_call_may_be_repeated_and_changes_nothing(hub: Client) -> None:
    given = lks(
        id=ID + "1", titik={"type": "Point", "coordinates": [123.36, -10.49]},
        surat=[{"jenis": "TANDA_DAFTAR", "sejak": "2022-01-01", "sampai": "2025-01-01", "nomor": "7"}],
    )  # fmt: skip
    first, second = save(hub, given), save(hub, given)
    assert first["__typename"] == "SumberDayaTersimpan"
    assert second == first
    assert save(hub, {**given, "versi": 1}) == first
    assert hub.sql("SELECT count(*) FROM sumber_daya_riwayat") == [(0,)]
    assert save(hub, {**given, "nama": "Lain"})["__typename"] == "BentrokRevisi"


def test_every_finding_comes_at_once_with_its_place(hub: Client) -> None:
    wrong = panti(
        nama=" ", desa="53.14.10.9999", sejak="2020-01-01", sampai="2019-01-01", rahasia=True, klienL=-5, luasM2=10,
        titik={"type": "Point", "coordinates": [123.4]},
        surat=[
            {"jenis": "AKREDITASI", "sejak": "2020-01-01"},
            {"jenis": "TANDA_DAFTAR", "sejak": "2020-01-01", "sampai": "2020-01-01"},
            {"jenis": "TANDA_DAFTAR", "sejak": "2020-01-01"},
            {"jenis": "SK", "sejak": "2021-01-01", "peringkat": "A"},
        ],
    )  # fmt: skip
    del wrong["sasaran"]
    result = save(hub, wrong)
    assert result["__typename"] == "SumberDayaDitolak"
    assert kode(result) == {
        "NAMA_KOSONG", "DESA_TAK_DIKENAL", "MASA_TERBALIK", "TITIK_RAHASIA", "TITIK_TIDAK_SAH", "ANGKA_NEGATIF",
        "ISIAN_BUKAN_JENIS", "ISIAN_WAJIB", "PERINGKAT_TIDAK_SAH", "SURAT_TERBALIK", "SURAT_GANDA",
        "PERINGKAT_BUKAN_AKREDITASI",
    }  # fmt: skip
    places = {t["kode"]: (t["lokasi"][0]["kolom"], t["lokasi"][0]["indeks"]) for t in result["temuan"]}
    assert places["ANGKA_NEGATIF"] == ("klienL", None)
    assert places["ISIAN_BUKAN_JENIS"] == ("luasM2", None)
    assert places["SURAT_TERBALIK"] == ("surat", 1)
    assert hub.sql("SELECT count(*) FROM sumber_daya") == [(0,)]


def test_an_unknown_desa_is_answered_with_those_that_are_like_it(hub: Client) -> None:
    (temuan,) = save(hub, lks(desa="53.14.10.2033"))["temuan"]
    assert temuan["kode"] == "DESA_TAK_DIKENAL"
    assert SOTIMORI in temuan["usulan"]
    assert kode(save(hub, lks(desa="53.14.10"))) == {"BUKAN_DESA"}
    assert kode(save(hub, lks(desa="Sotimori"))) == {"DESA_BUKAN_KODE"}
    assert kode(save(hub, lks(desa="36.01.01.2001"))) == {"DESA_DI_LUAR"}
    assert kode(save(hub, lks(desa="36.01.01.2001"), "53")) == {"DESA_DI_LUAR"}


def test_what_was_gone_before_the_oldest_list_of_regions_is_history_too(hub: Client) -> None:
    result = save(hub, lks(sejak="2005-01-01", sampai="2015-01-01"))
    assert (result["__typename"], result["temuan"]) == ("SumberDayaTersimpan", [])
    assert result["sumberDaya"]["desa"]["kode"] == SOTIMORI
    assert kode(save(hub, lks(desa="53.14.10.2033", sejak="2005-01-01", sampai="2015-01-01"))) == {"DESA_TAK_DIKENAL"}


def test_a_new_one_of_a_name_that_stands_there_is_written_and_told(hub: Client) -> None:
    first = save(hub, lks())
    assert first["temuan"] == []
    second = save(hub, lks(nama="Lks  KASIH"))
    assert second["__typename"] == "SumberDayaTersimpan"
    (temuan,) = second["temuan"]
    assert (temuan["kode"], temuan["tingkat"], temuan["usulan"]) == (
        "MIRIP_TERDAFTAR", "PERINGATAN", first["sumberDaya"]["id"],
    )  # fmt: skip
    assert save(hub, panti(nama="LKS Kasih"))["temuan"] == []  # of another kind
    id_ = second["sumberDaya"]["id"]
    assert save(hub, lks(id=id_, versi=1, nama="LKS Kasih"))["temuan"] == []  # no new one


def test_more_clients_than_places_and_too_long_an_accreditation_are_warnings(hub: Client) -> None:
    surat = [
        {"jenis": "AKREDITASI", "sejak": "2020-02-29", "sampai": "2025-03-01", "peringkat": "A"},
        {"jenis": "AKREDITASI", "sejak": "2016-01-01", "sampai": "2019-01-02", "peringkat": "B"},
        {"jenis": "AKREDITASI", "sejak": "2014-01-01", "peringkat": "C"},
    ]
    result = save(hub, panti(klienL=30, klienP=11, surat=surat))
    assert result["__typename"] == "SumberDayaTersimpan"
    assert {(t["kode"], t["tingkat"], t["usulan"]) for t in result["temuan"]} == {
        ("KLIEN_MELEBIHI_DAYA", "PERINGATAN", None),
        ("AKREDITASI_TERLALU_LAMA", "PERINGATAN", "2019-01-01"),
        ("AKREDITASI_TERLALU_LAMA", "PERINGATAN", "2016-01-01"),
    }


def test_a_point_in_another_desa_is_named(hub: Client) -> None:
    ((lon, lat, other),) = hub.sql("""SELECT ST_X(b.titik), ST_Y(b.titik), b.kode FROM batas b WHERE b.tingkat = 4
      AND b.sampai IS NULL AND b.kode LIKE '53.14.%%' AND b.kode <> %s ORDER BY b.kode LIMIT 1""", SOTIMORI)  # fmt: skip
    result = save(hub, lks(titik={"type": "Point", "coordinates": [lon, lat]}))
    (temuan,) = result["temuan"]
    assert (temuan["kode"], temuan["tingkat"], temuan["usulan"]) == ("TITIK_DI_DESA_LAIN", "PERINGATAN", other)
    assert result["sumberDaya"]["desa"]["kode"] == SOTIMORI  # the name wins, the point is looked at by people
    ((lon, lat),) = hub.sql("SELECT ST_X(titik), ST_Y(titik) FROM batas WHERE kode = %s AND sampai IS NULL", SOTIMORI)
    assert save(hub, lks(nama="B", titik={"type": "Point", "coordinates": [lon, lat]}))["temuan"] == []
    at_sea = save(hub, lks(nama="C", titik={"type": "Point", "coordinates": [110.0, -11.9]}))
    assert kode(at_sea) == {"TITIK_DI_LUAR_BATAS"}


def test_a_kabupaten_does_not_write_what_a_province_owns(hub: Client) -> None:
    owned = save(hub, panti(pemilik="PROVINSI"), "53")["sumberDaya"]
    assert owned["pemilik"] == "PROVINSI"
    before = hub.sql("SELECT id, pemilik, nama, versi, diubah_oleh FROM sumber_daya")
    for given in (
        panti(pemilik="PROVINSI"),
        panti(pemilik="KEMENTERIAN"),
        panti(id=owned["id"], versi=1, pemilik="KABUPATEN"),
        panti(id="53.13" + owned["id"][5:], versi=1),
    ):
        assert save(hub, given)["__typename"] == "TidakBerwenang"
    assert save(hub, panti(), "53.13")["__typename"] == "SumberDayaDitolak"  # a desa out of reach is a finding
    assert save(hub, panti(), None)["__typename"] == "TidakBerwenang"
    assert save(hub, panti(id=owned["id"]), "36")["__typename"] == "TidakBerwenang"
    assert hub.sql("SELECT id, pemilik, nama, versi, diubah_oleh FROM sumber_daya") == before
    assert save(hub, panti(id=owned["id"], versi=1, pemilik="PROVINSI", nama="Baru"), "53")["versi"] == 2
    assert save(hub, panti(id=owned["id"], versi=2, pemilik="PROVINSI", nama="Lagi"), "")["versi"] == 3


@pytest.mark.parametrize(("role", "wilayah"), [("hub_kabupaten", "53.14"), ("hub_provinsi", "36"), ("hub_publik", "")])
def test_the_database_refuses_what_a_service_would_let_through(hub: Client, role: str, wilayah: str) -> None:
    import psycopg

    save(hub, lks(pemilik="PROVINSI", surat=[{"jenis": "SK", "sejak": "2020-01-01"}]), "53")
    statements = (
        "UPDATE sumber_daya SET nama = 'X'",
        "UPDATE surat_sumber_daya SET nomor = 'X'",
        "DELETE FROM surat_sumber_daya",
        "INSERT INTO sumber_daya (kode_kab, id, jenis, nama, pemilik, kode_desa, sejak, diubah_oleh) VALUES "
        "('53.14', gen_random_uuid(), 'LKS', 'X', 'PROVINSI', '53.14.10.2003', '2020-01-01', 'x')",
    )
    with psycopg.connect(hub.url) as conn:
        for statement in statements:
            take_role(conn, role, wilayah)
            with contextlib.suppress(psycopg.errors.InsufficientPrivilege):
                assert conn.execute(statement).rowcount == 0, statement
            conn.rollback()
            take_role(conn, role, wilayah)
            try:
                ((count,),) = conn.execute("SELECT count(*) FROM sumber_daya_riwayat").fetchall()
                assert count == 0
            except psycopg.errors.InsufficientPrivilege:
                assert role == "hub_publik"
            conn.rollback()


def test_who_changed_what_when_is_told_to_the_offices(hub: Client) -> None:
    id_ = save(hub, panti(klienL=10))["sumberDaya"]["id"]
    point = {"type": "Point", "coordinates": [123.4, -10.5]}
    save(hub, panti(id=id_, versi=1, nama="Panti Lain", klienL=None, titik=point), "53")
    query = f'{{ sumberDaya(id: "{id_}") {{ riwayat {{ versi oleh pada perubahan {{ isian lama baru }} }} }} }}'
    second, first = hub.ask(query, None, "53.14")["sumberDaya"]["riwayat"]
    assert (second["versi"], second["oleh"], first["versi"], first["perubahan"]) == (2, "uji PROVINSI 53", 1, [])
    differences = {p.pop("isian"): p for p in second["perubahan"]}
    assert differences.pop("titik")["lama"] is None
    assert differences == {
        "nama": {"lama": "Panti Asih", "baru": "Panti Lain"},
        "klien_l": {"lama": "10", "baru": None},
    }
    assert first["pada"] < second["pada"]
    for who in (None, "36.73"):
        assert hub.ask(query, None, who)["sumberDaya"]["riwayat"] == []


def test_a_kind_does_not_change_and_a_kabupaten_neither(hub: Client) -> None:
    id_ = save(hub, lks())["sumberDaya"]["id"]
    assert kode(save(hub, panti(id=id_, versi=1))) == {"JENIS_BERBEDA"}
    assert kode(save(hub, lks(id=id_, versi=1, desa="53.13.01.2001"), "53")) == {"DESA_DI_LUAR"}
    assert kode(save(hub, lks(id="salah"))) == {"ID_TIDAK_SAH"}


def test_a_heads_name_is_kept_by_consent_only(hub: Client) -> None:
    result = save(hub, lks(ketua="Pengurus Yayasan"))
    assert kode(result) == {"KETUA_TANPA_SETUJU"}
    assert result["sumberDaya"]["ketua"] is None
    assert hub.sql("SELECT ketua FROM sumber_daya") == [(None,)]
    consented = save(hub, lks(nama="B", ketua="Pengurus Yayasan", ketuaSetuju=True))
    assert (consented["temuan"], consented["sumberDaya"]["ketua"]) == ([], "Pengurus Yayasan")


def test_papers_are_left_alone_or_replaced_as_a_whole_and_kept(hub: Client) -> None:
    old = {"jenis": "AKREDITASI", "sejak": "2018-01-01", "sampai": "2020-01-01", "peringkat": "C"}
    new = {"jenis": "AKREDITASI", "sejak": "2021-01-01", "sampai": "2024-01-01", "peringkat": "B"}
    id_ = save(hub, lks(surat=[old]))["sumberDaya"]["id"]
    unchanged = save(hub, lks(id=id_, versi=1, nama="Lain"))
    assert [s["peringkat"] for s in unchanged["sumberDaya"]["surat"]] == ["C"]
    replaced = save(hub, lks(id=id_, versi=2, nama="Lain", surat=[new, {**old, "peringkat": "A", "nomor": "1"}]))
    assert (replaced["versi"], [s["peringkat"] for s in replaced["sumberDaya"]["surat"]]) == (3, ["B", "A"])
    emptied = save(hub, lks(id=id_, versi=3, nama="Lain", surat=[]))
    assert emptied["sumberDaya"]["surat"] == []
    assert hub.sql("SELECT sejak::text, peringkat FROM surat_sumber_daya_riwayat ORDER BY diganti_pada, sejak") == [
        ("2018-01-01", "C"), ("2018-01-01", "A"), ("2021-01-01", "B"),
    ]  # fmt: skip


def test_of_two_who_edit_at_once_one_wins_and_the_other_is_told(hub: Client) -> None:
    id_ = save(hub, lks())["sumberDaya"]["id"]
    hub.token("53.14")
    with ThreadPoolExecutor(4) as pool:
        results = list(pool.map(lambda n: save(hub, lks(id=id_, versi=1, nama=f"Nama {n}")), range(4)))
    assert sorted(h["__typename"] for h in results) == ["BentrokRevisi"] * 3 + ["SumberDayaTersimpan"]
    assert {h["revisiTerbaru"] for h in results if "revisiTerbaru" in h} == {2}
    assert hub.sql("SELECT count(*) FROM sumber_daya_riwayat") == [(1,)]


def test_of_two_who_add_the_same_id_at_once_there_is_one_row(hub: Client) -> None:
    hub.token("53.14")
    with ThreadPoolExecutor(4) as pool:
        results = list(pool.map(lambda _: save(hub, lks(id=ID + "2")), range(4)))
    assert [(h["__typename"], h["versi"]) for h in results] == [("SumberDayaTersimpan", 1)] * 4
    assert hub.sql("SELECT count(*) FROM sumber_daya") == [(1,)]


def test_people_may_be_told_without_their_sexes_and_must_add_up_with_them(hub: Client) -> None:
    id_ = save(hub, panti(jumlahKlien=15))["sumberDaya"]["id"]
    query = "query ($i: ID!) { sumberDaya(id: $i) { ... on Panti { klien klienL klienP jumlahKlien sisaDaya } } }"
    known = {"klien": 15, "klienL": None, "klienP": None, "jumlahKlien": 15, "sisaDaya": 25}
    assert hub.ask(query, {"i": id_}, "53.14")["sumberDaya"] == known
    differing = save(hub, panti(id=id_, versi=1, jumlahKlien=15, klienL=7, klienP=9))
    assert [(t["kode"], t["usulan"], t["lokasi"][0]["kolom"]) for t in differing["temuan"]] == [
        ("JUMLAH_TIDAK_SAMA", "16", "jumlahKlien")
    ]
    assert save(hub, panti(id=id_, versi=1, jumlahKlien=15, klienL=7, klienP=8))["versi"] == 2
    assert hub.ask(query, {"i": id_}, "53.14")["sumberDaya"] == {**known, "klienL": 7, "klienP": 8}
    assert hub.sql("SELECT klien, klien_l + klien_p FROM sumber_daya") == [(None, 15)]  # what follows is not kept twice
    assert hub.sql("SELECT klien FROM sumber_daya_riwayat") == [(15,)]
    assert save(hub, panti(id=id_, versi=2, jumlahKlien=41))["temuan"][0]["kode"] == "KLIEN_MELEBIHI_DAYA"
