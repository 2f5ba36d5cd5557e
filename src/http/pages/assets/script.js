// Copies quotations and citations, and filters the clauses of a statement. The pages need none of it.
"use strict";

const said = document.getElementById("said");

/** Puts the very text of an element on the clipboard: its code points, as they stand in the page. */
async function copy(button) {
  const element = document.getElementById(button.dataset.copy);
  let done = button.dataset.done;
  try {
    await navigator.clipboard.writeText(element.textContent);
  } catch {
    // Without a secure context there is no clipboard: select, so that the keyboard can copy.
    const details = element.closest("details");
    if (details) details.open = true;
    getSelection().selectAllChildren(element);
    done = button.dataset.selected;
  }
  const name = button.textContent;
  button.textContent = done;
  said.textContent = done;
  setTimeout(() => {
    button.textContent = name;
    said.textContent = "";
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
    const voices = new Set([...filter.elements.voice].filter((box) => box.checked).map((box) => box.value));
    const kind = filter.elements.kind.value;
    let shown = 0;
    for (const clause of clauses) {
      const keeps = voices.has(clause.dataset.voice) && (kind === "" || kind === clause.dataset.kind);
      clause.hidden = !keeps;
      shown += keeps;
      // The words between clauses lead to the clause after them.
      const before = clause.previousElementSibling;
      if (before.classList.contains("before")) before.hidden = !keeps;
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
  // A browser may bring back what was chosen before; and whoever follows a link to a clause wants to see it.
  apply();
  addEventListener("hashchange", () => {
    const target = document.getElementById(location.hash.slice(1));
    if (target?.closest("[hidden]")) {
      filter.reset();
      apply();
      target.scrollIntoView();
    }
  });
}

// The other language, at the same clause.
for (const twin of document.querySelectorAll(".twin")) {
  twin.addEventListener("click", () => {
    twin.hash = location.hash;
  });
}
