"""The bundle in a file: whole where nobody knows what the node holds, else only what differs; in the place of a line, and with one."""

from collections.abc import Iterator, Mapping

import pytest

from hub.db.database import Database
from hub.db.private_cluster import PrivateCluster
from hub.simpul import bundle_file
from hub.simpul.bundle_file import BUNDLE, HELD, Packing
from tests.simpul.bundle_pair import KAB, BundlePair, bundle_pair


@pytest.fixture
def hubs(cluster: PrivateCluster, templates: dict[str, str]) -> Iterator[BundlePair]:
    yield from bundle_pair(cluster, templates)


def carried(hubs: BundlePair, *, told: bool, keep: Mapping[int, bool] | None = None) -> tuple[int, list[str]]:
    """A file to the node; `told`: after one from there that says what it holds; `keep`: which of its parts arrive. Its bytes, and what was
    not taken."""
    size = 0
    said: list[str] = []

    async def go(node: Database, province: Database) -> None:
        nonlocal size
        packing, unpacking = Packing(province, None), Packing(node, KAB)
        if told:
            async for kind, content in unpacking.give(KAB):
                assert (kind, await packing.take(kind, KAB, content)) == (HELD, None)
        parts = [p async for p in packing.give(KAB, asked=told)]
        for number, (kind, content) in enumerate(parts):
            assert kind == BUNDLE
            size += len(content)
            if keep is None or keep.get(number, True):
                why = await unpacking.take(kind, KAB, content)
                said.extend([] if why is None else [why])

    hubs.with_both(go)
    return size, said


def test_a_file_brings_everything_and_then_only_what_changed(hubs: BundlePair) -> None:
    whole, said = carried(hubs, told=False)
    assert said == []
    assert hubs.at_node("SELECT count(*) > 100 FROM wilayah") == [(True,)]
    assert hubs.rows(hubs.node, "angka_rilis") == hubs.rows(hubs.province, "angka_rilis", f"kode_kab = '{KAB}'")
    assert hubs.bring().taken == [], "a line has nothing to add"
    hubs.at_province("INSERT INTO barang VALUES ('PELAMPUNG', 90, 'Pelampung', 'buah', true, false)")
    part, said = carried(hubs, told=True)
    assert said == []
    assert part < whole / 20
    assert hubs.at_node("SELECT count(*) FROM barang WHERE kode = 'PELAMPUNG'") == [(1,)]
    assert carried(hubs, told=True) == (0, [])


def test_what_is_gone_at_the_province_goes_by_a_file_too(hubs: BundlePair) -> None:
    carried(hubs, told=False)
    hubs.at_node(
        "INSERT INTO tenggat (formulir, periode, kode_wilayah, urut, tanggal, alasan, kantor) "
        "VALUES ('F02', '2031', '53', 1, '2032-01-01', 'dari cadangan lama', '')"
    )
    assert carried(hubs, told=True)[1] == []
    assert hubs.at_node("SELECT count(*) FROM tenggat") == [(0,)]


def test_a_file_of_several_pieces_is_taken_when_all_are_there(
    hubs: BundlePair, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bundle_file, "_AT_ONCE", 3_000)
    _, said = carried(hubs, told=False, keep={0: False})
    assert len(said) == 1
    assert "tidak utuh" in said[0]
    assert hubs.at_node("SELECT count(*) FROM wilayah") == [(0,)]
    assert carried(hubs, told=False)[1] == []
    assert hubs.at_node("SELECT count(*) > 100 FROM wilayah") == [(True,)]


def test_a_node_sends_nobody_a_catalogue(hubs: BundlePair) -> None:
    async def go(node: Database, province: Database) -> None:
        async for kind, content in Packing(node, None).give(KAB):
            why = await Packing(province, None).take(kind, KAB, content)
            assert why is not None
            assert "tidak diterima di sini" in why
        assert await Packing(node, KAB).take(BUNDLE, "53.15", b"{}") is not None

    hubs.with_both(go)
