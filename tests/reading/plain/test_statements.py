"""Rules of Make, scripts of Vim, batches and recipes of images are programs; lists of addresses are none."""

from __future__ import annotations

import pytest
from tests.reading.plain.texts import assert_whole, kinds

MAKE = """CC = gcc

.PHONY: all clean

all: boat

boat: boat.o \\
  mate.o
\t$(CC) -o $@ $^

clean:
\trm -f *.o
"""
VIM = """" boats
if exists("b:did_boat")
  finish
endif
let b:did_boat = 1
syn keyword boatName ferry
hi def link boatName Type
"""
IMAGE = """# boats
FROM debian:12
RUN apt-get update && \\
    apt-get install -y boat
COPY . /srv
CMD boat --late
"""
BATCH = """@echo off
rem boats
set BOAT=old
if exist boat.txt goto late
echo in time
goto end
:late
echo %BOAT%
:end
"""
SHELL = """#!/bin/sh
# be late
set -e
for boat in old new; do
    echo late $boat
done
if [ -f x ]; then
    cat x
fi
"""
PERL = """package Ferry;

use strict;

=head1 NAME

Ferry - comes back late, as all who wait for it on the quay know.

=cut

sub late { my ($x) = @_; return $x + 1; }

print <<'END';
It is late, and nobody knows why it is so.
END

1;
"""
PROGRAMS = {"make": MAKE, "vim": VIM, "image": IMAGE, "batch": BATCH, "shell": SHELL, "perl": PERL}


@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize("name", PROGRAMS)
def test_a_program_of_statements_is_one_piece(name: str, end: str):
    text = PROGRAMS[name].replace("\n", end)
    assert_whole(text)
    assert kinds(text) == ["main preformatted"]


@pytest.mark.parametrize(
    "text",
    [
        "THE QUAY\n\nWEB SITE:\n\thttp://example.org/quay\n\nLIST:\n\thttp://example.org/list\n\nHOW:\n\tls $(pwd)\n",
        "Call the mate first.\nLet him look for it.\nSet the sail when he says so.\nReturn at nine.\nTry to be late.\n",
        "Call the mate\nLet him look\nSet the sail at nine\nReturn to us\nTry to be late\n",
        "FROM the quay\nTO the sea\n\nADD salt\nRUN for it\nEXPOSE nobody\n",
        "Echo off the harbour wall\nIf you listen at night\nFor an hour or two\nSet your clock by it\n",
        "boats: old, new\nmates: Tom\nhours: seven, eight\nsoup: hot\nprice: $(five)\n",
    ],
)
def test_what_begins_like_statements_and_is_read_by_people_is_no_program(text: str):
    assert_whole(text)
    assert "main preformatted" not in kinds(text)
