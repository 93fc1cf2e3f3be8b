"""Figures of a budget beside the office's list of programmes: what of it is a sum and what is missing. Pure.

A programme that others of the same source are part of is a sum: it must be theirs, and nothing is added to them. One whose parts
nothing is said of stands for them.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence

from hub.anggaran.register import PAGU, PROGRAM, REALISASI, SOURCE, ProgramRegister, SourceRegister
from hub.angka.cells import CleanCell
from hub.angka.rollup import UNKNOWN, Angka, add_up
from hub.base.temuan import ERROR, WARNING, Temuan, display
from hub.katalog.formula import Rincian
from hub.rekap.cells import first_locations

_NAMED = 6  # missing programmes that are named
_OF_BUDGET = frozenset({PAGU, REALISASI})
_ByProgram = Mapping[str, CleanCell]


def without_sums(cells: Sequence[CleanCell], register: ProgramRegister) -> list[CleanCell]:
    """The cells that may be added to each other."""
    sums = {
        (elemen, source, choice)
        for (elemen, source), by_program in _by_source(cells).items()
        if source in register.sources
        for choice in register.sources[source].subtotals(by_program)
    }
    return [s for s in cells if (s.elemen.kode, *_named(s)) not in sums] if sums else list(cells)


def sums_of_programs(
    cells: Iterable[CleanCell], register: ProgramRegister
) -> dict[tuple[str, str, Rincian], Angka]:  # fmt: skip
    """What programmes with parts come to that were not said themselves, and whole sources where all of it is known: (region,
    element, breakdown) → figure."""
    result: dict[tuple[str, str, Rincian], Angka] = {}
    for (elemen, source), by_program in _by_source(cells).items():
        programs = register.sources.get(source)
        if programs is None:
            continue
        wilayah = next(iter(by_program.values())).wilayah
        for choice in programs.sums():
            if choice not in by_program:
                parts = _parts(programs, by_program, choice)
                result[wilayah, elemen, ((PROGRAM, choice), (SOURCE, source))] = (
                    UNKNOWN if parts is None else add_up(parts)
                )
        parts = _parts(programs, by_program, None)
        if parts is not None:
            result[wilayah, elemen, ((SOURCE, source),)] = add_up(parts)
    return result


def check_programs(cells: Sequence[CleanCell], register: ProgramRegister) -> list[Temuan]:
    """Programmes without their source; sums that differ from what is part of them; programmes of the list that nothing is said of."""
    temuan = _without_source(cells)
    for (elemen, source), by_program in _by_source(cells).items():
        programs = register.sources.get(source)
        if programs is None:
            continue
        for choice in sorted(programs.subtotals(by_program)):
            temuan += _differing_sum(programs, by_program, choice)
        missing = programs.missing([c for c, s in by_program.items() if s.status != "TIDAK_ADA_DATA"])
        if missing:
            first = next(iter(by_program.values()))
            names = ", ".join(missing[:_NAMED]) + (
                f" dan {len(missing) - _NAMED} lagi" if len(missing) > _NAMED else ""
            )
            message = (
                f"{elemen}, {source}: {len(missing)} program dalam daftar belum berisi angka: {names}. Jumlah yang memuatnya belum "
                "diketahui; isi angkanya (0 bila memang tidak ada), atau status TIDAK_DILAKSANAKAN."
            )
            temuan.append(
                Temuan("PROGRAM_KURANG", WARNING, message, wilayah=first.wilayah, elemen=elemen, usulan=missing[0])
            )
    return temuan


def _differing_sum(programs: SourceRegister, by_program: _ByProgram, choice: str) -> list[Temuan]:
    stated, below = by_program[choice], programs.below(choice)
    inside = {c: s for c, s in by_program.items() if c in below}
    total = add_up(Angka(inside[c].nilai, inside[c].status) for c in _addable(programs, inside)).nilai
    if stated.nilai is None or total is None or total == stated.nilai:
        return []
    has_gap = bool(programs.missing(_answered(inside), within=choice))
    if has_gap and total < stated.nilai:
        return []  # what is missing may be the rest; that it is missing is told
    message = (
        f"{stated.elemen.kode}: {choice} ditulis {display(stated.nilai)}, sedangkan jumlah bagian-bagiannya {display(total)} "
        f"(selisih {display(total - stated.nilai)}). Perbaiki salah satunya, atau kirim bagian-bagiannya saja."
    )
    return [
        Temuan(
            "PROGRAM_INDUK_BEDA", ERROR, message, wilayah=stated.wilayah, elemen=stated.elemen.kode, nilai=str(stated.nilai),
            usulan=str(total), lokasi=(stated.location, *first_locations(inside.values())),
        )
    ]  # fmt: skip


def _parts(programs: SourceRegister, by_program: _ByProgram, choice: str | None) -> list[Angka] | None:
    """What a programme, or the whole source, is summed of; None where some of it is not known."""
    inside = by_program if choice is None else {c: s for c, s in by_program.items() if c in programs.below(choice)}
    if not inside or programs.missing(_answered(inside), within=choice):
        return None
    return [Angka(inside[c].nilai, inside[c].status) for c in _addable(programs, inside)]


def _addable(programs: SourceRegister, inside: Collection[str]) -> list[str]:
    sums = programs.subtotals(inside)
    return [c for c in inside if c not in sums]


def _answered(by_program: _ByProgram) -> list[str]:
    return [c for c, s in by_program.items() if s.status != "TIDAK_ADA_DATA"]


def _by_source(cells: Iterable[CleanCell]) -> dict[tuple[str, str], dict[str, CleanCell]]:
    """(element, source) → programme → its cell."""
    result: dict[tuple[str, str], dict[str, CleanCell]] = defaultdict(dict)
    for s in [s for s in cells if s.elemen.kode in _OF_BUDGET]:
        source, program = _named(s)
        if source and program and len(s.rincian) == 2:
            result[s.elemen.kode, source][program] = s
    return result


def _named(cell: CleanCell) -> tuple[str, str]:
    """The source and the programme that a cell of the budget names, "" where it names none."""
    named = dict(cell.rincian)
    return named.get(SOURCE, ""), named.get(PROGRAM, "")


def _without_source(cells: Sequence[CleanCell]) -> list[Temuan]:
    loose = [s for s in cells if s.elemen.kode in _OF_BUDGET and (named := _named(s))[1] and not named[0]]
    if not loose:
        return []
    first = loose[0]
    message = (
        f"{first.elemen.kode}: {len(loose)} angka menyebut program tanpa sumber anggarannya, misalnya {_named(first)[1]}; tidak masuk "
        f"pohon anggaran. Tulis juga rincian {SOURCE}."
    )
    return [
        Temuan(
            "PROGRAM_TANPA_SUMBER", WARNING, message, wilayah=first.wilayah, elemen=first.elemen.kode, lokasi=first_locations(loose)
        )
    ]  # fmt: skip
