"""What the public may send: little, and no change. Neither costs the hub more than looking at the headers, or at which fields
were asked for."""

import hashlib
import json
import re
import socket
import tempfile
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any
from urllib.parse import urlsplit

import pytest
from graphql import get_nullable_type, is_list_type

from hub.base.settings import Settings
from schema.build import schema
from schema.http.refusal import MESSAGE
from tests.client import Client
from tests.hub_server import Server

_KB = 2**10
_REKAP = "mutation ($m: RekapMasukan!) { ajukanRekap(masukan: $m) { __typename ... on TidakBerwenang { pesan } } }"
_ANY_INPUT = {"pelapor": 5, "nilai": [{"elemen": "REH09", "nilai": "3", "wilayah": "53.14"}] * 500, "bukanIsian": [[]]}


def _seen(seen: list[str], name: str, real: Callable[..., Any], *args: Any) -> Any:
    seen.append(name)
    return real(*args)


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Names of scalars of which a value was read, one for each."""
    seen: list[str] = []
    for name in ("KodeWilayah", "Desimal", "Periode", "String", "ID"):
        scalar: Any = schema()._schema.type_map[name]
        for how in ("parse_value", "coerce_input_value"):
            real = getattr(scalar, how, None)
            if real is not None:
                monkeypatch.setattr(scalar, how, partial(_seen, seen, name, real))
    return seen


def _headers(hub: Client, headers: list[str], body: bytes = b"") -> tuple[int, str]:
    """Send exactly that, and nothing more; the status and the answer as they come."""
    address = urlsplit(hub.address)
    with socket.create_connection((address.hostname or "", address.port or 0), timeout=20) as line:
        line.sendall("\r\n".join([headers[0], f"Host: {address.netloc}", *headers[1:], "", ""]).encode() + body)
        answer = b""
        while True:
            head, _, content = answer.partition(b"\r\n\r\n")
            length = re.search(rb"content-length: (\d+)", head.lower())
            if length is not None and len(content) >= int(length[1]):
                return int(answer.split()[1]), content.decode()
            piece = line.recv(65_536)
            assert piece, answer
            answer += piece


def _code(content: str) -> str:
    (error,) = json.loads(content)["errors"]
    kode: str = error["extensions"]["kode"]
    return kode


# ---------- size ----------


@pytest.mark.parametrize("media_type", ["application/json", "multipart/form-data; boundary=x"])
def test_a_body_that_is_too_large_is_refused_before_it_is_sent(read_hub: Client, media_type: str) -> None:
    """Only the headers go out; the answer comes all the same."""
    post = ["POST /graphql HTTP/1.1", f"Content-Type: {media_type}", f"Content-Length: {256 * _KB + 1}"]
    status, content = _headers(read_hub, post)
    assert (status, _code(content)) == (413, "BATAS_BADAN")
    assert "256 KiB" in content
    token = f"Authorization: Bearer {read_hub.token('53.14')}"
    status, content = _headers(read_hub, [*post[:2], f"Content-Length: {32 * _KB * _KB + 1}", token])
    assert (status, _code(content)) == (413, "BATAS_BADAN")
    assert "32 MiB" in content
    wrong = "Authorization: Bearer hub_salah"
    assert [_code(c) for _, c in (_headers(read_hub, [*post, wrong]), _headers(read_hub, [*post[:2], "Content-Length: 100", wrong]))] == ["TOKEN_DITOLAK"] * 2  # fmt: skip


@pytest.mark.parametrize("media_type", ["application/json", "multipart/form-data; boundary=x"])
def test_a_body_that_does_not_say_its_length_is_stopped_where_it_is_too_much(
    read_hub: Client, media_type: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The end of it is never sent."""
    spooled: list[str] = []
    rollover = tempfile.SpooledTemporaryFile.rollover
    monkeypatch.setattr(
        tempfile.SpooledTemporaryFile, "rollover", lambda self: _seen(spooled, "spooled", rollover, self)
    )
    start = (
        b'--x\r\nContent-Disposition: form-data; name="b"; filename="b"\r\n\r\n'
        if "multi" in media_type
        else b'{"query": "'
    )
    piece = start + b"a" * (300 * _KB)
    headers = ["POST /graphql HTTP/1.1", f"Content-Type: {media_type}", "Transfer-Encoding: chunked"]
    status, content = _headers(read_hub, headers, b"%x\r\n%s\r\n" % (len(piece), piece))
    assert (status, _code(content)) == (413, "BATAS_BADAN")
    assert spooled == []


def test_so_much_passes_and_one_byte_more_does_not(read_hub: Client) -> None:
    content = json.dumps({"query": "{ __typename }", "variables": {"x": ""}}).encode()
    header = {"Content-Type": "application/json"}
    full = content.replace(b'""', b'"%s"' % (b"y" * (256 * _KB - len(content))))
    assert read_hub.post("/graphql", content=full, headers=header).json()["data"] == {"__typename": "Query"}
    assert read_hub.post("/graphql", content=full + b" ", headers=header).status_code == 413
    header["Authorization"] = f"Bearer {read_hub.token('53.14')}"
    assert read_hub.post("/graphql", content=full + b" " * _KB, headers=header).status_code == 200


@pytest.fixture(scope="module")
def narrow(shared_demo_url: str) -> Iterator[Client]:
    """A hub where the public may send 16 KiB."""
    server = Server(shared_demo_url, Settings(batas_badan_publik_kb=16))
    server.start()
    with Client(server.address, shared_demo_url) as client:
        yield client
    server.stop()


def test_an_address_is_no_way_around_it(narrow: Client) -> None:
    params = {"query": "{ __typename }", "variables": json.dumps({"x": "y" * 17_000})}
    answer = narrow.get("/graphql", params=params)
    assert (answer.status_code, _code(answer.text)) == (413, "BATAS_BADAN")
    assert narrow.get("/graphql", params=params, headers={"Authorization": f"Bearer {narrow.token('53.14')}"}).json()[
        "data"
    ]


# ---------- changes ----------


def test_a_change_is_refused_without_looking_at_its_input(read_hub: Client, read: list[str]) -> None:
    answer = read_hub.send(_REKAP, {"m": _ANY_INPUT})
    assert (answer.status_code, answer.json()["data"]) == (
        200,
        {"ajukanRekap": {"__typename": "TidakBerwenang", "pesan": MESSAGE}},
    )
    assert read == []
    assert read_hub.send(_REKAP, {"m": _ANY_INPUT}, "53.14").json()[
        "errors"
    ]  # an officer is told what is wrong with it
    assert read
    read.clear()
    assert read_hub.ask(_REKAP, {})["ajukanRekap"]["pesan"] == MESSAGE  # nor is it missed
    assert read == []


@pytest.mark.parametrize("name", sorted(schema()._schema.mutation_type.fields))  # type: ignore[union-attr]
def test_every_change_says_the_same_whatever_was_sent(read_hub: Client, read: list[str], name: str) -> None:
    field = schema()._schema.mutation_type.fields[name]  # type: ignore[union-attr]
    head = ", ".join(f"${n}: {a.type}" for n, a in field.args.items())
    given = ", ".join(f"{n}: ${n}" for n in field.args)
    query = f"mutation ({head}) {{ {name}({given}) {{ __typename ... on TidakBerwenang {{ pesan }} }} }}"
    refusal: Any = {"__typename": "TidakBerwenang", "pesan": MESSAGE}
    # how many answers an office would have got is among what was sent, and not looked at
    expected = [refusal] if is_list_type(get_nullable_type(field.type)) else refusal
    for variables in ({}, dict.fromkeys(field.args), {n: [{"a": 1}] * 60 for n in field.args}):
        assert read_hub.ask(query, variables)[name] == expected
    assert read == []


_MANY = """mutation ($ya: Boolean!, $x: Boolean = false) {
  a: bukaRekap(id: "x", alasan: "y") { ...T jenis: __typename }
  b: setujuiRekap(id: "x", revisi: 1) @include(if: $ya) { ... on TidakBerwenang { p: pesan pesan @skip(if: $ya) } }
  ... @skip(if: $x) { c: cabutIzinNama(id: "x") { __typename @skip(if: $ya) ... on TaganaDitolak { temuan { kode } } } }
  __typename
  ...M
}
fragment T on HasilRekap { ... on TidakBerwenang { pesan } ... on RekapDitolak { temuan { kode } } }
fragment M on Mutation { a: bukaRekap(id: "x", alasan: "y") { lagi: __typename } }"""


def test_aliases_fragments_and_conditions_are_respected(read_hub: Client) -> None:
    denied = "TidakBerwenang"
    a = {"pesan": MESSAGE, "jenis": denied, "lagi": denied}
    answer = read_hub.send(_MANY, {"ya": True}).json()
    assert list(answer["data"].items()) == [("a", a), ("b", {"p": MESSAGE}), ("c", {}), ("__typename", "Mutation")]
    assert answer["extensions"]["biaya"]["perkiraan"] > 0
    assert list(read_hub.ask(_MANY, {"ya": False, "x": True}).items()) == [("a", a), ("__typename", "Mutation")]


def test_a_condition_is_still_a_boolean(read_hub: Client) -> None:
    for wrong in ({"ya": "x"}, {}, {"ya": None}):
        answer = read_hub.send(_MANY, wrong).json()
        (error,) = answer["errors"]
        assert "data" not in answer
        assert error["message"].startswith('Variable "$ya"')
        assert error["locations"] == [{"line": 1, "column": 11}]
    null = read_hub.send(_MANY, {"ya": True, "x": None})
    assert null.status_code == 200
    assert "$x" in null.json()["errors"][0]["message"]


def test_what_is_no_document_is_no_refusal(read_hub: Client) -> None:
    for query in (
        "mutation { ajukanRekap { __typename } }",
        'mutation { bukaRekap(id: "x", alasan: 3) { __typename } }',
        'mutation { bukaRekap(id: "x", alasan: "y") { bukan } }',
        "mutation { tidakAda }",
    ):
        assert read_hub.send(query).status_code == 200
        assert "data" not in read_hub.send(query).json()
    many = " ".join(f'a{i}: bukaRekap(id: "x", alasan: "y") {{ __typename }}' for i in range(21))
    assert read_hub.errors(f"mutation {{ {many} }}")[0]["extensions"]["kode"] == "BATAS_AKAR"


def test_files_persisted_documents_and_events_are_no_way_around_it(read_hub: Client, read: list[str]) -> None:
    upload = """mutation ($b: Upload!, $p: KodeWilayah!, $f: String!, $h: Periode!) {
      unggahRekap(berkas: $b, pelapor: $p, formulir: $f, periode: $h, kunciIdempoten: $f) { __typename } }"""
    operations = {"query": upload, "variables": {"b": None, "p": [3]}}
    answer = read_hub.multipart(operations, {"b": ["variables.b"]}, {"b": ("x.xlsx", b"PK\x03\x04")})
    assert answer.json()["data"]["unggahRekap"] == {"__typename": "TidakBerwenang"}
    sha = {"persistedQuery": {"version": 1, "sha256Hash": hashlib.sha256(_REKAP.encode()).hexdigest()}}
    for body in ({"query": _REKAP}, {}):
        kept = read_hub.post("/graphql", json={**body, "extensions": sha, "variables": {"m": _ANY_INPUT}}).json()
        assert kept["data"]["ajukanRekap"]["pesan"] == MESSAGE
    events = read_hub.post(
        "/graphql", json={"query": _REKAP, "variables": {"m": _ANY_INPUT}}, headers={"Accept": "text/event-stream"}
    )
    assert "TidakBerwenang" in events.text
    assert events.text.startswith("event: next")
    assert read == []


# ---------- lists of those who may ----------


def test_a_list_is_counted_before_its_items_are_read(read_hub: Client, read: list[str]) -> None:
    row = {"wilayah": "53.14.10.2003", "nilai": [1] * 2_001}
    given: dict[str, Any] = {
        "pelapor": "53.14", "formulir": "F05", "periode": "2020", "kunciIdempoten": "x",
        "tabel": [{"kolom": [{"elemen": "REH09"}], "baris": [row]}],
    }  # fmt: skip
    (error,) = read_hub.errors(_REKAP, {"m": given}, "53.14")
    assert error["extensions"]["kode"] == "BATAS_TERLAMPAUI"
    assert "variables.m.tabel.0.baris.0.nilai berisi 2001 isian, paling banyak 2000" in error["message"]
    row["nilai"] = [1] * 2_000
    given["tabel"][0]["baris"] = [row] * 500
    (error,) = read_hub.errors(_REKAP, {"m": given}, "53.14")
    assert error["extensions"]["kode"] == "BATAS_BIAYA"
    assert error["extensions"]["perkiraan"] > 1_000_000
    assert read == []


def test_items_of_a_change_are_part_of_its_cost(read_hub: Client) -> None:
    dry_run = "mutation ($m: RekapMasukan!) { ajukanRekap(uji: true, masukan: $m) { __typename } }"
    given: dict[str, Any] = {"pelapor": "53.14", "formulir": "F05", "periode": "2020", "kunciIdempoten": "x"}
    for items in (0, 3, 2_000):
        given["nilai"] = [{"wilayah": "53.14.10.2003", "elemen": "REH09", "nilai": 1}] * items
        answer = read_hub.send(dry_run, {"m": given}, "53.14").json()
        assert answer["data"]["ajukanRekap"]["__typename"] == "RekapDitolak"
        assert answer["extensions"]["biaya"]["perkiraan"] == 1 + items


def test_more_values_than_can_be_read_at_once_are_not_read(read_hub: Client) -> None:
    header = {"Content-Type": "application/json", "Authorization": f"Bearer {read_hub.token('53.14')}"}
    content = b'{"query": "{ __typename }", "variables": {"x": [%s1]}}'
    few = read_hub.post("/graphql", content=content % (b"1," * 100_000), headers=header)
    assert few.json()["data"] == {"__typename": "Query"}
    many = read_hub.post("/graphql", content=content % (b"1," * 3_000_001), headers=header)
    assert (many.status_code, _code(many.text)) == (413, "BATAS_TERLAMPAUI")
    assert "3000000" in many.text
