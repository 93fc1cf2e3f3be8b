"""From lines as written to a list, and everything there is to say of it; nothing stops at the first finding. Pure."""

from collections.abc import Iterable, Sequence
from decimal import Decimal

from rapidfuzz import process

from hub.base.angka import read_angka
from hub.base.temuan import ERROR, INFO, WARNING, Temuan, display, has_error
from hub.katalog.katalog import MEASURE, PARTING, Katalog
from hub.kinerja.draft import Objective, Step, WrittenLine

TARGET = "KIN01"  # the element whose breakdown MEASURE says what has a target
_LONGEST = 300  # letters of a name
_LETTERS = 100  # of what was written, that likely choices are sought for
TOTAL = "total"  # in a rekap it is the office's own value


def read_objectives(lines: Sequence[WrittenLine], katalog: Katalog) -> tuple[list[Objective], list[Temuan]]:
    """Objectives in the order of their first lines."""
    temuan: list[Temuan] = []
    numbers: dict[str, str] = {}  # number in small letters → as first written
    names: dict[str, str] = {}
    measures: dict[str, list[str]] = {}
    under: dict[str, str] = {}
    current: str | None = None
    for line in lines:
        if line.cells["nomor"] or line.cells["sasaran"] or current is None:
            temuan += _check_number(line)
            current = line.cells["nomor"].casefold()
            numbers.setdefault(current, line.cells["nomor"])
            temuan += _check_name(line, names.get(current))
            names[current] = names.get(current) or line.cells["sasaran"]
            measures.setdefault(current, [])
        if not (written := line.cells["indikator"]):
            continue
        meant, found = _measure(line, written, katalog)
        temuan += found
        if meant is None:
            continue
        if meant in under:
            where = "sasaran ini" if under[meant] == current else f"sasaran {numbers[under[meant]]}"
            message = f"Indikator {meant} sudah disebut di bawah {where}; sisakan satu."
            temuan.append(line.finding("INDIKATOR_GANDA", ERROR, message, "indikator"))
        else:
            under[meant] = current
            measures[current].append(meant)
    for key, of_it in measures.items():
        if not of_it and numbers[key]:
            message = (
                f"Sasaran {numbers[key]} tidak menyebut indikator; isinya menurut target dan realisasi dalam rekap."
            )
            temuan.append(Temuan("SASARAN_TANPA_INDIKATOR", INFO, message, nilai=numbers[key]))
    return [Objective(numbers[k], names[k], tuple(measures[k])) for k in numbers], temuan


def read_scale(lines: Sequence[WrittenLine]) -> tuple[list[Step], list[Temuan]]:
    """Steps, the lowest first."""
    temuan: list[Temuan] = []
    steps: dict[Decimal, str] = {}
    for line in lines:
        temuan += _check_text(line, "predikat")
        start, found = _percent(line)
        temuan += found
        word = line.cells["predikat"]
        if word and word.casefold() in (w.casefold() for w in steps.values()):
            message = f'Predikat "{word}" sudah ada; tiap predikat satu baris.'
            temuan.append(line.finding("SKALA_GANDA", ERROR, message, "predikat"))
        if start is None:
            continue
        if start in steps:
            message = f"Dua predikat mulai dari {display(start)}; sisakan satu."
            temuan.append(line.finding("SKALA_GANDA", ERROR, message, "dari"))
        steps.setdefault(start, word)
    if steps and min(steps) != 0 and not has_error(temuan):
        lowest = steps[min(steps)]
        message = f'Tingkat terendah, "{lowest}", mulai dari {display(min(steps))}; capaian di bawahnya tidak berkata. Mulailah dari 0.'
        temuan.append(Temuan("SKALA_TANPA_NOL", ERROR, message, nilai=lowest, usulan="0"))
    return [Step(start, steps[start]) for start in sorted(steps)], temuan


def _check_number(line: WrittenLine) -> Iterable[Temuan]:
    number = line.cells["nomor"]
    if not number:
        message = "Nomor sasaran kosong; tulis nomornya seperti pada rekap, misalnya 1."
        yield line.finding("TEKS_KOSONG", ERROR, message, "nomor")
    elif number.casefold() == TOTAL or set(number) & set(PARTING) or len(number) > _LONGEST:
        message = (
            f'"{number[:40]}" tidak dapat menjadi nomor sasaran; tulis nomor tanpa tanda [ ] = , | '
            f"({TOTAL} berarti nilai seluruh kantor)."
        )
        yield line.finding("NOMOR_SASARAN_TAK_SAH", ERROR, message, "nomor")


def _check_name(line: WrittenLine, before: str | None) -> Iterable[Temuan]:
    name = line.cells["sasaran"]
    if before is None:
        yield from _check_text(line, "sasaran")
    elif name and before and name.casefold() != before.casefold():
        message = f'Sasaran {line.cells["nomor"]} bernama "{name[:80]}", sebelumnya "{before[:80]}"; samakan.'
        yield line.finding("SASARAN_BERTENTANGAN", ERROR, message, "sasaran")


def _check_text(line: WrittenLine, column: str) -> Iterable[Temuan]:
    text = line.cells[column]
    if not text:
        yield line.finding("TEKS_KOSONG", ERROR, f"Kolom {line.titles[column]} kosong; isi.", column)
    elif len(text) > _LONGEST or not text.isprintable():
        message = f"Kolom {line.titles[column]} lebih dari {_LONGEST} huruf atau memuat huruf kendali."
        yield line.finding("TEKS_TIDAK_SAH", ERROR, message, column)


def _measure(line: WrittenLine, written: str, katalog: Katalog) -> tuple[str | None, list[Temuan]]:
    """The indicator that is meant: a choice of a target by its code or name, else the code of an indicator or an element."""
    target = katalog.elemen.get(TARGET)
    dimension = None if target is None else target.dimension(MEASURE)
    meant = (dimension.listed(written) if dimension is not None else None) or katalog.measure(written)
    if meant is None:
        choices = katalog.measure_choices(dimension.pilihan if dimension is not None else ())
        nearest = process.extractOne(written[:_LETTERS], choices, score_cutoff=60)
        message = f'"{written[:80]}" bukan indikator; tulis kodenya: {", ".join(choices)}, atau kode elemen.'
        return None, [line.finding("PILIHAN_TAK_DIKENAL", ERROR, message, "indikator", nearest[0] if nearest else None)]
    if meant.casefold() != written.casefold():
        message = f'"{written[:80]}" dibaca sebagai indikator {meant}.'
        return meant, [line.finding("PILIHAN_DIBACA", INFO, message, "indikator", meant)]
    return meant, []


def _percent(line: WrittenLine) -> tuple[Decimal | None, list[Temuan]]:
    text = line.cells["dari"]
    if not text:
        message = f"Kolom {line.titles['dari']} kosong; tulis capaian terendahnya, misalnya 85."
        return None, [line.finding("TEKS_KOSONG", ERROR, message, "dari")]
    try:
        written = read_angka(text, whole=False)
    except ValueError as error:
        message = f"{error}; tulis capaian terendahnya saja, misalnya 85."
        return None, [line.finding("ANGKA_TAK_TERBACA", ERROR, message, "dari")]
    if written.nilai < 0:
        message = f"{display(written.nilai)} kurang dari nol; tingkat terendah mulai dari 0."
        return None, [line.finding("ANGKA_NEGATIF", ERROR, message, "dari", "0")]
    # a step of a scale is written "85" or "85 %"
    if written.unit is not None and written.unit not in ("%", "persen"):
        message = f"{display(written.nilai)} {written.unit} dibaca sebagai persen."
        return written.nilai, [line.finding("ANGKA_TULISAN", WARNING, message, "dari", str(written.nilai))]
    return written.nilai, []
