"""Findings by the ten thousand, as a wrong file makes them: what is kept of them, what an answer tells, and how many there are."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace

from hub.base.temuan import ERROR, INFO, WARNING, Temuan, display

LEFT_OUT = "TEMUAN_DIRINGKAS"
_KEPT = 20_000  # of one file: each takes half a kilobyte
_TOLD = 200  # in one answer: each is a dozen fields, and the event loop writes them one by one
_OF_EACH = 20  # of every kind so many, before any gets more
_PLACES = 100  # of one finding
_LONGEST = 500  # letters of what was written: a cell may hold a book
_BY_WEIGHT = {ERROR: 0, WARNING: 1, INFO: 2}


class FindingList(list[Temuan]):
    """Findings, as many as can be kept; of those after them, how many of which level and kind."""

    def __init__(self, most: int = _KEPT) -> None:
        super().__init__()
        self._most = most
        self._more: Counter[tuple[str, str]] = Counter()

    def append(self, finding: Temuan) -> None:
        if len(self) < self._most:
            super().append(finding)
        else:
            self._more[finding.tingkat, finding.kode] += 1

    def add(self, findings: Iterable[Temuan]) -> None:
        for finding in findings:
            self.append(finding)

    def more(self) -> list[Temuan]:
        """What was not kept, as one finding of the gravest level among them; none where all were."""
        return _rest(self._more)


def told(findings: Sequence[Temuan]) -> list[Temuan]:
    """What an answer tells: all where they are few, else the first of every kind, and how many more there are."""
    if len(findings) <= _TOLD:
        return [_short(f) for f in findings]
    seen: Counter[str] = Counter()
    early: list[int] = []
    late: list[int] = []
    for i, f in enumerate(findings):
        seen[f.kode] += 1
        (early if seen[f.kode] <= _OF_EACH else late).append(i)
    chosen = sorted([*early, *late][:_TOLD])
    rest = Counter((f.tingkat, f.kode) for f in findings) - Counter(
        (findings[i].tingkat, findings[i].kode) for i in chosen
    )
    return [*(_short(findings[i]) for i in chosen), *_rest(rest)]


def _rest(left_out: "Counter[tuple[str, str]]") -> list[Temuan]:
    if not left_out:
        return []
    worst = min((level for level, _ in left_out), key=_BY_WEIGHT.__getitem__)
    kinds: Counter[str] = Counter()
    for (_, kode), count in left_out.items():
        kinds[kode] += count
    listed = ", ".join(f"{kode} {display(n)}" for kode, n in kinds.most_common())
    message = (
        f"Masih ada {display(left_out.total())} temuan yang tidak disebut satu per satu ({listed}). Perbaiki dahulu yang disebut, "
        "lalu kirim lagi."
    )
    return [Temuan(LEFT_OUT, worst, message, nilai=str(left_out.total()))]


def _short(f: Temuan) -> Temuan:
    if len(f.lokasi) <= _PLACES and max(map(len, (f.pesan, f.nilai or "", f.usulan or ""))) <= _LONGEST:
        return f
    return replace(
        f, pesan=_cut(f.pesan, 4 * _LONGEST), nilai=f.nilai and _cut(f.nilai), usulan=f.usulan and _cut(f.usulan),
        lokasi=f.lokasi[:_PLACES],
    )  # fmt: skip


def _cut(text: str, most: int = _LONGEST) -> str:
    return text if len(text) <= most else f"{text[:most]} …"
