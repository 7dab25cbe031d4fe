"""Software Heritage's deposit server in one process: database, the collection ``boxes``, a depositor, and the server.

Run by the Python that it is installed for (``make test-servers``): ``sword_server.py FOLDER PORT DATABASE_ADDRESS``.
What it would do with a deposit afterwards (check and load it) is not asked for.

Source: swh-deposit, "Deployment"; SWORD 2.0 Profile.
"""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path

COLLECTION, USER, PASSWORD = "boxes", "keeper", "a secret/of:ours"

_SETTINGS = """\
from swh.deposit.settings.development import *

ALLOWED_HOSTS = ["127.0.0.1"]
DEBUG = False
DATABASES = {{
    "default": {{"ENGINE": "django.db.backends.postgresql", "NAME": "deposits", "USER": "postgres",
                "HOST": "{host}", "PORT": "{port}", "CONN_MAX_AGE": 0}}
}}
MEDIA_ROOT = "{folder}/uploads/"
LOGGING = {{"version": 1, "disable_existing_loggers": True}}
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
"""


def main(folder: Path, port: int, database: str) -> None:
    host, _, database_port = database.partition(":")
    (folder / "sword_settings.py").write_text(_SETTINGS.format(host=host, port=database_port, folder=folder))
    nobody = {"cls": "remote", "url": "http://127.0.0.1:1/"}
    settled = {
        "max_upload_size": 200 * 1024 * 1024,
        "extraction_dir": str(folder / "extracted"),
        "checks": False,
        "scheduler": nobody,
        "storage": {"cls": "memory"},
        "storage_metadata": {"cls": "memory"},
        "swh_authority_url": "http://deposit.example/",
        "authentication_provider": "basic",
        "private": {"db": "none"},
    }
    # JSON is YAML too.
    (folder / "deposit.yml").write_text(json.dumps(settled))
    sys.path.insert(0, str(folder))
    os.environ["DJANGO_SETTINGS_MODULE"] = "sword_settings"
    os.environ["SWH_CONFIG_FILENAME"] = str(folder / "deposit.yml")

    import django

    django.setup()
    from django.core.management import call_command
    from swh.deposit.models import DepositClient, DepositCollection

    call_command("migrate", verbosity=0)
    collection, _ = DepositCollection.objects.get_or_create(name=COLLECTION)
    provider = {"provider_url": "https://museum.example/", "domain": "museum.example/"}
    client = DepositClient(username=USER, collections=[collection.id], is_active=True, **provider)
    client.set_password(PASSWORD)
    client.save()

    from django.core.wsgi import get_wsgi_application
    from gunicorn.app.base import BaseApplication

    class Served(BaseApplication):
        def load_config(self) -> None:
            self.cfg.set("bind", f"127.0.0.1:{port}")
            self.cfg.set("workers", 1)
            self.cfg.set("threads", 4)
            self.cfg.set("timeout", 300)

        def load(self):
            return get_wsgi_application()

    Served().run()


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]), sys.argv[3])
