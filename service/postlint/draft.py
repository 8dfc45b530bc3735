"""A draft: the post as somebody is about to publish it."""

import re
from datetime import UTC, date, datetime
from enum import StrEnum
from typing import Annotated, Any

from pydantic import (
    AfterValidator,
    AwareDatetime,
    BaseModel,
    ConfigDict,
    Field,
    ValidationError,
    ValidatorFunctionWrapHandler,
    WrapValidator,
)

from postlint.regions import is_region

MAX_TEXT = 20_000
"""Longest text in code points: longer than any network allows for a post."""

_LONE_SURROGATE = re.compile("[\ud800-\udfff]")

_RULE_NAME = r"[a-z0-9-]+/([a-z0-9-]+|\*)"

_FIRST_YEAR, _LAST_YEAR = 2000, 2100
"""Posts are not scheduled outside; lunar calendars and tables end somewhere, too."""


class Platform(StrEnum):
    """Where the post will appear."""

    X = "x"
    INSTAGRAM = "instagram"
    FACEBOOK = "facebook"
    LINKEDIN = "linkedin"
    THREADS = "threads"
    BLUESKY = "bluesky"
    MASTODON = "mastodon"
    TIKTOK = "tiktok"
    YOUTUBE = "youtube"
    PINTEREST = "pinterest"
    OTHER = "other"


class MediaKind(StrEnum):
    """What is attached to the post."""

    IMAGE = "image"
    GIF = "gif"
    VIDEO = "video"


def _is_text(value: str) -> str:
    if "\x00" in value:
        raise ValueError("must not contain the NUL character (U+0000)")
    if _LONE_SURROGATE.search(value):
        raise ValueError("must not contain a lone surrogate (half of a UTF-16 pair)")
    return value


def _not_blank(value: str) -> str:
    if not value.strip():
        raise ValueError("must not be empty or blank")
    return value


def _known_region(value: str) -> str:
    code = value.upper()
    if not is_region(code):
        raise ValueError(
            "must be an ISO 3166-1 country code such as US "
            "or an ISO 3166-2 subdivision such as US-CA"
        )
    return code


def _language_tag(value: str) -> str:
    if not re.fullmatch(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*", value):
        raise ValueError("must be a BCP 47 language tag such as en or pt-BR")
    return value


def _in_utc(value: datetime) -> datetime:
    # The year counts in UTC: a value that was read once is then valid wherever it is read again.
    try:
        instant = value.astimezone(UTC)
    except OverflowError:
        instant = None
    if instant is None or not _FIRST_YEAR <= instant.year <= _LAST_YEAR:
        raise ValueError(f"must lie in the years {_FIRST_YEAR} to {_LAST_YEAR}, in UTC")
    return instant


def _names_rules(value: str) -> str:
    if not re.fullmatch(_RULE_NAME, value):
        raise ValueError(
            "must be a rule such as profanity/mild or all rules of a pack, such as profanity/*"
        )
    return value


def _day_or_instant(value: Any, validate: ValidatorFunctionWrapHandler) -> Any:
    try:
        return validate(value)
    except ValidationError:
        # Of a union pydantic tells what each of its parts misses, which helps nobody.
        raise ValueError(
            "must be a date such as 2026-12-31 or a time with offset such as "
            f"2026-12-31T18:00:00Z, in the years {_FIRST_YEAR} to {_LAST_YEAR}"
        ) from None


Text = Annotated[str, Field(max_length=MAX_TEXT), AfterValidator(_is_text)]
"""Text of up to `MAX_TEXT` code points that can be written as UTF-8, without NUL."""

Instant = Annotated[AwareDatetime, AfterValidator(_in_utc)]
"""A moment of this century, with an offset in the input, in UTC inside."""

Region = Annotated[str, AfterValidator(_known_region)]
"""ISO 3166-1 alpha-2 or ISO 3166-2, upper case."""

Name = Annotated[str, Field(max_length=200), AfterValidator(_is_text)]
"""A short name, up to 200 code points."""

Reason = Annotated[str, Field(max_length=500), AfterValidator(_is_text), AfterValidator(_not_blank)]
"""Why somebody allows what a rule finds, for whoever reads it later."""

RulePattern = Annotated[
    str,
    Field(max_length=161, json_schema_extra={"pattern": f"^{_RULE_NAME}$"}),
    AfterValidator(_names_rules),
]
"""A rule ("pack/rule") or all rules of a pack ("pack/*")."""

Day = Annotated[date, Field(ge=date(_FIRST_YEAR, 1, 1), le=date(_LAST_YEAR, 12, 31))]
"""A day of the years in which posts are scheduled."""

Until = Annotated[
    Annotated[Instant | Day, Field(union_mode="left_to_right")], WrapValidator(_day_or_instant)
]
"""A moment, or a day which still counts in full, in UTC."""


class Media(BaseModel):
    """One attachment. `alt_text` None means that nobody wrote one."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    kind: MediaKind
    alt_text: Text | None = None


class Allowance(BaseModel):
    """What the author allows in this draft, and why.

    rule: "pack/rule" or "pack/*". until: when the allowance ends; None for never.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    rule: RulePattern
    reason: Reason
    until: Until | None = None

    def has_ended(self, now: datetime) -> bool:
        """Whether it counts no longer at `now` (aware)."""
        if isinstance(self.until, datetime):
            return self.until <= now
        return self.until is not None and self.until < now.astimezone(UTC).date()


class Draft(BaseModel):
    """A post before it goes live, with what is known about its publication.

    text: 1 to `MAX_TEXT` code points, not blank.
    scheduled_at: when it will go out (an offset is required); None means now.
    regions: ISO 3166 codes of the audience; empty means worldwide.
    language: BCP 47 tag; None lets postlint detect it.
    in_reply_to: the text that this post answers, if any.
    organisation: who posts, in whose voice the text speaks.
    created_at: when the draft was written or queued.
    policy: name of the policy to judge by.
    allow: findings that the author allows.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    text: Annotated[Text, AfterValidator(_not_blank)]
    platform: Platform = Platform.OTHER
    scheduled_at: Instant | None = None
    regions: Annotated[tuple[Region, ...], Field(max_length=300)] = ()
    language: Annotated[str, AfterValidator(_language_tag)] | None = None
    media: Annotated[tuple[Media, ...], Field(max_length=50)] = ()
    in_reply_to: Text | None = None
    organisation: Name | None = None
    created_at: Instant | None = None
    policy: Name = "default"
    allow: Annotated[tuple[Allowance, ...], Field(max_length=50)] = ()
