import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { lintFolder, loadPack } from '../../src/detectors/pack/load.js';
import type { CcelogError } from '../../src/errors.js';

const VALID = `id: my-failure
title: A failure of mine
severity: error
status: experimental
detection: text
appearsIn: [trace-log]
cause: Something is off.
match:
  - all:
      - text: the gateway (?<gateway>[A-Za-z0-9-]{1,20}) is on fire
entities:
  gateway: name of the gateway
groupBy: [gateway]
fixes:
  - id: put-it-out
    title: Put it out
    steps:
      - text: Pour water on it.
versionUnknown: It does not matter.
references: [my own notes]
examples:
  match:
    - in: trace-log
      text: "CceService Error: 0 : the gateway gw-1 is on fire"
      entities: { gateway: gw-1 }
    - in: trace-log
      text: "CceService Error: 0 : alas, the gateway gw-2 is on fire"
  noMatch:
    - text: "CceService Error: 0 : the gateway is fine"
      why: it is fine
    - text: "CceService Error: 0 : the house is on fire"
      why: no gateway
`;

function folderWith(text: string, name = 'my-failure.yaml'): string {
  const folder = mkdtempSync(join(tmpdir(), 'ccelog-pack-'));
  writeFileSync(join(folder, name), text);
  return folder;
}

describe('a signature of one`s own', () => {
  it('loads beside the built-in ones, without any code', async () => {
    const { signatures } = await loadPack([folderWith(VALID)]);
    expect(signatures).toHaveLength(43);
    expect(signatures.find(({ id }) => id === 'my-failure')).toMatchObject({
      versions: 'any',
      literals: ['thegateway'],
    });
  });

  it.each([
    [
      'severity: error',
      'severity: high',
      3,
      11,
      '"severity" must be one of info, warning, error, critical (found "high")',
    ],
    ['status: experimental', 'status: experimental\nseverty: x', 5, 1, 'has no key "severty"'],
    ['id: my-failure', 'id: other', 1, 5, 'must be the file\'s name, "my-failure" (found "other")'],
    ['[A-Za-z0-9-]{1,20}', '[A-Za-z0-9-{1,20}', 10, 9, 'the pattern does not compile'],
    ['(?<gateway>', '(?<door>', 10, 9, 'the group "door" is not listed under entities'],
    ['is on fire\nentities', 'is {{nothing}}\nentities', 10, 9, 'no building block is named "nothing"'],
    ['is on fire\nentities', 'is\\son fire\nentities', 10, 9, 'asks for whitespace'],
    ['groupBy: [gateway]', 'groupBy: [door]', 13, 11, '"door" is not among the entities'],
    ['    title: Put it out', '    title: Put it out\n    versions: ">=banana"', 17, 15, 'a version range'],
    ['title: A failure of mine', 'title: "A failure of mine', 0, 0, 'quote'],
    ['references: [my own notes]', 'references: []', 20, 13, 'references'],
  ])('with %s made %s is refused with its place', async (from, to, line, column, why) => {
    expect(VALID).toContain(from);
    const folder = folderWith(VALID.replace(from, to));
    const { problems } = await lintFolder(folder);
    expect(problems[0]?.why).toContain(why);
    if (line > 0) expect([problems[0]?.line, problems[0]?.column]).toEqual([line, column]);
    const error = await loadPack([folder]).then(
      () => null,
      (reason: CcelogError) => reason,
    );
    expect(error).toMatchObject({ code: 'SIGNATURE_INVALID', message: 'cannot read signature pack' });
    expect(error?.details.file).toMatch(/my-failure\.yaml:\d+:\d+$/);
  });

  it('that names an unknown cause is refused', async () => {
    const text = VALID.replace('fixes:', 'symptomOf:\n  - signature: no-such-thing\n    within: 1h\nfixes:');
    const { problems } = await lintFolder(folderWith(text));
    expect(problems[0]?.why).toContain('"no-such-thing", which no signature is');
  });

  it('with the id of a built-in one is refused', async () => {
    const text = VALID.replace('id: my-failure', 'id: recovery-backoff');
    const { problems } = await lintFolder(folderWith(text, 'recovery-backoff.yaml'));
    expect(problems[0]?.why).toContain('"recovery-backoff" is in');
  });
});
