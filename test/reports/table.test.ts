/** The table for a terminal, where its width or what could not be read changes what it has to say. */
import { expect, test } from 'vitest';
import { emptyReport } from '../../src/pipeline/empty-report.js';
import { table } from '../../src/reports/table.js';
import { reportWith } from '../support/naughty-report.js';

function shown(change: Partial<ReturnType<typeof reportWith>>, width: number): string {
  return String(table.render({ ...reportWith('x'), ...change }, { width, colour: false }));
}

test.each([60, 80, 120])('an incident that is over says so in the table of %i columns', (width) => {
  const incidents = reportWith('x').incidents.map((incident) => ({ ...incident, status: 'resolved' as const }));
  expect(shown({ incidents }, width).split('\n\n')[2]).toContain('[resolved]');
});

test('of a log that was read in part it says how much that was', () => {
  const [source] = reportWith('x').sources;
  const sources = [{ ...source!, skipped: 'read in part only: is cut off' }];
  expect(shown({ sources }, 120)).toContain('100 bytes, read in part only: is cut off, 2 records');
});

test('of an archive it does not say how large it is where nobody counted', () => {
  const archive = {
    ...emptyReport('a.zip'),
    kind: 'archive' as const,
    encoding: 'binary' as const,
    skipped: 'damaged',
  };
  expect(shown({ sources: [archive] }, 120)).toContain('a.zip: archive, damaged\n');
  expect(shown({ sources: [{ ...archive, bytes: 7 }] }, 120)).toContain('a.zip: archive, binary, 7 bytes, damaged\n');
});

test.each([
  [1, 'The one incident found is not in the selection'],
  [2, 'None of the 2 incidents found is in the selection'],
])('with %i outside of the selection it says that there are some', (leftOut, words) => {
  expect(shown({ incidents: [], leftOut }, 120)).toContain(words);
});

test('names of entities spell initials as such', () => {
  const incidents = reportWith('x').incidents.map((incident) => ({
    ...incident,
    entities: { mediationFqdn: 'a', vm: 'b' },
  }));
  expect(shown({ incidents }, 120)).toMatch(/Mediation FQDN {2}a\n +VM +b\n/);
});

test('two appliances of a site are both of them', () => {
  const [first] = reportWith('x').incidents;
  const incidents = [{ ...first!, scope: 'site' as const, site: 'Seattle', members: ['a', 'b'] }];
  expect(shown({ incidents }, 120)).toContain('on both appliances of site Seattle');
});
