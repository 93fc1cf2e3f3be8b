"""What the hub keeps of documents: so many bytes and no more, honestly counted; of refused ones what it said, and no tree."""

import asyncio
import gc
import tracemalloc
from types import SimpleNamespace
from typing import Any, cast

import pytest
from graphql import DocumentNode, FieldNode, GraphQLError, OperationType, Token

from hub.base.sized_cache import SizedCache
from hub.katalog.katalog import Katalog
from schema.build import schema
from schema.engine.compiler import Compiler
from schema.http.documents import Document, Documents, Unfit
from schema.http.limits import GuardRails
from tests.client import Client

_KATALOG = cast(Katalog, SimpleNamespace(region=None))


def _documents(kept: int) -> Documents:
    return Documents(schema()._schema, GuardRails(), kept)


def _question(i: int, fields: int = 12) -> str:
    """Another shape for every number."""
    inner = " ".join(f"x{i}_{j}: desa {{ nama kode jenis luasKm2 pendahulu {{ kode }} }}" for j in range(fields))
    return f'{{ kecamatan(kode: "53.14.{i % 100:02}") {{ nama {inner} }} }}'


async def _asked(documents: Documents, query: str, variables: dict[str, Any] | None = None) -> Document:
    document = await documents.get(query, None)
    assert isinstance(document, Document), document
    await documents.prepare(document, variables or {}, _KATALOG, False)
    return document


def _living(*kinds: type) -> list[str]:
    gc.collect()
    return [type(o).__name__ for o in gc.get_objects() if isinstance(o, kinds)]


def test_bytes_are_bounded_and_what_is_used_stays() -> None:
    async def ask() -> None:
        documents = _documents(2**20)
        used = await _asked(documents, _question(0))
        for i in range(1, 60):
            await _asked(documents, _question(i))
            assert documents.size <= 2**20
            assert (await _asked(documents, _question(0))).text is used.text
        again = await documents.get(_question(1), None)  # gone, and simply learned anew
        assert isinstance(again, Document)

    asyncio.run(ask())


def test_the_count_is_honest() -> None:
    """Within a half of what Python itself counts, so that the setting means what it says."""

    async def ask() -> tuple[int, int]:
        documents = _documents(64 * 2**20)
        await _asked(documents, _question(10_000))  # what is loaded once and for all
        gc.collect()
        before, start = documents.size, tracemalloc.get_traced_memory()[0]
        for i in range(12):
            await _asked(documents, _question(i))
            await _asked(documents, f'{{ desa(kode: "53.14.02.{2_000 + i}") {{ nama }} }}')
        gc.collect()
        return documents.size - before, tracemalloc.get_traced_memory()[0] - start

    tracemalloc.start()
    try:
        counted, taken = asyncio.run(ask())
    finally:
        tracemalloc.stop()
    assert counted > taken / 1.5, (counted, taken)


def test_what_many_ask_for_at_once_is_learned_and_then_known(monkeypatch: pytest.MonkeyPatch) -> None:
    """Sixteen pages open at the same moment. Had each its own, they would push out each other's for as long as they last."""
    learned: list[str] = []
    learn = Documents._learn

    def counted(self: Documents, query: str, name: str | None, lifting: bool) -> Any:
        learned.append(query)
        return learn(self, query, name, lifting)

    monkeypatch.setattr(Documents, "_learn", counted)

    async def ask() -> None:
        documents = _documents(8 * 2**20)
        for query in (_question(1), "query($k: KodeWilayah!) { desa(kode: $k) { nama } }"):
            variables = {"k": "53.14.01.2001"} if "$k" in query else None
            first = await asyncio.gather(*(_asked(documents, query, variables) for _ in range(16)))
            assert len({id(d.known) for d in first}) == 1
            learned.clear()
            again = await asyncio.gather(*(_asked(documents, query, variables) for _ in range(16)))
            assert {id(d.known) for d in again} == {id(first[0].known)}
            assert learned == []

    asyncio.run(ask())


def test_no_tree_is_kept_of_any_document() -> None:
    async def ask() -> Documents:
        documents = _documents(8 * 2**20)
        for i in range(5):
            await _asked(documents, _question(i, 3))
            assert isinstance(await documents.get(f"{{ bukan{i} }}", None), Unfit)
            assert isinstance(await documents.get(f"{{ kabupaten(kode: {i}) {{ nama }} }}", None), Unfit)
            assert isinstance(await documents.get("{ kabupaten(" * i + "x", None), Unfit)
        return documents

    before = _living(DocumentNode, FieldNode, Token, GraphQLError)
    documents = asyncio.run(ask())
    assert documents.size > 5_000
    assert _living(DocumentNode, FieldNode, Token, GraphQLError) == before


def test_a_document_is_freed_without_a_search_for_garbage() -> None:
    """Tokens hold each other; the search may be long in coming, and a thousand documents wait for it."""

    async def ask() -> list[object]:
        documents = _documents(2**20)
        await documents.get("{ __typename }", None)
        gc.collect()
        gc.disable()
        try:
            for i in range(20):
                await documents.get(f"{{ bukan{i} }}", None)
                await documents.get(_question(i), None)
            return [o for o in gc.get_objects() if isinstance(o, Token)]
        finally:
            gc.enable()

    assert len(asyncio.run(ask())) < 50


def test_of_a_change_only_what_the_public_is_told_is_kept() -> None:
    async def ask() -> tuple[int, int]:
        sizes = []
        for nilai in (1, 1_000):
            documents = _documents(8 * 2**20)
            values = ", ".join(f'{{elemen: "REH09", nilai: {n}}}' for n in range(nilai))
            query = f'mutation {{ simpanDrafRekap(masukan: {{pelapor: "53.14", formulir: "F05", periode: "2020", kunciIdempoten: "x", nilai: [{values}]}}) {{ __typename }} }}'
            document = await documents.get(query, None)
            assert isinstance(document, Document)
            assert document.known.operation is OperationType.MUTATION
            assert not document.text.values.coerced
            sizes.append(document.known.size())
        return sizes[0], sizes[1]

    few, many = asyncio.run(ask())
    assert few == many


def test_variables_of_every_shape_are_bounded_too() -> None:
    query = "query ($s: SaringSumberDaya) { daftarSumberDaya(saring: $s) { totalCount } }"

    async def ask() -> None:
        documents = _documents(2**19)
        for i in range(64):
            names = ("di", "nama", "aktif", "jenis", "pemilik", "sektor")
            filters = {
                n: None if i >> k & 1 else {"aktif": True, "jenis": [], "pemilik": []}.get(n, "53.14")
                for k, n in enumerate(names)
                if n in known
            }
            await _asked(documents, query, {"s": filters})
            assert documents.size <= 2**19

    known = schema()._schema.type_map["SaringSumberDaya"].fields  # type: ignore[attr-defined]
    asyncio.run(ask())


def test_the_same_refusal_is_said_from_memory(read_hub: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    query = '{ kabupaten(kode: "53") { nama bukanMedan } }'
    first = read_hub.send(query)
    monkeypatch.setattr("schema.http.documents.validate", None)
    assert read_hub.send(query).content == first.content
    assert first.status_code == 200


def test_a_statement_refused_again_and_again_does_not_grow(read_hub: Client) -> None:
    """The error that says so is kept; its traceback is not."""
    kept: list[Any] = []
    query = '{ kabupaten(kode: "53.14") { kecamatan { desa { nama } } } }'
    patch = pytest.MonkeyPatch()
    patch.setattr("schema.engine.compiler._MOST", 2)
    root = Compiler.root

    def seen(self: Compiler, *args: Any) -> Any:
        try:
            return root(self, *args)
        except Exception as error:
            kept.append(error)
            raise

    patch.setattr(Compiler, "root", seen)
    try:
        for _ in range(5):
            (error,) = read_hub.errors(query)
            assert error["extensions"]["kode"] == "BATAS_MEDAN"
            depth, tb = 0, kept[0].__traceback__
            while tb is not None:
                depth, tb = depth + 1, tb.tb_next
            assert depth < 10
    finally:
        patch.undo()
    assert len(kept) == 1


def test_a_cache_of_bytes() -> None:
    cache: SizedCache[str] = SizedCache(10_000)
    for n in range(100):
        cache.put(n, "x", 500)
        cache.get(0)
    assert cache.size <= 10_000
    assert (cache.get(0), cache.get(1), cache.get(99)) == ("x", None, "x")
    cache.put("besar", "y", 5_000)  # would push out half of the others
    assert cache.get("besar") is None
    value = cache.get(99)
    assert value is not None
    assert cache.grow(99, value, 300)
    assert not cache.grow(99, value, 5_000)
    assert not cache.grow("tidak ada", value, 1)
    cache.drop(99)
    assert cache.get(99) is None
