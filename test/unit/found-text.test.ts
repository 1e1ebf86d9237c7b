import { expect, test } from 'vitest';
import { foundText } from '../../src/incidents/found-text.js';
import type { StateRule } from '../../src/model.js';

const rule = (found: string, shownAs?: string): StateRule => ({
  versions: 'any',
  versionRequired: false,
  all: [],
  none: [],
  found,
  entities: {},
  ...(shownAs === undefined ? {} : { shownAs }),
});
const RULES = [
  rule('the VM {vm.name} is {vm.state}', "l'état de la VM {vm.name} est {vm.state}"),
  rule('{a.x} runs, and {b.y} is deployed', '{b.y} est déployée, et {a.x} fonctionne'),
  rule('nothing is there', "il n'y a rien"),
];

test.each([
  ['the VM Edge is Off', "l'état de la VM Edge est Off"],
  ['1.4 runs, and 2.0 is deployed', '2.0 est déployée, et 1.4 fonctionne'],
  ['nothing is there', "il n'y a rien"],
  ['the VM a is b; nothing is there; the VM c is d', "l'état de la VM a est b; il n'y a rien; l'état de la VM c est d"],
  ['the VM a; b is Off', "l'état de la VM a; b est Off"],
  ['the VM {vm.state} is $1', "l'état de la VM {vm.state} est $1"],
  ['nothing is there at all', 'nothing is there at all'],
  ['the VM', 'the VM'],
  ['of a rule that is gone; nothing is there', "of a rule that is gone; il n'y a rien"],
  ['', ''],
])('"%s" reads "%s"', (said, shown) => {
  expect(foundText(said, RULES)).toBe(shown);
});

test('in English nothing is looked at', () => {
  expect(foundText('the VM a is b', [rule('the VM {vm.name} is {vm.state}')])).toBe('the VM a is b');
});

test('a hostile sentence takes no time', () => {
  const said = 'the VM is '.repeat(20_000);
  const begin = performance.now();
  foundText(said, RULES);
  foundText('the VM a is b; '.repeat(20_000), RULES);
  expect(performance.now() - begin).toBeLessThan(1000);
});
