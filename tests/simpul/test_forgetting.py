"""A province gives up the names of a kabupaten that writes at a hub of its own, and counts on."""

import asyncio
from collections.abc import Iterator
from typing import Any

import pytest

from hub.base.errors import InvalidInputError
from hub.berita.chain import end_chain
from hub.db.database import Database
from hub.db.private_cluster import PrivateCluster
from hub.simpul.forgetting import forget
from tests.client import Client
from tests.simpul.two_hubs import deliver, hubs, with_database
from tests.sumber_daya.texts import lks, panti
from tests.sumber_daya.texts import save as save_resource
from tests.tagana.texts import member
from tests.tagana.texts import save as save_member

KAB = "53.14"
DAYS = ("2019-12-31", "2020-06-30", "2024-01-01", "2099-01-01")
_JOINED = (
    "INSERT INTO simpul (kode_kab, mode, mode_diminta, kode_induk, bergabung_pada, serah_pada) "
    "VALUES ('53.14', 'KIRIM', 'KIRIM', '53', now(), now())"
)


@pytest.fixture
def pair(cluster: PrivateCluster, templates: dict[str, str]) -> Iterator[tuple[Client, Client]]:
    """Both hold the same register, a shelter and a head who has not agreed, as after a hand-over."""
    for node, province in hubs(cluster, templates["contoh"], KAB):
        for hub in (node, province):
            hub.sql("DELETE FROM rantai")
            for number in (1, 2, 3):
                saved = save_member(hub, member(number))
                assert saved["__typename"] == "TaganaTersimpan", saved
            assert save_resource(hub, panti(nama="Rumah Aman", rahasia=True, alamat="Jalan Rahasia 7"))["sumberDaya"]
            save_resource(hub, lks(nama="LKS Tertutup"))
            save_resource(hub, lks(nama="LKS Terbuka", ketua="Bapak Yosef", ketuaSetuju=True))
            hub.sql("UPDATE sumber_daya SET ketua = 'Ibu Maria' WHERE nama = 'LKS Tertutup'")
        yield node, province


def counts(hub: Client) -> list[list[Any]]:
    return [hub.sql("SELECT * FROM hub_tagana_jumlah('53', %s) ORDER BY 1, 2, 3", d) for d in DAYS]


def names(hub: Client) -> list[Any]:
    return [
        hub.sql("SELECT count(*) FROM tagana")[0][0],
        hub.sql("SELECT count(*) FROM sumber_daya WHERE rahasia AND alamat IS NOT NULL")[0][0],
        hub.sql("SELECT count(*) FROM sumber_daya WHERE ketua = 'Ibu Maria'")[0][0],
        hub.sql("SELECT count(*) FROM sumber_daya_riwayat WHERE ketua = 'Ibu Maria'")[0][0],
    ]


def test_names_are_gone_and_counts_are_not(pair: tuple[Client, Client]) -> None:
    _, province = pair
    province.sql(_JOINED)
    before = counts(province)
    assert before[2] != []
    rows = asyncio.run(forget(province.url, KAB))
    assert (rows["tagana"], rows["sumber_daya"]) == (3, 2)
    assert names(province) == [0, 0, 0, 0]
    assert counts(province) == before
    assert province.sql("SELECT ketua FROM sumber_daya WHERE nama = 'LKS Terbuka'") == [("Bapak Yosef",)]
    assert not any(asyncio.run(forget(province.url, KAB)).values()), "once more there is nothing left"
    assert counts(province) == before
    with pytest.raises(Exception, match=r"tidak dapat diubah|hanya bertambah|dihapus"):
        province.sql("DELETE FROM sumber_daya WHERE nama = 'LKS Terbuka'")  # what holds for others holds again


def test_what_is_only_here_is_not_deleted(pair: tuple[Client, Client]) -> None:
    _, province = pair
    before = names(province)
    with pytest.raises(InvalidInputError, match="hanya ada di sini"):
        asyncio.run(forget(province.url, KAB))
    province.sql(_JOINED)
    province.sql("UPDATE simpul SET dicabut_pada = now()")
    with pytest.raises(InvalidInputError):
        asyncio.run(forget(province.url, KAB))
    assert names(province) == before


def test_counts_of_a_node_hold_until_the_register_is_kept_here_again(
    cluster: PrivateCluster, templates: dict[str, str]
) -> None:
    for node, province in hubs(cluster, templates["contoh"], KAB):
        for hub in (node, province):
            hub.sql("TRUNCATE tagana, pelatihan_tagana, penugasan_tagana")
        for number in (1, 2, 3):
            assert save_member(node, member(number))["__typename"] == "TaganaTersimpan"
        deliver(node, province, KAB)
        told = counts(province)
        assert told[2] != []

        async def revoke(db: Database) -> None:
            async with db.as_owner() as conn:
                await end_chain(conn, KAB)

        with_database(province.url, revoke)
        assert counts(province) == told
        assert save_member(province, member(9))["__typename"] == "TaganaTersimpan"
        assert sum(row[3] for row in counts(province)[2]) == 1
