"""Pages that would do something to whoever opens them: scripts, addresses, styles and names in every place for them."""

from __future__ import annotations

import itertools

HANDLERS = ("onload", "onerror", "onclick", "onmouseover", "onfocus", "ontoggle", "onbegin", "onpointerenter")
SCHEMES = (
    *("javascript:BOOM", "JaVaScRiPt:BOOM", " javascript:BOOM", "java\tscript:BOOM", "java\nscript:BOOM"),
    *("vbscript:BOOM", "data:text/html,<script>BOOM</script>", "data:text/html;base64,PHNjcmlwdD5CT09NPC9zY3JpcHQ+"),
    *("blob:https://evil.example/1", "file:///etc/passwd", "//evil.example/x", "view-source:https://evil.example/"),
    *("\\\\evil.example\\x", 'https://evil.example/" onclick="BOOM', "https://evil.example/'><script>BOOM</script>"),
    *("filesystem:https://evil.example/x", "intent://x#Intent;end", "ms-word:ofe|u|https://evil.example/x"),
)
"""Addresses; BOOM is replaced by what leaves a trace."""

XHTML = b'<?xml version="1.0"?>\n<html xmlns="http://www.w3.org/1999/xhtml"><script>x()</script></html>'
"""XML to all that look at its beginning, and a page that runs a script to browsers."""

TRACE = "document.title='executed'"

TITLES = (
    "</title><script>BOOM</script>",
    "</style><script>BOOM</script>",
    '"><img src=x onerror=BOOM>',
    "safe\u202egnp.exe",
    "\u2066left\u2069 \u202etirw",
    "--><script>BOOM</script>",
    "]]><script>BOOM</script>",
    "&lt;script&gt;BOOM&lt;/script&gt;",
    "\u200b\ufeff",
)

PLACES = (
    "<script>BOOM</script>",
    "<svg><script>BOOM</script><a xlink:href='javascript:BOOM'><text>t</text></a></svg>",
    "<svg onload=BOOM><animate onbegin=BOOM attributeName=x></svg>",
    "<svg><style>@import 'https://evil.example/a.css'; *{background:url(https://evil.example/b)}</style></svg>",
    "<math><mtext><script>BOOM</script></mtext><maction actiontype=statusline href=javascript:BOOM>m</maction></math>",
    "<img src=x onerror=BOOM alt='\"><script>BOOM</script>'>",
    "<img src=https://evil.example/p.png srcset='https://evil.example/q.png 2x' alt=a>",
    "<iframe src=javascript:BOOM></iframe><iframe srcdoc='<script>parent.BOOM</script>'></iframe>",
    "<object data=javascript:BOOM>o</object><embed src=https://evil.example/e>",
    "<form action=javascript:BOOM><button formaction=javascript:BOOM>b</button><input onfocus=BOOM autofocus></form>",
    "<details open ontoggle=BOOM><summary>s</summary>d</details>",
    "<style>@import url(https://evil.example/c.css); p{background:url('https://evil.example/d')}</style>",
    "<link rel=stylesheet href=https://evil.example/e.css><link rel=preconnect href=https://evil.example>",
    "<p style='background:url(https://evil.example/f);position:fixed;inset:0' lang='\"><script>BOOM</script>'>p</p>",
    "<p id='\"><script>BOOM</script>' class=around data-ours>i</p><a href='#\"><script>BOOM</script>'>l</a>",
    "<a href=https://evil.example/ ping=https://evil.example/ping target=_top download>out</a>",
    "<meta http-equiv=refresh content='0;url=https://evil.example/'><base href=https://evil.example/>",
    "<template><script>BOOM</script></template><noscript><p title='</noscript><script>BOOM</script>'>n</p></noscript>",
    "<textarea></textarea><textarea><script>BOOM</script></textarea><xmp><script>BOOM</script></xmp>",
    "<plaintext-x>t</plaintext-x><x-y onclick=BOOM is=z>custom</x-y><marquee onstart=BOOM>m</marquee>",
    "<video poster=https://evil.example/v onerror=BOOM><source onerror=BOOM src=https://evil.example/w></video>",
    "<ol start='1\" onclick=\"BOOM' type='<script>'><li value='2\"><script>BOOM</script>'>item</li></ol>",
    "<table background=https://evil.example/t><tr><td colspan='9\" onclick=BOOM' rowspan=999999>c</td></tr></table>",
    "<time datetime='\"><script>BOOM</script>'>now</time><abbr title='\"><script>BOOM</script>'>ab</abbr>",
    "<blockquote cite=javascript:BOOM>q</blockquote><q cite='https://evil.example/\"><script>BOOM</script>'>q</q>",
    "<div dir='rtl\" onclick=\"BOOM' lang=javascript:BOOM>dir</div><bdo dir=rtl>override</bdo>",
    "<pre>\n<code class='language-\"><script>BOOM</script>'>x &lt;script&gt;BOOM&lt;/script&gt;</code></pre>",
    '<p>&lt;script&gt;BOOM&lt;/script&gt; &lt;p id="b12345678" data-from="x"&gt; </main><script>BOOM</script></p>',
)


def pages() -> dict[str, str]:
    """The pages, by a name for each."""
    made = {}
    handlers = "".join(f"<p {name}=BOOM tabindex=0>{name}</p>" for name in HANDLERS)
    links = "".join(f'<p><a href="{one.replace(chr(34), "&quot;")}">link {n}</a></p>' for n, one in enumerate(SCHEMES))
    images = "".join(f'<img src="{one.replace(chr(34), "&quot;")}" alt="image {n}">' for n, one in enumerate(SCHEMES))
    for number, place in enumerate(PLACES):
        made[f"place-{number:02}"] = place
    for number, title in enumerate(TITLES):
        made[f"title-{number:02}"] = (
            f"<title>{title}</title><h1>{title}</h1><h2>{title}</h2><h3>{title}</h3><p>{title}</p>"
        )
    made["handlers"] = handlers
    made["links"] = links + images
    made["all"] = "".join(itertools.chain(PLACES, (handlers, links, images)))
    begin = "<!DOCTYPE html><html lang=en><meta charset=utf-8><meta name=author content='\"><script>BOOM</script>'>"
    return {name: f"{begin}<main><p>Words before.</p>{body}<p>Words behind.</p></main>".replace("BOOM", TRACE)
            for name, body in made.items()}  # fmt: skip
