"""GraphQL over HTTP, September 2026: which media type an answer has, which status, and what errors say in it."""

import re
from collections.abc import Iterator
from typing import Any

import pytest

from hub.base.settings import Settings
from schema.http.media_types import EVENTS, GRAPHQL_RESPONSE, JSON, chosen
from tests.client import Client
from tests.hub_server import Server

PARTLY = '{ a: kabupaten(kode: "53") { nama } b: kabupaten(kode: "53.14") { nama } }'


@pytest.mark.parametrize(
    ("accept", "media_type"),
    [
        (GRAPHQL_RESPONSE, GRAPHQL_RESPONSE), (f"{GRAPHQL_RESPONSE}, {JSON}", GRAPHQL_RESPONSE), (f"{JSON}, {GRAPHQL_RESPONSE}", GRAPHQL_RESPONSE),
        (f"{GRAPHQL_RESPONSE}, {JSON};q=0.9", GRAPHQL_RESPONSE), (f"{GRAPHQL_RESPONSE};q=0.5, {JSON}", JSON), (f"{GRAPHQL_RESPONSE}; charset=utf-8", GRAPHQL_RESPONSE),
        (JSON, JSON), (f"{JSON}, text/plain, */*", JSON), ("*/*", JSON), ("application/*", JSON), ("", JSON), (None, JSON), (f"{GRAPHQL_RESPONSE}, */*", GRAPHQL_RESPONSE),
        (f"{JSON};q=0, */*", GRAPHQL_RESPONSE), (f"multipart/mixed, {GRAPHQL_RESPONSE}, {JSON};q=0.9", GRAPHQL_RESPONSE),
        (f"{GRAPHQL_RESPONSE};q=0", None), (f"{GRAPHQL_RESPONSE};q=x", None), ("text/html", None), ("text/html, image/*", None),
        (EVENTS, EVENTS), (f"{EVENTS}, {JSON}", JSON), (f"{EVENTS}, */*", JSON), (f"{EVENTS};q=0", None),
    ],
)  # fmt: skip
def test_the_reader_chooses_the_media_type(accept: str | None, media_type: str | None) -> None:
    assert chosen(accept) == media_type


def _post(hub: Client, body: Any, accept: str, **headers: str) -> Any:
    if isinstance(body, bytes):
        return hub.post(
            "/graphql", content=body, headers={"Accept": accept, "Content-Type": "application/json", **headers}
        )
    return hub.post("/graphql", json=body, headers={"Accept": accept, **headers})


_CASES = {
    "data": ({"query": "{ __typename }"}, 200, 200, None),
    "partly": ({"query": PARTLY}, 200, 294, "BAD_USER_INPUT"),
    "nothing but errors": ({"query": '{ kabupaten(kode: "53") { nama } }'}, 200, 294, "BAD_USER_INPUT"),
    "no JSON": (b"{", 400, 400, "BAD_REQUEST"),
    "no question": ({"qeury": "{ __typename }"}, 400, 422, "BAD_REQUEST"),
    "variables are a list": ({"query": "{ __typename }", "variables": [7]}, 400, 422, "BAD_REQUEST"),
    "no GraphQL": ({"query": "{"}, 200, 400, "GRAPHQL_PARSE_FAILED"),
    "not in the schema": ({"query": "{ salah }"}, 200, 422, "GRAPHQL_VALIDATION_FAILED"),
    "which operation": ({"query": "query A { __typename } query B { __typename }"}, 200, 422, "OPERATION_RESOLUTION_FAILURE"),
    "variables do not fit": ({"query": "query ($k: KodeWilayah!) { kabupaten(kode: $k) { nama } }", "variables": {"k": 3}}, 200, 422, "BAD_USER_INPUT"),
    "too dear": ({"query": '{ a: agregat(elemen: "BAN01", periode: "2020", wilayah: "53", tingkat: DESA, rincian: ["a", "b", "c"]) { nilai status periode rincian { rincian pilihan } } }'}, 200, 422, "GRAPHQL_VALIDATION_FAILED"),
    "unknown hash": ({"extensions": {"persistedQuery": {"version": 1, "sha256Hash": "0" * 64}}}, 200, 404, "PERSISTED_QUERY_NOT_FOUND"),
}  # fmt: skip


@pytest.mark.parametrize("case", _CASES)
def test_statuses_are_told_to_whoever_asks_for_them(read_hub: Client, case: str) -> None:
    body, older, newer, code = _CASES[case]
    for accept, status in ((JSON, older), (GRAPHQL_RESPONSE, newer)):
        response = _post(read_hub, body, accept)
        assert (response.status_code, response.headers["content-type"].split(";")[0]) == (status, accept)
        answer = response.json()
        assert ("errors" in answer) == (code is not None)
        for error in answer.get("errors", ()):
            assert error["extensions"]["code"] == code
            assert error["extensions"]["kode"]
        assert ("data" in answer) == (newer in (200, 294))


def test_tokens_methods_and_types_have_their_status_in_both(read_hub: Client) -> None:
    question = {"query": "{ __typename }"}
    for accept in (JSON, GRAPHQL_RESPONSE):
        refused = _post(read_hub, question, accept, Authorization="Bearer hub_salah")
        assert (refused.status_code, refused.json()["errors"][0]["extensions"]["code"]) == (401, "UNAUTHENTICATED")
        change = {"query": "mutation { __typename }"}
        got = read_hub.get("/graphql", params=change, headers={"Accept": accept})
        assert (got.status_code, got.headers["allow"]) == (405, "POST")
        other = _post(read_hub, b"query", accept, **{"Content-Type": "text/plain"})
        assert other.status_code == 415
        for method in ("PUT", "DELETE"):
            assert read_hub._http.request(method, "/graphql", headers={"Accept": accept}).status_code == 405
    for accept in ("image/png", f"{JSON};q=0"):
        unwanted = _post(read_hub, question, accept)
        assert (unwanted.status_code, GRAPHQL_RESPONSE in unwanted.text) == (406, True)


@pytest.mark.parametrize("added", ["", "_service { sdl }"])
def test_variables_that_do_not_fit_leave_no_data(read_hub: Client, added: str) -> None:
    body = {"query": f"query ($k: KodeWilayah!) {{ {added} kabupaten(kode: $k) {{ nama }} }}", "variables": {"k": 3}}
    for accept, status in ((JSON, 200), (GRAPHQL_RESPONSE, 422)):
        response = _post(read_hub, body, accept)
        assert (response.status_code, "data" in response.json()) == (status, False)


@pytest.mark.parametrize("added", ["", "_service { __typename }"])
def test_a_field_that_fails_leaves_the_others(read_hub: Client, added: str) -> None:
    query = f'{{ {added} a: daftarDesa(after: "?") {{ totalCount }} b: daftarFormulir {{ kode }} }}'
    answer = _post(read_hub, {"query": query}, GRAPHQL_RESPONSE)
    assert answer.status_code == 294
    assert answer.json()["data"]["a"] is None
    assert answer.json()["data"]["b"]
    assert [e["path"] for e in answer.json()["errors"]] == [["a"]]


@pytest.fixture(scope="module")
def plain_hub(shared_demo_url: str) -> Iterator[Client]:
    server = Server(shared_demo_url, Settings(status_sebagian=False))
    server.start()
    with Client(server.address, shared_demo_url) as client:
        yield client
    server.stop()


def test_a_setting_keeps_200(plain_hub: Client) -> None:
    response = _post(plain_hub, {"query": PARTLY}, GRAPHQL_RESPONSE)
    assert (response.status_code, response.json()["data"]["b"]["nama"]) == (200, "Rote Ndao")
    assert _post(plain_hub, {"query": "{ salah }"}, GRAPHQL_RESPONSE).status_code == 422


# ---------- what messages say ----------

_AS_PYTHON_WRITES = re.compile(r"\bNone\b|\bTrue\b|\bFalse\b|\bUndefined\b|'|<[\w.]+ (object|instance)")
_SAID = [
    ("query ($k: KodeWilayah!) { kabupaten(kode: $k) { nama } }", {"k": None}),
    ("query ($k: KodeWilayah!) { kabupaten(kode: $k) { nama } }", {}),
    ("query ($k: KodeWilayah!) { kabupaten(kode: $k) { nama } }", {"k": {"a": True}}),
    ("query ($n: Int) { daftarDesa(first: $n) { totalCount } }", {"n": "abc"}),
    ("query ($n: Int) { daftarDesa(first: $n) { totalCount } }", {"n": 1.5}),
    ("query ($n: Int) { daftarDesa(first: $n) { totalCount } }", {"n": True}),
    ("query ($n: Float!) { wilayahDiTitik(lon: $n, lat: $n) { nama } }", {"n": [None, True]}),
    ("query ($t: String!) { cariWilayah(teks: $t) { skor } }", {"t": {"a": None}}),
    ("query ($t: [String!]!) { daftarTenggat(formulir: $t, periode: [], wilayah: \"53\") { tanggal } }", {"t": [None]}),
    ("query ($b: Boolean!) { __typename @skip(if: $b) }", {"b": "ya"}),
    ("query ($i: ID!) { rekap(id: $i) { id } }", {"i": 1.5}),
    ("query ($j: [JenisSumberDaya!]) { desa(kode: \"53.14.05.2010\") { sumberDaya(jenis: $j) { id } } }", {"j": ["PANTY"]}),
    ("query ($j: [JenisSumberDaya!]) { desa(kode: \"53.14.05.2010\") { sumberDaya(jenis: $j) { id } } }", {"j": [None, False]}),
    ("query ($s: SaringDesa) { daftarDesa(saring: $s) { totalCount } }", {"s": {"bukan": None}}),
    ("query ($s: SaringDesa) { daftarDesa(saring: $s) { totalCount } }", {"s": [True]}),
    ("{ daftarDesa(saring: {bukan: true}) { totalCount } }", {}),
    ("{ kabupaten(kode: null) { nama } }", {}),
    ("{ kabupaten { nama } }", {}),
    ("{ kabupatn { nama } }", {}),
    ("{ kabupaten(kode: \"53.14\", kode: \"53\") { nama { a } } }", {}),
    ("query ($k: Bukan) { kabupaten(kode: $k) { ...F } }", {}),
    ("query A { __typename } { __typename }", {}),
    ("{ kabupaten(kode: \"53.14\") { nama", {}),
]  # fmt: skip


@pytest.mark.parametrize(("query", "variables"), _SAID, ids=range(len(_SAID)))
def test_messages_hold_no_python(read_hub: Client, query: str, variables: dict[str, Any]) -> None:
    for error in read_hub.errors(query, variables):
        assert not _AS_PYTHON_WRITES.search(error["message"]), error["message"]


def test_values_are_repeated_as_they_were_sent(read_hub: Client) -> None:
    query = (
        "query ($t: String!, $s: SaringDesa) { cariWilayah(teks: $t) { skor } daftarDesa(saring: $s) { totalCount } }"
    )
    first, second = read_hub.errors(query, {"t": {"a": [None, True, "é"]}, "s": {"bukan": 1.0}})
    assert '{"a": [null, true, "é"]}' in first["message"]
    assert '{"bukan": 1.0}' in second["message"]
    (long,) = read_hub.errors(query, {"t": ["x" * 10_000] * 1_000, "s": None})
    assert len(long["message"]) < 500
