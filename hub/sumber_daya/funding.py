"""SLRT and puskesos: how long the state budget pays for one, and that a kabupaten has one SLRT. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from hub.base.temuan import INFO, WARNING, Temuan
from hub.sumber_daya.draft import SumberDayaDraft

APBN_YEARS = (
    3  # the state pays for an SLRT or puskesos in its first three years, then the kabupaten does (Rakortekrenbang 2020)
)
FUNDED_KINDS = ("SLRT", "PUSKESOS")


def is_apbn(source: object) -> bool:
    return isinstance(source, str) and source.strip().upper() == "APBN"


def check_funding(d: SumberDayaDraft, today: date) -> list[Temuan]:
    """Of one that still stands and is paid by the state: whether its years are over, or end with this one."""
    if d.jenis not in FUNDED_KINDS or not is_apbn(d.values.get("sumber_dana")) or not _stands(d, today):
        return []
    stated = d.values.get("tahun")
    first = stated if isinstance(stated, int) and not isinstance(stated, bool) else d.sejak.year
    until = first + APBN_YEARS
    about = {"nilai": str(d.values["sumber_dana"]), "usulan": "APBD", "lokasi": d.location("sumber_dana")}
    years = f"Dibiayai APBN sejak {first}, dan APBN membiayai {APBN_YEARS} tahun"
    if today.year >= until:
        message = f'{years}: sejak {until} seharusnya APBD. Ubah sumber dananya bila sudah pindah, atau "tahun" bila mulainya lain.'
        return [Temuan("APBN_LEWAT", WARNING, message, **about)]  # type: ignore[arg-type]
    if today.year == until - 1:
        message = f"{years}: {today.year} tahun terakhirnya. Siapkan APBD untuk {until}."
        return [Temuan("APBN_TAHUN_TERAKHIR", INFO, message, **about)]  # type: ignore[arg-type]
    return []


@dataclass(frozen=True, slots=True)
class StandingSlrt:
    """An SLRT of the register that stands today. `id`: public."""

    id: str
    kode_kab: str
    nama: str


def second_slrt(
    drafts: Sequence[tuple[SumberDayaDraft, str | None]], registered: Iterable[StandingSlrt], today: date
) -> dict[int, Temuan]:
    """Which of these drafts (each with its kabupaten, None where that is not known) are an SLRT beside another one: index → finding.
    What a draft replaces or ends does not count."""
    replaced = {d.id for d, _ in drafts if d.id is not None}
    names: dict[str, list[tuple[int | None, str]]] = {}
    for s in registered:
        if s.id not in replaced:
            names.setdefault(s.kode_kab, []).append((None, f"{s.nama} ({s.id})"))
    for i, (d, kode_kab) in enumerate(drafts):
        if d.jenis == "SLRT" and kode_kab is not None and not d.contoh and _stands(d, today):
            place = f", baris {d.baris}" if d.baris is not None else ""
            names.setdefault(kode_kab, []).append((i, f"{d.nama}{place}"))
    found: dict[int, Temuan] = {}
    for kode_kab, those in names.items():
        for index, _ in those:
            if index is None or len(those) == 1:
                continue
            others = "; ".join(name for j, name in those if j != index)
            message = f"{kode_kab} sudah mempunyai SLRT: {others}. Satu kabupaten/kota satu SLRT; akhiri yang tidak ada lagi (sampai)."
            draft = drafts[index][0]
            found[index] = Temuan(
                "SLRT_KEDUA", WARNING, message, wilayah=kode_kab, nilai=draft.nama, lokasi=draft.location("nama")
            )
    return found


def _stands(d: SumberDayaDraft, today: date) -> bool:
    return d.sejak <= today and (d.sampai is None or d.sampai > today)
