"""What an operator may set: environment variables `SOSIK_…`, and one `sosik.toml` in the working directory.

The environment wins over the file. A name that nothing reads is a mistake, not silence: it names the setting that
was probably meant.
"""

import difflib
import os
import tomllib
from collections.abc import Iterable
from pathlib import Path
from typing import Literal

from pydantic import Field, SecretStr, ValidationError
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource, SettingsConfigDict, TomlConfigSettingsSource

from sosik.model.errors import SettingsMistake

PREFIX = "SOSIK_"
FILE = Path("sosik.toml")
SECRETS = frozenset(
    {"secret", "smtp_password", "webhook_secret", "elasticsearch_password", "elasticsearch_api_key", "llm_api_key"}
)  # files are copied, shown and checked in


class Settings(BaseSettings):
    """Every setting with its default. In `sosik.toml` the names are in small letters and without the prefix."""

    model_config = SettingsConfigDict(env_prefix=PREFIX, toml_file=FILE, extra="forbid", frozen=True)

    data: Path = Field(default=Path("var"), description="the folder of archive, ledger and index")
    index: Literal["tantivy", "elasticsearch"] = Field(default="tantivy", description="which search index is used")
    tokenizer: str = Field(default="mecab", description="who cuts Korean text: mecab, or konlpy.okt and its like")
    catalogue: Path | None = Field(default=None, description="a folder that adds to or overrides the shipped catalogue")
    public_url: str = Field(default="http://127.0.0.1:8000", description="what links in mails and feeds point to")
    elasticsearch_url: str = Field(
        default="http://127.0.0.1:9200", description="where Elasticsearch answers; several hosts, comma separated"
    )
    elasticsearch_ca: Path | None = Field(default=None, description="the file of the authority that it is trusted by")
    elasticsearch_user: str = Field(default="", description="who logs in there, with a password")
    elasticsearch_password: SecretStr = Field(default=SecretStr(""), description="from the environment only")
    elasticsearch_api_key: SecretStr = Field(
        default=SecretStr(""), description="in place of user and password; from the environment only"
    )
    elasticsearch_name: str = Field(
        default="articles", pattern=r"^[a-z][a-z0-9-]*$", description="what indexes and aliases are called there"
    )
    elasticsearch_shards: int = Field(default=1, ge=1, description="primary shards of a new index")
    elasticsearch_replicas: int = Field(default=1, ge=0, description="copies of each shard beside the primary")
    elasticsearch_timeout: float = Field(default=10.0, gt=0, description="seconds that it has to answer a request")
    index_snapshots: str = Field(
        default="", description="where copies of the index are kept: a folder or s3://bucket/path; empty: in `data`"
    )
    ledger_url: str = Field(default="", description="SQLAlchemy address of the ledger; empty: SQLite")
    secret: SecretStr = Field(
        default=SecretStr(""), description="signs the links that stop alerts; from the environment only"
    )
    mail_from: str = Field(default="sosik@localhost", description="who alert mails are from")
    operator: str = Field(default="", description="who hears by mail of jobs that failed; empty: nobody")
    smtp_host: str = Field(default="", description="the mail server; empty: mails go to the folder outbox/")
    smtp_port: int = Field(default=587, ge=1, le=65535, description="its port")
    smtp_security: Literal["starttls", "tls", "none"] = Field(default="starttls", description="how it is spoken to")
    smtp_user: str = Field(default="", description="who logs in there; empty: nobody")
    smtp_password: SecretStr = Field(default=SecretStr(""), description="from the environment only")
    smtp_timeout: float = Field(default=30.0, gt=0, description="seconds that the mail server has to answer")
    smtp_ca_file: Path | None = Field(default=None, description="certificates to trust beside the system's")
    webhook_secret: SecretStr = Field(
        default=SecretStr(""), description="signs what webhooks are sent; from the environment only"
    )
    webhook_timeout: float = Field(default=10.0, gt=0, description="seconds that a webhook has to answer")
    webhook_private: bool = Field(
        default=False, description="whether webhooks may be on private networks, and without TLS"
    )
    llm_base_url: str = Field(default="", description="where a language model answers; empty: briefs by rules")
    llm_model: str = Field(default="", description="its name there")
    llm_api_key: SecretStr = Field(default=SecretStr(""), description="its key; from the environment only")
    llm_timeout: float = Field(default=120.0, gt=0, description="seconds that the model has to answer")
    workers: int = Field(default_factory=lambda: os.cpu_count() or 1, ge=1, description="processes that read pages")

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Read the environment, then the file; no .env and no secrets folder, so that there are two places to look."""
        file = TomlConfigSettingsSource(settings_cls)
        for name in SECRETS & file.toml_data.keys():
            raise SettingsMistake(f"{FILE}: {name} does not belong in a file. Set {PREFIX}{name.upper()} instead")
        return init_settings, env_settings, file

    @property
    def linked_url(self) -> str:
        """What links in mails point to: the public address if one was set; else nobody outside could follow them."""
        return self.public_url if "public_url" in self.model_fields_set else ""

    @property
    def missing_for_model(self) -> str | None:
        """What a language model still wants: None where none is asked for, empty where nothing is missing."""
        asked = {
            "SOSIK_LLM_BASE_URL": self.llm_base_url,
            "SOSIK_LLM_MODEL": self.llm_model,
            "SOSIK_LLM_API_KEY": self.llm_api_key.get_secret_value(),
        }
        if not any(asked.values()):
            return None
        missing = [name for name, value in asked.items() if not value]
        return f"set {' and '.join(missing)} for a language model" if missing else ""

    @property
    def ledger_address(self) -> str:
        """The SQLAlchemy address of the ledger."""
        return self.ledger_url or f"sqlite:///{self.data.absolute() / 'ledger.sqlite3'}"


def read_settings() -> Settings:
    """Read settings from the environment and `sosik.toml`; raises SettingsMistake that names the setting and a fix."""
    _refuse_unknown((name[len(PREFIX) :].lower() for name in os.environ if name.startswith(PREFIX)), "the environment")
    try:
        return Settings()
    except tomllib.TOMLDecodeError as error:
        raise SettingsMistake(f"{FILE}: not TOML: {error}") from error
    except ValidationError as error:
        raise SettingsMistake("; ".join(_say(dict(each)) for each in error.errors())) from error


def _refuse_unknown(names: Iterable[str], where: str) -> None:
    for name in names:
        if name not in Settings.model_fields:
            raise SettingsMistake(
                f"{PREFIX}{name.upper()} in {where} is no setting. {_nearest(name, environment=True)}"
            )


def _nearest(name: str, *, environment: bool) -> str:
    known = list(Settings.model_fields)
    close = difflib.get_close_matches(name, known, n=1, cutoff=0.5)
    shown = [f"{PREFIX}{each.upper()}" if environment else each for each in close or known]
    return f"Did you mean {shown[0]}?" if close else f"Known: {', '.join(shown)}"


def _say(problem: dict[str, object]) -> str:
    location = problem["loc"]
    name = ".".join(map(str, location)) if isinstance(location, tuple) else str(location)
    if problem["type"] == "extra_forbidden":
        return f"{FILE}: {name} is no setting. {_nearest(name, environment=False)}"
    where = f"{PREFIX}{name.upper()}" if f"{PREFIX}{name.upper()}" in os.environ else f"{FILE}: {name}"
    return f"{where} is {problem.get('input')!r}: {problem['msg']}"
