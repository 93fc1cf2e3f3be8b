"""The stream of answers of one subscription, whichever way it travels."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import suppress

from hub.akses.service import TokenService
from hub.base.actor import Actor
from hub.base.errors import ServiceNotReadyError
from hub.base.origin import Origin
from hub.berita.service import Subscription
from hub.berita.statements import RekapEvent
from schema.context import Services
from schema.http.event_plan import ReadySubscription

HEARTBEAT = 15.0  # seconds of silence after which a sign of life goes out and the token is looked at again
SEND_TIMEOUT = 60.0  # seconds that one message may take to leave; then the reader counts as gone
_AT_ONCE = 100  # events read in one round trip


class AnswerStream:
    """What `subscription` hears, as answers; end it with `close`."""

    def __init__(
        self,
        services: Services,
        token: TokenService,
        ready: ReadySubscription,
        subscription: Subscription,
        authorization: str | None,
        origin: Origin,
    ) -> None:
        self._services = services
        self._token = token
        self._authorization = authorization
        self._origin = origin
        self._ready = ready
        self._subscription = subscription

    def close(self) -> None:
        self._subscription.close()

    async def answers(self) -> AsyncGenerator[bytes | None, None]:
        """Answers as JSON; None after some silence. Ends when the hub stops.

        Before anything is told the token is looked at again, so a revoked one hears nothing more. An outage of the
        database is waited for. Raises TokenRefusedError, LaggingSubscriptionError and LimitExceededError.
        """
        stopped = self._services.berita.done
        while (events := await self._subscription.take(_AT_ONCE, HEARTBEAT)) is not None:
            pause = 0.25
            while True:
                try:
                    actor = await self._token.authenticate(self._authorization, self._origin)
                    answers = await self._read(actor, events)
                    break
                except ServiceNotReadyError:
                    yield None
                    with suppress(TimeoutError):
                        await asyncio.wait_for(stopped.wait(), pause)
                        return
                    pause = min(pause * 2, 5)
            for answer in answers:
                yield answer
            if not events:
                yield None

    async def _read(self, actor: Actor, events: list[RekapEvent]) -> list[bytes]:
        """The events that this caller may see."""
        if not events:
            return []
        katalog = await self._services.katalog.get()
        statements = [self._ready.statement(p, katalog) for p in events]
        results = await self._services.db.read_json(actor, statements)
        return [self._ready.answer(result) for result in results if result not in (None, b"null")]
