"""Automatic persisted queries, as Apollo's clients speak them."""

import hashlib
import json
from typing import Any

import pytest

from schema.http.persisted import PersistedNotFoundError, PersistedQueries
from tests.client import Client


def _sign(query: str) -> dict[str, Any]:
    return {"persistedQuery": {"version": 1, "sha256Hash": hashlib.sha256(query.encode()).hexdigest()}}


def _get(hub: Client, **fields: Any) -> Any:
    return hub.get("/graphql", params={k: v if isinstance(v, str) else json.dumps(v) for k, v in fields.items()})


def _post(hub: Client, **fields: Any) -> Any:
    return hub.post("/graphql", json=fields)


@pytest.mark.parametrize("method", [_get, _post])
def test_asked_by_hash_then_sent_then_asked_again(read_hub: Client, method: Any) -> None:
    query = f"query Q($k: KodeWilayah!) {{ kabupaten(kode: $k) {{ nama }} }} # {method.__name__}"
    sign, k = _sign(query), {"k": "53.14"}
    response = method(read_hub, extensions=sign, variables=k)
    assert response.status_code == 200
    (error,) = response.json()["errors"]
    assert error["message"] == "PersistedQueryNotFound"
    assert error["extensions"]["code"] == error["extensions"]["kode"] == "PERSISTED_QUERY_NOT_FOUND"
    assert "no-store" in response.headers["cache-control"]
    for more in ({"query": query}, {}, {}):
        response = method(read_hub, extensions=sign, variables=k, **more)
        assert response.json()["data"] == {"kabupaten": {"nama": "Rote Ndao"}}


def test_a_hash_of_something_else_is_refused(read_hub: Client) -> None:
    response = _post(read_hub, query="{ __typename }", extensions=_sign("{ lain }"))
    assert response.status_code == 400
    (error,) = response.json()["errors"]
    assert error["message"] == "provided sha does not match query"
    assert error["extensions"]["code"] == "PERSISTED_QUERY_MISMATCH"


def test_only_valid_documents_are_kept(read_hub: Client) -> None:
    query = "{ bukanMedan }"
    assert _post(read_hub, query=query, extensions=_sign(query)).status_code == 200
    (error,) = _post(read_hub, extensions=_sign(query)).json()["errors"]
    assert error["message"] == "PersistedQueryNotFound"


def test_a_kept_mutation_is_still_no_matter_for_get(read_hub: Client) -> None:
    query = 'mutation { setujuiRekap(id: "53.14:F01:2099", revisi: 1) { __typename } }'
    assert _post(read_hub, query=query, extensions=_sign(query)).status_code == 200
    assert _get(read_hub, extensions=_sign(query)).status_code == 405


@pytest.mark.parametrize(
    "sign",
    [{"version": 2, "sha256Hash": "0" * 64}, {"version": 1}, {"version": 1, "sha256Hash": "xyz"}, {"version": 1, "sha256Hash": 3}, "x", 3, []],
)  # fmt: skip
def test_malformed_signs_are_refused(read_hub: Client, sign: Any) -> None:
    response = _post(read_hub, query="{ __typename }", extensions={"persistedQuery": sign})
    assert response.status_code == 400
    assert "sha256Hash" in response.json()["errors"][0]["message"]


def test_bytes_are_bounded_and_the_least_used_goes_first() -> None:
    store = PersistedQueries(16_000)
    a, b, *others = (f"{{ x{n}{'y' * 1_000} }}" for n in range(30))
    for q in (a, b, *others):
        store.keep(_sign(q)["persistedQuery"]["sha256Hash"], q)
        assert store.find(_sign(a), None) == (a, None)
    assert store.size <= 16_000
    with pytest.raises(PersistedNotFoundError):
        store.find(_sign(b), None)
