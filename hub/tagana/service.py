"""The Tagana register: kept by name by a kabupaten, verified in steps (didata → kabupaten → provinsi), read by its province
only under a grant and never without a note in the kabupaten's log. One call, one transaction."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from hub.akses import izin
from hub.base import kode as kode_wilayah
from hub.base.actor import Actor, Role
from hub.base.errors import NotAuthorisedError, RevisionConflictError
from hub.base.temuan import ERROR, WARNING, Refused, Temuan, has_error
from hub.base.uuid7 import uuid7
from hub.db.database import Conn, Database
from hub.tagana import statements as store
from hub.tagana.checks import check_reason, check_tagana
from hub.tagana.draft import TaganaDraft, public_id, read_id
from hub.tagana.statements import Grant, Reading, TaganaRow

_LONGEST_IZIN = timedelta(days=366)
MOST_NAMES = 500  # names in one reading
# whoever this changes is another person to whoever verified him
_IDENTITY = ("nama", "tanggal_lahir", "jenis_kelamin", "kode_desa", "nia", "didata")


@dataclass(frozen=True, slots=True)
class Saved:
    """A member as it stands after the call."""

    kode_kab: str
    id: UUID
    versi: int
    tahap: str
    temuan: tuple[Temuan, ...] = ()


@dataclass(frozen=True, slots=True)
class IzinRecorded:
    """A grant given or withdrawn. `ulangan`: it had ended already."""

    kode_kab: str
    id: UUID
    ulangan: bool = False


@dataclass(frozen=True, slots=True)
class NamesRead:
    """Names read under a grant. `catatan`: the row of the log; `lanjut`: where the next page begins, None at the end."""

    kode_kab: str
    catatan: UUID
    anggota: Sequence[TaganaRow]
    lanjut: UUID | None


class TaganaRegister:
    """Raises NotAuthorisedError and RevisionConflictError."""

    def __init__(self, db: Database) -> None:
        self._db = db

    # ---------- the register ----------

    async def save(self, actor: Actor, d: TaganaDraft) -> Saved | Refused:
        """Add a member or change one. What makes him another person voids his verification, and says so."""
        izin.require(actor, izin.WRITE_TAGANA, d.kode_kab)
        async with self._db.as_actor(actor) as conn:
            return await self.save_in(conn, actor, d)

    async def save_in(self, conn: Conn, actor: Actor, d: TaganaDraft) -> Saved | Refused:
        """The same in a transaction that is under way, by a caller who may write that register."""
        key = read_id(d.id) if d.id is not None else (d.kode_kab, uuid7())
        if key is None or key[0] != actor.wilayah:
            return Refused((_wrong_id(d.id or ""),))
        desa_exists = kode_wilayah.is_valid(d.kode_desa) and await store.desa_in_force(
            conn, d.kode_desa, [d.didata, self._db.today()]
        )
        temuan = check_tagana(d, self._db.today(), desa_exists=desa_exists)
        old = await store.member(conn, *key) if d.id is not None else None
        if d.id is not None and old is None:
            temuan.append(_missing_member(d.id))
        if has_error(temuan):
            return Refused(tuple(temuan))
        values, voided = member_values(d), False
        if old is not None:
            _check_version(old, d.versi)
            voided = old.tahap != "DIDATA" and any(values[k] != getattr(old, k) for k in _IDENTITY)
        if voided:
            emptied = (
                "verifikasi_kabupaten",
                "verifikasi_kabupaten_oleh",
                "verifikasi_provinsi",
                "verifikasi_provinsi_oleh",
            )
            values |= dict.fromkeys(emptied)
            message = "Jati diri berubah sesudah diverifikasi; verifikasinya gugur dan perlu diulang."
            temuan.append(Temuan("VERIFIKASI_GUGUR", WARNING, message, wilayah=d.kode_desa))
        write = store.insert if old is None else store.update
        if not await write(conn, *key, values, actor.name):
            return Refused((await self._duplicate(conn, d), *temuan))
        await self._write_activities(conn, key, d)
        stage = "DIDATA" if old is None or voided else old.tahap
        return Saved(*key, (old.versi if old else 0) + 1, stage, tuple(temuan))

    async def _write_activities(self, conn: Conn, key: tuple[str, UUID], d: TaganaDraft) -> None:
        if d.pelatihan is not None:
            trainings = [(p.nama.strip(), p.tanggal, _tidied(p.penyelenggara)) for p in d.pelatihan]
            await store.replace_training(conn, *key, trainings)
        if d.penugasan is not None:
            deployments = [(t.kejadian.strip(), t.fase, t.sejak, t.sampai, _tidied(t.peran)) for t in d.penugasan]
            await store.replace_deployments(conn, *key, deployments)

    async def _duplicate(self, conn: Conn, d: TaganaDraft) -> Temuan:
        existing_id = await store.same_person(
            conn, d.kode_kab, _tidied(d.nia), d.kode_desa, d.nama.strip(), d.tanggal_lahir
        )
        suggestion = public_id(d.kode_kab, existing_id) if existing_id else None
        message = "Orang ini sudah ada dalam register (nomor induk sama, atau nama, tanggal lahir dan desanya sama)."
        return Temuan("ANGGOTA_GANDA", ERROR, message, wilayah=d.kode_desa, usulan=suggestion)

    async def verify(self, actor: Actor, id_: str, version: int) -> Saved | Refused:
        """The next step: the kabupaten verifies whom it registered, its province whom the kabupaten verified. The province
        looks at a name to do so, hence under a grant, and noted."""
        izin.require(actor, izin.VERIFY_TAGANA)
        key = read_id(id_)
        if key is None:
            return Refused((_wrong_id(id_),))
        provinsi = actor.role is Role.PROVINSI
        izin.require(actor, izin.VERIFY_TAGANA, key[0])
        async with self._db.as_actor(actor) as conn:
            if provinsi:
                note_id = await self._note_reading(conn, actor, key[0], "VERIFIKASI", "Verifikasi provinsi")
                await store.note_names(conn, key[0], note_id, [key[1]])
            old = await store.member(conn, *key)
            if old is None:
                return Refused((_missing_member(id_),))
            _check_version(old, version)
            refusal = _check_stage(old, self._db.today(), provinsi=provinsi)
            if refusal is not None:
                return Refused((refusal,))
            side = "provinsi" if provinsi else "kabupaten"
            values = {f"verifikasi_{side}": self._db.today(), f"verifikasi_{side}_oleh": actor.name}
            await store.update(conn, *key, values, actor.name)
            return Saved(*key, old.versi + 1, f"VERIFIKASI_{side.upper()}")

    # ---------- grants ----------

    async def grant(
        self, actor: Actor, kabupaten: str, until: date, reason: str, since: date | None
    ) -> IzinRecorded | Refused:
        """Let the province read the names from `since` (null: now) until the beginning of the day `until`."""
        izin.require(actor, izin.GRANT_NAMES, kabupaten)
        today = self._db.today()
        temuan = check_reason("alasan", reason)
        first_day = since or today
        if first_day < today:
            message = f"Izin tidak dapat berlaku surut ({first_day}); paling awal hari ini."
            temuan.append(Temuan("IZIN_SURUT", ERROR, message, wilayah=kabupaten, nilai=str(first_day)))
        if until <= first_day:
            message = f"Izin berakhir {until}, sebelum sempat berlaku; isi hari pertama yang tidak lagi berlaku."
            temuan.append(Temuan("TANGGAL_TERBALIK", ERROR, message, wilayah=kabupaten, nilai=str(until)))
        elif until - first_day > _LONGEST_IZIN:
            message = f"Izin paling lama {_LONGEST_IZIN.days} hari; beri lagi bila masih perlu."
            temuan.append(Temuan("IZIN_TERLALU_LAMA", ERROR, message, wilayah=kabupaten, nilai=str(until)))
        if temuan:
            return Refused(tuple(temuan))
        id_ = uuid7()
        start = self._day_start(first_day) if first_day > today else None
        async with self._db.as_actor(actor) as conn:
            end = self._day_start(until)
            await store.give_grant(conn, Grant(kabupaten, id_, start, end, reason.strip(), actor.name))
        return IzinRecorded(kabupaten, id_)

    async def withdraw(self, actor: Actor, id_: str) -> IzinRecorded | Refused:
        """End a grant now. A reading under way is finished and noted first; none begins afterwards."""
        izin.require(actor, izin.WITHDRAW_GRANT)
        key = read_id(id_)
        if key is None:
            return Refused((_wrong_id(id_),))
        izin.require(actor, izin.WITHDRAW_GRANT, key[0])
        async with self._db.as_actor(actor) as conn:
            result = await store.withdraw_grant(conn, *key, actor.name)
        if result is None:
            message = f"Izin {id_} tidak ada."
            return Refused((Temuan("IZIN_TAK_ADA", ERROR, message, wilayah=key[0], nilai=id_),))
        return IzinRecorded(*key, ulangan=not result)

    # ---------- readings by the province ----------

    async def read_names(
        self, actor: Actor, kabupaten: str, purpose: str, count: int, after: str | None
    ) -> NamesRead | Refused:
        """Names of that kabupaten's members. The kabupaten's log gets who read whose names, when, and what for."""
        izin.require(actor, izin.READ_NAMES, kabupaten)
        temuan = check_reason("tujuan", purpose)
        start = read_id(after) if after is not None else None
        if after is not None and (start is None or start[0] != kabupaten):
            temuan.append(_wrong_id(after))
        if not 1 <= count <= MOST_NAMES:
            message = f"first 1 sampai {MOST_NAMES}; ambil sisanya dengan after."
            temuan.append(Temuan("HALAMAN_DI_LUAR", ERROR, message, nilai=str(count)))
        if temuan:
            return Refused(tuple(temuan))
        async with self._db.as_actor(actor) as conn:
            note_id = await self._note_reading(conn, actor, kabupaten, "BACA", purpose.strip())
            rows = await store.names(conn, kabupaten, start[1] if start else None, count + 1)
            shown = rows[:count]
            await store.note_names(conn, kabupaten, note_id, [b.id for b in shown])
        return NamesRead(kabupaten, note_id, shown, shown[-1].id if len(rows) > count else None)

    async def _note_reading(self, conn: Conn, actor: Actor, kab: str, action: str, purpose: str) -> UUID:
        grant = await store.use_grant(conn, kab, actor.wilayah)
        if grant is None:
            raise NotAuthorisedError(
                f"Kabupaten/kota {kab} belum memberi izin membaca nama, atau izinnya sudah berakhir; mintalah kepada dinasnya "
                "(izinkanNama)."
            )
        reading = Reading(kab, uuid7(), actor.wilayah, actor.name, grant, action, purpose)
        await store.note_reading(conn, reading)
        return reading.id

    # ---------- days of the office's zone ----------

    def _day_start(self, day: date) -> datetime:
        return datetime.combine(day, time(), self._db.zone)


def _check_version(old: TaganaRow, version: int | None) -> None:
    if version != old.versi:
        message = f"Data anggota ini sudah berubah sejak Anda membukanya: versi terbarunya {old.versi}. Ambil dahulu, lalu ulangi."
        raise RevisionConflictError(message, old.versi)


def _check_stage(old: TaganaRow, today: date, *, provinsi: bool) -> Temuan | None:
    needed = "VERIFIKASI_KABUPATEN" if provinsi else "DIDATA"
    if old.sampai is not None and old.sampai <= today:
        return Temuan("TIDAK_AKTIF", ERROR, f"Tidak lagi anggota sejak {old.sampai}.", wilayah=old.kode_desa)
    if old.tahap != needed:
        message = f"Tahapnya {old.tahap}; tahap ini memverifikasi yang {needed}."
        return Temuan("TAHAP_TAGANA", ERROR, message, wilayah=old.kode_desa, nilai=old.tahap)
    return None


def member_values(d: TaganaDraft) -> dict[str, Any]:
    return {
        "nama": d.nama.strip(), "tanggal_lahir": d.tanggal_lahir, "jenis_kelamin": d.jenis_kelamin,
        "kode_desa": d.kode_desa, "alamat": _tidied(d.alamat), "nia": _tidied(d.nia), "didata": d.didata,
        "sertifikat": _tidied(d.sertifikat), "sampai": d.sampai,
        "keahlian": list(dict.fromkeys(k.strip() for k in d.keahlian)), "berpengetahuan": d.berpengetahuan,
        "bersedia_dilatih": d.bersedia_dilatih, "beriman": d.beriman, "setia_pancasila": d.setia_pancasila,
    }  # fmt: skip


def _tidied(text: str | None) -> str | None:
    return (text or "").strip() or None


def _wrong_id(id_: str) -> Temuan:
    message = 'Id ini tidak dikenal di sini; bentuknya "53.14:" diikuti UUID, dari kabupaten/kota yang sama.'
    return Temuan("ID_TIDAK_SAH", ERROR, message, nilai=id_[:100])


def _missing_member(id_: str) -> Temuan:
    return Temuan("TAGANA_TAK_ADA", ERROR, f"Anggota {id_} tidak ada dalam register.", nilai=id_)
