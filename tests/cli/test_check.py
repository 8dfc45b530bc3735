"""`postlint check` on files, as a person and as CI use it."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from postlint.cli.main import main

CLEAN = "Our bakery opens at eight tomorrow.\n"
RISKY = "Hello all!\n\nSorry if anyone was offended by our joke\n"


def run(*arguments: str, stdin: str | bytes | None = None) -> Result:
    return CliRunner().invoke(main, ["check", *arguments], input=stdin)


@pytest.fixture
def write(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.chdir(tmp_path)

    def write(name: str, content: str) -> str:
        (tmp_path / name).write_text(content, encoding="utf-8")
        return name

    return write


def test_a_clean_file_exits_with_0(write) -> None:
    result = run(write("post.txt", CLEAN))
    assert (result.exit_code, result.output) == (0, "1 draft: 1 pass\n")


def test_a_finding_is_printed_with_its_place_caret_and_reason(write) -> None:
    result = run(write("post.txt", RISKY))
    lines = result.output.splitlines()
    assert result.exit_code == 1
    assert lines[0].startswith("post.txt:3:1: ")
    assert lines[1] == "    Sorry if anyone was offended by our joke"
    assert lines[2].strip() == "^" * len(lines[2].strip())
    assert any(line.startswith("  why: ") for line in lines)
    assert any(line.startswith("  hurts: ") for line in lines)
    assert "\x1b" not in result.output


def test_carets_stand_under_the_words_after_wide_characters(write) -> None:
    output = run(write("post.txt", "日本 sorry if anyone was offended")).output.splitlines()
    assert output[2].startswith(" " * (4 + 5) + "^")


def test_front_matter_says_when_and_where(write) -> None:
    draft = '---\ntitle: Pizza\nscheduled_at: "2026-09-11T13:00:00Z"\nregions: [US]\n---\n\n{}'
    result = run("--format", "json", write("post.md", draft.format("#NeverForget: $9.11 pizza")))
    (document,) = json.loads(result.output)
    assert (document["path"], document["line"]) == ("post.md", 7)
    assert document["report"]["verdict"] == "block"


def test_the_command_line_says_when_and_where_for_all_files(write) -> None:
    name = write("post.txt", "#NeverForget: $9.11 pizza all day")
    result = run("--at", "2026-09-11T13:00:00Z", "--region", "US", "--platform", "x", name)
    assert result.exit_code == 1
    assert "2026-09-11" in result.output


def test_json_lines_are_one_draft_a_line(write) -> None:
    rows = [json.dumps({"text": CLEAN}), "", json.dumps({"text": RISKY, "platform": "x"})]
    result = run("--format", "json", write("queue.jsonl", "\n".join(rows)))
    documents = json.loads(result.output)
    assert [document["line"] for document in documents] == [1, 3]
    assert result.exit_code == 1


def test_a_dash_reads_standard_input() -> None:
    assert "<stdin>:3:1: " in run("-", stdin=RISKY).output
    assert run(stdin=CLEAN).exit_code == 0


def test_fail_on_error_lets_warnings_pass(write) -> None:
    name = write("post.txt", RISKY)
    verdict = json.loads(run("--format", "json", name).output)[0]["report"]["verdict"]
    assert verdict == "review"
    assert run("--fail-on", "error", name).exit_code == 0


@pytest.mark.parametrize(
    ("name", "content", "expected"),
    [
        ("empty.txt", "", "empty.txt:1: text: must not be empty or blank"),
        ("queue.jsonl", '{"text": "ok"}\n{"text": ', "queue.jsonl:2: is not JSON"),
        ("queue.jsonl", "[1]", "queue.jsonl:1: must be a JSON object"),
        ("queue.jsonl", '{"text": "a", "platform": "x2"}', "queue.jsonl:1: platform: Input should"),
        ("post.md", "---\nregions: [Mars]\n---\nhello", "post.md:1: regions.0: must be an ISO"),
        ("post.md", "---\nregions: [US\n---\nhello", "post.md:1: front matter is not YAML"),
    ],
)
def test_what_cannot_be_read_exits_with_2_and_says_where(
    write, name: str, content: str, expected: str
) -> None:
    result = run(write(name, content))
    assert result.exit_code == 2
    assert result.stderr.startswith(expected)


def test_a_missing_file_and_a_wrong_option_exit_with_2(tmp_path: Path) -> None:
    assert run(str(tmp_path / "none.txt")).exit_code == 2
    assert run("--platform", "myspace", stdin=CLEAN).exit_code == 2
    assert run("--at", "noon", stdin=CLEAN).exit_code == 2
    assert run("--region", "Mars", stdin=CLEAN).exit_code == 2
    assert run("-", stdin=b"\xff\xfe").exit_code == 2
