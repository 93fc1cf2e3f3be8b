"""The parts of a Relay page that are selected."""

from typing import TYPE_CHECKING

from graphql import FieldNode, GraphQLNamedType, GraphQLObjectType, get_named_type, is_object_type

from hub.plan import nodes as plan

if TYPE_CHECKING:
    from schema.engine.compiler import Compiler


def page(compiler: "Compiler", type_: GraphQLNamedType, nodes: list[FieldNode], most: int) -> plan.Page:
    """The connection object for one selection of edges, pageInfo and totalCount. `most`: largest `first`."""
    assert is_object_type(type_)
    edge, info = _object_type(type_, "edges"), _object_type(type_, "pageInfo")
    fields: list[tuple[str, plan.Edges | plan.PageInfo | plan.Total | plan.Word]] = []
    for key, same in compiler.selections.fields(type_, nodes).items():
        match same[0].name.value:
            case "__typename":
                fields.append((key, plan.Word(type_.name)))
            case "edges":
                fields.append((key, _edges(compiler, edge, same)))
            case "pageInfo":
                fields.append((key, _page_info(compiler, info, same)))
            case "totalCount":
                fields.append((key, plan.Total()))
    return plan.Page(most, fields)


def _edges(compiler: "Compiler", edge: GraphQLObjectType, nodes: list[FieldNode]) -> plan.Edges:
    fields: list[tuple[str, plan.Cursor | plan.Shape | plan.Word]] = []
    for key, same in compiler.selections.fields(edge, nodes).items():
        match same[0].name.value:
            case "__typename":
                fields.append((key, plan.Word(edge.name)))
            case "node":
                fields.append((key, compiler.shape(get_named_type(edge.fields["node"].type), same)))
            case "cursor":
                fields.append((key, plan.Cursor()))
    return plan.Edges(fields)


def _page_info(compiler: "Compiler", info: GraphQLObjectType, nodes: list[FieldNode]) -> plan.PageInfo:
    fields: list[tuple[str, str | plan.Word]] = []
    for key, same in compiler.selections.fields(info, nodes).items():
        name = same[0].name.value
        fields.append((key, plan.Word(info.name) if name == "__typename" else name))
    return plan.PageInfo(fields)


def _object_type(type_: GraphQLObjectType, field: str) -> GraphQLObjectType:
    found = get_named_type(type_.fields[field].type)
    assert is_object_type(found)
    return found
