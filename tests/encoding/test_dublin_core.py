"""Dublin Core: whatever is stated, both records are valid by us and by the DCMI, and say what was stated."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree
from tests.encoding.test_xml_text import as_legal

from solander.encoding.dublin_core import TERMS, TYPES, dc_element, encode_dc, encode_dcterms
from solander.model.description import ELEMENTS, Description, Evidence, Statement
from solander.profiles import SCHEMAS

EVIDENCE = Evidence("meta", "dc.title")
DC = "{http://purl.org/dc/elements/1.1/}"
TYPE = "{http://www.w3.org/2001/XMLSchema-instance}type"
LANG = "{http://www.w3.org/XML/1998/namespace}lang"

ANYTHING = st.text(st.characters(codec=None, exclude_categories=()), max_size=20)
VALUES = ANYTHING | st.sampled_from(
    (
        *("2021", "2021-12", "2021-12-08", "2021-02-30", "2021-12-08T10:00:00Z", "2021-12-08T10:00", "0000", "99999"),
        *("2021-12-08T10:00:00.5+05:30", "2021-12-08T10:00:00", "2021-12-08T24:00:00Z", " 2021", "2021\n"),
        *("https://example.org/a?b=c&d#e", "urn:uuid:1", "a:b", "https://[::1]/", "http://exa mple/", "x:%zz", "a#b#c"),
        *("en", "zh-Hans", "zh_CN", "i-klingon", "e", "abcdefghi", "en-", "", " ", "\n", "Text", "text", "\xa0"),
    )
)
STATEMENTS = st.builds(
    Statement,
    element=st.sampled_from(ELEMENTS),
    value=VALUES,
    evidence=st.just(EVIDENCE),
    language=st.none() | VALUES,
    refinement=st.none() | st.sampled_from(sorted(TERMS)) | st.sampled_from(("", "invented", "created")),
    chosen=st.booleans(),
)
DESCRIPTIONS = st.lists(STATEMENTS, max_size=6).map(lambda all_of: Description(statements=tuple(all_of)))


def one(element, value, **others):
    return Description(statements=(Statement(element, value, EVIDENCE, **others),))


def parsed(document):
    return etree.fromstring(document.content)


class Offline(etree.Resolver):
    """What the DCMI's schemas import by network: the attributes of the name space ``xml``, here the one they use."""

    def resolve(self, url, identifier, context):
        if not url.endswith("/xml.xsd"):
            return None
        return self.resolve_string(
            '<schema xmlns="http://www.w3.org/2001/XMLSchema" targetNamespace="http://www.w3.org/XML/1998/namespace">'
            '<attribute name="lang" type="language"/></schema>',
            context,
        )


@pytest.fixture(scope="session")
def dcmi(shared):
    """The DCMI's schemas: of a record in the fifteen elements, and of one in the refined terms."""
    folder = shared / "oracles" / "dc"
    parser = etree.XMLParser(no_network=True)
    parser.resolvers.add(Offline())

    def schema(namespace, root, imported, kind):
        return etree.XMLSchema(
            etree.fromstring(
                f'<schema xmlns="http://www.w3.org/2001/XMLSchema" targetNamespace="{namespace}" xmlns:o="{imported}">'
                f'<import namespace="{imported}" schemaLocation="{kind[0]}"/>'
                f'<element name="{root}" type="o:{kind[1]}"/></schema>',
                parser,
                base_url=str(folder / "wrapper.xsd"),
            )
        )

    return (
        schema("http://www.openarchives.org/OAI/2.0/oai_dc/", "dc", DC[1:-1], ("dc.xsd", "elementContainer")),
        schema(
            "http://dublincore.org/xml/dc-record/",
            "qualifieddc",
            "http://purl.org/dc/terms/",
            ("dcterms.xsd", "elementOrRefinementContainer"),
        ),
    )


@given(DESCRIPTIONS)
def test_whatever_is_stated_both_records_follow_our_grammars(description):
    for name, document in (
        ("solander-dc.rng", encode_dc(description)),
        ("solander-dcterms.rng", encode_dcterms(description)),
    ):
        schema = etree.RelaxNG(etree.fromstring(SCHEMAS.read(name)))
        assert schema.validate(parsed(document)), (schema.error_log, document.content)


def test_whatever_is_stated_both_records_are_valid_by_the_dcmi(dcmi):
    @given(DESCRIPTIONS)
    def valid(description):
        for schema, document in zip(dcmi, (encode_dc(description), encode_dcterms(description)), strict=True):
            assert schema.validate(parsed(document)), (schema.error_log, document.content)

    valid()


@given(DESCRIPTIONS)
def test_the_refined_record_says_each_chosen_statement_once(description):
    stated = {
        (one.refinement if one.refinement in TERMS else one.element, as_legal(one.value))
        for one in description.statements
        if one.chosen and one.value.strip(" \t\r\n")
    }
    said = [(etree.QName(element).localname, element.text) for element in parsed(encode_dcterms(description))]
    assert set(said) == stated


@given(DESCRIPTIONS)
def test_the_simple_record_has_its_elements_in_the_order_of_the_standard(description):
    places = [ELEMENTS.index(element.tag.removeprefix(DC)) for element in parsed(encode_dc(description))]
    assert places == sorted(places)


def test_where_no_date_of_publication_is_known_the_last_change_is_the_date():
    description = Description(statements=(Statement("date", "2022-01-01", EVIDENCE, refinement="modified"),))
    assert [element.text for element in parsed(encode_dc(description))] == ["2022-01-01"]
    assert [etree.QName(element).localname for element in parsed(encode_dcterms(description))] == ["modified"]
    assert description.first("date") is None


def test_a_correction_is_no_date_of_publication():
    description = Description(
        statements=(
            Statement("date", "2022-01-01", EVIDENCE, refinement="modified"),
            Statement("date", "2021-12-08", EVIDENCE, refinement="issued"),
        )
    )
    assert [element.text for element in parsed(encode_dc(description))] == ["2021-12-08"]
    assert [element.text for element in parsed(encode_dcterms(description))] == ["2022-01-01", "2021-12-08"]


@pytest.mark.parametrize(
    ("element", "value", "claimed"),
    [
        ("date", "2021-12-08", "dcterms:W3CDTF"),
        ("date", "2021-12-08T10:00:00+05:30", "dcterms:W3CDTF"),
        ("date", "2021-12-08T10:00:00", None),
        ("date", "2021-02-30", None),
        ("date", "spring 2021", None),
        ("identifier", "https://example.org/a", "dcterms:URI"),
        ("identifier", "page 7", None),
        ("source", "a relative/path", None),
        ("language", "zh-Hant", "dcterms:RFC4646"),
        ("language", "Chinese (traditional)", None),
        ("type", "Text", "dcterms:DCMIType"),
        ("type", "speech", None),
        ("title", "2021-12-08", None),
    ],
)
def test_a_syntax_is_claimed_only_where_it_is_kept(element, value, claimed):
    (written,) = parsed(encode_dcterms(one(element, value)))
    assert written.get(TYPE) == claimed


def test_every_type_of_the_vocabulary_is_valid(dcmi):
    for kind in sorted(TYPES):
        assert dcmi[1].validate(parsed(encode_dcterms(one("type", kind)))), kind


def test_a_code_bears_no_language_and_a_text_bears_its_own():
    (written,) = parsed(encode_dcterms(one("date", "2021", language="en")))
    assert written.attrib == {TYPE: "dcterms:W3CDTF"}
    (written,) = parsed(encode_dcterms(one("title", "Mot", language="fr")))
    assert written.attrib == {LANG: "fr"}
    (written,) = parsed(encode_dc(one("title", "Mot", language="no language")))
    assert not written.attrib


def test_a_blank_value_is_no_statement():
    assert len(parsed(encode_dc(one("title", " \n")))) == len(parsed(encode_dcterms(one("title", "")))) == 0


def test_the_record_in_the_header_is_the_record_beside_it():
    description = one("title", "A & B")
    text = dc_element(description, indent="    ")
    assert all(line.startswith(("    <", "      <")) for line in text.splitlines())
    assert encode_dc(description).content.decode().endswith(dc_element(description))


def test_the_bytes_are_these():
    assert encode_dcterms(one("title", "Die Ä & Ö", language="de")).content.decode() == (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<qualifieddc xmlns="http://dublincore.org/xml/dc-record/" xmlns:dc="http://purl.org/dc/elements/1.1/"'
        ' xmlns:dcterms="http://purl.org/dc/terms/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">\n'
        '  <dc:title xml:lang="de">Die Ä &amp; Ö</dc:title>\n</qualifieddc>\n'
    )
