"""Public HTTP as anybody uses it, with a token or without."""

from typing import Any

import httpx


class Caller:
    """Who asks. `token` None: the public. `own`: the office whose token it is."""

    def __init__(self, url: str, token: str | None = None, own: str = "") -> None:
        self._http = httpx.Client(
            base_url=url, timeout=60, headers={} if token is None else {"Authorization": f"Bearer {token}"}
        )
        self.own = own
        self.requests = 0

    def __enter__(self) -> "Caller":
        return self

    def __exit__(self, *_: object) -> None:
        self._http.close()

    def ask(self, query: str, **variables: object) -> Any:
        """The `data` of the answer. Raises RuntimeError where there are errors: a question less is a leak not looked for."""
        self.requests += 1
        answer = self._http.post("/graphql", json={"query": query, "variables": variables}).json()
        if answer.get("errors"):
            raise RuntimeError(f"{query.split('{', 1)[0]}{variables}: {answer['errors'][0]['message']}")
        return answer["data"]

    def figures(self, **parameters: str) -> Any:
        """/angka.json as it is. Raises RuntimeError as all here do."""
        return self.json("/angka.json", **parameters)

    def json(self, path: str, **parameters: str) -> Any:
        return self._get(path, parameters).json()

    def bytes(self, path: str, **parameters: str) -> bytes:
        """Empty where there is nothing."""
        return self._get(path, parameters).content

    def _get(self, path: str, parameters: dict[str, str]) -> httpx.Response:
        self.requests += 1
        response = self._http.get(path, params=parameters)
        if response.status_code not in (200, 204):
            raise RuntimeError(f"{path} {parameters}: {response.status_code} {response.text[:200]}")
        return response
