"""Root queries: nodes."""

import strawberry

from hub.simpul import registry_reads
from schema.engine.declare import root
from schema.simpul.types import Simpul


@strawberry.type
class SimpulQueries:
    daftar_simpul: list[Simpul] | None = root(
        "Kabupaten/kota dengan hub sendiri, menurut kode, sejauh yang boleh Anda lihat; di simpul: simpul itu sendiri.",
        registry_reads.listed,
        rows=5,
    )
