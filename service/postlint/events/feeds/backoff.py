"""How long to leave a feed alone."""

from random import Random

LONGEST = 3600.0
"""Seconds between two tries at most: then somebody has noticed, and mended it."""


def delay(failures: int, every: float, random: Random) -> float:
    """Seconds until the next try.

    failures: in a row. every: seconds between two tries while all is well. After an error it
    doubles each time, less up to half of it by chance, so that not everybody comes back at
    the moment at which a service does.
    """
    if failures == 0:
        return every
    longest = max(every, LONGEST)
    doubled = every * 2.0 ** min(failures, 30)
    return max(every, min(doubled, longest) * random.uniform(0.5, 1.0))
