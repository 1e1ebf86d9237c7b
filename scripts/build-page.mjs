/**
 * The script and the style of the HTML report: the script as one minified piece without imports, the style without its
 * comments, and the list of texts that the script may say, so that a report brings their translations along.
 */
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { rolldown } from 'rolldown';
import ts from 'typescript';

const at = (path) => fileURLToPath(new URL(`../${path}`, import.meta.url));
const OUT = at('dist/reports/html/page');
/** In this order: later ones take precedence. */
const STYLES = ['theme', 'base', 'head', 'charts', 'filters', 'incidents', 'fixes', 'sections', 'narrow', 'print'];

/** What texts.ts reads files with is not for a page, and is dropped with the function that does. */
const noFiles = {
  name: 'no-files',
  resolveId: (id) => (id.startsWith('node:') ? { id: `\0${id}`, moduleSideEffects: false } : null),
  load: (id) => (id.startsWith('\0node:') ? 'export const readFileSync = undefined;' : null),
};

const bundle = await rolldown({
  input: at('src/reports/html/page/main.ts'),
  plugins: [noFiles],
  resolve: { extensionAlias: { '.js': ['.ts', '.js'] } },
  tsconfig: false,
  platform: 'browser',
});
const { output } = await bundle.generate({ format: 'iife', minify: true });
await bundle.close();
const [{ code, moduleIds }] = output;
if (/<\/script|<!--/i.test(code)) throw new Error('the script of the page holds what would end it');

rmSync(OUT, { recursive: true, force: true });
mkdirSync(OUT, { recursive: true });
writeFileSync(`${OUT}/page.js`, code.trim());
writeFileSync(
  `${OUT}/page.css`,
  STYLES.map((name) => plainStyle(readFileSync(at(`src/reports/html/page/styles/${name}.css`), 'utf8'))).join('\n'),
);
writeFileSync(`${OUT}/texts.json`, JSON.stringify([...new Set(moduleIds.flatMap(textsIn))].sort()));

function plainStyle(text) {
  return text
    .replace(/\/\*[\s\S]*?\*\//g, '')
    .replace(/\s+/g, ' ')
    .replace(/ ?([{};,]) ?/g, '$1')
    .trim();
}

/** The texts that a module says through t`…` and plural(…). */
function textsIn(id) {
  if (!id.endsWith('.ts')) return [];
  const file = ts.createSourceFile(id, readFileSync(id, 'utf8'), ts.ScriptTarget.Latest);
  const found = [];
  const visit = (node) => {
    if (ts.isTaggedTemplateExpression(node) && node.tag.getText(file) === 't') found.push(keyOf(node.template));
    if (ts.isCallExpression(node) && node.expression.getText(file) === 'plural')
      for (const argument of node.arguments.slice(1, 3)) if (ts.isStringLiteral(argument)) found.push(argument.text);
    ts.forEachChild(node, visit);
  };
  visit(file);
  return found;
}

function keyOf(template) {
  if (ts.isNoSubstitutionTemplateLiteral(template)) return template.text;
  return template.templateSpans.reduce(
    (text, span, place) => `${text}{${place}}${span.literal.text}`,
    template.head.text,
  );
}
