"use strict";
// The table of units sorts by a click on its head and filters by what is typed; every word must occur in the line.
const table = document.getElementById("units");
const body = table.tBodies[0];
const rows = Array.from(body.rows);
const texts = rows.map((row) => row.textContent.toLowerCase());
const box = document.createElement("p");
const input = document.createElement("input");
const shown = document.createElement("span");
input.type = "search";
input.placeholder = table.dataset.filter;
input.setAttribute("aria-label", table.dataset.filter);
shown.setAttribute("role", "status");
box.className = "filter";
box.append(input, shown);
table.before(box);

function filter() {
  const words = input.value.toLowerCase().split(/\s+/).filter(Boolean);
  let count = 0;
  rows.forEach((row, i) => {
    row.hidden = !words.every((word) => texts[i].includes(word));
    count += !row.hidden;
  });
  shown.textContent = table.dataset.shown.replace("#", count);
}

function sort(column, head) {
  const up = head.getAttribute("aria-sort") !== "ascending";
  for (const other of table.tHead.rows[0].cells) other.removeAttribute("aria-sort");
  head.setAttribute("aria-sort", up ? "ascending" : "descending");
  const number = body.querySelector("tr td:nth-child(" + (column + 1) + ")")?.className === "number";
  const key = (row) => row.cells[column].textContent;
  const compare = number
    ? (a, b) => (key(a) === "" ? -1 : Number(key(a))) - (key(b) === "" ? -1 : Number(key(b)))
    : new Intl.Collator(document.documentElement.lang, { numeric: true }).compare;
  const sorted = Array.from(rows).sort((a, b) => (up ? 1 : -1) * (number ? compare(a, b) : compare(key(a), key(b))));
  body.append(...sorted);
}

Array.from(table.tHead.rows[0].cells).forEach((head, column) => {
  const button = document.createElement("button");
  button.type = "button";
  button.append(...head.childNodes);
  button.addEventListener("click", () => sort(column, head));
  head.append(button);
});
input.addEventListener("input", filter);
filter();
