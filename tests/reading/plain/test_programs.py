"""Programs in many languages are one piece; what people write in their manner, or about them, is read as text."""

from __future__ import annotations

import pytest
from tests.reading.plain.texts import FERRY, TICKETS, assert_whole, wrapped

from solander.model.page import leaves
from solander.reading.plain.text import read_plain_text

PROGRAMS = {
    "Ruby": "module Harbour\n  class Ferry\n    attr_reader :dogs\n\n    def initialize(dogs)\n      @dogs = dogs\n"
    "    end\n\n    def go\n      @dogs.each { |dog| dog.board }\n    end\n  end\nend\n",
    "Lua": "-- the ferry\n------------\nlocal ferry = {}\n\nfunction ferry.go(dogs)\n  for i = 1, #dogs do\n"
    "    dogs[i]:board()\n  end\nend\n\nreturn ferry\n",
    "Lisp": ';;; ferry.el --- the ferry\n\n(defun ferry-go (dogs)\n  "Take the dogs over to the island.\n'
    'They are counted first, and then they may go on board."\n  (dolist (dog dogs)\n    (board dog)))\n\n'
    "(provide 'ferry)\n(require 'boat)\n",
    "settings of an editor": '" The ferry\n" Written by the mate\n\nif exists("b:ferry")\n  finish\nendif\n'
    "let b:ferry = 1\nsetlocal tabstop=4\nsetlocal comments=:#\nlet s:dogs = {}\n",
    "Make": "# the ferry\nBOATS = one two\nCFLAGS += -O2\n\nall: $(BOATS)\n\t$(CC) -o ferry $(BOATS)\n\n"
    "clean:\n\trm -f $(BOATS)\n\trm -f $(OBJ)\n",
    "nested YAML with words": "help_text:\n  brief: Go.\n  description: |\n"
    "    The ferry leaves at seven and comes back\n    at nine in the evening.\n\n    Dogs travel free.\n"
    "request:\n  collection: boats\n  dogs:\n    - one\n",
    "TeX": "\\documentclass{article}\n\\usepackage{boats}\n\\newcommand{\\ferry}{boat}\n\\def\\dog{cat}\n"
    "\\setlength{\\sea}{3cm}\n\\makeatletter\n",
    "SQL": "-- boats\nDROP TABLE boats;\n\nCREATE TABLE boats (\n\tid int4,\n\tname text\n);\n\n"
    "INSERT INTO boats VALUES (1, 'Ann');\nSELECT * FROM boats;\n",
    "Java": "package org.harbour;\n\nimport java.util.List;\n\npublic class Ferry {\n    private int dogs;\n\n"
    "    public void go() {\n        this.dogs = 0;\n    }\n}\n",
    "Go": 'package ferry\n\nimport "boat"\n\nfunc Go(dogs int) error {\n\tif dogs > 3 {\n\t\treturn boat.Full\n\t}\n'
    "\treturn nil\n}\n",
    "Rust": "use boat::Boat;\n\npub struct Ferry {\n    dogs: u8,\n}\n\nimpl Ferry {\n    pub fn go(&self) -> u8 {\n"
    "        self.dogs\n    }\n}\n",
    "TypeScript": "import { Boat } from './boat';\n\nexport interface Ferry {\n  dogs: number;\n  go(): void;\n}\n\n"
    "const ferry: Ferry = { dogs: 1, go() {} };\n",
    "PHP": "<?php\nnamespace Harbour;\n\nclass Ferry\n{\n    public function go($dogs)\n    {\n"
    "        return $dogs + 1;\n    }\n}\n",
    "TOML": '[harbour]\nname = "Port Ellen"\ndogs = [1, 2]\n\n[harbour.boats]\none = true\ntwo = false\n',
}
TEXTS = {
    "changes under names": "Version 1.2\n~~~~~~~~~~~\nReleased: 2022-12-01\n\nFeatures:\n"
    " - boats: Expose the sender as a property of the sea\n - sea: Display what the binary logs (Ann)\n"
    " - dogs: Combine some of the signals that changed (Tom)\n\nBugfixes:\n - dogs: Fix the handling of their leads\n"
    " - boats: Use the rope that is given at the pier\n",
    "what to bring": "Bring:\n  - boots\n  - rope\n  - bread\nLeave:\n  - dogs\n  - cats\n",
    "the head of a message": 'MIME-Version: 1.0\nContent-Type: text/html; boundary="--961284"\n\n----961284\n'
    "Content-Type: text/html;\nContent-Transfer-Encoding: 7Bit\n\n<html></html>\n",
    "licences of files": "Format: https://example.org/1.0/\nUpstream-Name: Ferry\n\nFiles: *\n"
    "Copyright: 2017 Ann Weir <ann@example.org>\nLicense: GPL-2\n\nFiles: debian/*\nCopyright: 2018 Tom Hay\n"
    f"License: GPL-2\n\nLicense: GPL-2\n{wrapped(f' {FERRY} {TICKETS}', subsequent_indent=' ')}\n",
    "a title above a program": "= The Ferry of Old\n\nThis is the first program of the harbour.\n\n---\n"
    " #!/usr/bin/env ruby\n\n"
    " class Ferry\n   def go\n     @dogs = []\n   end\n end\n\n ferry = Ferry.new\n ferry.go()\n",
    "prose with TeX": "\\section{The ferry}\n\n" + f"{wrapped(FERRY)}\n\n{wrapped(TICKETS)}\n" * 2,
    "dialogue": '" We must go," said Ann, who had seen the boat\nand the sea behind it.\n\n'
    '" Why?"\n\n" It is late."\n\n" So it is," he said, and took the lamp.\n',
}


@pytest.mark.parametrize("text", PROGRAMS.values(), ids=PROGRAMS)
def test_a_program_is_one_piece_with_its_lines_and_spaces(text: str):
    (block,) = (leaf for division in read_plain_text(text).divisions for leaf in leaves(division.blocks))
    assert (block.kind, block.content) == ("preformatted", (text.rstrip(),))
    assert_whole(text)


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
def test_what_looks_like_one_for_some_lines_is_text(text: str):
    blocks = [leaf for division in read_plain_text(text).divisions for leaf in leaves(division.blocks)]
    assert len(blocks) > 1
    assert_whole(text)
