"""Which profiles a bag claims to keep, by what it names and by how it is made.

Asked of every bag, and so apart from the rules: most bags claim none, and need no rule of a profile.

Source: BagIt Profiles Specification 1.4.0, BagIt-Profile-Identifier.
"""

from __future__ import annotations

from solander.model.bag import PROFILE_IDENTIFIER, Bag
from solander.model.bag_layout import ORIGINAL_FOLDER, TEI_NAME
from solander.model.identifiers import CRAWL_PROFILE_IDENTIFIER

_PROFILE_FIELD = "BagIt-Profile-Identifier"


def named_profiles(bag: Bag) -> tuple[str, ...]:
    """The identifiers of the profiles that a bag names, each once, as it writes them."""
    return tuple(dict.fromkeys(name for name in bag.info.values(_PROFILE_FIELD) if name))


def holds_many_pages(bag: Bag) -> bool:
    """Whether a bag says that it is one of ours with many pages."""
    return CRAWL_PROFILE_IDENTIFIER in bag.info.values(_PROFILE_FIELD)


def claims_own_profile(bag: Bag) -> bool:
    """Whether a bag is to be judged as Solander's: it names our profile, its maker, or is laid out as ours are."""
    if PROFILE_IDENTIFIER in bag.info.values(_PROFILE_FIELD):
        return True
    if holds_many_pages(bag):
        return False
    if any(agent.casefold().startswith("solander") for agent in bag.info.values("Bag-Software-Agent")):
        return True
    named = [one.entries.paths for one in bag.manifests]
    there = [entry.path for entry in bag.entries if entry.kind == "file"]
    return any(TEI_NAME in paths for paths in (*named, there)) and any(
        path.startswith(ORIGINAL_FOLDER) for paths in (*named, there) for path in paths
    )
