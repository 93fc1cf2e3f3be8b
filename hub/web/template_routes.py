"""GET /templat/{nama}.xlsx: a form (F02 …) for one office and period, or a list (sumber_daya, stok, wksbm, tagana), to be filled in and
sent back. Without `pembanding=ya` there is no figure in it, and a token changes nothing."""

from collections.abc import Mapping

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from hub.akses.service import TokenService
from hub.base.actor import PUBLIC, Actor, Role
from hub.base.errors import ParametersError
from hub.base.etag import held
from hub.base.off_loop import let_in
from hub.base.origin import caller_of, origin_of
from hub.lembar.template_book import MEDIA_TYPE
from hub.rekap.template_service import ReadyTemplate, RekapTemplates, TemplateWish
from hub.web.json_errors import with_json_errors
from hub.web.list_templates import NAMES, ListTemplates, ReadyList

_OF_FORMS = ("pelapor", "periode", "pembanding")
_OF_LISTS: Mapping[str, tuple[str, ...]] = {
    name: ("jenis", "pelapor") if name == "sumber_daya" else ("pelapor",) for name in NAMES
}
_YES, _NO = ("ya", "true", "1"), ("", "tidak", "false", "0")
_LONGEST = 200  # letters of a value that is looked at


def template_routes(forms: RekapTemplates, lists: ListTemplates, token: TokenService) -> list[Route]:
    async def template(request: Request) -> Response:
        name = str(request.path_params["nama"])[:_LONGEST]
        origin, authorization = origin_of(request.scope), request.headers.get("authorization")
        known = _OF_LISTS.get(name.lower(), _OF_FORMS)
        given, wrong = _given(request, known)
        compared = given.get("pembanding", "").lower() in _YES and known is _OF_FORMS
        actor = await token.authenticate(authorization, origin) if compared else PUBLIC
        let_in(caller_of(origin.address, authorization if compared else None), request.scope)
        ready = await _ready(name, given, wrong, actor)
        headers = {
            "ETag": f'"{ready.tag}"',
            "Cache-Control": f"{_visibility(actor, compared=compared)}, max-age=0, must-revalidate",
            "Content-Disposition": f'attachment; filename="{ready.file_name}"',
            "X-Content-Type-Options": "nosniff",
        }
        if compared:
            headers["Vary"] = "Authorization"
        if held(request.headers.get("if-none-match"), ready.tag):
            return Response(status_code=304, headers=headers)
        if request.method == "HEAD":
            return Response(None, 200, headers, MEDIA_TYPE)
        content = await (lists.content(ready) if isinstance(ready, ReadyList) else forms.content(ready))
        return Response(content, 200, headers, MEDIA_TYPE)

    async def _ready(
        name: str, given: Mapping[str, str], wrong: list[tuple[str, str]], actor: Actor
    ) -> ReadyTemplate | ReadyList:
        """Raises UnknownNameError, and ParametersError with `wrong` and whatever else is."""
        try:
            if name.lower() in NAMES:
                ready: ReadyTemplate | ReadyList = await lists.ready(name.lower(), given)
            else:
                compared = given.get("pembanding", "").lower() in _YES
                wish = TemplateWish(name, given.get("pelapor"), given.get("periode"), compared)
                ready = await forms.ready(actor, wish, NAMES)
        except ParametersError as error:
            raise ParametersError([*wrong, *error.wrong]) from None
        if wrong:
            raise ParametersError(wrong)
        return ready

    return [Route("/templat/{nama}.xlsx", with_json_errors(template), methods=["GET"])]


def _given(request: Request, known: tuple[str, ...]) -> tuple[dict[str, str], list[tuple[str, str]]]:
    """Parameters by name, and what is wrong with them whatever they say."""
    given: dict[str, str] = {}
    wrong: list[tuple[str, str]] = []
    for name, value in request.query_params.multi_items():
        if name not in known:
            wrong.append((name[:60], f'Parameter "{name[:60]}" tidak dikenal; yang ada: {", ".join(known)}.'))
        elif name in given:
            wrong.append((name, f"Parameter {name} disebut dua kali; sebutkan sekali."))
        elif len(value) > _LONGEST or "\0" in value:
            wrong.append((name, f"Parameter {name} paling banyak {_LONGEST} huruf, tanpa huruf kendali."))
        else:
            given[name] = value.strip()
    compared = given.get("pembanding", "").lower()
    if compared not in (*_YES, *_NO):
        wrong.append(("pembanding", f'pembanding "{compared[:60]}" bukan ya atau tidak.'))
    return given, wrong


def _visibility(actor: Actor, *, compared: bool) -> str:
    return "private" if compared and actor.role is not Role.PUBLIC else "public"
