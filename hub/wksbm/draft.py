"""A network (WKSBM), a link, a partner as they were sent: raw, frozen, before any check."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from hub.base.temuan import Location


@dataclass(frozen=True, slots=True)
class MemberDraft:
    """A member: a group or an institution. `jenis`: code, name or other label in the list PSKS; `sejak` None: since the
    network exists; `sampai`: first day no longer."""

    nama: str
    jenis: str
    sejak: date | None = None
    sampai: date | None = None


@dataclass(frozen=True, slots=True)
class ActivityDraft:
    """Something done. `kegiatan`: code or name in the list KEGIATAN_WKSBM."""

    tanggal: date
    kegiatan: str
    uraian: str | None = None


@dataclass(frozen=True, slots=True)
class WksbmDraft:
    """The whole of a network: what is not given is unknown, except members and activities: None leaves them as they are.

    `id`: public id, None for a new one; `versi`: the version this edit started from. `titik`: a GeoJSON object as sent.
    `tahap`, `tahap_sejak`: the phase a new one is in already, and since when.
    """

    nama: str
    desa: str
    sejak: date
    id: str | None = None
    versi: int | None = None
    sampai: date | None = None
    titik: Mapping[str, object] | None = None
    balai: str | None = None
    dokumen: str | None = None
    keterangan: str | None = None
    sumber: str | None = None
    tahap: str | None = None
    tahap_sejak: date | None = None
    anggota: tuple[MemberDraft, ...] | None = None
    kegiatan: tuple[ActivityDraft, ...] | None = None
    contoh: bool = False

    def location(self, column: str, index: int | None = None) -> tuple[Location, ...]:
        """Where a column of it was written."""
        return (Location(indeks=index, kolom=column),)


@dataclass(frozen=True, slots=True)
class PartnerDraft:
    """A partner outside: an institution. `id`: public id, None: whoever has that name."""

    nama: str
    jenis: str
    id: str | None = None
    versi: int | None = None


@dataclass(frozen=True, slots=True)
class LinkDraft:
    """A link from a network to another end: `tujuan` (public id of a network, a social resource or a partner) or `mitra`.

    Asal, tujuan, jenis and sejak say which link it is. `versi`: the version an edit started from; ending needs none.
    """

    asal: str
    jenis: str
    skala: str
    sejak: date
    tujuan: str | None = None
    mitra: PartnerDraft | None = None
    sampai: date | None = None
    versi: int | None = None
