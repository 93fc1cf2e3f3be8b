"""Expected failures as members of a mutation's union."""

from typing import Any

import strawberry

from hub.base.errors import NotAuthorisedError, RevisionConflictError
from schema.rekap.answers import conflicting, denied
from schema.rekap.types import BentrokRevisi, TidakBerwenang


class DenyHandler(strawberry.ExceptionHandler[NotAuthorisedError, TidakBerwenang]):
    def handle(self, exception: NotAuthorisedError, *, field: Any, info: Any) -> TidakBerwenang:
        return denied(exception)


class ConflictHandler(strawberry.ExceptionHandler[RevisionConflictError, BentrokRevisi]):
    def handle(self, exception: RevisionConflictError, *, field: Any, info: Any) -> BentrokRevisi:
        return conflicting(exception)
