"""Automatic persisted queries, as Apollo's clients speak them."""

import hashlib
import json
from typing import Any

import pytest

from schema.http.persisted import PersistedNotFoundError, PersistedQueries
from tests.client import Klien


def _tanda(query: str) -> dict[str, Any]:
    return {"persistedQuery": {"version": 1, "sha256Hash": hashlib.sha256(query.encode()).hexdigest()}}


def _get(hub: Klien, **isi: Any) -> Any:
    return hub.get("/graphql", params={k: v if isinstance(v, str) else json.dumps(v) for k, v in isi.items()})


def _post(hub: Klien, **isi: Any) -> Any:
    return hub.post("/graphql", json=isi)


@pytest.mark.parametrize("cara", [_get, _post])
def test_asked_by_hash_then_sent_then_asked_again(hub_baca: Klien, cara: Any) -> None:
    query = f"query Q($k: KodeWilayah!) {{ kabupaten(kode: $k) {{ nama }} }} # {cara.__name__}"
    tanda, k = _tanda(query), {"k": "53.14"}
    jawab = cara(hub_baca, extensions=tanda, variables=k)
    assert jawab.status_code == 200
    (galat,) = jawab.json()["errors"]
    assert galat["message"] == "PersistedQueryNotFound"
    assert galat["extensions"]["code"] == galat["extensions"]["kode"] == "PERSISTED_QUERY_NOT_FOUND"
    assert "no-store" in jawab.headers["cache-control"]
    for isi in ({"query": query}, {}, {}):
        jawab = cara(hub_baca, extensions=tanda, variables=k, **isi)
        assert jawab.json()["data"] == {"kabupaten": {"nama": "Rote Ndao"}}


def test_a_hash_of_something_else_is_refused(hub_baca: Klien) -> None:
    jawab = _post(hub_baca, query="{ __typename }", extensions=_tanda("{ lain }"))
    assert jawab.status_code == 400
    (galat,) = jawab.json()["errors"]
    assert galat["message"] == "provided sha does not match query"
    assert galat["extensions"]["code"] == "PERSISTED_QUERY_MISMATCH"


def test_only_valid_documents_are_kept(hub_baca: Klien) -> None:
    query = "{ bukanMedan }"
    assert _post(hub_baca, query=query, extensions=_tanda(query)).status_code == 400
    (galat,) = _post(hub_baca, extensions=_tanda(query)).json()["errors"]
    assert galat["message"] == "PersistedQueryNotFound"


def test_a_kept_mutation_is_still_no_matter_for_get(hub_baca: Klien) -> None:
    query = 'mutation { setujuiRekap(id: "53.14:F01:2099", revisi: 1) { __typename } }'
    assert _post(hub_baca, query=query, extensions=_tanda(query)).status_code == 200
    assert _get(hub_baca, extensions=_tanda(query)).status_code == 405


@pytest.mark.parametrize(
    "tanda",
    [{"version": 2, "sha256Hash": "0" * 64}, {"version": 1}, {"version": 1, "sha256Hash": "xyz"}, {"version": 1, "sha256Hash": 3}, "x", 3, []],
)  # fmt: skip
def test_malformed_signs_are_refused(hub_baca: Klien, tanda: Any) -> None:
    jawab = _post(hub_baca, query="{ __typename }", extensions={"persistedQuery": tanda})
    assert jawab.status_code == 400
    assert "sha256Hash" in jawab.json()["errors"][0]["message"]


def test_bytes_are_bounded_and_the_least_used_goes_first() -> None:
    toko = PersistedQueries(16_000)
    a, b, *lain = (f"{{ x{n}{'y' * 1_000} }}" for n in range(30))
    for q in (a, b, *lain):
        toko.keep(_tanda(q)["persistedQuery"]["sha256Hash"], q)
        assert toko.find(_tanda(a), None) == (a, None)
    assert toko.size <= 16_000
    with pytest.raises(PersistedNotFoundError):
        toko.find(_tanda(b), None)
