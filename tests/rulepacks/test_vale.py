"""Vale styles as packs: published ones, and small ones for each way of looking.

The published rule files are in vale/, with their licences.
"""

import json
import re
import shutil
from collections.abc import Callable
from functools import partial
from pathlib import Path
from textwrap import dedent

import pytest
from click.testing import CliRunner, Result
from hypothesis import given
from hypothesis import strategies as st

from postlint.bootstrap import assemble
from postlint.cli.main import main
from postlint.draft import Draft
from postlint.finding import Finding
from postlint.linter import Linter
from postlint.nlp import SpacyParser
from postlint.resources import rules_folder as shipped_rules
from postlint.rulepacks.vale.engine import alternatives, compiled, portable
from postlint.rulepacks.vale.expression import parse, phrases, samples
from postlint.rulepacks.vale.source import ValeRule, read_style
from postlint.rulepacks.vale.wording import identifier
from postlint.settings import Settings
from postlint.yaml_file import parse_yaml
from tests.support import NOON, lint

PUBLISHED = Path(__file__).parent / "vale"
EVAL = Path(__file__).parents[1] / "eval"

Style = Callable[..., Path]


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main, ["rules", *map(str, arguments)])


@pytest.fixture
def target(rules_folder: Path) -> Path:
    """A rules folder that knows the topic of imported rules."""
    (rules_folder / "topics.yml").write_text("{style: {label: house style}}")
    return rules_folder


def write_style(parent: Path, **rules: str) -> Path:
    """Writes a style named House: write_style(folder, Rule="extends: …")."""
    folder = parent / "House"
    folder.mkdir(exist_ok=True)
    for name, text in rules.items():
        (folder / f"{name}.yml").write_text(dedent(text), encoding="utf-8")
    return folder


@pytest.fixture
def style(tmp_path: Path) -> Style:
    """`write_style` in a folder of the test's own."""
    return partial(write_style, tmp_path)


def without_calendar(folder: Path) -> Path:
    """The rules folder with no observances to read."""
    (folder / "calendar" / "observances").mkdir(parents=True)
    shutil.copy(shipped_rules() / "calendar" / "findings.yml", folder / "calendar")
    return folder


def imported(source: Path, target: Path) -> Result:
    """The result of an import whose examples all hold."""
    result = run("import-vale", source, "--into", target)
    if result.exit_code == 0:
        check = run("check", "--no-model", "--rules", target)
        assert check.exit_code == 0, check.stderr
    return result


def found(target: Path, text: str) -> list[tuple[str, str]]:
    """(rule, words) that the imported rules find in a post."""
    findings = lint(target, text).findings
    return [(finding.rule, span.text) for finding in findings for span in finding.spans]


def words(target: Path, text: str) -> list[str]:
    return [found_words for _, found_words in found(target, text)]


def only(target: Path, text: str) -> Finding:
    (finding,) = lint(target, text).findings
    return finding


# Published styles


@pytest.mark.parametrize(
    ("name", "pack", "told", "reasons"),
    [
        (
            "write-good",
            "write-good",
            "write-good: 7 of 8 rules imported",
            [r"Illusions  '([^\s]+)\s+\1': RE2: invalid escape sequence: \1"],
        ),
        (
            "Google",
            "google",
            "Google: 30 of 32 rules imported",
            ["Headings            it looks only at heading, which posts have not"],
        ),
        (
            "commercetools",
            "commercetools",
            "commercetools: 5 of 5 rules imported",
            [r"without 'native(?! Merchant Center application)': RE2: invalid perl operator: (?!"],
        ),
        (
            "FinCompliance",
            "fin-compliance",
            "FinCompliance: 3 of 7 rules imported",
            [
                r"'\d{1,2}/\d{1,2}/\d{2}(?!\d)': RE2: invalid perl operator: (?!",
                # Its dollar signs are not escaped: in Vale it finds nothing, either.
                r"'(?m)\b(?:$200 must be)\b': no two posts could be made that the linter finds",
            ],
        ),
    ],
)
def test_a_published_style_becomes_a_pack_whose_examples_hold(
    target: Path, name: str, pack: str, told: str, reasons: list[str]
) -> None:
    result = imported(PUBLISHED / name, target)
    assert (result.exit_code, result.output.splitlines()[0]) == (0, f"{told} to {target / pack}")
    for reason in reasons:
        assert reason in result.output


def vale_matches(rule: ValeRule, text: str) -> list[re.Match[str]]:
    """What Vale's own expression finds in a text, put together as Vale does."""
    if rule.extends == "substitution":
        listed = "|".join(sorted(rule.swap, key=len, reverse=True))
        right = {option for wanted in rule.swap.values() for option in wanted.split("|")}
    else:
        listed = "|".join(token for token in rule.tokens if isinstance(token, str))
        right = set()
    edge = "" if rule.nonword or not listed else r"\b"
    whole = f"{''.join(rule.raw)}{edge}(?:{listed}){edge}"
    flags = re.MULTILINE | (re.IGNORECASE if rule.ignorecase else 0)
    return [match for match in re.finditer(whole, text, flags) if match.group() not in right]


@pytest.mark.parametrize("name", ["write-good", "Google"])
def test_imported_rules_find_what_vales_expressions_find_in_real_posts(
    target: Path, name: str
) -> None:
    result = imported(PUBLISHED / name, target)
    linter = assemble(Settings(rules=target, model="none"), None).linter
    files = [parse_yaml(path.read_text(encoding="utf-8")) for path in EVAL.glob("*.yml")]
    # \w and \b of RE2 know ASCII only.
    texts = [row["text"] for rows in files for row in rows if row["text"].isascii()]
    left_out = result.output.partition("not imported")[2].split()
    rules = [
        rule
        for rule in read_style(PUBLISHED / name).rules
        if rule.extends in ("existence", "substitution") and rule.name not in left_out
    ]
    expected = 0
    for text in texts:
        findings = linter.raw_findings(Draft(text=text), NOON)
        for rule in rules:
            prefix = f"{identifier(name)}/{identifier(rule.name)}"
            spans = [
                (span.start, span.end)
                for finding in findings
                if finding.rule.startswith(prefix)
                for span in finding.spans
            ]
            for match in vale_matches(rule, text):
                expected += 1
                assert any(start <= match.start() and match.end() <= end for start, end in spans), (
                    prefix,
                    match,
                    text,
                )
    assert expected > 300


# Ways of looking


SAME = "extends: existence\nmessage: \"Don't write '%s'.\"\n"


WAYS: list[tuple[str, str, list[str]]] = [
    # existence
    (SAME + "tokens: [synergy]", "Synergy, synergy and synergyful", ["synergy"]),
    (SAME + "ignorecase: true\ntokens: [synergy]", "Our SYN3RGY", ["SYN3RGY"]),
    (
        SAME + "tokens: ['un(?:check|select)(?:ed)?']",
        "uncheck unselected",
        ["uncheck", "unselected"],
    ),
    (SAME + "nonword: true\ntokens: ['!!+']", "Wow!!! Oh!", ["!!!"]),
    (SAME + r"tokens: ['\d+ guys', guys]", "5 guys and guys", ["5 guys", "guys"]),
    (SAME + r"raw: ['\bvery\s']" + "\ntokens: [good, new]", "very new, new", ["very new"]),
    (SAME + r"raw: ['\svery']" + "\nappend: true\ntokens: [not]", "not very", ["not very"]),
    (SAME + "tokens: ['\\u00a0x']", "a\u00a0x", ["\u00a0x"]),
    (SAME + "tokens: [404, true]", "A 404 is true", ["404", "true"]),
    (
        SAME + "scope: sentence\nnonword: true\ntokens: ['^so,']",
        "so, yes. so, no, so, what",
        ["so,", "so,"],
    ),
    (SAME + "tokens: [guys]\nexceptions: [guys and gals]", "guys and gals, guys", ["guys"]),
    (
        SAME + "ignorecase: true\ntokens: [api]\nexceptions: [API]",
        "api, Api, API",
        ["api", "Api"],
    ),
    (SAME + "tokens: [native app, app]\nexceptions: [native]", "native app, app", ["app"]),
    # substitution
    (
        "extends: substitution\nmessage: Use '%s'.\nignorecase: true\nswap: {macos: macOS}",
        "macos MacOS MACOS macOS",
        ["macos", "MACOS"],
    ),
    (
        "extends: substitution\nmessage: Use '%s'.\nswap: {Cloud: Google Cloud}",
        "Cloud and Google Cloud",
        ["Cloud"],
    ),
    # repetition
    (
        "extends: repetition\nmessage: Twice '%s'\nignorecase: true\ntokens: [the, of]",
        "The the end of  of of the",
        ["The the", "of  of"],
    ),
    (
        "extends: repetition\nmessage: Thrice '%s'\nmax: 1\ntokens: [very]",
        "very very good, very very very good",
        ["very very very"],
    ),
    # occurrence
    (
        "extends: occurrence\nmessage: Long\nscope: sentence\nmax: 4\ntoken: '\\b\\w+\\b'",
        "One two. Three four five six seven",
        ["Three four five six seven"],
    ),
    (
        "extends: occurrence\nmessage: Long\nscope: sentence\nmax: 4\ntoken: \\w+",
        "Extraordinary words stand here. One two three four five",
        ["One two three four five"],
    ),
    (
        "extends: occurrence\nmessage: Commas\nmax: 1\ntoken: ','",
        "a, b\n\nc, d, e",
        [", d,"],
    ),
    (
        "extends: occurrence\nmessage: Says nothing\nmin: 1\nignorecase: true\ntoken: order",
        "Fresh bread",
        ["Fresh bread"],
    ),
    (
        "extends: occurrence\nmessage: Says nothing\nmin: 2\ntoken: order",
        "order, order",
        [],
    ),
    (
        "extends: occurrence\nmessage: Tags\nmax: 2\ntoken: '#\\w+'",
        "#one #two #three",
        ["#one #two #three"],
    ),
    # conditional
    (
        "extends: conditional\nmessage: Terms\nfirst: '[Ff]ree trial'\nsecond: 'Terms apply'",
        "Free trial for all",
        ["Free trial"],
    ),
    (
        "extends: conditional\nmessage: Terms\nfirst: '[Ff]ree trial'\nsecond: 'Terms apply'",
        "Free trial for all. Terms apply.",
        [],
    ),
    (
        "extends: conditional\nmessage: '%s is unknown'\nfirst: '\\b[A-Z]{3,5}\\b'\n"
        "second: '\\b[A-Z][a-z]+ \\(([A-Z]{3,5})\\)'\nexceptions: [USB]",
        "USB and WHO",
        ["WHO"],
    ),
    # capitalization
    (
        "extends: capitalization\nmessage: Small\nmatch: $lower\nexceptions: [GitHub]",
        "on GitHub and Twitter",
        ["Twitter"],
    ),
    ("extends: capitalization\nmessage: Big\nmatch: $upper", "BIG news", ["news"]),
    ("extends: capitalization\nmessage: 'Tag %s'\nmatch: '^\\[ad\\]'", "[ad] Bread", []),
    ("extends: capitalization\nmessage: 'Tag %s'\nmatch: '^\\[ad\\]'", "Bread", ["Bread"]),
    (
        "extends: capitalization\nmessage: 'Tag'\nmatch: '^\\[ad\\]'\nexceptions: [fund]",
        "fund me",
        [],
    ),
    # sequence
    (
        "extends: sequence\nmessage: Say by using\ntokens: [{tag: NN|NNS}, {pattern: using}]",
        "We bake bread using flour. Using flour we bake.",
        ["bread using"],
    ),
    (
        "extends: sequence\nmessage: Also\nignorecase: true\n"
        "tokens: [{pattern: not}, {pattern: only}, {skip: 3, pattern: but},"
        " {pattern: also, negate: true}]",
        "Not only bread but cake. Not only bread but also cake. Not only. Cake but bread.",
        ["Not only bread but cake"],
    ),
    (
        "extends: sequence\nmessage: Adverb\n"
        "tokens: [{upos: VERB, negate: true}, {pattern: '[a-z]+ly'}, {pattern: good}]",
        "a really good bread",
        ["a really good"],
    ),
]


@pytest.fixture(scope="module")
def ways(tmp_path_factory: pytest.TempPathFactory) -> Linter:
    """A linter with all of them, imported as one style."""
    folder = tmp_path_factory.mktemp("ways")
    source = write_style(folder, **{f"Way{n}": rule for n, (rule, _, _) in enumerate(WAYS)})
    result = imported(source, without_calendar(folder / "rules"))
    assert f"House: {len(WAYS)} of {len(WAYS)} rules imported" in result.output
    return assemble(Settings(rules=folder / "rules", model="none"), None).linter


@pytest.mark.parametrize("number", range(len(WAYS)), ids=[rule.split()[1] for rule, _, _ in WAYS])
def test_an_imported_rule_finds_what_the_vale_rule_finds(ways: Linter, number: int) -> None:
    _, text, marked = WAYS[number]
    spans = [
        span.text
        for finding in ways.raw_findings(Draft(text=text), NOON)
        if finding.rule == f"house/way{number}" or finding.rule.startswith(f"house/way{number}-")
        for span in finding.spans
    ]
    assert spans == marked


REFUSED: list[tuple[str, str]] = [
    (SAME + "tokens: ['a(?=b)']", "'a(?=b)': RE2: invalid perl operator: (?="),
    (SAME + "raw: ['(a)\\1']", "'(a)\\1': RE2: invalid escape sequence: \\1"),
    (SAME + "tokens: []", "it lists nothing"),
    (SAME + "scope: heading\ntokens: [a]", "it looks only at heading, which posts have not"),
    (SAME + "tokens: ['a.', b]\nexceptions: ['\\d+']", "the exception '\\d+' is an expression"),
    (SAME + "tokens: [a]\nexceptions: ['a(?!b)']", "the exception 'a(?!b)': RE2: invalid perl"),
    (SAME + "nonword: true\nraw: ['[^x]']", "it finds something in every post that was tried"),
    (SAME + "raw: ['\\b123\\b', '\\b456\\b']", "no two posts could be made that the linter"),
    ("extends: existence\ntokens: [a]", "it has no message"),
    (
        "extends: repetition\nmessage: Twice\ntokens: ['\\w+']",
        "RE2: invalid escape sequence: \\1",
    ),
    ("extends: occurrence\nmessage: Long\ntoken: a", "it has neither 'max' nor 'min'"),
    (
        "extends: occurrence\nmessage: Long\nmax: 1001\ntoken: '\\w+'",
        "RE2: invalid repetition size: {1001}",
    ),
    (
        "extends: occurrence\nmessage: Short\nscope: sentence\nmin: 1\ntoken: a",
        "no kind looks for sentences or paragraphs that lack something",
    ),
    ("extends: conditional\nmessage: Terms\nfirst: a", "it has no 'second'"),
    (
        "extends: conditional\nmessage: Terms\nfirst: a\nsecond: (?<=b)c",
        "'(?<=b)c': RE2: invalid perl operator: (?<=",
    ),
    ("extends: capitalization\nmessage: Big\nmatch: $title", "$title compares each word with"),
    (
        "extends: capitalization\nmessage: Big\nscope: sentence\nmatch: '^[A-Z]'",
        "no kind looks for sentences that lack something",
    ),
    (
        "extends: sequence\nmessage: Tags\ntokens: [{tag: MD}, {tag: VB}]",
        "none of its words is certain",
    ),
    ("extends: sequence\nmessage: Tags\ntokens: [word]", "its tokens are no sequence"),
    ("extends: existence\nmessage: Tags\ntokens: [{tag: MD}]", "its tokens are those of a"),
    (
        "extends: sequence\nmessage: Tags\ntokens: [{pattern: a}, {tag: '('}]",
        "'(': missing )",
    ),
    ("extends: spelling\nmessage: Typo", "spelling: no kind has a dictionary"),
    ("extends: consistency\nmessage: Same", "no kind compares two spellings"),
    ("extends: magic\nmessage: Same", "magic: there is no such kind of rule"),
    ("extends: Google.We\nmessage: Same", "it extends another rule, Google.We"),
    (SAME + "level: fatal", "is no Vale rule: level: Input should be"),
    ("extends: [", "is not YAML: line "),
    ("just words", "is no Vale rule: not a list of fields"),
]


def test_rules_that_cannot_be_said_are_listed_and_nothing_is_written(
    target: Path, style: Style
) -> None:
    source = style(**{f"Rule{n:02}": rule for n, (rule, _) in enumerate(REFUSED)})
    result = imported(source, target)
    first, empty, title, *lines = result.output.splitlines()
    assert (result.exit_code, first) == (1, f"House: 0 of {len(REFUSED)} rules imported")
    assert (empty, title) == ("", "not imported")
    for number, ((_, reason), line) in enumerate(zip(REFUSED, lines, strict=True)):
        assert line.startswith(f"  Rule{number:02}  "), line
        assert reason in line
    assert not (target / "house").exists()


def test_a_limit_of_the_whole_text_measures_its_length(target: Path, style: Style) -> None:
    rule = "extends: occurrence\nmessage: Too long\nscope: raw\nmax: 1200\ntoken: ."
    imported(style(Rule=rule), target)
    assert only(target, "é" * 1201).message == "Too long"
    assert lint(target, "é" * 1200).findings == ()


def test_what_a_condition_loses_is_told(target: Path, style: Style) -> None:
    rule = """\
        extends: conditional
        message: "'%s' is unknown"
        scope: sentence
        first: '\\b[A-Z]{3,5}\\b'
        second: '\\b[A-Z][a-z]+ \\(([A-Z]{3,5})\\)'
    """
    output = imported(style(Rule=rule), target).output
    assert "without comparing the group of 'second' with what 'first' finds: " in output
    assert "without the scope sentence: 'second' silences the rule for the whole post" in output


def test_a_list_loses_only_what_re2_refuses(target: Path, style: Style) -> None:
    rule = "extends: substitution\nmessage: Use '%s'\nswap: {'master(?! data)|slave': main}"
    result = imported(style(Rule=rule), target)
    assert "without 'master(?! data)': RE2: invalid perl operator: (?!" in result.output
    assert words(target, "master and slave") == ["slave"]


def test_rules_on_grammar_need_the_trained_pipeline(
    target: Path, style: Style, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(SpacyParser, "trained_available", False)
    rule = "extends: sequence\nmessage: By\ntokens: [{tag: NN}, {pattern: using}]"
    result = imported(style(Rule=rule), target)
    assert "it needs grammar: install postlint[nlp] and import it again" in result.output


def test_rules_of_one_name_are_not_mixed_up(target: Path, style: Style) -> None:
    rule = SAME + "tokens: [synergy]"
    result = imported(style(WordList=rule, Word_List=rule), target)
    assert "another rule of the style is called 'word-list', too" in result.output


# What a finding says


def test_a_finding_carries_severity_reason_link_and_replacements(
    target: Path, style: Style
) -> None:
    rule = """\
        extends: substitution
        message: "Use '%s' instead of '%s'."
        link: https://example.org/style
        description: It is shorter.
        level: error
        ignorecase: true
        action: {name: replace}
        swap: {'(?:terminate|abort)': stop|exit|end, utilise: use}
    """
    imported(style(WordList=rule), target)
    finding = only(target, "We terminate it.")
    shown = CliRunner().invoke(main, ["rules", "show", "house/word-list", "--rules", str(target)])
    assert (finding.severity, finding.category, finding.topic) == ("error", "risky", "style")
    assert finding.message == "Use the suggestion instead of this."
    assert finding.why == (
        "It is shorter. The Vale style House asks for this: https://example.org/style. "
        "Or write exit or end."
    )
    assert finding.suggestions[0].replacement == "stop"
    assert json.loads(shown.output)["references"] == ["https://example.org/style"]


def test_a_replacement_that_its_rule_would_find_is_only_told(target: Path, style: Style) -> None:
    rule = "extends: substitution\nmessage: Use '%s'\nswap: {kill: stop, stop: halt, end: stop}"
    imported(style(Rule=rule), target)
    finding = only(target, "kill it")
    assert finding.suggestions == ()
    assert finding.why.endswith("Write stop.")


def test_a_replacement_that_names_a_group_is_filled_in(target: Path, style: Style) -> None:
    rule = """\
        extends: substitution
        message: "Use '%s' instead of '%s'."
        swap: {'(colou?r)s of': '$1 of', '(\\d+)GB': '$1 GB', cash: $9}
    """
    imported(style(Rule=rule), target)
    assert only(target, "colors of it").suggestions[0].replacement == "color of"
    assert only(target, "cash").suggestions[0].replacement == "$9"
    assert only(target, "Now 80GB").suggestions[0].advice == "Write it as in “1234 GB”."


@pytest.mark.parametrize(
    ("level", "severity"), [("suggestion", "info"), ("warning", "warning"), ("error", "error")]
)
def test_levels_become_severities(target: Path, style: Style, level: str, severity: str) -> None:
    imported(style(Rule=f"{SAME}level: {level}\ntokens: [synergy]"), target)
    assert only(target, "synergy").severity == severity


@pytest.mark.parametrize(
    ("fields", "text", "message"),
    [
        ("message: \"'%s' is too wordy.\"\ntokens: [aa, bb]", "aa", "This is too wordy."),
        ("message: \"'%s' is too wordy.\"\ntokens: [aa]", "aa", "'aa' is too wordy."),
        ("message: \"Weak: '%s'. Be sure.\"\ntokens: [aa, bb]", "aa", "Weak. Be sure."),
        ("message: \"No passive ('%s')!\"\ntokens: [aa, bb]", "aa", "No passive!"),
        ("message: No\ntokens: [aa]", "aa", "Rule: No"),
        (f"message: {'First sentence. ' * 20}\ntokens: [aa]", "aa", "First sentence. " * 12),
        (f"message: {'x' * 300}\ntokens: [aa]", "aa", "X" + "x" * 198 + "…"),
    ],
)
def test_a_message_stands_without_the_words_it_cannot_know(
    target: Path, style: Style, fields: str, text: str, message: str
) -> None:
    imported(style(Rule=f"extends: existence\n{fields}"), target)
    assert only(target, text).message == message.strip()


def test_what_does_not_fit_into_the_message_goes_before_the_reason(
    target: Path, style: Style
) -> None:
    message = f"{'First. ' * 28}Last words."
    imported(style(Rule=f"extends: existence\nmessage: {message}\ntokens: [aa]"), target)
    assert only(target, "aa").why == "Last words. The Vale style House asks for this."


def test_words_to_leave_out_are_said_to_be(target: Path, style: Style) -> None:
    imported(style(Rule=f"{SAME}action: {{name: remove}}\ntokens: [very]"), target)
    assert [swap.advice for swap in only(target, "very").suggestions] == ["Leave it out."]


# Where it is written


def test_a_new_folder_of_packs_can_be_loaded_at_once(tmp_path: Path, style: Style) -> None:
    source = style(Rule=SAME + "tokens: [synergy]")
    result = CliRunner().invoke(
        main, ["rules", "import-vale", str(source), "--into", str(tmp_path / "mine")]
    )
    assert result.exit_code == 0, result.output
    check = run("check", "--no-model", "--rules", tmp_path / "mine")
    assert check.output == "1 rules and 0 signals hold\n"


def test_the_folder_is_rules_and_the_pack_is_named_as_the_style(
    tmp_path: Path, style: Style, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = style(Rule=SAME + "tokens: [synergy]")
    monkeypatch.chdir(tmp_path)
    assert run("import-vale", source).exit_code == 0
    assert (tmp_path / "rules" / "house" / "rule.yml").exists()


def test_pack_category_and_topic_can_be_chosen(target: Path, style: Style) -> None:
    (target / "topics.yml").write_text("{slur: {label: slur}}")
    options = ("--pack", "ours", "--category", "insensitive", "--topic", "slur")
    source = style(Rule=SAME + "tokens: [synergy]")
    assert run("import-vale", source, "--into", target, *options).exit_code == 0
    finding = only(target, "synergy")
    assert (finding.rule, finding.category, finding.topic) == ("ours/rule", "insensitive", "slur")


def test_a_pack_that_exists_is_not_touched(target: Path, style: Style) -> None:
    source = style(Rule=SAME + "tokens: [synergy]")
    imported(source, target)
    before = (target / "house" / "rule.yml").read_bytes()
    style(Rule=SAME + "tokens: [other]")
    result = run("import-vale", source, "--into", target)
    assert result.exit_code == 2
    assert "is taken already; --pack gives another name" in result.stderr
    assert (target / "house" / "rule.yml").read_bytes() == before


def test_a_signal_that_exists_is_not_touched(target: Path, style: Style) -> None:
    rule = "extends: conditional\nmessage: Terms\nfirst: '[Ff]ree'\nsecond: '[Tt]erms'"
    path = target / "signals" / "house-rule.yml"
    path.write_text("mine")
    result = run("import-vale", style(Rule=rule), "--into", target)
    assert (result.exit_code, path.read_text()) == (2, "mine")
    assert not (target / "house").exists()


@pytest.mark.parametrize(
    ("options", "problem"),
    [
        (("--pack", "Not A Name"), "'Not A Name' is no name"),
        (("--pack", "signals"), "is taken already"),
        (("--topic", "Not A Name"), "'Not A Name' is no name"),
        (("--topic", "unknown"), "has no topic 'unknown': add a line"),
        (("--category", "boring"), "Invalid value for '--category'"),
    ],
)
def test_a_wrong_option_exits_with_2(
    target: Path, style: Style, options: tuple[str, str], problem: str
) -> None:
    source = style(Rule=SAME + "tokens: [synergy]")
    result = run("import-vale", source, "--into", target, *options)
    assert result.exit_code == 2
    assert problem in result.stderr
    assert not (target / "house").exists()


def test_a_folder_of_styles_is_none_itself(target: Path, style: Style) -> None:
    source = style(Rule=SAME + "tokens: [synergy]").parent
    result = run("import-vale", source, "--into", target)
    assert result.exit_code == 2
    assert "no .yml file lies in it; give one of the folders in it: House" in result.stderr
    assert run("import-vale", source / "none", "--into", target).exit_code == 2


# Expressions


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        ("air(?:m[ae]n|wom[ae]n)", ["airman", "airmen", "airwoman", "airwomen"]),
        ("blacklist(?:ed|)", ["blacklisted", "blacklist"]),
        (r"\bOAuth ?2\.0\b", ["OAuth 2.0", "OAuth2.0"]),
        (r"a\s+lot", ["a lot"]),
        ("(?P<all>ha){1,2}", ["haha", "ha"]),
        (r"\x41\x{42}", ["AB"]),
        ("x+", None),
        (r"\d", None),
        ("[a-f]", None),
        ("a.c", None),
        ("^a", None),
        ("(?i)a", None),
        ("[ab]{7}", None),
    ],
)
def test_an_expression_that_stands_for_a_few_phrases_names_them(
    expression: str, expected: list[str] | None
) -> None:
    named = phrases(parse(expression))
    assert (None if named is None else sorted(named)) == (expected and sorted(expected))


LITERALS = st.sampled_from(["a", "b", "-", r"\.", "[cd]", r"\s", "é"])
EXPRESSIONS = st.recursive(
    LITERALS,
    lambda inner: st.one_of(
        st.lists(inner, min_size=1, max_size=3).map("".join),
        st.lists(inner, min_size=1, max_size=3).map(lambda some: f"(?:{'|'.join(some)})"),
        inner.map(lambda one: f"({one})?"),
        inner.map(lambda one: f"(?:{one}){{1,2}}"),
        inner.map(lambda one: f"(?:{one})+"),
    ),
    max_leaves=6,
)


@given(EXPRESSIONS)
def test_re2_matches_every_phrase_and_every_sample(expression: str) -> None:
    machine = compiled(expression)
    for text in (*(phrases(parse(expression)) or ()), *samples(expression)):
        assert machine.fullmatch(text), text


@pytest.mark.parametrize(
    "expression",
    [
        r"\b[A-Z]{3,5}\b",
        r"\d{1,2}(?:\.|/)\d{4}",
        r'"[^"]+"[.,?]',
        r"\p{Lu}\p{Ll}+ \P{L}",
        r"[\w.-]+@[^\s]+\.\D\S",
        r"(?i:x)\ty[]a][^]a]",
        "a{2,}b{x",
    ],
)
def test_samples_are_what_an_expression_matches(expression: str) -> None:
    machine = compiled(expression)
    texts = samples(expression)
    assert texts
    assert all(machine.fullmatch(text) for text in texts), texts


@pytest.mark.parametrize("expression", [r"\pZ", "[[:alpha:]]", r"\Qa\E"])
def test_what_is_not_understood_has_no_samples(expression: str) -> None:
    compiled(expression)
    assert samples(expression) == ()


def test_a_list_is_taken_apart_at_its_outer_bars() -> None:
    assert alternatives(r"a\|b|(c|d)|[|(]|\(") == [r"a\|b", "(c|d)", "[|(]", r"\("]


def test_expressions_of_vales_engine_are_written_as_re2_does() -> None:
    assert portable(r"\u00a0\\u00a0\\\u2014") == r"\x{00a0}\\u00a0\\\x{2014}"


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("E-Prime", "e-prime"),
        ("AMPM", "ampm"),
        ("PCI_MFARequirement", "pci-mfa-requirement"),
        ("WordList-CaseSensitive", "word-list-case-sensitive"),
        ("Façade", "facade"),
    ],
)
def test_names_become_ids(name: str, expected: str) -> None:
    assert identifier(name) == expected
