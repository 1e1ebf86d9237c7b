/**
 * Compares the texts in the code with those of each language: `node scripts/texts.mjs`, as `npm run lint:texts`. It fails on
 * a text that a language lacks, on one that no code has, and where values differ. `--missing` prints what is lacking as
 * JSON, to be filled in.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';

const SOURCES = fileURLToPath(new URL('../src/', import.meta.url));
const CATALOGUES = fileURLToPath(new URL('../src/texts/', import.meta.url));
/** Tags of templates that hold a text, and the function whose second and third arguments do. */
const TAGS = ['t', 'kept'];
const PLURAL = 'plural';

/** The texts of the code by their keys, each with the place where it stands first; and calls whose texts cannot be read. */
export function textsInCode(folder = SOURCES) {
  const keys = new Map();
  const unreadable = [];
  const files = readdirSync(folder, { recursive: true })
    .filter((name) => name.endsWith('.ts'))
    .sort();
  for (const name of files) {
    const source = ts.createSourceFile(name, readFileSync(folder + name, 'utf8'), ts.ScriptTarget.Latest, true);
    const place = (node) => `src/${name}:${source.getLineAndCharacterOfPosition(node.getStart()).line + 1}`;
    const add = (key, node) => keys.has(key) || keys.set(key, place(node));
    const visit = (node) => {
      if (ts.isTaggedTemplateExpression(node) && TAGS.includes(node.tag.getText())) add(keyOf(node.template), node);
      if (ts.isCallExpression(node) && node.expression.getText() === PLURAL) {
        for (const text of node.arguments.slice(1, 3)) {
          if (ts.isStringLiteralLike(text)) add(text.text, text);
          else unreadable.push(place(text));
        }
      }
      node.forEachChild(visit);
    };
    visit(source);
  }
  return { keys, unreadable };
}

/** As texts.ts makes it: the parts with their values numbered. */
function keyOf(template) {
  if (ts.isNoSubstitutionTemplateLiteral(template)) return template.text;
  return template.templateSpans.reduce(
    (key, { literal }, index) => `${key}{${index}}${literal.text}`,
    template.head.text,
  );
}

/** What is wrong with a language, in lines. */
export function problemsOf(language, { keys, unreadable } = textsInCode()) {
  const known = catalogueOf(language);
  const problems = unreadable.map((place) => `${place}: a text must stand in the call itself`);
  for (const [key, place] of keys) {
    const text = known[key];
    if (text === undefined) problems.push(`${place}: ${language} lacks ${JSON.stringify(key)}`);
    else if (valuesIn(key) !== valuesIn(text)) problems.push(`${language}: other values in ${JSON.stringify(text)}`);
  }
  for (const key of Object.keys(known))
    if (!keys.has(key)) problems.push(`${language}: no code says ${JSON.stringify(key)}`);
  return problems;
}

export function languages() {
  return readdirSync(CATALOGUES)
    .filter((name) => name.endsWith('.json'))
    .map((name) => name.slice(0, -5));
}

function catalogueOf(language) {
  return JSON.parse(readFileSync(`${CATALOGUES}${language}.json`, 'utf8'));
}

/** A value may be said in another order, and more than once. */
function valuesIn(text) {
  return [...new Set(text.match(/\{\d{1,2}\}/g) ?? [])].sort().join();
}

function run() {
  const found = textsInCode();
  if (process.argv.includes('--missing')) {
    for (const language of languages()) {
      const known = catalogueOf(language);
      const lacking = [...found.keys.keys()].filter((key) => known[key] === undefined);
      console.log(JSON.stringify({ [language]: Object.fromEntries(lacking.map((key) => [key, ''])) }, null, 2));
    }
    return;
  }
  const problems = languages().flatMap((language) => problemsOf(language, found));
  for (const problem of problems) console.error(problem);
  if (problems.length > 0) process.exitCode = 1;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) run();
