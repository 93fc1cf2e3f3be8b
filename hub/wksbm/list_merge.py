"""The draft that a network of a list becomes: alone, or laid over the network of the register that it is. Pure.

What a list does not say stays as it was; members and activities that were told once are not forgotten.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any

from hub.base.public_id import PublicId
from hub.base.region_names import name_key
from hub.base.temuan import ERROR
from hub.katalog.katalog import CodeListEntry
from hub.wksbm.checks import find_entry
from hub.wksbm.draft import ActivityDraft, MemberDraft, WksbmDraft
from hub.wksbm.list_network import At, ListNetwork
from hub.wksbm.statements import Activity, Member


@dataclass(frozen=True, slots=True)
class Registered:
    """A network of the register. `values`: its columns, phase and point; `desa`: the code of its desa that is in force."""

    key: PublicId
    values: dict[str, Any]
    desa: str
    members: tuple[Member, ...] = ()
    activities: tuple[Activity, ...] = ()


@dataclass(frozen=True, slots=True)
class Lists:
    """`sejak`: the first day of networks for which the list has none; `file_name`: its name."""

    psks: tuple[CodeListEntry, ...]
    kinds: tuple[CodeListEntry, ...]
    sejak: date | None
    file_name: str


@dataclass(frozen=True, slots=True)
class MergedDraft:
    """`members`, `activities`: beside each of the draft's the place in the list, None where it was in the register."""

    draft: WksbmDraft
    members: list[At[MemberDraft] | None]
    activities: list[At[ActivityDraft] | None]


def draft_of(n: ListNetwork, kode_desa: str, old: Registered | None, lists: Lists) -> MergedDraft | None:
    """None, with a finding, where a new network does not say since when it exists."""
    before: dict[str, Any] = old.values if old else {}
    since = n.day("sejak") or before.get("sejak") or lists.sejak
    if since is None:
        message = "Sejak kapan jejaring baru ini ada tidak ditulis; isi kolom Tahun Berdiri, atau sebutkan bagi seluruh daftar (--sejak)."
        n.b.add_finding("SEJAK_KOSONG", ERROR, message, "sejak" if "sejak" in n.b.labels else "Tahun Berdiri")
        return None
    members, at_members = _members(n, old, since, lists)
    activities, at_activities = _activities(n, old, lists)
    name = n.text("nama") or before.get("nama", "")
    if old is not None and name_key(name) == name_key(before["nama"]):
        name = before["nama"]
    point = n.titik or ((before["lon"], before["lat"]) if before.get("lon") is not None else None)
    same_desa = old is not None and old.desa == kode_desa
    draft = WksbmDraft(
        name, before["kode_desa"] if same_desa else kode_desa, since, id=str(old.key) if old else None, versi=before.get("versi"),
        sampai=n.day("sampai") or before.get("sampai"), titik=None if point is None else {"type": "Point", "coordinates": list(point)},
        balai=n.text("balai") or before.get("balai"), dokumen=n.text("dokumen") or before.get("dokumen"),
        keterangan=n.text("keterangan") or before.get("keterangan"),
        sumber=n.text("sumber") or (before.get("sumber") if old else lists.file_name),
        tahap=n.text("tahap"), tahap_sejak=n.day("tahap_sejak"), anggota=members, kegiatan=activities,
    )  # fmt: skip
    return MergedDraft(draft, at_members, at_activities)


def _members(
    n: ListNetwork, old: Registered | None, since: date, lists: Lists
) -> tuple[tuple[MemberDraft, ...] | None, list[At[MemberDraft] | None]]:
    if not n.members:
        return None, []
    drafts = [MemberDraft(m[0], m[2], m[1], m[3]) for m in (old.members if old else ())]
    places: list[At[MemberDraft] | None] = [None] * len(drafts)
    for at in n.members:
        m = at.part
        known = next((i for i, d in enumerate(drafts) if places[i] is None and _is_same(d, m)), None)
        if known is None:
            drafts.append(MemberDraft(m.nama, m.jenis, m.sejak or since, m.sampai))
            places.append(at)
            continue
        d = drafts[known]
        entry = find_entry(lists.psks, m.jenis)
        drafts[known] = MemberDraft(d.nama, entry.kode if entry else m.jenis, d.sejak, m.sampai or d.sampai)
        places[known] = at
    return tuple(drafts), places


def _is_same(known: MemberDraft, m: MemberDraft) -> bool:
    if name_key(known.nama) != name_key(m.nama):
        return False
    return known.sejak == m.sejak if m.sejak is not None else known.sampai is None


def _activities(
    n: ListNetwork, old: Registered | None, lists: Lists
) -> tuple[tuple[ActivityDraft, ...] | None, list[At[ActivityDraft] | None]]:
    if not n.activities:
        return None, []
    known = list(old.activities) if old else []
    drafts = [ActivityDraft(day, kind, told) for day, kind, told in known]
    places: list[At[ActivityDraft] | None] = [None] * len(drafts)
    for at in n.activities:
        a = at.part
        entry = find_entry(lists.kinds, a.kegiatan)
        kind = entry.kode if entry else a.kegiatan
        # what the list does not describe is the one of that day, whatever was written of it
        if not any(
            day == a.tanggal and code == kind and (a.uraian is None or name_key(told) == name_key(a.uraian))
            for day, code, told in known
        ):
            drafts.append(a)
            places.append(at)
    return tuple(drafts), places
