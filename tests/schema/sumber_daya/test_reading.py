"""Social resources as they are read: the interface, every kind, papers, what is not shown."""

import pytest

from tests.client import Client
from tests.sumber_daya.rows import KINDS, SOTIMORI, add, surat, uuid_of


@pytest.mark.parametrize(("type_name", "kind"), KINDS.items())
def test_every_kind_is_read_as_the_interface_and_as_an_entity_of_its_own_type_only(
    hub: Client, type_name: str, kind: str
) -> None:
    id_ = add(hub, 1, kind, titik="SRID=4326;POINT(123.4 -10.5)")
    selection = "__typename id jenis nama pemilik aktif titik alamat rahasia sejak sampai surat { nomor } desa { nama kecamatan { nama } }"
    expected = {
        "__typename": type_name, "id": id_, "jenis": kind, "nama": "Lembaga 1", "pemilik": "MASYARAKAT", "aktif": True,
        "titik": {"type": "Point", "coordinates": [123.4, -10.5]}, "alamat": None, "rahasia": False,
        "sejak": "2019-01-01", "sampai": None, "surat": [],
        "desa": {"nama": "Sotimori", "kecamatan": {"nama": "Landu Leko"}},
    }  # fmt: skip
    assert hub.ask(f'{{ sumberDaya(id: "{id_}") {{ {selection} }} }}')["sumberDaya"] == expected
    representations = [{"__typename": t, "id": id_} for t in KINDS]
    query = f"query ($r: [_Any!]!) {{ _entities(representations: $r) {{ ... on SumberDaya {{ {selection} }} }} }}"
    assert hub.ask(query, {"r": representations})["_entities"] == [expected if t == type_name else None for t in KINDS]


def test_free_places_count_the_clients_that_are_known(hub: Client) -> None:
    id_ = add(hub, 1, "PANTI", klien_l=10, klien_p=None)
    question = (
        f'{{ sumberDaya(id: "{id_}") {{ ... on Panti {{ sasaran dayaTampung klien sisaDaya klienL klienP }} }} }}'
    )
    assert hub.ask(question, None, "53.14")["sumberDaya"] == {
        "sasaran": "Anak", "dayaTampung": 40, "klien": 10, "sisaDaya": 30, "klienL": 10, "klienP": None,
    }  # fmt: skip


def test_papers_say_what_was_accredited_on_a_date(hub: Client) -> None:
    id_ = add(hub, 1, "LKS")
    surat(hub, 1, "AKREDITASI", "2015-03-01", "2017-03-01", peringkat="C")
    surat(hub, 1, "AKREDITASI", "2020-03-01", "2023-03-01", peringkat="B")
    surat(hub, 1, "TANDA_DAFTAR", "2022-01-01", "2025-01-01", nomor="12/2022")
    days = ["2015-02-28", "2015-03-01", "2017-02-28", "2017-03-01", "2021-01-01", "2023-03-01"]
    answer = hub.ask(
        f'{{ sumberDaya(id: "{id_}") {{ ... on Lks {{ nomorTandaDaftar berlakuSampai akreditasi akreditasiSampai '
        + " ".join(f'h{i}: terakreditasi(pada: "{h}")' for i, h in enumerate(days))
        + " kini: terakreditasi surat { jenis sejak sampai nomor peringkat } } } }"
    )["sumberDaya"]
    assert [answer[f"h{i}"] for i in range(len(days))] == [False, True, True, False, True, False]
    assert answer["kini"] is False
    assert (answer["nomorTandaDaftar"], answer["berlakuSampai"]) == ("12/2022", "2025-01-01")
    assert (answer["akreditasi"], answer["akreditasiSampai"]) == ("B", "2023-03-01")
    assert [s["sejak"] for s in answer["surat"]] == ["2022-01-01", "2020-03-01", "2015-03-01"]


def test_what_is_gone_or_not_yet_there_is_not_active_and_still_readable(hub: Client) -> None:
    ids = [
        add(hub, 1, "LK3", sampai="2020-01-01"),
        add(hub, 2, "LK3", sejak="2999-01-01"),
        add(hub, 3, "LK3", sampai="2999-01-01"),
    ]
    query = "query ($i: ID!) { sumberDaya(id: $i) { aktif desa { kode } } }"
    answers = [hub.ask(query, {"i": i})["sumberDaya"] for i in ids]
    assert [j["aktif"] for j in answers] == [False, False, True]
    assert {j["desa"]["kode"] for j in answers} == {SOTIMORI}


def test_a_shelter_is_there_for_those_who_answer_for_it_only(hub: Client) -> None:
    """To everybody else its id is one that nothing has."""
    id_ = add(hub, 1, "RUMAH_SINGGAH", rahasia=True, alamat="Jalan Sunyi 1", klien_l=1, klien_p=2)
    unknown = id_[:-1] + ("0" if id_[-1] != "0" else "1")
    by_id = "query ($i: ID!) { sumberDaya(id: $i) { alamat titik ... on RumahSinggah { klienL jumlahKlien } } }"
    listing = "{ daftarSumberDaya(saring: { jenis: [RUMAH_SINGGAH] }) { totalCount edges { node { id } } } }"
    as_entity = 'query ($i: ID!) { _entities(representations: [{__typename: "RumahSinggah", id: $i}]) { ... on RumahSinggah { id } } }'
    open_ones = len(hub.ask(listing)["daftarSumberDaya"]["edges"])
    for who, may_see in ((None, False), ("53.13", False), ("36", False), ("53.14", True), ("53", True), ("", True)):
        seen = hub.ask(by_id, {"i": id_}, who)["sumberDaya"]
        assert seen == (
            {"alamat": "Jalan Sunyi 1", "titik": None, "klienL": 1, "jumlahKlien": 3} if may_see else None
        ), who
        assert hub.ask(as_entity, {"i": id_}, who)["_entities"] == [{"id": id_} if may_see else None]
        listed = hub.ask(listing, None, who)["daftarSumberDaya"]
        assert listed["totalCount"] == len(listed["edges"]) == open_ones + may_see
        if not may_see:
            for question in (by_id, as_entity):
                answers = [hub.send(question, {"i": i}, who).text for i in (id_, unknown)]
                assert answers[0] == answers[1], who


def test_whom_an_open_home_serves_is_told_its_offices_only(hub: Client) -> None:
    """A home is less than a kabupaten: what is closed as LEM04 of its desa does not follow from the register."""
    panti = add(hub, 1, "PANTI", daya_tampung=10, klien_l=1, klien_p=2)
    singgah = add(hub, 2, "RUMAH_SINGGAH", klien_l=40, klien_p=50)
    question = """query ($p: ID!, $s: ID!) { p: sumberDaya(id: $p) { ... on Panti { klien sisaDaya klienL klienP jumlahKlien dayaTampung } }
      s: sumberDaya(id: $s) { ... on RumahSinggah { klienL klienP jumlahKlien } } }"""
    closed = {"klienL": None, "klienP": None, "jumlahKlien": None}
    for who in (None, "53.13", "36"):
        seen = hub.ask(question, {"p": panti, "s": singgah}, who)
        assert seen == {"p": {**closed, "klien": None, "sisaDaya": None, "dayaTampung": 10}, "s": closed}
    for who in ("53.14", "53", ""):
        seen = hub.ask(question, {"p": panti, "s": singgah}, who)
        assert seen["p"] == {"klien": 3, "sisaDaya": 7, "klienL": 1, "klienP": 2, "jumlahKlien": 3, "dayaTampung": 10}
        assert seen["s"] == {"klienL": 40, "klienP": 50, "jumlahKlien": 90}


def test_a_head_is_named_by_consent(hub: Client) -> None:
    consenting = add(hub, 1, "LKS", ketua="Pengurus Yayasan", ketua_setuju=True)
    unasked = add(hub, 2, "LKS", ketua="Pengurus Yayasan")
    query = "query ($i: ID!) { sumberDaya(id: $i) { ... on Lks { ketua } } }"
    assert hub.ask(query, {"i": consenting})["sumberDaya"]["ketua"] == "Pengurus Yayasan"
    for who in (None, "53", "53.13"):
        assert hub.ask(query, {"i": unasked}, who)["sumberDaya"]["ketua"] is None
    assert hub.ask(query, {"i": unasked}, "53.14")["sumberDaya"]["ketua"] == "Pengurus Yayasan"


@pytest.mark.parametrize("id_", ["53.14", "53:" + uuid_of(1), "53.14:abc", "", "53.14.10:" + uuid_of(1)])
def test_an_id_that_is_none_is_refused_with_its_form(read_hub: Client, id_: str) -> None:
    (error,) = read_hub.errors("query ($i: ID!) { sumberDaya(id: $i) { nama } }", {"i": id_})
    assert error["extensions"]["kode"] == "MASUKAN_TIDAK_SAH"
    assert "bentuknya" in error["message"]
    assert read_hub.ask(f'{{ sumberDaya(id: "53.14:{uuid_of(99)}") {{ nama }} }}') == {"sumberDaya": None}


def test_every_row_that_was_replaced_is_kept_but_no_point_of_a_shelter(hub: Client) -> None:
    add(hub, 1, "RUMAH_SINGGAH", titik="SRID=4326;POINT(123.4 -10.5)")
    hub.sql("UPDATE sumber_daya SET nama = 'Baru'")
    assert hub.sql("SELECT versi, nama, titik IS NULL FROM sumber_daya_riwayat") == [(1, "Lembaga 1", False)]
    hub.sql("UPDATE sumber_daya SET rahasia = true, titik = NULL")
    assert hub.sql("SELECT versi, nama, titik IS NULL FROM sumber_daya_riwayat ORDER BY versi") == [
        (1, "Lembaga 1", True), (2, "Baru", True),
    ]  # fmt: skip
    assert hub.sql("SELECT versi, rahasia FROM sumber_daya") == [(3, True)]


def test_the_database_itself_refuses_a_shelters_point_and_a_deletion(hub: Client) -> None:
    import psycopg

    add(hub, 1, "RUMAH_SINGGAH", rahasia=True)
    with pytest.raises(psycopg.errors.CheckViolation):
        hub.sql("UPDATE sumber_daya SET titik = ST_SetSRID(ST_MakePoint(123.4, -10.5), 4326)")
    with pytest.raises(psycopg.errors.RestrictViolation):
        hub.sql("DELETE FROM sumber_daya")
