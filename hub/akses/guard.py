"""Wrong tokens, counted by the address they come from: from too many on they are told so, and the operator is told in the log.

Counting refuses nobody who has a right token: whether it is right is looked up whatever its address has done.
"""

import asyncio
import math
import time
from collections import OrderedDict
from dataclasses import dataclass

import structlog

from hub.base.errors import BatasPercobaanError, TokenDitolakError
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
    path: str = ""


class TokenGuard:
    def __init__(self, limits: GuessLimits) -> None:
        self._limits = limits
        self._addresses: OrderedDict[str, _Failures] = OrderedDict()
        self._reported = 0  # lines since the last report
        self._report: asyncio.TimerHandle | None = None

    def limited(self, address: str) -> bool:
        """Whether the next wrong token of that address is one too many."""
        known = self._addresses.get(address)
        return known is not None and self._level(known, time.monotonic()) + 1 > self._limits.burst

    def failed(self, origin: Origin, error: TokenDitolakError) -> TokenDitolakError | BatasPercobaanError:
        """Count one wrong token. What its sender is to be told: `error`, or that it was one too many."""
        now = time.monotonic()
        known = self._addresses.setdefault(origin.address, _Failures(at=now))
        self._addresses.move_to_end(origin.address)
        if len(self._addresses) > _ADDRESSES:
            self._addresses.popitem(last=False)
        level = self._level(known, now)
        too_many = level + 1 > self._limits.burst
        # a flood is not counted up: who stops is served again after one interval
        known.level, known.at = (level if too_many else level + 1), now
        known.count += 1
        known.path = origin.path
        self._tell(origin, known)
        return BatasPercobaanError(math.ceil(self._limits.every)) if too_many else error

    def _level(self, known: _Failures, now: float) -> float:
        return max(0.0, known.level - (now - known.at) / self._limits.every)

    # ---------- the log: the first of an address at once, the rest in one report a minute ----------

    def _tell(self, origin: Origin, known: _Failures) -> None:
        if known.count == 1 and self._reported < _TOLD:
            self._reported += 1
            _log.warning("token ditolak", alamat=origin.address, jalur=origin.path)
        if self._report is None:
            self._report = asyncio.get_running_loop().call_later(self._limits.report, self._summarise)

    def _summarise(self) -> None:
        """What was refused since the last report, of the addresses that sent most; the others as one sum."""
        self._report, self._reported = None, 0
        repeated = [(a, f) for a, f in self._addresses.items() if f.count > 1]
        repeated.sort(key=lambda each: -each[1].count)
        for address, failures in repeated[:_TOLD]:
            _log.warning("token ditolak berulang", alamat=address, banyak=failures.count, jalur=failures.path)
        if others := repeated[_TOLD:]:
            _log.warning("token ditolak berulang", alamat_lain=len(others), banyak=sum(f.count for _, f in others))
        for failures in self._addresses.values():
            failures.count = 0
