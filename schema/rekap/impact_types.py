"""GraphQL types of what a rekap does to the totals of its kabupaten and province."""

from typing import Any

import strawberry

from hub.angka import reads as angka_reads
from hub.rekap.impact import CameIntoForce, Effect, if_approved
from hub.rekap.impact_reads import as_it_came, if_it_counted
from hub.wilayah import reads as wilayah_reads
from schema.context import HubInfo
from schema.engine.declare import column, relation
from schema.engine.execute import read_rows
from schema.katalog.types import Elemen
from schema.scalars import Desimal, Periode
from schema.wilayah.types import Wilayah


@strawberry.federation.type(description="Perubahan satu jumlah kabupaten/kota atau provinsi.")
class BarisDampak:
    wilayah: Wilayah = relation("Kabupaten/kota pelapor, atau provinsinya.", wilayah_reads.region)
    elemen: Elemen = relation("Elemennya.", angka_reads.element)
    periode: Periode = column("Periode rekap, atau periode lebih panjang yang dibentuk olehnya.")
    lama: Desimal | None = column("Jumlahnya sebelum itu, seperti pada `agregat`; null: belum ada.")
    baru: Desimal | None = column("Jumlahnya sesudah itu; null: tidak ada lagi.")


async def effect_on_totals(receipt: strawberry.Parent[Any], info: HubInfo) -> list[BarisDampak]:
    """Worked out only where it is selected. `receipt`: with its `effect`."""
    services, actor = info.context.services, info.context.actor
    effect: Effect | None = receipt.effect
    if effect is None:
        return []
    katalog = await services.katalog.get()
    if isinstance(effect, CameIntoForce):
        build = as_it_came(effect, katalog)
    else:
        found = await if_approved(services.db, actor, katalog, effect)
        if found is None:
            return []
        build = if_it_counted(found)
    rows: Any = await read_rows(None, info, build)
    return rows  # type: ignore[no-any-return]
