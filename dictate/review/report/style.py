"""The report's style sheet: light and dark, for a phone, a desk and paper. Text stands 4.5:1 from what is behind it."""

from __future__ import annotations

STYLE = """
:root {
  color-scheme: light dark;
  --ground: #ffffff; --raised: #f5f6f8; --text: #1b1f24; --quiet: #57606a; --rule: #d5dae0; --link: #0b57a8;
  --plain: #4a76ad; --hard: #b4420b; --good: #22734a; --mixed: #80631a; --bad: #b02a1f; --on: #ffffff;
}
@media (prefers-color-scheme: dark) {
  :root {
    --ground: #14171c; --raised: #1d2229; --text: #e6e9ee; --quiet: #a5adb8; --rule: #3a414b; --link: #8cbaf7;
    --plain: #7fabdf; --hard: #f0935a; --good: #66c492; --mixed: #d4b25c; --bad: #f28579; --on: #14171c;
  }
}
* { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; scroll-padding-top: 1rem; }
body {
  margin: 0 auto; padding: 1rem; max-width: 62rem; background: var(--ground); color: var(--text);
  font: 16px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif; overflow-wrap: anywhere;
}
h1 { font-size: 1.6rem; line-height: 1.25; margin: 0.5rem 0; }
h2 { font-size: 1.35rem; margin: 2.5rem 0 0.5rem; padding-top: 0.75rem; border-top: 2px solid var(--rule); }
h3 { font-size: 1.1rem; margin: 1.75rem 0 0.5rem; }
h4 { font-size: 1rem; margin: 1.25rem 0 0.25rem; }
p, ul, ol { margin: 0.4rem 0; }
ul, ol { padding-left: 1.25rem; }
li { margin: 0.2rem 0; }
a { color: var(--link); }
a:focus-visible, summary:focus-visible { outline: 3px solid var(--link); outline-offset: 2px; }
.quiet { color: var(--quiet); }
.hard-text { color: var(--hard); font-weight: 600; }
.charts { display: grid; gap: 1rem; grid-template-columns: repeat(auto-fit, minmax(min(21rem, 100%), 1fr)); }
figure { margin: 0; padding: 0.75rem; background: var(--raised); border-radius: 0.5rem; min-width: 0; }
figcaption { font-weight: 600; margin-bottom: 0.4rem; }
svg { display: block; width: 100%; max-width: 30rem; height: auto; }
svg text { font-size: 12px; fill: var(--text); }
svg .value { fill: var(--quiet); }
svg .on { fill: var(--on); font-weight: 600; }
svg .grid { stroke: var(--rule); stroke-width: 1; }
svg .line { fill: none; stroke: var(--plain); stroke-width: 2; }
svg .plain { fill: var(--plain); } svg .hard { fill: var(--hard); } svg .good { fill: var(--good); }
svg .mixed { fill: var(--mixed); } svg .bad { fill: var(--bad); }
.key { list-style: none; padding: 0; margin: 0 0 0.4rem; display: flex; flex-wrap: wrap; gap: 0.25rem 1rem;
  font-size: 0.85rem; }
.key svg { display: inline-block; width: 0.8rem; height: 0.8rem; margin-right: 0.35rem; vertical-align: -0.05rem; }
details { margin-top: 0.5rem; font-size: 0.9rem; }
summary { cursor: pointer; color: var(--link); }
table { border-collapse: collapse; width: 100%; margin: 0.4rem 0; }
th, td { text-align: left; vertical-align: top; padding: 0.25rem 0.5rem 0.25rem 0; }
th, td { border-bottom: 1px solid var(--rule); }
thead th { overflow-wrap: normal; }
td.number, th.number { text-align: right; font-variant-numeric: tabular-nums; }
:target { background: var(--raised); outline: 2px solid var(--link); }
@media print {
  :root {
    color-scheme: light; --ground: #ffffff; --raised: #ffffff; --text: #000000; --quiet: #444444; --rule: #bbbbbb;
    --link: #000000; --plain: #4a76ad; --hard: #b4420b; --good: #22734a; --mixed: #80631a; --bad: #b02a1f;
    --on: #ffffff;
  }
  @page { margin: 15mm; }
  body { max-width: none; padding: 0; font-size: 10.5pt; print-color-adjust: exact; -webkit-print-color-adjust: exact; }
  nav, .onscreen { display: none; }
  .client + .client { break-before: page; }
  figure, li, tr { break-inside: avoid; }
  h2, h3, h4 { break-after: avoid; }
  a { text-decoration: none; }
  figure { border: 1px solid var(--rule); }
  details::details-content { display: block; content-visibility: visible; block-size: auto; }
}
"""
