"""Documents that differ in literals share a plan, and nobody can tell: answers and errors are the same, byte for byte, as
those of a hub that lifts nothing."""

import random
import re
from collections.abc import Iterator
from functools import partial
from typing import Any

import pytest
from graphql import GraphQLSchema, build_schema

from hub import app as hub_app
from schema.build import sdl
from schema.engine.compiler import Compiler
from schema.http.endpoint import GraphQLEndpoint
from tests.client import Client
from tests.hub_server import Server
from tests.schema.engine.random_document import DocumentWriter

_SEEDS = 120
_WRONG = (
    "3",
    "2.5",
    '"x"',
    "true",
    "null",
    "SALAH",
    "[1, 2]",
    "{a: 1}",
    '"5314"',
    "1e400",
    '"99"',
    "[]",
    '""',
    "-1",
    "{}",
)
_LITERAL = re.compile(r'(?<=: )("[^"]*"|\d+|\[[^\[\]]*\]|[A-Z_]{4,})')


def _other(chance: random.Random, found: re.Match[str]) -> str:
    return chance.choice([found[0], found[0], *_WRONG])


@pytest.fixture(scope="module")
def as_written(shared_demo_url: str) -> Iterator[Client]:
    """A hub that lifts nothing, over the database of `read_hub`."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(hub_app, "GraphQLEndpoint", partial(GraphQLEndpoint, lifting=False))
        server = Server(shared_demo_url)
    server.start()
    with Client(server.address, shared_demo_url) as client:
        yield client
    server.stop()


@pytest.fixture(scope="module")
def public_schema() -> GraphQLSchema:
    return build_schema(sdl(), assume_valid=True)


def _alike(a: Client, b: Client, query: str, variables: dict[str, Any] | None = None) -> Any:
    left, right = a.send(query, variables), b.send(query, variables)
    assert (left.status_code, left.content) == (right.status_code, right.content), query
    return left.json()


def test_answers_and_errors_are_the_same(read_hub: Client, as_written: Client, public_schema: GraphQLSchema) -> None:
    answered = refused = partly = 0
    for seed in range(_SEEDS):
        writer, chance = DocumentWriter(seed, public_schema), random.Random(seed)
        query = writer.document()
        variants = [query]
        for _ in range(2):  # the same with other literals, right ones and wrong ones
            variants.append(_LITERAL.sub(partial(_other, chance), query))
        for one in variants:
            answer = _alike(read_hub, as_written, one, writer.variables)
            answered += "errors" not in answer
            refused += "data" not in answer
            partly += "errors" in answer and "data" in answer
    assert min(answered, refused, partly) > 5, (answered, refused, partly)


_TWENTY = (
    "{{ " + " ".join(f'a{i}: desa(kode: "53.14.{{0}}.20{i:02}") {{{{ kode nama jenis }}}}' for i in range(20)) + " }}"
)


@pytest.fixture
def compiled(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Root fields for which a statement was made, by name."""
    made: list[str] = []
    root = Compiler.root

    def counted(self: Compiler, definition: Any, nodes: Any, *args: Any) -> Any:
        made.append(nodes[0].name.value)
        return root(self, definition, nodes, *args)

    monkeypatch.setattr(Compiler, "root", counted)
    return made


def test_twenty_aliases_of_one_shape_are_one_statement(empty_hub: Client, compiled: list[str]) -> None:
    for kecamatan in ("01", "02", "10"):
        assert list(empty_hub.ask(_TWENTY.format(kecamatan))) == [f"a{i}" for i in range(20)]
    assert compiled == ["desa"]
    # nor does it matter how many there are, what they are called, what stands around them, or where the value comes from
    empty_hub.ask('query Q { x: desa(kode: "5314012001") { kode nama jenis } __typename }')
    assert compiled == ["desa"]


def test_what_shapes_a_statement_is_no_mere_value(read_hub: Client, as_written: Client) -> None:
    ordered = "{{ daftarDesa(first: 2, urut: [{}]) {{ edges {{ cursor node {{ nama }} }} }} }}"
    kode, name = (_alike(read_hub, as_written, ordered.format(u)) for u in ("KODE", "NAMA"))
    assert kode["data"] != name["data"]
    for filters in (
        "{}",
        "{di: null}",
        '{di: "53.14"}',
        '{di: "36"}',
        '{di: "53.14", nama: "oes"}',
        '{nama: "oes", di: "53.14"}',
        "null",
    ):
        _alike(read_hub, as_written, f"{{ daftarDesa(saring: {filters}) {{ totalCount }} }}")
    for flag in ("true", "false"):
        _alike(read_hub, as_written, f'{{ desa(kode: "53.14.02.2018") {{ nama @skip(if: {flag}) kode }} }}')
    as_of = '{{ kabupaten(kode: "53.14"{}) {{ nama }} }}'
    for argument in ("", ", pada: null", ', pada: "2020-01-01"', ', pada: "kemarin"'):
        _alike(read_hub, as_written, as_of.format(argument))


def test_fields_that_may_not_be_merged_are_refused_whatever_was_met_before(
    read_hub: Client, as_written: Client
) -> None:
    twice = '{{ desa(kode: "{}") {{ nama }} desa(kode: "{}") {{ kode }} }}'
    same, different = twice.format("53.14.02.2018", "53.14.02.2018"), twice.format("53.14.02.2018", "53.14.11.2002")
    for query in (same, different, same.replace("2018", "2003"), different.replace("2018", "2003")):
        _alike(read_hub, as_written, query)
    assert "errors" not in read_hub.send(same).json()
    assert read_hub.send(different).json().keys() == {"errors"}
    objects = "{{ a: daftarDesa(saring: {{{}}}) {{ totalCount }} a: daftarDesa(saring: {{{}}}) {{ totalCount }} }}"
    region, name = 'di: "53.14"', 'nama: "oes"'
    assert "errors" not in _alike(read_hub, as_written, objects.format(f"{region}, {name}", f"{name}, {region}"))
    assert "errors" in _alike(read_hub, as_written, objects.format(f"{region}, {name}", f'nama: "bo", {region}'))


@pytest.mark.parametrize("word", ["53.14", "5", "x" * 30])
def test_an_error_says_where_it_is_in_this_very_text(read_hub: Client, as_written: Client, word: str) -> None:
    query = f'{{ a: kabupaten(kode: "{word}") {{ nama }}\n b: kabupaten(kode: "{word}") {{ nama }} c: desa(kode: "{word}") {{ nama }} }}'
    answer = _alike(read_hub, as_written, query)
    column_of_c = query.splitlines()[1].index("c: desa") + 1
    assert {"line": 2, "column": column_of_c} in [g["locations"][0] for g in answer["errors"]]
    with_variable = f'query ($n: Int) {{ kabupaten(kode: "{word}") {{ nama }} daftarDesa(first: $n) {{ totalCount }} }}'
    (error,) = _alike(read_hub, as_written, with_variable, {"n": "x"})["errors"]
    assert error["locations"] == [{"line": 1, "column": 8}]


def test_the_cost_follows_the_literal(read_hub: Client) -> None:
    for first, cost in ((10, 1 + 10 * 2), (400, 1 + 400 * 2)):
        answer = read_hub.send(f"{{ daftarRekap(first: {first}) {{ edges {{ cursor }} }} }}").json()
        assert answer["extensions"]["biaya"]["perkiraan"] == cost


def test_a_known_text_and_a_known_shape_bear_tags_of_their_own(read_hub: Client) -> None:
    tag = [
        read_hub.get("/graphql", params={"query": f'{{ kabupaten(kode: "{k}") {{ nama }} }}'}).headers["etag"]
        for k in ("53.14", "53.15", "53.14")
    ]
    assert tag[0] == tag[2] != tag[1]


@pytest.mark.parametrize("asked", [True, False])
def test_a_variable_that_only_a_directive_names_is_known(read_hub: Client, asked: bool) -> None:
    """At __typename too, which is written into the shape as it stands."""
    when = "@include(if: $v)"
    for field in (f"__typename {when}", f"nama {when}", f"provinsi {when} {{ kode }}"):
        query = f'query ($v: Boolean!) {{ kabupaten(kode: "53.14") {{ kode {field} }} }}'
        answer = read_hub.post("/graphql", json={"query": query, "variables": {"v": asked}}).json()
        assert "errors" not in answer, answer
        assert len(answer["data"]["kabupaten"]) == 1 + asked
