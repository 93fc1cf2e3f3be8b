"""/graphql over HTTP. Two lanes: a query whose root fields are all compiled runs as a plan; everything else goes through
Strawberry's executor. Both answer alike, byte for byte where the answer is data. The public's changes are refused before
either."""

from typing import Any

import orjson
from graphql import GraphQLError, OperationType, parse
from starlette.requests import ClientDisconnect, HTTPConnection, Request
from starlette.responses import Response

from hub.akses.service import TokenService
from hub.base.actor import Actor, Role
from hub.base.errors import (
    CostLimitError,
    HubError,
    InvalidInputError,
    InvalidUploadError,
    NotAcceptableError,
    WrongMethodError,
)
from hub.base.headers import header
from hub.base.off_loop import BULK, LEARNING, HungUpError, let_in
from hub.base.origin import caller_of, origin_of
from hub.simpul.live_statement import QuestionDoor
from schema.build import schema
from schema.context import Context, Services
from schema.engine.plan import UnfitError, operation_of, run
from schema.http.documents import SHORT, Document, Documents, Text, Unfit
from schema.http.etag import tag_for
from schema.http.event_plan import ReadySubscription, SubscriptionRefusedError, subscription_for
from schema.http.event_stream import AnswerStream
from schema.http.executor_lane import execute
from schema.http.failures import expected, format_error, masked
from schema.http.limits import GuardRails
from schema.http.media_types import EVENTS, GRAPHQL_RESPONSE, JSON, chosen, status_of
from schema.http.persisted import PersistedNotFoundError, PersistedQueries
from schema.http.refusal import Refusal
from schema.http.request_body import READING, Asked, read_request
from schema.http.sse import EventStreamResponse, accepts_events, as_events
from schema.http.vouched import admitted, check_vouched, is_vouched

_KEPT = 32 * 2**20  # bytes of documents


class GraphQLEndpoint:
    """One per app. `guard`: its guard rails; `kept`: bytes of documents that are kept; `door`: for a province that asks on behalf of its
    callers; None: this hub is not asked so."""

    def __init__(
        self,
        services: Services,
        token: TokenService,
        guard: GuardRails | None = None,
        kept: int = _KEPT,
        *,
        lifting: bool = True,
        door: QuestionDoor | None = None,
    ) -> None:
        self._services = services
        self._door = door
        self.token = token
        self.guard = guard or GuardRails()
        self._schema = schema()
        self.documents = Documents(self._schema._schema, self.guard, kept, lifting=lifting)
        self._persisted = PersistedQueries()

    async def __call__(self, request: Request) -> Response:
        media_type, asked = chosen(header(request.scope, b"accept")), None
        try:
            authorization, origin = header(request.scope, b"authorization"), origin_of(request.scope)
            vouched = await admitted(self._door, request, self.guard)
            actor = await self.token.authenticate(authorization, origin) if vouched is None else vouched.actor
            let_in(caller_of(origin.address, authorization), request.scope)
            if media_type is None:
                raise NotAcceptableError(
                    f"Jawaban hanya ada sebagai {GRAPHQL_RESPONSE}, {JSON} atau {EVENTS}; sebutkan salah satunya dalam Accept."
                )
            asked = await read_request(request, actor, self.guard, self._persisted)
            response = as_events(media_type, await self._run(request, actor, asked))
        except HubError as error:
            well_formed = asked is not None or isinstance(error, PersistedNotFoundError)
            status = status_of(error, media_type or JSON, well_formed=well_formed)
            response = _json({"errors": [expected(error)]}, status)
            if isinstance(error, WrongMethodError):
                response.headers["Allow"] = "POST"
            if error.retry_after is not None:
                response.headers["Retry-After"] = str(error.retry_after)
            response.headers["Cache-Control"] = "no-store"
        except (ClientDisconnect, HungUpError):
            raise
        except Exception as error:
            response = _json({"errors": [masked(error)]}, 500)
        if media_type == GRAPHQL_RESPONSE and response.media_type == JSON:
            response.headers["Content-Type"] = f"{GRAPHQL_RESPONSE}; charset=utf-8"
        return response

    # ---------- answering ----------

    async def _run(self, request: Request, actor: Actor, asked: Asked) -> Response:
        document = await self.documents.get(asked.query, asked.name)
        if isinstance(document, Unfit):
            status = 200 if _media_type(request) == JSON else 422 if document.parsed else 400
            return Response(b'{"errors":' + document.errors + b"}", status, media_type=JSON)
        known = document.known
        if asked.nul:
            refuse = document.refuse_nul
            await BULK.run(refuse, asked.variables) if asked.large else refuse(asked.variables)
        if known.operation is OperationType.MUTATION and request.method in READING:
            raise WrongMethodError("Perubahan dikirim dengan POST, bukan GET.")
        if asked.files and known.operation is not OperationType.MUTATION:
            raise InvalidUploadError("Berkas hanya dapat dikirim bersama perubahan (mutation).")
        vouched = is_vouched(request)
        if vouched:
            check_vouched(self._schema._schema, document, actor)
        if asked.keep is not None:
            self._persisted.keep(asked.keep, asked.query)
        if known.operation is OperationType.SUBSCRIPTION:
            return await self._follow(request, document, asked.variables)
        if known.refusal is not None and actor.role is Role.PUBLIC:
            cost = self._affordable(document.estimate(asked.variables))
            return await self._refuse(request, document, known.refusal, asked, cost)
        items = 0 if known.lists is None else await known.lists.aside(asked.variables, asked.large)
        cost = self._affordable(document.estimate(asked.variables) + items)
        if known.plan is not None:
            return await self._plan(request, actor, document, asked, cost)
        try:
            context = Context(self._services, actor, request, vouched=vouched)
            data, errors = await execute(self._schema, document, asked, context)
        finally:
            if known.operation is OperationType.MUTATION:
                self._services.berita.note_write()  # the writer's next read must not be told that nothing has changed
        return self._respond(request, data, errors, cost)

    async def _plan(self, request: Request, actor: Actor, document: Document, asked: Asked, cost: int) -> Response:
        tag = None
        if request.method in READING:
            tag = tag_for(request, actor, self._services.berita.version, asked.query, asked.variables, asked.name)
        if tag is not None and tag.known_to(request):
            return tag.unchanged()
        katalog = await self._services.katalog.get()
        try:
            ready = await self.documents.prepare(document, asked.variables, katalog, asked.large)
        except UnfitError:
            errors = await self._slowly(asked, self.documents.misfits, document.text, asked.variables)
            return self._respond(request, None, errors, cost)
        data, wrong = await run(ready, self._services.db, actor)
        if not wrong:
            tail = b',"extensions":{"biaya":{"perkiraan":%d,"batas":%d}}}' % (cost, self.guard.cost)
            response = Response(b"".join([b'{"data":', *data, tail]), media_type=JSON)
            return response if tag is None else tag.on(response)
        errors = await self._slowly(asked, self.documents.placed, document.text, wrong, asked.variables)
        return self._respond(request, None if data == [b"null"] else orjson.Fragment(b"".join(data)), errors, cost)

    @staticmethod
    async def _slowly(asked: Asked, work: Any, *args: Any) -> list[GraphQLError]:
        """What `work` finds wrong, for which it parses the document again."""
        aside = asked.large or len(asked.query) > SHORT
        errors: list[GraphQLError] = await BULK.run(work, *args) if aside else work(*args)
        return errors

    async def _refuse(
        self, request: Request, document: Document, refusal: Refusal, asked: Asked, cost: int
    ) -> Response:
        try:
            return self._respond(request, refusal.answer(asked.variables), [], cost)
        except UnfitError:
            errors = await self._slowly(asked, self.documents.misfits, document.text, asked.variables, refusal.names)
            return self._respond(request, None, errors, cost)

    def _affordable(self, cost: int) -> int:
        if cost > self.guard.cost:
            raise CostLimitError(cost, self.guard.cost)
        return cost

    def _respond(self, request: Request, data: Any, errors: list[GraphQLError], cost: int) -> Response:
        body: dict[str, Any] = {"data": data}
        if errors:
            body["errors"] = [format_error(e, suggest=self.guard.introspection) for e in errors]
        body["extensions"] = {"biaya": {"perkiraan": cost, "batas": self.guard.cost}}
        has_statuses = bool(errors) and _media_type(request) != JSON
        if data is None and errors and all(e.path is None for e in errors):  # it did not run: the variables do not fit
            del body["data"]
            return _json(body, 422 if has_statuses else 200)
        return _json(body, self.guard.partial if has_statuses else 200)

    # ---------- subscriptions, and operations that come over a WebSocket ----------

    async def stream(
        self, request: HTTPConnection, document: Document, variables: dict[str, Any], authorization: str | None
    ) -> AnswerStream:
        """Listens from now on. `authorization`: of a caller who was let in. Raises SubscriptionRefusedError, PlaceLimitError
        and HungUpError."""
        origin = origin_of(request.scope)
        subscription = self._services.berita.subscribe(caller_of(origin.address, authorization))
        try:
            ready = await LEARNING.run(self._compiled, document.text, variables)
        except BaseException:
            subscription.close()
            raise
        subscription.listen(ready.wilayah)
        return AnswerStream(self._services, self.token, ready, subscription, authorization, origin)

    def _compiled(self, text: Text, variables: dict[str, Any]) -> ReadySubscription:
        tree = parse(text.query)
        operation = operation_of(tree, text.name)
        assert operation is not None
        plan = subscription_for(self._schema._schema, tree, operation)
        assert plan is not None
        return plan.prepare(variables)

    async def once(self, request: Request, authorization: str | None, asked: Asked) -> bytes:
        """The answer of a query or mutation as JSON."""
        actor = await self.token.authenticate(authorization, origin_of(request.scope))
        return bytes((await self._run(request, actor, asked)).body)

    async def _follow(self, request: Request, document: Document, variables: dict[str, Any]) -> Response:
        if not accepts_events(request):
            raise InvalidInputError(
                'Langganan diminta dengan "Accept: text/event-stream", atau lewat WebSocket (graphql-transport-ws).'
            )
        try:
            return EventStreamResponse(
                await self.stream(request, document, variables, request.headers.get("authorization"))
            )
        except SubscriptionRefusedError as error:
            status = 200 if _media_type(request) == JSON else 422
            return _json({"errors": [format_error(e) for e in error.errors]}, status)


def _media_type(request: Request) -> str:
    return chosen(header(request.scope, b"accept")) or JSON


def _json(content: dict[str, Any], status: int = 200) -> Response:
    return Response(orjson.dumps(content, default=_without_json), status, media_type=JSON)


def _without_json(value: object) -> object:
    raise TypeError(f"{type(value)} has no JSON form")
