"""The heads of the model, and how the names in the data map to them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

TOXICITY_HEADS = ("toxicity", "obscene", "threat", "insult", "identity_attack")
RISK_HEAD = "risk"
TOPIC_HEADS = (
    "tone-deaf",
    "stereotype",
    "identity-insensitive",
    "sexism",
    "newsjacking",
    "hostile-reply",
    "violence-joke",
    "body-shaming",
    "remembrance-commercial",
    "political-provocation",
    "non-apology",
    "privacy-leak",
    "blame-shifting",
    "sexual-innuendo",
    "substance",
    "dehumanising",
    "misleading-news",
    "health-claim",
    "over-promise",
    "hashtag-risk",
    "false-urgency",
    "cultural-appropriation",
    "sarcastic-reply",
    "self-harm",
    "financial-claim",
    "competitor-attack",
    "wrong-account",
    "missing-disclosure",
    "animal-cruelty",
    "profanity",
)
INTENTS = (
    "promotion",
    "humour",
    "service",
    "statement",
    "reply",
    "cheerful",
    "apology",
    "neutral",
    "condolence",
)
# Ids of rules/groups.yml that the data has enough rows for.
GROUPS = (
    "women",
    "men",
    "lgbtq",
    "trans",
    "gay",
    "black",
    "asian",
    "latino",
    "indigenous",
    "arab",
    "white",
    "roma",
    "jewish",
    "muslim",
    "christian",
    "hindu",
    "immigrants",
    "refugees",
    "nationality",
    "disabled",
    "mental-illness",
    "illness",
    "addiction",
    "fat",
    "older",
    "young",
    "children",
    "parents",
    "poor",
    "homeless",
    "employees",
    "customers",
    "competitors",
    "victims",
    "abuse-survivors",
    "veterans",
    "animals",
)

HATEMOJI_TARGETS: Mapping[str, tuple[str, ...]] = {
    "bla": ("black",),
    "blawom": ("black", "women"),
    "blaman": ("black", "men"),
    "african": ("black",),
    "mus": ("muslim",),
    "muswom": ("muslim", "women"),
    "wom": ("women",),
    "dis": ("disabled",),
    "gay": ("gay",),
    "gayman": ("gay",),
    "gaywom": ("gay", "women"),
    "bis": ("gay",),
    "lgbtqa": ("lgbtq",),
    "trans": ("trans",),
    "jew": ("jewish",),
    "asi": ("asian",),
    "asi.east": ("asian",),
    "asi.east.chin": ("asian", "nationality"),
    "asi.south": ("asian",),
    "asi.south.pak": ("asian", "nationality"),
    "asiwom": ("asian", "women"),
    "arab": ("arab",),
    "trav": ("roma",),
    "immig": ("immigrants",),
    "for": ("immigrants",),
    "ref": ("refugees",),
    "asy": ("refugees",),
    "wc": ("poor",),
    "hisp": ("latino",),
    "mex": ("latino", "nationality"),
    "indig": ("indigenous",),
    "ind": ("indigenous",),
    "indwom": ("indigenous", "women"),
    "abo": ("indigenous",),
    "hind": ("hindu",),
    "nat.poland": ("nationality",),
    "nat.germany": ("nationality",),
    "nat.ireland": ("nationality",),
    "nat.france": ("nationality",),
}

# A part of the file name -> groups.
TOXIGEN_FILES: Mapping[str, tuple[str, ...]] = {
    "lgbtq": ("lgbtq",),
    "bisexual": ("gay",),
    "physical_disability": ("disabled",),
    "mental_disability": ("disabled",),
    "middle_east": ("arab",),
    "immigrant": ("immigrants",),
    "mexican": ("latino", "nationality"),
    "muslim": ("muslim",),
    "native_american": ("indigenous",),
    "chinese": ("asian", "nationality"),
    "black": ("black",),
    "asian": ("asian",),
    "jewish": ("jewish",),
    "latino": ("latino",),
}


@dataclass(frozen=True, slots=True)
class Layout:
    """Which column of the model's output is what: heads, then intents, then groups."""

    heads: tuple[str, ...]
    intents: tuple[str, ...]
    groups: tuple[str, ...]

    @property
    def width(self) -> int:
        return len(self.heads) + len(self.intents) + len(self.groups)


LAYOUT = Layout((*TOXICITY_HEADS, RISK_HEAD, *TOPIC_HEADS), INTENTS, GROUPS)


def marked(positive: Iterable[str], names: Iterable[str]) -> dict[str, float]:
    """A label for every name: 1.0 for those in `positive`, else 0.0."""
    wanted = set(positive)
    return {name: float(name in wanted) for name in names}
