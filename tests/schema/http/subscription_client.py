"""Subscribers as a user's program would have them: over a WebSocket, and over server-sent events."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import httpx
from websockets.sync.client import ClientConnection, connect
from websockets.typing import Subprotocol

from tests.client import Klien

MEDAN = "aksi ke revisi oleh alasan"
LANGGANAN = f"subscription ($w: KodeWilayah!) {{ rekapBerubah(wilayah: $w) {{ {MEDAN} }} }}"
PROTOKOL = Subprotocol("graphql-transport-ws")


class SambunganWS:
    """One WebSocket. Reading is the test's business: who does not call `terima` does not read."""

    def __init__(self, ws: ClientConnection) -> None:
        self.ws = ws

    def kirim(self, **pesan: Any) -> None:
        self.ws.send(json.dumps(pesan))

    def terima(self, detik: float = 10) -> dict[str, Any]:
        isi: dict[str, Any] = json.loads(self.ws.recv(detik))
        return isi

    def salam(self, payload: dict[str, Any] | None = None) -> None:
        self.kirim(type="connection_init", **({} if payload is None else {"payload": payload}))
        assert self.terima() == {"type": "connection_ack"}

    def langgan(self, wilayah: str, id_: str = "1", query: str = LANGGANAN) -> None:
        """Subscribe, and know that the subscription stands: messages are taken in order, so a pong comes after it."""
        self.kirim(type="subscribe", id=id_, payload={"query": query, "variables": {"w": wilayah}})
        self.kirim(type="ping")
        assert self.terima() == {"type": "pong"}

    def peristiwa(self, detik: float = 10, id_: str = "1") -> Any:
        """The next event."""
        pesan = self.terima(detik)
        assert (pesan["type"], pesan["id"]) == ("next", id_), pesan
        return pesan["payload"]["data"]["rekapBerubah"]

    def sunyi(self, detik: float = 0.5) -> bool:
        """Whether nothing comes for so long."""
        try:
            self.terima(detik)
        except TimeoutError:
            return True
        return False


@contextmanager
def ws(hub: Klien, sebagai: str | None = None, **kwargs: Any) -> Iterator[SambunganWS]:
    """Connected, not greeted yet; the token goes into the HTTP header."""
    kepala = {} if sebagai is None else {"Authorization": f"Bearer {hub.token(sebagai)}"}
    alamat = hub.alamat.replace("http", "ws", 1) + "/graphql"
    with connect(alamat, subprotocols=[PROTOKOL], additional_headers=kepala, **kwargs) as sambungan:
        yield SambunganWS(sambungan)


@contextmanager
def ikut_ws(hub: Klien, wilayah: str, sebagai: str | None = None, **kwargs: Any) -> Iterator[SambunganWS]:
    """Subscribed; the token goes into connection_init."""
    with ws(hub, None, **kwargs) as sambungan:
        sambungan.salam(None if sebagai is None else {"Authorization": f"Bearer {hub.token(sebagai)}"})
        sambungan.langgan(wilayah)
        yield sambungan


class AliranSSE:
    def __init__(self, jawab: httpx.Response) -> None:
        self.jawab = jawab
        self._baris = jawab.iter_lines()

    def terima(self) -> tuple[str, Any]:
        """The next event: its name and its data. Raises StopIteration at the end of the stream."""
        nama, data = "", ""
        for baris in self._baris:
            if not baris and nama:
                return nama, json.loads(data) if data else None
            awal, _, isi = baris.partition(":")
            if awal == "event":
                nama = isi.strip()
            elif awal == "data":
                data += isi.strip()
        raise StopIteration

    def peristiwa(self) -> Any:
        nama, isi = self.terima()
        assert nama == "next", (nama, isi)
        return isi["data"]["rekapBerubah"]


@contextmanager
def ikut_sse(
    hub: Klien, wilayah: str, sebagai: str | None = None, query: str = LANGGANAN, dari: str = "127.0.0.1"
) -> Iterator[AliranSSE]:
    """`dari`: the loopback address that it comes from."""
    kepala = {"Accept": "text/event-stream"}
    if sebagai is not None:
        kepala["Authorization"] = f"Bearer {hub.token(sebagai)}"
    isi = {"query": query, "variables": {"w": wilayah}}
    with (
        httpx.Client(transport=httpx.HTTPTransport(local_address=dari), timeout=20) as klien,
        klien.stream("POST", f"{hub.alamat}/graphql", json=isi, headers=kepala) as jawab,
    ):
        yield AliranSSE(jawab)
