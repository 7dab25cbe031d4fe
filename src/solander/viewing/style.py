"""The style of the reading view: a long text on a phone, a desk and on paper, by day and by night, in any script.

It asks for nothing: fonts are those of the reader's machine. The policy of the view names it by its digest, so that no
other style is applied, whatever slips in.

Source: CSS Fonts 4, CSS Text 3, CSS Logical Properties 1; CSP 3, 2.3.1 (hash sources).
"""

from __future__ import annotations

import re
from base64 import b64encode
from hashlib import sha256

# Written to be read; what is shipped in every bag is the same without its white space.
_WRITTEN = """
:root {
  --paper: #fcfbf8; --tint: #f3f0e9; --ink: #22201c; --soft: #696359; --line: #dfd9cd; --lead: #1b4d77;
  --glow: #fdf0c8; --m: #33607f; --o: #c9c0ae; --g: #c2702e;
  --serif: "Iowan Old Style", "Palatino Linotype", Palatino, "Source Serif 4", "Noto Serif", "DejaVu Serif",
    Georgia, serif;
  --sans: system-ui, "Segoe UI", Roboto, "Noto Sans", "Liberation Sans", Arial, sans-serif;
  --mono: ui-monospace, "SF Mono", Menlo, Consolas, "DejaVu Sans Mono", monospace;
}
@media (prefers-color-scheme: dark) {
  :root {
    --paper: #191815; --tint: #24221e; --ink: #e2ddd2; --soft: #a39c8f; --line: #3a362f; --lead: #94bfe3;
    --glow: #43391c; --m: #6d9dc0; --o: #5a5448; --g: #d58a4a;
  }
}
* { box-sizing: border-box; }
html { background: var(--paper); color: var(--ink); -webkit-text-size-adjust: 100%; scroll-padding-top: 2rem; }
body {
  margin: 0; padding: 0 1.25rem 4rem; font: 1.0625rem/1.6 var(--serif); overflow-wrap: break-word;
  display: grid; grid-template-columns: minmax(0, 1fr) minmax(0, 36rem) minmax(0, 1fr);
}
body > * { grid-column: 2; min-width: 0; }
a { color: var(--lead); text-decoration-thickness: 1px; text-underline-offset: .18em; }
a:focus-visible, summary:focus-visible, .wide:focus-visible { outline: 2px solid var(--lead); outline-offset: 2px; }
[data-ours] { font-family: var(--sans); }
.skip { position: absolute; inset-inline-start: -99rem; }
.skip:focus { inset-inline-start: 1rem; top: .5rem; background: var(--paper); padding: .3rem .6rem; z-index: 2; }

.banner { padding-block: 1rem .5rem; }
.facts {
  margin: 0; font-size: .8125rem; line-height: 1.5; color: var(--soft); padding-bottom: .75rem;
  border-bottom: 1px solid var(--line);
}
.facts i { font-style: normal; }
.facts b { font-weight: 600; color: var(--ink); }
.name { font: 600 1.9rem/1.2 var(--serif); margin: 2.25rem 0 .4rem; text-wrap: balance; }
.by { margin: 0; color: var(--soft); font-size: .9375rem; }

.contents { font-size: .875rem; line-height: 1.4; margin-block: 1rem; }
.contents summary { color: var(--soft); cursor: pointer; }
.contents ul { list-style: none; margin: .6rem 0 0; padding: 0; }
.contents li { margin: .4em 0; }
.contents a { color: inherit; text-decoration: none; }
.contents a:hover { text-decoration: underline; }
.d1 { padding-inline-start: 1rem; } .d2 { padding-inline-start: 2rem; } .d3 { padding-inline-start: 3rem; }

main { padding-block: .5rem 2rem; }
article { margin-block: 1.5rem 2.5rem; }
h1, h2, h3, h4, h5, h6 {
  line-height: 1.25; font-weight: 600; margin: 2.2em 0 .6em; text-wrap: balance; break-after: avoid;
}
h1 { font-size: 1.9rem; line-height: 1.2; margin-top: 1.2em; } h2 { font-size: 1.4rem; } h3 { font-size: 1.18rem; }
h4, h5, h6 { font-size: 1.0625rem; }
p, ul, ol, dl, pre, blockquote, figure, .wide { margin: 0 0 1em; }
p { hyphens: auto; }
li { margin-block: .25em; } li > p { margin-bottom: .4em; }
ul, ol { padding-inline-start: 1.6em; }
.plain { list-style: none; padding-inline-start: 0; }
dt { font-weight: 600; } dd { margin-inline-start: 1.6em; }
blockquote { padding-inline-start: 1.2em; border-inline-start: 2px solid var(--line); }
.cited, .attribution { font-size: .875rem; color: var(--soft); }
hr { border: 0; border-top: 1px solid var(--line); width: 8rem; margin: 2.5em auto; }
.subtitle { font-size: 1.15rem; color: var(--soft); }
.byline, .dateline, .address { font-size: .9375rem; color: var(--soft); }
.signature { text-align: end; }
.label { font-weight: 600; }
.box { margin: 0 0 1em; padding: .8em 1.2em 0; border: 1px solid var(--line); border-radius: 4px; }
.box > .caption:first-child { font-weight: 600; }
.speech {
  margin-bottom: 1em;
}
.speaker {
  font-variant: small-caps; letter-spacing: .03em; font-weight: 600; margin: 0;
}
.speech > :not(.speaker) { margin-inline-start: 1.6em; }
code, kbd, samp, pre, .digest { font-family: var(--mono); font-size: .86em; }
pre {
  overflow-x: auto; padding: .9em 1em; background: var(--tint); border-radius: 4px; line-height: 1.5;
  tab-size: 4; hyphens: none;
}
pre code { font-size: 1em; }
.wide { overflow-x: auto; }
table {
  border-collapse: collapse; font: .875rem/1.45 var(--sans); font-variant-numeric: tabular-nums;
  min-width: 50%;
}
th, td {
  padding: .4em .8em .4em 0; text-align: start; vertical-align: top; border-bottom: 1px solid var(--line);
  min-width: 3em;
}
th { font-weight: 600; } td p, th p { margin: 0 0 .3em; }
caption, figcaption { font: .875rem/1.45 var(--sans); color: var(--soft); text-align: start; padding-block: .4em; }
figure { padding-block: .5em; } figure > div { margin-bottom: .3em; }
sub, sup { line-height: 0; }
mark { background: var(--glow); color: inherit; }
.big { font-size: 1.15em; } .formula { font-style: italic; }
.stage { font-style: italic; }
.running, .page { font: .8125rem/1.4 var(--sans); color: var(--soft); } .page::before { content: "¦ " attr(data-page); }
.thing { font: .8125rem/1.4 var(--sans); color: var(--soft); text-decoration: none; }
.thing::before {
  content: attr(aria-label); display: inline-block; max-width: 100%; padding: .15em .6em;
  border: 1px dashed var(--line); border-radius: 4px; overflow-wrap: anywhere;
}
[data-hidden] { color: var(--soft); text-decoration: underline dotted var(--line); }
summary { cursor: pointer; }
.around { border-top: 1px solid var(--line); font-size: .9375rem; color: var(--soft); }
.around[open] { padding-bottom: 1rem; }
.around .around { margin-inline-start: 1rem; }
main > .around:first-child { border-top: 0; }
.around + article, article + .around { margin-top: 1.5rem; }
main > .around:last-child { border-bottom: 1px solid var(--line); }
.around > summary { padding-block: .45rem; font-size: .8125rem; color: var(--soft); unicode-bidi: isolate; }
.around > summary span { margin-inline-start: .4em; }
.around h1, .around h2, .around h3 { font-size: 1.0625rem; margin-top: 1em; }
.mark { text-decoration: none; color: var(--soft); opacity: 0; margin-inline-start: .3em; }
.mark::before { content: "\\b6"; }
:hover > .mark, .mark:focus { opacity: 1; }
.note { font-size: .875rem; line-height: 1.5; }
.noteref { text-decoration: none; padding-inline: .15em; }
[data-from]:has(.again) { position: relative; }
.again {
  display: none; position: absolute; inset-inline: 0; margin-top: 1.7em; z-index: 1; padding: .7em .9em;
  font-size: .8125rem; line-height: 1.5; color: var(--ink); background: var(--tint);
  border: 1px solid var(--line); border-radius: 6px; text-align: start;
}
a:hover + .again, a:focus-visible + .again, sup:hover > .again { display: block; }
:target, :has(> :target:empty) { background: var(--glow); box-shadow: 0 0 0 .35em var(--glow); border-radius: 2px; }
#text:target, section:target { background: none; box-shadow: none; }
[data-from]:target::after {
  content: attr(data-from); display: block; font: .6875rem/1.4 var(--mono); color: var(--soft);
  overflow-wrap: anywhere; direction: ltr; text-align: left;
}

footer { border-top: 1px solid var(--line); font-size: .875rem; line-height: 1.5; }
footer h2 { font: 600 1rem/1.3 var(--sans); margin: 2.2rem 0 .6rem; }
footer p { hyphens: manual; }
.small, small { font-size: .8125rem; color: var(--soft); }
svg { display: block; width: 100%; height: auto; margin-block: .8rem; }
.m path { fill: var(--m); } .o path { fill: var(--o); } .g path { fill: var(--g); }
.g path { stroke: var(--g); stroke-width: 1; }
svg a:hover path, svg a:focus path { fill: var(--ink); }
.legend { list-style: none; padding: 0; display: flex; flex-wrap: wrap; gap: .2rem 1.4rem; }
.legend li::before {
  content: ""; display: inline-block; width: .7em; height: .7em; border-radius: 2px; margin-inline-end: .45em;
  background: var(--m);
}
.legend .o::before { background: var(--o); } .legend .g::before { background: var(--g); }
.legend b { font-weight: 600; }
.card dl { margin: 0 0 .6rem; }
.card div {
  display: grid; grid-template-columns: 8.5rem minmax(0, 1fr); gap: 1rem; padding-block: .3rem;
  border-bottom: 1px solid var(--line);
}
.card dt { font-weight: 400; color: var(--soft); } .card dd { margin: 0; overflow-wrap: anywhere; }
.card dt small { display: block; }

:lang(zh), :lang(ja), :lang(ko) { hyphens: manual; line-break: strict; }
:lang(zh) { --serif: "Noto Serif CJK SC", "Source Han Serif SC", "Songti SC", STSong, SimSun, serif; }
:lang(zh-Hant), :lang(zh-TW), :lang(zh-HK) {
  --serif: "Noto Serif CJK TC", "Source Han Serif TC", "Songti TC", PMingLiU, serif;
}
:lang(ja) { --serif: "Noto Serif CJK JP", "Source Han Serif JP", "Hiragino Mincho ProN", "Yu Mincho", serif; }
:lang(ko) { --serif: "Noto Serif CJK KR", "Source Han Serif KR", AppleMyungjo, Batang, serif; word-break: keep-all; }
:lang(ar), :lang(fa), :lang(ur) {
  --serif: "Noto Naskh Arabic", Amiri, "Scheherazade New", "Geeza Pro", "Traditional Arabic", serif;
}
:lang(he), :lang(yi) { --serif: "Noto Serif Hebrew", "Frank Ruehl CLM", "Times New Roman", serif; }
main:lang(zh), main:lang(ja), main:lang(ko) { font-family: var(--serif); line-height: 1.85; }
main:lang(zh) p, main:lang(ja) p { text-align: justify; }
main:lang(ar), main:lang(fa), main:lang(ur) { font-family: var(--serif); font-size: 1.2rem; line-height: 1.9; }
main:lang(he), main:lang(yi) { font-family: var(--serif); font-size: 1.125rem; line-height: 1.7; }

@media (min-width: 42rem) { body { font-size: 1.125rem; } }
@media (min-width: 78rem) {
  .contents { grid-column: 1; grid-row: 2 / span 2; justify-self: end; width: 15rem; margin: 1.5rem 3rem 0 0; }
  .contents details { position: sticky; top: 1.5rem; max-height: calc(100vh - 3rem); overflow-y: auto; }
  .contents details::details-content { content-visibility: visible; height: auto; }
}
@media (max-width: 30rem) {
  .card div { grid-template-columns: minmax(0, 1fr); gap: 0; }
  h1, .name { font-size: 1.6rem; }
}
@media print {
  @page { margin: 22mm 20mm; }
  :root {
    --paper: #fff; --tint: #f6f6f6; --ink: #000; --soft: #444; --line: #bbb; --lead: #000; --glow: none;
    --m: #444; --o: #bbb; --g: #888;
  }
  body { display: block; font-size: 10.5pt; padding: 0; }
  .skip, .contents, .mark, .again, .around:not([open]) { display: none; }
  a { text-decoration: none; }
  pre { white-space: pre-wrap; }
  p { orphans: 3; widows: 3; }
  figure, pre, .card div, tr { break-inside: avoid; }
  .wide { overflow: visible; } .wide table { min-width: 0; max-width: 100%; }
  .wide th, .wide td { min-width: 0; padding-inline-end: .3em; overflow-wrap: anywhere; }
  .many table { font-size: 6pt; }
  svg { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
}
"""

_BESIDE = """
@media (min-width: 60rem) {
  .beside { grid-template-columns: repeat(3, minmax(0, 1fr)); gap: 1.25rem; padding: 0 1.25rem; height: 100vh; }
  .beside > * { grid-column: auto; }
  .beside > section { overflow: auto; height: 100vh; }
}
.beside { font-size: 1rem; }
.beside > .unseen { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
.beside > section > h2 {
  position: sticky; top: 0; z-index: 1; margin: 0; padding: .8rem 0 .6rem; background: var(--paper);
  font: 600 .8125rem/1.4 var(--sans); color: var(--soft); border-bottom: 1px solid var(--line);
}
.beside iframe { width: 100%; height: calc(100vh - 3.5rem); border: 0; background: #fff; color-scheme: light; }
.to {
  display: inline-block; min-width: 24px; text-align: center; text-decoration: none;
  font: .7rem/24px var(--sans); color: var(--soft);
}
.to:hover, .to:focus { color: var(--lead); }
.tei { white-space: pre-wrap; overflow-wrap: anywhere; font-size: .75rem; background: none; padding: .6rem 0; }
.tei a { color: var(--lead); text-decoration: underline; scroll-margin: 5rem; }
.beside main [id] { scroll-margin-top: 5rem; }
"""


def shortened(style: str) -> str:
    """A style without the white space that only its writer needs; strings are kept as they are."""
    style = re.sub(r"\s+", " ", style)
    parted = r" ?([{};,]) ?|(?<=[a-z-]): (?=[^{}]*[;}])"
    return re.sub(parted, lambda one: one[1] or ":", style).replace(";}", "}").strip()


def digest_of(style: str) -> str:
    """A style's digest as a policy names it."""
    return f"sha256-{b64encode(sha256(style.encode()).digest()).decode()}"


STYLE = shortened(_WRITTEN)
STYLE_DIGEST = digest_of(STYLE)
SIDE_BY_SIDE_STYLE = shortened(_BESIDE)
"""What three columns need besides."""
