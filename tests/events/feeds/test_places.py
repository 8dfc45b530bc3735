import pytest

from postlint.events.feeds import places
from postlint.regions import countries


def test_every_country_has_three_letters() -> None:
    known = {places.from_alpha3(code) for code in ("FJI", "mmr", "GBR", "ROU")}
    assert known == {"FJ", "MM", "GB", "RO"}
    assert countries() - set(places._ALPHA2.values()) == set()


@pytest.mark.parametrize(
    ("scheme", "value", "expected"),
    [
        ("EMMA_ID", "UK123", ("GB",)),
        ("NUTS3", "EL301", ("GR",)),
        ("ISO 3166-2", "DE-NI", ("DE-NI",)),
        ("ISO3166-1", "FR", ("FR",)),
        ("UGC", "ORC007", ("US-OR",)),
        ("WARNCELLID", "103452000", ()),
        ("EMMA_ID", "ZZ001", ()),
    ],
)
def test_a_geocode_that_names_a_region_is_understood(
    scheme: str, value: str, expected: tuple[str, ...]
) -> None:
    assert places.from_geocode(scheme, value) == expected
