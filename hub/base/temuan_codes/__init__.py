"""The registry of finding codes: what programs may rely on, what they mean, what to do about them. Printed as
docs/temuan.md (hub.base.temuan_page)."""

import re

from hub.base.temuan_codes.anggaran import PROGRAMS
from hub.base.temuan_codes.chains import CHAINS
from hub.base.temuan_codes.entry import ERROR, INFO, WARNING, FindingCode, Subject
from hub.base.temuan_codes.files import READING
from hub.base.temuan_codes.gudang import EMERGENCY, TRANSFERS, WAREHOUSES
from hub.base.temuan_codes.inputs import INPUTS
from hub.base.temuan_codes.kinerja import PERFORMANCE_LISTS
from hub.base.temuan_codes.places import PLACES
from hub.base.temuan_codes.rekap import DEADLINES, PERFORMANCE, REKAP, REMINDERS
from hub.base.temuan_codes.returned import RETURNED
from hub.base.temuan_codes.sumber_daya import LISTS, RESOURCES
from hub.base.temuan_codes.tables import TABLES
from hub.base.temuan_codes.tagana import TAGANA
from hub.base.temuan_codes.wksbm import LINKS, WKSBM

SUBJECTS: tuple[Subject, ...] = (
    INPUTS, TABLES, PLACES, REKAP, READING, RETURNED, DEADLINES, REMINDERS, PERFORMANCE, PERFORMANCE_LISTS, PROGRAMS, RESOURCES, LISTS, WKSBM, LINKS, WAREHOUSES, TRANSFERS, EMERGENCY, TAGANA, CHAINS,
)  # fmt: skip

REGISTRY: dict[str, FindingCode] = {k.kode: k for s in SUBJECTS for k in s.kode}

# Rules of the catalogue are data: an office may add its own, so their codes are known by their shape alone.
RULE = FindingCode(
    "Fnn-An",
    (ERROR, WARNING, INFO),
    "Aturan nomor n formulir Fnn dalam katalog tidak terpenuhi; nama dan tingkatnya ada dalam katalog.",
    "Perbaiki angka yang disebut pesannya, atau jelaskan kepada provinsi.",
)
RULE_SHAPE = re.compile(r"F\d\d-A\d+")


def check(kode: str, level: str) -> None:
    """Raises ValueError where the registry has no such code, or not at that level."""
    entry = REGISTRY.get(kode)
    if entry is None:
        raise ValueError(f"finding code {kode} is not in hub.base.temuan_codes")
    if level not in entry.levels:
        raise ValueError(f"finding code {kode} has no level {level}, only {', '.join(entry.levels)}")
