"""GraphQL over HTTP as its own audits see it, and as clients and routers read it: partly answered questions lose nothing."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.client import Client
from tests.federation.gateway import BIN, HERE, Supergraph, run_node

PARTLY = '{ a: kabupaten(kode: "53") { nama } b: kabupaten(kode: "53.14") { nama } }'

# What audits of before September 2026 ask with 400, and the specification's text with 422.
_SAID_OTHERWISE_NOW = {
    "86EE",  # variables that do not fit
    "423L",  # no `query`
}  # 74FF asks for 400 of an invalid document, and what it sends is none: its name begins with a digit


def _node(script: str, node_packages: Path, *arguments: str) -> Any:
    result = run_node([BIN / "node", HERE / script, *arguments], HERE, NODE_PATH=str(node_packages))
    assert result.returncode == 0, result.stderr
    return json.loads(result.stdout)


@pytest.fixture(scope="session")
def audits(read_hub: Client, node_packages: Path) -> dict[str, dict[str, str]]:
    return {a["id"]: a for a in _node("audits.mjs", node_packages, f"{read_hub.address}/graphql")}


def test_every_must_and_should_of_the_audits_but_those_that_the_text_has_otherwise(
    audits: dict[str, dict[str, str]],
) -> None:
    assert {a["name"].split()[0] for a in audits.values()} == {"MUST", "SHOULD", "MAY"}
    assert len(audits) > 50
    assert {i: a["name"] for i, a in audits.items() if a["status"] != "ok" and i not in _SAID_OTHERWISE_NOW} == {}


def test_those_are_answered_with_422_by_now(audits: dict[str, dict[str, str]], read_hub: Client) -> None:
    """Else the list above would hide that one of them came right by itself, or went wrong in another way."""
    assert {i for i, a in audits.items() if a["status"] != "ok"} == _SAID_OTHERWISE_NOW
    assert all("400" in audits[i]["name"] for i in _SAID_OTHERWISE_NOW)
    for body in (
        {"query": "{ f31403dfe404bccbb0e835f2629c6a7 }"},
        {"query": "query CoerceFailure($id: ID!){ __typename }", "variables": {"id": None}},
        {"notquery": "{ __typename }"},
    ):
        response = read_hub.post("/graphql", json=body, headers={"Accept": "application/graphql-response+json"})
        assert response.status_code == 422, body


def test_clients_read_294(read_hub: Client, node_packages: Path) -> None:
    answers = _node("clients.mjs", node_packages, f"{read_hub.address}/graphql", PARTLY)
    assert answers.keys() == {"Apollo Client", "urql", "Apollo Gateway"}
    for name, answer in answers.items():
        assert answer["statuses"] == [[294, "application/graphql-response+json"]], name
        assert answer["data"]["b"]["nama"] == "Rote Ndao", name
        assert answer["data"]["a"] is None, name
        assert answer["codes"] == ["BAD_USER_INPUT"], name
        assert "53" in answer["messages"][0], name


def test_clients_read_why_a_question_was_not_run(read_hub: Client, node_packages: Path) -> None:
    answers = _node("clients.mjs", node_packages, f"{read_hub.address}/graphql", "{ salah }")
    for name in ("Apollo Client", "urql"):
        assert answers[name]["statuses"] == [[422, "application/graphql-response+json"]]
        assert answers[name]["codes"] == ["GRAPHQL_VALIDATION_FAILED"]
    assert answers["Apollo Gateway"]["statuses"] == [[422, "application/graphql-response+json"]]


def test_a_router_reads_294(supergraph: Supergraph) -> None:
    supergraph.hub.statuses.clear()
    answer = supergraph.gateway.ask(PARTLY)
    assert supergraph.hub.statuses == [294]
    assert answer["data"] == {"a": None, "b": {"nama": "Rote Ndao"}}
    (error,) = answer["errors"]
    assert error["path"] == ["a"]
    assert error["extensions"]["kode"] == "MASUKAN_TIDAK_SAH"
