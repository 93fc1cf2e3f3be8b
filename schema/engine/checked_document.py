"""Strawberry parses and checks what it runs; here that was done before."""

from collections.abc import Iterator

from graphql import DocumentNode
from strawberry.extensions import SchemaExtension


class CheckedDocument(SchemaExtension):
    """A document that comes with the context was parsed and checked already."""

    def on_parse(self) -> Iterator[None]:
        self.execution_context.graphql_document = self._checked()
        yield

    def on_validate(self) -> Iterator[None]:
        if self._checked() is not None:
            self.execution_context.pre_execution_errors = []
        yield

    def _checked(self) -> DocumentNode | None:
        return getattr(self.execution_context.context, "document", None)
