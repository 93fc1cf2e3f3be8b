"""Questions that a province puts to this node on behalf of its callers: who they count as here, and that nothing else is asked."""

from graphql import GraphQLSchema, OperationType, parse
from starlette.requests import Request

from hub.base.actor import Actor, Role
from hub.base.errors import BodyLimitError
from hub.base.headers import header
from hub.simpul.live_statement import PATH, QuestionDoor, Vouched
from hub.simpul.refusals import NotAskedError
from hub.simpul.wire_signatures import ON_BEHALF
from schema.engine.plan import fragments_of, operation_of
from schema.http.documents import Document
from schema.http.limits import GuardRails
from schema.simpul.live_fields import FOR_EVERYBODY, FOR_OFFICERS, refused

_VOUCHED = "hub.dijamin"  # of a request's scope
_LARGEST = 256 * 2**10  # bytes of a question


async def admitted(door: QuestionDoor | None, request: Request, guard: GuardRails) -> Vouched | None:
    """Whom the province vouches for; None: it does not claim to. Raises NodeRefusedError, BodyLimitError."""
    if door is None or header(request.scope, ON_BEHALF.lower().encode()) is None:
        return None
    most = min(_LARGEST, guard.body)

    async def body() -> bytes:
        pieces, came = [], 0
        async for piece in request.stream():
            came += len(piece)
            if came > most:
                raise BodyLimitError(f"Pertanyaan langsung terlalu besar; paling banyak {most // 2**10} KiB.")
            pieces.append(piece)
        request._body = b"".join(pieces)  # read again by whoever reads the question
        return request._body

    if request.url.path != PATH or request.method != "POST":
        return None
    vouched = await door.admit(request.headers, body)
    request.scope[_VOUCHED] = True
    return vouched


def is_vouched(request: Request) -> bool:
    return request.scope.get(_VOUCHED, False) is True


def check_vouched(schema: GraphQLSchema, document: Document, actor: Actor) -> None:
    """A province may ask kabupaten by their keys, what it may have of them, and the schema; nothing else, whoever it asks for. Raises
    NotAskedError."""
    tree = parse(document.text.query, no_location=True)
    operation = operation_of(tree, document.text.name)
    fragments = fragments_of(tree)
    if operation is None or operation.operation is not OperationType.QUERY:
        raise NotAskedError("Provinsi hanya dapat bertanya langsung, tidak mengubah.")
    allowed = {
        **(FOR_EVERYBODY if actor.role is Role.PUBLIC else FOR_OFFICERS),
        "Query": frozenset({"_entities", "_service"}),
        "_Service": frozenset({"sdl"}),
        "_Entity": frozenset(),
    }
    assert schema.query_type is not None
    found = dict.fromkeys(refused(schema, fragments, schema.query_type, operation, allowed))
    if found:
        raise NotAskedError(f"Tidak ditanyakan langsung: {', '.join(found)}.")
