"""Whom an incident reaches, and how much."""

from typing import Any

import pytest

from postlint.events.geography import distance_km, line_of, near, neighbours, subdivisions
from postlint.events.incident import Incident
from postlint.events.overlap import Overlap, reach_of
from postlint.regions import countries

STRONG, WEAK, NONE = Overlap


def overlap(audience: str, severity: int, **fields: Any) -> Overlap:
    incident = Incident.model_validate(
        {
            "id": "x",
            "name": "Some event",
            "kind": "other",
            "starts_at": "2026-03-10T12:00:00Z",
            "severity": severity,
        }
        | fields
    )
    found = reach_of(incident).overlap(audience.split())
    return next(iter(found), NONE)


@pytest.mark.parametrize(
    ("regions", "audience", "by_severity"),
    [
        # Same subdivision, in it, around it.
        ("US-CO", "US-CO", (STRONG, STRONG, STRONG, STRONG)),
        ("GB-MAN", "GB-ENG", (STRONG, STRONG, STRONG, STRONG)),
        ("GB-ENG", "GB-MAN", (STRONG, STRONG, STRONG, STRONG)),
        # Within 100 km.
        ("GB-MAN", "GB-SLF", (STRONG, STRONG, STRONG, STRONG)),
        # Same country.
        ("US-CO", "US-NY", (WEAK, WEAK, STRONG, STRONG)),
        ("US-CO", "US", (WEAK, WEAK, STRONG, STRONG)),
        ("US", "US-NY", (WEAK, WEAK, STRONG, STRONG)),
        ("NZ", "NZ", (WEAK, WEAK, STRONG, STRONG)),
        # Neighbours.
        ("UA", "PL", (NONE, NONE, WEAK, WEAK)),
        ("GB-NIR", "IE", (NONE, NONE, WEAK, WEAK)),
        # Anywhere else.
        ("NZ", "BR", (NONE, NONE, NONE, WEAK)),
        # Worldwide or unknown.
        ("US-CO", "", (NONE, NONE, WEAK, WEAK)),
        # An event everywhere.
        ("*", "BR", (WEAK, WEAK, STRONG, STRONG)),
        ("*", "", (WEAK, WEAK, STRONG, STRONG)),
    ],
)
def test_how_an_audience_is_related_to_an_event(
    regions: str, audience: str, by_severity: tuple[Overlap, ...]
) -> None:
    found = tuple(overlap(audience, severity, regions=[regions]) for severity in (1, 2, 3, 4))
    assert found == by_severity


def test_coordinates_reach_over_a_border() -> None:
    strasbourg = {"latitude": 48.58, "longitude": 7.75}
    assert overlap("DE-BW", 1, regions=["FR-67"], **strasbourg) is STRONG
    assert overlap("DE-BW", 1, regions=["FR-67"], **strasbourg, radius_km=20) is NONE


def test_each_part_of_an_audience_is_reached_by_itself() -> None:
    incident = Incident.model_validate(
        {
            "id": "x",
            "name": "Some event",
            "kind": "other",
            "regions": ["FR"],
            "starts_at": "2026-03-10T12:00:00Z",
        }
    )
    found = reach_of(incident).overlap(["BE", "FR", "BR", "FR-75C"])
    assert found == {STRONG: ("FR", "FR-75C"), WEAK: ("BE",)}


def test_a_severer_event_never_reaches_less() -> None:
    audiences = ["", "US", "US-CO", "US-NY", "CA", "MX", "BR", "GB-MAN"]
    for regions in (["US-CO"], ["US"], ["GB-MAN"], ["*"], ["CA", "MX"]):
        for audience in audiences:
            steps = [overlap(audience, severity, regions=regions).steps for severity in range(1, 5)]
            assert steps == sorted(steps, reverse=True)


def test_borders_are_mutual_and_between_countries_that_exist() -> None:
    for country, others in neighbours().items():
        assert country in countries()
        assert country not in others
        assert all(country in neighbours()[other] for other in others)
    assert neighbours()["IE"] == {"GB"}
    assert "NZ" not in neighbours()


def test_subdivisions_lie_in_countries_that_exist() -> None:
    assert len(subdivisions()) > 5000
    for code, place in subdivisions().items():
        assert line_of(code)[-1] in countries()
        assert not place.part_of or place.part_of in subdivisions()
        assert abs(place.latitude) <= 90
        assert abs(place.longitude) <= 180


def test_distances_are_those_of_an_atlas() -> None:
    assert distance_km(52.52, 13.405, 48.8566, 2.3522) == pytest.approx(878, abs=3)
    assert distance_km(0, 179.5, 0, -179.5) == pytest.approx(111.2, abs=0.5)


def test_what_is_near_is_found_over_the_date_line_and_at_the_pole() -> None:
    assert "FJ-R" in near(-12.5, -179.9, 500)
    assert near(90, 0, 100) == frozenset()
