"""`hub export schema --api`: what clients read, and nothing that is for routers."""

import re

from graphql import build_schema, is_specified_scalar_type
from graphql.utilities import find_schema_changes

from schema.api_text import api_text
from schema.build import schema, sdl

_API = api_text(sdl())


def test_it_is_a_whole_schema_by_itself() -> None:
    """No directive or type in it that it does not define: any tool reads it."""
    read = build_schema(_API)
    served = {
        n for n, t in schema()._schema.type_map.items() if not n.startswith("_") and not is_specified_scalar_type(t)
    }
    machinery = served - read.type_map.keys()
    assert all("federation" in n or "link" in n.lower() or n == "FieldSet" for n in machinery), machinery
    assert read.type_map.keys() <= schema()._schema.type_map.keys() | {"Float", "Int"}


def test_nothing_of_it_is_for_routers() -> None:
    text = re.sub(r'"""(.|\n)*?"""', "", _API)
    assert set(re.findall(r"@\w+", text)) <= {"@specifiedBy", "@deprecated", "@oneOf"}
    assert not re.search(r"\b_\w", text)
    assert "node(" in text


def test_whoever_asks_the_hub_for_the_same_gets_the_same() -> None:
    whole = build_schema(sdl(), assume_valid_sdl=True)
    gone = {
        re.sub(r"^Field | was removed.*", "", c.description) for c in find_schema_changes(whole, build_schema(_API))
    }
    assert gone == {"_Any", "_Entity", "_Service", "Query._entities", "Query._service"}
