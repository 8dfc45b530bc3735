from dataclasses import replace
from datetime import timedelta

import pytest

from postlint.events.feeds.bulletin import Bulletin
from postlint.events.feeds.declaring import FeedPolicy
from postlint.events.feeds.desk import IncidentDesk
from postlint.events.feeds.register import Register
from postlint.events.incident import Declaration, Incident, Kind, Standing, Status
from postlint.events.incidents import Amendment, MemoryIncidentStore
from tests.events.feeds.conftest import START, MakeBulletin

LATER = START + timedelta(hours=1)


class Office:
    """A store with a desk before it, and a register before that."""

    def __init__(self, declaring: str = "usgs gdacs nws") -> None:
        self.store = MemoryIncidentStore()
        self.policy = FeedPolicy(frozenset(declaring.split()))
        self.restart()

    def restart(self) -> None:
        """A new process with the same store."""
        self.register = Register()
        self.desk = IncidentDesk(self.store, self.policy)

    def hear(self, *bulletins: Bulletin) -> list[Incident]:
        for change in self.register.take(bulletins, START):
            self.desk.take(change)
        return self.on_file

    @property
    def on_file(self) -> list[Incident]:
        return list(self.store.snapshot().incidents.values())


@pytest.fixture
def office() -> Office:
    return Office()


def test_a_grave_event_of_a_trusted_feed_is_declared(
    office: Office, make_bulletin: MakeBulletin
) -> None:
    (incident,) = office.hear(make_bulletin("usgs:a", "glide:1"))
    assert (incident.standing, incident.source) == (Standing.DECLARED, "feed:usgs")
    assert (incident.severity, incident.regions, incident.place) == (3, ("MM",), "Mandalay")
    assert (incident.latitude, incident.longitude) == (22.0, 95.9)
    assert incident.external_ids == ("glide:1", "usgs:a")
    assert not incident.risk


def test_what_is_less_grave_or_from_another_feed_is_proposed(make_bulletin: MakeBulletin) -> None:
    (milder,) = Office().hear(make_bulletin(severity=2))
    (other,) = Office(declaring="gdacs").hear(make_bulletin())
    assert milder.standing is other.standing is Standing.PROPOSED


def test_what_harms_nobody_is_ignored(office: Office, make_bulletin: MakeBulletin) -> None:
    assert office.hear(make_bulletin(severity=1)) == []


def test_an_event_of_unknown_region_waits_for_a_person_or_for_a_feed_that_knows(
    office: Office, make_bulletin: MakeBulletin
) -> None:
    (proposed,) = office.hear(make_bulletin(regions=()))
    assert proposed.standing is Standing.PROPOSED
    assert {region[:2] for region in proposed.regions} == {"MM"}
    gdacs = make_bulletin("gdacs:1", feed="gdacs", regions=("MM",))
    (incident,) = office.hear(gdacs)
    assert (incident.standing, incident.regions) == (Standing.DECLARED, ("MM",))


def test_coordinates_far_from_any_land_are_no_incident(
    office: Office, make_bulletin: MakeBulletin
) -> None:
    assert office.hear(make_bulletin(regions=(), coordinates=(-50.0, -120.0))) == []


def test_an_upgrade_changes_the_incident_and_a_cancel_withdraws_it(
    office: Office, make_bulletin: MakeBulletin
) -> None:
    office.hear(make_bulletin())
    (incident,) = office.hear(make_bulletin(severity=4, revision=LATER))
    assert (incident.severity, incident.revision) == (4, 2)
    (incident,) = office.hear(make_bulletin(withdrawn=True, revision=LATER + timedelta(hours=1)))
    assert incident.status is Status.CANCELLED


def test_what_the_feed_takes_up_again_counts_again(
    office: Office, make_bulletin: MakeBulletin
) -> None:
    office.hear(make_bulletin())
    office.hear(make_bulletin(withdrawn=True, revision=LATER))
    (incident,) = office.hear(make_bulletin(revision=LATER + timedelta(hours=1)))
    assert incident.status is Status.ACTIVE


def test_a_warning_is_a_risk_and_never_of_the_worst(
    office: Office, make_bulletin: MakeBulletin
) -> None:
    warning = {"feed": "nws", "warning": True, "kind": Kind.FLOOD_STORM, "ends_at": LATER}
    (incident,) = office.hear(make_bulletin("nws:1", severity=4, **warning))
    assert (incident.risk, incident.severity, incident.standing) == (True, 3, Standing.DECLARED)
    heat = warning | {"kind": Kind.OTHER}
    assert len(office.hear(make_bulletin("nws:2", severity=3, **heat))) == 1


def test_what_a_person_changed_stays(office: Office, make_bulletin: MakeBulletin) -> None:
    (incident,) = office.hear(make_bulletin())
    office.store.amend(incident.id, Amendment(name="Mandalay earthquake", severity=2), START)
    (incident,) = office.hear(make_bulletin(severity=4, name="M 7.2", revision=LATER))
    assert (incident.name, incident.severity) == ("Mandalay earthquake", 2)


def test_what_a_person_rejected_stays_rejected(office: Office, make_bulletin: MakeBulletin) -> None:
    (incident,) = office.hear(make_bulletin())
    office.store.cancel(incident.id)
    assert office.hear(make_bulletin(severity=4, revision=LATER))[0].status is Status.CANCELLED
    office.restart()
    assert office.hear(make_bulletin(severity=4))[0].status is Status.CANCELLED


def test_what_a_person_declared_is_left_alone(office: Office, make_bulletin: MakeBulletin) -> None:
    mine = Declaration(
        name="Our plant",
        kind=Kind.OTHER,
        regions=("MM",),
        starts_at=START,
        external_ids=("usgs:a",),
    )
    office.store.declare(mine)
    (incident,) = office.hear(make_bulletin())
    assert (incident.name, incident.revision) == ("Our plant", 1)


def test_a_new_process_knows_what_is_on_file(office: Office, make_bulletin: MakeBulletin) -> None:
    office.hear(make_bulletin("usgs:a", "usgs:b"))
    office.restart()
    (incident,) = office.hear(make_bulletin("usgs:b", severity=4, name="M 7.2"))
    assert (incident.severity, incident.name) == (4, "Earthquake")


def test_a_change_that_is_told_twice_changes_nothing(
    office: Office, make_bulletin: MakeBulletin
) -> None:
    (change,) = office.register.take([make_bulletin()], START)
    office.desk.take(change)
    office.desk.take(replace(change))
    assert office.on_file[0].revision == 1
