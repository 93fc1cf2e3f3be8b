"""How a kabupaten's hub becomes a node of its province's, and stops being one.

The province invites (a code), the node joins with it: each side proves to the other that it knows the code, and both keep the other's
public key. From then on only signatures count. Until the hand-over is confirmed the kabupaten writes at the province.
"""

import base64
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, NoReturn
from urllib.parse import urlsplit

from hub.base import kode as kode_wilayah
from hub.base.errors import InvalidInputError, SetupError
from hub.base.kode import Level
from hub.db.database import Conn, Database
from hub.simpul import registry_statements as store
from hub.simpul.joining_code import canonical, is_proof, new_code, proof, secret_of
from hub.simpul.keys import PUBLIC_BYTES, NodeKey, is_signed, key_id
from hub.simpul.refusals import JoinRefusedError, NoPeerError, WrongSignatureError
from hub.simpul.registry_statements import NodeRow

TRIES = 10  # wrong ones, before a code is good no more
_HOURS = 72
_LONGEST_ADDRESS = 300
IN_FLIGHT_DAYS = 30  # for which a key that another took the place of is still taken: packages go by file, too
_ASKS, _ANSWERS = "gabung", "terima"
_CHANGES_KEY = b"hub-simpul-kunci|"
MODES = ("KIRIM", "TARIK")


@dataclass(frozen=True, slots=True)
class Joining:
    """What a node joins with. `mode`: KIRIM or TARIK; `url`: where it may be asked live; None: nowhere."""

    kode_kab: str
    mode: str
    url: str | None


def check_kabupaten(code: str) -> str:
    """The code with its dots. Raises InvalidInputError where it is no kabupaten's."""
    dotted = kode_wilayah.dotted(code)
    if not kode_wilayah.is_valid(dotted) or kode_wilayah.level_of(dotted) is not Level.KABUPATEN:
        raise InvalidInputError(f'"{code}" bukan kode kabupaten/kota; contohnya 53.14.')
    return dotted


def check_address(url: str) -> str:
    """An address of a hub, without a slash at its end. Raises InvalidInputError."""
    try:
        parts = urlsplit(url)
        _ = parts.port
    except ValueError:
        parts = urlsplit("")
    plain = url.isascii() and url.isprintable() and " " not in url and len(url) <= _LONGEST_ADDRESS
    if not plain or parts.scheme not in ("http", "https") or not parts.hostname or "@" in parts.netloc:
        raise InvalidInputError("Alamat hub harus http:// atau https://, tanpa nama pengguna.")
    if parts.query or parts.fragment:
        raise InvalidInputError("Alamat hub tanpa ? dan tanpa #.")
    return url.rstrip("/")


# ---------- at the province ----------


async def invite(db: Database, kode_kab: str) -> str:
    """A code for that kabupaten, good for three days, in the place of an earlier one. Raises InvalidInputError."""
    kode_kab = check_kabupaten(kode_kab)
    code = new_code()
    async with db.as_owner() as conn:
        node = await store.node(conn, kode_kab)
        if node is not None and node.dicabut_pada is None:
            raise InvalidInputError(
                f"{kode_kab} sudah punya simpul; untuk perangkat baru cabut dahulu yang lama: hub simpul cabut {kode_kab}."
            )
        await store.put_invitation(conn, kode_kab, secret_of(kode_kab, code), _HOURS)
    return code


async def admit(db: Database, key: NodeKey, request: Mapping[str, Any]) -> dict[str, Any]:
    """Take a node in; what it is answered. The same request again is answered alike, for an answer can be lost. `key`: this hub's.

    Raises JoinRefusedError, InvalidInputError.
    """
    joining, public, told = _read_request(request)
    async with db.as_owner() as conn:
        secret = await _open_invitation(conn, joining.kode_kab)
        right = is_proof(request.get("bukti"), secret, _ASKS, told)
        if right:
            epoch = await _take_in(conn, joining, public)
        else:
            await store.count_try(conn, joining.kode_kab)
    if not right:
        _refuse("Kode gabung salah; periksa salinannya dan kode kabupaten/kotanya.")
    answer = {"kode_induk": kode_wilayah.kode_prov(joining.kode_kab), "kunci": _text(key.public), "zaman": epoch}
    return {**answer, "bukti": proof(secret, _ANSWERS, told, canonical(answer))}


async def _open_invitation(conn: Conn, kode_kab: str) -> bytes:
    invitation = await store.invitation(conn, kode_kab)
    if invitation is None:
        _refuse(f"Tidak ada undangan bagi {kode_kab}; mintalah kode kepada provinsi (hub simpul undang {kode_kab}).")
    secret, in_time, tries, _ = invitation
    if not in_time:
        _refuse(f"Kode gabung {kode_kab} sudah kedaluwarsa; mintalah yang baru kepada provinsi.")
    if tries >= TRIES:
        _refuse(
            f"Kode gabung {kode_kab} ditutup sesudah {TRIES} percobaan yang salah; mintalah yang baru kepada provinsi."
        )
    return bytes(secret)


async def _take_in(conn: Conn, joining: Joining, public: bytes) -> int:
    """The node's epoch."""
    name = key_id(public)
    invitation = await store.invitation(conn, joining.kode_kab)
    node = await store.node(conn, joining.kode_kab, lock=True)
    used = invitation[3] if invitation is not None else None
    if used == name and node is not None and node.dicabut_pada is None:
        return node.zaman
    if used is not None:
        _refuse(
            "Kode gabung ini sudah dipakai; satu kode untuk satu kali bergabung. Mintalah yang baru kepada provinsi."
        )
    if await store.key(conn, name) is not None:
        _refuse(
            "Kunci simpul ini pernah dipakai dan tidak diterima lagi; buat yang baru (hapus kunci_simpul di simpul itu)."
        )
    parent = kode_wilayah.kode_prov(joining.kode_kab), None
    epoch = await store.put_node(conn, joining.kode_kab, parent, joining.mode, joining.url)
    await store.drop_other_keys(conn, joining.kode_kab, name)
    await store.add_key(conn, joining.kode_kab, name, public)
    await store.use_invitation(conn, joining.kode_kab, name)
    return epoch


async def revoke(db: Database, kode_kab: str) -> NodeRow:
    """From now on nothing of that node is taken, and the kabupaten writes at the province again. Raises InvalidInputError."""
    kode_kab = check_kabupaten(kode_kab)
    async with db.as_owner() as conn:
        node = await store.node(conn, kode_kab, lock=True)
        if node is None:
            raise InvalidInputError(f"{kode_kab} tidak punya simpul; lihat hub simpul status.")
        await store.end_node(conn, kode_kab)
    return node


async def change_key(db: Database, kode_kab: str, content: Mapping[str, Any]) -> None:
    """A node tells its next key, in a request signed with the one it has. Safe to repeat. Raises InvalidInputError, WrongSignatureError."""
    public, signature = (_bytes(content, name) for name in ("kunci", "tanda"))
    if len(public) != PUBLIC_BYTES or not is_signed(
        public, _CHANGES_KEY + kode_kab.encode() + b"|" + public, signature
    ):
        raise WrongSignatureError("Kunci yang baru tidak menandatangani pergantiannya.")
    name = key_id(public)
    async with db.as_owner() as conn:
        known = await store.key(conn, name)
        if known is not None and (known.kode_kab != kode_kab or not known.good):
            raise WrongSignatureError("Kunci itu pernah dipakai dan tidak diterima lagi; buat yang baru.")
        await store.add_key(conn, kode_kab, name, public)
        await store.end_other_keys(conn, kode_kab, name, IN_FLIGHT_DAYS)


# ---------- at the node ----------


def request_to_join(key: NodeKey, joining: Joining, code: str) -> dict[str, Any]:
    """What a node sends to join. Raises InvalidInputError."""
    if joining.mode not in MODES:
        raise InvalidInputError(f'Mode "{joining.mode}" tidak dikenal; pilih KIRIM atau TARIK.')
    content = {
        "kode_kab": joining.kode_kab, "mode": joining.mode, "url": joining.url, "kunci": _text(key.public),
        "acak": secrets.token_urlsafe(16),
    }  # fmt: skip
    told = canonical(content)
    return {
        **content,
        "tanda": _text(key.sign(told)),
        "bukti": proof(secret_of(joining.kode_kab, code), _ASKS, told),
    }


async def accept(db: Database, address: str, sent: tuple[Mapping[str, Any], str], answer: Mapping[str, Any]) -> NodeRow:
    """Keep what the province answered. `address`: of the province; `sent`: the request, and the code it was made with.

    Raises NoPeerError where whoever answered does not know the code.
    """
    request, code = sent
    joining, _, told = _read_request(request)
    stated = {k: v for k, v in answer.items() if k != "bukti"}
    secret = secret_of(joining.kode_kab, code)
    if not is_proof(answer.get("bukti"), secret, _ANSWERS, told, canonical(stated)):
        raise NoPeerError(
            f"Yang menjawab di {address} tidak mengenal kode gabung ini; ia bukan provinsi yang mengundang."
        )
    province, public = str(stated["kode_induk"]), _bytes(stated, "kunci")
    async with db.as_owner() as conn:
        await store.put_node(conn, joining.kode_kab, (province, address), joining.mode, joining.url)
        await store.set_epoch(conn, joining.kode_kab, int(stated["zaman"]))
        await store.add_key(conn, province, key_id(public), public)
        await store.drop_other_keys(conn, province, key_id(public))
        node = await store.own_node(conn)
    assert node is not None
    return node


async def own_node(db: Database) -> NodeRow:
    """This node, as it joined. Raises SetupError where it did not."""
    async with db.as_owner() as conn:
        node = await store.own_node(conn)
    if node is None or node.dicabut_pada is not None:
        raise SetupError("Hub ini belum bergabung dengan provinsi; jalankan hub simpul gabung URL --kode KODE.")
    return node


def request_to_change_key(next_key: NodeKey, kode_kab: str) -> dict[str, Any]:
    """What a node sends, signed with the key it has, for the next one to be taken."""
    signature = next_key.sign(_CHANGES_KEY + kode_kab.encode() + b"|" + next_key.public)
    return {"kunci": _text(next_key.public), "tanda": _text(signature)}


# ---------- both ----------


def _read_request(request: Mapping[str, Any]) -> tuple[Joining, bytes, bytes]:
    """Who joins, its public key, and what it told without proof and signature."""
    content = {k: v for k, v in request.items() if k not in ("bukti", "tanda")}
    kode_kab, mode, url = (content.get(name) for name in ("kode_kab", "mode", "url"))
    if not isinstance(kode_kab, str) or mode not in MODES or not isinstance(url, str | None):
        raise InvalidInputError("Permintaan gabung tidak terbaca; pakai hub versi yang sama di kedua pihak.")
    kode_kab = check_kabupaten(kode_kab)
    if url is not None:
        check_address(url)
    public, told = _bytes(content, "kunci"), canonical(content)
    if len(public) != PUBLIC_BYTES or not is_signed(public, told, _bytes(request, "tanda")):
        raise InvalidInputError("Permintaan gabung tidak ditandatangani kunci yang dibawanya.")
    return Joining(kode_kab, mode, url), public, told


def _text(value: bytes) -> str:
    return base64.b64encode(value).decode()


def _bytes(content: Mapping[str, Any], name: str) -> bytes:
    try:
        return base64.b64decode(str(content.get(name, "")), validate=True)
    except ValueError:
        raise InvalidInputError(f'"{name}" bukan base64.') from None


def _refuse(why: str) -> NoReturn:
    raise JoinRefusedError(why)
