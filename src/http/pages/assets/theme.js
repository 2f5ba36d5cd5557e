// The reader's choice of colours. It is applied before the page is painted, so this script is not deferred. Without it, a page
// follows the system.
"use strict";

{
  const root = document.documentElement;
  const apply = (theme) => {
    if (theme) root.dataset.theme = theme;
    else delete root.dataset.theme;
  };
  const stored = () => {
    try {
      const theme = localStorage.getItem("theme");
      return theme === "light" || theme === "dark" ? theme : "";
    } catch {
      // Storage may be blocked.
      return "";
    }
  };
  apply(stored());
  addEventListener("DOMContentLoaded", () => {
    const select = document.getElementById("theme");
    select.value = stored();
    select.closest("label").hidden = false;
    select.addEventListener("change", () => {
      apply(select.value);
      try {
        localStorage.setItem("theme", select.value);
      } catch {
        // The choice lasts as long as the page.
      }
    });
  });
  // Another page of this site, in another tab.
  addEventListener("storage", (event) => {
    if (event.key !== "theme") return;
    apply(stored());
    document.getElementById("theme").value = stored();
  });
}
