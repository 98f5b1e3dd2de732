/** The one stylesheet: light and dark by the reader's system, no fonts or images from elsewhere. */
export const stylesheet: string = `
:root {
  color-scheme: light dark;
  --ground: #fbfaf8; --sheet: #ffffff; --ink: #1d2126; --soft: #565d66; --line: #dedbd5;
  --accent: #1f4f8f; --code: #f2f0ec; --focus: #1f6feb;
  --good: #14602f; --good-ground: #e2f3e6; --bad: #9b1c1c; --bad-ground: #fce7e6;
  --warn: #7a4a00; --warn-ground: #fdf0d5; --odd: #5b3a8c; --odd-ground: #efe8f9;
  --calm: #3f4852; --calm-ground: #ebeae6;
}
@media (prefers-color-scheme: dark) {
  :root {
    --ground: #14171b; --sheet: #1b1f24; --ink: #e8e6e1; --soft: #a6adb6; --line: #343a42;
    --accent: #8ab8f5; --code: #24292f; --focus: #8ab8f5;
    --good: #8fdba6; --good-ground: #17341f; --bad: #ffaaa3; --bad-ground: #431c1b;
    --warn: #f2c572; --warn-ground: #3a2b0c; --odd: #cdb4f3; --odd-ground: #2e2145;
    --calm: #c3c9d1; --calm-ground: #2a3037;
  }
}
* { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; }
body {
  margin: 0; background: var(--ground); color: var(--ink);
  font: 16px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif;
}
a { color: var(--accent); text-underline-offset: 0.15em; }
:focus-visible { outline: 3px solid var(--focus); outline-offset: 2px; border-radius: 3px; }
code, pre { font-family: ui-monospace, "SF Mono", "Cascadia Mono", Menlo, "DejaVu Sans Mono", monospace; }
code { font-size: 0.875em; overflow-wrap: anywhere; }
p code, dd code, li code { background: var(--code); padding: 0.1em 0.3em; border-radius: 4px; }
.skip { position: absolute; left: -999rem; }
.skip:focus { left: 1rem; top: 0.5rem; background: var(--sheet); padding: 0.5rem 1rem; z-index: 1; }
.hidden { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }

.top {
  display: flex; flex-wrap: wrap; gap: 0.25rem 1.5rem; align-items: baseline;
  padding: 0.9rem clamp(1rem, 4vw, 2.5rem); border-bottom: 1px solid var(--line); background: var(--sheet);
}
.brand { font-weight: 750; font-size: 1.2rem; letter-spacing: -0.02em; color: var(--ink); text-decoration: none; }
.top ul { display: flex; flex-wrap: wrap; gap: 0.2rem; list-style: none; margin: 0; padding: 0; }
.top nav a { display: block; padding: 0.25rem 0.65rem; border-radius: 6px; color: var(--soft); text-decoration: none; }
.top nav a:hover { color: var(--ink); background: var(--calm-ground); }
.top nav a[aria-current] { color: var(--ink); font-weight: 600; background: var(--calm-ground); }
.tenants { display: flex; align-items: baseline; gap: 0.4rem; margin-left: auto; font-size: 0.875rem; color: var(--soft); }

main { max-width: 76rem; margin: 0 auto; padding: 1.75rem clamp(1rem, 4vw, 2.5rem) 4rem; }
h1 { font-size: clamp(1.5rem, 3.2vw, 2rem); line-height: 1.2; letter-spacing: -0.02em; margin: 0 0 1rem; overflow-wrap: anywhere; }
h2 { font-size: 1.2rem; line-height: 1.3; margin: 2.25rem 0 0.75rem; overflow-wrap: anywhere; }
h3, .finding h2 { font-size: 1.05rem; margin: 0; overflow-wrap: anywhere; }
h4 { font-size: 0.8rem; margin: 0 0 0.35rem; color: var(--soft); font-weight: 600; }
p { margin: 0 0 0.75rem; max-width: 70ch; }
.quiet, .under, .type, caption { color: var(--soft); }
.quiet { font-size: 0.9rem; }
.crumbs { margin-bottom: 0.4rem; font-size: 0.9rem; }
.lead { font-size: 1.075rem; }

.badge, .tag { display: inline-block; border-radius: 999px; padding: 0.1rem 0.6rem; font-size: 0.8125rem; line-height: 1.45; white-space: nowrap; }
.badge { font-weight: 650; color: var(--calm); background: var(--calm-ground); }
.badge::before { content: "○"; margin-right: 0.4em; }
.tag { border: 1px solid var(--line); color: var(--soft); }
.allow, .pass { color: var(--good); background: var(--good-ground); }
.badge.allow::before, .badge.pass::before { content: "✓"; }
.allow_with_advice, .advised, .waived, .warn, .exempt { color: var(--warn); background: var(--warn-ground); }
.badge.allow_with_advice::before { content: "✓"; }
.badge.advised::before, .badge.warn::before { content: "!"; }
.badge.waived::before, .badge.exempt::before { content: "~"; }
.deny, .fail, .blocked { color: var(--bad); background: var(--bad-ground); }
.badge.deny::before, .badge.fail::before, .badge.blocked::before { content: "✕"; }
.indeterminate, .error, .unknown { color: var(--odd); background: var(--odd-ground); }
.badge.indeterminate::before, .badge.error::before, .badge.unknown::before { content: "?"; }

.filters { background: var(--sheet); border: 1px solid var(--line); border-radius: 10px; padding: 0.9rem 1rem; margin-bottom: 1.25rem; }
.fields { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 9rem), 1fr)); gap: 0.75rem 1rem; }
.filters label { display: grid; gap: 0.2rem; font-size: 0.85rem; color: var(--soft); }
input, select, button { font: inherit; color: var(--ink); }
.filters input, .filters select { width: 100%; min-height: 2.3rem; padding: 0.25rem 0.55rem; border: 1px solid #8a8f96; border-radius: 6px; background: var(--ground); }
.filters details { margin: 0.75rem 0 0; }
.filters details .fields { margin-top: 0.6rem; }
summary { cursor: pointer; color: var(--accent); width: fit-content; }
.actions { display: flex; gap: 1rem; align-items: center; margin-top: 0.9rem; }
button { border: 0; border-radius: 6px; padding: 0.45rem 1.1rem; background: var(--accent); color: var(--sheet); font-weight: 600; cursor: pointer; }

.tally { display: flex; flex-wrap: wrap; gap: 0.4rem 1.25rem; align-items: baseline; margin-bottom: 0.6rem; }
.tally p { margin: 0; color: var(--soft); }
.tally ul, .rules, .records, .latest, .ladder { list-style: none; margin: 0; padding: 0; }
.tally ul { display: flex; flex-wrap: wrap; gap: 0.4rem 1.1rem; }

.list { width: 100%; border-collapse: collapse; background: var(--sheet); border: 1px solid var(--line); margin-bottom: 1rem; }
.list caption { text-align: left; padding-bottom: 0.5rem; font-size: 0.9rem; }
.list th, .list td { text-align: left; vertical-align: top; padding: 0.6rem 0.8rem; border-top: 1px solid var(--line); overflow-wrap: break-word; }
.list thead th { font-size: 0.8125rem; font-weight: 600; color: var(--soft); border-top: 0; white-space: nowrap; }
.list tbody th { font-weight: 550; }
.list tbody tr:hover { background: var(--ground); }
.main-link { font-weight: 600; }
.list td, .list tbody th { min-width: 8.25rem; }
.list .wide { min-width: 12rem; }
.list bdi { overflow-wrap: anywhere; }
code.rule, .records code { background: none; padding: 0; overflow-wrap: normal; white-space: nowrap; }
code.rule { white-space: normal; }
time span { white-space: nowrap; }
.under { display: block; font-size: 0.875rem; font-weight: 400; }
.when { font-variant-numeric: tabular-nums; color: var(--soft); font-size: 0.9rem; }
.pager { display: flex; gap: 1rem; margin: 1rem 0; }
.pager a { border: 1px solid var(--line); background: var(--sheet); border-radius: 6px; padding: 0.4rem 0.9rem; text-decoration: none; }

.verdict { border-left: 6px solid currentColor; border-radius: 4px 10px 10px 4px; padding: 1rem 1.25rem; margin-bottom: 1.25rem; }
.verdict h1 { margin-bottom: 0.5rem; }
.verdict h1, .verdict p { color: var(--ink); }
.verdict p:last-child { margin-bottom: 0; }
.verdict .badge { background: var(--sheet); }
.facts { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 15rem), 1fr)); gap: 0.75rem 1.5rem; margin: 0 0 1rem; }
.long .facts { grid-template-columns: 1fr; gap: 0.35rem; }
.long .facts > div { display: grid; grid-template-columns: minmax(6rem, 9rem) 1fr; gap: 0.5rem; }
.facts dt { font-size: 0.8125rem; color: var(--soft); }
.facts dd { margin: 0; overflow-wrap: anywhere; }

.finding { color: var(--ink); background: var(--sheet); border: 1px solid var(--line); border-left: 4px solid var(--calm); border-radius: 4px 10px 10px 4px; padding: 1rem 1.15rem; margin: 0 0 1rem; }
.finding.blocked { border-left-color: var(--bad); }
.finding.advised, .finding.waived { border-left-color: var(--warn); }
.finding header { display: flex; flex-wrap: wrap; gap: 0.4rem 1rem; justify-content: space-between; margin-bottom: 0.5rem; }
.message { font-size: 1.05rem; margin-bottom: 0.35rem; }
.where { color: var(--soft); }
.finding > :last-child { margin-bottom: 0; }
.badges { display: flex; flex-wrap: wrap; gap: 0.35rem; margin: 0; }
.fix { background: var(--code); border-radius: 8px; padding: 0.75rem 0.9rem 0.1rem; margin-bottom: 0.75rem; }
section.fix { padding: 0.9rem 1.1rem 0.3rem; }
section.fix h2 { margin-top: 0; }
.fix code { background: none; padding: 0; }
.fix p code { background: var(--sheet); padding: 0.1em 0.3em; }
.lines { background: var(--code); border: 1px solid var(--line); border-radius: 8px; padding: 0.75rem 0.9rem; overflow-x: auto; margin: 0 0 0.75rem; line-height: 1.45; }
.lines code { overflow-wrap: normal; white-space: pre; background: none; padding: 0; }
.fix .lines { background: var(--sheet); }
details { margin-bottom: 0.75rem; }
details[open] > summary { margin-bottom: 0.6rem; }
.empty { background: var(--sheet); border: 1px dashed #8a8f96; border-radius: 10px; padding: 1.25rem 1.4rem 0.6rem; margin-bottom: 1.25rem; }
.empty h2 { margin-top: 0; }

.ladder { display: flex; flex-wrap: wrap; gap: 0.5rem; margin-bottom: 0.75rem; }
.ladder li { flex: 1 1 9rem; border: 1px solid var(--line); border-radius: 8px; padding: 0.5rem 0.8rem; background: var(--sheet); color: var(--soft); }
.ladder li span { display: block; font-size: 0.85rem; }
.ladder .earned { color: var(--good); background: var(--good-ground); }
.ladder .here { color: var(--ink); border: 2px solid var(--accent); }
.next { border-left: 4px solid var(--accent); padding: 0.1rem 0 0.1rem 1rem; margin: 1.5rem 0; }
.next.done { border-left-color: var(--good); }
.next h2 { margin: 0 0 0.3rem; }
.next p { margin: 0; }
.latest li { display: flex; flex-wrap: wrap; gap: 0.3rem 0.8rem; align-items: baseline; padding: 0.35rem 0; }
.more { margin-top: 0.75rem; }
.latest time { color: var(--soft); font-size: 0.9rem; }

@media (max-width: 60rem) {
  .tenants { margin-left: 0; }
  .list thead { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
  .list, .list tbody { display: block; }
  .list { border: 0; background: none; }
  .list caption { display: block; }
  .list tr { display: block; background: var(--sheet); border: 1px solid var(--line); border-radius: 8px; padding: 0.5rem 0.2rem; margin-bottom: 0.75rem; }
  .list th, .list td { display: block; border: 0; padding: 0.2rem 0.8rem; }
  .list td[data-label] { display: flex; gap: 0.75rem; }
  .list td[data-label]::before { content: attr(data-label); flex: 0 0 7.5rem; color: var(--soft); font-size: 0.875rem; }
}
@media print {
  :root { color-scheme: light; --ground: #fff; --sheet: #fff; --ink: #000; --soft: #444; --line: #bbb; --accent: #000; --code: #f6f6f6; }
  .top nav, .filters, .pager, .skip { display: none; }
  main { max-width: none; padding: 0; }
  .finding, .list tr { break-inside: avoid; }
  .badge { border: 1px solid currentColor; }
  .lines { white-space: pre-wrap; overflow: visible; }
  .lines code { white-space: pre-wrap; overflow-wrap: anywhere; }
}
`

/** The mark in the browser's tab. */
export const icon: string =
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" rx="7" fill="#1f4f8f"/><path d="M8 9l4 14 4-11 4 11 4-14" fill="none" stroke="#fff" stroke-width="2.6" stroke-linejoin="round" stroke-linecap="round"/></svg>\n'
