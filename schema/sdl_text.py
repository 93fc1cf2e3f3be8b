"""The schema as text, as routers and other hubs read it."""

from functools import cache

from strawberry.printer import print_schema
from strawberry.schema import BaseSchema


@cache
def sdl_of(schema: BaseSchema) -> str:
    """In the definition language of GraphQL; made once."""
    return print_schema(schema)
