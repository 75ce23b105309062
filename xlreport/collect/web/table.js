"use strict";
// The table of units: it sorts by a click on its head, filters by what is typed (every word must occur in the line),
// and shows a page at a time, so that it does for tens of thousands of lines. The lines are in the page, as data.
const table = document.getElementById("units");
const body = table.tBodies[0];
const heads = Array.from(table.tHead.rows[0].cells);
const titles = heads.map((head) => head.textContent);
const size = Number(table.dataset.page);
const all = JSON.parse(document.getElementById("rows").textContent).map((values) => {
  const [unit, kind, parent, state, stateLook, verdict, verdictLook, link, errors, warnings, flags, files] = values;
  const shown = [unit, kind, parent, state, verdict, errors, warnings, flags, files.join("\n")];
  const looks = ["", "", "", stateLook, verdictLook, "number", "number", "text", "file"];
  return { shown, looks, link, text: shown.join("\n").toLowerCase() };
});
let rows = all; // in the order asked for
let found = all; // those that the filter lets through
let start = 0; // the first on this page

function make(name, attributes, ...inside) {
  const node = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, value);
  node.append(...inside);
  return node;
}

const input = make("input", { type: "search", placeholder: table.dataset.filter, "aria-label": table.dataset.filter });
const count = make("span", { role: "status" });
const back = make("button", { type: "button" }, table.dataset.back);
const on = make("button", { type: "button" }, table.dataset.on);
const where = make("span", {});
const pager = make("p", { class: "pager" }, back, where, on);
table.before(make("p", { class: "filter" }, input, count));
table.after(pager);

function cell(row, column) {
  const node = make("td", { class: row.looks[column], "data-head": titles[column] });
  const text = String(row.shown[column]);
  if (column === 4 && row.link) node.append(make("a", { href: row.link }, text));
  else text.split("\n").forEach((line, i) => node.append(...(i ? [make("br", {})] : []), line));
  return node;
}

function show() {
  const page = found.slice(start, start + size);
  body.replaceChildren(...page.map((row) => make("tr", {}, ...titles.map((_, column) => cell(row, column)))));
  count.textContent = table.dataset.shown.replace("#", found.length);
  where.textContent = `${found.length ? start + 1 : 0}–${start + page.length} / ${found.length}`;
  pager.hidden = found.length <= size;
  back.disabled = start === 0;
  on.disabled = start + size >= found.length;
}

function filter() {
  const words = input.value.toLowerCase().split(/\s+/).filter(Boolean);
  found = rows.filter((row) => words.every((word) => row.text.includes(word)));
  start = 0;
  show();
}

function sort(column, head) {
  const sign = head.getAttribute("aria-sort") === "ascending" ? -1 : 1;
  for (const other of heads) other.removeAttribute("aria-sort");
  head.setAttribute("aria-sort", sign > 0 ? "ascending" : "descending");
  const words = new Intl.Collator(document.documentElement.lang, { numeric: true }).compare;
  const number = (value) => (value === "" ? -1 : value);
  const compare = all[0]?.looks[column] === "number" ? (a, b) => number(a) - number(b) : words;
  rows = all.slice().sort((a, b) => sign * compare(a.shown[column], b.shown[column]));
  filter();
}

function turn(by) {
  start += by;
  show();
  table.scrollIntoView();
}

heads.forEach((head, column) => {
  const button = make("button", { type: "button" }, ...head.childNodes);
  button.addEventListener("click", () => sort(column, head));
  head.append(button);
});
back.addEventListener("click", () => turn(-size));
on.addEventListener("click", () => turn(size));
input.addEventListener("input", filter);
filter();
