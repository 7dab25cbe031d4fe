"""Licences by their addresses and, where nothing is left open, their SPDX identifiers.

An identifier is named only where the address says which licence it is, in which version and for which country: SPDX
has one for each of these, and ``CC-BY`` alone is none.

Source: SPDX Licence List 3.27; Creative Commons, "List of ported licenses".
"""

from __future__ import annotations

import re

SPDX = "SPDX"
"""The scheme of the identifiers, as DataCite names it."""
SPDX_LIST = "https://spdx.org/licenses/"
"""Where the list stands."""

_CC_ADDRESS = re.compile(
    r"(?:https?:)?//(?:www\.)?creativecommons\.org/"
    r"(?:licenses/(?P<kind>by(?:-nc)?(?:-nd|-sa)?|by-nd-nc)/(?P<version>[1-4]\.[0-9])(?:/(?!rdf)(?P<country>[a-z]{2,3}))?"
    r"|publicdomain/(?P<dedication>zero|mark)/1\.0)"
    r"(?:/(?:deed(?:\.[a-z-]{2,10})?|legalcode(?:\.[a-z-]{2,10})?|rdf)?)?(?:[?#].{0,200})?\Z",
    re.IGNORECASE,
)
_UNPORTED = frozenset(("1.0", "2.0", "2.5", "3.0", "4.0"))
"""Versions for all countries; 2.1 there was for some only."""
_PORTED = frozenset(
    (
        *("CC-BY-2.5-AU", "CC-BY-3.0-AT", "CC-BY-3.0-AU", "CC-BY-3.0-DE", "CC-BY-3.0-IGO", "CC-BY-3.0-NL"),
        *("CC-BY-3.0-US", "CC-BY-NC-3.0-DE", "CC-BY-NC-ND-3.0-DE", "CC-BY-NC-ND-3.0-IGO", "CC-BY-NC-SA-2.0-DE"),
        *("CC-BY-NC-SA-2.0-FR", "CC-BY-NC-SA-2.0-UK", "CC-BY-NC-SA-3.0-DE", "CC-BY-NC-SA-3.0-IGO"),
        *("CC-BY-ND-3.0-DE", "CC-BY-SA-2.0-UK", "CC-BY-SA-2.1-JP", "CC-BY-SA-3.0-AT", "CC-BY-SA-3.0-DE"),
        "CC-BY-SA-3.0-IGO",
    )
)
"""Those licences for one country that SPDX lists; the others have no identifier."""

_OTHERS = {
    "opendatacommons.org/licenses/odbl/1-0": "ODbL-1.0",
    "opendatacommons.org/licenses/odbl/1.0": "ODbL-1.0",
    "opendatacommons.org/licenses/by/1-0": "ODC-By-1.0",
    "opendatacommons.org/licenses/by/1.0": "ODC-By-1.0",
    "opendatacommons.org/licenses/pddl/1-0": "PDDL-1.0",
    "opendatacommons.org/licenses/pddl/1.0": "PDDL-1.0",
    "apache.org/licenses/license-2.0": "Apache-2.0",
    "apache.org/licenses/license-2.0.html": "Apache-2.0",
    "apache.org/licenses/license-2.0.txt": "Apache-2.0",
    "opensource.org/licenses/mit": "MIT",
    "opensource.org/license/mit": "MIT",
    "nationalarchives.gov.uk/doc/open-government-licence/version/1": "OGL-UK-1.0",
    "nationalarchives.gov.uk/doc/open-government-licence/version/2": "OGL-UK-2.0",
    "nationalarchives.gov.uk/doc/open-government-licence/version/3": "OGL-UK-3.0",
    "govdata.de/dl-de/by-2-0": "DL-DE-BY-2.0",
    "govdata.de/dl-de/zero-2-0": "DL-DE-ZERO-2.0",
}
_PREFIX = re.compile(r"(?:https?:)?//(?:www\.)?", re.IGNORECASE)


def spdx_of(address: str) -> str | None:
    """The SPDX identifier of the licence that stands at an address; ``None`` where it is not sure, or has none.

    A licence of Creative Commons in a country's own version has another identifier than the one for all countries,
    and mostly none.
    """
    text = address.strip()
    match = _CC_ADDRESS.match(text)
    if match is None:
        return _OTHERS.get(_PREFIX.sub("", text, count=1).rstrip("/").lower()) if _PREFIX.match(text) else None
    if match["dedication"]:
        # The mark is a label of what is in the public domain already, and no licence.
        return "CC0-1.0" if match["dedication"].lower() == "zero" else "CC-PDM-1.0"
    # Version 1.0 had its parts in another order.
    kind, version, country = match["kind"].lower().replace("nd-nc", "nc-nd"), match["version"], match["country"]
    name = f"CC-{kind.upper()}-{version}"
    if country:
        ported = f"{name}-{country.upper()}"
        return ported if ported in _PORTED else None
    return name if version in _UNPORTED else None
