"""InvenioRDM in one process: database, indices, vocabularies, a depositor and a token, and then the REST API.

Run by the Python that InvenioRDM is installed for (``make test-servers``): ``invenio_server.py FOLDER PORT DATABASE
REDIS_PORT``. The token of the depositor is in ``FOLDER/token`` before the port is listened to.

Source: InvenioRDM, "Configuration"; its own fixtures for the vocabularies.
"""

from __future__ import annotations

import os
import sys
from datetime import UTC, datetime
from pathlib import Path

from search_lookalike import SearchLookalike

_LICENCES = ("cc-by-4.0", "cc0-1.0")
_LANGUAGES = (("eng", "en"), ("fra", "fr"), ("zho", "zh"))


def configuration(folder: Path, port: int, database: str, redis_port: int, search_port: int) -> dict[str, object]:
    redis, host = f"redis://127.0.0.1:{redis_port}", f"127.0.0.1:{port}"
    return {
        "SECRET_KEY": "of the tests",
        "SQLALCHEMY_DATABASE_URI": database,
        "SEARCH_HOSTS": [{"host": "127.0.0.1", "port": search_port}],
        "SEARCH_INDEX_PREFIX": "tests-",
        # Tasks run at once, where they are asked for; that DataCite is not reached is no failure of a request.
        "CELERY_TASK_ALWAYS_EAGER": True,
        "CELERY_TASK_EAGER_PROPAGATES": False,
        "CELERY_CACHE_BACKEND": "memory",
        "CELERY_RESULT_BACKEND": "cache",
        "BROKER_URL": "memory://",
        "CELERY_BROKER_URL": "memory://",
        "CACHE_TYPE": "flask_caching.backends.RedisCache",
        "CACHE_REDIS_URL": f"{redis}/0",
        "ACCOUNTS_SESSION_REDIS_URL": f"{redis}/1",
        "RATELIMIT_STORAGE_URI": f"{redis}/2",
        "RATELIMIT_STORAGE_URL": f"{redis}/2",
        "RATELIMIT_AUTHENTICATED_USER": "100000 per hour;10000 per minute",
        "RATELIMIT_GUEST_USER": "100000 per hour;10000 per minute",
        "COMMUNITIES_IDENTITIES_CACHE_REDIS_URL": f"{redis}/3",
        "DATACITE_ENABLED": True,
        "DATACITE_USERNAME": "NOBODY",
        "DATACITE_PASSWORD": "nothing",
        "DATACITE_PREFIX": "10.5072",
        "DATACITE_TEST_MODE": True,
        "STATS_EVENTS": {},
        "STATS_AGGREGATIONS": {},
        "SITE_HOSTNAME": host,
        "SITE_UI_URL": f"http://{host}",
        "SITE_API_URL": f"http://{host}/api",
        "TRUSTED_HOSTS": ["127.0.0.1"],
        "APP_ALLOWED_HOSTS": ["127.0.0.1", host],
        "APP_ENABLE_SECURE_HEADERS": False,
        "WEBPACKEXT_MANIFEST_LOADER": None,
        "RDM_ALLOW_RESTRICTED_RECORDS": True,
    }


def found(app, folder: Path) -> str:
    """Make the database, the indices and everything in them; give the depositor's token."""
    from invenio_db import db
    from invenio_files_rest.models import Location
    from invenio_search import current_search

    db.create_all()
    files = folder / "files"
    files.mkdir()
    db.session.add(Location(name="default", uri=str(files), default=True))
    db.session.commit()
    for _ in current_search.create(ignore=[400]):
        pass
    _fill_vocabularies()
    return _depositor()


def _fill_vocabularies() -> None:
    import invenio_rdm_records
    import yaml
    from invenio_access.permissions import system_identity
    from invenio_vocabularies.proxies import current_service

    home = Path(invenio_rdm_records.__file__).parent / "fixtures/data/vocabularies"
    of_files = {
        ("resourcetypes", "rsrct"): "resource_types",
        ("titletypes", "ttyp"): "title_types",
        ("creatorsroles", "crr"): "roles",
        ("contributorsroles", "cor"): "roles",
        ("descriptiontypes", "dty"): "description_types",
        ("datetypes", "dat"): "date_types",
        ("relationtypes", "rlt"): "relation_types",
        ("removalreasons", "rem"): "removal_reasons",
        ("communitytypes", "comtyp"): "community_types",
    }
    filled = {kind: yaml.safe_load((home / f"{name}.yaml").read_text()) for kind, name in of_files.items()}
    filled["licenses", "lic"] = [
        {"id": one, "title": {"en": one}, "props": {"scheme": "spdx", "url": ""}, "tags": ["recommended"]}
        for one in _LICENCES
    ]
    filled["languages", "lng"] = [
        {"id": one, "title": {"en": one}, "props": {"alpha_2": short}, "tags": []} for one, short in _LANGUAGES
    ]
    for (kind, prefix), terms in filled.items():
        current_service.create_type(system_identity, kind, prefix)
        for term in terms:
            current_service.create(system_identity, {**term, "type": kind})


def _depositor() -> str:
    from flask_security.utils import hash_password
    from invenio_accounts.proxies import current_datastore
    from invenio_db import db
    from invenio_oauth2server.models import Token

    user = current_datastore.create_user(
        email="keeper@museum.example", password=hash_password("not asked for"), active=True, username="keeper"
    )
    current_datastore.commit()
    user.confirmed_at = user.verified_at = datetime.now(UTC).replace(tzinfo=None)
    db.session.commit()
    token = Token.create_personal("tests", user.id, scopes=["deposit:write", "deposit:actions", "user:email"])
    db.session.commit()
    return token.access_token


def main(folder: Path, port: int, database: str, redis_port: int) -> None:
    os.environ["INVENIO_INSTANCE_PATH"] = str(folder)
    search = SearchLookalike()
    settled = configuration(folder, port, database, redis_port, search.port)
    lines = [f"{name} = {value!r}" for name, value in settled.items()]
    (folder / "invenio.cfg").write_text("\n".join(lines) + "\n")

    from cheroot.wsgi import Server
    from invenio_app.factory import create_api
    from werkzeug.middleware.dispatcher import DispatcherMiddleware

    api = create_api()
    with api.app_context():
        token = found(api, folder)

    def nothing(environ, start_response):
        start_response("404 Not Found", [("Content-Type", "text/plain")])
        return [b"only /api is served"]

    server = Server(("127.0.0.1", port), DispatcherMiddleware(nothing, {"/api": api}), numthreads=8)
    (folder / "token").write_text(token)
    server.start()


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]), sys.argv[3], int(sys.argv[4]))
