"""Expected failures as members of a mutation's union."""

from typing import Any

import strawberry

from hub.base.errors import BentrokRevisiError, TidakBerwenangError
from schema.rekap.types import BentrokRevisi, TidakBerwenang


class DenyHandler(strawberry.ExceptionHandler[TidakBerwenangError, TidakBerwenang]):
    def handle(self, exception: TidakBerwenangError, *, field: Any, info: Any) -> TidakBerwenang:
        return TidakBerwenang(pesan=exception.pesan)


class ConflictHandler(strawberry.ExceptionHandler[BentrokRevisiError, BentrokRevisi]):
    def handle(self, exception: BentrokRevisiError, *, field: Any, info: Any) -> BentrokRevisi:
        return BentrokRevisi(pesan=exception.pesan, revisi_terbaru=exception.revisi_terbaru)
