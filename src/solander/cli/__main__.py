"""``python -m solander.cli`` is ``solander``."""

import sys

from solander.cli import main

sys.exit(main())
