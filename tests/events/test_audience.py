import pytest

from postlint.events.audience import MEMBER_STATES, Strength, reach
from tests.events.conftest import MakeObservance


@pytest.mark.parametrize(
    ("regions", "also", "audience", "strength"),
    [
        (["US"], [], "US", Strength.FULL),
        (["US"], [], "US-CA", Strength.FULL),
        (["US-CA"], [], "US-CA", Strength.FULL),
        (["US-CA"], [], "US", Strength.ALSO),
        (["US"], ["*"], "FR", Strength.ALSO),
        (["*"], [], "FR", Strength.FULL),
        (["DE"], ["EU"], "FR", Strength.ALSO),
        (["PK"], ["IN-JK"], "IN", Strength.DISTANT),
        (["GB"], [], "GB-NIR", Strength.FULL),
        (["GB-NIR"], [], "GB", Strength.ALSO),
    ],
)
def test_how_much_of_a_day_reaches_an_audience(
    make_observance: MakeObservance,
    regions: list[str],
    also: list[str],
    audience: str,
    strength: Strength,
) -> None:
    observance = make_observance(regions=regions, also=also)
    assert reach(observance, (audience,)) == {strength: (audience,)}


@pytest.mark.parametrize(
    ("regions", "also", "audience"),
    [(["US"], [], "FR"), (["US-CA"], [], "US-NY"), (["DE"], ["EU"], "GB"), (["GB-NIR"], [], "IE")],
)
def test_a_day_of_others_does_not_reach_the_audience(
    make_observance: MakeObservance, regions: list[str], also: list[str], audience: str
) -> None:
    assert reach(make_observance(regions=regions, also=also), (audience,)) == {}


def test_each_part_of_an_audience_is_reached_by_itself(make_observance: MakeObservance) -> None:
    observance = make_observance(regions=["AU"], also=["GB"])
    assert reach(observance, ("AU", "GB", "FR", "AU")) == {
        Strength.FULL: ("AU",),
        Strength.ALSO: ("GB",),
    }


def test_a_worldwide_audience_knows_what_the_world_knows(make_observance: MakeObservance) -> None:
    known = reach(make_observance(regions=["US"], also=["*"]), ())
    assert set(known) == {Strength.ALSO}
    local = reach(make_observance(regions=["NZ"], also=["EU"]), ())
    assert local == {Strength.DISTANT: ("NZ", *sorted(MEMBER_STATES))}
