"""Arguments that questions of several domains take."""

from datetime import date, datetime
from typing import Annotated

import strawberry

from schema.engine.declare import argument
from schema.scalars import KodeWilayah, Periode
from schema.wilayah.types import TingkatWilayah

AnyWilayah = Annotated[KodeWilayah, strawberry.argument(description="Provinsi, kabupaten/kota, kecamatan atau desa.")]
AsOf = Annotated[date | None, strawberry.argument(description="Menurut keadaan pada hari itu; tanpa ini: hari ini.")]
WILAYAH = argument("wilayah", KodeWilayah, "Wilayah yang ditanyakan, beserta bagiannya.", required=True)
PERIODE = argument("periode", list[Periode], "Periode yang ditanyakan.", required=True)
LEVEL = argument("tingkat", TingkatWilayah, "Satu baris per wilayah tingkat ini.", required=True)
AS_KNOWN_AT = argument(
    "pada", datetime | None, "Sebagaimana diketahui pada saat itu; tanpa ini: sebagaimana diketahui sekarang."
)
