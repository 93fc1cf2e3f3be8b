"""Links of networks (WKSBM) through the API: to each other, to social resources, to partners; dates, rights, history."""

import contextlib
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import psycopg
import pytest

from hub.db.private_cluster import PrivateCluster
from tests.client import Klien
from tests.database_clones import clone_of
from tests.db.roles import ambil_peran
from tests.hub_server import serve
from tests.sumber_daya.rows import tambah
from tests.wksbm.texts import MITRA, bersih, hubungkan, id_wksbm, isi, jejaring, kode, nomor, sambung, simpan

SERANG = "36.73.01.1002"


@pytest.fixture(scope="module")
def luas(cluster: PrivateCluster, templates: dict[str, str]) -> Iterator[Klien]:
    """One hub for all tests here: networks 0 to 59 in Rote Ndao, 60 to 69 in Kota Serang; each test has its own."""
    for url in clone_of(cluster, templates["contoh"]):
        for klien in serve(url):
            bersih(klien)
            jejaring(klien, 70, [], ["53.14.10.2003"] * 60 + [SERANG] * 10)
            yield klien


def mitra(hub: Klien, sebagai: str | None = "53.14", **masukan: Any) -> Any:
    return hub.tanya(MITRA, {"m": masukan}, sebagai)["hasil"]


def test_a_link_is_seen_from_both_ends_across_a_border(luas: Klien) -> None:
    a, b = id_wksbm(0), id_wksbm(60, "36.73")
    hasil = hubungkan(luas, a, b, skala="REGIONAL", jenis=" kerja  sama ")
    assert (hasil["__typename"], hasil["temuan"]) == ("WksbmTersimpan", [])
    (satu,) = hasil["wksbm"]["hubungan"]
    assert (satu["jenis"], satu["skala"], satu["sejak"], satu["sampai"]) == (
        "kerja sama",
        "REGIONAL",
        "2019-06-01",
        None,
    )
    assert (satu["masuk"], satu["tujuan"]) == (False, {"__typename": "Wksbm", "id": b})
    dari_sana = luas.tanya(
        f'{{ wksbm(id: "{b}") {{ hubungan {{ id masuk asal {{ id }} tujuan {{ ... on Wksbm {{ id }} }} }} derajat }} }}'
    )
    assert dari_sana["wksbm"] == {
        "hubungan": [{"id": satu["id"], "masuk": True, "asal": {"id": a}, "tujuan": {"id": a}}], "derajat": 1,
    }  # fmt: skip
    assert hubungkan(luas, a, b, skala="REGIONAL") == hasil  # again: left alone


def test_a_link_ends_by_its_date_and_nothing_is_lost(luas: Klien) -> None:
    a, b = id_wksbm(1), id_wksbm(2)
    hubungkan(luas, a, b)
    akhir = hubungkan(luas, a, b, sampai="2020-01-01")
    assert [(h["sampai"], h["versi"]) for h in akhir["wksbm"]["hubungan"]] == [("2020-01-01", 2)]
    buka = hubungkan(luas, a, b)  # a call from before, late: does not open it again
    assert (buka["__typename"], buka["revisiTerbaru"]) == ("BentrokRevisi", 2)
    assert hubungkan(luas, a, b, versi=2)["wksbm"]["hubungan"][0]["sampai"] is None
    assert hubungkan(luas, a, b, skala="NASIONAL")["__typename"] == "BentrokRevisi"
    assert hubungkan(luas, a, b, skala="NASIONAL", versi=3)["wksbm"]["hubungan"][0]["skala"] == "NASIONAL"
    riwayat = luas.sql(
        "SELECT versi, sampai::text, skala FROM hubungan_wksbm_riwayat WHERE asal = %s ORDER BY versi", nomor(1)
    )
    assert riwayat == [(1, None, "LOKAL"), (2, "2020-01-01", "LOKAL"), (3, None, "LOKAL")]
    with pytest.raises(psycopg.errors.RestrictViolation):
        luas.sql("DELETE FROM hubungan_wksbm")


def test_the_same_two_may_be_linked_again_later_but_not_twice_at_once(luas: Klien) -> None:
    a, b = id_wksbm(3), id_wksbm(4)
    hubungkan(luas, a, b, sampai="2020-01-01")
    (temuan,) = hubungkan(luas, a, b, sejak="2019-12-31")["temuan"]
    assert (temuan["kode"], temuan["usulan"]) == ("HUBUNGAN_BERTUMPANG", "2019-06-01")
    assert hubungkan(luas, a, b, sejak="2020-01-01")["__typename"] == "WksbmTersimpan"
    assert hubungkan(luas, a, b, sejak="2019-12-31", jenis="rujukan")["__typename"] == "WksbmTersimpan"
    balik = hubungkan(luas, b, a, sejak="2021-01-01")
    assert (balik["__typename"], kode(balik)) == ("WksbmTersimpan", {"SUDAH_DARI_SANA"})
    jawab = luas.tanya(
        f'{{ wksbm(id: "{a}") {{ derajat hubungan {{ sejak }} kini: hubungan(pada: "2019-07-01") {{ jenis }} }} }}'
    )
    assert jawab["wksbm"] == {
        "derajat": 1, "kini": [{"jenis": "kerja sama"}],
        "hubungan": [{"sejak": s} for s in ("2019-06-01", "2019-12-31", "2020-01-01", "2021-01-01")],
    }  # fmt: skip


def test_social_resources_and_partners_are_other_ends(luas: Klien) -> None:
    a = id_wksbm(5)
    panti, ksb = tambah(luas, 1, "PANTI"), tambah(luas, 2, "KAMPUNG_SIAGA_BENCANA")
    assert hubungkan(luas, a, panti, jenis="rujukan")["temuan"] == []
    hubungkan(luas, a, ksb)
    hasil = hubungkan(luas, a, mitra={"nama": "PT Garam  Rote", "jenis": "dunia usaha"}, skala="NASIONAL")
    tujuan = [h["tujuan"] for h in hasil["wksbm"]["hubungan"]]
    assert {(t["__typename"], t.get("nama"), t.get("jenisMitra")) for t in tujuan} == {
        ("Panti", None, None), ("KampungSiagaBencana", None, None), ("MitraLuar", "PT Garam Rote", "dunia usaha"),
    }  # fmt: skip
    (m,) = [t for t in tujuan if t["__typename"] == "MitraLuar"]
    lagi = hubungkan(luas, id_wksbm(6), mitra={"nama": "PT. GARAM ROTE", "jenis": "perusahaan"})
    assert kode(lagi) == {"MITRA_SUDAH_ADA"}
    assert [h["tujuan"]["id"] for h in lagi["wksbm"]["hubungan"]] == [m["id"]]
    lewat_id = hubungkan(luas, id_wksbm(7), m["id"])
    assert [h["tujuan"]["id"] for h in lewat_id["wksbm"]["hubungan"]] == [m["id"]]
    tanya = (
        f'{{ wksbm(id: "{a}") {{ jumlahSumber nasional: hubungan(skala: NASIONAL) {{ tujuan {{ __typename }} }} }} }}'
    )
    assert luas.tanya(tanya)["wksbm"] == {"jumlahSumber": 3, "nasional": [{"tujuan": {"__typename": "MitraLuar"}}]}


def test_every_finding_comes_at_once(luas: Klien) -> None:
    a = id_wksbm(8)
    assert kode(hubungkan(luas, a, jenis=" ", sampai="2019-06-01")) == {
        "JENIS_KOSONG", "MASA_TERBALIK", "TUJUAN_TIDAK_TUNGGAL",
    }  # fmt: skip
    assert kode(hubungkan(luas, a, id_wksbm(9), mitra={"nama": "…", "jenis": ""})) == {
        "TUJUAN_TIDAK_TUNGGAL", "NAMA_KOSONG", "JENIS_KOSONG",
    }  # fmt: skip
    assert kode(hubungkan(luas, a, a, sejak="2018-01-01")) == {"UJUNG_SAMA", "DI_LUAR_MASA"}
    assert kode(hubungkan(luas, a, id_wksbm(60, "36.73"))) == {"SKALA_JANGGAL"}
    for tujuan, apa in (("x", "ID_TIDAK_SAH"), ("mitra:x", "ID_TIDAK_SAH"), (f"mitra:{nomor(1)}", "MITRA_TAK_ADA"),
                        (id_wksbm(999), "TUJUAN_TAK_ADA")):  # fmt: skip
        assert kode(hubungkan(luas, a, tujuan)) == {apa}
    assert kode(hubungkan(luas, id_wksbm(999), a)) == {"WKSBM_TAK_ADA"}
    assert kode(hubungkan(luas, "x", a)) == {"ID_TIDAK_SAH"}
    tutup = simpan(luas, isi(id=id_wksbm(10), versi=1, sampai="2021-01-01"))
    assert tutup["__typename"] == "WksbmTersimpan"
    assert kode(hubungkan(luas, a, id_wksbm(10), sejak="2021-01-01")) == {"DI_LUAR_MASA"}


def test_a_partner_of_a_refused_link_is_not_written_down(luas: Klien) -> None:
    sebelum = luas.sql("SELECT count(*) FROM mitra_luar")
    hasil = hubungkan(luas, id_wksbm(11), mitra={"nama": "Yayasan Baru", "jenis": "yayasan"}, sejak="2018-01-01")
    assert (hasil["__typename"], kode(hasil)) == ("WksbmDitolak", {"DI_LUAR_MASA"})
    assert luas.sql("SELECT count(*) FROM mitra_luar") == sebelum


def test_a_link_is_written_by_the_side_it_starts_from(luas: Klien) -> None:
    a, b = id_wksbm(12), id_wksbm(61, "36.73")
    for sebagai in (None, "36.73", "36"):
        assert hubungkan(luas, a, b, sebagai, skala="REGIONAL")["__typename"] == "TidakBerwenang"
    assert hubungkan(luas, a, b, "53", skala="REGIONAL")["__typename"] == "WksbmTersimpan"
    assert hubungkan(luas, a, b, "36.73", skala="REGIONAL", sampai="2020-01-01")["__typename"] == "TidakBerwenang"
    assert hubungkan(luas, a, b, "", skala="REGIONAL", sampai="2020-01-01")["__typename"] == "WksbmTersimpan"
    # the last line: a link of one's own code from another's network, and another's link
    tulis = (
        "UPDATE hubungan_wksbm SET skala = 'NASIONAL' WHERE asal_kab = '53.14'",
        "INSERT INTO hubungan_wksbm (id, asal_kab, asal, macam, tujuan_kab, tujuan, jenis, skala, sejak, diubah_oleh) "
        f"VALUES (gen_random_uuid(), '36.73', '{nomor(12)}', 'WKSBM', '36.73', '{nomor(61)}', 'x', 'LOKAL', '2020-01-01', 'x')",
    )
    with contextlib.closing(psycopg.connect(luas.url)) as conn:
        for perintah in tulis:
            ambil_peran(conn, "hub_kabupaten", "36.73")
            with contextlib.suppress(psycopg.errors.InsufficientPrivilege):
                assert conn.execute(perintah).rowcount == 0, perintah
            conn.rollback()


def test_both_sides_read_what_a_link_was_and_nobody_else(luas: Klien) -> None:
    a, b = id_wksbm(13), id_wksbm(62, "36.73")
    hubungkan(luas, a, b, skala="REGIONAL")
    hubungkan(luas, a, b, skala="REGIONAL", sampai="2020-01-01")
    terlihat = {}
    with contextlib.closing(psycopg.connect(luas.url)) as conn:
        for wilayah in ("53.14", "36.73", "36.71"):
            ambil_peran(conn, "hub_kabupaten", wilayah)
            ((n,),) = conn.execute(
                "SELECT count(*) FROM hubungan_wksbm_riwayat WHERE asal = %s", (nomor(13),)
            ).fetchall()
            terlihat[wilayah] = n
            conn.rollback()
    assert terlihat == {"53.14": 1, "36.73": 1, "36.71": 0}


def test_a_partners_name_is_set_right_by_who_wrote_it_down(luas: Klien) -> None:
    baru = mitra(luas, nama="Yayasan Ombk", jenis="yayasan")["mitra"]
    assert mitra(luas, nama="Yayasan Ombk", jenis="yayasan")["mitra"] == baru
    assert kode(mitra(luas, nama=" ", jenis="")) == {"NAMA_KOSONG", "JENIS_KOSONG"}
    ubah = {"id": baru["id"], "versi": 1, "nama": "Yayasan Ombak", "jenis": "yayasan"}
    assert mitra(luas, "36.73", **ubah)["__typename"] == "TidakBerwenang"
    assert mitra(luas, None, **ubah)["__typename"] == "TidakBerwenang"
    assert mitra(luas, **{**ubah, "versi": 9})["revisiTerbaru"] == 1
    assert mitra(luas, "53", **ubah)["mitra"] == {**baru, "nama": "Yayasan Ombak", "versi": 2}
    lain = mitra(luas, nama="Yayasan Lain", jenis="yayasan")["mitra"]
    tabrak = mitra(luas, id=lain["id"], versi=1, nama="yayasan-ombak", jenis="yayasan")
    assert (tabrak["__typename"], kode(tabrak)) == ("WksbmDitolak", {"MITRA_SUDAH_ADA"})
    assert kode(mitra(luas, id="53.14:x", versi=1, nama="A", jenis="b")) == {"ID_TIDAK_SAH"}
    assert kode(mitra(luas, id=f"mitra:{nomor(3)}", versi=1, nama="A", jenis="b")) == {"MITRA_TAK_ADA"}
    assert luas.sql("SELECT versi, nama FROM mitra_luar_riwayat WHERE id = %s", baru["id"][6:]) == [(1, "Yayasan Ombk")]


def test_of_those_who_link_the_same_two_at_once_there_is_one_link(luas: Klien) -> None:
    with ThreadPoolExecutor(4) as kerja:
        hasil = list(kerja.map(lambda _: hubungkan(luas, id_wksbm(14), id_wksbm(15)), range(4)))
        bersama = list(
            kerja.map(
                lambda n: hubungkan(luas, id_wksbm(16 + n), mitra={"nama": "CV Serentak", "jenis": "usaha"}), range(4)
            )
        )
    assert {h["__typename"] for h in [*hasil, *bersama]} == {"WksbmTersimpan"}
    assert luas.sql("SELECT count(*) FROM hubungan_wksbm WHERE asal = %s", nomor(14)) == [(1,)]
    assert luas.sql("SELECT count(*) FROM mitra_luar WHERE nama = 'CV Serentak'") == [(1,)]
    assert len({h["wksbm"]["hubungan"][0]["tujuan"]["id"] for h in bersama}) == 1


def test_a_link_holds_only_while_both_ends_stand(luas: Klien) -> None:
    sambung(luas, "53.14", nomor(20), "WKSBM", "53.14", nomor(21))
    tanya = f'{{ wksbm(id: "{id_wksbm(20)}") {{ derajat jangkauan {{ nama }} dahulu: jangkauan(pada: "2020-06-01") {{ nama }} }} }}'
    assert luas.tanya(tanya)["wksbm"]["derajat"] == 1
    simpan(luas, isi("J22", id=id_wksbm(21), versi=1, sampai="2021-01-01"))
    assert luas.tanya(tanya)["wksbm"] == {"derajat": 0, "jangkauan": [], "dahulu": [{"nama": "J22"}]}


def test_a_shelter_answers_foreigners_as_an_id_that_nothing_has(luas: Klien) -> None:
    """Linking to it, saving under its id: what is said differs in nothing but the id that was sent."""
    rumah = tambah(luas, 900, "RUMAH_SINGGAH", rahasia=True)
    tiada = rumah[:-1] + ("0" if rumah[-1] != "0" else "1")
    asal = id_wksbm(69, "36.73")

    def tanpa_id(jawab: Any, id_: str) -> str:
        return str(jawab).replace(id_, "ID")

    sama = {tanpa_id(hubungkan(luas, asal, i, sebagai="36.73"), i) for i in (rumah, tiada)}
    assert len(sama) == 1
    assert "TUJUAN_TAK_ADA" in sama.pop()
    masukan = {
        "desa": "53.14.10.2003",
        "jenis": "RUMAH_SINGGAH",
        "nama": "X",
        "pemilik": "MASYARAKAT",
        "sejak": "2020-01-01",
    }
    tulis = """mutation ($m: SumberDayaMasukan!) { hasil: simpanSumberDaya(masukan: $m) { __typename
      ... on TidakBerwenang { pesan } ... on BentrokRevisi { pesan } ... on SumberDayaDitolak { temuan { kode pesan } } } }"""
    for sebagai in ("36.73", "36", None):
        for versi in (None, 1):
            jawab = {
                tanpa_id(luas.tanya(tulis, {"m": {**masukan, "id": i, "versi": versi}}, sebagai), i)
                for i in (rumah, tiada)
            }
            assert len(jawab) == 1, (sebagai, versi)
            assert "TidakBerwenang" in jawab.pop()


def test_a_link_to_a_home_that_became_a_shelter_is_seen_by_its_offices_only(luas: Klien) -> None:
    rumah, asal = tambah(luas, 901, "RUMAH_SINGGAH"), id_wksbm(68, "36.73")
    assert hubungkan(luas, asal, rumah, skala="NASIONAL", sebagai="36.73")["__typename"] == "WksbmTersimpan"
    isi = f'{{ wksbm(id: "{asal}") {{ hubungan {{ id tujuan {{ __typename }} }} jumlahSumber }} }}'
    terbuka = luas.tanya(isi)["wksbm"]
    assert [h["tujuan"]["__typename"] for h in terbuka["hubungan"]] == ["RumahSinggah"]
    luas.sql("UPDATE sumber_daya SET rahasia = true, titik = NULL WHERE id = %s", rumah.rpartition(":")[2])
    for sebagai in (None, "36.73", "36", "53.15"):
        assert luas.tanya(isi, None, sebagai)["wksbm"] == {"hubungan": [], "jumlahSumber": 0}, sebagai
    for sebagai in ("53.14", "53", ""):
        assert luas.tanya(isi, None, sebagai)["wksbm"] == terbuka, sebagai
