"""What a node's copy wrote that its province never got: rekap become drafts where the rekap lets them, everything else is named, and kept in
a file for the officer."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import orjson

from hub.base.actor import Actor, Role
from hub.base.errors import HubError, InvalidInputError
from hub.base.temuan import Refused
from hub.berita.chain_event import UP, ChainEvent, canonical
from hub.db.database import Database
from hub.katalog.cache import KatalogCache
from hub.rekap.draft import RekapDraft
from hub.rekap.service import RekapWorkflow
from hub.simpul.envelope import open_batch
from hub.simpul.receive_event import ContentError
from hub.simpul.receive_rekap import draft_of


@dataclass(frozen=True, slots=True)
class Written:
    """`rekap`: newest revisions: oleh, pada, jenis, lama (the province has a newer one), isi (as an event `rekap.ajukan` has it);
    `events`: what was told and never came there; `earlier`: revisions before the newest, as `rekap`, which are only kept."""

    kode_kab: str
    rekap: Sequence[Mapping[str, Any]]
    events: Sequence[ChainEvent]
    earlier: Sequence[Mapping[str, Any]] = ()


@dataclass(frozen=True, slots=True)
class Outcome:
    """`drafts`: public ids of rekap that have a draft now; `left`: what an officer must look at himself, in words."""

    drafts: Sequence[str]
    left: Sequence[str]


async def make_drafts(db: Database, katalog: KatalogCache, written: Written) -> Outcome:
    """Safe to repeat: the same draft is made once."""
    workflow = RekapWorkflow(db, katalog)
    drafts: list[str] = []
    left: list[str] = []
    for entry in written.rekap:
        data = entry["isi"]
        name = f"{written.kode_kab}:{data.get('formulir')}:{data.get('periode')}"
        if entry["lama"]:
            left.append(
                f"Rekap {name} revisi {data.get('revisi')} ({entry['jenis']}): di provinsi sudah ada yang lebih baru."
            )
            continue
        why = await _save(workflow, written.kode_kab, name, entry)
        if why is None:
            drafts.append(name)
        else:
            left.append(f"Rekap {name} revisi {data.get('revisi')} tidak dapat dijadikan draf: {why}")
    submitted = {(e["isi"].get("formulir"), e["isi"].get("periode")) for e in written.rekap}
    for event in written.events:
        data = orjson.loads(event.content)
        if event.kind == "rekap.ajukan" and (data.get("formulir"), data.get("periode")) in submitted:
            continue
        left.append(
            f"Peristiwa {event.number}, {event.kind} {event.subject}, {event.at:%Y-%m-%d %H:%M} UTC, oleh {event.by or '-'}."
        )
    return Outcome(drafts, left)


async def _save(workflow: RekapWorkflow, kab: str, name: str, entry: Mapping[str, Any]) -> str | None:
    """Why there is no draft of it; None: there is."""
    try:
        draft = _draft(kab, name, entry)
        result = await workflow.save_draft(Actor(Role.KABUPATEN, kab, str(entry["oleh"])), draft)
    except ContentError as error:
        return f"isinya tidak dapat dibaca ({error})."
    except HubError as error:
        return error.message
    return " ".join(t.pesan for t in result.temuan) if isinstance(result, Refused) else None


def _draft(kab: str, name: str, entry: Mapping[str, Any]) -> RekapDraft:
    """Raises ContentError."""
    data = {**entry["isi"], "kunci": f"pulih-{entry['isi'].get('kunci')}"[:100]}
    at = datetime.fromisoformat(entry["pada"])
    event = ChainEvent(kab, UP, 1, 1, "rekap.ajukan", name, canonical(data), at, str(entry["oleh"]), b"")
    return draft_of(event, data)


def read_kept(content: bytes, kode_kab: str) -> Written:
    """What `hub simpul pulihkan` kept in a file. Raises InvalidInputError."""
    try:
        data = orjson.loads(content)
        events = [e.event for e in open_batch(orjson.dumps(data["peristiwa"])).enclosed]
        if data["berkas"] != "hub-pulihan" or data["kode_kab"] != kode_kab:
            raise ValueError
        return Written(kode_kab, [{**entry, "isi": dict(entry["isi"])} for entry in data["rekap"]], events)
    except (ValueError, KeyError, TypeError):
        raise InvalidInputError(f"Berkas ini bukan hasil hub simpul pulihkan bagi {kode_kab}.") from None


def of_another_machine(batches: Sequence[bytes], kode_kab: str, known: set[str]) -> Written:
    """What a machine that was put out of service told, of a file that it packed. `known`: idempotency keys of what is here already."""
    events = list(_own(batches, kode_kab))
    newest: dict[str, dict[str, Any]] = {}
    for event in events:
        if event.kind == "rekap.ajukan":
            data = orjson.loads(event.content)
            if data.get("kunci") not in known:
                newest[event.subject] = {
                    "oleh": event.by, "pada": event.at.isoformat(), "jenis": "AJUAN", "lama": False, "isi": data,
                }  # fmt: skip
    left = [e for e in events if e.kind != "rekap.ajukan" or orjson.loads(e.content).get("kunci") not in known]
    return Written(kode_kab, list(newest.values()), left)


def _own(batches: Sequence[bytes], kode_kab: str) -> Iterator[ChainEvent]:
    for content in batches:
        for enclosed in open_batch(content).enclosed:
            if enclosed.whole and (enclosed.event.kode_kab, enclosed.event.direction) == (kode_kab, UP):
                yield enclosed.event
