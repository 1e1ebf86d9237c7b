import fc from 'fast-check';
import { afterEach, expect, test } from 'vitest';
import { pageData, secondsOf } from '../../src/reports/html/data/build.js';
import { unpack } from '../../src/reports/html/data/unpack.js';
import { html } from '../../src/reports/html/html.js';
import { setLanguage, useTexts } from '../../src/texts/texts.js';
import { largeReport, madeIncident, madeReport } from '../support/made-report.js';

afterEach(() => setLanguage('en'));

test('what is packed comes out again, folded as reports fold', () => {
  const cause = madeIncident(3, { status: 'open' });
  const symptom = madeIncident(8, { symptomOf: cause.id });
  const earlier = { ...cause, id: 'e', status: 'resolved' as const, firstSeen: null, lastSeen: null };
  const [entry, ...others] = unpack(pageData(madeReport({ incidents: [cause, symptom, earlier] }), {}));
  expect(others).toEqual([]);
  expect(entry?.incident).toMatchObject({
    id: cause.id,
    title: cause.title,
    appliance: 'HOST3',
    entities: [['user', 'user3@contoso.example']],
    first: Date.parse(cause.firstSeen as string) / 1000,
    fixes: cause.fixes,
    evidenceLeftOut: 0,
  });
  expect(entry?.incident.evidence.map(({ lines }) => lines.join('\r\n'))).toEqual(
    cause.evidence.map(({ excerpt }) => excerpt),
  );
  expect(entry?.symptoms.map(({ id }) => id)).toEqual([symptom.id]);
  expect(entry?.earlier).toMatchObject([{ id: 'e', first: null, last: null }]);
});

test('of many incidents each keeps where its proof stands and how it begins; the worst keep all of it', () => {
  const entries = unpack(pageData(largeReport(3000), {}));
  const pieces = entries.map(({ incident }) => incident.evidence[0]);
  expect(pieces.every((piece) => piece?.lines[0]?.startsWith('CceService Error: 0 : Failure'))).toBe(true);
  expect(pieces[0]?.lines.length).toBeGreaterThan(5);
  expect(entries.every(({ incident }) => incident.evidence.length + incident.evidenceLeftOut === 5)).toBe(true);
});

test('times are whole seconds, whatever their digits', () => {
  expect(secondsOf('2018-09-07T09:00:00.9999999Z')).toBe(Date.UTC(2018, 8, 7, 9) / 1000);
  expect(secondsOf('never')).toBeNull();
  expect(secondsOf(null)).toBeNull();
});

test('no text ends the data, opens an element or brings a mark that turns the line', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      const hostile = `${text}</script><!--<script>\u2028\u202e`;
      const incident = madeIncident(1, { title: hostile, appliance: hostile, entities: { [hostile]: hostile } });
      const page = String(html.render(madeReport({ incidents: [incident] }), { width: 80, colour: false }));
      expect(page.match(/<\/script/g)).toHaveLength(2);
      expect(page).not.toMatch(/<!--|[\u2028-\u202e]/);
    }),
    { numRuns: 40 },
  );
});

test('a report in another language brings the words of its script along, and no others', () => {
  useTexts('fr', {
    'Clear filters': 'Effacer les filtres',
    'What was read': 'Ce qui a été lu',
    'not in the page': 'x',
  });
  const page = String(html.render(largeReport(2), { width: 80, colour: false }));
  expect(page).toContain('<html lang="fr"');
  expect(page).toContain('Ce qui a été lu');
  const data = JSON.parse(page.match(/id="data">(.*)<\/script>/)?.[1] ?? '') as { texts: object };
  expect(data.texts).toEqual({ 'Clear filters': 'Effacer les filtres' });
});
