"""The stages in order, and the only clock: what a face asks for, and what Python programs call.

``normalise`` makes TEI of a page, ``pack`` a bag; ``validate`` judges; ``rederive`` asks whether a bag's TEI is still
what its bytes say. Only this folder imports stages, each when it is wanted; the names are handed on when first asked
for (PEP 562), so that a command pays for what it does and for nothing else.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from solander.encoding.audit_line import audited_value
    from solander.encoding.receipt import receipt_value
    from solander.encoding.report_json import report_value
    from solander.pipeline.archive import packed_on
    from solander.pipeline.archives.auditing import Audit, Checked, Work, open_audit
    from solander.pipeline.archives.cataloguing import (
        Catalogued,
        catalogue,
        catalogue_of,
        open_catalogue,
        write_entries,
    )
    from solander.pipeline.archives.founding import begin_archive
    from solander.pipeline.bags.bagging import MadeBag, make_bag
    from solander.pipeline.bags.fetching import FetchedBag, fetch_bag
    from solander.pipeline.bags.info_stated import read_info, read_tag_info
    from solander.pipeline.bags.profile_judging import judge_profile_itself
    from solander.pipeline.bags.profiles import load_bag_profile, profile_demands
    from solander.pipeline.bags.unbagging import Unbagged, unbag
    from solander.pipeline.bags.updating import UpdatedBag, update_bag
    from solander.pipeline.deposits.depositing import plan_deposit
    from solander.pipeline.deposits.queue import deposit, deposit_all
    from solander.pipeline.deposits.request import Deposited, DepositRequest, Planned
    from solander.pipeline.judgement.baseline import read_baseline, without_known, write_baseline
    from solander.pipeline.judgement.changes import holders, since
    from solander.pipeline.judgement.given_schemas import GivenSchemas
    from solander.pipeline.judgement.judging_many import judge_many
    from solander.pipeline.judgement.rederiving import Rederivation, rederive
    from solander.pipeline.judgement.report_files import SourceLines, append_summary, write_report
    from solander.pipeline.judgement.rulebook import rules
    from solander.pipeline.judgement.ruling import archive_in, rulings_of, unknown_codes
    from solander.pipeline.judgement.validating import fail_on_of, validate
    from solander.pipeline.merging import merge, placed, placed_at_page
    from solander.pipeline.pages.accessioning import NotPacked, Outcome, Packed, pack, pack_all
    from solander.pipeline.pages.judging import judge
    from solander.pipeline.pages.normalising import Normalised, normalise
    from solander.pipeline.receipts import judge_receipts, receipts_in, receipts_of
    from solander.pipeline.showing.holdings import Holding, look_into
    from solander.pipeline.showing.site import WrittenSite, write_site
    from solander.pipeline.showing.views import view, view_in, write_view
    from solander.pipeline.sources.captures import holds_many
    from solander.pipeline.sources.finding import find_sources, passed_by
    from solander.pipeline.sources.live import AddressList, is_live
    from solander.pipeline.stating import statements
    from solander.pipeline.subject import BAG_KINDS, RECORD_KINDS, Subject, subjects

_NAMES = {
    "solander.encoding.audit_line": "audited_value",
    "solander.encoding.receipt": "receipt_value",
    "solander.encoding.report_json": "report_value",
    "solander.pipeline.archive": "packed_on",
    "solander.pipeline.archives.auditing": "Audit Checked Work open_audit",
    "solander.pipeline.archives.cataloguing": "Catalogued catalogue catalogue_of open_catalogue write_entries",
    "solander.pipeline.archives.founding": "begin_archive",
    "solander.pipeline.bags.bagging": "MadeBag make_bag",
    "solander.pipeline.bags.fetching": "FetchedBag fetch_bag",
    "solander.pipeline.bags.info_stated": "read_info read_tag_info",
    "solander.pipeline.bags.profile_judging": "judge_profile_itself",
    "solander.pipeline.bags.profiles": "load_bag_profile profile_demands",
    "solander.pipeline.bags.unbagging": "Unbagged unbag",
    "solander.pipeline.bags.updating": "UpdatedBag update_bag",
    "solander.pipeline.deposits.depositing": "plan_deposit",
    "solander.pipeline.deposits.queue": "deposit deposit_all",
    "solander.pipeline.deposits.request": "DepositRequest Deposited Planned",
    "solander.pipeline.judgement.baseline": "read_baseline without_known write_baseline",
    "solander.pipeline.judgement.changes": "holders since",
    "solander.pipeline.judgement.given_schemas": "GivenSchemas",
    "solander.pipeline.judgement.judging_many": "judge_many",
    "solander.pipeline.judgement.rederiving": "Rederivation rederive",
    "solander.pipeline.judgement.report_files": "SourceLines append_summary write_report",
    "solander.pipeline.judgement.rulebook": "rules",
    "solander.pipeline.judgement.ruling": "archive_in rulings_of unknown_codes",
    "solander.pipeline.judgement.validating": "fail_on_of validate",
    "solander.pipeline.merging": "merge placed placed_at_page",
    "solander.pipeline.pages.accessioning": "NotPacked Outcome Packed pack pack_all",
    "solander.pipeline.pages.judging": "judge",
    "solander.pipeline.pages.normalising": "Normalised normalise",
    "solander.pipeline.receipts": "judge_receipts receipts_in receipts_of",
    "solander.pipeline.showing.holdings": "Holding look_into",
    "solander.pipeline.showing.site": "WrittenSite write_site",
    "solander.pipeline.showing.views": "view view_in write_view",
    "solander.pipeline.sources.captures": "holds_many",
    "solander.pipeline.sources.finding": "find_sources passed_by",
    "solander.pipeline.sources.live": "AddressList is_live",
    "solander.pipeline.stating": "statements",
    "solander.pipeline.subject": "BAG_KINDS RECORD_KINDS Subject subjects",
}
"""The public names of each module, as above: a type checker reads those, and a program these."""

_HOMES = {name: home for home, names in _NAMES.items() for name in names.split()}

__all__ = [
    "BAG_KINDS",
    "RECORD_KINDS",
    "AddressList",
    "Audit",
    "Catalogued",
    "Checked",
    "DepositRequest",
    "Deposited",
    "FetchedBag",
    "GivenSchemas",
    "Holding",
    "MadeBag",
    "Normalised",
    "NotPacked",
    "Outcome",
    "Packed",
    "Planned",
    "Rederivation",
    "SourceLines",
    "Subject",
    "Unbagged",
    "UpdatedBag",
    "Work",
    "WrittenSite",
    "append_summary",
    "archive_in",
    "audited_value",
    "begin_archive",
    "catalogue",
    "catalogue_of",
    "deposit",
    "deposit_all",
    "fail_on_of",
    "fetch_bag",
    "find_sources",
    "holders",
    "holds_many",
    "is_live",
    "judge",
    "judge_many",
    "judge_profile_itself",
    "judge_receipts",
    "load_bag_profile",
    "look_into",
    "make_bag",
    "merge",
    "normalise",
    "open_audit",
    "open_catalogue",
    "pack",
    "pack_all",
    "packed_on",
    "passed_by",
    "placed",
    "placed_at_page",
    "plan_deposit",
    "profile_demands",
    "read_baseline",
    "read_info",
    "read_tag_info",
    "receipt_value",
    "receipts_in",
    "receipts_of",
    "rederive",
    "report_value",
    "rules",
    "rulings_of",
    "since",
    "statements",
    "subjects",
    "unbag",
    "unknown_codes",
    "update_bag",
    "validate",
    "view",
    "view_in",
    "without_known",
    "write_baseline",
    "write_entries",
    "write_report",
    "write_site",
    "write_view",
]


def __getattr__(name: str) -> Any:
    """Import the home of a public name when it is first asked for."""
    home = _HOMES.get(name)
    if home is None:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = getattr(importlib.import_module(home), name)
    globals()[name] = value
    return value
