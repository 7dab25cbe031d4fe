"""The script of the page of search: the one script that Solander writes, for archives that are files.

It reads the index (``static_index``), looks into the files of the bags that have all pieces of what is sought, and
lists those that have the words themselves. It writes text, never markup, and asks for nothing but files beside it.

Source: docs/showing.md, "As files"; ECMAScript 2020.
"""

from __future__ import annotations

from solander.cataloguing.folding import OUTER, QUOTATION_MARKS, STROKED, UNMEANT, UNSPACED, UNSTROKED

_WRITTEN = r"""
"use strict";
// The page of search of an archive that Solander wrote as files. What it shows is text; it makes no markup of it.
(() => {
  const UNSPACED = "@UNSPACED@";
  const RUNS = new RegExp(`([${UNSPACED}]+)|([^${UNSPACED}]+)`, "gu");
  const SHORT = /(?<![\p{L}\p{N}])[\p{L}\p{N}]{1,2}(?![\p{L}\p{N}])/gu;
  const IN_TITLE = "\u0002", SHORT_WORD = "\u0001", SHOWN = 10, AROUND = 80, PASSAGE = 260;

  const fold = (text) => text.normalize("NFKD").toLowerCase().replace(/ß/g, "ss").replace(/ς/g, "σ")
    .replace(/\u0345/g, "ι").replace(/[@UNMEANT@]+/g, "")
    .replace(/[@STROKED@]/g, (one) => "@UNSTROKED@"["@STROKED@".indexOf(one)]).normalize("NFC");
  // White space as Python has it.
  const SPACES = /[\t-\r\u001c-\u0020\u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+/u;
  const inLine = (text) => text.split(SPACES).filter(Boolean).join(" ");
  const isUnspaced = (text) => new RegExp(`^[${UNSPACED}]+$`, "u").test(text);

  const pieces = (folded) => {
    const out = new Set();
    for (const [, unspaced, spaced] of folded.matchAll(RUNS)) {
      if (unspaced !== undefined) {
        const letters = [...unspaced];
        for (let at = 0; at < Math.max(letters.length - 1, 1); at++) out.add(letters.slice(at, at + 2).join(""));
      } else {
        const line = inLine(spaced), letters = [...line];
        for (let at = 0; at + 3 <= letters.length; at++) out.add(letters.slice(at, at + 3).join(""));
        // Beside other characters two letters may be the end of a word, which the index has by its three.
        const isAlone = letters.length < 3 && spaced === folded;
        if (isAlone) for (const [word] of line.matchAll(SHORT)) out.add(SHORT_WORD + word);
      }
    }
    return out;
  };

  const partOf = (piece, digits) => {
    let number = 7;
    for (const letter of piece) number = (number * 31 + letter.codePointAt(0)) % 1000003;
    return (number % 16 ** digits).toString(16).padStart(digits, "0");
  };

  const termsOf = (words) => {
    const out = [];
    const said = words.slice(0, 1000).replace(/[@QUOTATION_MARKS@]/g, '"');
    for (const match of said.matchAll(/"([^"]+)"|(\S+)/gu)) {
      const term = inLine(fold(match[1] || match[2].replace(/^[@OUTER@]+|[@OUTER@]+$/g, ""))).slice(0, 100);
      if (term && !out.includes(term) && out.length < 12 && pieces(term).size) out.push(term);
    }
    return out;
  };

  const placeOf = (folded, term) => {
    if ([...term].length > 2 || isUnspaced(term)) return folded.indexOf(term);
    const plain = term.replace(/[^\p{L}\p{N}]/gu, "\\$&");
    return folded.search(new RegExp(`(?<![\\p{L}\\p{N}])${plain}(?![\\p{L}\\p{N}])`, "u"));
  };

  // A line folded, and for each code unit of that the place in the line from which it came.
  const placed = (line) => {
    const folded = fold(line);
    if (folded.length === line.length) return [folded, null];
    let out = "", at = 0;
    const places = [];
    for (const letter of line) {
      const part = fold(letter);
      for (let n = 0; n < part.length; n++) places.push(at);
      out += part;
      at += letter.length;
    }
    return [out, places];
  };

  // As in "viewing/markup.py": what turns the direction of writing beyond its line, or cannot be seen.
  const CONTROLS = "\\u0000-\\u001f\\u007f-\\u009f";
  const spoofing = new RegExp(
    `[${CONTROLS}\\u200b\\u200e\\u200f\\u061c\\u2028-\\u202e\\u2060-\\u206f\\ufeff\\ufff9-\\ufffb]+`, "g");
  const shownAs = (text) => text.replace(spoofing, "\ufffd");

  const marked = (line, terms, into) => {
    const [folded, places] = placed(line);
    const from = (at) => (places === null ? at : at < places.length ? places[at] : line.length);
    const spans = [];
    for (const term of terms) {
      for (let at = folded.indexOf(term); at >= 0; at = folded.indexOf(term, at + term.length)) {
        spans.push([from(at), from(at + term.length)]);
      }
    }
    spans.sort((one, other) => one[0] - other[0]);
    let done = 0;
    for (const [begin, end] of spans) {
      if (begin < done || end <= begin) continue;
      into.append(shownAs(line.slice(done, begin)));
      const mark = document.createElement("mark");
      mark.textContent = shownAs(line.slice(begin, end));
      into.append(mark);
      done = end;
    }
    into.append(shownAs(line.slice(done)));
  };

  const passage = (text, terms, into) => {
    const [folded, places] = placed(text);
    const found = terms.map((term) => placeOf(folded, term)).filter((at) => at >= 0);
    let begin = 0;
    if (found.length) {
      const at = Math.min(...found);
      begin = Math.max(0, (places === null ? at : places[at]) - AROUND);
      const space = begin ? text.indexOf(" ", begin) : -1;
      if (space >= 0 && space < begin + 20) begin = space + 1;
    }
    // Not within a character that is two units.
    if (begin && text.charCodeAt(begin) >= 0xdc00 && text.charCodeAt(begin) <= 0xdfff) begin += 1;
    let end = begin + PASSAGE;
    const last = end < text.length ? text.lastIndexOf(" ", end) : -1;
    if (last > end - 20) end = last;
    if (text.charCodeAt(end) >= 0xdc00 && text.charCodeAt(end) <= 0xdfff) end += 1;
    if (begin) into.append("… ");
    marked(text.slice(begin, end), terms, into);
    if (end < text.length) into.append(" …");
  };

  const waiting = new Map(), parts = new Map(), pages = new Map();
  globalThis.solander = {
    part: (name, value) => parts.set(name, value),
    page: (number, value) => pages.set(number, value),
    fold, pieces, partOf, termsOf,
  };
  if (typeof document === "undefined") return;

  const load = (address) => {
    if (!waiting.has(address)) {
      waiting.set(address, new Promise((done, failed) => {
        const script = document.createElement("script");
        script.src = address;
        script.onload = () => done();
        script.onerror = () => failed(new Error("a part of the index could not be read"));
        document.head.append(script);
      }));
    }
    return waiting.get(address);
  };

  const told = document.getElementById("told"), list = document.getElementById("hits");
  const more = document.getElementById("more");
  const total = Number(told.dataset.pages), whole = Number(told.dataset.bags), digits = Number(told.dataset.digits);

  const numbersOf = async (piece) => {
    const name = partOf(piece, digits);
    await load(`search/index/${name}.js`);
    const part = parts.get(name), steps = part !== undefined && Object.hasOwn(part, piece) ? part[piece] : [];
    let number = 0;
    return steps.map((step) => (number += step));
  };

  const together = async (wanted) => {
    const found = (await Promise.all([...wanted].map(numbersOf))).sort((one, other) => one.length - other.length);
    return found.slice(1).reduce((kept, one) => {
      const those = new Set(one);
      return kept.filter((number) => those.has(number));
    }, found[0]);
  };

  const show = (page, terms) => {
    const item = document.createElement("li"), link = document.createElement("a");
    link.href = `bags/${page.folder.split("/").map(encodeURIComponent).join("/")}/index.html`;
    link.dir = "auto";
    marked(page.title, terms, link);
    const facts = document.createElement("p"), said = document.createElement("p");
    facts.className = "soft";
    page.facts.filter(Boolean).forEach((fact, number) => {
      const part = document.createElement("bdi");
      part.textContent = shownAs(fact);
      facts.append(...(number ? [" · ", part] : [part]));
    });
    said.dir = "auto";
    passage(page.text, terms, said);
    item.append(link, facts, said);
    list.append(item);
  };

  const counted = (bags, pages) => [
    ...(bags || !pages ? [`${bags.toLocaleString("en")} ${bags === 1 ? "bag" : "bags"}`] : []),
    ...(pages ? [`${pages.toLocaleString("en")} ${pages === 1 ? "page" : "pages"}`] : []),
  ].join(" and ");

  const seek = async (words) => {
    const terms = termsOf(words);
    if (!terms.length) {
      told.textContent = words.trim() ? "Nothing that can be sought" : "Search";
      return;
    }
    document.title = `${shownAs(words)}: search`;
    told.textContent = "Looking …";
    const wanted = new Set(terms.flatMap((term) => [...pieces(term)]));
    const numbers = await together(wanted);
    const titled = new Set(numbers.length ? await together(new Set([...wanted].map((one) => IN_TITLE + one))) : []);
    const ordered = [...numbers.filter((one) => titled.has(one)), ...numbers.filter((one) => !titled.has(one))];
    let looked = 0, shown = 0, within = 0;
    const next = async () => {
      more.hidden = true;
      const goal = shown + SHOWN;
      while (shown < goal && looked < ordered.length) {
        const some = ordered.slice(looked, looked + SHOWN);
        await Promise.all(some.map((number) => load(`search/pages/${number}.js`)));
        for (const number of some) {
          if (shown === goal) break;
          looked += 1;
          const page = pages.get(number);
          const folded = inLine(fold(`${page.title}\n${page.facts[0]}\n${page.text}`));
          if (terms.every((term) => placeOf(folded, term) >= 0)) {
            show(page, terms);
            shown += 1;
            // A page of a bag of many stands in a folder within the bag's.
            within += page.folder.includes("/") ? 1 : 0;
          }
        }
      }
      const isAll = looked >= ordered.length;
      const all = total > whole ? counted(whole, total - whole) : total.toLocaleString("en");
      told.textContent = `${counted(shown - within, within)}${isAll ? ` of ${all}`
        : `, of at most ${ordered.length.toLocaleString("en")}`}`;
      more.hidden = isAll;
    };
    more.onclick = next;
    await next();
  };

  const words = new URLSearchParams(location.search).get("q") || "";
  for (const field of document.getElementsByName("q")) field.value = words;
  seek(words).catch(() => { told.textContent = "The index could not be read; everything is in the lists below"; });
})();
"""


def _ranges() -> str:
    """The scripts without spaces, as a class of ECMAScript's."""
    return "".join(letter if letter == "-" else f"\\u{{{ord(letter):x}}}" for letter in UNSPACED)


_SCRIPT = _WRITTEN.replace("@STROKED@", STROKED).replace("@UNSTROKED@", UNSTROKED).lstrip()
_SCRIPT = _SCRIPT.replace("@UNMEANT@", UNMEANT).replace("@QUOTATION_MARKS@", QUOTATION_MARKS).replace("@OUTER@", OUTER)
SEARCH_SCRIPT = _SCRIPT.replace("@UNSPACED@", _ranges().replace("\\", "\\\\")).encode()
"""The script, as it is written."""
