// Copies quotations and citations, and filters the clauses of a statement. Every page works without this script.
"use strict";

const announcement = document.getElementById("announcement");

/** Copies the exact text of an element to the clipboard, code point for code point. */
async function copy(button) {
  const element = document.getElementById(button.dataset.copy);
  let message = button.dataset.done;
  try {
    await navigator.clipboard.writeText(element.textContent);
  } catch {
    // The clipboard needs a secure context. Without one, select the text, so that the reader can copy it.
    const details = element.closest("details");
    if (details) details.open = true;
    getSelection().selectAllChildren(element);
    message = button.dataset.selected;
  }
  const label = button.textContent;
  button.textContent = message;
  announcement.textContent = message;
  setTimeout(() => {
    button.textContent = label;
    announcement.textContent = "";
  }, 2000);
}

for (const button of document.querySelectorAll("button[data-copy]")) {
  button.hidden = false;
  button.addEventListener("click", () => copy(button), { passive: true });
}

const filter = document.getElementById("filter");
if (filter) {
  const clauses = [...document.querySelectorAll(".clause")];
  const apply = () => {
    const speakers = new Set([...filter.querySelectorAll('[name="speaker"]')].filter((box) => box.checked).map((box) => box.value));
    const kind = filter.elements.kind.value;
    let shown = 0;
    for (const clause of clauses) {
      const matches = speakers.has(clause.dataset.speaker) && (kind === "" || kind === clause.dataset.kind);
      clause.hidden = !matches;
      shown += matches;
      // A lead-in introduces the clause after it.
      const leadIn = clause.previousElementSibling;
      if (leadIn.classList.contains("lead-in")) leadIn.hidden = !matches;
    }
    for (const paragraph of document.querySelectorAll(".paragraph")) {
      paragraph.hidden = !paragraph.querySelector(".clause:not([hidden])");
    }
    const output = filter.elements.shown;
    output.value = `${output.dataset.label}: ${shown}/${clauses.length}`;
  };
  filter.hidden = false;
  filter.addEventListener("change", apply);
  filter.addEventListener("submit", (event) => event.preventDefault());
  // The browser may restore an earlier state of the form.
  apply();
  // A link to a hidden clause resets the filter, so that the clause shows.
  addEventListener("hashchange", () => {
    const target = document.getElementById(location.hash.slice(1));
    if (target?.closest("[hidden]")) {
      filter.reset();
      apply();
      target.scrollIntoView();
    }
  });
}

// The link to the other language leads to the same clause.
for (const link of document.querySelectorAll(".other-language")) {
  link.addEventListener("click", () => {
    link.hash = location.hash;
  });
}
