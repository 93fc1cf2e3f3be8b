"""What a node makes of a question on somebody's behalf: signed by its province, for it, now, once, and for nothing but what may be asked."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest

from hub.base.actor import Actor, Role
from hub.db.private_cluster import PrivateCluster
from hub.simpul.keys import NodeKey, node_key
from hub.simpul.live_statement import behalf_of, signed_question
from hub.simpul.wire_signatures import CLOCK, STATE, TO, sign_request
from tests.client import Client
from tests.database_clones import clone_of
from tests.rekap.texts import SAVE, angka, submission
from tests.simpul.live_hubs import be_node, served

_PROVINCE = Actor(Role.PROVINSI, "53", "Petugas")
_QUESTION = (
    'query($r: [_Any!]!) { _entities(representations: $r) { ... on Kabupaten { kode rekap(formulir: ["F02"], periode: ["2022"]) { status } '
    'nilai(elemen: ["REH09"], periode: ["2020"]) { nilai status } } } }'
)
_OWN = {"r": [{"__typename": "Kabupaten", "kode": "53.14"}]}


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("provinsi")


@pytest.fixture(scope="module")
def node(
    cluster: PrivateCluster, templates: dict[str, str], home: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Client]:
    for url in clone_of(cluster, templates["contoh"]):
        with served(url, tmp_path_factory.mktemp("simpul"), "53.14") as client:
            be_node(client, home)
            draft = submission("53.14", "F02", "2022", "k", nilai=[angka("53.14", "BAN05", 7)])
            assert client.ask(SAVE, {"m": draft}, "53.14")["hasil"]["__typename"] == "RekapDiterima"
            client.sql("UPDATE angka SET nilai = 987654 WHERE kode_kab = '53.14' AND tingkat = 2 AND elemen = 'REH09'")
            yield client


@pytest.fixture
def key(home: Path) -> NodeKey:
    return node_key(home)


def _body(query: str = _QUESTION, variables: Any = _OWN) -> bytes:
    return json.dumps({"query": query, "variables": variables}).encode()


def _heads(key: NodeKey, body: bytes, actor: Actor = _PROVINCE, to: str = "53.14", ago: float = 0) -> dict[str, str]:
    return signed_question(key, to, behalf_of(actor, "id"), body, datetime.now(UTC) - timedelta(seconds=ago))


def _post(node: Client, body: bytes, heads: dict[str, str]) -> httpx.Response:
    return node.post("/graphql", content=body, headers=heads)


def _code(response: httpx.Response) -> Any:
    return response.json()["errors"][0]["extensions"]["kode"]


@pytest.mark.parametrize(
    ("actor", "sees_drafts", "sees_figures"),
    [
        (_PROVINCE, True, True),
        (Actor(Role.ADMIN, "", "Pengelola"), True, True),
        (Actor(Role.KABUPATEN, "53.14", "Kantor"), True, True),
        (Actor(Role.KABUPATEN, "53.15", "Tetangga"), False, False),
        (Actor(Role.PROVINSI, "36", "Provinsi lain"), False, False),
    ],
)
def test_a_caller_counts_as_what_he_is_at_this_node(
    node: Client, key: NodeKey, actor: Actor, sees_drafts: bool, sees_figures: bool
) -> None:
    body = _body()
    answer = _post(node, body, _heads(key, body, actor)).json()
    if not sees_figures:  # the public is told no figures by a node
        assert answer["errors"][0]["extensions"]["kode"] == "TIDAK_DITANYA_LANGSUNG"
        return
    (found,) = answer["data"]["_entities"]
    assert found["rekap"] == ([{"status": "DRAF"}] if sees_drafts else [])
    assert found["nilai"][0]["nilai"] == 987654


def test_a_question_is_answered_once(node: Client, key: NodeKey) -> None:
    body = _body()
    heads = _heads(key, body)
    assert _post(node, body, heads).status_code == 200
    again = _post(node, body, heads)
    assert (again.status_code, _code(again)) == (409, "KIRIMAN_DIULANG")


def test_what_is_not_signed_so_is_refused(node: Client, key: NodeKey, tmp_path: Path) -> None:
    body, stranger = _body(), node_key(tmp_path)
    delivery = {
        "Content-Type": "application/json",
        "Content-Encoding": "identity",
        TO: "53.14",
        CLOCK: "x",
        STATE: "{}",
    }
    said = _heads(key, body)["Simpul-Atas-Nama"]
    cases: list[tuple[str, bytes, dict[str, str]]] = [
        ("KUNCI_TIDAK_DIKENAL", body, _heads(stranger, body)),
        ("JAM_BERBEDA", body, _heads(key, body, ago=31)),
        ("JAM_BERBEDA", body, _heads(key, body, ago=-20)),
        ("TANDA_TANGAN_SALAH", body, _heads(key, body, to="53.15")),
        ("TANDA_TANGAN_SALAH", _body("{ __typename }"), _heads(key, body)),
        ("TANDA_TANGAN_SALAH", body, {**_heads(key, body), "Simpul-Atas-Nama": said.replace("PROVINSI", "ADMIN")}),
        ("TANDA_TANGAN_SALAH", body, {**_heads(key, body), "Signature": "simpul=:AAAA:"}),
        ("TANDA_TANGAN_SALAH", body, {"Content-Type": "application/json", "Simpul-Atas-Nama": said}),
        # a delivery is no question
        (
            "TANDA_TANGAN_SALAH",
            body,
            {**sign_request(key, "/graphql", body, delivery, datetime.now(UTC)), "Simpul-Atas-Nama": said},
        ),
    ]
    for code, sent, heads in cases:
        answer = _post(node, sent, heads)
        assert (answer.status_code, _code(answer)) == (401, code), answer.text
        assert "data" not in answer.json()


@pytest.mark.parametrize(
    "query",
    [
        'mutation { setujuiRekap(id: "53.14:F02:2022", revisi: 1) { __typename } }',
        '{ rekap(id: "53.14:F02:2022") { nilai { nilai } } }',
        "{ daftarSumberDaya { edges { node { nama } } } }",
        "{ __schema { types { name } } }",
        "query($r: [_Any!]!) { _entities(representations: $r) { ... on Kabupaten { rekap { nilai { nilai } } } } }",
        "query($r: [_Any!]!) { _entities(representations: $r) { ...F } } fragment F on Kabupaten { sumberDaya { ...G } } fragment G on SumberDaya { alamat }",
        "query($r: [_Any!]!) { ...Q } fragment Q on Query { _entities(representations: $r) { ... on Provinsi { nama } } }",
    ],
)
def test_nothing_else_is_answered_to_a_province(node: Client, key: NodeKey, query: str) -> None:
    body = _body(query, _OWN if "$r" in query else {})
    answer = _post(node, body, _heads(key, body))
    assert _code(answer) == "TIDAK_DITANYA_LANGSUNG", answer.text
    assert answer.json().get("data") is None


def test_another_region_is_not_answered_for(node: Client, key: NodeKey) -> None:
    body = _body(variables={"r": [{"__typename": "Kabupaten", "kode": "53.15"}]})
    answer = _post(node, body, _heads(key, body)).json()
    assert (answer["data"] or {"_entities": [None]})["_entities"] == [None]
    assert answer["errors"][0]["extensions"]["kode"] == "BUKAN_WILAYAH_SIMPUL"


def test_a_node_that_only_sends_is_not_asked(node: Client, key: NodeKey) -> None:
    body = _body()
    node.sql("UPDATE simpul SET mode_diminta = 'KIRIM'")
    answer = _post(node, body, _heads(key, body))
    node.sql("UPDATE simpul SET mode_diminta = 'TARIK'")
    assert (answer.status_code, _code(answer)) == (403, "TIDAK_DITANYA_LANGSUNG")


def test_a_revoked_key_asks_no_more(node: Client, key: NodeKey) -> None:
    body = _body()
    node.sql("UPDATE simpul_kunci SET dicabut_pada = now() WHERE kode_kab = '53'")
    answer = _post(node, body, _heads(key, body))
    node.sql("UPDATE simpul_kunci SET dicabut_pada = NULL WHERE kode_kab = '53'")
    assert (answer.status_code, _code(answer)) == (401, "KUNCI_TIDAK_DIKENAL")
