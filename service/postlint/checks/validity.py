"""Whether a number is what it looks like: check digits, and countries' numbering plans.

Sixteen digits are more often an order than a card; a rule that asks keeps quiet about those.
"""

from collections.abc import Callable, Mapping, Sequence

import phonenumbers
from stdnum import iban, luhn
from stdnum.util import clean

_HOME_REGIONS = ("US", "GB", "CA", "AU", "IE", "NZ", "IN", "ZA")
"""Where a number without a country code may be from when the draft names no region: the
countries that write most of the posts in English."""


def _is_payment_card(text: str, _regions: Sequence[str]) -> bool:
    """Luhn's check digit, as ISO/IEC 7812 asks of every card number."""
    return luhn.is_valid(clean(text, " -"))


def _is_iban(text: str, _regions: Sequence[str]) -> bool:
    """Length and check digits of ISO 13616."""
    return iban.is_valid(text)


def _is_phone_number(text: str, regions: Sequence[str]) -> bool:
    """A number in a range that is given to somebody; most ranges kept for films are not."""
    return any(_is_phone_number_in(text, region) for region in regions or _HOME_REGIONS)


def _is_phone_number_in(text: str, region: str) -> bool:
    try:
        number = phonenumbers.parse(text, region)
    except phonenumbers.NumberParseException:
        return False
    return phonenumbers.is_valid_number(number)


Validator = Callable[[str, Sequence[str]], bool]
"""(the words found, ISO 3166-1 codes of the audience or none) -> whether it is one."""

VALIDATORS: Mapping[str, Validator] = {
    "iban": _is_iban,
    "payment-card": _is_payment_card,
    "phone-number": _is_phone_number,
}
"""By the name that a rule uses."""
