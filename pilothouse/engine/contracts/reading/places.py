"""Places whose law contracts choose: American states, provinces of Canada, and countries, by their English names.

Each with its ISO 3166 code ("US-NY", "CA-ON", "BE"); England, Wales, Scotland are parts of "GB".
"""

from __future__ import annotations

import re

_STATES = """AL Alabama|AK Alaska|AZ Arizona|AR Arkansas|CA California|CO Colorado|CT Connecticut|DE Delaware|FL Florida
GA Georgia|HI Hawaii|ID Idaho|IL Illinois|IN Indiana|IA Iowa|KS Kansas|KY Kentucky|LA Louisiana|ME Maine|MD Maryland
MA Massachusetts|MI Michigan|MN Minnesota|MS Mississippi|MO Missouri|MT Montana|NE Nebraska|NV Nevada|NH New Hampshire
NJ New Jersey|NM New Mexico|NY New York|NC North Carolina|ND North Dakota|OH Ohio|OK Oklahoma|OR Oregon
PA Pennsylvania|PR Puerto Rico|RI Rhode Island|SC South Carolina|SD South Dakota|TN Tennessee|TX Texas|UT Utah
VT Vermont|VA Virginia|DC District of Columbia|WA Washington|WV West Virginia|WI Wisconsin|WY Wyoming"""
_PROVINCES = """ON Ontario|QC Quebec|BC British Columbia|AB Alberta|MB Manitoba|NS Nova Scotia|NB New Brunswick
SK Saskatchewan|NL Newfoundland"""
_COUNTRIES = """AR Argentina|AU Australia|AT Austria|BS Bahamas|BB Barbados|BE Belgium|BM Bermuda|BR Brazil|BG Bulgaria
CA Canada|KY Cayman Islands|CL Chile|CN China|CO Colombia|HR Croatia|CY Cyprus|CZ Czech Republic|DK Denmark|EG Egypt
GB England and Wales|GB England|GB Wales|GB Scotland|GB Northern Ireland|EE Estonia|FI Finland|FR France|DE Germany
GI Gibraltar|GR Greece|GG Guernsey|HK Hong Kong|HU Hungary|IS Iceland|IN India|ID Indonesia|IE Ireland|IM Isle of Man
IL Israel|IT Italy|JP Japan|JE Jersey|KZ Kazakhstan|KE Kenya|KR Korea|KW Kuwait|LV Latvia|LI Liechtenstein
LT Lithuania|LU Luxembourg|MY Malaysia|MT Malta|MU Mauritius|MX Mexico|MC Monaco|MA Morocco|NL Netherlands
NZ New Zealand|NG Nigeria|NO Norway|PK Pakistan|PA Panama|PE Peru|PH Philippines|PL Poland|PT Portugal|QA Qatar
RO Romania|RU Russia|SA Saudi Arabia|RS Serbia|SG Singapore|SK Slovakia|SI Slovenia|ZA South Africa|ES Spain|SE Sweden
CH Switzerland|TW Taiwan|TH Thailand|TN Tunisia|TR Turkey|UA Ukraine|AE United Arab Emirates|GB United Kingdom
US United States|VE Venezuela|VN Vietnam|VG British Virgin Islands"""
_OF_A_PLACE = """Belgian Belgium|Dutch Netherlands|French France|German Germany|English England|Irish Ireland
Swiss Switzerland|Luxembourg Luxembourg|Luxembourgish Luxembourg|Spanish Spain|Italian Italy|Austrian Austria
Danish Denmark|Swedish Sweden|Norwegian Norway|Finnish Finland|Polish Poland|Portuguese Portugal|Israeli Israel
Japanese Japan|Chinese China|PRC China
Indian India|Canadian Canada|Scottish Scotland|Delaware Delaware|Californian California"""


def _pairs(table: str, before: str = "") -> dict[str, str]:
    entries = (entry.split(" ", 1) for entry in table.replace("\n", "|").split("|"))
    return {name: f"{before}{code}" for code, name in entries}


PLACES = {**_pairs(_COUNTRIES), **_pairs(_PROVINCES, "CA-"), **_pairs(_STATES, "US-")}
# Of two places one name, the country wins where it is written as one ("the Republic of Georgia" is not known here).
ADJECTIVES = {adjective: name for name, adjective in _pairs(_OF_A_PLACE).items()}


def _either(names: dict[str, str]) -> str:
    return "|".join(re.escape(name).replace(r"\ ", " +") for name in sorted(names, key=len, reverse=True))


PLACE = re.compile(rf"\b(?:{_either(PLACES)})\b", re.IGNORECASE)
ADJECTIVE = re.compile(rf"\b(?P<of>{_either(ADJECTIVES)}) +(?:substantive +|contract +|civil +)?laws?\b")
_CODES = frozenset(_pairs(_COUNTRIES).values())
_AS_WRITTEN = {name.lower(): name for name in PLACES}


def place_named(words: str) -> str:
    """The usual spelling of a place: "NEW  YORK" is "New York"."""
    return _AS_WRITTEN[" ".join(words.lower().split())]


def country_of(place: str) -> str | None:
    """The country a place lies in, as ISO 3166; its own code is one too. None where it is not known.

    >>> country_of("New York"), country_of("Ontario"), country_of("England and Wales"), country_of("Atlantis")
    ('US', 'CA', 'GB', None)
    >>> country_of("BE"), country_of("XX")
    ('BE', None)
    """
    code = PLACES.get(place) or (place if place in _CODES else None)
    return code and code[:2]
