"""The draft that a row of a list of Tagana becomes: alone, or laid over the member of the register that it is. Pure.

What a list does not say stays as it was; an empty cell takes nothing away, and a training that was told once is not forgotten.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any

from hub.base.region_names import name_key
from hub.base.temuan import ERROR, WARNING
from hub.lembar.written_row import WrittenRow
from hub.tagana.checks import CRITERIA
from hub.tagana.draft import TaganaDraft, Training
from hub.tagana.list_person import ListPerson, ListTraining
from hub.tagana.list_register import Member, Register, number_key
from hub.tagana.service import member_values
from hub.wilayah.region_list import RegionMatch


@dataclass(frozen=True, slots=True)
class Stated:
    """What holds for all of a list. `didata`: the day of registration of whom the list has none for."""

    today: date
    didata: date | None


def draft_of(
    b: WrittenRow, p: ListPerson, desa: RegionMatch | None, old: Member | None, stated: Stated
) -> TaganaDraft | None:
    """None, with findings, where something that a new member needs is not said."""
    values: dict[str, Any] = dict(old.values) if old else dict.fromkeys(_NEEDED)
    written = {
        "nama": p.nama, "tanggal_lahir": p.tanggal_lahir, "jenis_kelamin": p.jenis_kelamin, "alamat": p.alamat, "nia": p.nia,
        "sertifikat": p.sertifikat, "didata": p.didata, "kode_desa": desa.kode if desa else None, "keahlian": p.keahlian or None, **p.criteria,
    }  # fmt: skip
    values |= {k: v for k, v in written.items() if v is not None}
    if old is not None and name_key(values["nama"]) == name_key(old.values["nama"]):
        values["nama"] = old.values["nama"]
    if (
        old is not None
        and values["nia"]
        and old.values["nia"]
        and number_key(values["nia"]) == number_key(old.values["nia"])
    ):
        values["nia"] = old.values["nia"]
    if old is not None and values["kode_desa"] == old.desa:
        values["kode_desa"] = old.values["kode_desa"]  # the same desa under the code of an earlier time: nobody moved
    if old is None:
        values["didata"] = values["didata"] or stated.didata
    # where nobody states them the whole list is refused; what else is wrong with its rows is found all the same
    values |= {name: values.get(name) is not False for name in CRITERIA}
    _note_missing(b, values)
    values["sampai"] = _until(b, p, old, stated)
    if any(values[k] is None for k in _NEEDED):
        return None
    return TaganaDraft(
        id=old.id if old else None, versi=old.versi if old else None, nama=values["nama"], tanggal_lahir=values["tanggal_lahir"],
        jenis_kelamin=values["jenis_kelamin"], kode_desa=values["kode_desa"], alamat=values.get("alamat"), nia=values.get("nia"),
        didata=values["didata"], sertifikat=values.get("sertifikat"), sampai=values["sampai"], keahlian=tuple(values.get("keahlian") or ()),
        pelatihan=_trainings(p.pelatihan, old), **{name: values[name] for name in CRITERIA},
    )  # fmt: skip


def is_as_it_was(d: TaganaDraft, old: Member) -> bool:
    new = member_values(d)
    return d.pelatihan is None and all(new[k] == old.values[k] for k in new)


def note_nobody(b: WrittenRow, p: ListPerson, register: Register) -> None:
    """Says who may be meant by a row that tells too little to be anybody."""
    if p.nia is not None or p.tanggal_lahir is not None or not p.nama:
        return
    namesakes = register.namesakes(p.nama)
    if namesakes:
        named = "; ".join(m.label for m in namesakes[:3])
        message = (
            f"Nama saja tidak menentukan orangnya. Bila yang dimaksud {named}, isi NIA-nya, atau id-nya dalam kolom ID."
        )
        b.add_finding("RANGKAP_DI_REGISTER", ERROR, message, "nama", named)


_NEEDED = {
    "nama": "Nama",
    "tanggal_lahir": "Tanggal Lahir",
    "jenis_kelamin": "Jenis Kelamin",
    "kode_desa": "Desa",
    "didata": "Tanggal Didata",
}


def _note_missing(b: WrittenRow, values: dict[str, Any]) -> None:
    said = {t.lokasi[0].kolom for t in b.temuan if t.lokasi and t.tingkat == ERROR}
    for k, title in _NEEDED.items():
        column = "ttl" if k == "tanggal_lahir" and "ttl" in b.labels else k
        if k == "kode_desa" or values[k] is not None or b.labels.get(column, column) in said:
            continue  # of desa more is known where it was sought
        remedy = " atau sebutkan hari pendataan seluruh daftar (--didata)" if k == "didata" else ""
        message = f"{b.labels.get(column, title)} anggota baru tidak ditulis; isi kolom {b.labels.get(column, title)}{remedy}."
        b.add_finding("ISIAN_WAJIB", ERROR, message, column if column in b.labels else title)


def _until(b: WrittenRow, p: ListPerson, old: Member | None, stated: Stated) -> date | None:
    before: date | None = old.values["sampai"] if old else None
    if p.sampai is not None:
        return p.sampai
    if p.aktif is False and (before is None or before > stated.today):
        message = f"Statusnya tidak aktif; dicatat bukan anggota lagi sejak {stated.today}."
        b.add_finding("TIDAK_AKTIF", WARNING, message, "status", str(stated.today))
        return stated.today
    if p.aktif is not False and before is not None and before <= stated.today:
        message = f"Di register bukan anggota lagi sejak {before}, dan tetap begitu; bila anggota lagi, ubah lewat simpanTagana."
        b.add_finding("SUDAH_DITUTUP", WARNING, message, "status" if "status" in b.written else "nama", str(before))
    return before


def _trainings(new: tuple[ListTraining, ...], old: Member | None) -> tuple[Training, ...] | None:
    """All trainings the member will have; None where the list tells of no new one."""
    known = list(old.pelatihan) if old else []
    more = [t.training for t in new if not any(_is_same(t, k) for k in known)]
    return tuple(sorted((*known, *more), key=lambda t: t.tanggal)) if more else None


def _is_same(t: ListTraining, known: Training) -> bool:
    if name_key(t.training.nama) != name_key(known.nama):
        return False
    return t.training.tanggal == known.tanggal or (t.approximate and t.training.tanggal.year == known.tanggal.year)
