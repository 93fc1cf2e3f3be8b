"""Root queries: coverage, which a service works out."""

import strawberry

from schema.cakupan import answers as cakupan_answers
from schema.cakupan.types import Cakupan, UsulanLokasi
from schema.engine.expectation import expects
from schema.expected_rows import at_most, coverage


@strawberry.type
class CakupanQueries:
    cakupan: Cakupan | None = strawberry.field(  # type: ignore[assignment]
        cakupan_answers.coverage,
        description="Desa mana di wilayah ini yang terjangkau sumber daya, mana yang belum, dan seberapa jauh. Sumber daya yang hari "
        "ini ada dihitung sekali; yang di seberang batas wilayah ikut.",
        metadata=expects(work=coverage),
    )
    usulan_lokasi: list[UsulanLokasi] | None = strawberry.field(  # type: ignore[assignment]
        cakupan_answers.proposed_places,
        description="Tempat sumber daya baru yang paling banyak menambah cakupan: bobotnya bila diminta, lalu banyak desanya. Dipilih "
        "satu per satu dari titik-titik desa; kurang dari `banyak` bila semuanya sudah tercakup. Desa tanpa titik tidak "
        "ikut; bila tidak satu pun punya titik, itu dikatakan sebagai galat.",
        metadata=expects(rows=at_most("banyak", 3), work=coverage),
    )
