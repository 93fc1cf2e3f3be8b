"""The moves of a rekap: what may be done in which state, where it leads, and who may. The service goes by this table, and what a
caller is told he may do (`boleh`) is generated from it.

    (nothing) ─SIMPAN→ DRAF ─AJUKAN→ DIAJUKAN ─SETUJUI→ DISETUJUI ─BUKA→ DIKEMBALIKAN
                                        ├─TARIK→ DRAF
                                        └─KEMBALIKAN→ DIKEMBALIKAN ─SIMPAN→ DRAF, ─AJUKAN→ DIAJUKAN

A province's statement has nobody above it in the hub: it is submitted from any state, and in force by that.
"""

from dataclasses import dataclass, replace

from hub.akses import izin
from hub.akses.izin import JUDGE_REKAP, WRITE_REKAP, Action, Reach
from hub.base import kode as kode_wilayah
from hub.base.actor import Actor, Role
from hub.base.kode import Level

DRAF, SUBMITTED, RETURNED, APPROVED = STATUSES = ("DRAF", "DIAJUKAN", "DIKEMBALIKAN", "DISETUJUI")
SAVE, SUBMIT, WITHDRAW, APPROVE, SEND_BACK, REOPEN = ("SIMPAN", "AJUKAN", "TARIK", "SETUJUI", "KEMBALIKAN", "BUKA")


@dataclass(frozen=True, slots=True)
class Move:
    """`dari`: the states it starts from, None: there is no rekap yet; `ke`: the one it leads to; `told`: whether `boleh` names it."""

    aksi: str
    who: Action
    dari: tuple[str | None, ...]
    ke: str
    told: bool = True


MOVES = (
    Move(SAVE, WRITE_REKAP, (None, DRAF, RETURNED), DRAF),
    Move(SUBMIT, WRITE_REKAP, (None, DRAF, RETURNED, SUBMITTED), SUBMITTED),
    Move(WITHDRAW, WRITE_REKAP, (SUBMITTED,), DRAF),
    Move(APPROVE, JUDGE_REKAP, (SUBMITTED,), APPROVED),
    Move(SEND_BACK, JUDGE_REKAP, (SUBMITTED,), RETURNED),
    Move(REOPEN, JUDGE_REKAP, (APPROVED,), RETURNED),
)
# a province may keep a draft of its statement and reopen it, but needs neither: it submits again
STATEMENT_MOVES = tuple(
    replace(m, dari=(None, *STATUSES)) if m.aksi == SUBMIT else replace(m, told=False) for m in MOVES
)
_WHO = {m.aksi: m.who for m in MOVES}


def is_statement(kode_kab: str) -> bool:
    """Whether the reporter is a province."""
    return kode_wilayah.level_of(kode_kab) is Level.PROVINSI


def require(actor: Actor, kode_kab: str, action: str) -> None:
    """Raises NotAuthorisedError where the caller makes that move with no rekap of that reporter."""
    izin.require(actor, _WHO[action], kode_kab)


def after(kode_kab: str, status: str | None, action: str) -> str | None:
    """The state that the move leads to; None where it cannot be made. `status`: None where there is no rekap yet."""
    return next((m.ke for m in _of(kode_kab) if m.aksi == action and status in m.dari), None)


def told(actor: Actor, kode_kab: str, status: str) -> tuple[str, ...]:
    """What the caller may do with a rekap of that reporter, as `boleh` has it."""
    moves = _of(kode_kab)
    return tuple(m.aksi for m in moves if m.told and status in m.dari and izin.may(actor, m.who, kode_kab))


def told_in(role: Role, reach: Reach, *, statement: bool) -> dict[tuple[str, ...], list[str]]:
    """The same in parts, for SQL: what those of a role are told who may it by that reach, and in which states."""
    if reach is Reach.OWN and statement is not (role is Role.PROVINSI):
        return {}  # the reporter is of the other level
    found: dict[tuple[str, ...], list[str]] = {}
    table = [m for m in (STATEMENT_MOVES if statement else MOVES) if m.told and m.who.reach.get(role) is reach]
    for status in STATUSES:
        if actions := tuple(m.aksi for m in table if status in m.dari):
            found.setdefault(actions, []).append(status)
    return found


def _of(kode_kab: str) -> tuple[Move, ...]:
    return STATEMENT_MOVES if is_statement(kode_kab) else MOVES
