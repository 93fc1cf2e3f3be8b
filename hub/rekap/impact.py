"""What a revision does to totals: the figures of its kabupaten as they would be, were it in force. Made by the rules of the approval
(hub/rekap/approval.py) and written nowhere."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from hub.angka import statements as angka_store
from hub.angka.rollup import AngkaRow
from hub.angka.statements import NewAngkaRow
from hub.base import kode as kode_wilayah
from hub.base.actor import Actor
from hub.base.kode import Level
from hub.base.off_loop import off_loop
from hub.base.periode import Periode
from hub.base.public_id import RekapKey
from hub.db.database import Conn, Database
from hub.katalog.katalog import Katalog
from hub.rekap import moves
from hub.rekap import statements as store
from hub.rekap.approval import elements_of, from_stored, made_of_parts, new_rows
from hub.rilis.shown_rows import COUNTED_BY


@dataclass(frozen=True, slots=True)
class WouldCount:
    """A revision that counts once it is approved. `angka`: what it adds up to; None: to be made of what is stored of it."""

    key: RekapKey
    revision: int
    angka: Sequence[AngkaRow] | None = None


@dataclass(frozen=True, slots=True)
class CameIntoForce:
    """A revision that was approved at that time."""

    key: RekapKey
    at: datetime


Effect = WouldCount | CameIntoForce


@dataclass(frozen=True, slots=True)
class IfApproved:
    """A kabupaten's own totals of these elements, were the revision in force, by period; what is not among them would not be there.
    `open_to_all`: elements whose figures everybody sees the moment they are approved."""

    kode_kab: str
    elemen: Sequence[str]
    open_to_all: Sequence[str]
    figures: Mapping[str, Sequence[NewAngkaRow]]


async def if_approved(db: Database, actor: Actor, katalog: Katalog, sent: WouldCount) -> IfApproved | None:
    """None where it changes nothing: a statement of a province never adds up, and what was replaced by a newer revision cannot be
    approved any more."""
    formulir = katalog.formulir.get(sent.key.formulir)
    if formulir is None or moves.is_statement(sent.key.kode_kab):
        return None
    async with db.as_actor(actor) as conn:
        angka = sent.angka if sent.angka is not None else await _stored(conn, sent, katalog)
        if angka is None:
            return None
        elemen = elements_of(formulir, angka)
        figures = {sent.key.periode: await off_loop(len(angka), _whole, angka)}
        for p in await made_of_parts(conn, sent.key):
            parts = [str(b) for b in p.parts]
            instead = {part: figures[part] for part in parts if part in figures}
            figures[str(p)] = await angka_store.folded_if(conn, sent.key, elemen, parts, instead)
    return IfApproved(sent.key.kode_kab, elemen, [e for e in elemen if _open_to_all(e, katalog)], figures)


def may_change(key: RekapKey, katalog: Katalog) -> tuple[list[str], list[str]]:
    """Elements and periods whose totals an approval may have changed."""
    formulir = None if moves.is_statement(key.kode_kab) else katalog.formulir.get(key.formulir)
    periode = Periode.read(key.periode)
    return elements_of(formulir, ()) if formulir else [], [str(p) for p in (periode, *periode.ancestors)]


async def _stored(conn: Conn, sent: WouldCount, katalog: Katalog) -> Sequence[AngkaRow] | None:
    head = await store.head(conn, sent.key)
    if head is None or head.revisi != sent.revision:
        return None
    angka, _ = await from_stored(
        conn, sent.key, sent.revision, await store.values(conn, sent.key, sent.revision), katalog
    )
    return angka


def _whole(angka: Iterable[AngkaRow]) -> list[NewAngkaRow]:
    """Of each element its figure of the whole kabupaten, and one that has a number, if any has: which part of a longer period counts
    hangs on that."""
    with_number: dict[str, AngkaRow] = {}
    whole: dict[str, AngkaRow] = {}
    for a in angka:
        if not a.rincian and kode_wilayah.level_of(a.wilayah) is Level.KABUPATEN:
            whole[a.elemen.kode] = a
        elif a.angka.nilai is not None:
            with_number.setdefault(a.elemen.kode, a)
    beside = [a for e, a in with_number.items() if e not in whole or whole[e].angka.nilai is None]
    return new_rows([*whole.values(), *beside])


def _open_to_all(elemen: str, katalog: Katalog) -> bool:
    """Whether its total is never held back: nobody is counted by it, nor told by it."""
    known = katalog.elemen.get(elemen)
    return known is not None and known.sensitif == 0 and elemen not in COUNTED_BY
