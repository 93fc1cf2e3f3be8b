"""A file that the hub has annotated and that comes back: its sheet of findings is no data, and a proposal that was taken over there is
what its cell says. For every reader of files, in one place. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from hub.base.temuan import ERROR, INFO, Location, Temuan
from hub.lembar import annotate_findings as titles
from hub.lembar.annotate_csv import without_column
from hub.lembar.annotate_notes import Earlier
from hub.lembar.sheet import Sheet
from hub.lembar.sheet_rows import spot
from hub.lembar.spots import Spot, Spots

_YES = frozenset(("ya", "y", "iya", "terima", "setuju"))
_NO = frozenset(("", "tidak", "t", "tdk", "jangan", "-"))
_SHOWN = 80
_MOST_LINES = 20_000  # as many as the hub writes
_BETWEEN = "; "
"""Between several proposals of one finding."""


@dataclass(frozen=True, slots=True)
class TakenOver:
    """A proposal that was read in the place of what stands in its cell."""

    sheet: str
    spot: Spot
    written: str
    proposal: str


@dataclass(frozen=True, slots=True)
class Opened:
    """The sheets of a file without what the hub put into it. `earlier` None: it put nothing there."""

    sheets: list[Sheet]
    earlier: Earlier | None = None
    taken_over: tuple[TakenOver, ...] = ()


@dataclass(frozen=True, slots=True)
class _Answer:
    """A line of the sheet of findings in which something was answered."""

    row: int
    lembar: str
    cell: str
    written: str
    proposal: str
    answer: str


def settled(sheets: Sequence[Sheet]) -> Opened:
    """What the sheets of a file say once everything of the hub's is taken out of them."""
    own = next((s for s in sheets if is_findings(s)), None)
    others = [s for s in sheets if not is_findings(s)]
    for sheet in others:
        without_column(sheet.rows)
    if own is None or not others:
        return Opened(others if own is not None else list(sheets))
    answers, fills = _read(own)
    if not answers:
        return Opened(others, Earlier(own.name, fills))
    taken, temuan = _settle(answers, {s.name: s for s in reversed(others)})
    for t in taken:
        sheet = next(s for s in others if s.name == t.sheet)
        row = sheet.rows[t.spot[0] - 1]
        row.extend([""] * (t.spot[1] + 1 - len(row)))
        row[t.spot[1]] = t.proposal
    of_sheet = {s.name: {t.spot for t in taken if t.sheet == s.name} for s in others}
    others = [_without_oddities(s, of_sheet[s.name]) for s in others]
    first = next((i for i, s in enumerate(others) if not s.hidden), 0)
    others[first] = replace(others[first], said=(*others[first].said, *temuan))
    return Opened(others, Earlier(own.name, fills), tuple(taken))


def is_findings(sheet: Sheet) -> bool:
    """Whether it is the hub's sheet of findings, whatever it is called by now."""
    first = next((row for row in sheet.rows[:3] if row), [""])
    return first[0].startswith(titles.MARKER) and any(titles.ANSWER in row for row in sheet.rows[:10])


def _read(own: Sheet) -> tuple[list[_Answer], Mapping[tuple[str, int, int], str]]:
    header = next(i for i, row in enumerate(own.rows) if titles.ANSWER in row)
    where = {title: i for i, title in enumerate(own.rows[header])}

    def text(row: Sequence[str], title: str) -> str:
        at = where.get(title, -1)
        return row[at].strip() if 0 <= at < len(row) else ""

    answers: list[_Answer] = []
    fills: dict[tuple[str, int, int], str] = {}
    for number, row in enumerate(own.rows[header + 1 : header + 1 + _MOST_LINES], header + 2):
        lembar, cell = text(row, titles.WHERE), text(row, titles.CELL)
        at, fill = spot(cell), text(row, titles.FILL)
        if at is not None and fill:
            fills[lembar, *at] = fill
        answer = text(row, titles.ANSWER)
        if answer.casefold().strip(" .") not in _NO:
            answers.append(_Answer(number, lembar, cell, text(row, titles.WRITTEN), text(row, titles.PROPOSAL), answer))
    return answers, fills


def _settle(answers: Iterable[_Answer], sheets: Mapping[str, Sheet]) -> tuple[list[TakenOver], list[Temuan]]:
    taken: dict[tuple[str, Spot], TakenOver] = {}
    wrong: set[tuple[str, Spot]] = set()
    temuan: list[Temuan] = []
    done: list[tuple[TakenOver, Temuan]] = []
    for a in answers:
        at = spot(a.cell)
        sheet = sheets.get(a.lembar)
        present = _present(sheet, at)
        reason = _reason(a, present)
        before = taken.get((a.lembar, at)) if at is not None else None
        if reason is None and before is not None and _line(before.proposal) != _line(a.proposal):
            reason = f'usulan lain untuk sel itu, "{before.proposal[:_SHOWN]}", juga diterima; sisakan satu'
            wrong.add((before.sheet, before.spot))
        here = (Location(lembar=a.lembar, baris=at[0], kolom=_letters(a.cell)),) if at and sheet else ()
        if reason is not None:
            message = f'Temuan baris {a.row}, lembar "{a.lembar[:_SHOWN]}" sel {a.cell or "(kosong)"}: {reason}.'
            temuan.append(
                Temuan("USULAN_TAK_DITERAPKAN", ERROR, message, nilai=present, usulan=a.proposal or None, lokasi=here)
            )
            continue
        assert at is not None
        assert present is not None
        if before is not None or _line(present) == _line(a.proposal):
            continue
        over = taken[a.lembar, at] = TakenOver(a.lembar, at, present, a.proposal)
        message = f'Lembar "{a.lembar[:_SHOWN]}", sel {a.cell}: usulan diterima; "{_line(present)[:_SHOWN]}" dibaca "{a.proposal[:_SHOWN]}".'
        found = Temuan("USULAN_DITERIMA", INFO, message, nilai=present or None, usulan=a.proposal, lokasi=here)
        done.append((over, found))
    good = [(o, t) for o, t in done if (o.sheet, o.spot) not in wrong]
    return [o for o, _ in good], [*temuan, *(t for _, t in good)]


def _reason(a: _Answer, present: str | None) -> str | None:
    """Why a proposal cannot take the place of what stands in its cell, as a sentence ends."""
    if a.answer.casefold().strip(" .") not in _YES:
        return f'"{a.answer[:_SHOWN]}" bukan ya; tulis ya, atau kosongkan'
    if not a.proposal:
        return "tidak ada usulan untuk diterima; tulis usulannya, atau kosongkan jawabannya"
    if _BETWEEN in a.proposal:
        return f'ada beberapa usulan, "{a.proposal[:_SHOWN]}"; sisakan satu pada kolom {titles.PROPOSAL}'
    if present is None:
        return "lembar atau sel itu tidak ada; perbaiki selnya sendiri, lalu kosongkan jawabannya"
    if _line(present) not in (_line(a.written), _line(a.proposal)):
        return (
            f'isinya sekarang "{_line(present)[:_SHOWN]}", bukan "{_line(a.written)[:_SHOWN]}" lagi, sedangkan usulannya diterima; kosongkan '
            "jawabannya, atau kembalikan isi selnya"
        )
    return None


def _present(sheet: Sheet | None, at: Spot | None) -> str | None:
    """What stands in a cell; None where there is no such cell."""
    if sheet is None or at is None or at[0] > len(sheet.rows):
        return None
    row = sheet.rows[at[0] - 1]
    return row[at[1]] if at[1] < len(row) else ""


def _line(text: str) -> str:
    return " ".join(text[: titles.LONGEST].split())


def _letters(cell: str) -> str:
    return cell.rstrip("0123456789")


def _without_oddities(sheet: Sheet, spots: set[Spot]) -> Sheet:
    """What was written there in its place is a text like any other."""
    if any(s in sheet.odd for s in spots):
        sheet = replace(sheet, odd={s: o for s, o in sheet.odd.items() if s not in spots})
    if any(s in sheet.exact for s in spots):
        sheet = replace(sheet, exact=Spots(s for s in sheet.exact if s not in spots))
    return sheet
