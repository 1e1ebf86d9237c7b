/** Overlay files, checked against the signatures whose texts they hold. Loaded as `compile.ts` is: not at every start. */
import type { Signature } from '../../model.js';
import type { Report } from './check.js';
import { type PackProblem, parseYaml, type SourceFile } from './compile.js';
import { digestOfTranslated, type Overlay, textsOf } from './overlay.js';
import { type OverlayFile, overlaySchema } from './overlay-schema.js';

/** Overlays by the id of their signature. Reasons against those that are not valid are added to `problems`. */
export function compileOverlays(
  files: readonly SourceFile[],
  signatures: readonly Signature[],
  problems: PackProblem[],
): Record<string, Overlay> {
  const known = new Map(signatures.map((signature) => [signature.id, signature]));
  const overlays: Record<string, Overlay> = {};
  for (const file of files) {
    const parsed = parseYaml(file, overlaySchema, problems);
    if (!parsed) continue;
    const { value, report } = parsed;
    const before = problems.length;
    const stem = file.path.replace(/^.*[\\/]/, '').replace(/\.ya?ml$/i, '');
    if (stem !== value.id) report(['id'], `"id" must be the file's name, "${stem}" (found "${value.id}")`);
    const signature = known.get(value.id);
    if (signature) checkAgainst(value, signature, report);
    else report(['id'], `no signature has the id "${value.id}"`);
    if (problems.length === before) overlays[value.id] = { of: value.of, texts: namedTexts(value) };
  }
  return overlays;
}

/** What is not wrong and still to be done: texts that are missing, and translations of texts that have changed since. */
export function overlayWarnings(
  overlays: Readonly<Record<string, Overlay>>,
  signatures: readonly Signature[],
): string[] {
  return signatures.flatMap((signature) => {
    const overlay = overlays[signature.id];
    if (overlay === undefined) return [`${signature.id} is not translated`];
    const missing = [...textsOf(signature).keys()].filter((name) => !(name in overlay.texts));
    const of = digestOfTranslated(signature, overlay);
    const stale =
      overlay.of === undefined
        ? `does not tell which English texts were translated, and nothing of it is shown; if they are those of now, add of: "${of}"`
        : `was made for other English texts, and nothing of it is shown; look through it, then write of: "${of}"`;
    return [
      ...(missing.length > 0 ? [`${signature.id} is translated in part; English stays ${missing.join(', ')}`] : []),
      ...(overlay.of === of ? [] : [`${signature.id} ${stale}`]),
    ];
  });
}

function checkAgainst(overlay: OverlayFile, signature: Signature, report: Report): void {
  const counts = [
    ['falsePositives', signature.falsePositives.length],
    ['found', signature.state?.length ?? 0],
    ['resolvedBy', (signature.resolvedBy ?? []).filter(({ note }) => note !== undefined).length],
  ] as const;
  for (const [key, count] of counts) {
    const own = overlay[key]?.length;
    if (own !== undefined && own !== count) report([key], `has ${own} texts, and the English signature ${count}`);
  }
  for (const [id, { steps }] of Object.entries(overlay.fixes ?? {})) {
    const english = signature.fixes.find((fix) => fix.id === id);
    if (english === undefined) report(['fixes', id], `the signature has no fix "${id}"`);
    else if (steps !== undefined && steps.length !== english.steps.length)
      report(['fixes', id, 'steps'], `has ${steps.length} steps, and the English fix ${english.steps.length}`);
  }
  for (const name of Object.keys(overlay.entities ?? {}))
    if (!(name in signature.entities)) report(['entities', name], `the signature has no entity "${name}"`);
  if (overlay.question && !signature.question) report(['question'], 'the signature has no question');
  for (const [index, text] of (overlay.found ?? []).entries()) {
    const english = signature.state?.[index]?.found;
    if (english !== undefined && placeholders(text) !== placeholders(english))
      report(['found', index], `must have the values of the English sentence: ${placeholders(english) || 'none'}`);
  }
}

function placeholders(text: string): string {
  return (text.match(/\{[^{}]*\}/g) ?? []).sort().join(' ');
}

function namedTexts(overlay: OverlayFile): Record<string, string> {
  const texts: Record<string, string> = {};
  const add = (name: string, text: string | undefined) => {
    if (text !== undefined) texts[name] = text;
  };
  const addList = (name: string, list: readonly string[] | undefined) => {
    for (const [index, text] of (list ?? []).entries()) texts[`${name}.${index}`] = text;
  };
  add('title', overlay.title);
  add('cause', overlay.cause);
  add('versionUnknown', overlay.versionUnknown);
  add('question.text', overlay.question?.text);
  for (const [name, text] of Object.entries(overlay.entities ?? {})) add(`entities.${name}`, text);
  for (const [id, { title, steps }] of Object.entries(overlay.fixes ?? {})) {
    add(`fixes.${id}.title`, title);
    addList(`fixes.${id}.steps`, steps);
  }
  addList('falsePositives', overlay.falsePositives);
  addList('found', overlay.found);
  addList('resolvedBy', overlay.resolvedBy);
  return texts;
}
