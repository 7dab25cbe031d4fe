"""DEP rules: whether a bag may go to a place, and whether what was deposited is still what stands here.

Source: docs/format.md, "Deposits"; DataCite Metadata Schema 4.6, appendix 3 (unknown values).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from solander.checking.rules import Check, Fault, codes, rule, run
from solander.model.deposit import OPEN, Access, Gap, Receipt
from solander.model.description import Description
from solander.model.finding import Finding, Place
from solander.model.open_licences import reserves_all
from solander.model.rights import rights_of


class Intended(NamedTuple):
    """A deposit that is about to be made."""

    bag: str
    """The name of the bag's folder."""
    description: Description
    access: Access
    is_asked_for: bool
    """Whether a person said who may read the files; otherwise it was decided by the page's rights."""
    publishes: bool
    """Whether the place knows a public at all."""
    holds_back: bool
    """Whether it keeps files from those for whom they are not."""
    public_address: str | None
    """Of a storage, the address below which others reach what is there; ``None`` if none was named."""
    gaps: tuple[Gap, ...]
    """What it asks for and nothing tells."""


@rule("DEP001", "rights-leave-files-closed", severity="warning", source="design, law 5; COAR Access Rights 1.0")
def rights_leave_closed(intended: Intended) -> Iterator[Fault]:
    """Nothing says that the public may have this page, so its files go to the repository restricted.

    Why: A page that stood on the web was shown, not given away. What a repository has made public is copied and
    indexed within hours, and cannot be taken back.

    Remedy: If its rights allow it, state them with the licence, ``--rights``, or say ``--access open``. Otherwise leave
    it so, or say ``--access embargoed --embargo-until`` with the last day on which it is closed.
    """
    if intended.publishes and not intended.is_asked_for and intended.access.policy != OPEN:
        said, rights = _rights_said(intended.description)
        yield Fault(Place(intended.bag), f"{said}: its files will be {intended.access.policy}", "a licence", rights)


@rule("DEP002", "target-asks-for-more", severity="error", source="the target's own documentation")
def target_asks_for_more(intended: Intended) -> Iterator[Fault]:
    """The repository asks for something of every record, and nothing tells it of this one.

    Why: It would refuse the record, or take it and refuse to publish it, after everything was sent.

    Remedy: Give the option that the finding names. What you state of a page is packed into the next version of its
    bag, so that the bag and the record say the same.
    """
    for gap in intended.gaps:
        yield Fault(Place(intended.bag), f"{gap.field}: {gap.what}", gap.remedy, "")


@rule("DEP006", "storage-keeps-nobody-out", severity="info", source="design, law 5; COAR Access Rights 1.0")
def storage_keeps_nobody_out(intended: Intended) -> Iterator[Fault]:
    """The files are not for everybody, and the place is a storage: whoever reaches it can read them.

    Why: A folder or a bucket knows no public. A copy there makes nothing public, and nothing there keeps it from
    becoming so: the receipt and the note beside the files say for whom they are, and no more.

    Remedy: See that the place can be reached only by those who may read the files. If the page's rights allow more,
    state them with the licence, ``--rights``, or say ``--access open``.
    """
    if not intended.holds_back and intended.public_address is None and intended.access.policy != OPEN:
        yield Fault(Place(intended.bag), f"{_why_closed(intended)}; a storage keeps nobody out")


@rule("DEP007", "closed-files-to-public-storage", severity="error", source="design, law 5; COAR Access Rights 1.0")
def closed_to_public_storage(intended: Intended) -> Iterator[Fault]:
    """The files are not for everybody, and the place is a storage that others reach by its ``public_address``.

    Why: What lies there is public from the moment that it arrives, whatever the receipt says of it. A page whose
    rights are unknown, or say no, is never made public unless a person says so.

    Remedy: If its rights allow it, state them with the licence, ``--rights``, or say ``--access open``. Otherwise send
    it to a place without ``public_address``.
    """
    if not intended.holds_back and intended.public_address is not None and intended.access.policy != OPEN:
        what = f"{_why_closed(intended)}, and others reach this place: {intended.public_address}"
        yield Fault(Place(intended.bag), what, OPEN, intended.access.policy)


def _why_closed(intended: Intended) -> str:
    """Why the files are not open: what a person said, or what the page's rights say."""
    if intended.is_asked_for:
        return f"its files are to be {intended.access.policy}"
    return f"{_rights_said(intended.description)[0]}: its files are {intended.access.policy}"


def _rights_said(description: Description) -> tuple[str, str]:
    """What a page's rights come to, and the statement that decided it."""
    said = [one.value for one in rights_of(description)]
    if not said:
        return "its rights are not known", ""
    if (kept := next(filter(reserves_all, said), None)) is not None:
        return "all rights in it, or in a part of it, are reserved", kept
    return "its rights name no licence that gives it to the public", said[0]


class Deposited(NamedTuple):
    """A receipt, and the bag that it is of as it stands now."""

    place: str
    """The receipt's, in the archive."""
    receipt: Receipt | None
    """``None`` if what is there is none."""
    why: str
    """Why it is none."""
    bag_digest: str | None
    """Of the bag of that name; ``None`` where there is none."""


@rule("DEP003", "deposited-bag-changed", severity="warning", source="RFC 8493, 2.2.1; design, section 4")
def deposited_bag_changed(deposited: Deposited) -> Iterator[Fault]:
    """A bag is not the one that was deposited under its name: its tag manifest is another.

    Why: A receipt is the one thing outside a bag that binds its every byte. Where the two part, one of them was
    altered, and what lies in the repository is no longer a copy of what stands here.

    Remedy: If the bag was brought up to date on purpose, deposit it again. If nobody touched it, compare it with what
    the repository has.
    """
    receipt = deposited.receipt
    if receipt is not None and deposited.bag_digest is not None and deposited.bag_digest != receipt.bag_digest:
        message = f"{receipt.bag} is not the bag that was deposited at {receipt.target}"
        yield Fault(Place(deposited.place), message, receipt.bag_digest, deposited.bag_digest)


@rule("DEP004", "receipt-unreadable", severity="error", source="design, law 7")
def receipt_unreadable(deposited: Deposited) -> Iterator[Fault]:
    """What stands among an archive's receipts is none.

    Why: The receipt says where a copy lies and binds the bag. Without it nobody can show that anything was deposited.

    Remedy: Put the receipt back from a copy; or run the deposit again, which finds its record and writes the receipt
    anew. A file that is no receipt does not belong there.
    """
    if deposited.receipt is None:
        yield Fault(Place(deposited.place), f"this is not a receipt: {deposited.why}")


@rule("DEP005", "deposited-bag-missing", severity="warning", source="design, section 4")
def deposited_bag_missing(deposited: Deposited) -> Iterator[Fault]:
    """A receipt tells of a bag that does not stand in this archive.

    Why: The bag was renamed, moved or lost; what was deposited can no longer be held against it.

    Remedy: Put the bag back, from the repository if need be: the receipt has its address and checksums. If the bag was
    given away on purpose, move the receipt with it.
    """
    if deposited.receipt is not None and deposited.bag_digest is None:
        yield Fault(Place(deposited.place), f"there is no bag {deposited.receipt.bag} in this archive")


BEFORE: tuple[Check[[Intended]], ...] = (
    rights_leave_closed,
    target_asks_for_more,
    storage_keeps_nobody_out,
    closed_to_public_storage,
)
"""What is asked before anything is sent."""

AFTER: tuple[Check[[Deposited]], ...] = (deposited_bag_changed, receipt_unreadable, deposited_bag_missing)
"""What is asked of receipts."""

RULES = (*BEFORE, *AFTER)
"""By code."""


def check_intended(intended: Intended) -> list[Finding]:
    """Judge a deposit before it is made."""
    return run(BEFORE, intended)


def check_deposited(deposited: Deposited) -> list[Finding]:
    """Judge a receipt by the bag that it tells of."""
    return run(AFTER, deposited)


def codes_after() -> tuple[str, ...]:
    """The codes of the rules that judge receipts."""
    return codes(AFTER)
