"""The rekap of last period sent once more. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from hub.angka.cells import CleanCell
from hub.base.periode import PeriodeKind
from hub.base.public_id import RekapKey
from hub.base.temuan import WARNING, Temuan
from hub.katalog.katalog import Kewajaran
from hub.rekap.statements import NilaiRow


@dataclass(frozen=True, slots=True)
class Previous:
    """The rekap of the period before: its newest revision, and how many of its figures are not nought, and their sum."""

    key: RekapKey
    revisi: int
    filled: int
    total: Decimal

    def may_be(self, cells: Iterable[CleanCell]) -> bool:
        """Whether these may be the very same figures: nearly never, so they are not brought here to be compared."""
        values = [s.nilai for s in cells if s.nilai]
        return len(values) == self.filled and sum(values) == self.total


_MONTHS = {kind.name: int(kind) for kind in PeriodeKind}


def check_resent(
    cells: Iterable[CleanCell], previous: tuple[str, list[NilaiRow]] | None, kind: PeriodeKind, bounds: Kewajaran
) -> list[Temuan]:
    """`previous`: period and cells of the rekap before.

    That nothing changed says more the less it is chance: figures that change by nature (flows, people) agree by chance once in
    ten for each digit they have. Stocks are often what they were, so of them it takes many, and different ones. What is reported less
    often than this rekap (a year's target in every quarter) is the same because it must be, and says nothing.
    """
    if previous is None:
        return []
    periode, nilai = previous
    filled = [s for s in cells if s.nilai]
    current = {(s.elemen.kode, s.wilayah, s.rincian, s.nilai) for s in filled}
    if current != {(b.elemen, b.kode_wilayah, b.rincian, b.nilai) for b in nilai if b.nilai}:
        return []
    telling = [s for s in filled if _MONTHS.get(s.elemen.frekuensi, 0) <= kind]
    digits = sum(len(str(int(s.nilai or 0))) for s in telling if not s.elemen.jarang_berubah)
    different = len({s.nilai for s in telling})
    if digits < bounds.tetap_digit and (len(telling) < bounds.tetap_stok or different < bounds.tetap_ragam):
        return []
    message = (
        f"Semua angka yang bukan nol ({len(current)}) sama persis dengan rekap periode {periode}; jangan-jangan berkas lama "
        "terkirim. Bila memang tidak berubah, biarkan."
    )
    return [Temuan("SAMA_DENGAN_PERIODE_LALU", WARNING, message)]
