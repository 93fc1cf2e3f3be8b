"""Linking networks (WKSBM) to each other, to social resources and to partners outside. One call, one transaction; every
finding at once.

A link is written by the office of the network it starts from, its province or an admin. It ends by its date. A partner has
no place: whoever links to it first writes it down, and that office (or who is above it) may set its name right.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from hub.akses import izin
from hub.base.actor import Actor
from hub.base.errors import InvalidInputError, RevisionConflictError
from hub.base.public_id import PARTNER_PREFIX, PublicId, read_id, read_partner_id
from hub.base.temuan import ERROR, WARNING, Location, Refused, Temuan, has_error
from hub.base.uuid7 import uuid7
from hub.db.database import Conn, Database
from hub.wksbm import link_statements as store
from hub.wksbm import statements as wksbm_statements
from hub.wksbm.checks import (
    FOREVER,
    check_ends,
    check_link,
    check_overlap,
    check_partner,
    tidy_kind,
)
from hub.wksbm.draft import LinkDraft, PartnerDraft
from hub.wksbm.link_statements import LinkEnd, Partner
from hub.wksbm.service import Saved, not_found


@dataclass(frozen=True, slots=True)
class SavedPartner:
    """`versi`: the version that now stands."""

    id: str
    versi: int
    temuan: tuple[Temuan, ...]


class LinkService:
    """Raises NotAuthorisedError and RevisionConflictError; everything else that is wrong is in Refused."""

    def __init__(self, db: Database, on_write: Callable[[], None] = lambda: None) -> None:
        """`on_write`: called when links have changed."""
        self._db = db
        self._on_write = on_write

    async def link(self, actor: Actor, d: LinkDraft) -> Saved | Refused:
        """Add a link, or end or change the one between these two of that kind that began on that day. What is there
        already is left alone: a call may be repeated."""
        izin.require(actor, izin.WRITE_WKSBM)
        try:
            origin = read_id(d.asal, "WKSBM")
        except InvalidInputError as error:
            return Refused(
                (Temuan("ID_TIDAK_SAH", ERROR, error.message, nilai=d.asal, lokasi=(Location(kolom="asal"),)),)
            )
        izin.require(actor, izin.WRITE_WKSBM, origin.kode_kab)
        temuan = check_link(d)
        async with self._db.as_actor(actor) as conn:
            # who writes the links of one network does so one after the other
            existing = await wksbm_statements.row(conn, origin, lock=True)
            if existing is None:
                temuan.append(not_found(d.asal, "asal"))
            target, about = await _target(conn, d)
            temuan += about
            if existing is None or target is None:
                return Refused(tuple(temuan))
            temuan += check_ends(d, _network_end(origin, existing), target)
            others = await store.same_pair(conn, origin.id, target)
            existing_link = next((h for h in others if not h["balik"] and _is_same(h, d)), None)
            temuan += check_overlap(d, [h for h in others if h is not existing_link])
            if has_error(temuan):
                return Refused(tuple(temuan))
            await _write(conn, actor, origin, target, d, existing_link)
        self._on_write()
        return Saved(origin, existing["versi"], tuple(temuan))

    async def save_partner(self, actor: Actor, d: PartnerDraft) -> SavedPartner | Refused:
        """Write a partner down, or set the name or kind of one right."""
        izin.require(actor, izin.ADD_PARTNER)
        temuan = check_partner(d.nama, d.jenis)
        id_ = None if d.id is None else read_partner_id(d.id)
        if d.id is not None and id_ is None:
            temuan.append(_wrong_partner_id(d.id, "id"))
        if has_error(temuan):
            return Refused(tuple(temuan))
        name, kind = " ".join(d.nama.split()), tidy_kind(d.jenis)
        async with self._db.as_actor(actor) as conn:
            if id_ is None:
                m = await store.partner_named(conn, str(uuid7()), name, kind, actor.wilayah, actor.name)
                return SavedPartner(m.id, m.versi, tuple(_other_kind(m, name, kind, "nama")))
            seen = await store.partner(conn, id_)
            if seen is None:
                return Refused((_no_partner(d.id or "", "id"),))
            izin.require(actor, izin.CHANGE_PARTNER, seen.pencatat, seen.nama)
            current = await store.partner(conn, id_, lock=True)
            assert current is not None, "partners stay, with who wrote them down"
            if (current.nama, current.jenis) == (name, kind):
                return SavedPartner(id_, current.versi, ())
            if d.versi != current.versi:
                message = f"Mitra {current.nama} sudah berubah: versinya {current.versi}. Ambil dahulu, lalu ulangi."
                raise RevisionConflictError(message, current.versi)
            version = await store.rename_partner(conn, id_, name, kind, actor.name)
        if version is None:
            message = f'Sudah ada mitra lain bernama "{name}"; hubungkan ke yang itu.'
            return Refused((Temuan("MITRA_SUDAH_ADA", ERROR, message, nilai=name, lokasi=(Location(kolom="nama"),)),))
        return SavedPartner(id_, version, ())


async def _target(conn: Conn, d: LinkDraft) -> tuple[LinkEnd | None, list[Temuan]]:
    """The other end. A partner named for the first time has an id already, and is written down with the link."""
    if d.mitra is not None:
        if d.tujuan is not None:
            return None, []  # said already
        name, kind = " ".join(d.mitra.nama.split()), tidy_kind(d.mitra.jenis)
        m = await store.find_partner(conn, name)
        if m is None:
            return LinkEnd("MITRA", "", str(uuid7()), name, date.min, FOREVER), []
        return _partner_end(m), _other_kind(m, name, kind, "mitra.nama")
    if d.tujuan is None:
        return None, []
    if d.tujuan.startswith(f"{PARTNER_PREFIX}:"):
        id_ = read_partner_id(d.tujuan)
        if id_ is None:
            return None, [_wrong_partner_id(d.tujuan, "tujuan")]
        existing = await store.partner(conn, id_)
        return (None, [_no_partner(d.tujuan, "tujuan")]) if existing is None else (_partner_end(existing), [])
    location = (Location(kolom="tujuan"),)
    try:
        key = read_id(d.tujuan, "WKSBM atau sumber daya")
    except InvalidInputError as error:
        return None, [Temuan("ID_TIDAK_SAH", ERROR, error.message, nilai=d.tujuan, lokasi=location)]
    end = await store.place(conn, key)
    if end is None:
        message = f"Tidak ada WKSBM atau sumber daya sosial dengan id {d.tujuan}."
        return None, [Temuan("TUJUAN_TAK_ADA", ERROR, message, nilai=d.tujuan, lokasi=location)]
    return end, []


async def _write(
    conn: Conn, actor: Actor, origin: PublicId, target: LinkEnd, d: LinkDraft, existing_link: dict[str, Any] | None
) -> None:
    """Raises RevisionConflictError when an existing link would be changed without knowing its version."""
    if existing_link is None:
        if d.mitra is not None:
            m = await store.partner_named(
                conn, target.id, target.nama, tidy_kind(d.mitra.jenis), actor.wilayah, actor.name
            )
            target = _partner_end(m)  # somebody else may have been a moment earlier
        values = {"jenis": tidy_kind(d.jenis), "skala": d.skala, "sejak": d.sejak, "sampai": d.sampai}
        await store.insert(conn, str(uuid7()), origin, target, values, actor.name)
        return
    if (existing_link["skala"], existing_link["sampai"]) == (d.skala, d.sampai):
        return
    only_ends = existing_link["skala"] == d.skala and existing_link["sampai"] is None
    if d.versi != existing_link["versi"] and not (only_ends and d.versi is None):
        message = f"Hubungan ini sudah ada dengan isi lain (versi {existing_link['versi']}). Ambil dahulu, lalu ulangi dengan versi itu."
        raise RevisionConflictError(message, existing_link["versi"])
    await store.update(conn, existing_link["id"], d.skala, d.sampai, actor.name)


def _is_same(h: dict[str, Any], d: LinkDraft) -> bool:
    return bool(h["jenis"] == tidy_kind(d.jenis) and h["sejak"] == d.sejak)


def _network_end(key: PublicId, w: dict[str, Any]) -> LinkEnd:
    last_day = FOREVER if w["sampai"] is None else date.fromordinal(w["sampai"].toordinal() - 1)
    return LinkEnd("WKSBM", key.kode_kab, key.id, w["nama"], w["sejak"], last_day)


def _partner_end(m: Partner) -> LinkEnd:
    return LinkEnd("MITRA", "", m.id, m.nama, date.min, FOREVER)


def _other_kind(m: Partner, name: str, kind: str, column: str) -> list[Temuan]:
    """Where that name was written down otherwise: it is that one that counts."""
    if (m.nama, m.jenis.casefold()) == (name, kind.casefold()):
        return []
    message = f'"{name}" ({kind}) sudah tercatat sebagai {m.nama} ({m.jenis}); dipakai yang itu.'
    return [Temuan("MITRA_SUDAH_ADA", WARNING, message, nilai=name, usulan=m.nama, lokasi=(Location(kolom=column),))]


def _wrong_partner_id(text: str, column: str) -> Temuan:
    message = f'"{text}" bukan id mitra; bentuknya "mitra:01939f2e-7d1c-7a3b-9c55-0f6a2b8e4d10".'
    return Temuan("ID_TIDAK_SAH", ERROR, message, nilai=text, lokasi=(Location(kolom=column),))


def _no_partner(text: str, column: str) -> Temuan:
    return Temuan("MITRA_TAK_ADA", ERROR, f"Mitra {text} tidak ada.", nilai=text, lokasi=(Location(kolom=column),))
