"""English names of languages, for readers of the TEI header.

Source: ISO 639-1 (the codes of two letters), names as in the IANA Language Subtag Registry.
"""

from __future__ import annotations


def _pairs(text: str) -> dict[str, str]:
    return dict(pair.split("=") for pair in text.split())


_NAMES = _pairs(
    "aa=Afar ab=Abkhazian ae=Avestan af=Afrikaans ak=Akan am=Amharic an=Aragonese ar=Arabic as=Assamese av=Avaric "
    "ay=Aymara az=Azerbaijani ba=Bashkir be=Belarusian bg=Bulgarian bh=Bihari bi=Bislama bm=Bambara bn=Bengali "
    "bo=Tibetan br=Breton bs=Bosnian ca=Catalan ce=Chechen ch=Chamorro co=Corsican cr=Cree cs=Czech cv=Chuvash "
    "cy=Welsh da=Danish de=German dv=Dhivehi dz=Dzongkha ee=Ewe el=Greek en=English eo=Esperanto es=Spanish "
    "et=Estonian eu=Basque fa=Persian ff=Fulah fi=Finnish fj=Fijian fo=Faroese fr=French ga=Irish gl=Galician "
    "gn=Guarani gu=Gujarati gv=Manx ha=Hausa he=Hebrew hi=Hindi hr=Croatian ht=Haitian hu=Hungarian hy=Armenian "
    "hz=Herero ia=Interlingua id=Indonesian ig=Igbo ik=Inupiaq in=Indonesian io=Ido is=Icelandic it=Italian "
    "iu=Inuktitut iw=Hebrew ja=Japanese ji=Yiddish jv=Javanese jw=Javanese ka=Georgian kg=Kongo kk=Kazakh "
    "kl=Kalaallisut km=Khmer kn=Kannada ko=Korean ks=Kashmiri ku=Kurdish kv=Komi kw=Cornish ky=Kirghiz la=Latin "
    "lb=Luxembourgish lg=Ganda li=Limburgan ln=Lingala lo=Lao lt=Lithuanian lv=Latvian mg=Malagasy mh=Marshallese "
    "mi=Maori mk=Macedonian ml=Malayalam mn=Mongolian mo=Romanian mr=Marathi ms=Malay mt=Maltese my=Burmese "
    "na=Nauru ne=Nepali ng=Ndonga nl=Dutch no=Norwegian nv=Navajo ny=Nyanja oc=Occitan oj=Ojibwa om=Oromo "
    "or=Oriya os=Ossetian pa=Panjabi pi=Pali pl=Polish ps=Pushto pt=Portuguese qu=Quechua rm=Romansh rn=Rundi "
    "ro=Romanian ru=Russian rw=Kinyarwanda sa=Sanskrit sc=Sardinian sd=Sindhi sg=Sango sh=Serbo-Croatian "
    "si=Sinhala sk=Slovak sl=Slovenian sm=Samoan sn=Shona so=Somali sq=Albanian sr=Serbian ss=Swati su=Sundanese "
    "sv=Swedish sw=Swahili ta=Tamil te=Telugu tg=Tajik th=Thai ti=Tigrinya tk=Turkmen tl=Tagalog tn=Tswana "
    "to=Tonga tr=Turkish ts=Tsonga tt=Tatar tw=Twi ty=Tahitian ug=Uighur uk=Ukrainian ur=Urdu uz=Uzbek ve=Venda "
    "vi=Vietnamese vo=Volapük wa=Walloon wo=Wolof xh=Xhosa yi=Yiddish yo=Yoruba za=Zhuang zh=Chinese zu=Zulu "
    "cmn=Mandarin yue=Cantonese wuu=Wu gsw=Alemannic nds=Saxon sco=Scots fil=Filipino ckb=Sorani hsb=Sorbian "
    "ast=Asturian grc=Greek mul=various und=undetermined"
) | {"nb": "Norwegian Bokmål", "nn": "Norwegian Nynorsk", "gd": "Scottish Gaelic", "grc": "Ancient Greek"}
_SCRIPTS = {
    "hans": "simplified script",
    "hant": "traditional script",
    "latn": "Latin script",
    "cyrl": "Cyrillic script",
    "arab": "Arabic script",
}


def language_name(tag: str) -> str:
    """A language as a person says it: ``zh-Hans`` is "Chinese (simplified script)"; the tag where no name is known."""
    primary, *rest = tag.split("-")
    name = _NAMES.get(primary.lower())
    if name is None:
        return tag
    more = ", ".join(_SCRIPTS.get(part.lower(), part) for part in rest)
    return f"{name} ({more})" if more else name
