import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type RecoveryMark, recoveryTimeline } from '../../src/incidents/recovery-timeline.js';
import { type RoundPlan, type Simulated, simulate } from '../support/recovery-simulator.js';

const round: fc.Arbitrary<RoundPlan> = fc.record({
  quiet: fc.integer({ min: 3, max: 200_000 }),
  failures: fc.oneof(fc.integer({ min: 0, max: 5 }), fc.integer({ min: 6, max: 40 })),
  end: fc.constantFrom('recovered', 'restart', 'goes-on'),
  late: fc.array(fc.integer({ min: 0, max: 1000 }), { minLength: 1, maxLength: 5 }),
  tellsFailure: fc.boolean(),
  cut: fc.integer({ min: 40, max: 60 }),
});
const rounds = fc.array(round, { minLength: 1, maxLength: 5 });

function timelineOf({ covered }: Simulated, marks: readonly RecoveryMark[]) {
  return recoveryTimeline({ marks, counters: [], version: '2.1.0', covered: [covered] });
}

describe('the recovery timeline', () => {
  it('misses nothing where all is told, and counts and times every attempt', () => {
    fc.assert(
      fc.property(rounds, (plan) => {
        const simulated = simulate(plan);
        const timeline = timelineOf(simulated, simulated.marks);
        const attempts = timeline.points.filter((point) => point.kind === 'attempt');
        expect(timeline.missing).toBe(0);
        expect(attempts.map(({ number }) => number)).toEqual(simulated.numbers);
        expect(attempts.every(({ timing }) => timing === 'on-time')).toBe(true);
        expect(attempts.every(({ numberBasis }) => numberBasis === 'counted')).toBe(true);
        expect(timeline.next?.time ?? null).toBe(simulated.next);
      }),
    );
  });

  it('misses exactly those that are taken away', () => {
    fc.assert(
      fc.property(rounds, fc.infiniteStream(fc.boolean()), (plan, stream) => {
        const simulated = simulate(plan);
        const isGone = simulated.isDoubtful.map((isDoubtful) => stream.next().value && !isDoubtful);
        const gone = new Set(simulated.attempts.filter((_, at) => isGone[at]).flat());
        const timeline = timelineOf(
          simulated,
          simulated.marks.filter((_, at) => !gone.has(at)),
        );
        expect(timeline.missing).toBe(isGone.filter(Boolean).length);
        const attempts = timeline.points.filter((point) => point.kind === 'attempt');
        expect(attempts.map(({ number }) => number)).toEqual(simulated.numbers.filter((_, at) => !isGone[at]));
        // Where each missing one belongs: the numbers of a round are all there, once.
        const told = timeline.points.flatMap((point) => {
          if (point.kind === 'attempt') return [point.number!];
          if (point.kind !== 'missing') return [];
          return Array.from({ length: point.due }, (_, at) => point.numbers.first + at);
        });
        expect(told).toEqual(simulated.numbers);
      }),
    );
  });

  it('does not depend on the order in which marks come, nor on how many sources tell them', () => {
    fc.assert(
      fc.property(
        rounds.chain((plan) => {
          const simulated = simulate(plan);
          const copies = simulated.marks.map((mark) => ({ ...mark, source: 'copy.evtx' }));
          const all = [...simulated.marks, ...copies];
          return fc.tuple(fc.constant(simulated), fc.shuffledSubarray(all, { minLength: all.length }));
        }),
        ([simulated, shuffled]) => {
          const timeline = timelineOf(simulated, shuffled);
          const once = timelineOf(simulated, simulated.marks);
          const bare = (points: typeof timeline.points) => points.map((point) => ({ ...point, evidence: null }));
          expect(bare(timeline.points)).toEqual(bare(once.points));
          expect(timeline.next).toEqual(once.next);
        },
      ),
    );
  });

  it('tells no attempt as seen that no mark tells, and none as missing where no source covers the time', () => {
    fc.assert(
      fc.property(rounds, fc.infiniteStream(fc.boolean()), (plan, stream) => {
        const simulated = simulate(plan);
        const marks = simulated.marks.filter(() => stream.next().value);
        const timeline = recoveryTimeline({ marks, counters: [], version: '2.1.0', covered: [] });
        const told = marks
          .filter(({ kind }) => kind === 'attempt' || kind === 'cannot-recover')
          .map(({ time }) => time);
        for (const point of timeline.points) if (point.kind === 'attempt') expect(told).toContain(point.time);
        expect(timeline.missing).toBe(0);
      }),
    );
  });

  it('does not depend on which of two listings of one mark comes first', () => {
    const place = { source: 'b.evtx', line: 0, byteStart: 0, byteEnd: 0, time: null, timeBasis: 'explicit' } as const;
    const marks = ['', ' '].map((text): RecoveryMark => ({ ...place, kind: 'manual-required', text }));
    const of = (told: RecoveryMark[]) => recoveryTimeline({ marks: told, counters: [], version: null, covered: [] });
    expect(of(marks.toReversed())).toEqual(of(marks));
  });

  it('holds any marks at any times', () => {
    const kind = fc.constantFrom<RecoveryMark['kind']>(
      'fault',
      'attempt',
      'recovered',
      'cannot-recover',
      'manual-required',
      'management-restart',
      'service-stopped',
      'service-started',
    );
    const time = fc.option(
      fc.date({ min: new Date(0), max: new Date('9999-12-31'), noInvalidDate: true }).map((date) => date.toISOString()),
    );
    const mark = fc.record({
      kind,
      time,
      timeBasis: fc.constantFrom('explicit' as const, 'estimated' as const, 'none' as const),
      source: fc.constantFrom('a.log', 'b.evtx'),
      line: fc.nat(),
      byteStart: fc.nat(50),
      byteEnd: fc.nat(),
      text: fc.string(),
    });
    const span = fc.tuple(time, time).map(([first, last]) => ({ first: first ?? '', last: last ?? '' }));
    fc.assert(
      fc.property(
        fc.array(mark, { maxLength: 12 }),
        fc.array(span, { maxLength: 3 }),
        fc.constantFrom(null, '1.3.8', '1.4.2', '2.0.1'),
        (marks, covered, version) => {
          const counters = [{ value: 3, time: null, source: 'ApplianceManager.ini', line: 1 }];
          const timeline = recoveryTimeline({ marks, counters, version, covered });
          expect(JSON.parse(JSON.stringify(timeline))).toEqual(timeline);
          expect(recoveryTimeline({ marks: marks.toReversed(), counters, version, covered })).toEqual(timeline);
        },
      ),
    );
  });
});
