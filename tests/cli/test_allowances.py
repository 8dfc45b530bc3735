"""What authors allow by comments in their files."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from hypothesis import given
from hypothesis import strategies as st

from postlint.cli.allowances import without_comments
from postlint.cli.main import main

RISKY = "I swear on my mother's life that it fits"
ALLOW = "<!-- postlint: allow promises/sworn-promise -- quoted in a training -->"
SHOWN = "allowed by the draft: promises/sworn-promise — quoted in a training"


def run(*arguments: str, stdin: str | None = None) -> Result:
    # No score of a model has a say in these tests.
    environment = {"POSTLINT_MODEL": "none"}
    return CliRunner().invoke(main, ["check", *arguments], input=stdin, env=environment)


@pytest.fixture
def write(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.chdir(tmp_path)

    def write(name: str, content: str) -> str:
        # As bytes: line ends stay as they are.
        (tmp_path / name).write_bytes(content.encode())
        return name

    return write


@pytest.mark.parametrize(
    ("name", "content", "place"),
    [
        ("post.txt", f"{ALLOW}\n\n{RISKY}\n", "3:1"),
        ("post.txt", f"{RISKY}\n\n{ALLOW}\n", "1:1"),
        ("post.txt", f"Hello!\r\n{ALLOW}\r\n{RISKY}\r\n", "3:1"),
        ("post.md", f"Hello!\r\n{ALLOW}\r\n{RISKY}\r\n", "3:1"),
        ("post.md", f"---\ntitle: a\n---\n{ALLOW}\n\n{RISKY}\n", "6:1"),
        ("post.txt", f"{ALLOW} {RISKY}", f"1:{len(ALLOW) + 2}"),
        ("post.txt", f"Hello! {ALLOW} {RISKY}", f"1:{len(ALLOW) + 9}"),
        ("post.txt", f"Hi!\n<!--postlint:allow\npromises/* --\nall is\nwell-->\n{RISKY}", "6:1"),
    ],
)
def test_a_comment_allows_and_places_stay_those_of_the_file(
    write, name: str, content: str, place: str
) -> None:
    result = run(write(name, content))
    line = result.output.splitlines()[0]
    assert result.exit_code == 0
    assert line.startswith(f"{name}:{place}: allowed by the draft: promises/sworn-promise — ")
    assert result.output.splitlines()[-1] == "1 draft: 1 pass, 1 finding allowed"


def test_what_else_is_wrong_is_shown_as_it_stands_in_the_file(write) -> None:
    line = f"Hi <!-- postlint: allow hashtags/* -- ours --> {RISKY}"
    output = run(write("post.txt", f"\n{line}\n")).output.splitlines()
    assert output[0].startswith(f"post.txt:2:{line.index('I swear') + 1}: warning: ")
    assert output[1] == f"    {line}"
    assert output[2].index("^") == 4 + line.index("I swear")


def test_offsets_in_json_count_in_the_file(write) -> None:
    content = f"Hello! 🎉\n{ALLOW}\n{RISKY}"
    (document,) = json.loads(run("--format", "json", write("post.txt", content)).output)
    (entry,) = document["report"]["suppressed"]
    (span,) = entry["finding"]["spans"]
    assert content[span["start"] : span["end"]] == span["text"]
    assert entry["reason"] == "quoted in a training"


def test_front_matter_allows_beside_comments(write) -> None:
    front = (
        "---\nallow:\n- {rule: promises/sworn-promise, reason: quoted, until: 2100-01-01}\n---\n"
    )
    comment = "<!-- postlint: allow profanity/mild -- our tone -->"
    result = run(write("post.md", f"{front}\n{comment}\n{RISKY}. Damn!"))
    shown = [line for line in result.output.splitlines() if "allowed by" in line]
    assert [line.split(": ")[0] for line in shown] == ["post.md:7:1", "post.md:7:43"]


def test_an_allowance_that_is_over_does_not_count_and_is_told(write) -> None:
    comment = ALLOW.replace(" --", " until=2020-12-31 --", 1)
    result = run(write("post.txt", f"{comment}\n{RISKY}"))
    assert result.exit_code == 1
    told = "post.txt:1: note: allowing promises/sworn-promise does nothing: its time is over"
    assert told in result.output


def test_a_misspelt_rule_is_told(write) -> None:
    result = run(write("post.txt", f"{ALLOW.replace('sworn-promise', 'sworn-promis')}\n{RISKY}"))
    assert result.exit_code == 1
    assert "allowing promises/sworn-promis does nothing: there is no such rule" in result.output


def test_json_lines_have_a_field_for_it_and_no_comments(write) -> None:
    allowed = [{"rule": "promises/sworn-promise", "reason": "quoted in a training"}]
    rows = [{"text": RISKY, "allow": allowed}, {"text": f"{ALLOW} {RISKY}"}]
    result = run(write("queue.jsonl", "\n".join(map(json.dumps, rows))))
    assert result.exit_code == 1
    assert f"queue.jsonl:1:1: {SHOWN}" in result.output
    assert "queue.jsonl:2:" in result.output


@pytest.mark.parametrize(
    "comment",
    [
        "<!-- postlint: allow promises/sworn-promise -->",
        "<!-- postlint: allow promises/sworn-promise -- -->",
        "<!-- postlint: allow promises/sworn-promise quoted -->",
        "<!-- postlint: allow -- quoted -->",
        "<!-- postlint: alow promises/sworn-promise -- quoted -->",
        "<!-- postlint allow promises/sworn-promise -- quoted -->",
        "<!-- postlint: allow promises/sworn-promise -- quoted",
    ],
)
def test_a_comment_that_is_not_understood_stops_the_check(write, comment: str) -> None:
    result = run(write("post.txt", f"{RISKY}\n\n{comment}\n"))
    assert result.exit_code == 2
    assert result.stderr.startswith("post.txt:3: a postlint comment must read <!-- postlint: allow")


@pytest.mark.parametrize(
    ("said", "problem"),
    [
        ("sworn-promise -- quoted", "rule: must be a rule such as profanity/mild"),
        ("a/b until=soon -- quoted", "until: must be a date such as 2026-12-31"),
    ],
)
def test_a_wrong_part_of_a_comment_is_named_with_its_line(write, said: str, problem: str) -> None:
    result = run(
        write("post.md", f"---\ntitle: a\n---\n\n{RISKY}\n<!-- postlint: allow {said} -->")
    )
    assert result.exit_code == 2
    assert result.stderr.startswith(f"post.md:6: {problem}")


def test_other_comments_are_part_of_the_text(write) -> None:
    content = "<!-- postlinted? --> <!-- damn --> Hello"
    assert "profanity/mild" in run(write("post.txt", content)).output


def test_a_file_of_comments_alone_is_no_draft(write) -> None:
    result = run(write("post.txt", f"{ALLOW}\n"))
    assert result.exit_code == 2
    assert "text: must not be empty or blank" in result.stderr


def test_comments_do_not_make_a_post_longer(write) -> None:
    rest = "word " * 55
    result = run("--platform", "x", write("post.txt", f"{ALLOW}\n{ALLOW}\n{rest}{ALLOW}"))
    assert "platform/too-long" not in result.output


def test_the_command_line_names_the_policy(write) -> None:
    name = write("post.txt", "Damn, it rains.")
    assert "info" in run(name).output
    assert "warning" in run("--policy", "strict", name).output
    unknown = run("--policy", "stritc", name)
    assert (unknown.exit_code, "known: default" in unknown.stderr) == (2, True)


@pytest.mark.parametrize(
    ("passage", "text"),
    [
        (f"a\n{ALLOW}\nb", "a\nb"),
        (f"a\n\n{ALLOW}\n\nb", "a\n\n\nb"),
        (f"a\n{ALLOW}{ALLOW}\n  {ALLOW}  \nb", "a\nb"),
        (f"a {ALLOW} b", "a b"),
        (f"a {ALLOW}b", "a b"),
        (f"a{ALLOW} b", "a b"),
        (f"a{ALLOW}b", "ab"),
        (f"a {ALLOW} {ALLOW} b", "a b"),
        (f"a {ALLOW}\nb", "a\nb"),
        (f"a\n{ALLOW} b", "a\nb"),
        (f"\n {ALLOW}\n\n a \n\n{ALLOW}\n", "a"),
        ("  a\n\n", "  a\n\n"),
    ],
)
def test_what_is_left_reads_as_if_no_comment_had_been_there(passage: str, text: str) -> None:
    assert without_comments(passage).text == text


@given(st.lists(st.sampled_from([ALLOW, "word", " ", "\n", "\r\n", "🎉", "<!-- x -->"])))
def test_every_character_left_stands_where_it_stood(parts: list[str]) -> None:
    passage = "".join(parts)
    text, offsets = without_comments(passage)
    assert len(offsets) == len(text)
    for place, char in enumerate(text):
        span = offsets.to_original(place, place + 1)
        assert passage[span.start : span.end] == char
    assert text.replace(" ", "").split() == passage.replace(ALLOW, "").replace(" ", "").split()
