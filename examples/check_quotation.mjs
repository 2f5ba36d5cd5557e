#!/usr/bin/env node
// Checks a quotation against the sources: what differs, and whose words the closest passage has.
//
//   node examples/check_quotation.mjs URL QUOTATION
//
// Needs Node 18 or later and nothing else; `check` and `slice` also work in a browser, since any site may read the API.

/** The verdict on a quotation. */
export async function check(url, text, parameters = {}) {
  const response = await fetch(`${url}/v1/verify?${new URLSearchParams({ text, ...parameters })}`);
  const body = await response.json();
  if (!response.ok) throw new Error(body.detail);
  return body;
}

/** The words between two offsets. The API counts code points, JavaScript UTF-16 units: `text.slice` would be wrong. */
export const slice = (text, start, end) => [...text].slice(start, end).join("");

if (process.argv[1]?.endsWith("check_quotation.mjs")) {
  const [url, text] = process.argv.slice(2);
  const verdict = await check(url, text);
  console.log(verdict.verdict.en);
  for (const { kind, given, source } of verdict.differences) console.log(`  ${kind}: given "${given}", the source has "${source}"`);
  const quote = verdict.closest?.quote ?? verdict.occurrences[0]?.quote;
  if (quote) {
    // The quotation as it is in the source, sliced by its offsets.
    const { source } = await (await fetch(`${url}/v1/statements/${verdict.statement}`)).json();
    console.log(`  source, ${quote.start} to ${quote.end}: ${slice(source.text, quote.start, quote.end)}`);
  }
}
