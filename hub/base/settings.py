"""Settings, read once from the environment (HUB_*) and passed on as frozen values. README's table is tested against this."""

from base64 import b64decode
from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, available_timezones

from pydantic import Field, SecretStr, ValidationError, ValidationInfo, ValidatorFunctionWrapHandler, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from hub.base import kode
from hub.base.errors import SetupError
from hub.base.origin import TrustedProxies

_ZONES = {"WIB": "Asia/Jakarta", "WITA": "Asia/Makassar", "WIT": "Asia/Jayapura"}

FURTHEST_BEFORE, FURTHEST_AFTER = 60, 30  # days from a deadline on which a reminder may be noted


class Settings(BaseSettings):
    """Every setting has a default that works on one machine."""

    model_config = SettingsConfigDict(env_prefix="HUB_", frozen=True, extra="ignore")

    home: Path = Field(Path(".hub"), description="Folder for everything the hub makes: environment, cluster, tokens")
    host: str = Field("127.0.0.1", description="Address the server listens on")
    port: int = Field(8000, ge=1, le=65535, description="Port the server listens on")
    alamat: str | None = Field(
        None,
        description="Address at which people open this hub, as https://hub.example.go.id, for links of invitations",
    )
    database_url: str | None = Field(
        None, description="PostgreSQL address (postgresql://…) instead of the private cluster"
    )
    database_url_pemilik: str | None = Field(
        None, description="Address of the same database as its owner: migrates and makes the role in HUB_DATABASE_URL"
    )
    sandi_pemilik: SecretStr | None = Field(
        None, description="Password for HUB_DATABASE_URL_PEMILIK, beside the address so that it may hold anything"
    )
    kunci_peran: SecretStr | None = Field(
        None, description="Key that signs who is asking, 32 characters or more; else $HUB_HOME/kunci_peran, made once"
    )
    proksi: str | None = Field(
        None,
        description="Addresses or CIDRs of proxies that are believed about who is asking (X-Forwarded-For, Forwarded)",
    )
    sambungan: int = Field(
        2_000, ge=50, le=100_000, description="Most connections at once; a quarter of them for one address"
    )
    wilayah: str | None = Field(
        None,
        description="Region this hub runs: 53 a province, 53.14 a kabupaten's own hub (docs/simpul.md); else everything that is loaded",
    )
    simpul_jeda: int = Field(
        60,
        ge=1,
        le=86_400,
        description="Seconds after which a kabupaten's own hub asks its province again, at the latest",
    )
    zona_waktu: str = Field("WIB", description="Zone of the office: WIB, WITA, WIT or an IANA name")
    demo: bool | Literal["kecil"] = Field(
        False,
        description="Load the demo into an empty database before serving; kecil: without its story of 2024 and 2025",
    )
    koneksi: int = Field(
        8,
        ge=2,
        le=200,
        description="Connections to the database, per pool (public, officers who read, officers who write, its own work)",
    )
    batas_waktu_ms: int = Field(15_000, ge=100, description="Longest time one read may take in the database, ms")
    batas_badan_mb: int = Field(32, ge=1, description="Largest request body, MiB")
    batas_badan_publik_kb: int = Field(256, ge=16, description="Largest request of somebody who sends no token, KiB")
    batas_token: int = Field(10_000, ge=100, description="Most tokens in one GraphQL document")
    batas_kedalaman: int = Field(16, ge=4, le=50, description="Deepest nesting of fields in one question")
    batas_alias: int = Field(250, ge=0, description="Most aliases in one question")
    batas_akar: int = Field(20, ge=1, description="Most fields at the top of one question")
    batas_medan: int = Field(
        2_000, ge=50, description="Most fields selected in one question, fragments counted each time"
    )
    batas_biaya: int = Field(1_000_000, ge=1_000, description="Highest estimated cost of one question, rows × fields")
    tutup_persen: int = Field(
        10, ge=0, le=100, description="Most regions of a level below one region that a list may close unasked, percent"
    )
    cache_ubin_mb: int = Field(
        64, ge=0, le=4_096, description="Memory for tiles and other answers of the map, ready to be sent, MiB; 0: none"
    )
    cache_dokumen_mb: int = Field(
        32, ge=1, le=4_096, description="Memory for documents that were met before and their statements, MiB"
    )
    status_sebagian: bool = Field(
        True,
        description="Answer data with errors by status 294 to those who take application/graphql-response+json; false: by 200",
    )
    introspeksi: bool = Field(
        True, description="Tell the schema to those who ask (introspection, federation's _service)"
    )
    graphiql: bool = Field(True, description="Serve the GraphiQL page at /graphql")
    pengingat_hari: str = Field(
        "7,1,-1",
        description="Days before a deadline on which the hub notes a reminder, negative ones after it; empty: none",
    )
    pengingat_jam: int = Field(8, ge=0, le=23, description="Hour of the office's day from which it does so")
    webhook: str | None = Field(
        None, description="Address (http or https) that is told of every event of a rekap and every reminder"
    )
    webhook_rahasia: SecretStr | None = Field(
        None,
        description="Secret that signs what is told there: whsec_… or 24 characters and more",
        validate_default=True,
    )
    log: str = Field("info", pattern="^(debug|info|warning|error)$", description="Log level")

    @field_validator("wilayah")
    @classmethod
    def _office(cls, nilai: str | None) -> str | None:
        code = kode.dotted(nilai or "")
        if code and not kode.is_office(code):
            raise ValueError("bukan kode provinsi atau kabupaten/kota, seperti 53 atau 53.14")
        return code or None

    @field_validator("zona_waktu")
    @classmethod
    def _known_zone(cls, nilai: str) -> str:
        name = _ZONES.get(nilai.upper(), nilai)
        if name not in available_timezones():
            raise ValueError("bukan WIB, WITA, WIT atau nama zona IANA")
        return name

    @field_validator("proksi")
    @classmethod
    def _networks(cls, nilai: str | None) -> str | None:
        try:
            TrustedProxies(nilai or "")
        except ValueError:
            raise ValueError(
                "bukan daftar alamat IP atau CIDR yang dipisah koma, seperti 10.0.0.0/8,192.168.1.5"
            ) from None
        return nilai

    @field_validator("pengingat_hari")
    @classmethod
    def _days(cls, nilai: str) -> str:
        try:
            days = reminder_days(nilai)
        except ValueError:
            raise ValueError('bukan daftar hari yang dipisah koma, seperti "7,1,-1"') from None
        if any(not -FURTHEST_AFTER <= d <= FURTHEST_BEFORE for d in days):
            raise ValueError(f"hanya {FURTHEST_BEFORE} hari sebelum sampai {FURTHEST_AFTER} hari sesudah tenggat")
        return nilai

    @field_validator("alamat")
    @classmethod
    def _own_address(cls, nilai: str | None) -> str | None:
        return page_address(nilai) if nilai else None

    @field_validator("webhook")
    @classmethod
    def _address(cls, nilai: str | None) -> str | None:
        parts = urlsplit(nilai or "")
        _ = parts.port  # ValueError where it is none
        if nilai and (
            parts.scheme not in ("http", "https") or not parts.hostname or "@" in parts.netloc or parts.fragment
        ):
            raise ValueError("bukan alamat http:// atau https:// tanpa nama pengguna dan tanpa #")
        return nilai or None

    @field_validator("webhook_rahasia")
    @classmethod
    def _signing(cls, nilai: SecretStr | None, info: ValidationInfo) -> SecretStr | None:
        if info.data.get("webhook") is None:
            return nilai
        text = nilai.get_secret_value() if nilai is not None else ""
        try:
            held = b64decode(text[6:], validate=True) if text.startswith("whsec_") else text.encode()
        except ValueError:
            held = b""
        if len(held) < 24:
            raise ValueError(
                "wajib bila HUB_WEBHOOK disetel: whsec_ dan 24 bita atau lebih dalam base64, atau 24 huruf atau lebih"
            )
        return nilai

    @field_validator("demo", mode="wrap")
    @classmethod
    def _demo(cls, nilai: object, read: ValidatorFunctionWrapHandler) -> object:
        try:
            return read(nilai)
        except ValidationError:
            raise ValueError("bukan true, false atau kecil") from None

    @field_validator("home")
    @classmethod
    def _absolute(cls, nilai: Path) -> Path:
        return nilai.expanduser().resolve()

    @property
    def node(self) -> str | None:
        """The kabupaten whose own hub this is; None: a province's, or everybody's."""
        return self.wilayah if self.wilayah is not None and len(self.wilayah) > 2 else None

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.zona_waktu)


def page_address(text: str) -> str:
    """An address under which pages lie, without a slash at its end. Raises ValueError."""
    parts = urlsplit(text.strip())
    _ = parts.port  # ValueError where it is none
    plain = text.isascii() and text.strip().isprintable() and " " not in text.strip()
    if not plain or parts.scheme not in ("http", "https") or not parts.hostname or "@" in parts.netloc:
        raise ValueError("bukan alamat http:// atau https:// tanpa nama pengguna")
    if parts.query or parts.fragment:
        raise ValueError("alamat hub tanpa ? dan tanpa #")
    return text.strip().rstrip("/")


def reminder_days(text: str) -> tuple[int, ...]:
    """ "7,1,-1" → (7, 1, -1). Raises ValueError."""
    return tuple(int(part) for part in text.split(",")) if text.strip() else ()


_SECRETS = {name for name, field in Settings.model_fields.items() if "SecretStr" in str(field.annotation)}


def read_settings() -> Settings:
    """Settings from the environment. Raises SetupError naming every wrong variable at once."""
    try:
        return Settings()
    except ValidationError as invalid:
        rincian = "; ".join(
            f"HUB_{(name := '_'.join(str(part) for part in error['loc'])).upper()} = "
            f"{'(rahasia)' if name in _SECRETS else repr(error['input'])}: {error['msg']}"
            for error in invalid.errors()
        )
        raise SetupError(f"Setelan tidak dapat dibaca: {rincian}") from None
