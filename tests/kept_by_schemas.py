"""Of each JSON schema of ours, what keeps it, to be harmed."""

STATEMENT = {"element": "title", "value": "A", "chosen": True, "evidence": {"origin": "markup", "detail": "title"}}
DESCRIPTION, REPORT = "solander-description.schema.json", "solander-report.schema.json"
AUDIT, BASELINE = "solander-audit.schema.json", "solander-baseline.schema.json"
DATACITE, SCHEMA_ORG = "solander-datacite.schema.json", "solander-schema-org.schema.json"
RECEIPT, STEP = "solander-receipt.schema.json", "solander-deposit-step.schema.json"
NOTE = "solander-deposit-note.schema.json"
DEPOSITED = {
    "identifier": "urn:uuid:1",
    "version": 1,
    "bag": "2021-12-08-letters-0123abcd",
    "bag_digest": "sha512:" + "0" * 128,
}
SETTINGS, PROFILE = "solander-toml.schema.json", "bagit-profile.schema.json"


def right(name):
    """What keeps a schema, to be harmed."""
    return {
        DESCRIPTION: {
            "schema": "urn:uuid:214ede6c-2deb-5325-996e-c9bf563af512",
            "statements": [{**STATEMENT, "language": "en", "refinement": "alternative"}],
            "said": [{**STATEMENT, "evidence": {"origin": "person", "detail": "stated when packing"}}],
            "options": {
                "algorithms": "sha512 md5",
                "at": "2026-01-02T03:04:05Z",
                "charset": "windows-1252",
                "media-type": "text/html",
                "original-name": "page.html",
            },
        },
        REPORT: {
            "schema": "urn:uuid:00d37850-d591-51ee-adde-981ce570e27a",
            "subject": "a",
            "passed": True,
            "totals": {"info": 0, "warning": 0, "error": 0},
            "findings": [
                {"place": {"path": "a", "line": 1}, "code": "BAG003", "name": "a-b", "severity": "info", "message": "m"}
            ],
            "unchecked": [],
            "rules": ["BAG003"],
            "schemas": [{"name": "a", "version": "1", "sha256": "0" * 64, "engine": "b 1"}],
            "counts": {"words": 1, "ignored-BAG008": 0},
        },
        AUDIT: {
            "schema": "urn:uuid:3b2eff22-cae9-5253-a0c5-cd6b211cce09",
            "bag": "2021-12-08-letters-0123abcd",
            "identifier": "urn:uuid:1",
            "at": "2026-01-02T03:04:05Z",
            "outcome": "failed",
            "codes": ["BAG003"],
            "manifests": {"tagmanifest-sha512.txt": "0" * 64},
            "files": 3,
            "bytes": 42,
            "agent": {"name": "solander", "version": "0.1.0"},
        },
        DATACITE: {
            "schemaVersion": "http://datacite.org/schema/kernel-4",
            "types": {"resourceType": "Web page", "resourceTypeGeneral": "Text"},
            "creators": [{"name": "A"}],
            "titles": [{"title": "B", "lang": "en"}],
            "publisher": {"name": ":unkn"},
            "publicationYear": "2021",
            "dates": [{"date": "2021-12-08", "dateType": "Issued"}],
            "relatedIdentifiers": [
                {"relatedIdentifier": "10.1/a", "relatedIdentifierType": "DOI", "relationType": "IsVariantFormOf"}
            ],
            "rightsList": [{"rights": "CC-BY-4.0", "rightsUri": "https://a.example/"}],
        },
        SCHEMA_ORG: {
            "@context": "https://schema.org",
            "@type": "WebPage",
            "name": "B",
            "author": [{"name": "A"}],
            "datePublished": "2021-12-08",
            "archivedAt": {"@type": "WebPage", "@id": "urn:uuid:1"},
        },
        BASELINE: {
            "schema": "urn:uuid:02cb8448-c4ee-5206-8ca7-a02483fb6c39",
            "findings": [{"fingerprint": "0" * 32, "code": "BAG003", "path": "../a/b", "message": ""}],
        },
        RECEIPT: {
            "schema": "urn:uuid:7f98ae25-3906-5167-b5b8-eccaaf6ac79f",
            **DEPOSITED,
            "target": "zenodo-sandbox:",
            "record": "12345",
            "url": "https://sandbox.zenodo.org/records/12345",
            "state": "published",
            "identifiers": [{"scheme": "doi", "value": "10.5072/zenodo.12345"}],
            "access": {"policy": "embargoed", "until": "2027-12-31"},
            "at": "2026-01-02T03:04:05Z",
            "files": [
                {
                    "name": "2021-12-08-letters-0123abcd.zip",
                    "size_bytes": 42,
                    "checksums": {"md5": "0" * 32, "sha512": "0" * 128},
                    "compared": {"by": "server", "algorithm": "md5"},
                }
            ],
            "agent": {"name": "solander", "version": "0.1.0"},
        },
        STEP: {
            "schema": "urn:uuid:da85c19b-7b27-5171-b3ee-825fbcaeaf43",
            **DEPOSITED,
            "target": "zenodo-sandbox:",
            "at": "2026-01-02T03:04:05Z",
            "step": "sending",
            "record": "12345",
            "facts": {"file": "2021-12-08-letters-0123abcd.zip"},
            "agent": {"name": "solander", "version": "0.1.0"},
        },
        NOTE: {
            "schema": "urn:uuid:1165e680-9922-55ca-b2b9-fba9f8cf0617",
            **DEPOSITED,
            "title": "Letters",
            "state": "stored",
            "files": {"2021-12-08-letters-0123abcd.zip": {"size_bytes": 42, "sha512": "0" * 128}},
        },
        SETTINGS: {
            "organization": "The Harbour Archive",
            "contact_email": "keeper@harbour.example",
            "tei": {"licence": "CC0 1.0", "licence_target": "https://creativecommons.org/publicdomain/zero/1.0/"},
            "bag": {"algorithms": ["sha512", "md5"]},
            "check": {"ignore": ["DCM002"]},
            "targets": {"ours": {"to": "zenodo-sandbox:", "token_env": "OUR_TOKEN"}},
        },
        PROFILE: {
            "BagIt-Profile-Info": {
                "BagIt-Profile-Identifier": "urn:a",
                "Source-Organization": "a",
                "External-Description": "b",
                "Version": "1",
            },
            "Manifests-Required": ["sha512"],
            "Manifests-Allowed": ["sha512", "md5"],
            "Tag-Manifests-Required": ["sha512"],
            "Accept-BagIt-Version": ["1.0"],
        },
    }[name]
