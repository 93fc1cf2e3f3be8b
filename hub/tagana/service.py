"""The Tagana register: kept by name by a kabupaten, verified in steps (didata → kabupaten → provinsi), read by its province
only under a grant and never without a note in the kabupaten's log. One call, one transaction."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from hub.akses import izin
from hub.base import kode as kode_wilayah
from hub.base.actor import Actor, Peran
from hub.base.errors import BentrokRevisiError, TidakBerwenangError
from hub.base.temuan import GALAT, PERINGATAN, Ditolak, Temuan, ada_galat
from hub.base.uuid7 import uuid7
from hub.db.database import Conn, Database
from hub.tagana import statements as store
from hub.tagana.checks import periksa_alasan, periksa_tagana
from hub.tagana.draft import TaganaDraft, baca_id, id_umum
from hub.tagana.statements import BarisTagana

_IZIN_TERLAMA = timedelta(days=366)
NAMA_TERBANYAK = 500  # names in one reading
# whoever this changes is another person to whoever verified him
_JATI_DIRI = ("nama", "tanggal_lahir", "jenis_kelamin", "kode_desa", "nia", "didata")


@dataclass(frozen=True, slots=True)
class Tersimpan:
    """A member as it stands after the call."""

    kode_kab: str
    id: UUID
    versi: int
    tahap: str
    temuan: tuple[Temuan, ...] = ()


@dataclass(frozen=True, slots=True)
class IzinTercatat:
    """A grant given or withdrawn. `ulangan`: it had ended already."""

    kode_kab: str
    id: UUID
    ulangan: bool = False


@dataclass(frozen=True, slots=True)
class NamaTerbaca:
    """Names read under a grant. `catatan`: the row of the log; `lanjut`: where the next page begins, None at the end."""

    kode_kab: str
    catatan: UUID
    anggota: Sequence[BarisTagana]
    lanjut: UUID | None


class TaganaRegister:
    """Raises TidakBerwenangError and BentrokRevisiError."""

    def __init__(self, db: Database) -> None:
        self._db = db

    # ---------- the register ----------

    async def save(self, actor: Actor, d: TaganaDraft) -> Tersimpan | Ditolak:
        """Add a member or change one. What makes him another person voids his verification, and says so."""
        izin.require(actor, izin.WRITE_TAGANA, d.kode_kab)
        kunci = baca_id(d.id) if d.id is not None else (d.kode_kab, uuid7())
        if kunci is None or kunci[0] != actor.wilayah:
            return Ditolak((_id_salah(d.id or ""),))
        async with self._db.as_actor(actor) as conn:
            ada = kode_wilayah.sah(d.kode_desa) and await store.desa_in_force(
                conn, d.kode_desa, [d.didata, self._db.today()]
            )
            temuan = periksa_tagana(d, self._db.today(), desa_ada=ada)
            lama = await store.member(conn, *kunci) if d.id is not None else None
            if d.id is not None and lama is None:
                temuan.append(_tak_ada(d.id))
            if ada_galat(temuan):
                return Ditolak(tuple(temuan))
            isi, gugur = _isi(d), False
            if lama is not None:
                _periksa_versi(lama, d.versi)
                gugur = lama.tahap != "DIDATA" and any(isi[k] != getattr(lama, k) for k in _JATI_DIRI)
            if gugur:
                kosong = (
                    "verifikasi_kabupaten",
                    "verifikasi_kabupaten_oleh",
                    "verifikasi_provinsi",
                    "verifikasi_provinsi_oleh",
                )
                isi |= dict.fromkeys(kosong)
                pesan = "Jati diri berubah sesudah diverifikasi; verifikasinya gugur dan perlu diulang."
                temuan.append(Temuan("VERIFIKASI_GUGUR", PERINGATAN, pesan, wilayah=d.kode_desa))
            tulis = store.insert if lama is None else store.update
            if not await tulis(conn, *kunci, isi, actor.nama):
                return Ditolak((await self._ganda(conn, d), *temuan))
            await self._tulis_kegiatan(conn, kunci, d)
            tahap = "DIDATA" if lama is None or gugur else lama.tahap
            return Tersimpan(*kunci, (lama.versi if lama else 0) + 1, tahap, tuple(temuan))

    async def _tulis_kegiatan(self, conn: Conn, kunci: tuple[str, UUID], d: TaganaDraft) -> None:
        if d.pelatihan is not None:
            isi = [(p.nama.strip(), p.tanggal, _rapi(p.penyelenggara)) for p in d.pelatihan]
            await store.replace_training(conn, *kunci, isi)
        if d.penugasan is not None:
            tugas = [(t.kejadian.strip(), t.fase, t.sejak, t.sampai, _rapi(t.peran)) for t in d.penugasan]
            await store.replace_deployments(conn, *kunci, tugas)

    async def _ganda(self, conn: Conn, d: TaganaDraft) -> Temuan:
        siapa = await store.same_person(conn, d.kode_kab, _rapi(d.nia), d.kode_desa, d.nama.strip(), d.tanggal_lahir)
        usulan = id_umum(d.kode_kab, siapa) if siapa else None
        pesan = "Orang ini sudah ada dalam register (nomor induk sama, atau nama, tanggal lahir dan desanya sama)."
        return Temuan("ANGGOTA_GANDA", GALAT, pesan, wilayah=d.kode_desa, usulan=usulan)

    async def verify(self, actor: Actor, id_: str, versi: int) -> Tersimpan | Ditolak:
        """The next step: the kabupaten verifies whom it registered, its province whom the kabupaten verified. The province
        looks at a name to do so, hence under a grant, and noted."""
        izin.require(actor, izin.VERIFY_TAGANA)
        kunci = baca_id(id_)
        if kunci is None:
            return Ditolak((_id_salah(id_),))
        provinsi = actor.peran is Peran.PROVINSI
        izin.require(actor, izin.VERIFY_TAGANA, kunci[0])
        async with self._db.as_actor(actor) as conn:
            if provinsi:
                catatan = await self._catat(conn, actor, kunci[0], "VERIFIKASI", "Verifikasi provinsi")
                await store.note_names(conn, kunci[0], catatan, [kunci[1]])
            lama = await store.member(conn, *kunci)
            if lama is None:
                return Ditolak((_tak_ada(id_),))
            _periksa_versi(lama, versi)
            tolak = _periksa_tahap(lama, self._db.today(), provinsi=provinsi)
            if tolak is not None:
                return Ditolak((tolak,))
            sisi = "provinsi" if provinsi else "kabupaten"
            isi = {f"verifikasi_{sisi}": self._db.today(), f"verifikasi_{sisi}_oleh": actor.nama}
            await store.update(conn, *kunci, isi, actor.nama)
            return Tersimpan(*kunci, lama.versi + 1, f"VERIFIKASI_{sisi.upper()}")

    # ---------- grants ----------

    async def grant(
        self, actor: Actor, kabupaten: str, sampai: date, alasan: str, sejak: date | None
    ) -> IzinTercatat | Ditolak:
        """Let the province read the names from `sejak` (null: now) until the beginning of the day `sampai`."""
        izin.require(actor, izin.GRANT_NAMES, kabupaten)
        hari_ini = self._db.today()
        temuan = periksa_alasan("alasan", alasan)
        awal = sejak or hari_ini
        if awal < hari_ini:
            pesan = f"Izin tidak dapat berlaku surut ({awal}); paling awal hari ini."
            temuan.append(Temuan("IZIN_SURUT", GALAT, pesan, wilayah=kabupaten, nilai=str(awal)))
        if sampai <= awal:
            pesan = f"Izin berakhir {sampai}, sebelum sempat berlaku; isi hari pertama yang tidak lagi berlaku."
            temuan.append(Temuan("TANGGAL_TERBALIK", GALAT, pesan, wilayah=kabupaten, nilai=str(sampai)))
        elif sampai - awal > _IZIN_TERLAMA:
            pesan = f"Izin paling lama {_IZIN_TERLAMA.days} hari; beri lagi bila masih perlu."
            temuan.append(Temuan("IZIN_TERLALU_LAMA", GALAT, pesan, wilayah=kabupaten, nilai=str(sampai)))
        if temuan:
            return Ditolak(tuple(temuan))
        id_ = uuid7()
        mulai = self._awal_hari(awal) if awal > hari_ini else None
        async with self._db.as_actor(actor) as conn:
            await store.give_grant(conn, kabupaten, id_, mulai, self._awal_hari(sampai), alasan.strip(), actor.nama)
        return IzinTercatat(kabupaten, id_)

    async def withdraw(self, actor: Actor, id_: str) -> IzinTercatat | Ditolak:
        """End a grant now. A reading under way is finished and noted first; none begins afterwards."""
        izin.require(actor, izin.WITHDRAW_GRANT)
        kunci = baca_id(id_)
        if kunci is None:
            return Ditolak((_id_salah(id_),))
        izin.require(actor, izin.WITHDRAW_GRANT, kunci[0])
        async with self._db.as_actor(actor) as conn:
            hasil = await store.withdraw_grant(conn, *kunci, actor.nama)
        if hasil is None:
            pesan = f"Izin {id_} tidak ada."
            return Ditolak((Temuan("IZIN_TAK_ADA", GALAT, pesan, wilayah=kunci[0], nilai=id_),))
        return IzinTercatat(*kunci, ulangan=not hasil)

    # ---------- readings by the province ----------

    async def read_names(
        self, actor: Actor, kabupaten: str, tujuan: str, banyak: int, sesudah: str | None
    ) -> NamaTerbaca | Ditolak:
        """Names of that kabupaten's members. The kabupaten's log gets who read whose names, when, and what for."""
        izin.require(actor, izin.READ_NAMES, kabupaten)
        temuan = periksa_alasan("tujuan", tujuan)
        mulai = baca_id(sesudah) if sesudah is not None else None
        if sesudah is not None and (mulai is None or mulai[0] != kabupaten):
            temuan.append(_id_salah(sesudah))
        if not 1 <= banyak <= NAMA_TERBANYAK:
            pesan = f"first 1 sampai {NAMA_TERBANYAK}; ambil sisanya dengan after."
            temuan.append(Temuan("HALAMAN_DI_LUAR", GALAT, pesan, nilai=str(banyak)))
        if temuan:
            return Ditolak(tuple(temuan))
        async with self._db.as_actor(actor) as conn:
            catatan = await self._catat(conn, actor, kabupaten, "BACA", tujuan.strip())
            baris = await store.names(conn, kabupaten, mulai[1] if mulai else None, banyak + 1)
            terbaca = baris[:banyak]
            await store.note_names(conn, kabupaten, catatan, [b.id for b in terbaca])
        return NamaTerbaca(kabupaten, catatan, terbaca, terbaca[-1].id if len(baris) > banyak else None)

    async def _catat(self, conn: Conn, actor: Actor, kab: str, aksi: str, tujuan: str) -> UUID:
        grant = await store.use_grant(conn, kab, actor.wilayah)
        if grant is None:
            raise TidakBerwenangError(
                f"Kabupaten/kota {kab} belum memberi izin membaca nama, atau izinnya sudah berakhir; mintalah kepada dinasnya "
                "(izinkanNama)."
            )
        catatan = uuid7()
        await store.note_reading(
            conn, kab, catatan, kode_prov=actor.wilayah, oleh=actor.nama, izin=grant, aksi=aksi, tujuan=tujuan
        )
        return catatan

    # ---------- days of the office's zone ----------

    def _awal_hari(self, hari: date) -> datetime:
        return datetime.combine(hari, time(), self._db.zona)


def _periksa_versi(lama: BarisTagana, versi: int | None) -> None:
    if versi != lama.versi:
        pesan = f"Data anggota ini sudah berubah sejak Anda membukanya: versi terbarunya {lama.versi}. Ambil dahulu, lalu ulangi."
        raise BentrokRevisiError(pesan, lama.versi)


def _periksa_tahap(lama: BarisTagana, hari_ini: date, *, provinsi: bool) -> Temuan | None:
    perlu = "VERIFIKASI_KABUPATEN" if provinsi else "DIDATA"
    if lama.sampai is not None and lama.sampai <= hari_ini:
        return Temuan("TIDAK_AKTIF", GALAT, f"Tidak lagi anggota sejak {lama.sampai}.", wilayah=lama.kode_desa)
    if lama.tahap != perlu:
        pesan = f"Tahapnya {lama.tahap}; tahap ini memverifikasi yang {perlu}."
        return Temuan("TAHAP_TAGANA", GALAT, pesan, wilayah=lama.kode_desa, nilai=lama.tahap)
    return None


def _isi(d: TaganaDraft) -> dict[str, Any]:
    return {
        "nama": d.nama.strip(), "tanggal_lahir": d.tanggal_lahir, "jenis_kelamin": d.jenis_kelamin,
        "kode_desa": d.kode_desa, "alamat": _rapi(d.alamat), "nia": _rapi(d.nia), "didata": d.didata,
        "sertifikat": _rapi(d.sertifikat), "sampai": d.sampai,
        "keahlian": list(dict.fromkeys(k.strip() for k in d.keahlian)), "berpengetahuan": d.berpengetahuan,
        "bersedia_dilatih": d.bersedia_dilatih, "beriman": d.beriman, "setia_pancasila": d.setia_pancasila,
    }  # fmt: skip


def _rapi(teks: str | None) -> str | None:
    return (teks or "").strip() or None


def _id_salah(id_: str) -> Temuan:
    pesan = 'Id ini tidak dikenal di sini; bentuknya "53.14:" diikuti UUID, dari kabupaten/kota yang sama.'
    return Temuan("ID_TIDAK_SAH", GALAT, pesan, nilai=id_[:100])


def _tak_ada(id_: str) -> Temuan:
    return Temuan("TAGANA_TAK_ADA", GALAT, f"Anggota {id_} tidak ada dalam register.", nilai=id_)
