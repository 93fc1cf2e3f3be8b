"""The province's doors for nodes, asked as anybody might: foreign keys, forged, replayed, late, cut and huge; codes that are wrong."""

import asyncio
from base64 import b64decode
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx
import orjson
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from pydantic import SecretStr

from hub.base.role_key import role_key
from hub.base.settings import Settings
from hub.db.private_cluster import PrivateCluster
from hub.simpul.delivery import PATH
from hub.simpul.joining import TRIES, Joining, invite, request_to_change_key, request_to_join
from hub.simpul.joining_code import canonical, is_proof, secret_of
from hub.simpul.keys import NodeKey, key_id
from hub.simpul.wire_frames import LARGEST, Frame, pack, unpack
from hub.simpul.wire_signatures import CLOCK, STATE, TO, sign_request, verify_answer
from tests.client import Client
from tests.database_clones import clone_of
from tests.hub_server import SETTINGS, Server
from tests.pekerjaan.jobs import opened
from tests.simpul.paper_ledger import PaperLedger, came, prepare

_EMPTY = Frame({})


def _key() -> NodeKey:
    return NodeKey(Ed25519PrivateKey.generate())


@dataclass
class Door:
    """A province that serves, and the key of the node 53.14 that joined it."""

    hub: Client
    key: NodeKey
    public: bytes

    def code(self, kode_kab: str = "53.14") -> str:
        async def go() -> str:
            async with opened(self.hub.url) as db:
                return await invite(db, kode_kab)

        return asyncio.run(go())

    def join(self, request: dict[str, Any]) -> httpx.Response:
        return self.hub.post("/simpul/gabung", json=request)

    def signed(
        self, frame: Frame = _EMPTY, *, key: NodeKey | None = None, path: str = PATH, to: str = "53", late: float = 0.0
    ) -> tuple[dict[str, str], bytes]:
        body = pack(frame)
        now = datetime.now(UTC)
        heads = {
            "Content-Type": "application/vnd.hub.simpul", "Content-Encoding": "zstd", TO: to, CLOCK: now.isoformat(), STATE: '{"urutan": 0}',
        }  # fmt: skip
        return sign_request(key or self.key, path, body, heads, now - timedelta(seconds=late)), body

    def send(self, heads: dict[str, str], body: bytes, path: str = PATH) -> tuple[int, dict[str, Any]]:
        """Status and head of the answer, which must be the province's own where the request bore a signature."""
        with (
            httpx.Client(base_url=self.hub.address, timeout=30) as http,
            http.stream("POST", path, content=body, headers=heads) as answer,
        ):
            raw = b"".join(answer.iter_raw())
        if "Signature" not in heads:
            assert answer.headers["content-type"] == "application/json"
            return answer.status_code, orjson.loads(raw)
        verify_answer((path, _Heads(heads)), answer.status_code, answer.headers, self.public).check_body(raw)
        return answer.status_code, dict(unpack(raw).head)


class _Heads:
    def __init__(self, heads: dict[str, str]) -> None:
        self._heads = heads

    def items(self) -> Any:
        return list(self._heads.items())


@pytest.fixture(scope="module")
def door(
    cluster: PrivateCluster, templates: dict[str, str], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Door]:
    folder: Path = tmp_path_factory.mktemp("provinsi")
    for url in clone_of(cluster, templates["contoh"]):
        prepare(url)
        server = Server(
            url,
            Settings(home=folder, wilayah="53", kunci_peran=SecretStr(role_key(SETTINGS).decode())),
            ledger_of=PaperLedger,
        )
        server.start()
        with Client(server.address, url) as client:
            made = Door(client, _key(), b"")
            answer = made.join(request_to_join(made.key, Joining("53.14", "KIRIM", None), made.code()))
            assert answer.status_code == 200, answer.text
            made.public = b64decode(answer.json()["kunci"])
            yield made
        server.stop()


def test_what_a_node_signed_is_taken_and_answered_under_the_provinces_signature(door: Door) -> None:
    status, head = door.send(*door.signed(Frame({}, b'[[1, "satu"]]')))
    assert status == 200
    assert head["resi"] == '{"nomor": 1}'
    assert came(door.hub.url) == [(1, "satu")]


def test_the_very_same_request_is_taken_once(door: Door) -> None:
    sent = door.signed()
    assert door.send(*sent)[0] == 200
    status, head = door.send(*sent)
    assert (status, head["kode"]) == (409, "KIRIMAN_DIULANG")


def _body_of_another(door: Door) -> tuple[dict[str, str], bytes]:
    heads, _ = door.signed()
    return heads, pack(Frame({}, b'[[9, "palsu"]]'))


@pytest.mark.parametrize(
    ("sent", "status", "kode"),
    [
        (lambda d: d.signed(key=_key()), 401, "KUNCI_TIDAK_DIKENAL"),
        (lambda d: d.signed(late=3_600), 401, "JAM_BERBEDA"),
        (lambda d: d.signed(late=-3_600), 401, "JAM_BERBEDA"),
        (lambda d: d.signed(to="36"), 401, "TANDA_TANGAN_SALAH"),
        (lambda d: d.signed(path="/simpul/kunci"), 401, "TANDA_TANGAN_SALAH"),
        (_body_of_another, 401, "TANDA_TANGAN_SALAH"),
        (lambda d: (d.signed()[0] | {STATE: '{"urutan": 9}'}, d.signed()[1]), 401, "TANDA_TANGAN_SALAH"),
        (lambda d: ({"Content-Type": "application/json"}, b"{}"), 401, "TANDA_TANGAN_SALAH"),
        (lambda d: d.signed(Frame({}, b'[[9, "buruk"]]')), 400, "MASUKAN_TIDAK_SAH"),
        (lambda d: d.signed(Frame({"resi": "x", "tanda": "eA=="})), 401, "TANDA_TANGAN_SALAH"),
        (lambda d: d.signed(Frame({"resi": "x"})), 400, "MASUKAN_TIDAK_SAH"),
    ],
    ids=["foreign", "late", "early", "to another", "for another door", "another body", "other heads", "unsigned", "bad content",
         "forged receipt", "half a receipt"],
)  # fmt: skip
def test_what_is_refused_says_why_and_leaves_nothing(
    door: Door, sent: Callable[[Door], tuple[dict[str, str], bytes]], status: int, kode: str
) -> None:
    before = came(door.hub.url)
    answered, head = door.send(*sent(door))
    assert (answered, head["kode"]) == (status, kode)
    assert head["pesan"]
    assert came(door.hub.url) == before


def test_a_body_is_not_read_before_its_sender_is_known_nor_beyond_its_bound(door: Door) -> None:
    heads, _ = door.signed(key=_key())
    assert door.send(heads, bytes(LARGEST))[1]["kode"] == "KUNCI_TIDAK_DIKENAL"
    heads, _ = door.signed()
    status, head = door.send(heads, bytes(LARGEST + 1))
    assert (status, head["kode"]) == (413, "BATAS_BADAN")


def test_a_node_tells_its_next_key_and_only_who_has_it_can(door: Door) -> None:
    coming = _key()
    told = request_to_change_key(coming, "53.14")
    for wrong in (
        request_to_change_key(coming, "53.15"),
        told | {"kunci": request_to_change_key(_key(), "53.14")["kunci"]},
    ):
        _, head = door.send(*door.signed(Frame(wrong), path="/simpul/kunci"), "/simpul/kunci")
        assert head["kode"] == "TANDA_TANGAN_SALAH"
    for _ in range(2):  # an answer can be lost
        status, _ = door.send(*door.signed(Frame(told), path="/simpul/kunci"), "/simpul/kunci")
        assert status == 200
    assert door.send(*door.signed(key=coming))[0] == 200
    assert door.send(*door.signed())[0] == 200, "the old one, for a while"
    door.key = coming


# ---------- codes ----------


def test_a_code_is_good_for_one_key_and_its_answer_can_be_asked_for_again(door: Door) -> None:
    code, key = door.code("53.15"), _key()
    request = request_to_join(key, Joining("53.15", "TARIK", "https://simpul.example"), code)
    answers = [door.join(request).json() for _ in range(2)]
    told = canonical({k: v for k, v in request.items() if k not in ("bukti", "tanda")})
    for answer in answers:
        stated = {k: v for k, v in answer.items() if k != "bukti"}
        assert stated == {"kode_induk": "53", "kunci": stated["kunci"], "zaman": 1}
        assert is_proof(answer["bukti"], secret_of("53.15", code), "terima", told, canonical(stated))
        assert not is_proof(answer["bukti"], secret_of("53.15", door.code("53.16")), "terima", told, canonical(stated))
    second = door.join(request_to_join(_key(), Joining("53.15", "KIRIM", None), code))
    assert (second.status_code, second.json()["kode"]) == (403, "KODE_GABUNG_DITOLAK")
    assert "sudah dipakai" in second.json()["pesan"]
    assert door.hub.sql("SELECT sidik FROM simpul_kunci WHERE kode_kab = '53.15'") == [(key_id(key.public),)]


def test_a_code_is_read_as_people_write_it_and_guessed_a_few_times_only(door: Door) -> None:
    code = door.code("53.16")
    wrong = "A" * 26
    joining = Joining("53.16", "KIRIM", None)
    for _ in range(TRIES - 1):
        assert "salah" in door.join(request_to_join(_key(), joining, wrong)).json()["pesan"]
    assert door.join(request_to_join(_key(), joining, f" {code.lower().replace('-', ' ')} ")).status_code == 200
    code = door.code("53.17")
    joining = Joining("53.17", "KIRIM", None)
    for _ in range(TRIES):
        door.join(request_to_join(_key(), joining, wrong))
    assert "percobaan yang salah" in door.join(request_to_join(_key(), joining, code)).json()["pesan"]
    assert door.hub.sql("SELECT count(*) FROM simpul WHERE kode_kab = '53.17'") == [(0,)]


def test_a_code_is_of_one_kabupaten_and_ends(door: Door) -> None:
    code = door.code("53.18")
    other = door.join(request_to_join(_key(), Joining("53.19", "KIRIM", None), code))
    assert "Tidak ada undangan" in other.json()["pesan"]
    door.hub.sql("UPDATE simpul_undangan SET kedaluwarsa_pada = now() WHERE kode_kab = '53.18'")
    late = door.join(request_to_join(_key(), Joining("53.18", "KIRIM", None), code))
    assert "kedaluwarsa" in late.json()["pesan"]


def test_a_request_to_join_that_was_changed_on_the_way_is_refused(door: Door) -> None:
    code = door.code("53.20")
    request = request_to_join(_key(), Joining("53.20", "KIRIM", None), code)
    stranger = request_to_join(_key(), Joining("53.20", "KIRIM", None), "A" * 26)
    for changed in (
        request | {"mode": "TARIK"},
        request | {"kunci": stranger["kunci"]},
        request | {"kunci": stranger["kunci"], "tanda": stranger["tanda"]},
        stranger | {"bukti": request["bukti"]},
        request | {"url": "http://x@y"},
        request | {"url": 7},
        request | {"kode_kab": "53"},
        {},
    ):
        assert door.join(changed).status_code in (400, 403), changed
    assert door.hub.sql("SELECT count(*) FROM simpul WHERE kode_kab = '53.20'") == [(0,)]
    assert door.join(request).status_code == 200


def test_the_code_itself_is_kept_and_sent_nowhere(door: Door) -> None:
    code = door.code("53.21")
    plain = code.replace("-", "")
    request = request_to_join(_key(), Joining("53.21", "KIRIM", None), code)
    assert plain not in str(request)
    ((kept,),) = door.hub.sql("SELECT rahasia FROM simpul_undangan WHERE kode_kab = '53.21'")
    assert plain.encode() not in bytes(kept)
    assert bytes(kept) == secret_of("53.21", code)
