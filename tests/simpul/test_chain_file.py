"""Files between hubs that no line joins: there and back, whatever becomes of them on the way."""

import asyncio
from collections.abc import Iterator

import pytest
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from hub.db.database import Database
from hub.db.private_cluster import PrivateCluster
from hub.katalog.cache import KatalogCache
from hub.simpul.chain_file import EVENTS, Ends, pack, pack_outbox, take_file, unpack
from hub.simpul.receive import Receiver
from tests.client import Client
from tests.rekap.texts import APPROVE
from tests.simpul.two_hubs import KAB, batch_of, decide, events_of, hubs, send, standing, with_database

NODE, PROVINCE, STRANGER = (Ed25519PrivateKey.from_private_bytes(bytes([n]) * 32) for n in (1, 2, 3))


def is_signed(kode_kab: str, key_id: str, message: bytes, signature: bytes) -> bool:
    key = {"simpul": NODE, "provinsi": PROVINCE}.get(key_id)
    try:
        return kode_kab == KAB and key is not None and key.public_key().verify(signature, message) is None
    except InvalidSignature:
        return False


@pytest.fixture
def pair(cluster: PrivateCluster, templates: dict[str, str]) -> Iterator[tuple[Client, Client]]:
    yield from hubs(cluster, templates["contoh"])


def packed(hub: Client, key_id: str, key: Ed25519PrivateKey) -> bytes:
    async def work(db: Database) -> bytes:
        return b"".join([part async for part in pack_outbox(db, KAB, (key_id, key.sign))])

    return with_database(hub.url, work)


def taken(hub: Client, file: bytes, key_id: str, key: Ed25519PrivateKey) -> tuple[bytes, list[str]]:
    async def work(db: Database) -> tuple[bytes, list[str]]:
        return await take_file(
            Receiver(db, KatalogCache(db)), file, Ends(is_signed, lambda *_: False, {}), (key_id, key.sign)
        )

    return with_database(hub.url, work)


def test_there_and_back(pair: tuple[Client, Client]) -> None:
    node, province = pair
    send(node, "a")
    file = packed(node, "simpul", NODE)
    for _ in range(2):  # taken twice, without effect
        answer, said = taken(province, file, "provinsi", PROVINCE)
        assert said == []
    decide(province, APPROVE, 1)
    back, said = taken(node, answer + packed(province, "provinsi", PROVINCE), "simpul", NODE)
    assert said == []
    assert events_of(batch_of(node)) == []
    assert taken(province, back, "provinsi", PROVINCE) == (b"", [])
    assert events_of(batch_of(province)) == []
    assert standing(node) == standing(province)
    ((signature,),) = node.sql("SELECT tanda_tangan FROM tanda_terima WHERE NOT diberi")
    assert b".." in signature
    # nobody knows by whose clock it was sent
    assert province.sql("SELECT r.diajukan_pada = m.diterima_pada FROM rekap r, rantai_peristiwa_masuk m "
                        "WHERE (r.kode_kab, r.formulir, r.periode) = ('53.15', 'F02', '2023')") == [(True,)]  # fmt: skip


def test_what_is_whole_is_taken_of_a_file_that_was_cut_or_put_together(pair: tuple[Client, Client]) -> None:
    node, province = pair
    parts = []
    for number in (1, 2, 3):
        send(node, f"k{number}", number, periode=f"2023-0{number}")
        parts.append(pack(EVENTS, KAB, batch_of(node, number - 1), "simpul", NODE.sign))
    cut = parts[0] + parts[0] + parts[1] + parts[2][:-50]
    _, said = taken(province, cut, "provinsi", PROVINCE)
    assert said == ["Bagian 4 terpotong."]
    assert province.sql("SELECT nomor FROM rantai_masuk") == [(2,)]
    _, said = taken(province, parts[2] + parts[0], "provinsi", PROVINCE)
    assert (said, province.sql("SELECT nomor FROM rantai_masuk")) == ([], [(3,)])


def test_nothing_is_taken_that_was_changed_or_is_not_signed_by_the_other_end() -> None:
    whole = pack(EVENTS, KAB, b"[]" * 100, "simpul", NODE.sign)
    assert [p.content for p in unpack(whole, is_signed).parts] == [b"[]" * 100]
    changed = whole.replace(b'"kode_kab":"53.15"', b'"kode_kab":"53.14"')
    of_another = pack(EVENTS, KAB, b"[]", "simpul", STRANGER.sign)
    unknown = pack(EVENTS, KAB, b"[]", "lain", STRANGER.sign)
    head, jws, rest = pack(EVENTS, KAB, b"[]", "simpul", NODE.sign).split(b"\n", 2)
    exchanged = head + b"\n" + whole.split(b"\n", 2)[1] + b"\n" + rest
    unsigned = head + b"\n" + jws.split(b"..")[0] + b"..\n" + rest
    for file in (changed, of_another, unknown, exchanged, unsigned):
        assert unpack(file, is_signed).parts == []
        assert len(unpack(file, is_signed).broken) == 1
    for junk in (b"x", b"\n\n\n", b"{}\n\n", b"\x00" * 9_000, b'{"berkas":"hubpaket"}\n\n', whole[:-20]):
        assert unpack(junk, is_signed).parts == []
    for position in range(0, len(whole), 7):
        flipped = whole[:position] + bytes([whole[position] ^ 1]) + whole[position + 1 :]
        assert all(p.content == b"[]" * 100 for p in unpack(flipped, is_signed).parts) or position == len(whole) - 1


def test_a_part_that_swells_is_not_read() -> None:
    import zstandard

    bomb = zstandard.ZstdCompressor().compress(bytes(50_000_000))
    honest = pack(EVENTS, KAB, b"[]", "simpul", NODE.sign)
    head, jws, _ = honest.split(b"\n", 2)
    swollen = head.replace(
        b'"termampat":%d' % len(zstandard.ZstdCompressor().compress(b"[]")), b'"termampat":%d' % len(bomb)
    )
    assert asyncio.run(asyncio.to_thread(unpack, swollen + b"\n" + jws + b"\n" + bomb, is_signed)).parts == []
