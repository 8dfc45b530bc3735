"""What docs/policies.md shows can be said."""

import json
import re
from pathlib import Path

from postlint.cli.allowances import read_allowances
from postlint.draft import Draft
from postlint.policy import Policy
from postlint.report import Suppressed, UnusedAllowance
from postlint.yaml_file import parse_yaml

PAGE = (Path(__file__).parent.parent.parent / "docs" / "policies.md").read_text(encoding="utf-8")


def block(language: str, word: str) -> str:
    blocks = re.findall(rf"```{language}\n(.*?)```", PAGE, re.DOTALL)
    (found,) = (block for block in blocks if word in block)
    return found


def test_the_policy_is_one() -> None:
    policy = Policy.model_validate(parse_yaml(block("yaml", "extends")))
    assert set(Policy.model_fields) == policy.model_fields_set


def test_a_draft_and_a_file_allow_the_same_way() -> None:
    draft = Draft.model_validate_json(block("json", '"allow"'))
    war, profanity = read_allowances("post.md", 1, block("markdown", "postlint"))
    assert draft.allow[0] == war
    assert (profanity.rule, profanity.until) == (draft.allow[1].rule, draft.allow[1].until)


def test_the_report_has_the_fields_that_are_shown() -> None:
    shown = json.loads("{" + block("json", '"suppressed"').strip().rstrip(",") + "}")
    assert set(shown["suppressed"][0]) == set(Suppressed.model_fields)
    assert set(shown["unused_allowances"][0]) == set(UnusedAllowance.model_fields)
