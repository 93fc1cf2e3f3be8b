"""Wrong tokens, and wrong codes to log in with, counted by the address they come from: from too many on they are told so, and the
operator is told in the log.

Counting refuses nobody who has a right one: whether it is right is looked up whatever its address has done.
"""

import asyncio
import math
import time
from collections import OrderedDict
from dataclasses import dataclass

import structlog

from hub.base.errors import AttemptLimitError, HubError
from hub.base.origin import Origin

_log = structlog.get_logger("hub.token")
_ADDRESSES = 10_000  # addresses remembered; the one that failed longest ago is forgotten first
_TOLD = 10  # addresses that have lines of their own in one report


@dataclass(frozen=True, slots=True)
class GuessLimits:
    """`burst`: wrong tokens that an address may send at once; `every`: seconds after which it may send one more; `pause`:
    seconds for which unknown tokens of addresses that sent too many are gathered before they are looked up; `report`:
    seconds between reports in the log."""

    burst: int = 20
    every: float = 3.0
    pause: float = 0.25
    report: float = 60.0


@dataclass(slots=True)
class _Failures:
    level: float = 0.0  # wrong tokens not yet forgiven
    at: float = 0.0
    count: int = 0  # since the last report
    untold: int = 0  # of them, those that no line has told
    path: str = ""


class TokenGuard:
    """`what`: is guessed, as a word in a sentence."""

    def __init__(self, limits: GuessLimits, what: str = "token") -> None:
        self._limits = limits
        self._what = what
        self._addresses: OrderedDict[str, _Failures] = OrderedDict()
        self._reported = 0  # lines since the last report
        self._forgotten = self._forgotten_failures = 0  # addresses forgotten since then, and what they left untold
        self._report: asyncio.TimerHandle | None = None

    def limited(self, address: str) -> bool:
        """Whether the next wrong token of that address is one too many."""
        known = self._addresses.get(address)
        return known is not None and self._level(known, time.monotonic()) + 1 > self._limits.burst

    def failed(self, origin: Origin, error: HubError) -> HubError:
        """Count one wrong token. What its sender is to be told: `error`, or that it was one too many."""
        now = time.monotonic()
        known = self._addresses.setdefault(origin.address, _Failures(at=now))
        self._addresses.move_to_end(origin.address)
        if len(self._addresses) > _ADDRESSES:
            _, oldest = self._addresses.popitem(last=False)
            self._forgotten += oldest.untold > 0
            self._forgotten_failures += oldest.untold
        level = self._level(known, now)
        too_many = level + 1 > self._limits.burst
        # a flood is not counted up: who stops is served again after one interval
        known.level, known.at = (level if too_many else level + 1), now
        known.count += 1
        known.path = origin.path
        self._tell(origin, known)
        return AttemptLimitError(math.ceil(self._limits.every), self._what) if too_many else error

    def _level(self, known: _Failures, now: float) -> float:
        return max(0.0, known.level - (now - known.at) / self._limits.every)

    # ---------- the log: the first of an address at once, the rest in one report a minute ----------

    def _tell(self, origin: Origin, known: _Failures) -> None:
        if known.count == 1 and self._reported < _TOLD:
            self._reported += 1
            _log.warning(f"{self._what} ditolak", alamat=origin.address, jalur=origin.path)
        else:
            known.untold += 1
        if self._report is None:
            self._report = asyncio.get_running_loop().call_later(self._limits.report, self._summarise)

    def _summarise(self) -> None:
        """What was refused since the last report and no line has told: of the addresses that sent most; the others as one sum."""
        self._report, self._reported = None, 0
        untold = [(a, f) for a, f in self._addresses.items() if f.untold]
        untold.sort(key=lambda each: -each[1].count)
        own = [each for each in untold[:_TOLD] if each[1].count > 1]
        for address, failures in own:
            _log.warning(f"{self._what} ditolak berulang", alamat=address, banyak=failures.untold, jalur=failures.path)
        others = untold[len(own) :]
        many = sum(f.untold for _, f in others) + self._forgotten_failures
        if many:
            _log.warning(f"{self._what} ditolak berulang", alamat_lain=len(others) + self._forgotten, banyak=many)
        self._forgotten = self._forgotten_failures = 0
        for failures in self._addresses.values():
            failures.count = failures.untold = 0
