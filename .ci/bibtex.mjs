#!/usr/bin/env node
// Reads the BibTeX on standard input with the parser of Better BibTeX, which changes the case of titles: proper nouns must keep theirs.
import { parse } from "@retorquere/bibtex-parser";
import { readFileSync } from "node:fs";

const { errors, entries } = parse(readFileSync(0, "utf8"), { english: true, sentenceCase: { langids: true, guess: true } });
const names = ["United States", "Iraq", "Global Coalition"];
const changed = entries.filter(({ fields }) => /[a-z]/.test(fields.title) && !names.every((name) => fields.title.includes(name)));
if (errors.length || !entries.length || changed.length) {
  console.error(errors, changed.map(({ fields }) => fields.title));
  process.exit(1);
}
console.log(`bibtex: ${entries.length} titles keep their proper nouns`);
