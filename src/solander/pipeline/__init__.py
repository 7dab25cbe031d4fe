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
    from solander.pipeline.sources.captures import holds_many
    from solander.pipeline.sources.finding import find_sources, passed_by
    from solander.pipeline.sources.live import AddressList, is_live
    from solander.pipeline.stating import statements
    from solander.pipeline.subject import Subject, subjects

_HOMES = {
    "AddressList": "solander.pipeline.sources.live",
    "archive_in": "solander.pipeline.judgement.ruling",
    "unknown_codes": "solander.pipeline.judgement.ruling",
    "rulings_of": "solander.pipeline.judgement.ruling",
    "without_known": "solander.pipeline.judgement.baseline",
    "write_baseline": "solander.pipeline.judgement.baseline",
    "read_baseline": "solander.pipeline.judgement.baseline",
    "judge_many": "solander.pipeline.judgement.judging_many",
    "since": "solander.pipeline.judgement.changes",
    "holders": "solander.pipeline.judgement.changes",
    "write_report": "solander.pipeline.judgement.report_files",
    "append_summary": "solander.pipeline.judgement.report_files",
    "SourceLines": "solander.pipeline.judgement.report_files",
    "Audit": "solander.pipeline.archives.auditing",
    "Catalogued": "solander.pipeline.archives.cataloguing",
    "catalogue": "solander.pipeline.archives.cataloguing",
    "catalogue_of": "solander.pipeline.archives.cataloguing",
    "open_catalogue": "solander.pipeline.archives.cataloguing",
    "write_entries": "solander.pipeline.archives.cataloguing",
    "Checked": "solander.pipeline.archives.auditing",
    "DepositRequest": "solander.pipeline.deposits.request",
    "Deposited": "solander.pipeline.deposits.request",
    "FetchedBag": "solander.pipeline.bags.fetching",
    "GivenSchemas": "solander.pipeline.judgement.given_schemas",
    "Holding": "solander.pipeline.showing.holdings",
    "MadeBag": "solander.pipeline.bags.bagging",
    "Normalised": "solander.pipeline.pages.normalising",
    "NotPacked": "solander.pipeline.pages.accessioning",
    "Outcome": "solander.pipeline.pages.accessioning",
    "Packed": "solander.pipeline.pages.accessioning",
    "Planned": "solander.pipeline.deposits.request",
    "Rederivation": "solander.pipeline.judgement.rederiving",
    "Subject": "solander.pipeline.subject",
    "Unbagged": "solander.pipeline.bags.unbagging",
    "UpdatedBag": "solander.pipeline.bags.updating",
    "Work": "solander.pipeline.archives.auditing",
    "audited_value": "solander.encoding.audit_line",
    "begin_archive": "solander.pipeline.archives.founding",
    "deposit": "solander.pipeline.deposits.queue",
    "deposit_all": "solander.pipeline.deposits.queue",
    "fail_on_of": "solander.pipeline.judgement.validating",
    "fetch_bag": "solander.pipeline.bags.fetching",
    "find_sources": "solander.pipeline.sources.finding",
    "judge": "solander.pipeline.pages.judging",
    "judge_profile_itself": "solander.pipeline.bags.profile_judging",
    "judge_receipts": "solander.pipeline.receipts",
    "load_bag_profile": "solander.pipeline.bags.profiles",
    "look_into": "solander.pipeline.showing.holdings",
    "make_bag": "solander.pipeline.bags.bagging",
    "merge": "solander.pipeline.merging",
    "normalise": "solander.pipeline.pages.normalising",
    "open_audit": "solander.pipeline.archives.auditing",
    "pack": "solander.pipeline.pages.accessioning",
    "pack_all": "solander.pipeline.pages.accessioning",
    "packed_on": "solander.pipeline.archive",
    "passed_by": "solander.pipeline.sources.finding",
    "holds_many": "solander.pipeline.sources.captures",
    "is_live": "solander.pipeline.sources.live",
    "placed": "solander.pipeline.merging",
    "placed_at_page": "solander.pipeline.merging",
    "plan_deposit": "solander.pipeline.deposits.depositing",
    "profile_demands": "solander.pipeline.bags.profiles",
    "read_info": "solander.pipeline.bags.info_stated",
    "read_tag_info": "solander.pipeline.bags.info_stated",
    "receipt_value": "solander.encoding.receipt",
    "receipts_in": "solander.pipeline.receipts",
    "receipts_of": "solander.pipeline.receipts",
    "rederive": "solander.pipeline.judgement.rederiving",
    "report_value": "solander.encoding.report_json",
    "rules": "solander.pipeline.judgement.rulebook",
    "WrittenSite": "solander.pipeline.showing.site",
    "write_site": "solander.pipeline.showing.site",
    "statements": "solander.pipeline.stating",
    "subjects": "solander.pipeline.subject",
    "unbag": "solander.pipeline.bags.unbagging",
    "update_bag": "solander.pipeline.bags.updating",
    "validate": "solander.pipeline.judgement.validating",
    "view": "solander.pipeline.showing.views",
    "view_in": "solander.pipeline.showing.views",
    "write_view": "solander.pipeline.showing.views",
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
