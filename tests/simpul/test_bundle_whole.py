"""A part is taken whole or not at all: cut, changed on the way, made by another program, or changing while it is fetched."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import orjson
import pytest

from hub.db.private_cluster import PrivateCluster
from hub.simpul import bundle_fetch
from hub.simpul.refusals import NoPeerError
from hub.simpul.wire_frames import Frame
from tests.simpul.bundle_pair import BundlePair, Wire, bundle_pair

_STATE = "SELECT bagian, sebab FROM simpul_bekal WHERE sebab IS NOT NULL"


@pytest.fixture
def hubs(cluster: PrivateCluster, templates: dict[str, str]) -> Iterator[BundlePair]:
    yield from bundle_pair(cluster, templates)


def answering(change: Callable[[dict[str, Any]], None]) -> Callable[[Wire], None]:
    """The province's list of a part is changed before it arrives."""

    def changed(answer: Frame) -> Frame:
        if "isi" in answer.head:
            return answer
        offer = orjson.loads(answer.content)
        change(offer)
        return replace(answer, content=orjson.dumps(offer))

    def prepare(wire: Wire) -> None:
        wire.changed = changed

    return prepare


def test_a_line_that_ends_is_gone_on_with_where_it_ended(hubs: BundlePair, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bundle_fetch, "_AT_ONCE", 3_000)
    exchanges = total = 0
    while True:
        try:
            total += hubs.bring(lambda wire: setattr(wire, "cut_after", 4)).exchanges
            break
        except NoPeerError:
            exchanges += 4
            ((tables,),) = hubs.at_node("SELECT count(DISTINCT tabel) FROM simpul_bekal_isi")
            assert tables <= 4, "of one part at a time"
        assert exchanges < 400, "it never ends"
    assert exchanges > 8, "it was cut often"
    assert hubs.bring().taken == []
    assert hubs.at_node("SELECT count(*) FROM simpul_bekal_isi") == [(0,)]


def test_what_has_come_does_not_come_again(hubs: BundlePair, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bundle_fetch, "_AT_ONCE", 2_000)
    came: set[tuple[str, str, str]] = set()
    for exchanges in range(4, 20):
        with pytest.raises(NoPeerError):
            hubs.bring(lambda wire, most=exchanges: setattr(wire, "cut_after", most))  # type: ignore[misc]
        if came := set(hubs.at_node("SELECT bagian, tabel, potong FROM simpul_bekal_isi")):
            break
    assert came
    asked: set[tuple[str, str, str]] = set()

    def watch(wire: Wire) -> None:
        wire.before = lambda frame: asked.update((frame.head["bagian"], t, p) for t, p in frame.head.get("ambil", ()))

    hubs.bring(watch)
    assert asked
    assert not asked & came


def test_a_part_that_has_other_columns_is_left_and_the_others_come(hubs: BundlePair) -> None:
    def newer(offer: dict[str, Any]) -> None:
        if offer["bagian"] == "wilayah":
            offer["kolom"]["wilayah"].append("luas_laut")

    taken = hubs.bring(answering(newer)).taken
    assert "terbuka" in taken
    assert "wilayah" not in taken
    ((part, why),) = hubs.at_node(_STATE)
    assert part == "wilayah"
    assert "perbarui hub" in why
    assert "wilayah.luas_laut" in why
    assert hubs.at_node("SELECT bekal_sebab FROM simpul") == [(why,)]
    assert hubs.at_node("SELECT count(*) FROM wilayah") == [(0,)]
    hubs.bring()
    assert hubs.at_node(_STATE) == []
    assert hubs.at_node("SELECT bekal_sebab FROM simpul") == [(None,)]


def test_tables_and_parts_of_a_newer_program_are_named(hubs: BundlePair) -> None:
    def newer(offer: dict[str, Any]) -> None:
        offer["kolom"]["lautan"] = ["kode"]
        offer["kelompok"]["lautan"] = {}

    assert hubs.bring(answering(newer)).taken == []
    assert {w for _, w in hubs.at_node(_STATE) if "perbarui hub" not in w} == set()


def test_an_older_province_gives_what_it_has(hubs: BundlePair) -> None:
    """A column that only the node knows stays as it is made, and the part counts as the province's."""
    hubs.at_node("ALTER TABLE barang ADD golongan TEXT NOT NULL DEFAULT 'LOGISTIK'")
    hubs.at_province("INSERT INTO barang VALUES ('PELAMPUNG', 90, 'Pelampung', 'buah', true, false)")
    assert "barang" in hubs.bring().taken
    assert hubs.at_node("SELECT golongan FROM barang WHERE kode = 'PELAMPUNG'") == [("LOGISTIK",)]
    again = hubs.bring()
    assert (again.taken, again.exchanges) == ([], 0)


def test_rows_that_are_not_what_was_offered_are_not_taken(hubs: BundlePair) -> None:
    def prepare(wire: Wire) -> None:
        wire.changed = lambda answer: replace(answer, content=answer.content.replace(b"Rote Ndao", b"Rote Ndoa"))

    assert "wilayah" not in hubs.bring(prepare).taken
    assert hubs.at_node("SELECT count(*) FROM wilayah") == [(0,)]
    assert "berubah di provinsi" in str(hubs.at_node("SELECT bekal_sebab FROM simpul"))
    assert hubs.bring().taken == ["wilayah"], "and what had come wrong is not believed again"


def test_a_province_that_writes_meanwhile_is_taken_as_it_then_is(hubs: BundlePair) -> None:
    written = iter(range(1, 3))

    def write(frame: Frame) -> None:
        if "ambil" in frame.head and (number := next(written, None)) is not None:
            hubs.at_province("UPDATE wilayah SET nama = %s WHERE kode = '53.14'", f"Rote {number}")

    assert "wilayah" in hubs.bring(lambda wire: setattr(wire, "before", write)).taken
    assert hubs.at_node("SELECT nama FROM wilayah WHERE kode = '53.14'") == [("Rote 2",)]


def test_what_breaks_a_constraint_is_refused_as_a_whole(hubs: BundlePair) -> None:
    hubs.at_node("ALTER TABLE wilayah ADD CONSTRAINT uji CHECK (nama <> 'Rote Ndao')")
    taken = hubs.bring().taken
    assert "wilayah" not in taken
    assert "terbuka" in taken
    assert hubs.at_node("SELECT count(*) FROM wilayah") == [(0,)]
    assert "tidak dapat dipasang" in str(hubs.at_node(_STATE))


def test_what_was_changed_here_is_the_provinces_again(hubs: BundlePair) -> None:
    hubs.bring()
    hubs.at_node("UPDATE elemen SET nama = 'lain' WHERE kode = 'BAN05'")
    hubs.at_node("INSERT INTO barang VALUES ('KAPAL', 91, 'Kapal', 'buah', true, false)")
    hubs.at_node(
        "INSERT INTO tenggat (formulir, periode, kode_wilayah, urut, tanggal, alasan, kantor) "
        "VALUES ('F02', '2027', '53', 1, '2028-01-01', 'tak dikenal di provinsi', '')"
    )
    hubs.at_node("UPDATE wilayah SET berlaku_sampai = '2025-01-01' WHERE kode = '53.14'")
    assert hubs.bring().taken == ["wilayah", "katalog", "barang", "tenggat"]
    assert hubs.at_node("SELECT count(*) FROM tenggat") == [(0,)]
    assert hubs.at_node("SELECT count(*) FROM barang WHERE kode = 'KAPAL'") == [(0,)]


def test_a_province_changes_no_deadline_of_its_own_all_the_same(hubs: BundlePair) -> None:
    """What lets a node bring its copies in line lets nobody do so at a province."""
    assert hubs.at_province("SELECT hub_di_simpul()") == [(False,)]
    assert hubs.at_node("SELECT hub_di_simpul()") == [(True,)]
