import { describe, expect, it } from 'vitest';
import {
  type RecoveryInput,
  type RecoveryMark,
  type RecoveryMarkKind,
  recoveryTimeline,
} from '../../src/incidents/recovery-timeline.js';
import { mark } from '../support/recovery-simulator.js';

/** A time so many seconds after the fault of most stories. */
const at = (seconds: number): string => new Date(Date.UTC(2018, 8, 7, 10) + seconds * 1000).toISOString();

type Told = [kind: RecoveryMarkKind, seconds: number | null];

const marksOf = (told: Told[], more: Partial<RecoveryMark> = {}): RecoveryMark[] =>
  told.map(([kind, seconds], index) => mark(kind, seconds === null ? null : at(seconds), index * 100, more));

function timeline(marks: RecoveryMark[], last: number, more: Partial<RecoveryInput> = {}) {
  const covered = [{ first: at(-1000), last: at(last) }];
  return recoveryTimeline({ marks, counters: [], version: '2.1.0', covered, ...more });
}

const attempts = ({ points }: ReturnType<typeof recoveryTimeline>) =>
  points.filter((point) => point.kind === 'attempt');
const kinds = ({ points }: ReturnType<typeof recoveryTimeline>) => points.map(({ kind }) => kind);

const SIX: Told[] = [
  ['fault', 0],
  ['attempt', 10],
  ['attempt', 20],
  ['attempt', 30],
  ['attempt', 50],
  ['attempt', 90],
  ['attempt', 170],
];

describe('from 2.0', () => {
  it('ten seconds three times, then twice as long each time', () => {
    const found = timeline(marksOf(SIX), 200);
    expect(
      attempts(found).map(({ number, interval, expected, timing }) => [number, interval, expected, timing]),
    ).toEqual([
      [1, 10, 10, 'on-time'],
      [2, 10, 10, 'on-time'],
      [3, 10, 10, 'on-time'],
      [4, 20, 20, 'on-time'],
      [5, 40, 40, 'on-time'],
      [6, 80, 80, 'on-time'],
    ]);
    expect(found.next).toEqual({
      number: 7,
      time: at(330),
      timeBasis: 'explicit',
      step: null,
      why: '160 seconds after attempt 6',
    });
    expect([found.state, found.missing, found.notes]).toEqual(['recovering', 0, []]);
  });

  it('an hour at last: what is missing then is told with its numbers and times', () => {
    const found = timeline(marksOf(SIX), 24 * 3600);
    // 330, 650, 1290, 2570, 5130, then each hour from 8730 on.
    expect(found.points.at(-1)).toEqual({
      kind: 'missing',
      time: at(330),
      timeBasis: 'estimated',
      round: 1,
      until: at(5130 + 22 * 3600),
      due: 27,
      numbers: { first: 7, last: 33 },
    });
    expect(found.next).toMatchObject({ number: 34, time: at(5130 + 23 * 3600), timeBasis: 'estimated' });
  });

  it('the first attempt may follow its detection at once', () => {
    const found = timeline(
      marksOf([
        ['fault', 0],
        ['attempt', 0.1],
        ['attempt', 10.1],
      ]),
      15,
    );
    expect(attempts(found).map(({ number, timing }) => [number, timing])).toEqual([
      [1, 'on-time'],
      [2, 'on-time'],
    ]);
  });

  it('late is what is off by more than two seconds or a twentieth, and less than half-way to the next', () => {
    const late = timeline(marksOf([...SIX, ['attempt', 330 + 30]]), 361);
    expect(attempts(late).at(-1)).toMatchObject({ number: 7, interval: 190, expected: 160, timing: 'late' });
    const near = timeline(marksOf([...SIX, ['attempt', 330 + 8]]), 339);
    expect(attempts(near).at(-1)).toMatchObject({ number: 7, timing: 'on-time' });
    const early = timeline(marksOf([...SIX, ['attempt', 330 - 30]]), 301);
    expect(attempts(early).at(-1)).toMatchObject({ number: 7, timing: 'early' });
  });

  it('far too early an attempt shows that the schedule began anew without a record of it', () => {
    const found = timeline(marksOf([...SIX, ['attempt', 180], ['attempt', 190], ['attempt', 200]]), 201);
    expect(
      attempts(found)
        .slice(6)
        .map(({ round, number, numberBasis }) => [round, number, numberBasis]),
    ).toEqual([
      [2, 1, 'inferred'],
      [2, 2, 'inferred'],
      [2, 3, 'inferred'],
    ]);
    expect(found.notes.join()).toMatch('begun anew without a record');
  });

  it('a success and a restart of the management service begin anew', () => {
    const found = timeline(
      marksOf([
        ['fault', 0],
        ['attempt', 10],
        ['cannot-recover', 11],
        ['attempt', 20],
        ['management-restart', 25],
        ['fault', 70],
        ['attempt', 80],
        ['recovered', 82],
        ['fault', 5000],
        ['attempt', 5010],
      ]),
      5015,
    );
    expect(attempts(found).map(({ round, number, outcome }) => [round, number, outcome])).toEqual([
      [1, 1, 'cannot-recover'],
      [1, 2, 'open'],
      [2, 1, 'recovered'],
      [3, 1, 'open'],
    ]);
    expect(found.points.filter((point) => 'resets' in point && point.resets).map(({ kind }) => kind)).toEqual([
      'management-restart',
      'recovered',
    ]);
    expect(found.missing).toBe(0);
  });

  it('an attempt is told by how it ended, where no record tells of it', () => {
    const found = timeline(
      marksOf([
        ['fault', 0],
        ['cannot-recover', 12],
        ['cannot-recover', 22],
        ['manual-required', 22.1],
      ]),
      25,
    );
    expect(attempts(found).map(({ number, seenBy, outcome }) => [number, seenBy, outcome])).toEqual([
      [1, 'outcome', 'cannot-recover'],
      [2, 'outcome', 'cannot-recover'],
    ]);
    expect(found.next?.why).toMatch('asked for manual recovery');
  });

  it('while an attempt lasts, none is missing', () => {
    const found = timeline(
      marksOf([
        ['fault', 0],
        ['attempt', 10],
        ['cannot-recover', 190],
        ['attempt', 200],
        ['cannot-recover', 400],
      ]),
      405,
    );
    expect(attempts(found).map(({ number, interval }) => [number, interval])).toEqual([
      [1, 10],
      [2, 190],
    ]);
    expect(found.missing).toBe(0);
    expect(found.next).toMatchObject({ number: 3, time: at(410) });
  });

  it('a time that no source covers is a gap in the evidence, and the numbers behind it are inferred', () => {
    const marks = marksOf([...SIX, ['attempt', 2570]]);
    const covered = [
      { first: at(0), last: at(400) },
      { first: at(2000), last: at(2600) },
    ];
    const found = timeline(marks, 0, { covered });
    expect(kinds(found).slice(7)).toEqual(['missing', 'evidence-gap', 'attempt']);
    expect(found.points.slice(7, 9)).toMatchObject([
      { time: at(330), until: at(330), due: 1, numbers: { first: 7, last: 7 } },
      { time: at(650), until: at(1290), due: 2 },
    ]);
    expect(attempts(found).at(-1)).toMatchObject({ number: 10, numberBasis: 'inferred', timing: 'on-time' });
    expect(found.missing).toBe(1);
  });

  it('attempts whose beginning was not seen are told by their intervals, an hour tells none', () => {
    const found = timeline(
      marksOf([
        ['attempt', 0],
        ['attempt', 320],
        ['attempt', 960],
      ]),
      970,
    );
    expect(attempts(found).map(({ number, numberBasis }) => [number, numberBasis])).toEqual([
      [7, 'inferred'],
      [8, 'inferred'],
      [9, 'inferred'],
    ]);
    const hourly = timeline(
      marksOf([
        ['attempt', 0],
        ['attempt', 3600],
        ['attempt', 7200],
      ]),
      7300,
    );
    expect(attempts(hourly).map(({ number }) => number)).toEqual([null, null, null]);
    expect(hourly.next).toMatchObject({ number: null, time: null });
    expect(hourly.missing).toBe(0);
  });

  it('a fault that is told each minute is one point', () => {
    const faults: Told[] = Array.from({ length: 5 }, (_, index) => ['fault', 100 + index * 60]);
    const found = timeline(marksOf([['fault', 0], ['attempt', 10], ...faults]), 15);
    expect(found.points.filter(({ kind }) => kind === 'fault')).toMatchObject([
      { count: 1 },
      { count: 5, lastTime: at(340) },
    ]);
  });
});

describe('times', () => {
  it('that a source lists from the newest on are read from its end', () => {
    const found = timeline(marksOf(SIX.toReversed()), 200);
    expect(attempts(found).map(({ number }) => number)).toEqual([1, 2, 3, 4, 5, 6]);
    expect(kinds(found)).not.toContain('clock-jump');
  });

  it('that go back are a clock that was set: nothing is reckoned across', () => {
    const found = timeline(
      marksOf([
        ['fault', 0],
        ['attempt', 10],
        ['attempt', 20],
        ['attempt', -3570],
        ['attempt', -3550],
      ]),
      8000,
    );
    expect(kinds(found)).toEqual(['fault', 'attempt', 'attempt', 'clock-jump', 'attempt', 'attempt']);
    expect(attempts(found).map(({ number, numberBasis, interval }) => [number, numberBasis, interval])).toEqual([
      [1, 'counted', 10],
      [2, 'counted', 10],
      [3, 'inferred', null],
      [4, 'inferred', 20],
    ]);
    expect(found.points[3]).toMatchObject({ back: 3590 });
    expect([found.missing, found.next?.time, found.next?.timeBasis]).toEqual([0, at(-3510), 'estimated']);
  });

  it('that are estimated are no ground for intervals', () => {
    const marks = marksOf(
      [
        ['fault', 0],
        ['attempt', 0],
        ['attempt', 0],
      ],
      { timeBasis: 'estimated' },
    );
    const found = timeline(marks, 9000);
    expect(attempts(found).map(({ number, interval, timing }) => [number, interval, timing])).toEqual([
      [1, null, 'unknown'],
      [2, null, 'unknown'],
    ]);
    expect([found.missing, found.next?.time]).toEqual([0, null]);
    expect(found.notes.join()).toMatch('Estimated');
  });

  it('that are wanting leave the order of the source', () => {
    const found = timeline(
      marksOf([
        ['fault', null],
        ['attempt', null],
        ['cannot-recover', null],
        ['recovered', null],
      ]),
      0,
      { covered: [] },
    );
    expect(kinds(found)).toEqual(['fault', 'attempt', 'recovered']);
    expect(attempts(found)[0]).toMatchObject({ number: 1, time: null, timeBasis: 'none', outcome: 'cannot-recover' });
    expect(found.state).toBe('recovered');
  });

  it('that one source has not and another has leave the first one at the end', () => {
    const untimed = marksOf([['attempt', null]], { source: 'no-times.log' });
    const found = timeline([...untimed, ...marksOf(SIX)], 200);
    expect(found.points.at(-1)).toMatchObject({ kind: 'attempt', number: null, round: null });
    expect(
      attempts(found)
        .slice(0, 6)
        .map(({ number }) => number),
    ).toEqual([1, 2, 3, 4, 5, 6]);
  });

  it('of one moment in log and event log are one attempt, with both as its evidence', () => {
    const events = marksOf([['cannot-recover', 12]], { source: 'app.evtx' });
    const found = timeline(
      [
        ...events,
        ...marksOf([
          ['fault', 0],
          ['attempt', 10],
          ['cannot-recover', 11.2],
        ]),
      ],
      15,
    );
    expect(attempts(found)).toHaveLength(1);
    expect(attempts(found)[0]!.evidence.map(({ source }) => source)).toEqual(['a.log', 'a.log', 'app.evtx']);
  });
});

describe('versions', () => {
  it('1.4.1 and 1.4.2 take seven steps and give up', () => {
    const marks = marksOf([['fault', 0], ...Array.from({ length: 7 }, (_, index): Told => ['attempt', 60 * index])]);
    const found = timeline(marks, 9000, { version: '1.4.2' });
    expect(attempts(found).map(({ step, expected }) => [step, expected])).toEqual([
      ['restart-services', null],
      ['restart-services', null],
      ['restart-services', null],
      ['restart-ad', null],
      ['restart-cms', null],
      ['restart-mediation', null],
      ['restart-edge', null],
    ]);
    expect([found.state, found.next, found.missing]).toEqual(['given-up', null, 0]);
    const going = timeline(marks.slice(0, 4), 9000, { version: '1.4.1' });
    expect(going.next).toMatchObject({ number: 4, time: null, step: 'restart-ad' });
    expect(
      timeline([...marks.slice(0, 4), ...marksOf([['manual-required', 400]], { byteStart: 9000 })], 9000, {
        version: '1.4.1',
      }).state,
    ).toBe('given-up');
  });

  it('before 1.4.1 nothing recovers by itself, and attempts make the version doubtful', () => {
    const found = timeline(
      marksOf([
        ['fault', 0],
        ['attempt', 10],
      ]),
      9000,
      { version: '1.3.8' },
    );
    expect([found.rule, found.missing, found.next]).toEqual(['none', 0, null]);
    expect(found.notes.join(' ')).toMatch('the version may be wrong');
  });

  it('where none is known, the schedule of 2.0 is assumed and said to be', () => {
    const found = timeline(marksOf(SIX), 200, { version: null });
    expect([found.rule, found.ruleBasis, found.next?.number]).toEqual(['back-off', 'assumed', 7]);
  });
});

describe('counters', () => {
  it('are held against the attempts up to the time of their file', () => {
    const counter = { value: 6, time: null, source: 'ApplianceManager.ini', line: 4 };
    const counters = [counter, { ...counter, value: 3, time: at(40) }, { ...counter, value: 9 }];
    const found = timeline(marksOf(SIX), 200, { counters });
    expect(found.counters.map(({ counted, agrees }) => [counted, agrees])).toEqual([
      [6, true],
      [3, true],
      [6, false],
    ]);
    const recovered = timeline(marksOf([...SIX, ['recovered', 171]]), 200, { counters: [{ ...counter, value: 0 }] });
    expect(recovered.counters[0]).toMatchObject({ counted: 0, agrees: true });
  });
});
