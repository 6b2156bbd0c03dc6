"""All settings of OnRecord: one typed, frozen object, read once and passed down."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable
from difflib import get_close_matches
from ipaddress import ip_network
from pathlib import Path
from typing import Annotated, Any, ClassVar, Literal

from pydantic import Field, SecretStr, ValidationError, field_validator
from pydantic_settings import (
    BaseSettings,
    DotEnvSettingsSource,
    EnvSettingsSource,
    NoDecode,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    TomlConfigSettingsSource,
)

from bot.service_links import without_service_links
from bot.store_place import check_store_name
from corpus.errors import SettingsError

Names = Annotated[tuple[str, ...], NoDecode]
Numbers = Annotated[tuple[int, ...], NoDecode]
Secrets = Annotated[tuple[SecretStr, ...], NoDecode]
Paths = Annotated[tuple[Path, ...], NoDecode]

PREFIX = "ONRECORD_"
_SENDABLE = re.compile(r"[!-~](?:[ -~]*[!-~])?")


class Settings(BaseSettings):
    """Settings, from the command line, `ONRECORD_*`, `.env`, `onrecord.toml`, then the defaults."""

    model_config: ClassVar[SettingsConfigDict] = SettingsConfigDict(
        env_prefix=PREFIX,
        env_file=".env",
        env_ignore_empty=True,
        toml_file="onrecord.toml",
        extra="forbid",
        frozen=True,
    )

    articles: Paths = (Path("corpus/articles"),)
    data: Path = Path("data")
    removed: Path | None = None
    """The list of removed articles; `removed.txt` in `data` where none is named."""
    store: str = "embedded"
    milvus_token: SecretStr | None = None
    milvus_database: str = ""
    milvus_shards: int = Field(default=1, ge=1, le=64)
    milvus_replicas: int = Field(default=1, ge=1, le=64)
    milvus_partitions: Literal["none", "month", "hash"] = "none"
    milvus_partition_count: int = Field(default=16, ge=1, le=1024)
    milvus_index: Literal["HNSW", "IVF_SQ8", "DISKANN", "FLAT"] = "HNSW"
    milvus_timeout_seconds: float = Field(default=10.0, gt=0)

    embedding_model: str = "all-MiniLM-L6-v2"
    embedding_backend: Literal["auto", "onnx", "torch"] = "auto"
    allow_downloads: bool = False
    reranker: str | None = None
    reader: str = "packaged"
    rerank_budget_ms: float = Field(default=150.0, gt=0)
    threads: int = Field(default=0, ge=0)

    threshold: float = Field(default=0.5, ge=0, le=1)
    max_quotes: int = Field(default=3, ge=1, le=20)
    max_question_characters: int = Field(default=4000, ge=10)

    host: str = "127.0.0.1"
    port: int = Field(default=8000, ge=0, le=65535)
    workers: int = Field(default=1, ge=1, le=64)
    api_keys: Secrets = ()
    admin_keys: Secrets = ()
    trusted_proxies: Names = ()
    cors_origins: Names = ()
    rate_limit_per_minute: int = Field(default=120, ge=0)
    max_upload_megabytes: int = Field(default=50, ge=1)
    url_import: bool = True
    url_networks: Names = ()

    telegram_token: SecretStr | None = None
    telegram_admins: Numbers = ()
    telegram_allowed: Numbers = ()
    telegram_api: str = "https://api.telegram.org"
    telegram_webhook_url: str | None = None
    telegram_webhook_secret: SecretStr | None = None
    telegram_drop_pending: bool = False
    telegram_questions_per_minute: int = Field(default=20, ge=0)
    conversation_hours: float = Field(default=6.0, gt=0)

    llm_url: str | None = None
    llm_model: str | None = None
    llm_key: SecretStr | None = None

    log_level: Literal["debug", "info", "warning", "error"] = "info"
    log_json: bool = False

    @field_validator(
        "articles",
        "api_keys",
        "admin_keys",
        "trusted_proxies",
        "cors_origins",
        "url_networks",
        "telegram_admins",
        "telegram_allowed",
        mode="before",
    )
    @classmethod
    def _split_commas(cls, value: object) -> object:
        """Lists are written with commas in the environment, as lists in TOML."""
        if isinstance(value, str):
            return tuple(part.strip() for part in value.split(",") if part.strip())
        return value

    @field_validator("url_networks")
    @classmethod
    def _only_networks(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        for one in value:
            try:
                ip_network(one)
            except ValueError:
                raise ValueError(f"{one!r} is no network; write it as 10.20.0.0/16") from None
        return value

    @field_validator("api_keys", "admin_keys")
    @classmethod
    def _only_sendable(cls, value: tuple[SecretStr, ...]) -> tuple[SecretStr, ...]:
        """A key arrives in a header, which programs write down differently beyond ASCII."""
        for key in value:
            if not _SENDABLE.fullmatch(key.get_secret_value()):
                raise ValueError(
                    "a key is sent in a header, which takes letters, digits and marks of ASCII"
                    " only, and no space at either end; `openssl rand -hex 32` makes such a key"
                )
        return value

    @field_validator("store")
    @classmethod
    def _check_store(cls, value: str) -> str:
        return check_store_name(value)

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """The order of DESIGN: command line, environment, `.env`, TOML, defaults."""
        return (
            init_settings,
            _OwnEnvironment(settings_cls),
            _OwnDotEnv(settings_cls),
            TomlConfigSettingsSource(settings_cls),
        )


class _OwnEnvironment(EnvSettingsSource):
    """The environment without what Kubernetes puts into it."""

    def __call__(self) -> dict[str, Any]:
        self.env_vars = without_service_links(self.env_vars, _known())
        return super().__call__()


class _OwnDotEnv(DotEnvSettingsSource):
    """A `.env` file may hold other programs' keys; only ours are read."""

    def __call__(self) -> dict[str, Any]:
        _refuse_unknown(self.env_vars)
        return EnvSettingsSource.__call__(self)


def read_settings(**command_line: object) -> Settings:
    """Read every source once. Keys given as None are taken as not given.

    Raises SettingsError naming the setting at fault and, for an unknown one, the known names.
    """
    _refuse_unknown(without_service_links(os.environ, _known()))
    given = {key: value for key, value in command_line.items() if value is not None}
    try:
        return Settings(**given)  # type: ignore[arg-type]
    except ValidationError as error:
        raise SettingsError(_describe(error)) from None
    except ValueError as error:
        raise SettingsError(f"onrecord.toml or .env cannot be read: {error}; correct it") from None


def _known() -> frozenset[str]:
    """What the settings are called in the environment."""
    return frozenset(PREFIX + name.upper() for name in Settings.model_fields)


def _refuse_unknown(environment: Iterable[str]) -> None:
    known = _known()
    names = {name.upper() for name in environment}
    unknown = sorted(name for name in names - known if name.startswith(PREFIX))
    if unknown:
        raise SettingsError(_unknown(unknown[0], known))


def _unknown(name: str, known: Iterable[str]) -> str:
    """Names the known settings that read most like an unknown one, or else all of them."""
    by_rest = {each.removeprefix(PREFIX): each for each in known}
    alike = [by_rest[rest] for rest in get_close_matches(name.removeprefix(PREFIX), by_rest)]
    if alike:
        return f"unknown setting {name}; do you mean {' or '.join(alike)}?"
    return f"unknown setting {name}; known are {', '.join(sorted(known))}"


def _describe(error: ValidationError) -> str:
    """The first fault in words. Values are left out: they may be secrets."""
    first = error.errors(include_input=False, include_url=False)[0]
    name = str(first["loc"][0]) if first["loc"] else "settings"
    if first["type"] == "extra_forbidden":
        return _unknown(name, Settings.model_fields)
    return f"setting {name!r}: {first['msg']}; correct it in the environment, .env or onrecord.toml"
