"""Social resources as they are read: the interface, every kind, papers, what is not shown."""

import pytest

from tests.client import Klien
from tests.sumber_daya.rows import JENIS, SOTIMORI, nomor, surat, tambah


@pytest.mark.parametrize(("tipe", "jenis"), JENIS.items())
def test_every_kind_is_read_as_the_interface_and_as_an_entity_of_its_own_type_only(
    hub: Klien, tipe: str, jenis: str
) -> None:
    id_ = tambah(hub, 1, jenis, titik="SRID=4326;POINT(123.4 -10.5)")
    isi = "__typename id jenis nama pemilik aktif titik alamat rahasia sejak sampai surat { nomor } desa { nama kecamatan { nama } }"
    harus = {
        "__typename": tipe, "id": id_, "jenis": jenis, "nama": "Lembaga 1", "pemilik": "MASYARAKAT", "aktif": True,
        "titik": {"type": "Point", "coordinates": [123.4, -10.5]}, "alamat": None, "rahasia": False,
        "sejak": "2019-01-01", "sampai": None, "surat": [],
        "desa": {"nama": "Sotimori", "kecamatan": {"nama": "Landu Leko"}},
    }  # fmt: skip
    assert hub.tanya(f'{{ sumberDaya(id: "{id_}") {{ {isi} }} }}')["sumberDaya"] == harus
    wakil = [{"__typename": t, "id": id_} for t in JENIS]
    query = f"query ($r: [_Any!]!) {{ _entities(representations: $r) {{ ... on SumberDaya {{ {isi} }} }} }}"
    assert hub.tanya(query, {"r": wakil})["_entities"] == [harus if t == tipe else None for t in JENIS]


def test_free_places_count_the_clients_that_are_known(hub: Klien) -> None:
    id_ = tambah(hub, 1, "PANTI", klien_l=10, klien_p=None)
    tanya = f'{{ sumberDaya(id: "{id_}") {{ ... on Panti {{ sasaran dayaTampung klien sisaDaya klienL klienP }} }} }}'
    assert hub.tanya(tanya, None, "53.14")["sumberDaya"] == {
        "sasaran": "Anak", "dayaTampung": 40, "klien": 10, "sisaDaya": 30, "klienL": 10, "klienP": None,
    }  # fmt: skip


def test_papers_say_what_was_accredited_on_a_date(hub: Klien) -> None:
    id_ = tambah(hub, 1, "LKS")
    surat(hub, 1, "AKREDITASI", "2015-03-01", "2017-03-01", peringkat="C")
    surat(hub, 1, "AKREDITASI", "2020-03-01", "2023-03-01", peringkat="B")
    surat(hub, 1, "TANDA_DAFTAR", "2022-01-01", "2025-01-01", nomor="12/2022")
    hari = ["2015-02-28", "2015-03-01", "2017-02-28", "2017-03-01", "2021-01-01", "2023-03-01"]
    jawab = hub.tanya(
        f'{{ sumberDaya(id: "{id_}") {{ ... on Lks {{ nomorTandaDaftar berlakuSampai akreditasi akreditasiSampai '
        + " ".join(f'h{i}: terakreditasi(pada: "{h}")' for i, h in enumerate(hari))
        + " kini: terakreditasi surat { jenis sejak sampai nomor peringkat } } } }"
    )["sumberDaya"]
    assert [jawab[f"h{i}"] for i in range(len(hari))] == [False, True, True, False, True, False]
    assert jawab["kini"] is False
    assert (jawab["nomorTandaDaftar"], jawab["berlakuSampai"]) == ("12/2022", "2025-01-01")
    assert (jawab["akreditasi"], jawab["akreditasiSampai"]) == ("B", "2023-03-01")
    assert [s["sejak"] for s in jawab["surat"]] == ["2022-01-01", "2020-03-01", "2015-03-01"]


def test_what_is_gone_or_not_yet_there_is_not_active_and_still_readable(hub: Klien) -> None:
    ids = [
        tambah(hub, 1, "LK3", sampai="2020-01-01"),
        tambah(hub, 2, "LK3", sejak="2999-01-01"),
        tambah(hub, 3, "LK3", sampai="2999-01-01"),
    ]
    query = "query ($i: ID!) { sumberDaya(id: $i) { aktif desa { kode } } }"
    jawab = [hub.tanya(query, {"i": i})["sumberDaya"] for i in ids]
    assert [j["aktif"] for j in jawab] == [False, False, True]
    assert {j["desa"]["kode"] for j in jawab} == {SOTIMORI}


def test_a_shelter_is_there_for_those_who_answer_for_it_only(hub: Klien) -> None:
    """To everybody else its id is one that nothing has."""
    id_ = tambah(hub, 1, "RUMAH_SINGGAH", rahasia=True, alamat="Jalan Sunyi 1", klien_l=1, klien_p=2)
    tiada = id_[:-1] + ("0" if id_[-1] != "0" else "1")
    satu = "query ($i: ID!) { sumberDaya(id: $i) { alamat titik ... on RumahSinggah { klienL jumlahKlien } } }"
    banyak = "{ daftarSumberDaya(saring: { jenis: [RUMAH_SINGGAH] }) { totalCount edges { node { id } } } }"
    dari = 'query ($i: ID!) { _entities(representations: [{__typename: "RumahSinggah", id: $i}]) { ... on RumahSinggah { id } } }'
    ada = len(hub.tanya(banyak)["daftarSumberDaya"]["edges"])
    for siapa, melihat in ((None, False), ("53.13", False), ("36", False), ("53.14", True), ("53", True), ("", True)):
        lihat = hub.tanya(satu, {"i": id_}, siapa)["sumberDaya"]
        assert lihat == (
            {"alamat": "Jalan Sunyi 1", "titik": None, "klienL": 1, "jumlahKlien": 3} if melihat else None
        ), siapa
        assert hub.tanya(dari, {"i": id_}, siapa)["_entities"] == [{"id": id_} if melihat else None]
        daftar = hub.tanya(banyak, None, siapa)["daftarSumberDaya"]
        assert daftar["totalCount"] == len(daftar["edges"]) == ada + melihat
        if not melihat:
            for tanya in (satu, dari):
                jawab = [hub.kirim(tanya, {"i": i}, siapa).text for i in (id_, tiada)]
                assert jawab[0] == jawab[1], siapa


def test_whom_an_open_home_serves_is_told_its_offices_only(hub: Klien) -> None:
    """A home is less than a kabupaten: what is closed as LEM04 of its desa does not follow from the register."""
    panti = tambah(hub, 1, "PANTI", daya_tampung=10, klien_l=1, klien_p=2)
    singgah = tambah(hub, 2, "RUMAH_SINGGAH", klien_l=40, klien_p=50)
    isi = """query ($p: ID!, $s: ID!) { p: sumberDaya(id: $p) { ... on Panti { klien sisaDaya klienL klienP jumlahKlien dayaTampung } }
      s: sumberDaya(id: $s) { ... on RumahSinggah { klienL klienP jumlahKlien } } }"""
    tertutup = {"klienL": None, "klienP": None, "jumlahKlien": None}
    for siapa in (None, "53.13", "36"):
        lihat = hub.tanya(isi, {"p": panti, "s": singgah}, siapa)
        assert lihat == {"p": {**tertutup, "klien": None, "sisaDaya": None, "dayaTampung": 10}, "s": tertutup}
    for siapa in ("53.14", "53", ""):
        lihat = hub.tanya(isi, {"p": panti, "s": singgah}, siapa)
        assert lihat["p"] == {"klien": 3, "sisaDaya": 7, "klienL": 1, "klienP": 2, "jumlahKlien": 3, "dayaTampung": 10}
        assert lihat["s"] == {"klienL": 40, "klienP": 50, "jumlahKlien": 90}


def test_a_head_is_named_by_consent(hub: Klien) -> None:
    boleh = tambah(hub, 1, "LKS", ketua="Pengurus Yayasan", ketua_setuju=True)
    tidak = tambah(hub, 2, "LKS", ketua="Pengurus Yayasan")
    query = "query ($i: ID!) { sumberDaya(id: $i) { ... on Lks { ketua } } }"
    assert hub.tanya(query, {"i": boleh})["sumberDaya"]["ketua"] == "Pengurus Yayasan"
    for siapa in (None, "53", "53.13"):
        assert hub.tanya(query, {"i": tidak}, siapa)["sumberDaya"]["ketua"] is None
    assert hub.tanya(query, {"i": tidak}, "53.14")["sumberDaya"]["ketua"] == "Pengurus Yayasan"


@pytest.mark.parametrize("id_", ["53.14", "53:" + nomor(1), "53.14:abc", "", "53.14.10:" + nomor(1)])
def test_an_id_that_is_none_is_refused_with_its_form(hub_baca: Klien, id_: str) -> None:
    (galat,) = hub_baca.galat("query ($i: ID!) { sumberDaya(id: $i) { nama } }", {"i": id_})
    assert galat["extensions"]["kode"] == "MASUKAN_TIDAK_SAH"
    assert "bentuknya" in galat["message"]
    assert hub_baca.tanya(f'{{ sumberDaya(id: "53.14:{nomor(99)}") {{ nama }} }}') == {"sumberDaya": None}


def test_every_row_that_was_replaced_is_kept_but_no_point_of_a_shelter(hub: Klien) -> None:
    tambah(hub, 1, "RUMAH_SINGGAH", titik="SRID=4326;POINT(123.4 -10.5)")
    hub.sql("UPDATE sumber_daya SET nama = 'Baru'")
    assert hub.sql("SELECT versi, nama, titik IS NULL FROM sumber_daya_riwayat") == [(1, "Lembaga 1", False)]
    hub.sql("UPDATE sumber_daya SET rahasia = true, titik = NULL")
    assert hub.sql("SELECT versi, nama, titik IS NULL FROM sumber_daya_riwayat ORDER BY versi") == [
        (1, "Lembaga 1", True), (2, "Baru", True),
    ]  # fmt: skip
    assert hub.sql("SELECT versi, rahasia FROM sumber_daya") == [(3, True)]


def test_the_database_itself_refuses_a_shelters_point_and_a_deletion(hub: Klien) -> None:
    import psycopg

    tambah(hub, 1, "RUMAH_SINGGAH", rahasia=True)
    with pytest.raises(psycopg.errors.CheckViolation):
        hub.sql("UPDATE sumber_daya SET titik = ST_SetSRID(ST_MakePoint(123.4, -10.5), 4326)")
    with pytest.raises(psycopg.errors.RestrictViolation):
        hub.sql("DELETE FROM sumber_daya")
