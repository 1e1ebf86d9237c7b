import fc from 'fast-check';
import { expect, test } from 'vitest';
import { SEVERITIES } from '../../src/model.js';
import { pageData } from '../../src/reports/html/data/build.js';
import { unpack } from '../../src/reports/html/data/unpack.js';
import { fragmentOf, ORDERS, STATUSES, stateOf, type ViewState } from '../../src/reports/html/page/state.js';
import { hoursOf } from '../../src/reports/html/views/hours.js';
import { matching, NO_FILTERS } from '../../src/reports/html/views/matching.js';
import { largeReport, madeIncident, madeReport } from '../support/made-report.js';

const entries = unpack(pageData(largeReport(200), {}));

test('the count beside a choice is what that choice shows, the other filters as they are', () => {
  const filters = { ...NO_FILTERS, statuses: ['open' as const], text: 'attempt 1', appliance: 'HOST3' };
  const { facets } = matching(entries, filters);
  for (const severity of SEVERITIES)
    expect(facets.severity.get(severity) ?? 0).toBe(
      matching(entries, { ...filters, severities: [severity] }).entries.length,
    );
  for (const status of STATUSES)
    expect(facets.status.get(status) ?? 0).toBe(matching(entries, { ...filters, statuses: [status] }).entries.length);
  for (let host = 0; host < 8; host++)
    expect(facets.appliance.get(`HOST${host}`) ?? 0).toBe(
      matching(entries, { ...filters, appliance: `HOST${host}` }).entries.length,
    );
});

test('an incident without a time is never left out for its time', () => {
  const timeless = unpack(
    pageData(madeReport({ incidents: [madeIncident(1, { firstSeen: null, lastSeen: null })] }), {}),
  );
  expect(matching(timeless, { ...NO_FILTERS, from: 1, to: 2 }).entries).toHaveLength(1);
});

test('any view comes back from its address', () => {
  const seconds = fc.option(fc.integer({ min: -62_135_596_800, max: 253_402_300_799 }));
  const state: fc.Arbitrary<ViewState> = fc.record({
    filters: fc.record({
      severities: fc.subarray([...SEVERITIES]),
      statuses: fc.subarray([...STATUSES]),
      appliance: fc.option(fc.string()),
      signature: fc.option(fc.string()),
      from: seconds,
      to: seconds,
      text: fc.string(),
    }),
    zone: fc.constantFrom('utc' as const, 'local' as const),
    order: fc.constantFrom(...ORDERS),
    incident: fc.option(fc.string()),
  });
  fc.assert(
    fc.property(state, (view) => {
      expect(stateOf(`#${fragmentOf(view)}`)).toEqual(view);
    }),
  );
});

test('hours count what is under way in them; an incident of centuries costs no more than the days that show', () => {
  const long = madeIncident(1, { firstSeen: '0001-01-01T00:00:00Z', lastSeen: '9999-12-31T23:59:59Z' });
  const data = pageData(madeReport({ incidents: [long] }), {});
  const { days, daysLeftOut, most } = hoursOf(unpack(data), data, null, 'utc', 5);
  expect(days.map(({ start }) => new Date(start * 1000).toISOString().slice(0, 10))).toEqual(
    [27, 28, 29, 30, 31].map((day) => `9999-12-${day}`),
  );
  expect(daysLeftOut).toBe(true);
  expect(most).toBe(1);
});
