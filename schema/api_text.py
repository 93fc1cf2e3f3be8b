"""The schema as clients read it: without what only routers need."""

from graphql import (
    ConstDirectiveNode,
    DefinitionNode,
    DirectiveNode,
    DocumentNode,
    NameNode,
    Node,
    SchemaDefinitionNode,
    build_ast_schema,
    parse,
    print_schema,
    specified_directives,
)
from graphql.language import REMOVE, FieldDefinitionNode, Visitor, visit

_KEPT = {d.name for d in specified_directives}


class _Clients(Visitor):
    """Takes out everything whose name begins with an underscore (`_entities`, `_service`, `_Any` …) and federation's directives."""

    def enter_directive(self, node: DirectiveNode | ConstDirectiveNode, *_: object) -> object:
        return None if node.name.value in _KEPT else REMOVE

    def enter_field_definition(self, node: FieldDefinitionNode, *_: object) -> object:
        return REMOVE if node.name.value.startswith("_") else None


def api_text(sdl: str) -> str:
    """`sdl`: of the subgraph."""
    document = parse(sdl)
    definitions = tuple(d for d in document.definitions if not _of_routers(d))
    stripped = visit(DocumentNode(definitions=definitions), _Clients())
    return print_schema(build_ast_schema(stripped)) + "\n"


def _of_routers(definition: DefinitionNode | Node) -> bool:
    name: NameNode | None = getattr(definition, "name", None)
    return isinstance(definition, SchemaDefinitionNode) or (name is not None and name.value.startswith("_"))
