"""Numbers are told from what only looks like them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from postlint.checks.validity import VALIDATORS

CARD = "4111111111111111"


@given(st.integers(0, 15), st.integers(1, 9))
def test_a_card_number_with_one_wrong_digit_is_none(place: int, distance: int) -> None:
    wrong = str((int(CARD[place]) + distance) % 10)
    assert VALIDATORS["payment-card"](CARD, ())
    assert not VALIDATORS["payment-card"](CARD[:place] + wrong + CARD[place + 1 :], ())


@pytest.mark.parametrize(
    ("text", "valid"),
    [
        ("GB29 NWBK 6016 1331 9268 19", True),
        ("gb29nwbk60161331926819", True),
        ("GB28 NWBK 6016 1331 9268 19", False),
        ("GB29 NWBK 6016 1331 9268", False),
    ],
)
def test_an_iban_needs_its_length_and_check_digits(text: str, valid: bool) -> None:
    assert VALIDATORS["iban"](text, ()) is valid


@pytest.mark.parametrize(
    ("text", "regions", "valid"),
    [
        ("+49 30 901820", (), True),
        ("07911 123456", ("GB",), True),
        ("07911 123456", ("US",), False),
        ("(212) 736-5000", (), True),
        # A mobile range kept for films: nobody has it.
        ("07700 900123", ("GB",), False),
        ("2026 11 21", (), False),
    ],
)
def test_a_phone_number_must_exist_in_a_plan_of_the_audience(
    text: str, regions: tuple[str, ...], valid: bool
) -> None:
    assert VALIDATORS["phone-number"](text, regions) is valid
