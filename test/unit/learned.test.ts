import { describe, expect, it } from 'vitest';
import { emptyReport } from '../../src/pipeline/empty-report.js';
import { LearnedFacts } from '../../src/pipeline/learned.js';

const mark = (index: number) => ({
  mark: 'cannot-recover',
  line: index,
  byteStart: index * 100,
  byteEnd: index * 100 + 90,
  time: new Date(Date.UTC(2018, 8, 7) + index * 1000).toISOString(),
  timeBasis: 'explicit' as const,
  text: 'Completed recovery of the appliance',
});

/** A source with so many marks, which come in portions. */
function learned(count: number, portion: number) {
  const all = new LearnedFacts();
  const report = emptyReport('CceManagementService.log');
  all.source(report, 1);
  for (let from = 0; from < count; from += portion) {
    const marks = Array.from({ length: Math.min(portion, count - from) }, (_, index) => mark(from + index));
    all.add(report, { facts: [], machines: [], tellers: [], lastTime: null }, marks);
  }
  const { marks, gap } = all.list()[0]!;
  return { marks: marks(), gap };
}

describe('marks of a source', () => {
  it('are all held where they are not very many', () => {
    const { marks, gap } = learned(12_000, 700);
    expect(marks).toEqual(Array.from({ length: 12_000 }, (_, index) => mark(index)));
    expect(gap).toBeNull();
  });

  it('beyond that are the first and the last ones, and it is said what lies between', () => {
    const count = 200_000;
    const { marks, gap } = learned(count, 4096);
    expect(marks.length).toBeLessThan(20_000);
    const lines = marks.map(({ line }) => line);
    expect(lines.slice(0, 5000)).toEqual(Array.from({ length: 5000 }, (_, index) => index));
    const behind = lines.slice(5000);
    expect(behind).toEqual(Array.from(behind, (_, index) => count - behind.length + index));
    expect(behind.length).toBeGreaterThanOrEqual(5000);
    expect(gap).toEqual({ marks: count - marks.length, after: mark(4999).time, before: mark(behind[0]!).time });
  });
});
