"""`langsung`: a node is asked now, on behalf of the caller, for what it may tell him; whatever else is asked is read from the copy."""

from collections.abc import Iterator
from contextlib import ExitStack
from typing import Any

import pytest

from hub.db.private_cluster import PrivateCluster
from hub.simpul import live_statement
from schema.simpul import live_round
from tests.cli.hub_process import wait_until
from tests.client import Client
from tests.database_clones import clone_of
from tests.rekap.texts import SUBMIT, angka, submission
from tests.simpul.live_hubs import ask, be_node, register, served

Hubs = tuple[Client, Client]


@pytest.fixture(scope="module")
def hubs(
    cluster: PrivateCluster, templates: dict[str, str], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Hubs]:
    """A province and the node of 53.14, which has another name for its warehouses."""
    homes = tmp_path_factory.mktemp("provinsi"), tmp_path_factory.mktemp("simpul")
    for province_url in clone_of(cluster, templates["contoh"]):
        for node_url in clone_of(cluster, templates["contoh"]):
            with ExitStack() as stack:
                province = stack.enter_context(served(province_url, homes[0], "53"))
                node = stack.enter_context(served(node_url, homes[1], "53.14"))
                be_node(node, homes[0])
                node.sql(
                    "UPDATE sumber_daya SET nama = 'Di Simpul' WHERE kode_kab = '53.14' AND jenis IN ('GUDANG_BENCANA', 'PANTI')"
                )
                register(province, "53.14", node.address)
                yield province, node


def _live(hubs: Hubs, selection: str, whom: str | None = "53", **variables: Any) -> Any:
    """What is answered of 53.14. `variables`: name → (type, value)."""
    declared = "".join(f", ${n}: {t}" for n, (t, _) in variables.items())
    query = f"query($k: [KodeWilayah!]!{declared}) {{ langsung(kabupaten: $k) {{ sumber alasan pada umurDetik kabupaten {{ {selection} }} }} }}"
    (told,) = hubs[0].ask(query, {"k": ["53.14"], **{n: v for n, (_, v) in variables.items()}}, whom)["langsung"]
    return told


@pytest.mark.parametrize("whom", ["53", "", "53.14", "53.15", None])
def test_a_node_answers_as_it_is_now(hubs: Hubs, whom: str | None) -> None:
    (told,) = ask(hubs[0], ["5314"], whom=whom)
    assert (told["kode"], told["sumber"], told["umurDetik"], told["alasan"]) == ("53.14", "LANGSUNG", 0, None)
    assert {g["nama"] for g in told["kabupaten"]["gudang"]} == {"Di Simpul"}
    copy = hubs[0].ask('{ kabupaten(kode: "53.14") { gudang { nama } } }', None, whom)["kabupaten"]["gudang"]
    assert "Di Simpul" not in {g["nama"] for g in copy}


_DEEP = """kode a: nama __typename ...Isi @include(if: $ya) luasKm2 @skip(if: $ya)
  kecamatan { __typename kode desa { kode sumberDaya(jenis: $jenis) { __typename id nama ... on Panti { sasaran desa { kecamatan { kabupaten { kode } } } } } } }
  b: nilai(elemen: $elemen, periode: ["2020"]) { elemen { kode } periode nilai status rincian { pilihan } }"""
_FRAGMENT = "fragment Isi on Kabupaten { ... on Wilayah { tingkat jenis } wksbm { id nama riwayatTahap { sejak } } sumberDaya { jenis titik } }"


@pytest.mark.parametrize("whom", ["53", "53.14"])
def test_whatever_the_selection_the_answer_is_what_the_node_has(hubs: Hubs, whom: str) -> None:
    declared = "$ya: Boolean!, $jenis: [JenisSumberDaya!], $elemen: [String!]!"
    variables = {"ya": True, "jenis": ["PANTI", "LKS"], "elemen": ["REH09", "BAN05"]}
    query = f'query({declared}) {{ langsung(kabupaten: ["53.14"]) {{ sumber alasan x: kabupaten {{ {_DEEP} }} kabupaten {{ simpul {{ mode }} gudang {{ id }} }} }} }} {_FRAGMENT}'
    (told,) = hubs[0].ask(query, variables, whom)["langsung"]
    direct = hubs[1].ask(
        f'query({declared}) {{ kabupaten(kode: "53.14") {{ {_DEEP} }} }} {_FRAGMENT}', variables, "53.14"
    )
    assert told["x"] == direct["kabupaten"]
    assert [*told["x"]] == [*direct["kabupaten"]], "in the order asked for"
    assert "Di Simpul" in str(told["x"])
    assert told["kabupaten"]["simpul"] == {"mode": "TARIK"}, "what the province itself keeps"
    assert told["kabupaten"]["gudang"]
    assert told["sumber"] == "LANGSUNG"
    assert told["alasan"] == "Dari salinan: simpul (tidak ditanyakan langsung bagi Anda)."


def test_who_writes_here_is_answered_here_and_who_only_sends_from_the_copy(hubs: Hubs) -> None:
    province = hubs[0]
    register(province, "53.15", None, "KIRIM")
    try:
        own, sends, unknown, other = ask(province, ["53.01", "53.15", "53.99", "36.73"])
    finally:
        province.sql("DELETE FROM simpul WHERE kode_kab = '53.15'")
    assert (own["sumber"], own["umurDetik"], own["kabupaten"]["kode"]) == ("LANGSUNG", 0, "53.01")
    assert (sends["sumber"], sends["kabupaten"]["kode"]) == ("SALINAN", "53.15")
    assert 60 <= sends["umurDetik"] < 300
    assert "tidak ditanya langsung" in sends["alasan"]
    assert (unknown["sumber"], unknown["kabupaten"]) == ("TIDAK_ADA", None)
    assert "tidak ada dalam daftar wilayah" in unknown["alasan"]
    assert (other["sumber"], other["kabupaten"]) == ("TIDAK_ADA", None)
    assert "tanyakan 36.73 di hub wilayah itu" in other["alasan"]


def test_a_node_that_never_sent_anything_has_no_copy(hubs: Hubs) -> None:
    hubs[0].sql(
        "INSERT INTO simpul (kode_kab, mode, mode_diminta, kode_induk, bergabung_pada) VALUES ('53.15', 'KIRIM', 'KIRIM', '53', now())"
    )
    (told,) = ask(hubs[0], ["53.15"])
    hubs[0].sql("DELETE FROM simpul WHERE kode_kab = '53.15'")
    assert (told["sumber"], told["kabupaten"], told["pada"]) == ("TIDAK_ADA", None, None)
    assert "Belum pernah ada kiriman" in told["alasan"]


def test_one_asked_twice_is_asked_once(hubs: Hubs) -> None:
    before = hubs[0].sql("SELECT coalesce(max(ditanya), 0) FROM simpul_langsung")[0][0]
    one, two = ask(hubs[0], ["53.14", "5314"])
    assert one == {**two, "pada": one["pada"]}
    wait_until(
        lambda: hubs[0].sql("SELECT max(ditanya) FROM simpul_langsung")[0][0] == before + 1, "not counted once", 10
    )
    stored = hubs[0].sql("SELECT ditanya, langsung FROM simpul_langsung WHERE kode_kab = '53.14'")
    share = "{ daftarSimpul { wilayah { kode } ditanyaLangsung dijawabLangsung } }"
    for who in ("53", "53.14"):
        (told,) = [n for n in hubs[0].ask(share, None, who)["daftarSimpul"] if n["wilayah"]["kode"] == "53.14"]
        assert [(told["ditanyaLangsung"], told["dijawabLangsung"])] == stored, who


def test_all_that_is_wrong_with_a_question_is_said_at_once(hubs: Hubs) -> None:
    (error,) = hubs[0].errors('{ langsung(kabupaten: ["53", "x", "53.14"], batasWaktuMs: 60000) { kode } }')
    for said in ('"53" bukan kode kabupaten/kota', '"x" bukan kode', "batasWaktuMs 60000 harus 100 sampai 10000"):
        assert said in error["message"]
    assert error["extensions"]["code"] == "BAD_USER_INPUT"
    many = ", ".join(f'"53.{n:02}"' for n in range(1, 27))
    errors = hubs[0].errors(
        f"{{ a: langsung(kabupaten: [{many}]) {{ kode }} b: langsung(kabupaten: [{many}]) {{ kode }} }}"
    )
    assert "paling banyak 50 kabupaten/kota sekali minta, ini 52" in errors[0]["message"]
    (error,) = hubs[0].errors(
        '{ langsung(kabupaten: ["53.14"]) { kabupaten { nilai(elemen: ["TIDAK"], periode: ["2020"]) { nilai } } } }'
    )
    assert "TIDAK tidak ada di katalog" in error["message"]


def test_a_node_answers_for_itself_alone(hubs: Hubs) -> None:
    own, other = ask(hubs[1], ["53.14", "53.15"], whom="53.14")
    assert (own["sumber"], other["sumber"]) == ("LANGSUNG", "TIDAK_ADA")


# ---------- what is closed ----------

_FIGURES = 'nilai(elemen: ["REH09", "BAN05"], periode: ["2020"]) { elemen { kode } nilai status }'
_CLIENTS = "sumberDaya(jenis: [PANTI]) { nama ... on Panti { klien } }"


def test_figures_of_the_public_come_from_the_provinces_released_layer(hubs: Hubs) -> None:
    """A node releases nothing: neither its raw figures nor what it takes for released is anybody's but its offices'."""
    province, node = hubs
    node.sql(
        "UPDATE angka SET nilai = 987654 WHERE kode_kab = '53.14' AND tingkat = 2 AND elemen IN ('REH09', 'BAN05') AND periode = '2020'"
    )
    node.sql(
        "UPDATE angka_rilis SET nilai = 987653 WHERE kode_kab = '53.14' AND tingkat = 2 AND elemen IN ('REH09', 'BAN05') AND periode = '2020'"
    )
    node.sql(
        "UPDATE sumber_daya SET klien_l = 4242, klien_p = 0, klien = 4242 WHERE kode_kab = '53.14' AND jenis = 'PANTI'"
    )
    officer = _live(hubs, f"{_FIGURES} {_CLIENTS}")
    assert "987654" in str(officer)
    assert "4242" in str(officer)
    for whom in (None, "53.15"):
        told = _live(hubs, f"{_FIGURES} {_CLIENTS} gudang {{ nama }}", whom)
        released = province.ask(f'{{ kabupaten(kode: "53.14") {{ {_FIGURES} {_CLIENTS} }} }}', None, whom)["kabupaten"]
        assert told["kabupaten"] == {**released, "gudang": [{"nama": "Di Simpul"}] * len(told["kabupaten"]["gudang"])}
        assert "9876" not in str(told)
        assert "4242" not in str(told)
        assert told["sumber"] == "LANGSUNG"
        assert "Dari salinan: nilai, sumberDaya" in told["alasan"]
        alone = _live(hubs, _FIGURES, whom)
        assert alone["sumber"] == "SALINAN", "nothing of it is live"
        hidden = f"kecamatan {{ desa {{ {_FIGURES} }} }}"
        assert _live(hubs, hidden, whom)["sumber"] == "SALINAN"


def test_what_a_node_keeps_to_itself_is_asked_of_nobody(hubs: Hubs) -> None:
    """Figures of a draft, addresses, heads, who changed what: not even for the province, nor for the office itself by way of it."""
    node = hubs[1]
    draft = submission("53.14", "F02", "2022", "draf", nilai=[angka("53.14", "BAN05", 77)])
    saved = node.ask(
        SUBMIT.replace("ajukanRekap", "simpanDrafRekap").replace(", uji: $uji", "").replace(", $uji: Boolean", ""),
        {"m": draft},
        "53.14",
    )
    assert saved["hasil"]["__typename"] == "RekapDiterima"
    states = 'rekap(formulir: ["F02"], periode: ["2022"]) { id status revisi'
    told = _live(hubs, f"{states} }}")
    assert told["kabupaten"]["rekap"] == [{"id": "53.14:F02:2022", "status": "DRAF", "revisi": 1}]
    assert told["sumber"] == "LANGSUNG"
    for selection in (
        f"{states} nilai {{ nilai }} }}", f"{states} temuan {{ pesan }} }}", "sumberDaya { alamat }", "sumberDaya { ... on Lks { ketua } }",
        "sumberDaya { riwayat { oleh } }", "wksbm { hubungan { id } }", "provinsi { nama }", "pendahulu { kode }",
    ):  # fmt: skip
        for whom in ("53", "53.14", ""):
            assert _live(hubs, selection, whom)["sumber"] == "SALINAN", selection


def test_a_submission_is_seen_before_it_was_carried(hubs: Hubs) -> None:
    m = submission("53.14", "F02", "2021", "kirim", nilai=[angka("53.14", "BAN05", 7)])
    assert hubs[1].ask(SUBMIT, {"m": m, "uji": False}, "53.14")["hasil"]["__typename"] == "RekapDiterima"
    told = _live(hubs, 'rekap(formulir: ["f02"], periode: ["2021"]) { status }')
    assert told["kabupaten"]["rekap"] == [{"status": "DIAJUKAN"}]
    assert _live(hubs, 'rekap(formulir: ["F02"], periode: ["2021"]) { status }', None)["kabupaten"]["rekap"] == []


def test_both_hubs_log_the_question_under_one_id(hubs: Hubs, monkeypatch: pytest.MonkeyPatch) -> None:
    class Log:
        def __init__(self) -> None:
            self.said: list[dict[str, Any]] = []

        def info(self, _: str, **more: Any) -> None:
            self.said.append(more)

        warning = info

    at_province, at_node = Log(), Log()
    monkeypatch.setattr(live_round, "_log", at_province)
    monkeypatch.setattr(live_statement, "_log", at_node)
    ask(hubs[0], ["53.14"])
    (province,) = at_province.said
    (node,) = {s["permintaan"] for s in at_node.said}
    assert province["permintaan"] == node
    assert (province["langsung"], province["salinan"], at_node.said[0]["peran"]) == (1, 0, "PROVINSI")
