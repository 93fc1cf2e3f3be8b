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
from tests.client import Klien
from tests.hub_server import Peladen
from tests.schema.engine.random_document import Penyusun

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
def as_written(shared_demo_url: str) -> Iterator[Klien]:
    """A hub that lifts nothing, over the database of `hub_baca`."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(hub_app, "GraphQLEndpoint", partial(GraphQLEndpoint, lifting=False))
        peladen = Peladen(shared_demo_url)
    peladen.nyala()
    with Klien(peladen.alamat, shared_demo_url) as klien:
        yield klien
    peladen.mati()


@pytest.fixture(scope="module")
def public_schema() -> GraphQLSchema:
    return build_schema(sdl(), assume_valid=True)


def _alike(a: Klien, b: Klien, query: str, variables: dict[str, Any] | None = None) -> Any:
    left, right = a.kirim(query, variables), b.kirim(query, variables)
    assert (left.status_code, left.content) == (right.status_code, right.content), query
    return left.json()


def test_answers_and_errors_are_the_same(hub_baca: Klien, as_written: Klien, public_schema: GraphQLSchema) -> None:
    answered = refused = partly = 0
    for seed in range(_SEEDS):
        writer, chance = Penyusun(seed, public_schema), random.Random(seed)
        query = writer.akar()
        variants = [query]
        for _ in range(2):  # the same with other literals, right ones and wrong ones
            variants.append(_LITERAL.sub(partial(_other, chance), query))
        for one in variants:
            answer = _alike(hub_baca, as_written, one, writer.variables)
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


def test_twenty_aliases_of_one_shape_are_one_statement(hub_kosong: Klien, compiled: list[str]) -> None:
    for kecamatan in ("01", "02", "10"):
        assert list(hub_kosong.tanya(_TWENTY.format(kecamatan))) == [f"a{i}" for i in range(20)]
    assert compiled == ["desa"]
    # nor does it matter how many there are, what they are called, what stands around them, or where the value comes from
    hub_kosong.tanya('query Q { x: desa(kode: "5314012001") { kode nama jenis } __typename }')
    assert compiled == ["desa"]


def test_what_shapes_a_statement_is_no_mere_value(hub_baca: Klien, as_written: Klien) -> None:
    urut = "{{ daftarDesa(first: 2, urut: [{}]) {{ edges {{ cursor node {{ nama }} }} }} }}"
    kode, nama = (_alike(hub_baca, as_written, urut.format(u)) for u in ("KODE", "NAMA"))
    assert kode["data"] != nama["data"]
    for saring in (
        "{}",
        "{di: null}",
        '{di: "53.14"}',
        '{di: "36"}',
        '{di: "53.14", nama: "oes"}',
        '{nama: "oes", di: "53.14"}',
        "null",
    ):
        _alike(hub_baca, as_written, f"{{ daftarDesa(saring: {saring}) {{ totalCount }} }}")
    for ya in ("true", "false"):
        _alike(hub_baca, as_written, f'{{ desa(kode: "53.14.02.2018") {{ nama @skip(if: {ya}) kode }} }}')
    pada = '{{ kabupaten(kode: "53.14"{}) {{ nama }} }}'
    for isi in ("", ", pada: null", ', pada: "2020-01-01"', ', pada: "kemarin"'):
        _alike(hub_baca, as_written, pada.format(isi))


def test_fields_that_may_not_be_merged_are_refused_whatever_was_met_before(hub_baca: Klien, as_written: Klien) -> None:
    dua = '{{ desa(kode: "{}") {{ nama }} desa(kode: "{}") {{ kode }} }}'
    sama, beda = dua.format("53.14.02.2018", "53.14.02.2018"), dua.format("53.14.02.2018", "53.14.11.2002")
    for query in (sama, beda, sama.replace("2018", "2003"), beda.replace("2018", "2003")):
        _alike(hub_baca, as_written, query)
    assert "errors" not in hub_baca.kirim(sama).json()
    assert hub_baca.kirim(beda).status_code == 400
    objek = "{{ a: daftarDesa(saring: {{{}}}) {{ totalCount }} a: daftarDesa(saring: {{{}}}) {{ totalCount }} }}"
    di, nama = 'di: "53.14"', 'nama: "oes"'
    assert "errors" not in _alike(hub_baca, as_written, objek.format(f"{di}, {nama}", f"{nama}, {di}"))
    assert "errors" in _alike(hub_baca, as_written, objek.format(f"{di}, {nama}", f'nama: "bo", {di}'))


@pytest.mark.parametrize("kata", ["53.14", "5", "x" * 30])
def test_an_error_says_where_it_is_in_this_very_text(hub_baca: Klien, as_written: Klien, kata: str) -> None:
    query = f'{{ a: kabupaten(kode: "{kata}") {{ nama }}\n b: kabupaten(kode: "{kata}") {{ nama }} c: desa(kode: "{kata}") {{ nama }} }}'
    jawab = _alike(hub_baca, as_written, query)
    baris_c = query.splitlines()[1].index("c: desa") + 1
    assert {"line": 2, "column": baris_c} in [g["locations"][0] for g in jawab["errors"]]
    variabel = f'query ($n: Int) {{ kabupaten(kode: "{kata}") {{ nama }} daftarDesa(first: $n) {{ totalCount }} }}'
    (galat,) = _alike(hub_baca, as_written, variabel, {"n": "x"})["errors"]
    assert galat["locations"] == [{"line": 1, "column": 8}]


def test_the_cost_follows_the_literal(hub_baca: Klien) -> None:
    for first, biaya in ((10, 1 + 10 * 2), (400, 1 + 400 * 2)):
        jawab = hub_baca.kirim(f"{{ daftarRekap(first: {first}) {{ edges {{ cursor }} }} }}").json()
        assert jawab["extensions"]["biaya"]["perkiraan"] == biaya


def test_a_known_text_and_a_known_shape_bear_tags_of_their_own(hub_baca: Klien) -> None:
    tag = [
        hub_baca.get("/graphql", params={"query": f'{{ kabupaten(kode: "{k}") {{ nama }} }}'}).headers["etag"]
        for k in ("53.14", "53.15", "53.14")
    ]
    assert tag[0] == tag[2] != tag[1]


@pytest.mark.parametrize("asked", [True, False])
def test_a_variable_that_only_a_directive_names_is_known(hub_baca: Klien, asked: bool) -> None:
    """At __typename too, which is written into the shape as it stands."""
    when = "@include(if: $v)"
    for field in (f"__typename {when}", f"nama {when}", f"provinsi {when} {{ kode }}"):
        query = f'query ($v: Boolean!) {{ kabupaten(kode: "53.14") {{ kode {field} }} }}'
        answer = hub_baca.post("/graphql", json={"query": query, "variables": {"v": asked}}).json()
        assert "errors" not in answer, answer
        assert len(answer["data"]["kabupaten"]) == 1 + asked
