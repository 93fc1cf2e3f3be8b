"""What a node does not answer for it refuses wherever it is met: figures and registers of another kabupaten, reached by whatever way, are
not said to be none."""

from collections.abc import Iterator
from typing import Any

import pytest
from graphql import GraphQLObjectType, get_named_type, is_leaf_type

from hub.db.private_cluster import PrivateCluster
from schema.build import schema
from tests.client import Client
from tests.database_clones import clone_of
from tests.schema.field_walk import VALUES, asked
from tests.simpul.live_hubs import served

_FIGURES = 'nilai(elemen: ["REH09"], periode: ["2020"]) { nilai status }'
_BESIDE = {"Kabupaten": "53.15", "Kecamatan": "36.73.01", "Desa": "36.73.01.1002"}
_OWN = {"Kabupaten": "53.14", "Kecamatan": "53.14.02", "Desa": "53.14.02.2018"}
_OPEN = {"simpul"}  # of anybody's kabupaten: whether it has a hub of its own


@pytest.fixture(scope="module")
def node(
    cluster: PrivateCluster, templates: dict[str, str], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Client]:
    """A hub that runs 53.14, whose database knows the regions around it."""
    for url in clone_of(cluster, templates["contoh"]):
        with served(url, tmp_path_factory.mktemp("simpul"), "53.14") as client:
            yield client


def _codes(answer: dict[str, Any]) -> list[str]:
    return [e["extensions"]["kode"] for e in answer.get("errors", [])]


def _of_data() -> Iterator[tuple[str, str]]:
    """Fields of regions that lead to anything but regions."""
    types = schema()._schema.type_map
    wilayah = {
        t.name
        for t in types.values()
        if isinstance(t, GraphQLObjectType) and any(i.name == "Wilayah" for i in t.interfaces)
    }
    for name in _BESIDE:
        type_: Any = types[name]
        for field, definition in type_.fields.items():
            inner = get_named_type(definition.type)
            if not is_leaf_type(inner) and inner.name not in {*wilayah, "Wilayah"} and field not in _OPEN:
                yield name, asked(VALUES, type_, field, definition)


@pytest.mark.parametrize(("type_name", "field"), [*_of_data()])
def test_every_field_of_a_region_beside_is_refused(node: Client, type_name: str, field: str) -> None:
    query = f'{{ {type_name.lower()}(kode: "{_BESIDE[type_name]}") {{ kode {field} {{ __typename }} }} }}'
    for whom in (None, "53.14", ""):
        answer = node.send(query, None, whom).json()
        assert _codes(answer) == ["BUKAN_WILAYAH_SIMPUL"], answer
        assert (answer["data"] or {}).get(type_name.lower()) is None
    own = query.replace(_BESIDE[type_name], _OWN[type_name])
    assert node.ask(own)[type_name.lower()] is not None


@pytest.mark.parametrize(
    "query",
    [
        f'{{ provinsi(kode: "53") {{ kabupaten {{ {_FIGURES} }} }} }}',
        f'{{ kecamatan(kode: "36.73.01") {{ desa {{ {_FIGURES} }} }} }}',
        f'{{ desa(kode: "53.14.02.2018") {{ kecamatan {{ kabupaten {{ provinsi {{ kabupaten {{ {_FIGURES} }} }} }} }} }} }}',
        f'{{ daftarDesa(saring: {{di: "36.73"}}) {{ edges {{ node {{ {_FIGURES} }} }} }} }}',
        f'{{ node(id: "53.15") {{ ... on Kabupaten {{ {_FIGURES} }} }} }}',
        f'{{ cariWilayah(teks: "Manggarai Barat") {{ wilayah {{ ... on Kabupaten {{ {_FIGURES} }} }} }} }}',
    ],
)
def test_so_is_every_way_there(node: Client, query: str) -> None:
    answer = node.send(query, None, "53.14").json()
    assert _codes(answer) == ["BUKAN_WILAYAH_SIMPUL"], answer
    assert "53.14 dan wilayah di dalamnya saja" in answer["errors"][0]["message"]


def test_one_field_refused_leaves_the_others(node: Client) -> None:
    query = f'{{ a: kabupaten(kode: "53.14") {{ {_FIGURES} }} b: kabupaten(kode: "53.15") {{ {_FIGURES} }} c: kabupaten(kode: "53.15") {{ nama }} }}'
    answer = node.send(query, None, "53.14").json()
    assert answer["data"]["a"]["nilai"]
    assert answer["data"]["b"] is None
    assert answer["data"]["c"]["nama"]
    assert [(e["path"], e["extensions"]["kode"]) for e in answer["errors"]] == [(["b"], "BUKAN_WILAYAH_SIMPUL")]


@pytest.mark.parametrize("mixed", [False, True], ids=["plan", "executor"])
def test_a_representation_of_another_region_is_refused_at_its_place(node: Client, mixed: bool) -> None:
    keys = [
        {"__typename": "Desa", "kode": "53.14.02.2018"},
        {"__typename": "Desa", "kode": "36.73.01.1002"},
        {"__typename": "Rekap", "id": "53.14:F05:2020"},
        {"__typename": "Rekap", "id": "53.15:F05:2020"},
        {"__typename": "Rekap", "id": "53.15:F05:1999"},
        {"__typename": "Kecamatan", "kode": "36.73.01"},
    ]
    more = "_service { sdl }" if mixed else ""
    query = f"query($k: [_Any!]!) {{ _entities(representations: $k) {{ ... on Desa {{ {_FIGURES} }} ... on Rekap {{ status }} ... on Kecamatan {{ nama }} }} {more} }}"
    answer = node.send(query, {"k": keys}, "53.14").json()
    found = answer["data"]["_entities"]
    assert found[0]["nilai"]
    assert found[2] == {"status": "DISETUJUI"}
    assert found[5]["nama"], "of which nothing is asked but its name"
    assert [found[n] for n in (1, 3, 4)] == [None] * 3
    assert sorted((e["path"], e["extensions"]["kode"]) for e in answer["errors"]) == [
        (["_entities", n], "BUKAN_WILAYAH_SIMPUL") for n in (1, 3, 4)
    ]
