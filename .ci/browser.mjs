// Tests of the pages that need a browser: .ci/browser.mjs BASE-URL TOOLS-FOLDER
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

const [baseUrl, tools] = process.argv.slice(2);
const load = createRequire(resolve(tools, "node_modules", "tools.js"));
const { chromium } = load("playwright-core");
const axe = readFileSync(load.resolve("axe-core/axe.min.js"), "utf8");

let passed = 0;
const failures = [];
const check = (what, truth, more = "") => (truth ? passed++ : failures.push(`${what} ${more}`));
const json = async (path) => (await fetch(baseUrl + path)).json();

const statement = "iq-us-2024-09-27";
const milestones = (await json("/v1/milestones?limit=200")).items.map((one) => one.id);
const below = ["", "about", "milestones", "locations", "actors", "notes", `statements/${statement}`, `statements/${statement}/reading`, "nothing"];
below.push(...["mission-in-iraq-ends", "mission-in-syria-continues", "move-to-kurdistan-region"].map((one) => `milestones/${statement}-${one}`));
below.push(`verify?text=${encodeURIComponent("نهاية أكتوبر 2025")}`, `clauses/${statement}-10f`, "changes");
below.push("search", `search?q=${encodeURIComponent("أيلول")}`, "search?q=zebra");
const pages = ["ar", "en"].flatMap((language) => below.map((path) => `/${language}/${path}`));
pages.push("/docs/");

// The Nu HTML checker, on every page.
const folder = mkdtempSync(join(tmpdir(), "bayan-pages-"));
const written = new Set([...pages, ...["ar", "en"].flatMap((language) => milestones.map((id) => `/${language}/milestones/${id}`))]);
for (const path of written) {
  writeFileSync(join(folder, `${path.slice(1).replaceAll(/[^a-z0-9-]/g, "_")}.html`), await (await fetch(baseUrl + path)).text());
}
const home = await (await fetch(`${baseUrl}/en/`)).text();
for (const name of ["style.css", "icon.svg"]) {
  writeFileSync(join(folder, name), await (await fetch(`${baseUrl}/${home.match(`assets/[^/]+/${name}`)[0]}`)).text());
}
writeFileSync(join(folder, "reference.css"), await (await fetch(`${baseUrl}/docs/reference.css`)).text());
try {
  execFileSync("java", ["-jar", load("vnu-jar"), "--Werror", "--also-check-css", "--also-check-svg", folder], { stdio: ["ignore", "ignore", "pipe"] });
  passed += written.size;
} catch (error) {
  failures.push(`vnu: ${error.stderr}`);
}

const browser = await chromium.launch({
  executablePath: "/usr/bin/chromium",
  args: ["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync", "--disable-features=LocalNetworkAccessChecks"],
});

/** Opens a page in a context of its own. A request to another host, a console message and an error are failures. */
async function open(path, options = {}) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options });
  await context.grantPermissions(["clipboard-read", "clipboard-write"], { origin: baseUrl });
  const page = await context.newPage();
  page.on("request", (request) => check(`${path} requests only its own host`, request.url().startsWith(`${baseUrl}/`), request.url()));
  page.on("console", (message) => check(`${path} logs nothing to the console`, path.endsWith("/nothing") && message.text().includes("404"), message.text()));
  page.on("pageerror", (error) => failures.push(`${path}: ${error}`));
  await page.addInitScript(() => addEventListener("securitypolicyviolation", (event) => console.error(`policy: ${event.violatedDirective} ${event.blockedURI}`)));
  await page.goto(baseUrl + path);
  return page;
}

for (const path of pages) {
  for (const colorScheme of ["light", "dark"]) {
    const page = await open(path, { colorScheme });
    for (const width of [1280, 320]) {
      await page.setViewportSize({ width, height: 900 });
      const wide = await page.evaluate(() => document.documentElement.scrollWidth);
      check(`${path} fits into ${width}`, wide <= width, wide);
      await page.evaluate(axe);
      const { violations } = await page.evaluate(() => axe.run({ runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"] }));
      const report = violations.map(({ id, nodes }) => `${id}: ${nodes.slice(0, 3).map((node) => node.html.slice(0, 160)).join(" | ")}`);
      check(`${path} ${colorScheme} ${width}: axe finds nothing`, violations.length === 0, report.join("\n  "));
    }
    await page.context().close();
  }
}

// A copied quotation equals the source, code point for code point.
for (const [language, label] of [["ar", "6b"], ["en", "10f"]]) {
  const page = await open(`/${language}/statements/${statement}`);
  const { quote } = await json(`/v1/clauses/${statement}-${label}`);
  const button = (what) => page.locator(`button[data-copy="${label}-${what}"]`);
  await button("quotation").click();
  await page.waitForFunction(() => document.getElementById("announcement").textContent !== "");
  const copied = await page.evaluate(() => navigator.clipboard.readText());
  check(`${label} is copied exactly`, JSON.stringify([...copied]) === JSON.stringify([...quote.exact]), copied);
  await button("citation").click();
  await page.waitForFunction((before) => navigator.clipboard.readText().then((text) => text !== before), copied);
  const citation = await page.evaluate(() => navigator.clipboard.readText());
  check("a citation has the words and ends in the permalink", citation.includes(quote.exact) && citation.endsWith(`#${label}`), citation);

  // Filtering.
  await page.locator('input[name="speaker"][value="senior-iraqi-officer"]').uncheck();
  check("a speaker can be left out", (await page.locator(".clause:visible").count()) === 43 && (await page.locator('.clause[data-voice="third_party"]:visible').count()) === 0);
  await page.locator('select[name="kind"]').selectOption("deadline");
  check("a kind can be chosen", (await page.locator(".clause:visible").count()) === 3);
  await page.evaluate(() => (location.hash = "#4a"));
  await page.waitForFunction(() => !document.getElementById("4a").hidden);
  check("a link to a clause that is filtered out shows it", await page.locator('[id="4a"]').isVisible());
  await page.context().close();
}

// A check replaces the result in place, and its URL leads to it again.
{
  const page = await open("/en/verify");
  await page.locator("#text").fill("في موعد أقصاه نهاية سبتمبر 2025");
  await page.locator("#check button").click();
  await page.waitForSelector(".verdict.in-source");
  check("the result has the focus", (await page.evaluate(() => document.activeElement.id)) === "result");
  check("the URL has the quotation", page.url().startsWith(`${baseUrl}/en/verify?text=`), page.url());
  check("the copy buttons of the result are shown", (await page.locator("#result button[data-copy]:visible").count()) === 3);
  await page.context().close();
}

// The home page leads with the dates of its statement, and the theme that a reader chooses stays.
{
  const page = await open("/en/", { colorScheme: "light" });
  const dates = await page.locator(".key-dates .big-date").allTextContents();
  check("the home page leads with both dates", dates.length === 2 && dates[0].includes("30 September 2025") && dates[1].includes("September 2026"), dates.join());
  check("the home page says what was reported since", (await page.locator(".reports > li").count()) > 0);
  check("no label of its timeline is cut", await page.locator(".timeline .on-bar .title").evaluateAll((titles) => titles.every((title) => title.scrollWidth <= title.clientWidth)));
  const paper = () => page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor);
  const light = await paper();
  await page.locator("#theme").selectOption("dark");
  const dark = await paper();
  check("the theme is switched at once", light !== dark, dark);
  await page.goto(`${baseUrl}/ar/milestones`);
  check("the theme stays on other pages", (await paper()) === dark && (await page.locator("#theme").inputValue()) === "dark");
  await page.context().close();
}

// A label of the map lies in its country, and crosses no border, no circle of another place and no other label.
for (const language of ["ar", "en"]) {
  for (const width of [1440, 1024, 390]) {
    const page = await open(`/${language}/locations`, { viewport: { width, height: 900 } });
    const faults = await page.evaluate(() => {
      const map = document.querySelector(".map svg");
      const lands = [...map.querySelectorAll(".land")];
      const circles = [...map.querySelectorAll(".precision")].map((circle) => ["cx", "cy", "r"].map((name) => circle[name].baseVal.value));
      const labels = [...map.querySelectorAll("text")].filter((text) => text.getClientRects().length > 0 && getComputedStyle(text).display !== "none");
      // What the letters cover: the box of a line of Arabic is twice as high as its font.
      const canvas = document.createElement("canvas").getContext("2d");
      const inked = (text) => {
        const style = getComputedStyle(text);
        canvas.font = `${style.fontWeight} ${style.fontSize} ${style.fontFamily}`;
        const lines = [...text.querySelectorAll("tspan")].map((line) => ({ y: line.y.baseVal[0].value, ink: canvas.measureText(line.textContent) }));
        const top = Math.min(...lines.map(({ y, ink }) => y - ink.actualBoundingBoxAscent));
        const bottom = Math.max(...lines.map(({ y, ink }) => y + ink.actualBoundingBoxDescent));
        const { x, width } = text.getBBox();
        return { x, y: top, width, height: bottom - top };
      };
      const boxes = labels.map(inked);
      const faults = labels.length >= 5 ? [] : [`only ${labels.length} labels`];
      for (const [index, box] of boxes.entries()) {
        const name = labels[index].textContent;
        for (const [across, down] of [0, 0.25, 0.5, 0.75, 1].flatMap((across) => [0, 0.5, 1].map((down) => [across, down]))) {
          const point = new DOMPoint(box.x + across * box.width, box.y + down * box.height);
          const within = lands.filter((land) => land.isPointInFill(point)).map((land) => land.id);
          if (within.join() !== `land-${labels[index].dataset.country}`) faults.push(`${name} is in ${within}`);
        }
        const crossed = circles.filter(([x, y, r]) => {
          const near = Math.hypot(Math.max(box.x - x, 0, x - box.x - box.width), Math.max(box.y - y, 0, y - box.y - box.height));
          const far = Math.hypot(Math.max(x - box.x, box.x + box.width - x), Math.max(y - box.y, box.y + box.height - y));
          return near < r && far > r;
        });
        // That of the place itself may be, where there is no other space.
        if (crossed.length > (labels[index].classList.contains("place") ? 1 : 0)) faults.push(`${name} crosses circles`);
        for (const [other, another] of boxes.slice(0, index).entries()) {
          if (box.x < another.x + another.width && another.x < box.x + box.width && box.y < another.y + another.height && another.y < box.y + box.height) faults.push(`${name} covers ${labels[other].textContent}`);
        }
      }
      return faults;
    });
    check(`${language} ${width}: the labels of the map`, faults.length === 0, faults.join("; "));
    await page.context().close();
  }
}

// An embed fits into the height that is told beforehand.
for (const language of ["ar", "en"]) {
  for (const [path, width] of [`clauses/${statement}-6b`, `clauses/${statement}-10f`, `milestones/${statement}-mission-in-iraq-ends`].flatMap((path) => [300, 480, 800].map((width) => [path, width])).concat([["milestones?kind=deadline", 800]])) {
    const { html, width: wide, height } = await json(`/oembed?url=${encodeURIComponent(`${baseUrl}/${language}/${path}`)}&maxwidth=${width}`);
    const page = await open(new URL(html.match(/src="([^"]+)"/)[1].replaceAll("&amp;", "&")).href.slice(baseUrl.length), { viewport: { width: wide, height } });
    await page.evaluate(() => document.fonts.ready);
    const [tall, last] = await page.evaluate(() => [document.documentElement.scrollHeight, document.querySelector("main").lastElementChild.getBoundingClientRect().bottom]);
    check(`${language} ${path} ${width}: the embed fits`, tall <= height && height - last < Math.max(100, 0.15 * height), `${tall}, ${last} in ${height}`);
    await page.context().close();
  }
}

// In the column of another site, the frame of an embed is as high as its text needs, whatever the width: nothing scrolls, and little is empty.
for (const language of ["ar", "en"]) {
  for (const colorScheme of ["light", "dark"]) {
    const page = await (await browser.newContext({ colorScheme })).newPage();
    let host = "";
    await page.route("http://host.example/**", (route) => route.fulfill({ contentType: "text/html", body: host }));
    page.on("console", (message) => failures.push(`an embed logs to the console: ${message.text()}`));
    for (const path of [`clauses/${statement}-6b`, `clauses/${statement}-10f`, `milestones/${statement}-mission-in-iraq-ends`]) {
      const { html } = await json(`/oembed?url=${encodeURIComponent(`${baseUrl}/${language}/${path}`)}`);
      host = `<!doctype html><meta charset="utf-8"><body style="margin:16px">${html}`;
      await page.goto("http://host.example/");
      const frame = await (await page.waitForSelector("iframe")).contentFrame();
      await frame.waitForSelector("main");
      for (const width of [320, 390, 500, 648]) {
        await page.setViewportSize({ width, height: 900 });
        await frame.evaluate(() => document.fonts.ready);
        const [wide, tall, last, given] = await frame.evaluate(() => [document.documentElement.scrollWidth - innerWidth, document.documentElement.scrollHeight, document.querySelector("main").lastElementChild.getBoundingClientRect().bottom, innerHeight]);
        check(`${language} ${path} in ${width}: the frame fits`, wide <= 0 && tall <= given && given - last < 0.2 * given + 60, `${wide}, ${tall}, ${last} in ${given}`);
      }
    }
    await page.context().close();
  }
}

// The link to the words of a clause selects them, even where a clause around it and its notes have the same words.
for (const label of ["1b", "11d", "12c", "12d"]) {
  const page = await open(`/en/statements/${statement}`);
  const link = await page.locator(`[id="${label}"] a[href*=":~:text="]`).getAttribute("href");
  await page.context().close();
  // Without the id, only the words can scroll the page.
  const other = await open(`/en/statements/${statement}${link.replace(`#${label}:`, "#:")}`);
  await other.waitForFunction((id) => Math.abs(document.getElementById(id).getBoundingClientRect().top - innerHeight / 2) < 300, `${label}-quotation`, { timeout: 5000 }).catch(() => check(`${label}: the fragment selects its words`, false));
  await other.context().close();
}

// Without JavaScript the page has all clauses, and no control that would not work.
{
  const page = await open(`/en/statements/${statement}`, { javaScriptEnabled: false });
  check("all clauses are shown without JavaScript", (await page.locator(".clause:visible").count()) === 50);
  check("no button and no filter without JavaScript", (await page.locator("main button:visible, form#filter:visible, .theme:visible").count()) === 0);
  await page.context().close();
}

// The keyboard reaches every control, and the focus is visible.
for (const path of ["/en/", "/ar/milestones", `/ar/statements/${statement}`]) {
  const page = await open(path);
  await page.keyboard.press("Tab");
  check(`${path}: the first focus is the skip link`, await page.evaluate(() => document.activeElement.classList.contains("skip") && document.activeElement.getBoundingClientRect().top >= 0));
  await page.keyboard.press("Enter");
  check(`${path}: the skip link focuses the content`, (await page.evaluate(() => document.activeElement.id)) === "content");
  const count = await page.locator("main :is(a[href], button, summary, input, select, [tabindex='0']):visible").count();
  // The tab key reaches the parts of a date, and its button, one after the other.
  const parts = 3 * (await page.locator("main input[type='date']:visible").count());
  const reached = new Set();
  for (let number = 0; number < Math.min(count, 60) + parts; number++) {
    await page.keyboard.press("Tab");
    const seen = await page.evaluate(() => {
      const at = document.activeElement;
      at.dataset.reached ??= String(Math.random());
      const box = at.getBoundingClientRect();
      const style = getComputedStyle(at);
      return { id: at.dataset.reached, shown: box.width > 0 && box.bottom > 0 && box.top < innerHeight && style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2, html: at.outerHTML.slice(0, 120) };
    });
    reached.add(seen.id);
    check(`${path}: the focus is visible`, seen.shown, seen.html);
  }
  check(`${path}: the keyboard reaches every control`, reached.size >= Math.min(count, 60), `${reached.size} of ${count}`);
  await page.context().close();
}

// In an Arabic line, a name and the date after it run from right to left.
{
  const page = await open(`/ar/milestones/${statement}-mission-in-iraq-ends`);
  const boxes = await page.locator(".sources li:has(a):has(time)").evaluateAll((items) =>
    items.map((item) => ["a", "time"].map((name) => item.querySelector(name).getClientRects()[0])).map(([name, date]) => [name.right, date.right, name.top - date.top])
  );
  // A long title puts the date on a line of its own.
  const lines = boxes.filter(([, , distance]) => Math.abs(distance) < 10);
  check("names come before dates from right to left", lines.length >= 4 && lines.every(([name, date]) => name > date), JSON.stringify(boxes));
  await page.context().close();
}

// A query does not change the order of the heading, not even with RIGHT-TO-LEFT OVERRIDE (U+202E).
for (const language of ["ar", "en"]) {
  const hostile = "abc \u202e\u05d0xyz";
  const places = async (typed) => {
    const page = await open(`/${language}/search?q=${encodeURIComponent(typed)}`);
    const lefts = await page.evaluate(() => {
      const heading = document.querySelector("main h2");
      const range = document.createRange();
      range.selectNode(heading.firstChild);
      const [before, typed] = [range.getBoundingClientRect(), heading.querySelector("bdi").getBoundingClientRect()];
      return { before: before.left, typed: typed.left, title: document.title };
    });
    await page.context().close();
    return lefts;
  };
  const shown = await places(hostile);
  const follows = language === "ar" ? shown.typed < shown.before : shown.typed > shown.before;
  check(`${language}: the query follows the heading`, follows, JSON.stringify(shown));
  check(`${language}: the title isolates the query`, shown.title.includes(`\u2068${hostile}\u2069`), shown.title);
}

await browser.close();
for (const failure of failures) console.log(`browser: ${failure}`);
console.log(`browser: ${passed} passed, ${failures.length} failed`);
process.exit(failures.length === 0 && passed > 0 ? 0 : 1);
