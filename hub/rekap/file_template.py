"""What the sheets of a template say they are for, held against the rekap they come with. Pure."""

from collections.abc import Iterable

from hub.base.periode import Periode
from hub.base.temuan import ERROR, INFO, WARNING, Location, Temuan
from hub.katalog.katalog import Formulir
from hub.lembar.sheet import Sheet
from hub.lembar.template_mark import TemplateMark, mark_of
from hub.wilayah.region_list import RegionList


def template_claims(
    sheets: Iterable[Sheet], formulir: Formulir | None, regions: RegionList | None, periode: Periode | None
) -> tuple[list[Temuan], set[int]]:
    """What there is to say, and the sheets (by id) that are of another form or another office: nothing of theirs is read."""
    of_marks: dict[TemplateMark, list[Sheet]] = {}
    for sheet in sheets:
        if (mark := mark_of(sheet)) is not None:
            of_marks.setdefault(mark, []).append(sheet)
    temuan: list[Temuan] = []
    others: set[int] = set()
    for mark, same in of_marks.items():
        places = tuple(Location(lembar=s.name) for s in same)
        named = ", ".join(f'"{s.name}"' for s in same)
        wrong = [
            f"{what} {theirs}, sedangkan rekap ini {ours}"
            for what, theirs, ours in (
                ("formulir", mark.formulir, None if formulir is None else formulir.kode),
                ("pelapor", mark.pelapor, None if regions is None else regions.pelapor),
            )
            if ours is not None and theirs != ours
        ]
        if wrong:
            message = (
                f"Lembar {named} adalah templat {' dan '.join(wrong)}; tidak dibaca. Kirim dengan formulir dan pelapor yang benar, atau "
                "unduh templat yang sesuai."
            )
            temuan.append(Temuan("TEMPLAT_LAIN", ERROR, message, nilai=str(mark), lokasi=places))
            others.update(map(id, same))
            continue
        if periode is not None and mark.periode != str(periode):
            message = (
                f"Lembar {named} adalah templat periode {mark.periode}, sedangkan rekap ini periode {periode}; angkanya dibaca untuk "
                f"{periode}. Periksa periodenya; bila templat lama memang dipakai lagi, biarkan."
            )
            temuan.append(
                Temuan("TEMPLAT_LAIN", WARNING, message, nilai=mark.periode, usulan=str(periode), lokasi=places)
            )
        if formulir is not None and mark.versi != formulir.versi:
            message = (
                f"Lembar {named} dibuat dari versi {mark.versi} formulir {formulir.kode}; yang berlaku versi {formulir.versi}. Unduh "
                "templat baru bila ada elemen yang bertambah."
            )
            temuan.append(Temuan("TEMPLAT_VERSI_LAIN", INFO, message, nilai=str(mark.versi), lokasi=places))
    return temuan, others
