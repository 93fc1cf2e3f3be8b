"""A network (WKSBM), a link, a partner as they were sent: raw, frozen, before any check."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from hub.base.temuan import Lokasi


@dataclass(frozen=True, slots=True)
class AnggotaDraft:
    """A member: a group or an institution. `jenis`: code, name or other label in the list PSKS; `sejak` None: since the
    network exists; `sampai`: first day no longer."""

    nama: str
    jenis: str
    sejak: date | None = None
    sampai: date | None = None


@dataclass(frozen=True, slots=True)
class KegiatanDraft:
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
    anggota: tuple[AnggotaDraft, ...] | None = None
    kegiatan: tuple[KegiatanDraft, ...] | None = None
    contoh: bool = False

    def lokasi(self, kolom: str, indeks: int | None = None) -> tuple[Lokasi, ...]:
        """Where a column of it was written."""
        return (Lokasi(indeks=indeks, kolom=kolom),)


@dataclass(frozen=True, slots=True)
class MitraDraft:
    """A partner outside: an institution. `id`: public id, None: whoever has that name."""

    nama: str
    jenis: str
    id: str | None = None
    versi: int | None = None


@dataclass(frozen=True, slots=True)
class HubunganDraft:
    """A link from a network to another end: `tujuan` (public id of a network, a social resource or a partner) or `mitra`.

    Asal, tujuan, jenis and sejak say which link it is. `versi`: the version an edit started from; ending needs none.
    """

    asal: str
    jenis: str
    skala: str
    sejak: date
    tujuan: str | None = None
    mitra: MitraDraft | None = None
    sampai: date | None = None
    versi: int | None = None
