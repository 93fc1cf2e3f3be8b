"""Root subscriptions. Each event is read by the compiler under the reader's own role, so what a subscription tells and
what `rekap.riwayat` shows cannot differ."""

import strawberry

from hub.rekap import reads as rekap_reads
from schema.engine.declare import argument, root
from schema.rekap.types import PeristiwaRekap
from schema.scalars import KodeWilayah


@strawberry.type(
    description="Yang dapat diikuti, lewat WebSocket (graphql-transport-ws) atau server-sent events (text/event-stream)."
)
class Subscription:
    rekap_berubah: PeristiwaRekap = root(
        "Setiap peristiwa rekap di wilayah ini sejak langganan dibuka, sejauh yang boleh Anda lihat dalam `riwayat`.",
        rekap_reads.event,
        argument(
            "wilayah", KodeWilayah, "Provinsi (beserta kabupaten/kotanya) atau satu kabupaten/kota.", required=True
        ),
    )
