"""PUT and DELETE /v1/packs/{id}: packs of one's own, active at once."""

from functools import partial
from typing import Annotated

from fastapi import APIRouter, Depends, Path, Query

from postlint.api.dependencies import LiveDependency
from postlint.api.loopback import require_loopback
from postlint.api.problems import declared
from postlint.api.publish import PackSubmission, Published, publish, withdraw
from postlint.rulepacks.schema import Identifier

router = APIRouter(tags=["packs"], dependencies=[Depends(require_loopback)])

PackId = Annotated[Identifier, Path(description="Name of the pack, in a-z, 0-9 and -.")]
DryRun = Annotated[bool, Query(description="Answer the same, write nothing.")]


@router.put("/packs/{id}", responses=declared(400, 403, 409, 413, 422, 503))
async def put_pack(
    id: PackId, submission: PackSubmission, live: LiveDependency, dry_run: DryRun = False
) -> Published:
    """Add a pack of your own, or replace it.

    Every rule must load, refer to what exists and do with its examples what they say, or
    nothing is accepted. An accepted pack judges the next draft. The answer says what it
    changes on drafts written to measure postlint, judged without the model.
    """
    return await live.change(partial(publish, live, id, submission, dry_run=dry_run))


@router.delete("/packs/{id}", status_code=204, responses=declared(403, 404, 409, 422, 503))
async def delete_pack(id: PackId, live: LiveDependency) -> None:
    """Remove a pack of your own; those that ship stay."""
    await live.change(partial(withdraw, live, id))
