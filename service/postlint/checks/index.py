"""Which checks a draft concerns: of hundreds, the few whose words it has."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from postlint.checks.base import Check, Matcher, Trigger


class CheckIndex:
    """Checks by their triggers.

    signals: all signals by name, for checks that rest on them.
    """

    def __init__(self, checks: Iterable[Check], signals: Mapping[str, Matcher]) -> None:
        self._checks = tuple(checks)
        self._always: list[int] = []
        self._by_trigger: dict[Trigger, list[int]] = defaultdict(list)
        for place, check in enumerate(self._checks):
            triggers = check.triggers(signals)
            if triggers is None:
                self._always.append(place)
            else:
                for trigger in triggers:
                    self._by_trigger[trigger].append(place)

    def concerned(self, present: Iterable[Trigger]) -> Sequence[Check]:
        """The checks that may find something where these triggers are, in their own order."""
        places = set(self._always)
        for trigger in present:
            places.update(self._by_trigger.get(trigger, ()))
        return [self._checks[place] for place in sorted(places)]
