// Copies texts, filters the clauses of a statement, and checks quotations in place. Every page works without this script.
"use strict";

const announcement = document.getElementById("announcement");

/** Announces a message to assistive technology. */
function announce(message) {
  announcement.textContent = message;
}

/**
 * The text of an element. Runs in the other direction keep their isolation in plain text (U+2068, U+2069), but for a URL. The
 * words of a source have no such runs in the page, and are copied code point for code point.
 */
function textOf(element) {
  let text = "";
  for (const node of element.childNodes) {
    const isUrl = text.endsWith("#") || node.textContent.includes("://");
    if (node.nodeName === "BDI" && !isUrl && element.classList.contains("citation")) text += `\u2068${node.textContent}\u2069`;
    else text += node.nodeType === Node.ELEMENT_NODE ? textOf(node) : node.textContent;
  }
  return text;
}

/** Copies the text of an element to the clipboard. */
async function copy(button) {
  const element = document.getElementById(button.dataset.copy);
  let message = button.dataset.done;
  try {
    await navigator.clipboard.writeText(textOf(element));
  } catch {
    // The clipboard needs a secure context. Without one, select the text, so that the reader can copy it.
    const details = element.closest("details");
    if (details) details.open = true;
    getSelection().selectAllChildren(element);
    message = button.dataset.selected;
  }
  const label = button.textContent;
  button.textContent = message;
  announce(message);
  setTimeout(() => {
    button.textContent = label;
    announce("");
  }, 2000);
}

/** Shows the buttons that copy. */
function showCopyButtons() {
  for (const button of document.querySelectorAll("button[data-copy][hidden]")) button.hidden = false;
}

showCopyButtons();
document.addEventListener("click", (event) => {
  const button = event.target.closest("button[data-copy]");
  if (button) copy(button);
});

// A bookmarklet is for other pages.
for (const link of document.querySelectorAll("a.drag")) link.addEventListener("click", (event) => event.preventDefault());

// The result of a check replaces the one before, without a new page.
const check = document.getElementById("check");
if (check) {
  check.addEventListener("submit", async (event) => {
    event.preventDefault();
    const result = document.getElementById("result");
    announce(check.dataset.checking);
    result.setAttribute("aria-busy", "true");
    try {
      const response = await fetch(check.action, { method: "POST", body: new URLSearchParams(new FormData(check)) });
      const page = new DOMParser().parseFromString(await response.text(), "text/html");
      const next = page.getElementById("result");
      if (!response.ok || !next) throw new Error(response.statusText);
      result.replaceWith(next);
      history.replaceState(null, "", response.redirected ? response.url : check.action);
      for (const link of document.querySelectorAll(".other-language")) link.href = page.querySelector(".other-language").getAttribute("href");
      showCopyButtons();
      next.focus();
      announce([...next.querySelectorAll("h2, .match")].map((heading) => heading.textContent).join(". "));
    } catch {
      result.removeAttribute("aria-busy");
      announce(check.dataset.failed);
      result.hidden = false;
      result.textContent = check.dataset.failed;
    }
  });
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

// A long statement has several pages: a link to a clause of another page leads there.
const missing = location.hash.slice(1);
if (document.querySelector(".paragraph, .reading") && /^[0-9]+[a-z]+$/.test(missing) && !document.getElementById(missing) && !location.search.includes("clause=")) {
  location.replace(`${location.pathname}?clause=${missing}#${missing}`);
}
