"""Any selection means the same to the compiler, in both lanes, as to an ordinary resolver over the same data."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from graphql import parse as parse_document
from graphql import (
    validate,
)

from hub.db.private_cluster import PrivateCluster
from schema.build import sdl
from tests.client import Client
from tests.database_clones import clone_of
from tests.gudang.stok_texts import MINIMUM, item, movement, recorded
from tests.hub_server import serve
from tests.rules.compiled_sql import joins_without_kode_kab, orders_by_habit
from tests.schema.engine.random_document import ROOTS, DocumentWriter
from tests.schema.engine.reference import Reference
from tests.schema.engine.reference_wksbm import fill_wksbm
from tests.sumber_daya.rows import KINDS, add, surat, uuid_of

_SEEDS, _SEEDS_PER_TEST = 280, 35  # seeds in all, and per test


@pytest.fixture(scope="module")
def filled_hub(cluster: PrivateCluster, templates: dict[str, str]) -> Iterator[Client]:
    """A hub with the demo and, in the desa asked about, a social resource of each kind and a ledger; only read from it."""
    for url in clone_of(cluster, templates["contoh"]):
        for client in serve(url):
            fill_sumber_daya(client)
            fill_wksbm(client, ROOTS["desa"], [uuid_of(n) for n in range(1, 13)])
            yield client


def fill_sumber_daya(hub: Client) -> None:
    places = [*ROOTS["desa"], "53.14.02.2004"]
    for n, kind in enumerate(KINDS.values(), 1):
        people = {"klien_l": n, "ketua": "Ketua Contoh", "ketua_setuju": n % 2 == 0} if kind in ("PANTI", "LKS") else {}
        people |= {"KARANG_TARUNA": {"pengurus": 7, "anggota_p": 12}, "LK3": {"klien": 3, "klien_l": 1}}.get(kind, {})
        add(hub, n, kind, kode_desa=places[n % len(places)], pemilik=("KABUPATEN", "MASYARAKAT")[n % 2], **people)
    add(hub, 10, "LKS", kode_desa=places[0], sejak="2015-01-01", sampai="2021-01-01", ketua="Ketua", ketua_setuju=True)
    add(hub, 11, "PANTI", kode_desa=places[3], rahasia=True, alamat="Alamat contoh", sejak="2999-01-01")
    add(hub, 12, "GUDANG_BENCANA", kode_desa=places[3], pemilik="KABUPATEN")
    for surat_number, (owner, surat_kind, since, until, rank) in enumerate(
        ((2, "AKREDITASI", "2016-01-01", "2019-01-01", "B"), (2, "AKREDITASI", "2020-01-01", None, "A"),
         (2, "TANDA_DAFTAR", "2022-01-01", "2025-01-01", None), (10, "TANDA_DAFTAR", "2016-01-01", None, None),
         (1, "AKREDITASI", "2018-01-01", "2020-06-01", "C"), (9, "SK", "2019-05-01", None, None))
    ):  # fmt: skip
        surat(hub, owner, surat_kind, since, until, peringkat=rank, nomor=f"{surat_number}/UJI")
    first_gudang, second_gudang = f"53.14:{uuid_of(7)}", f"53.14:{uuid_of(12)}"
    now = datetime.now(UTC)
    days = [(now - timedelta(days=n)).isoformat() for n in (200, 60, 20, 3)]
    recorded(
        hub, movement(first_gudang, "TERIMA", "a", item("SELIMUT", 100, lot="2023"), item("MATRAS", 7), pada=days[0])
    )
    soon, past = ((now + timedelta(days=n)).date().isoformat() for n in (9, -9))
    food = [item("MAKANAN_ANAK", n, kedaluwarsa=k) for n, k in ((40, soon), (5, past), (20, "2999-01-01"))]
    recorded(hub, movement(first_gudang, "TERIMA", "b", *food, pada=days[1]))
    recorded(hub, movement(first_gudang, "KELUAR", "c", item("SELIMUT", 33), item("MAKANAN_ANAK", 3), pada=days[2]))
    recorded(hub, movement(first_gudang, "PINDAH", "d", item("SELIMUT", 10), gudangTujuan=second_gudang, pada=days[3]))
    recorded(hub, movement(first_gudang, "KOREKSI", "e", item("MATRAS", -7)))
    for g, b, count in ((first_gudang, "SELIMUT", 60), (first_gudang, "MATRAS", 2), (second_gudang, "KASUR", 4)):
        hub.ask(MINIMUM, {"g": g, "m": [{"barang": b, "jumlah": count}]}, "53.14")


@pytest.fixture(scope="module")
def reference(filled_hub: Client) -> Reference:
    return Reference(filled_hub.url, sdl())


def _differences(a: Any, b: Any, path: str = "") -> Iterator[str]:
    """Where two answers differ; order of keys counts."""
    if isinstance(a, dict) and isinstance(b, dict):
        if list(a) != list(b):
            yield f"{path}: {list(a)} / {list(b)}"
        for k in a.keys() & b.keys():
            yield from _differences(a[k], b[k], f"{path}.{k}")
    elif isinstance(a, list) and isinstance(b, list) and len(a) == len(b):
        for i, (x, y) in enumerate(zip(a, b, strict=True)):
            yield from _differences(x, y, f"{path}[{i}]")
    elif a != b:
        yield f"{path}: {a!r} / {b!r}"


@pytest.mark.parametrize("first_seed", range(0, _SEEDS, _SEEDS_PER_TEST))
def test_compiled_answers_equal_a_resolvers_in_both_lanes(
    filled_hub: Client, reference: Reference, compiled: list[str], first_seed: int
) -> None:
    """Documents of `_SEEDS_PER_TEST` seeds; the one that differs is in the message. Their statements keep the rules of all statements."""
    answered = merged = 0
    for seed in range(first_seed, first_seed + _SEEDS_PER_TEST):
        writer = DocumentWriter(seed, reference.schema)
        document, variables = writer.document(), writer.variables
        if validate(reference.schema, parse_document(document)):
            continue  # equal response keys of unequal fields: not a document one may ask
        answer = filled_hub.send(document, variables, "").json()
        if "BATAS_BIAYA" in str(answer.get("errors")):
            continue  # it would have made too much
        expected = reference.answer(document, variables)
        assert "errors" not in answer, (answer["errors"], document, variables)
        planned = answer["data"]
        assert list(_differences(planned, expected)) == [], (document, variables)
        # one more root field that is no plain read, and the same document goes through the executor
        mixed = document.replace("{", "{ __schema { queryType { name } } ", 1)
        executed = filled_hub.ask(mixed, variables, "")
        assert executed.pop("__schema") == {"queryType": {"name": "Query"}}
        assert list(_differences(executed, expected)) == [], (document, variables)
        answered += 1
        merged += "..." in document
    assert answered >= _SEEDS_PER_TEST / 2
    assert merged >= _SEEDS_PER_TEST / 10
    assert len(compiled) >= _SEEDS_PER_TEST
    assert [wrong for sql in set(compiled) for wrong in (*joins_without_kode_kab(sql), *orders_by_habit(sql))] == []
