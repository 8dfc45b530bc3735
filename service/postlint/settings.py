"""Settings of the service, from environment variables that begin with POSTLINT_."""

from pathlib import Path
from typing import Literal

from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict

from postlint.draft import MAX_TEXT


class Settings(BaseSettings):
    """Every setting, with the default that a fresh machine starts with."""

    model_config = SettingsConfigDict(env_prefix="POSTLINT_", extra="ignore")

    model: str = Field(
        "risk",
        description="`risk` (shipped), `detoxify:` with `original`, `unbiased`, `multilingual`, "
        "`original-small` or `unbiased-small`, a folder with a manifest.json, a Detoxify "
        "checkpoint, or `none`.",
    )
    rules: Path | None = Field(
        None, description="Folder of packs to use instead of the shipped ones."
    )
    data: Path = Field(
        Path(".postlint"),
        description="Folder of your own packs, policies and sensitive days, in it `packs/`, "
        "`policies/` and `calendar/`; made by the first write.",
    )
    feeds: str = Field(
        "",
        description="Feeds to follow, with commas: `usgs`, `gdacs`, `nws`, or with an address of "
        "your own, as `cap=https://…`. Empty: none is asked.",
    )
    feeds_declaring: str = Field(
        "usgs,gdacs,nws",
        description="Feeds that may declare incidents by themselves; the others propose them.",
    )
    feeds_contact: str = Field(
        "", description="Mail or web address that feeds are told; the NWS asks for one."
    )
    max_body_bytes: int = Field(
        1024 * 1024, ge=1024, description="Largest request body, or line of a stream, in bytes."
    )
    max_text: int = Field(MAX_TEXT, ge=1, le=MAX_TEXT, description="Longest text in code points.")
    max_batch: int = Field(1000, ge=1, le=1000, description="Most drafts in one JSON batch.")
    threads: int = Field(
        2, ge=1, le=256, description="How many drafts one process judges at the same time."
    )
    open: bool = Field(
        False,
        description="Answer other machines, too. There are no keys yet: open the service only "
        "behind something that decides who may ask.",
    )
    log_level: Literal["debug", "info", "warning", "error"] = Field(
        "info", description="Least severity of a log line."
    )
