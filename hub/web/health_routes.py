"""GET /sehat: the process answers. GET /siap: it can serve, for the database answers too."""

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from hub.db.database import Database


def health_routes(db: Database) -> list[Route]:
    async def healthy(_: Request) -> Response:
        return JSONResponse({"sehat": True})

    async def ready(_: Request) -> Response:
        alive = await db.alive()
        return JSONResponse({"siap": alive}, 200 if alive else 503)

    return [Route("/sehat", healthy), Route("/siap", ready)]
