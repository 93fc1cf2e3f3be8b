"""What a chain holds of named data can be erased: its salt goes, the chain stays whole."""

from collections.abc import Iterator

import pytest
import structlog

from hub.base.errors import InvalidInputError
from hub.berita.chain_verify import verify_chains
from hub.db.private_cluster import PrivateCluster
from hub.simpul import recovery_erasure
from hub.simpul.recovery_erasure import Erased, erase_salts
from tests.client import Client
from tests.simpul.two_hubs import deliver, hubs, with_database
from tests.sumber_daya.texts import panti, save

KAB = "53.14"


@pytest.fixture(scope="module")
def pair(cluster: PrivateCluster, templates: dict[str, str]) -> Iterator[tuple[Client, Client]]:
    yield from hubs(cluster, templates["contoh"], KAB)


def _erase(hub: Client, *ids: str) -> Erased:
    return with_database(hub.url, lambda db: erase_salts(db, KAB, ids))


def test_without_its_salt_nobody_can_try_out_what_a_hash_stands_for(
    pair: tuple[Client, Client], monkeypatch: pytest.MonkeyPatch
) -> None:
    node, province = pair
    log = structlog.testing.CapturingLogger()
    monkeypatch.setattr(recovery_erasure, "_log", log)
    saved = save(node, panti(nama="Rumah Aman", rahasia=True, alamat="Jalan Rahasia 7"), KAB)["sumberDaya"]
    other = save(node, panti(nama="Rumah Lain", rahasia=True, alamat="Jalan Lain 1"), KAB)["sumberDaya"]
    deliver(node, province, KAB)
    hashed = (
        "SELECT (p.isi::jsonb->'sumber_daya'->0->>'alamat_sidik') = encode(sha256(g.garam || convert_to('alamat:Jalan Rahasia 7', 'UTF8')), 'hex') "
        "FROM rantai_peristiwa p JOIN rantai_garam g ON g.kode_kab = p.kode_kab AND g.subjek = p.subjek WHERE p.subjek = %s"
    )
    subject = f"sumber_daya:{saved['id']}"
    assert node.sql(hashed, subject) == [(True,)]
    erased = _erase(node, saved["id"], f"{KAB}:tidak-ada")
    assert (erased.subjects, erased.unknown, erased.held) == (
        [subject], [f"sumber_daya:{KAB}:tidak-ada"], [subject],
    )  # fmt: skip
    assert [(c.args, c.kwargs["subjek"]) for c in log.calls] == [(("garam rantai dihapus",), subject)]
    assert node.sql(hashed, subject) == []
    assert node.sql("SELECT subjek FROM rantai_garam") == [(f"sumber_daya:{other['id']}",)]
    for hub in pair:
        counted, broken = with_database(hub.url, verify_chains)
        assert (counted, broken) == (2, [])
    save(node, panti(nama="Rumah Aman", rahasia=True, alamat="", id=saved["id"], versi=saved["versi"]), KAB)
    deliver(node, province, KAB)
    assert _erase(node, saved["id"]).held == []


def test_only_what_is_of_this_kabupaten_is_erased(pair: tuple[Client, Client]) -> None:
    with pytest.raises(InvalidInputError, match="bukan id sumber daya"):
        _erase(pair[0], "53.15:019b")
