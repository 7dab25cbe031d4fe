"""The program run within this process, as the tests of the command line run it."""

from tests.cli.conftest import run as run
