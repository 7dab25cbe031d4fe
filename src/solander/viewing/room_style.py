"""The style of an archive's pages: lists, a bag's page, small charts; by day and night, on a phone and on paper.

Source: CSS Grid 1, CSS Logical Properties 1.
"""

ROOM_STYLE = """
:root { --paper:#fcfbf8; --tint:#f3f0e9; --ink:#22201c; --soft:#625c52; --line:#dfd9cd; --lead:#1b4d77; --glow:#fdf0c8;
  --bar:#33607f; --bad:#a3321f; --warn:#8a5a00; --good:#2d6a3e; }
@media (prefers-color-scheme: dark) { :root { --paper:#191815; --tint:#24221e; --ink:#e2ddd2; --soft:#aaa396;
  --line:#3a362f; --lead:#94bfe3; --glow:#43391c; --bar:#6d9dc0; --bad:#f09a88; --warn:#e0b25c; --good:#8fcf9f; } }
* { box-sizing:border-box; }
html { background:var(--paper); color:var(--ink); -webkit-text-size-adjust:100%; }
body { margin:0 auto; max-width:68rem; padding:0 1.25rem 4rem; overflow-wrap:anywhere;
  font:1rem/1.55 system-ui,"Segoe UI",Roboto,"Noto Sans","Noto Sans CJK SC","Liberation Sans",Arial,sans-serif; }
a { color:var(--lead); text-underline-offset:.18em; text-decoration-thickness:1px; }
:focus-visible { outline:2px solid var(--lead); outline-offset:2px; }
.skip { position:absolute; inset-inline-start:-99rem; }
.skip:focus { inset-inline-start:1rem; top:.5rem; background:var(--paper); padding:.3rem .6rem; z-index:2; }
header { display:flex; flex-wrap:wrap; gap:.5rem 1.5rem; align-items:center; padding-block:1rem;
  border-bottom:1px solid var(--line); }
header > a { font-weight:650; color:inherit; text-decoration:none; }
form { display:flex; flex:1 1 16rem; gap:.5rem; }
input { flex:1; min-width:0; font:inherit; padding:.4rem .6rem; color:inherit; background:var(--paper);
  border:1px solid var(--soft); border-radius:4px; }
button { font:inherit; padding:.4rem .9rem; border:1px solid var(--lead); border-radius:4px; background:var(--lead);
  color:var(--paper); cursor:pointer; }
h1 { font-size:1.75rem; line-height:1.2; margin:1.5rem 0 .5rem; text-wrap:balance; }
h2 { font-size:1.1rem; margin:2rem 0 .6rem; } h3 { font-size:1rem; margin:1.2rem 0 .3rem; }
p { margin:.4rem 0; } .soft { color:var(--soft); font-size:.9rem; }
mark { background:var(--glow); color:inherit; border-radius:2px; }
.facts { display:grid; grid-template-columns:repeat(auto-fit,minmax(8rem,1fr)); gap:1rem; margin:1rem 0; padding:0; }
.facts div { border-inline-start:3px solid var(--line); padding-inline-start:.8rem; }
.facts dd { margin:0; font-size:1.5rem; font-variant-numeric:tabular-nums; }
.facts dt { color:var(--soft); font-size:.85rem; }
.charts { display:grid; grid-template-columns:repeat(auto-fit,minmax(min(18rem,100%),1fr)); gap:0 2rem; }
.chart { list-style:none; margin:0; padding:0; font-size:.9rem; }
.chart li { display:grid; grid-template-columns:minmax(0,1fr) auto; gap:.1rem .6rem; margin:.3rem 0; }
.chart svg { grid-column:1/-1; width:100%; height:5px; } .chart rect { fill:var(--bar); }
.chart .rail { fill:var(--tint); } .chart span { font-variant-numeric:tabular-nums; color:var(--soft); }
.found { display:grid; grid-template-columns:13rem minmax(0,1fr); gap:2rem; }
@media (max-width:46rem) { .found { grid-template-columns:minmax(0,1fr); gap:.5rem; } .found > aside { order:2; } }
.hits { list-style:none; margin:0; padding:0; } .hits > li { padding:1rem 0; border-bottom:1px solid var(--line); }
.hits a { font-weight:600; font-size:1.05rem; }
.chosen { display:flex; flex-wrap:wrap; gap:.4rem; margin:.8rem 0; }
.chosen a { border:1px solid var(--line); border-radius:1rem; padding:.1rem .7rem;
  text-decoration:none; font-size:.9rem; }
.bad { color:var(--bad); } .warn { color:var(--warn); } .good { color:var(--good); }
nav.more { display:flex; gap:1.5rem; margin-top:1.5rem; }
.actions { display:flex; flex-wrap:wrap; gap:.5rem 1.2rem; margin:1rem 0; padding:0; list-style:none; }
dl.rows { margin:0; } dl.rows > div { display:grid; grid-template-columns:10rem minmax(0,1fr); gap:.2rem 1rem;
  padding:.3rem 0; border-bottom:1px solid var(--line); }
dl.rows dt { color:var(--soft); } dl.rows dd { margin:0; }
@media (max-width:36rem) { dl.rows > div { grid-template-columns:minmax(0,1fr); } }
ol.line { list-style:none; margin:0; padding-inline-start:1rem; border-inline-start:2px solid var(--line); }
ol.line li { margin:.6rem 0; } table { border-collapse:collapse; width:100%; font-size:.9rem; }
td,th { text-align:start; padding:.25rem .8rem .25rem 0; border-bottom:1px solid var(--line); vertical-align:top; }
td.n,th.n { text-align:end; font-variant-numeric:tabular-nums; white-space:nowrap; } code { font-size:.88em; }
footer { margin-top:3rem; padding-top:.8rem; border-top:1px solid var(--line); color:var(--soft); font-size:.85rem; }
@media print { header form,.actions,nav.more,aside,.skip { display:none; } .found { display:block; } }
"""
