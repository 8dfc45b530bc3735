"""Public data sets and the drafts, each read into the same kind of row.

A label that a data set does not give is left out of the row and adds nothing to
the loss: who labels sexism says nothing of profanity. Only `train` splits are read
here; what is measured comes through `evaluate.py`.
"""

import gzip
import html
import json
import random
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from identity import is_held_out
from labels import (
    GROUPS,
    HATEMOJI_TARGETS,
    RISK_HEAD,
    TOPIC_HEADS,
    TOXICITY_HEADS,
    TOXIGEN_FILES,
    marked,
)

Labels = Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Row:
    """One labelled text; a name that is missing from a mapping is unknown.

    toxic: code-point indices of the toxic characters, None when nobody marked them.
    """

    text: str
    source: str
    heads: Labels = field(default_factory=dict)
    intents: Labels = field(default_factory=dict)
    groups: Labels = field(default_factory=dict)
    toxic: frozenset[int] | None = None


CLEAN_HEADS = marked((), TOXICITY_HEADS)
NO_GROUPS = marked((), GROUPS)
# Harmless by their annotators' word, though no brand wrote them: negatives for the risk heads.
NOT_RISKY = marked((), (RISK_HEAD, *TOPIC_HEADS))

# In-group spelling: no label of hate or offence is learnt from it (Sap et al. 2019 show
# that annotators called African American English offensive for its words alone).
_DIALECT = re.compile(r"\bni+g+as?z?\b", re.IGNORECASE)
_RETWEET = re.compile(r"^(?:RT )?@\w+:?\s+")

# Marked spans made of these words say what kind of toxicity it is.
_OBSCENE = re.compile(
    r"\b(?:\w*fuck\w*|\w*shit\w*|ass(?:es)?|assholes?|bitch\w*|dicks?|cunts?|damn|crap\w*|piss\w*"
    r"|bastards?|sluts?|whores?|pussy|tits?|cock\w*)\b",
    re.IGNORECASE,
)
_INSULT = re.compile(
    r"\b(?:idiot\w*|stupid\w*|moron\w*|fools?|foolish|dumb\w*|losers?|pathetic|clowns?|ignorant"
    r"|ignoramus|imbecile\w*|hypocrit\w*|scum\w*|trash|garbage|jerks?|assholes?|bastards?|bitch\w*"
    r"|cowards?|liars?|dimwit\w*|nitwit\w*|buffoons?|lunatics?|creeps?|pigs?|parasites?|twits?)\b",
    re.IGNORECASE,
)


def read_rows(path: Path) -> list[dict[str, Any]]:
    """Rows of a JSON-lines file, gzipped or not."""
    content = path.read_bytes()
    if path.suffix == ".gz":
        content = gzip.decompress(content)
    return [json.loads(line) for line in content.splitlines() if line]


def tweet_text(text: str) -> str:
    """A tweet without HTML entities and without the head of a retweet."""
    return _RETWEET.sub("", html.unescape(text)).strip()


def davidson(rows: Iterable[dict[str, Any]]) -> Iterable[Row]:
    """hate, offensive, neither by at least two votes; unanimous ones for the last two."""
    for row in rows:
        text, kind, votes = tweet_text(row["text"]), row["class"], row["votes"]
        dialect = _DIALECT.search(text) is not None
        if kind == "hate":
            if not dialect:
                yield Row(text, "davidson", {"toxicity": 1.0, "identity_attack": 1.0})
        elif votes["hate"] or votes[kind] < sum(votes.values()):
            continue
        elif kind == "neither":
            yield Row(text, "davidson", {**CLEAN_HEADS, **NOT_RISKY}, groups=NO_GROUPS)
        elif dialect:
            yield Row(text, "davidson", {"identity_attack": 0.0, "threat": 0.0}, groups=NO_GROUPS)
        else:
            heads = {"toxicity": 1.0, "obscene": 1.0, "identity_attack": 0.0}
            yield Row(text, "davidson", heads)


def edos(rows: Iterable[dict[str, Any]]) -> Iterable[Row]:
    """Sexist or not, with twelve vectors of sexism; nothing is said of other hate."""
    for row in rows:
        if not row["sexist"]:
            # Gab has other hate too, rare enough to call these no attack on a group.
            yield Row(row["text"], "edos", {"identity_attack": 0.0}, groups={"women": 0.0})
            continue
        category, vector = row["category"][0], row["vector"][:3]
        heads = {"identity_attack": 1.0, "threat": float(category == "1")}
        if category in "12" or vector == "3.1":
            heads["toxicity"] = 1.0
        if vector in ("2.2", "3.1"):
            heads["insult"] = 1.0
        yield Row(row["text"], "edos", heads, groups={"women": 1.0})


def hatemoji(rows: Iterable[dict[str, Any]]) -> Iterable[Row]:
    """Hateful texts and their near twins, written to fool models by their emoji.

    The `matched_text` of a row is a row itself, often one of another split, so it is
    not read: it would leak the test rows.
    """
    for row in rows:
        if not row["hateful"]:
            heads = {"toxicity": 0.0, "identity_attack": 0.0, "threat": 0.0}
            yield Row(row["text"], "hatemoji", heads, groups=NO_GROUPS)
            continue
        threat = float(row["type"] == "threateninglanguage")
        targets = re.findall(r"'([^']+)'", row["target"])
        known = all(target in HATEMOJI_TARGETS for target in targets)
        groups = {group for target in targets for group in HATEMOJI_TARGETS.get(target, ())}
        labels = marked(groups, GROUPS) if known else {group: 1.0 for group in groups}
        heads = {"toxicity": 1.0, "identity_attack": 1.0, "threat": threat}
        yield Row(row["text"], "hatemoji", heads, groups=labels)


def misogyny(rows: Iterable[dict[str, Any]]) -> Iterable[Row]:
    """Misogynistic Reddit comments and others of the same forums."""
    for row in rows:
        hit = float(row["misogynistic"])
        heads = {"identity_attack": hit}
        if row["level_2"] in ("Derogation", "Misogynistic_pejorative"):
            heads["toxicity"] = 1.0
        yield Row(row["text"], "misogyny", heads, groups={"women": hit})


def stormfront(rows: Iterable[dict[str, Any]]) -> Iterable[Row]:
    """Sentences of a white-supremacist forum; those that need context are left out."""
    for row in rows:
        if row["label"] == "hate":
            yield Row(row["text"], "stormfront", {"toxicity": 1.0, "identity_attack": 1.0})
        elif row["label"] == "noHate":
            yield Row(row["text"], "stormfront", {"identity_attack": 0.0})


def toxigen(rows: Iterable[dict[str, Any]]) -> Iterable[Row]:
    """Implicit hate and neutral sentences about the same groups."""
    for row in rows:
        if not row["hateful"]:
            yield Row(row["text"], "toxigen", {**CLEAN_HEADS, **NOT_RISKY}, groups=NO_GROUPS)
            continue
        name = row["file"].rsplit("/", 1)[-1]
        groups = next((g for part, g in TOXIGEN_FILES.items() if part in name), ())
        heads = {"toxicity": 1.0, "identity_attack": 1.0}
        yield Row(row["text"], "toxigen", heads, groups=marked(groups, GROUPS))


def surge(rows: Iterable[dict[str, Any]]) -> Iterable[Row]:
    """Toxic or not, from several social networks."""
    for row in rows:
        if row["toxic"]:
            yield Row(row["text"], "surge", {"toxicity": 1.0})
        else:
            heads = {name: 0.0 for name in TOXICITY_HEADS if name != "obscene"}
            yield Row(row["text"], "surge", {**heads, **NOT_RISKY}, groups=NO_GROUPS)


def wikipedia(rows: Iterable[dict[str, Any]]) -> Iterable[Row]:
    """Toxic or not, from talk pages."""
    for row in rows:
        heads = {"toxicity": float(row["toxic"])}
        if not row["toxic"]:
            heads |= {"insult": 0.0, "threat": 0.0, "identity_attack": 0.0, **NOT_RISKY}
        yield Row(row["text"].strip(" `"), "wikipedia", heads)


def identity_templates(rows: Iterable[dict[str, Any]]) -> Iterable[Row]:
    """Identity words in kind and unkind frames: the words alone must not score."""
    for row in rows:
        if is_held_out(row):
            continue
        if row["toxic"]:
            yield Row(row["text"], "identity_templates", {"toxicity": 1.0})
        else:
            heads = {**CLEAN_HEADS, **NOT_RISKY}
            yield Row(row["text"], "identity_templates", heads, groups=NO_GROUPS)


def toxic_spans(rows: Iterable[dict[str, Any]]) -> Iterable[Row]:
    """Comments whose toxic characters are marked; every one is toxic."""
    for row in rows:
        text, toxic = row["text"], frozenset(row["toxic_offsets"])
        marked_text = "".join(c if i in toxic else " " for i, c in enumerate(text))
        heads = {"toxicity": 1.0}
        if toxic:
            heads["obscene"] = float(_OBSCENE.search(text) is not None)
        if _INSULT.search(marked_text):
            heads["insult"] = 1.0
        # Comments without a mark are toxic as a whole: no character is known to be clean.
        yield Row(text, "toxic_spans", heads, toxic=toxic or None)


def without_risk(row: Row) -> Row:
    """The row without what it says of risk and topics."""
    return replace(
        row, heads={name: row.heads[name] for name in TOXICITY_HEADS if name in row.heads}
    )


Loader = Callable[[Iterable[dict[str, Any]]], Iterable[Row]]


@dataclass(frozen=True, slots=True)
class Source:
    """A data set: its file, its loader, and how much of it an epoch reads.

    positives, negatives: rows an epoch, drawn anew each time; longest: code points.
    """

    name: str
    file: str
    licence: str
    load: Loader
    positives: int
    negatives: int
    longest: int = 400


_DIXON_WIKIPEDIA = "Dixon et al. 2018, Wikipedia comments"
_DIXON_TEMPLATES = "Dixon et al. 2018, identity templates"
_DE_GIBERT = "de Gibert et al. 2018, Stormfront"

SOURCES = (
    Source("Davidson et al. 2017", "davidson", "MIT", davidson, 2600, 2400),
    Source("EDOS, SemEval-2023 task 10", "edos", "CC0", edos, 3200, 3800),
    Source("HatemojiBuild", "hatemoji_build", "CC BY 4.0", hatemoji, 2400, 2400),
    Source("Guest et al. 2021, misogyny", "misogyny", "MIT", misogyny, 400, 500),
    Source(_DE_GIBERT, "stormfront", "CC BY-SA 3.0", stormfront, 900, 900),
    Source("ToxiGen demonstrations", "toxigen_demonstrations", "MIT", toxigen, 320, 280),
    Source("Surge AI toxicity", "surge_toxicity", "MIT", surge, 500, 500),
    Source(_DIXON_WIKIPEDIA, "wikipedia_comments", "CC BY 4.0", wikipedia, 150, 500),
    Source(_DIXON_TEMPLATES, "identity_templates", "CC BY 4.0", identity_templates, 700, 1100),
    Source("SemEval-2021 task 5, toxic spans", "toxic_spans", "CC0", toxic_spans, 3200, 0),
)


class PublicData:
    """The train splits of all public sets, sampled anew for every epoch."""

    def __init__(self, folder: Path) -> None:
        self._rows: list[tuple[Source, list[Row]]] = []
        for source in SOURCES:
            raw = read_rows(folder / f"{source.file}.jsonl.gz")
            rows = source.load(row for row in raw if row["split"] == "train")
            self._rows.append(
                (source, [row for row in rows if 0 < len(row.text) <= source.longest])
            )

    def marked(self) -> list[Row]:
        """Every row of which somebody marked the toxic characters."""
        return [row for _, rows in self._rows for row in rows if row.toxic]

    def sample(self, rng: random.Random, share: float) -> list[Row]:
        """`share` of an epoch's rows of every set, without replacement.

        Rows that are known to carry no risk always come in full: the drafts alone
        would teach that whatever no brand would write is a risk.
        """
        chosen: list[Row] = []
        for source, rows in self._rows:
            positive = [row for row in rows if 1.0 in row.heads.values()]
            unrisky = [row for row in rows if RISK_HEAD in row.heads]
            negative = [r for r in rows if 1.0 not in r.heads.values() and RISK_HEAD not in r.heads]
            for pool, size in (
                (positive, source.positives * share),
                (negative, source.negatives * share),
                (unrisky, source.negatives),
            ):
                chosen += rng.sample(pool, min(len(pool), round(size)))
        return chosen
