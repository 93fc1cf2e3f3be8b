"""A statement made, and what one call asks with it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from hub.base.errors import HubError
from hub.base.sized_cache import size_of
from hub.db.database import Statement
from hub.plan.arguments import Known, Parameters, Variables


@dataclass(frozen=True, slots=True)
class Compiled:
    """One statement and its parameters; `sql` None: there is nothing to look for and the answer is null. `refused`: what
    the question asks cannot be answered at all."""

    sql: str | None
    parameters: Parameters
    constants: Mapping[str, Any] = field(default_factory=dict)
    refused: HubError | None = None

    def size(self) -> int:
        """Bytes it takes, about."""
        return 1_000 + len(self.sql or "") + 1_000 * len(self.parameters.items) + size_of(self.constants)

    def statement(self, variables: Variables, known: Known) -> Statement:
        """Ready to run with these variables. Raises HubError when a value cannot be used."""
        assert self.sql is not None
        return Statement(self.sql, {**self.constants, **self.parameters.values(variables, known)})

    def ask(self, variables: Variables, known: Known) -> "Asked":
        """The same as what one root field asks. Raises HubError when it cannot be answered."""
        if self.refused is not None:
            raise self.refused.with_traceback(None)  # raised often, and each time its traceback would grow
        return Asked(() if self.sql is None else (self.statement(variables, known),))


@dataclass(frozen=True, slots=True)
class Asked:
    """What one root field asks of the database in one call. `errors`: what is wrong at single places of its list."""

    statements: Sequence[Statement]
    errors: Sequence[tuple[int, HubError]] = ()

    def join(self, results: Sequence[bytes | None]) -> bytes | None:
        """The field's value, from the statements' answers."""
        return results[0] if results else None
