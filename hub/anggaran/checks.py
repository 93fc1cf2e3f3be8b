"""From a list of programmes as written to one that can be kept: who belongs to whom, and everything that is wrong with it at once.
Pure."""

from collections import defaultdict
from collections.abc import Mapping, Sequence

from rapidfuzz import process

from hub.anggaran.draft import LONGEST_NAME, MOST_PROGRAMS, ListedProgram, Program, WrittenList
from hub.anggaran.names import program_key
from hub.anggaran.outline import parents
from hub.base.near_spelling import near_spelling
from hub.base.questions import FIRST_YEAR, LAST_YEAR
from hub.base.temuan import ERROR, INFO, WARNING, Temuan

_LETTERS = 100  # of what was written, that likely names are sought for
_ByKey = dict[str, dict[str, int]]  # source → key of a name or of another name → place in the list


def check_programs(written: WrittenList, default_source: str) -> tuple[list[Program], list[Temuan]]:
    """The programmes of a list, and the findings. `default_source`: of rows that nothing says a source of."""
    rows = written.rows
    temuan: list[Temuan] = []
    if len(rows) > MOST_PROGRAMS:
        message = (
            f"Daftar ini berisi {len(rows)} program, paling banyak {MOST_PROGRAMS}; bagi menurut sumber anggarannya."
        )
        return [], [Temuan("PROGRAM_TERLALU_BANYAK", ERROR, message)]
    sources = [r.sumber or default_source for r in rows]
    names = _names(rows, sources, temuan)
    above = _parents(rows, sources, names, temuan) if written.with_parents else parents(rows)
    _check_circles(rows, above, temuan)
    keys = [program_key(r.name) for r in rows]
    programs = [
        Program(
            sources[i], keys[i], r.name, None if (a := above[i]) is None else keys[a], r.alias,
            tuple(dict.fromkeys(k for x in r.alias if (k := program_key(x)) and k != keys[i])), i + 1,
        )
        for i, r in enumerate(rows)
    ]  # fmt: skip
    return programs, temuan


def _names(rows: Sequence[ListedProgram], sources: Sequence[str], temuan: list[Temuan]) -> _ByKey:
    """Every name and other name once; a name that stands twice, or is like another one, is a finding."""
    names: _ByKey = defaultdict(dict)
    for i, r in enumerate(rows):
        key = program_key(r.name)
        if len(r.name) > LONGEST_NAME:
            message = (
                f"Baris {r.baris}: nama program {len(r.name)} huruf, paling banyak {LONGEST_NAME}; singkat namanya."
            )
            temuan.append(
                Temuan("PROGRAM_TERLALU_PANJANG", ERROR, message, nilai=r.name[:_LETTERS], lokasi=(r.location,))
            )
        first = names[sources[i]].setdefault(key, i)
        if first != i:
            temuan.append(_double(r, rows[first], sources[i]))
    near_pairs: set[str] = set()
    for i, r in enumerate(rows):
        key, of_source = program_key(r.name), names[sources[i]]
        others = {k: rows[j].name for k, j in of_source.items() if j < i}
        near = near_spelling(key, others) if of_source[key] == i else None
        if near is not None and near not in near_pairs:
            near_pairs.add(r.name)
            message = (
                f'Baris {r.baris}: "{r.name}" mirip "{near}" ({sources[i]}) yang juga ada dalam daftar; dicatat sebagai program '
                "sendiri. Bila yang dimaksud sama, sisakan satu dan tulis ejaan lainnya di kolom Alias."
            )
            temuan.append(
                Temuan("PROGRAM_MIRIP", WARNING, message, nilai=r.name, usulan=near, lokasi=(r.location,))
            )  # fmt: skip
    for i, r in enumerate(rows):
        for a in r.alias:
            first = names[sources[i]].setdefault(program_key(a), i)
            if first != i:
                temuan.append(_double(r, rows[first], sources[i], a))
    return names


def _double(r: ListedProgram, first: ListedProgram, source: str, alias: str | None = None) -> Temuan:
    written = f'alias "{alias}"' if alias else f'"{r.name}"'
    message = (
        f'Baris {r.baris}: {written} ({source}) sudah dipakai baris {first.baris} ("{first.name}"). Angka hanya menyebut namanya, '
        "jadi satu nama satu program; sisakan satu, atau bedakan namanya."
    )
    return Temuan("PROGRAM_GANDA", ERROR, message, nilai=alias or r.name, usulan=first.name, lokasi=(r.location,))


def _parents(
    rows: Sequence[ListedProgram], sources: Sequence[str], names: _ByKey, temuan: list[Temuan]
) -> list[int | None]:
    """By what the column says: a name, another name or a number of the list; empty, or the source: of none."""
    by_number = {
        (s, r.number.strip(" .")): i
        for i, (r, s) in reversed([*enumerate(zip(rows, sources, strict=True))])
        if r.number
    }
    result: list[int | None] = []
    for r, source in zip(rows, sources, strict=True):
        key = program_key(r.induk)
        if not key or key == program_key(source):
            result.append(None)
            continue
        found = names[source].get(key, by_number.get((source, r.induk.strip(" ."))))
        result.append(found)
        if found is None:
            temuan.append(_unknown_parent(r, source, names, rows))
    return result


def _unknown_parent(r: ListedProgram, source: str, names: _ByKey, rows: Sequence[ListedProgram]) -> Temuan:
    key = program_key(r.induk)
    elsewhere = next((s for s, of_source in names.items() if s != source and key in of_source), None)
    of_source: Mapping[str, str] = {k: rows[i].name for k, i in names[source].items()}
    nearest = process.extractOne(key[:_LETTERS], list(of_source), score_cutoff=60)
    proposal = of_source[nearest[0]] if nearest else None
    message = f'Baris {r.baris}: induk "{r.induk}" dari "{r.name}" tidak ada dalam daftar ({source}).'
    if elsewhere:
        message += f" Yang ada bersumber {elsewhere}; induk dan bagiannya satu sumber."
    elif proposal:
        message += f' Mungkin maksudnya "{proposal}"; perbaiki, atau tambahkan baris bagi induk itu.'
    else:
        message += " Tambahkan baris bagi induk itu, atau kosongkan kolom Induk."
    return Temuan("INDUK_TAK_DIKENAL", ERROR, message, nilai=r.induk, usulan=proposal, lokasi=(r.location,))


def _check_circles(rows: Sequence[ListedProgram], above: list[int | None], temuan: list[Temuan]) -> None:
    """Programmes that are part of themselves, each circle told once."""
    done: set[int] = set()
    for start in range(len(rows)):
        way: dict[int, int] = {}
        at: int | None = start
        while at is not None and at not in done and at not in way:
            way[at] = len(way)
            at = above[at]
        if at is not None and at in way:
            circle = [i for i, place in way.items() if place >= way[at]]
            names = " → ".join(f'"{rows[i].name}"' for i in (*circle, at))
            message = f"Baris {rows[at].baris}: induknya berputar ({names}); program bukan bagian dirinya sendiri. Perbaiki kolom Induk."
            location = tuple(rows[i].location for i in circle)
            temuan.append(Temuan("INDUK_BERPUTAR", ERROR, message, nilai=rows[at].induk, lokasi=location))
        done.update(way)


def check_year(written: WrittenList, said: int | None) -> tuple[int | None, list[Temuan]]:
    """The year that the list's column says, None where there is none. `said`: the one that the list was given as."""
    years: dict[str, list[ListedProgram]] = defaultdict(list)
    for r in written.rows:
        if r.tahun:
            years[r.tahun].append(r)
    wrong = [t for t in years if not (_is_year(t) and (said is None or int(t) == said))]
    if not wrong and len(years) < 2:
        return next((int(t) for t in years), None), []
    told = wrong or sorted(years)[1:]
    expected = f"tahun {said}" if said is not None else "satu tahun"
    message = f"Kolom Tahun menyebut {', '.join(told)}; daftar ini untuk {expected}. Bagi berkasnya per tahun, atau sebutkan --berlaku."
    location = tuple(r.location for t in told for r in years[t])[:10]
    return None, [Temuan("TAHUN_BEDA", ERROR, message, nilai=told[0], lokasi=location)]


def _is_year(text: str) -> bool:
    return text.isdecimal() and len(text) == 4 and FIRST_YEAR <= int(text) <= LAST_YEAR


def closed_programs(names: Sequence[str], until: str) -> list[Temuan]:
    """What a later list no longer has."""
    if not names:
        return []
    message = (
        f"{len(names)} program tidak ada lagi dalam daftar dan ditutup per {until}: {', '.join(names[:10])}"
        + (f" dan {len(names) - 10} lagi" if len(names) > 10 else "")
        + ". Angka yang sudah dilaporkan tetap di tempatnya."
    )
    return [Temuan("PROGRAM_DITUTUP", INFO, message, nilai=names[0])]
