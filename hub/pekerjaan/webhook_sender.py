"""One message to another program, by HTTP: signed as Standard Webhooks has it, over in a bounded time, never led elsewhere."""

import asyncio
import base64
import hashlib
import hmac
import ssl
import time
from dataclasses import dataclass
from functools import cache

from hub.base.errors import HubError

_PREFIX = "whsec_"
MOST = 30  # attempts to tell a message


class NotDeliveredError(HubError):
    """The receiver did not say that it has the message."""

    kode = "WEBHOOK_GAGAL"
    status = 502


@dataclass(frozen=True, slots=True)
class Webhook:
    """Where messages go. `secret`: as the setting has it. `timeout`: seconds for one attempt in all; `at_once`: attempts at a time. Of
    one message: `first`, `longest`: seconds after a failure until the next attempt, and at most (three times as long each time);
    `most`: attempts in all, after which it is given up (three days)."""

    address: str
    secret: str
    timeout: float = 10.0
    at_once: int = 4
    first: float = 5.0
    longest: float = 10_800.0
    most: int = MOST

    @property
    def key(self) -> bytes:
        """What signatures are made with: of whsec_… what it holds in base64, else the text itself."""
        if self.secret.startswith(_PREFIX):
            return base64.b64decode(self.secret.removeprefix(_PREFIX))
        return self.secret.encode()


def signature(key: bytes, id_: str, stamp: int, body: bytes) -> str:
    """The value of `webhook-signature`."""
    digest = hmac.new(key, f"{id_}.{stamp}.".encode() + body, hashlib.sha256).digest()
    return f"v1,{base64.b64encode(digest).decode()}"


async def post(webhook: Webhook, id_: str, body: bytes) -> None:
    """Send it; returns when the receiver has answered with 2xx. Its answer is not read beyond that. Raises NotDeliveredError."""
    import httpx  # a tenth of a second, which only a hub with a webhook takes

    stamp = int(time.time())
    headers = {
        "Content-Type": "application/json", "User-Agent": "hub-dinsos", "Idempotency-Key": id_, "Webhook-Id": id_,
        "Webhook-Timestamp": str(stamp), "Webhook-Signature": signature(webhook.key, id_, stamp, body),
    }  # fmt: skip
    try:
        # the timeout of the library is per read: one who sends a byte now and then would keep us for ever
        async with asyncio.timeout(webhook.timeout):
            client = httpx.AsyncClient(
                verify=_trust(), trust_env=False, follow_redirects=False, timeout=webhook.timeout
            )
            async with client, client.stream("POST", webhook.address, content=body, headers=headers) as answer:
                status = answer.status_code
    except (TimeoutError, httpx.TimeoutException):
        raise NotDeliveredError(f"Penerima tidak menjawab dalam {webhook.timeout:g} detik.") from None
    except (httpx.HTTPError, httpx.InvalidURL, OSError) as error:
        raise NotDeliveredError(f"Penerima tidak dapat dihubungi: {_cause(error)}.") from None
    if 300 <= status < 400:
        raise NotDeliveredError(
            f"Penerima mengalihkan ke alamat lain ({status}), yang tidak diikuti; setel HUB_WEBHOOK ke alamat tujuannya."
        )
    if not 200 <= status < 300:
        raise NotDeliveredError(f"Penerima menolak: HTTP {status}.")


@cache
def _trust() -> ssl.SSLContext:
    """What the machine trusts (SSL_CERT_FILE, SSL_CERT_DIR)."""
    return ssl.create_default_context()


def _cause(error: Exception) -> str:
    text = str(error).strip().split("\n")[0]
    return text.rstrip(".") if text else type(error).__name__
