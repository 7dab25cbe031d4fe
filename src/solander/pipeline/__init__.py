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
    from solander.pipeline.accessioning import NotPacked, Outcome, Packed, pack, pack_all
    from solander.pipeline.archive import packed_on
    from solander.pipeline.auditing import Audit, Checked, Work, open_audit
    from solander.pipeline.bag_fetching import FetchedBag, fetch_bag
    from solander.pipeline.bag_profiles import load_bag_profile, profile_demands
    from solander.pipeline.bag_updating import UpdatedBag, update_bag
    from solander.pipeline.bagging import MadeBag, make_bag
    from solander.pipeline.baseline import read_baseline, without_known, write_baseline
    from solander.pipeline.captures import holds_many
    from solander.pipeline.cataloguing import Catalogued, catalogue, catalogue_of, open_catalogue, write_entries
    from solander.pipeline.changes import holders, since
    from solander.pipeline.deposit_queue import deposit, deposit_all
    from solander.pipeline.deposit_request import Deposited, DepositRequest, Planned
    from solander.pipeline.depositing import plan_deposit
    from solander.pipeline.founding import begin_archive
    from solander.pipeline.given_schemas import GivenSchemas
    from solander.pipeline.holdings import Holding, look_into
    from solander.pipeline.info_stated import read_info, read_tag_info
    from solander.pipeline.judging import judge
    from solander.pipeline.judging_many import judge_many
    from solander.pipeline.live import AddressList, is_live
    from solander.pipeline.merging import merge, placed, placed_at_page
    from solander.pipeline.normalising import Normalised, normalise
    from solander.pipeline.profile_judging import judge_profile_itself
    from solander.pipeline.receipts import judge_receipts, receipts_in, receipts_of
    from solander.pipeline.rederiving import Rederivation, rederive
    from solander.pipeline.report_files import SourceLines, append_summary, write_report
    from solander.pipeline.rulebook import rules
    from solander.pipeline.ruling import archive_in, rulings_of, unknown_codes
    from solander.pipeline.site import WrittenSite, write_site
    from solander.pipeline.sources import find_sources, passed_by
    from solander.pipeline.stating import statements
    from solander.pipeline.subject import Subject, subjects
    from solander.pipeline.unbagging import Unbagged, unbag
    from solander.pipeline.validating import fail_on_of, validate

_HOMES = {
    "AddressList": "solander.pipeline.live",
    "archive_in": "solander.pipeline.ruling",
    "unknown_codes": "solander.pipeline.ruling",
    "rulings_of": "solander.pipeline.ruling",
    "without_known": "solander.pipeline.baseline",
    "write_baseline": "solander.pipeline.baseline",
    "read_baseline": "solander.pipeline.baseline",
    "judge_many": "solander.pipeline.judging_many",
    "since": "solander.pipeline.changes",
    "holders": "solander.pipeline.changes",
    "write_report": "solander.pipeline.report_files",
    "append_summary": "solander.pipeline.report_files",
    "SourceLines": "solander.pipeline.report_files",
    "Audit": "solander.pipeline.auditing",
    "Catalogued": "solander.pipeline.cataloguing",
    "catalogue": "solander.pipeline.cataloguing",
    "catalogue_of": "solander.pipeline.cataloguing",
    "open_catalogue": "solander.pipeline.cataloguing",
    "write_entries": "solander.pipeline.cataloguing",
    "Checked": "solander.pipeline.auditing",
    "DepositRequest": "solander.pipeline.deposit_request",
    "Deposited": "solander.pipeline.deposit_request",
    "FetchedBag": "solander.pipeline.bag_fetching",
    "GivenSchemas": "solander.pipeline.given_schemas",
    "Holding": "solander.pipeline.holdings",
    "MadeBag": "solander.pipeline.bagging",
    "Normalised": "solander.pipeline.normalising",
    "NotPacked": "solander.pipeline.accessioning",
    "Outcome": "solander.pipeline.accessioning",
    "Packed": "solander.pipeline.accessioning",
    "Planned": "solander.pipeline.deposit_request",
    "Rederivation": "solander.pipeline.rederiving",
    "Subject": "solander.pipeline.subject",
    "Unbagged": "solander.pipeline.unbagging",
    "UpdatedBag": "solander.pipeline.bag_updating",
    "Work": "solander.pipeline.auditing",
    "audited_value": "solander.encoding.audit_line",
    "begin_archive": "solander.pipeline.founding",
    "deposit": "solander.pipeline.deposit_queue",
    "deposit_all": "solander.pipeline.deposit_queue",
    "fail_on_of": "solander.pipeline.validating",
    "fetch_bag": "solander.pipeline.bag_fetching",
    "find_sources": "solander.pipeline.sources",
    "judge": "solander.pipeline.judging",
    "judge_profile_itself": "solander.pipeline.profile_judging",
    "judge_receipts": "solander.pipeline.receipts",
    "load_bag_profile": "solander.pipeline.bag_profiles",
    "look_into": "solander.pipeline.holdings",
    "make_bag": "solander.pipeline.bagging",
    "merge": "solander.pipeline.merging",
    "normalise": "solander.pipeline.normalising",
    "open_audit": "solander.pipeline.auditing",
    "pack": "solander.pipeline.accessioning",
    "pack_all": "solander.pipeline.accessioning",
    "packed_on": "solander.pipeline.archive",
    "passed_by": "solander.pipeline.sources",
    "holds_many": "solander.pipeline.captures",
    "is_live": "solander.pipeline.live",
    "placed": "solander.pipeline.merging",
    "placed_at_page": "solander.pipeline.merging",
    "plan_deposit": "solander.pipeline.depositing",
    "profile_demands": "solander.pipeline.bag_profiles",
    "read_info": "solander.pipeline.info_stated",
    "read_tag_info": "solander.pipeline.info_stated",
    "receipt_value": "solander.encoding.receipt",
    "receipts_in": "solander.pipeline.receipts",
    "receipts_of": "solander.pipeline.receipts",
    "rederive": "solander.pipeline.rederiving",
    "report_value": "solander.encoding.report_json",
    "rules": "solander.pipeline.rulebook",
    "WrittenSite": "solander.pipeline.site",
    "write_site": "solander.pipeline.site",
    "statements": "solander.pipeline.stating",
    "subjects": "solander.pipeline.subject",
    "unbag": "solander.pipeline.unbagging",
    "update_bag": "solander.pipeline.bag_updating",
    "validate": "solander.pipeline.validating",
    "view": "solander.pipeline.showing",
    "view_in": "solander.pipeline.showing",
    "write_view": "solander.pipeline.showing",
}

__all__ = [
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
