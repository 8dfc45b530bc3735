"""GET /v1/rules, /v1/packs, /v1/groups: what postlint knows."""

from fastapi import APIRouter
from pydantic import BaseModel
from starlette.exceptions import HTTPException

from postlint.api.dependencies import ApplicationDependency
from postlint.api.problems import declared
from postlint.finding import Category, Severity
from postlint.report import GroupLabel
from postlint.rulepacks.catalogue import PackCard, RuleCard

router = APIRouter(tags=["catalogue"])


class RuleSummary(BaseModel):
    """One rule in the list. severity: null where the day and the audience decide."""

    rule: str
    kind: str
    category: Category
    topic: str
    severity: Severity | None
    message: str


@router.get("/rules", response_model=list[RuleSummary])
async def list_rules(application: ApplicationDependency) -> list[RuleCard]:
    """Every rule, by name."""
    return list(application.rules.values())


@router.get("/rules/{pack}/{rule}", responses=declared(404))
async def show_rule(pack: str, rule: str, application: ApplicationDependency) -> RuleCard:
    """One rule: why it exists, whom it protects, what it finds and what it leaves alone."""
    card = application.rules.get(f"{pack}/{rule}")
    if card is None:
        raise HTTPException(404, "There is no such rule; GET /v1/rules lists them.")
    return card


@router.get("/packs")
async def list_packs(application: ApplicationDependency) -> list[PackCard]:
    """Every pack with its version."""
    return list(application.packs)


@router.get("/groups")
async def list_groups(application: ApplicationDependency) -> list[GroupLabel]:
    """Everybody whom a finding may name as hurt."""
    return [GroupLabel(id=key, label=label) for key, label in application.book.groups.items()]
