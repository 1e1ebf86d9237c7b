/** Texts of signatures in another language: those that ship are complete, and what is wrong with one is said. */
import { readFileSync } from 'node:fs';
import { describe, expect, it, test } from 'vitest';
import { z } from 'zod';
import type { PackProblem } from '../../src/detectors/pack/compile.js';
import { BUILT_IN_FOLDER, decoded, overlayFiles } from '../../src/detectors/pack/files.js';
import { loadPack } from '../../src/detectors/pack/load.js';
import { compileBuiltInOverlays, localised } from '../../src/detectors/pack/localised.js';
import { digestOfTranslated, textsOf, withOverlay } from '../../src/detectors/pack/overlay.js';
import { compileOverlays, overlayWarnings } from '../../src/detectors/pack/overlay-compile.js';
import { overlaySchema } from '../../src/detectors/pack/overlay-schema.js';
import type { Signature } from '../../src/model.js';

const pack = await loadPack();
const french = await localised(pack, 'fr');
const { overlays } = await compileBuiltInOverlays('fr', pack);

/** Names that are the same in every language: cmdlets, files, switches, ids, keys, versions, places for values. */
const NAMES =
  /[A-Z][a-z]+-(?:Cc|Cs|VM|Net|Mp|Wmi)[A-Za-z]+|\b[A-Z]\w+\.(?:ini|log|exe|xml|msi|p12|p7b|pfx)\b|%[A-Za-z]+%|\{[a-z.-]+\}|\b[a-z]+(?:-[a-z0-9]+){2,}\b|\b\d+\.\d+(?:\.\d+)?\b|\b0x[0-9a-f]+\b|\b\d{4,}\b/gi;

describe('the French texts that ship', () => {
  test('every signature has all of them, for the English texts as they are now', () => {
    expect(overlayWarnings(overlays, pack.signatures)).toEqual([]);
    expect(Object.keys(overlays)).toHaveLength(pack.signatures.length);
  });

  test.each(pack.signatures.map((signature) => [signature.id, signature] as const))('%s', (id, signature) => {
    const own = french.signatures.find((entry) => entry.id === id) as Signature;
    const [before, after] = [textsOf(signature), textsOf({ ...own, state: shownRules(own) })];
    for (const [name, english] of before) {
      const text = after.get(name) as string;
      // A few are names alone, such as "ping <server>".
      if (english.length > 40) expect([name, text]).not.toEqual([name, english]);
      for (const word of english.match(NAMES) ?? []) expect([name, text]).toEqual([name, stringWith(text, word)]);
      // Blanks that may not be broken stand before these signs and inside these quotes.
      expect([name, text.match(/ [;:?!»]|« /g)]).toEqual([name, null]);
    }
    const untranslated = ({ fixes, match, references, groupBy, versions, symptomOf }: Signature) => ({
      fixes: fixes.map((fix) => [
        fix.id,
        fix.versions,
        fix.references,
        fix.steps.map(({ command, where }) => [command, where]),
      ]),
      match,
      references,
      groupBy,
      versions,
      symptomOf,
    });
    expect(untranslated(own)).toEqual(untranslated(signature));
    expect(own.state?.map(({ found }) => found)).toEqual(signature.state?.map(({ found }) => found));
  });
});

describe('an overlay', () => {
  const signature = pack.signatures.find(({ id }) => id === 'download-file-failed') as Signature;
  const title = { title: 'Un fichier manque' };
  const of = digestOfTranslated(signature, { texts: title });

  it('gives the texts that it has; the others stay English', () => {
    const shown = withOverlay(signature, { of, texts: title });
    expect(shown).toEqual({ ...signature, title: 'Un fichier manque' });
  });

  it('counts no more once an English text that it translates has changed, by more than its line ends', () => {
    const broken = { ...signature, title: signature.title.replaceAll(' ', '\n') };
    expect(withOverlay(broken, { of, texts: title }).title).toBe('Un fichier manque');
    const changed = { ...signature, title: 'Another title' };
    expect(withOverlay(changed, { of, texts: title })).toBe(changed);
    const elsewhere = { ...signature, cause: 'Another cause' };
    expect(withOverlay(elsewhere, { of, texts: title }).title).toBe('Un fichier manque');
    expect(withOverlay(signature, { texts: title })).toBe(signature);
  });

  it('that is missing, incomplete, stale or without a digest is warned of, with the digest to write', () => {
    const warnings = (overlay: { of?: string; texts: Record<string, string> } | null) =>
      overlayWarnings(overlay ? { [signature.id]: overlay } : {}, [signature]).join('\n');
    expect(warnings(null)).toBe('download-file-failed is not translated');
    expect(warnings({ of, texts: title })).toMatch(
      /^download-file-failed is translated in part; English stays cause, /,
    );
    expect(warnings({ of: '0123456789ab', texts: title })).toContain(`was made for other English texts`);
    expect(warnings({ of: '0123456789ab', texts: title })).toContain(`write of: "${of}"`);
    expect(warnings({ texts: title })).toContain(`add of: "${of}"`);
  });

  it.each([
    ['id: unknown-one', 'no signature has the id "unknown-one"', 'unknown-one.yaml'],
    ['id: recovery-backoff', 'must be the file\'s name, "x" (found "recovery-backoff")', 'x.yaml'],
    [`title: ${'très '.repeat(30)}`, '"title" Too big'],
    ['fixes: { nothing: { title: x } }', 'the signature has no fix "nothing"'],
    ['fixes: { download-by-hand: { steps: [a, b] } }', 'has 2 steps, and the English fix 5'],
    ['falsePositives: [a, b, c]', 'has 3 texts, and the English signature 1'],
    ['entities: { place: x }', 'the signature has no entity "place"'],
    ['question: { text: x }', 'the signature has no question'],
    ['found: [x]', 'has 1 texts, and the English signature 0'],
    ['match: [x]', 'has no key "match"'],
    ['of: yes', '"of" '],
  ])('%s is refused', (line, why, name = 'download-file-failed.yaml') => {
    const text = line.startsWith('id:') ? line : `id: download-file-failed\n${line}`;
    const problems: PackProblem[] = [];
    expect(compileOverlays([{ path: `fr/${name}`, text }], pack.signatures, problems)).toEqual({});
    expect(problems.map((problem) => problem.why).join('\n')).toContain(why);
    expect(problems[0]?.line).toBe(line.startsWith('id:') ? 1 : 2);
  });

  it('must have the values of a rule`s sentence', () => {
    const file = overlayFiles(BUILT_IN_FOLDER, 'fr')
      .map(decoded)
      .find(({ path }) => path.endsWith('dotnet-461-required.yaml'));
    const text = file?.text.replace('{dotnet.release}', '{dotnet.version}') as string;
    const problems: PackProblem[] = [];
    compileOverlays([{ path: 'fr/dotnet-461-required.yaml', text }], pack.signatures, problems);
    expect(problems.map(({ why }) => why)).toEqual(['must have the values of the English sentence: {dotnet.release}']);
  });
});

test('editors have a schema that is up to date', () => {
  const file = new URL('../../signatures/overlay.schema.json', import.meta.url);
  const { $id, title, ...schema } = JSON.parse(readFileSync(file, 'utf8'));
  expect(schema).toEqual(JSON.parse(JSON.stringify(z.toJSONSchema(overlaySchema, { io: 'input' }))));
  expect($id).toBe('urn:ccelog:overlay:1');
});

/** The rules as they are shown. */
function shownRules({ state }: Signature): Signature['state'] {
  return state?.map((rule) => ({ ...rule, found: rule.shownAs ?? rule.found }));
}

/** The text where it has the word, and what it should be like where it has not. */
function stringWith(text: string, word: string): unknown {
  return text.includes(word) ? text : expect.stringContaining(word);
}
