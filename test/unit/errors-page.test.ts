import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { ERROR_CODES } from '../../src/errors.js';

it('docs/errors.md lists every error code with its meaning', () => {
  const page = readFileSync(new URL('../../docs/errors.md', import.meta.url), 'utf8');
  const listed = Object.fromEntries(
    [...page.matchAll(/^\| `([A-Z_]+)` *\| ([^|]+) \|/gm)].map(([, code, text]) => [code, text?.trim()]),
  );
  expect(listed).toEqual(ERROR_CODES);
});
