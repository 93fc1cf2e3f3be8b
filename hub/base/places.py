"""Places that callers share: a number of them in all, so many for one caller, some that only token holders can take."""

from collections import Counter
from dataclasses import dataclass

from hub.base.origin import Caller


@dataclass(frozen=True, slots=True)
class Shares:
    """How many places there are: in `total`; of them `public` for callers without a token; for one token; for one
    address whose callers have none."""

    total: int
    public: int
    per_token: int
    per_address: int


class Places:
    """Places may be counted one by one or in bytes. Nothing is kept of callers who hold none."""

    def __init__(self, shares: Shares) -> None:
        self._shares = shares
        self._held: Counter[Caller] = Counter()
        self.taken = 0
        self._public = 0

    def take(self, caller: Caller, amount: int = 1) -> bool:
        """Whether the caller has them now. One who holds none may take more than the share of one, if there is room: what is
        larger than a share would never get in."""
        key = _key(caller)
        held, shares = self._held[key], self._shares
        each = shares.per_token if caller.token else shares.per_address
        fits = (
            self.taken + amount <= shares.total
            and (bool(caller.token) or self._public + amount <= shares.public)
            and (not held or held + amount <= each)
        )
        if not fits:
            return False
        self._held[key] += amount
        self.taken += amount
        self._public += 0 if caller.token else amount
        return True

    def give_back(self, caller: Caller, amount: int = 1) -> None:
        key = _key(caller)
        self._held[key] -= amount
        self.taken -= amount
        self._public -= 0 if caller.token else amount
        if not self._held[key]:
            del self._held[key]


def _key(caller: Caller) -> Caller:
    """A token's places are the token's, wherever it is used."""
    return Caller("", caller.token) if caller.token else caller
