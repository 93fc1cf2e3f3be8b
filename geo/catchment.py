"""Two-step floating catchment area (Luo and Wang 2003): how many places there are for each unit of need, where everybody
within a distance of a facility competes for it and everybody may go to every facility within that distance.

    step 1, for each facility j:  R_j = S_j / Σ P_k  over the need k within the distance of j
    step 2, for each point i:     A_i = Σ R_j        over the facilities j within the distance of i

So Σ A_i · P_i is the sum of the S_j that anybody can reach.
"""

from dataclasses import dataclass

import numpy as np

from geo.arrays import Bools, Floats
from geo.near import Points, sum_within


@dataclass(frozen=True, slots=True)
class Access:
    """`value`, (n,): places per unit of need. `complete`, (n,): whether everything that it follows from was known; where not,
    the need was larger than what was counted, or there were more places."""

    value: Floats
    complete: Bools


def two_step(points: Points, need_at: Points, need: Floats, supply_at: Points, supply: Floats, metres: float) -> Access:
    """`need`, (k,), and `supply`, (m,): nan where nobody knows. What is not known is left out of the sums and makes what
    follows from it incomplete; a facility with no known need in reach gives nobody anything."""
    unknown = np.isnan(need)
    demand = np.column_stack([np.where(unknown, 0.0, need), unknown])
    within_reach = sum_within(supply_at, need_at, metres, demand)
    available = np.where(np.isnan(supply), 0.0, supply)
    ratio = np.divide(available, within_reach[:, 0], out=np.zeros(len(available)), where=within_reach[:, 0] > 0)
    incomplete = np.isnan(supply) | (within_reach[:, 1] > 0)
    sums = sum_within(points, supply_at, metres, np.column_stack([ratio, incomplete]))
    return Access(sums[:, 0], np.asarray(sums[:, 1] == 0))
