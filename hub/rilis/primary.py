"""Which cells are hidden for their own sake: so small that a person may be recognised, or of a level or choice that is closed.

Source: the design of small counts. k is a setting of the province for each sensitivity; sensitivity 0 is never hidden.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from hub.base.kode import Level

FINEST_LEVEL: Mapping[int, Level] = {0: Level.DESA, 1: Level.DESA, 2: Level.KECAMATAN, 3: Level.KABUPATEN}
"""Sensitivity → the finest level at which figures of it are shown at all."""


@dataclass(frozen=True, slots=True)
class Thresholds:
    """`k` of sensitivity 1, 2 and 3: smaller counts are hidden, and what can be said of a hidden one stays at least k wide."""

    one: int = 5
    two: int = 5
    three: int = 10

    def of(self, sensitivity: int) -> int:
        """Raises KeyError for sensitivity 0, which hides nothing."""
        return {1: self.one, 2: self.two, 3: self.three}[sensitivity]


def is_closed(sensitivity: int, level: Level) -> bool:
    """Whether figures of that sensitivity are not shown at that level, whatever they count."""
    return level > FINEST_LEVEL[sensitivity]


def nought_is_open(sensitivity: int, level: Level) -> bool:
    """Whether everybody may see that there are none. Then a hidden count is known to be 1 at least."""
    return sensitivity < 3 and not is_closed(sensitivity, level)


def width(
    sensitivity: int, level: Level, value: int, thresholds: Thresholds, *, whole_choice: bool = False
) -> int | None:
    """How wide what can be said of this count must stay; None: it is not hidden for its own sake.

    `whole_choice`: the choice of a breakdown that all of its total are of; whoever knows one of them knows their kind.
    """
    if sensitivity == 0:
        return None
    k = thresholds.of(sensitivity)
    if value == 0 and sensitivity < 3:
        return None  # nobody: nothing to tell of anybody
    if value < k or is_closed(sensitivity, level) or (whole_choice and sensitivity >= 2):
        return k
    return None
