"""Linking networks (WKSBM) to each other, to social resources and to partners outside. One call, one transaction; every
finding at once.

A link is written by the office of the network it starts from, its province or an admin. It ends by its date. A partner has
no place: whoever links to it first writes it down, and that office (or who is above it) may set its name right.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from hub.base.actor import Actor
from hub.base.errors import BentrokRevisiError, MasukanTidakSahError, TidakBerwenangError
from hub.base.id_publik import IdPublik, baca_id
from hub.base.temuan import GALAT, PERINGATAN, Ditolak, Lokasi, Temuan, ada_galat
from hub.base.uuid7 import uuid7
from hub.db.database import Conn, Database
from hub.wksbm import hubungan_statements as store
from hub.wksbm import statements as wksbm_statements
from hub.wksbm.checks import (
    SELAMANYA,
    jenis_rapi,
    periksa_hubungan,
    periksa_mitra,
    periksa_tumpang,
    periksa_ujung,
)
from hub.wksbm.draft import HubunganDraft, MitraDraft
from hub.wksbm.hubungan_statements import Mitra, Ujung
from hub.wksbm.service import Tersimpan, boleh_di, hanya_petugas, tak_ada

MITRA = "mitra"  # before the id of a partner, where other ids have their kabupaten


@dataclass(frozen=True, slots=True)
class MitraTersimpan:
    """`versi`: the version that now stands."""

    id: str
    versi: int
    temuan: tuple[Temuan, ...]


class HubunganService:
    """Raises TidakBerwenangError and BentrokRevisiError; everything else that is wrong is in Ditolak."""

    def __init__(self, db: Database, pada_tulis: Callable[[], None] = lambda: None) -> None:
        """`pada_tulis`: called when links have changed."""
        self._db = db
        self._pada_tulis = pada_tulis

    async def link(self, actor: Actor, d: HubunganDraft) -> Tersimpan | Ditolak:
        """Add a link, or end or change the one between these two of that kind that began on that day. What is there
        already is left alone: a call may be repeated."""
        hanya_petugas(actor)
        try:
            asal = baca_id(d.asal, "WKSBM")
        except MasukanTidakSahError as salah:
            return Ditolak((Temuan("ID_TIDAK_SAH", GALAT, salah.pesan, nilai=d.asal, lokasi=(Lokasi(kolom="asal"),)),))
        boleh_di(actor, asal.kode_kab)
        temuan = periksa_hubungan(d)
        async with self._db.as_actor(actor) as conn:
            # who writes the links of one network does so one after the other
            ada = await wksbm_statements.row(conn, asal, lock=True)
            if ada is None:
                temuan.append(tak_ada(d.asal, "asal"))
            tujuan, tentang = await _tujuan(conn, d)
            temuan += tentang
            if ada is None or tujuan is None:
                return Ditolak(tuple(temuan))
            temuan += periksa_ujung(d, _ujung(asal, ada), tujuan)
            lain = await store.same_pair(conn, asal.id, tujuan)
            ini = next((h for h in lain if not h["balik"] and _sama(h, d)), None)
            temuan += periksa_tumpang(d, [h for h in lain if h is not ini])
            if ada_galat(temuan):
                return Ditolak(tuple(temuan))
            await _tulis(conn, actor, asal, tujuan, d, ini)
        self._pada_tulis()
        return Tersimpan(asal, ada["versi"], tuple(temuan))

    async def save_partner(self, actor: Actor, d: MitraDraft) -> MitraTersimpan | Ditolak:
        """Write a partner down, or set the name or kind of one right."""
        hanya_petugas(actor)
        temuan = periksa_mitra(d.nama, d.jenis)
        id_ = None if d.id is None else baca_mitra(d.id)
        if d.id is not None and id_ is None:
            temuan.append(_id_mitra_salah(d.id, "id"))
        if ada_galat(temuan):
            return Ditolak(tuple(temuan))
        nama, jenis = " ".join(d.nama.split()), jenis_rapi(d.jenis)
        async with self._db.as_actor(actor) as conn:
            if id_ is None:
                m = await store.partner_named(conn, str(uuid7()), nama, jenis, actor.wilayah, actor.nama)
                return MitraTersimpan(m.id, m.versi, tuple(_lain_jenis(m, nama, jenis, "nama")))
            lihat = await store.partner(conn, id_)
            if lihat is None:
                return Ditolak((_mitra_tak_ada(d.id or "", "id"),))
            kini = await store.partner(conn, id_, lock=True)
            if kini is None:
                siapa = lihat.pencatat or "pengelola hub"
                raise TidakBerwenangError(
                    f"Mitra {lihat.nama} dicatat oleh kantor {siapa}; yang mengubahnya kantor itu atau yang di atasnya."
                )
            if (kini.nama, kini.jenis) == (nama, jenis):
                return MitraTersimpan(id_, kini.versi, ())
            if d.versi != kini.versi:
                pesan = f"Mitra {kini.nama} sudah berubah: versinya {kini.versi}. Ambil dahulu, lalu ulangi."
                raise BentrokRevisiError(pesan, kini.versi)
            versi = await store.rename_partner(conn, id_, nama, jenis, actor.nama)
        if versi is None:
            pesan = f'Sudah ada mitra lain bernama "{nama}"; hubungkan ke yang itu.'
            return Ditolak((Temuan("MITRA_SUDAH_ADA", GALAT, pesan, nilai=nama, lokasi=(Lokasi(kolom="nama"),)),))
        return MitraTersimpan(id_, versi, ())


def baca_mitra(teks: str) -> str | None:
    """The UUID in a partner's public id, "mitra:0192f3a0-…"; None where it is no such id."""
    awal, _, nomor = teks.partition(":")
    try:
        return str(UUID(nomor)) if awal == MITRA else None
    except ValueError:
        return None


async def _tujuan(conn: Conn, d: HubunganDraft) -> tuple[Ujung | None, list[Temuan]]:
    """The other end. A partner named for the first time has an id already, and is written down with the link."""
    if d.mitra is not None:
        if d.tujuan is not None:
            return None, []  # said already
        nama, jenis = " ".join(d.mitra.nama.split()), jenis_rapi(d.mitra.jenis)
        m = await store.find_partner(conn, nama)
        if m is None:
            return Ujung("MITRA", "", str(uuid7()), nama, date.min, SELAMANYA), []
        return _mitra(m), _lain_jenis(m, nama, jenis, "mitra.nama")
    if d.tujuan is None:
        return None, []
    if d.tujuan.startswith(f"{MITRA}:"):
        id_ = baca_mitra(d.tujuan)
        if id_ is None:
            return None, [_id_mitra_salah(d.tujuan, "tujuan")]
        ada = await store.partner(conn, id_)
        return (None, [_mitra_tak_ada(d.tujuan, "tujuan")]) if ada is None else (_mitra(ada), [])
    lokasi = (Lokasi(kolom="tujuan"),)
    try:
        kunci = baca_id(d.tujuan, "WKSBM atau sumber daya")
    except MasukanTidakSahError as salah:
        return None, [Temuan("ID_TIDAK_SAH", GALAT, salah.pesan, nilai=d.tujuan, lokasi=lokasi)]
    ujung = await store.place(conn, kunci)
    if ujung is None:
        pesan = f"Tidak ada WKSBM atau sumber daya sosial dengan id {d.tujuan}."
        return None, [Temuan("TUJUAN_TAK_ADA", GALAT, pesan, nilai=d.tujuan, lokasi=lokasi)]
    return ujung, []


async def _tulis(
    conn: Conn, actor: Actor, asal: IdPublik, tujuan: Ujung, d: HubunganDraft, ini: dict[str, Any] | None
) -> None:
    """Raises BentrokRevisiError when an existing link would be changed without knowing its version."""
    if ini is None:
        if d.mitra is not None:
            m = await store.partner_named(
                conn, tujuan.id, tujuan.nama, jenis_rapi(d.mitra.jenis), actor.wilayah, actor.nama
            )
            tujuan = _mitra(m)  # somebody else may have been a moment earlier
        isi = {"jenis": jenis_rapi(d.jenis), "skala": d.skala, "sejak": d.sejak, "sampai": d.sampai}
        await store.insert(conn, str(uuid7()), asal, tujuan, isi, actor.nama)
        return
    if (ini["skala"], ini["sampai"]) == (d.skala, d.sampai):
        return
    mengakhiri = ini["skala"] == d.skala and ini["sampai"] is None
    if d.versi != ini["versi"] and not (mengakhiri and d.versi is None):
        pesan = f"Hubungan ini sudah ada dengan isi lain (versi {ini['versi']}). Ambil dahulu, lalu ulangi dengan versi itu."
        raise BentrokRevisiError(pesan, ini["versi"])
    await store.update(conn, ini["id"], d.skala, d.sampai, actor.nama)


def _sama(h: dict[str, Any], d: HubunganDraft) -> bool:
    return bool(h["jenis"] == jenis_rapi(d.jenis) and h["sejak"] == d.sejak)


def _ujung(kunci: IdPublik, w: dict[str, Any]) -> Ujung:
    akhir = SELAMANYA if w["sampai"] is None else date.fromordinal(w["sampai"].toordinal() - 1)
    return Ujung("WKSBM", kunci.kode_kab, kunci.id, w["nama"], w["sejak"], akhir)


def _mitra(m: Mitra) -> Ujung:
    return Ujung("MITRA", "", m.id, m.nama, date.min, SELAMANYA)


def _lain_jenis(m: Mitra, nama: str, jenis: str, kolom: str) -> list[Temuan]:
    """Where that name was written down otherwise: it is that one that counts."""
    if (m.nama, m.jenis.casefold()) == (nama, jenis.casefold()):
        return []
    pesan = f'"{nama}" ({jenis}) sudah tercatat sebagai {m.nama} ({m.jenis}); dipakai yang itu.'
    return [Temuan("MITRA_SUDAH_ADA", PERINGATAN, pesan, nilai=nama, usulan=m.nama, lokasi=(Lokasi(kolom=kolom),))]


def _id_mitra_salah(teks: str, kolom: str) -> Temuan:
    pesan = f'"{teks}" bukan id mitra; bentuknya "mitra:01939f2e-7d1c-7a3b-9c55-0f6a2b8e4d10".'
    return Temuan("ID_TIDAK_SAH", GALAT, pesan, nilai=teks, lokasi=(Lokasi(kolom=kolom),))


def _mitra_tak_ada(teks: str, kolom: str) -> Temuan:
    return Temuan("MITRA_TAK_ADA", GALAT, f"Mitra {teks} tidak ada.", nilai=teks, lokasi=(Lokasi(kolom=kolom),))
