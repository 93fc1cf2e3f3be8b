"""Importing a list of regions with a date of force: what ended, what began, what is the same place under a new code.

The first list opens regions. Each later list closes those it no longer has, opens those it adds, keeps those it
still has (a new spelling becomes the name, the old one an alias), and links what moved. A code may come to mean
another place; then the old region closes and a new one opens under the same code.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import date

from hub.base.errors import InvalidInputError
from hub.db.database import Conn, Database
from hub.wilayah import statements as store
from hub.wilayah.changes import contradicting, derive_changes
from hub.wilayah.closures import (
    ancestors,
    broken_off,
    line_codes,
    protected_codes,
    shares_to_confirm,
    truncated_name,
    uniformly_truncated_names,
)
from hub.wilayah.draft import BrokenLine, ListLine, ReadList, RegionChange, Remark, check_changes, check_list
from hub.wilayah.statements import LineageRow, WilayahRow

CLOSURE_PERCENT = 10
_EXAMPLES = 5  # places named in the sentence; the report has all regions


@dataclass(slots=True)
class LaporanWilayah:
    """What an import did, and every line it could not take."""

    lines_read: int = 0
    opened: int = 0
    closed: int = 0
    renamed: int = 0
    links: int = 0
    unchanged: int = 0
    links_from: str = "daftar perubahan"
    broken: list[str] = field(default_factory=list)
    without_successor: list[str] = field(default_factory=list)
    protected: list[str] = field(default_factory=list)
    temuan: list[str] = field(default_factory=list)


class ListHeldBackError(InvalidInputError):
    """Nothing was changed: lines cannot be used, or too much would close. `laporan` tells what, the message how to go on."""

    def __init__(self, message: str, laporan: LaporanWilayah) -> None:
        super().__init__(message)
        self.laporan = laporan


@dataclass(frozen=True, slots=True)
class Trust:
    """How far to trust a list. `is_partial`: it is not complete, so it closes nothing; `accept_broken`: go on without the lines
    that cannot be used; `close_any`: close however many it leaves out; `closure_percent`: how many of a level below a region
    it may close without a successor unasked."""

    is_partial: bool = False
    accept_broken: bool = False
    close_any: bool = False
    closure_percent: int = CLOSURE_PERCENT


_COMPLETE = Trust()


async def import_wilayah(
    db: Database,
    lines: Iterable[ListLine | BrokenLine | Remark],
    valid_from: date,
    change_lines: Iterable[RegionChange | BrokenLine | Remark] | None = None,
    *,
    source: str,
    trust: Trust = _COMPLETE,
) -> LaporanWilayah:
    """Import a list that is in force from `valid_from`, complete for every province it names unless `trust` says otherwise.

    Raises ListHeldBackError, having changed nothing, when lines cannot be used or too many regions would close;
    InvalidInputError when the data already holds a newer list of all its provinces.
    """
    read = check_list(lines, valid_from)
    changes, broken_changes, remarks = check_changes(change_lines or ())
    read.broken += broken_changes
    laporan = LaporanWilayah(lines_read=read.lines_read, temuan=[*read.remarks, *remarks])
    async with db.as_owner() as conn:
        await store.hold(conn)
        provinsi = await _provinsi(conn, read, valid_from, laporan)
        old = {b.kode: b for b in await store.in_force(conn, provinsi, valid_from)}
        lists = _TwoLists(old, await store.ended_on(conn, provinsi, valid_from), read, valid_from, laporan)
        _drop_truncated(lists)
        staying = _check_parents(lists, trust.is_partial)
        if not old:
            noted_changes = []
        elif change_lines is None:
            laporan.links_from = "nama yang sama"
            noted_changes = derive_changes(
                {k: b.nama for k, b in old.items()}, {k: b.nama for k, b in read.rows.items()}
            )
        else:
            noted_changes = [p for p in changes if p.kode_lama[:2] in provinsi or p.kode_baru[:2] in provinsi]
            before = {k: b.nama for k, b in old.items() if b.berlaku_sejak < valid_from}
            wrong = contradicting(noted_changes, before, {k: b.nama for k, b in read.rows.items()})
            read.broken += wrong
            noted_changes = [p for p in noted_changes if p.number not in {b.number for b in wrong}]
        plan = _make_plan(
            lists, _NotedChanges(noted_changes, change_lines is not None), old.keys() if trust.is_partial else staying
        )
        _hold_back(plan, lists, trust)
        await store.close(conn, [(k, old[k].berlaku_sejak) for k in plan.closing], valid_from)
        await store.insert(conn, [read.rows[k] for k in sorted(plan.opening)])
        await store.rename(conn, plan.renames, valid_from, source)
        laporan.links = await store.link(conn, plan.links)
        await store.analyze(conn, "wilayah", "silsilah", "alias_wilayah")
    return laporan


async def _provinsi(conn: Conn, read: ReadList, valid_from: date, laporan: LaporanWilayah) -> list[str]:
    """The provinces the list speaks of. Those that already have a newer list are left as they are, and that is said."""
    newest = await store.newest_starts(conn, sorted({k[:2] for k in read.rows}))
    newer = {p: since for p, since in newest.items() if since > valid_from}
    named = {k[:2] for k in read.rows}
    if newer and named == newer.keys():
        raise InvalidInputError(
            f"Daftar ini berlaku sejak {valid_from}, padahal sudah ada daftar yang lebih baru (sejak {max(newer.values())}) "
            "untuk provinsi yang sama. Impor daftar lama lebih dahulu, atau periksa tanggalnya."
        )
    for p, since in sorted(newer.items()):
        laporan.temuan.append(f"{p}: sudah ada daftar yang lebih baru (sejak {since}); provinsi ini dilewati")
    read.rows = {k: b for k, b in read.rows.items() if k[:2] not in newer}
    return sorted(named - newer.keys())


@dataclass(frozen=True, slots=True)
class _TwoLists:
    """What was in force (`old`; what the same list opened before among it) and what the same list closed before (`ended`: code →
    berlaku_sejak) beside the list that is to be from `valid_from` on. `laporan` gets what is found by holding one
    against the other."""

    old: dict[str, WilayahRow]
    ended: dict[str, date]
    read: ReadList
    valid_from: date
    laporan: LaporanWilayah

    @property
    def new(self) -> dict[str, WilayahRow]:
        return self.read.rows


@dataclass(frozen=True, slots=True)
class _NotedChanges:
    """What is said to have become of what. `written_down`: by somebody, not guessed."""

    changes: list[RegionChange]
    written_down: bool


@dataclass(slots=True)
class _Plan:
    """`without_successor`: those among `closing` of which nothing says what became of them."""

    closing: set[str]
    opening: set[str]
    without_successor: set[str]
    renames: list[tuple[str, date, str, str]] = field(default_factory=list)
    links: list[LineageRow] = field(default_factory=list)


def _drop_truncated(lists: _TwoLists) -> None:
    """Lines whose names look cut are not used."""
    read, old = lists.read, lists.old
    cut = {line.kode[0]: line for line in uniformly_truncated_names(read, old)}
    if (last := truncated_name(read, old)) is not None:
        cut[last.kode[0]] = last
    for code, line in cut.items():
        read.broken.append(line)
        del read.rows[code]


def _check_parents(lists: _TwoLists, is_partial: bool) -> set[str]:
    """Codes that the list left out although it names something below them, at whatever depth: they stay in force; a
    finding unless the list is only a part. What has no parent at all cannot be used, with everything below it."""
    staying: set[str] = set()
    old, read, new = lists.old, lists.read, lists.new
    for k in sorted(new, key=len):  # parents before children
        above = list(ancestors(k))
        staying.update(a for a in above if a in old and a not in new)
        if above and above[0] not in new and above[0] not in old:
            cause = f"{k} {new[k].nama}: induknya ({above[0]}) tidak ada di berkas maupun di hub"
            read.broken.append(BrokenLine(read.numbers[k], cause, (k,), new[k].nama))
            del new[k]
    if not is_partial:
        lists.laporan.temuan += [
            f"{k} {old[k].nama}: tidak ada di berkas, padahal bagiannya ada; dibiarkan berlaku" for k in sorted(staying)
        ]
    return staying


def _make_plan(lists: _TwoLists, noted: _NotedChanges, staying: Collection[str]) -> _Plan:
    """What to close, open, rename and link. `staying`: codes that stay although the list does not name them."""
    old, read, new, laporan = lists.old, lists.read, lists.new, lists.laporan
    # the same list again (or a correction of it) must not close what it opened itself
    truly_old = {k: b for k, b in old.items() if b.berlaku_sejak < lists.valid_from}
    fitting, made = _fitting_changes(noted.changes if truly_old else [], lists)
    ended = {p.kode_lama for p in fitting if p.ends}
    begun = {p.kode_baru for p in fitting if p.begins}
    reused = truly_old.keys() & new.keys() & ended & begun
    missing = truly_old.keys() - new.keys() - set(staying)
    unexplained = missing - {p.kode_lama for p in fitting if noted.written_down or p.links}
    protected = protected_codes(
        read.broken, {k: old[k].nama for k in missing | reused}, {k: old[k].nama for k in unexplained}
    )
    keeping_name = {k for line in read.broken for k in line_codes(line)} | (reused & protected)
    reused -= protected
    laporan.protected = [f"{k} {old[k].nama}" for k in sorted(missing & protected)]
    plan = _Plan(
        closing=(missing - protected) | reused, opening=(new.keys() - old.keys()) | reused,
        without_successor=unexplained - protected,
    )  # fmt: skip
    for k in sorted(old.keys() - truly_old.keys() - new.keys() - set(staying)):
        laporan.temuan.append(f"{k} {old[k].nama}: dibuka oleh daftar bertanggal sama, kini tidak ada; dibiarkan")
    for k in sorted((old.keys() & new.keys()) - reused):
        if old[k].nama == new[k].nama or k in keeping_name:
            laporan.unchanged += 1
        else:
            plan.renames.append((k, old[k].berlaku_sejak, old[k].nama, new[k].nama))
    plan.links = _links([*fitting, *made], plan, lists)
    if truly_old and noted.changes:
        named = [{p.kode_lama for p in fitting}, {p.kode_baru for p in fitting}]
        for kode, what, recorded in ((plan.closing, "ditutup", named[0]), (plan.opening, "dibuka", named[1])):
            for k in sorted(kode - recorded):
                laporan.temuan.append(f"{k}: {what} karena daftar, tetapi tidak ada di daftar perubahan")
    laporan.opened, laporan.closed, laporan.renamed = len(plan.opening), len(plan.closing), len(plan.renames)
    return plan


def _hold_back(plan: _Plan, lists: _TwoLists, trust: Trust) -> None:
    """Note what is doubtful. Raises ListHeldBackError when somebody has to say yes to it first."""
    old, read, laporan = lists.old, lists.read, lists.laporan
    laporan.broken = [
        line.message(old) for line in sorted(read.broken, key=lambda line: (line.file_label, line.number))
    ]
    closing = sorted(plan.without_successor, key=lambda k: (len(k), k))
    laporan.without_successor = [f"{k} {old[k].nama}" for k in closing]
    reasons = []
    if laporan.broken and not trust.accept_broken:
        reasons.append(
            f"{len(laporan.broken)} baris tidak dapat dipakai. Perbaiki baris itu, atau ulangi dengan --terima-rusak: baris itu "
            "dilewati, dan wilayah yang mungkin dimaksudnya tidak ditutup dan tidak berganti nama."
        )
    if not trust.close_any and (cause := _cause_to_ask(closing, lists, trust.closure_percent)):
        reasons.append(
            f"{len(closing)} wilayah akan ditutup tanpa pengganti: {cause}. Kalau daftar ini tidak lengkap (terpotong, atau memang "
            "sebagian), ulangi dengan --sebagian: tidak ada yang ditutup. Kalau wilayah itu memang sudah tidak ada, ulangi dengan "
            "--tutup, atau sebut di daftar --perubahan."
        )
    if reasons:
        raise ListHeldBackError("Tidak ada yang diubah. " + " ".join(reasons), laporan)


def _cause_to_ask(closing: list[str], lists: _TwoLists, percent: int) -> str:
    """Why so many closures need a word first; empty when they do not."""
    old = lists.old
    shares = shares_to_confirm(closing, old, percent)
    names = {k: b.nama for k, b in old.items()}
    causes = []
    if shares:
        examples = "; ".join(b.message(names) for b in shares[:_EXAMPLES])
        further = f"; dan {len(shares) - _EXAMPLES} bagian lain" if len(shares) > _EXAMPLES else ""
        causes.append(f"lebih dari {percent} % di {examples}{further}")
    if breaking_off := broken_off(lists.read, closing, old):
        causes.append(breaking_off)
    return "; ".join(causes)


def _links(changes: list[RegionChange], plan: _Plan, lists: _TwoLists) -> list[LineageRow]:
    """What came of what: of the changes of this run, and of those that an earlier one made without knowing it."""
    old, valid_from = lists.old, lists.valid_from
    ended = {**lists.ended, **{k: old[k].berlaku_sejak for k in plan.closing}}
    begun = plan.opening | {k for k, b in old.items() if b.berlaku_sejak == valid_from}
    links = []
    for p in changes:
        since, until = ended.get(p.kode_lama), valid_from if p.kode_baru in begun else None
        if since is None and p.jenis == "pecah" and p.kode_lama in old and p.kode_lama not in begun:
            since = old[p.kode_lama].berlaku_sejak
        if until is None and p.jenis == "gabung" and p.kode_baru in old:
            until = old[p.kode_baru].berlaku_sejak
        if p.links and since is not None and until is not None:
            links.append(LineageRow(p.kode_lama, since, p.kode_baru, until, p.jenis))
    return links


def _fitting_changes(
    noted_changes: list[RegionChange], lists: _TwoLists
) -> tuple[list[RegionChange], list[RegionChange]]:
    """The changes that fit both lists, and those an earlier run has already made; the others are reported."""
    old, new = lists.old, lists.new
    fitting: list[RegionChange] = []
    made: list[RegionChange] = []
    for p in noted_changes:
        if p.jenis.startswith("ganti_"):
            continue
        opened_before = p.kode_baru in old and old[p.kode_baru].berlaku_sejak == lists.valid_from
        ended_before = p.kode_lama in lists.ended
        if (
            (opened_before and (not p.kode_lama or ended_before or p.jenis == "pecah"))
            or (not p.kode_baru and p.kode_lama not in old)
            or (ended_before and p.jenis == "gabung" and p.kode_baru in old)
        ):
            made.append(p)
        elif not opened_before and (not p.kode_lama or p.kode_lama in old) and (not p.kode_baru or p.kode_baru in new):
            fitting.append(p)
        else:
            lists.laporan.temuan.append(
                f"perubahan baris {p.number}: {p.jenis} {p.kode_lama} → {p.kode_baru} tidak cocok dengan daftar"
            )
    return fitting, made
