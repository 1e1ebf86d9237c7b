import fc from 'fast-check';
import { expect, it } from 'vitest';
import { fingerprint } from '../../src/incidents/fingerprint.js';
import type { Signature } from '../../src/model.js';
import { SameFailures } from '../../src/pipeline/same-failures.js';
import { maskSecrets } from '../../src/redaction/mask-secrets.js';

const value = fc.constantFrom('', 'a', 'A', 'a b', 'password: x', 'a=b', 'user', '1', '2', '3');
const entities = fc.dictionary(fc.constantFrom('user', 'file', 'code'), value, { maxKeys: 3 });
const match = fc.record({
  signature: fc.constantFrom('one', 'two', 'three'),
  entities,
  start: fc.nat(),
  end: fc.nat(),
});

it('tells of each match what it would tell of it alone', () => {
  const groupBy: Record<string, string[]> = { one: ['user', 'code'], two: [], three: ['file'] };
  const signatures = new Map(
    Object.entries(groupBy).map(([id, names]) => [id, { id, groupBy: names } as unknown as Signature]),
  );
  fc.assert(
    fc.property(fc.array(match, { maxLength: 200 }), (matches) => {
      const failures = new SameFailures(signatures);
      for (const one of matches) {
        const squeezed = Object.entries(one.entities).map(([name, text]) => [name, text.replaceAll(' ', '')]);
        const keys: Record<string, string> = Object.fromEntries(squeezed);
        expect(failures.of({ ...one, keys })).toEqual({
          fingerprint: fingerprint(one.signature, groupBy[one.signature]!, keys),
          entities: Object.fromEntries(Object.entries(one.entities).map(([name, text]) => [name, maskSecrets(text)])),
        });
      }
    }),
  );
});

it('forgets what it knew before it holds too much', () => {
  const failures = new SameFailures(new Map([['one', { groupBy: ['user'] } as unknown as Signature]]));
  const of = (user: string) =>
    failures.of({ signature: 'one', entities: { user }, keys: { user }, start: 0, end: 0 }).fingerprint;
  const first = of('0');
  for (let user = 1; user < 5000; user++) of(String(user));
  expect(of('0')).toBe(first);
});
