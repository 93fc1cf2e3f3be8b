"""Another key of a province: believed where the one before signed it, not for longer than thirty days, and then where people say so."""

import base64
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import orjson
import pytest

from hub.db.database import Database
from hub.db.private_cluster import PrivateCluster
from hub.simpul import registry_statements as store
from hub.simpul.joining import own_node
from hub.simpul.keys import ROTATIONS, NodeKey, node_key
from hub.simpul.keys_rotation import Rotation, learn, read_rotations, rotate, trust
from hub.simpul.refusals import FormerKeyError
from tests.database_clones import clone_of
from tests.simpul.two_hubs import with_database


@pytest.fixture(scope="module")
def database(cluster: PrivateCluster, templates: dict[str, str]) -> Iterator[str]:
    yield from clone_of(cluster, templates["dasar"])


@pytest.fixture
def url(database: str, tmp_path: Path) -> str:
    """Of a node that knows the province's first key."""
    first = node_key(tmp_path)

    async def join(db: Database) -> None:
        async with db.as_owner() as conn:
            await conn.execute("UPDATE simpul_kunci SET dicabut_pada = now()")
            await store.put_node(conn, "53.14", ("53", "http://provinsi"), "KIRIM", None)
            await store.add_key(conn, "53", first.id, first.public)

    with_database(database, join)
    return database


def believed(url: str, told: str, name: str | None = None) -> set[str]:
    async def work(db: Database) -> set[str]:
        node = await own_node(db)
        return set(await (learn(db, node, told) if name is None else trust(db, node, told, name)))

    return with_database(url, work)


def aged(home: Path, days: int) -> str:
    """What the province tells, had it changed its key so long ago."""
    first = node_key(home)
    new = node_key(home / "baru")
    unsigned = Rotation("53", first.id, new.public, datetime.now(UTC) - timedelta(days=days), b"", b"")
    entry = {
        "provinsi": "53", "lama": first.id, "kunci": _text(new.public), "pada": unsigned.at.isoformat(),
        "tanda_lama": _text(first.sign(unsigned.message())), "tanda_baru": _text(new.sign(unsigned.message())),
    }  # fmt: skip
    return _text(orjson.dumps([entry]))


def _text(value: bytes) -> str:
    return base64.b64encode(value).decode()


def test_several_changes_are_believed_one_after_the_other(url: str, tmp_path: Path) -> None:
    names = [node_key(tmp_path).id, rotate(tmp_path, "53").id, rotate(tmp_path, "53").id]
    assert node_key(tmp_path).id == names[-1]
    assert believed(url, node_key(tmp_path).told) == set(names)
    assert believed(url, node_key(tmp_path).told) == set(names)


def test_a_change_that_was_stopped_in_between_goes_on(url: str, tmp_path: Path) -> None:
    old = (tmp_path / "kunci_simpul").read_text()
    told = rotate(tmp_path, "53")
    (tmp_path / "kunci_simpul.baru").write_text((tmp_path / "kunci_simpul").read_text())
    (tmp_path / "kunci_simpul").write_text(old)
    assert rotate(tmp_path, "53").id == told.id == node_key(tmp_path).id
    assert len(read_rotations(node_key(tmp_path).told)) == 1
    assert told.id in believed(url, node_key(tmp_path).told)


def test_a_node_that_was_away_for_less_than_thirty_days_believes_it(url: str, tmp_path: Path) -> None:
    assert len(believed(url, aged(tmp_path, 29))) == 2


def test_a_node_that_was_away_for_forty_days_is_told_that_people_must_say_which_key_it_is(
    url: str, tmp_path: Path
) -> None:
    told, new = aged(tmp_path, 40), node_key(tmp_path / "baru").id
    with pytest.raises(FormerKeyError, match=r"putar-kunci --percaya SIDIK"):
        believed(url, told)
    with pytest.raises(FormerKeyError, match="tidak memakai kunci"):
        believed(url, told, "bukan itu")
    assert believed(url, told, new) == {new}, "the old one is taken no more"


@pytest.mark.parametrize("forged", ["tanda_lama", "tanda_baru", "kunci", "pada", "provinsi", "lama"])
def test_what_the_former_key_did_not_sign_is_not_believed(url: str, tmp_path: Path, forged: str) -> None:
    first = node_key(tmp_path).id
    (entry,) = orjson.loads(base64.b64decode(aged(tmp_path, 1)))
    other = NodeKey(node_key(tmp_path / "lain").private)
    entry[forged] = {
        "pada": "2026-01-01T00:00:00+00:00", "provinsi": "52", "lama": other.id, "kunci": _text(other.public),
    }.get(forged, _text(other.sign(b"x")))  # fmt: skip
    assert believed(url, _text(orjson.dumps([entry]))) == {first}
    for junk in ("", "x", _text(b"{}"), _text(b"[1]"), _text(b'[{"kunci": "a"}]')):
        assert believed(url, junk) == {first}


def test_the_file_that_tells_of_it_is_beside_the_key(tmp_path: Path) -> None:
    node_key(tmp_path)
    rotate(tmp_path, "53")
    assert (tmp_path / ROTATIONS).stat().st_mode & 0o077 == 0
    assert not (tmp_path / "kunci_simpul.baru").exists()
