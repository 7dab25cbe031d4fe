"""What is compared when a bag is derived again, and what is set aside."""

from solander.checking.rederivation import identifier_not_rederived, record_not_rederived, tei_not_rederived

TEI = b"""<TEI>
  <teiHeader>
    <encodingDesc>
      <appInfo>
        <application ident="solander" version="0.1.0">
        </application>
      </appInfo>
      <editorialDecl/>
    </encodingDesc>
    <revisionDesc>
      <change>Made by Solander 0.1.0.</change>
    </revisionDesc>
  </teiHeader>
  <text>
    <p>One word</p>
  </text>
</TEI>
"""


def test_another_version_of_the_programs_makes_no_difference():
    derived = TEI.replace(b"0.1.0", b"9.9.9").replace(b"        </application>\n", b"        </application>\n\n\n")
    assert not list(tei_not_rederived("page.xml", TEI, derived))


def test_a_difference_is_shown_at_its_line_in_the_whole_file():
    (finding,) = tei_not_rederived("page.xml", TEI.replace(b"One word", b"Two words"), TEI)
    assert (finding.code, finding.place.line) == ("RED001", 15)
    assert (finding.expected, finding.found) == ("<p>One word</p>", "<p>Two words</p>")


def test_a_difference_above_what_is_set_aside_keeps_its_own_line():
    (finding,) = tei_not_rederived("page.xml", TEI.replace(b"<teiHeader>", b"<teiHeader n='1'>", 1), TEI)
    assert finding.place.line == 2


def test_a_file_that_ends_early_differs_at_its_end():
    (finding,) = record_not_rederived("dc.xml", b"<dc>\n", b"<dc>\n</dc>\n")
    assert (finding.place.line, finding.expected, finding.found) == (2, "</dc>", "")


def test_only_another_identifier_is_a_finding():
    assert not list(identifier_not_rederived("bag-info.txt", "urn:uuid:1", "urn:uuid:1"))
    (finding,) = identifier_not_rederived("bag-info.txt", "", "urn:uuid:1")
    assert finding.found == "none"
