"""Files between hubs that no line joins: there and back, whatever becomes of them on the way."""

import asyncio
import base64
from collections.abc import Iterator
from pathlib import Path

import orjson
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from hub.base.errors import InvalidInputError
from hub.db.database import Database
from hub.db.private_cluster import PrivateCluster
from hub.katalog.cache import KatalogCache
from hub.simpul.chain_file import EVENTS, Ends, pack, pack_outbox, take_file, unpack
from hub.simpul.chain_sealing import is_sealed, recipient, seal, unseal
from hub.simpul.keys import NodeKey
from hub.simpul.receive import Receiver
from tests.client import Client
from tests.rekap.texts import APPROVE
from tests.simpul.two_hubs import KAB, batch_of, decide, events_of, hubs, send, standing, with_database

NODE, PROVINCE, STRANGER = (NodeKey(Ed25519PrivateKey.from_private_bytes(bytes([n]) * 32)) for n in (1, 2, 3))


def named(kode_kab: str, key_id: str) -> bytes | None:
    return {k.id: k.public for k in (NODE, PROVINCE)}.get(key_id) if kode_kab == KAB else None


@pytest.fixture
def pair(cluster: PrivateCluster, templates: dict[str, str]) -> Iterator[tuple[Client, Client]]:
    yield from hubs(cluster, templates["contoh"])


def packed(hub: Client, key: NodeKey) -> bytes:
    async def work(db: Database) -> bytes:
        return b"".join([part async for part in pack_outbox(db, KAB, key)])

    return with_database(hub.url, work)


def taken(hub: Client, file: bytes, key: NodeKey) -> tuple[bytes, list[str]]:
    async def work(db: Database) -> tuple[bytes, list[str]]:
        return await take_file(Receiver(db, KatalogCache(db)), file, Ends(named, lambda *_: None, {}), key)

    return with_database(hub.url, work)


def test_there_and_back(pair: tuple[Client, Client]) -> None:
    node, province = pair
    send(node, "a")
    file = packed(node, NODE)
    for _ in range(2):  # taken twice, without effect
        answer, said = taken(province, file, PROVINCE)
        assert said == []
    decide(province, APPROVE, 1)
    back, said = taken(node, answer + packed(province, PROVINCE), NODE)
    assert said == []
    assert events_of(batch_of(node)) == []
    assert taken(province, back, PROVINCE) == (b"", [])
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
        parts.append(pack(EVENTS, KAB, batch_of(node, number - 1), NODE))
    cut = parts[0] + parts[0] + parts[1] + parts[2][:-50]
    _, said = taken(province, cut, PROVINCE)
    assert said == ["Bagian 4 terpotong."]
    assert province.sql("SELECT nomor FROM rantai_masuk") == [(2,)]
    _, said = taken(province, parts[2] + parts[0], PROVINCE)
    assert (said, province.sql("SELECT nomor FROM rantai_masuk")) == ([], [(3,)])


def test_nothing_is_taken_that_was_changed_or_is_not_signed_by_the_other_end() -> None:
    whole = pack(EVENTS, KAB, b"[]" * 100, NODE)
    assert [p.content for p in unpack(whole, named).parts] == [b"[]" * 100]
    changed = whole.replace(b'"kode_kab":"53.15"', b'"kode_kab":"53.14"')
    of_another = pack(EVENTS, KAB, b"[]", STRANGER)
    unknown = pack(EVENTS, KAB, b"[]", STRANGER)
    head, jws, rest = pack(EVENTS, KAB, b"[]", NODE).split(b"\n", 2)
    exchanged = head + b"\n" + whole.split(b"\n", 2)[1] + b"\n" + rest
    unsigned = head + b"\n" + jws.split(b"..")[0] + b"..\n" + rest
    for file in (changed, of_another, unknown, exchanged, unsigned):
        assert unpack(file, named).parts == []
        assert len(unpack(file, named).broken) == 1
    for junk in (b"x", b"\n\n\n", b"{}\n\n", b"\x00" * 9_000, b'{"berkas":"hubpaket"}\n\n', whole[:-20]):
        assert unpack(junk, named).parts == []
    for position in range(0, len(whole), 7):
        flipped = whole[:position] + bytes([whole[position] ^ 1]) + whole[position + 1 :]
        assert all(p.content == b"[]" * 100 for p in unpack(flipped, named).parts) or position == len(whole) - 1


def test_a_part_that_swells_is_not_read() -> None:
    import zstandard

    bomb = zstandard.ZstdCompressor().compress(bytes(50_000_000))
    honest = pack(EVENTS, KAB, b"[]", NODE)
    head, jws, _ = honest.split(b"\n", 2)
    swollen = head.replace(
        b'"termampat":%d' % len(zstandard.ZstdCompressor().compress(b"[]")), b'"termampat":%d' % len(bomb)
    )
    assert asyncio.run(asyncio.to_thread(unpack, swollen + b"\n" + jws + b"\n" + bomb, named)).parts == []


def test_the_signature_is_a_detached_jws_that_others_can_check() -> None:
    """RFC 7515, appendix F, by hand."""
    head, signature, _ = pack(EVENTS, KAB, b"[1]", NODE).split(b"\n", 2)
    protected, empty, signed = signature.split(b".")
    assert (empty, orjson.loads(_bytes(protected))) == (b"", {"alg": "Ed25519", "kid": NODE.id})
    payload = base64.urlsafe_b64encode(head + b"\n[1]").rstrip(b"=")
    NODE.private.public_key().verify(_bytes(signed), protected + b"." + payload)


def _bytes(text: bytes) -> bytes:
    return base64.urlsafe_b64decode(text + b"=" * (-len(text) % 4))


def test_what_else_a_signature_may_say_is_not_passed_over() -> None:
    head, _, rest = pack(EVENTS, KAB, b"[1]", NODE).split(b"\n", 2)
    for more in ({"crit": ["b64"], "b64": False}, {"x": "y"}, {"alg": "none"}, {"kid": STRANGER.id}):
        protected = base64.urlsafe_b64encode(orjson.dumps({"alg": "Ed25519", "kid": NODE.id, **more})).rstrip(b"=")
        payload = base64.urlsafe_b64encode(head + b"\n[1]").rstrip(b"=")
        signed = base64.urlsafe_b64encode(NODE.sign(protected + b"." + payload)).rstrip(b"=")
        file = head + b"\n" + protected + b".." + signed + b"\n" + rest
        assert unpack(file, named).parts == []


def test_only_the_hub_that_it_is_for_reads_a_sealed_file(tmp_path: Path) -> None:
    home, other = tmp_path / "a", tmp_path / "b"
    whole = pack(EVENTS, KAB, b"[]" * 100, NODE)
    sealed = seal(whole, recipient(home))
    assert (home / "kunci_buka").stat().st_mode & 0o077 == 0
    assert KAB.encode() not in sealed
    assert is_sealed(sealed)
    assert unseal(sealed, home) == whole
    assert unseal(whole, other) == whole
    with pytest.raises(InvalidInputError, match="--untuk age1"):
        unseal(sealed, other)
    with pytest.raises(InvalidInputError):
        unseal(sealed[:-1], home)
    with pytest.raises(InvalidInputError, match="hub simpul kunci"):
        seal(whole, "age1salah")
