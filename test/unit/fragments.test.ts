import { expect, it } from 'vitest';
import { planSearch } from '../../src/scanner/fragments.js';

it('looks for what tells literals apart, not for what they have in common', () => {
  const names = Array.from({ length: 500 }, (_, index) =>
    [...String(index).padStart(3, '0')].map((digit) => 'abcdefghij'[Number(digit)]?.repeat(2)).join(''),
  );
  const { literals, tiers } = planSearch(
    names.map((name) => [`while${name}${name}wasrunning`]),
    1,
  );
  expect(literals).toHaveLength(500);
  const shared = tiers.flatMap(({ fragments }) => fragments.map((fragment) => fragment.in.length));
  expect(Math.max(...shared)).toBeLessThanOrEqual(50);
});

it('looks for what healthy logs are not full of, where a literal has such', () => {
  const { tiers } = planSearch([['cloudconnectorqzxwvkjyqvzxkwqjz'], ['cloudconnectorapplianceofthesite']], 1);
  const texts = tiers.flatMap(({ fragments }) =>
    fragments.filter((fragment) => fragment.in.some(({ literal }) => literal === 0)),
  );
  expect(texts.map(({ units }) => String.fromCharCode(...units))).toContain('zxwvkj');
  for (const { units } of texts) expect(String.fromCharCode(...units)).toMatch(/[qzxwvkjy]/);
});
