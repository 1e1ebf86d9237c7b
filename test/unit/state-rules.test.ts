import { describe, expect, it } from 'vitest';
import { findStates } from '../../src/detectors/state/find-states.js';
import { openQuestions } from '../../src/detectors/state/open-questions.js';
import { holds } from '../../src/detectors/state/value-test.js';
import type { PlacedFact } from '../../src/facts.js';
import type { StateQuestion, StateRule, ValueTest } from '../../src/model.js';
import { known, pattern, placed, rule } from '../support/placed-facts.js';

const ONE = { appliances: [known('CCEHOST1', { version: '2.1.0', asOf: '2018-09-07T00:00:00Z' })] };
const found = (facts: PlacedFact[], state: StateRule | StateRule[], about: Parameters<typeof findStates>[2] = ONE) =>
  findStates([{ id: 'a-state', state: [state].flat(), question: undefined }], facts, about).map((one) => one.found);

describe('what a test asks of a value', () => {
  const asking = {
    value: 'service.name',
    bindings: new Map([['vm', placed('vm', { name: 'CCEMS1-2.1.0', state: '' })]]),
    asOf: Date.parse('2018-09-07T00:00:00Z'),
  };
  it.each<[ValueTest, string | undefined, boolean]>([
    ['running', ' Running ', true],
    ['running', undefined, false],
    [['a', 'b'], 'B', true],
    [true, 'True', true],
    [3, '3', true],
    ['{vm.name}', 'ccems1-2.1.0', true],
    ['{vm.uptime}', '', false],
    [{ not: 'running' }, 'Stopped', true],
    [{ not: 'running' }, undefined, false],
    [{ not: '{vm.uptime}' }, 'x', false],
    [{ not: { pattern: 'x' } }, 'y', true],
    [{ not: { below: 3 } }, 'many', false],
    [{ not: 'outbound', orAbsent: true }, undefined, true],
    [{ not: 'outbound', orAbsent: true }, 'Outbound', false],
    [{ present: true }, '', true],
    [{ present: true }, undefined, false],
    [{ present: false }, undefined, true],
    [{ present: false }, '', false],
    [{ empty: true }, '  ', true],
    [{ empty: true }, undefined, false],
    [{ empty: false }, 'a', true],
    [{ pattern: '^s[a-z]+ed$' }, 'Saved', true],
    [{ contains: 'cce' }, 'xCCEx', true],
    [{ partOf: '{vm.name}' }, '2.1.0', true],
    [{ partOf: '{vm.name}' }, '', false],
    [{ includes: '192.0.2.1' }, '192.0.2.11 192.0.2.1', true],
    [{ includes: '192.0.2.1' }, '192.0.2.11', false],
    [{ longerThan: 3 }, 'abcd', true],
    [{ atLeast: 3, below: 5 }, '5', false],
    [{ atLeast: 3 }, 'several', false],
    [{ version: '<2.1' }, '2.0.1', true],
    [{ version: '<2.1' }, 'new', false],
    [{ version: '<{vm.name}' }, '2.0.1', false],
    [{ within: '60d' }, '2018-11-05T00:00:00Z', true],
    [{ within: '60d' }, '2018-11-07', false],
    [{ within: '60d' }, '1/2/2018', false],
    [{ within: '60d', not: { within: '0d' } }, '2017-01-01T00:00:00', false],
    [{ since: '1d' }, '2018-09-06T12:00:00Z', true],
    [{ since: '1d' }, '2018-09-08T12:00:00Z', false],
    [{ daysAfter: { time: '2016-09-06T12:00:00Z', atLeast: 730, below: 731 } }, '2018-09-06T12:00:00Z', true],
  ])('%j of %j: %s', (test, value, expected) => {
    expect(holds(test, value, asking)).toBe(expected);
  });

  it('splits lists of paths at their bars', () => {
    const paths = 'C:\\Program Files\\A|D:\\B';
    expect(holds({ includes: 'c:\\program files\\a' }, paths, { ...asking, value: 'defender.paths' })).toBe(true);
    expect(holds({ includes: 'c:\\program' }, paths, { ...asking, value: 'defender.paths' })).toBe(false);
  });

  it.each<[string, string, boolean]>([
    ['C:\\Program Files\\A', 'c:\\program files\\a', true],
    ['C:\\Program Files\\A\\|D:\\B', 'D:\\B\\C', true],
    ['E:\\Program Files\\*', '%ProgramFiles%\\A', true],
    ['%SystemDrive%', 'C:\\A', true],
    ['C:\\', 'D:\\A', false],
    ['C:\\Program', 'C:\\Program Files', false],
    ['', 'C:\\A', false],
  ])('%s covers %s: %s', (paths, path, expected) => {
    const of = { ...asking, value: 'defender.paths' };
    expect(holds({ covers: path }, paths, of)).toBe(expected);
    expect(holds({ not: { covers: path } }, paths, of)).toBe(!expected);
  });

  it('does not know what a variable or a wildcard covers', () => {
    const of = { ...asking, value: 'defender.paths' };
    expect(holds({ covers: 'C:\\A' }, '%Own%\\A', of)).toBe(false);
    expect(holds({ not: { covers: 'C:\\A' } }, '%Own%\\A', of)).toBe(false);
    expect(holds({ not: { covers: 'C:\\A' } }, 'C:\\*\\A', of)).toBe(false);
  });

  it('knows no time where the bundle tells none', () => {
    expect(holds({ within: '60d' }, '2000-01-01', { ...asking, asOf: null })).toBe(false);
    expect(holds({ not: { within: '60d' } }, '2000-01-01', { ...asking, asOf: null })).toBe(false);
  });
});

describe('a rule', () => {
  const stopped = rule([pattern('service', { status: { not: 'Running' } }, { role: 'mediation' })], {
    found: '{service.name} is {service.status}',
    entities: { service: '{service.name}' },
  });
  const down = placed('service', { name: 'RTCMEDSRV', status: 'Stopped' }, { role: 'mediation' });

  it('says what it found, where, and of what', () => {
    const signatures = [{ id: 'a-state', state: [stopped], question: undefined }];
    expect(findStates(signatures, [down], ONE)).toEqual([
      {
        signature: 'a-state',
        fact: down,
        others: [],
        found: 'RTCMEDSRV is Stopped',
        entities: { service: 'RTCMEDSRV' },
        keys: { service: 'rtcmedsrv' },
      },
    ]);
  });

  it('does not take a server that is not known for the one it asks for', () => {
    expect(found([{ ...down, role: null }], stopped)).toEqual([]);
    expect(found([{ ...down, role: 'edge' }], stopped)).toEqual([]);
  });

  it('holds where none of the others fits', () => {
    const spared = {
      ...stopped,
      none: [pattern('pstn-appliance', { maintenance: true, name: '{service.appliance}' })],
    };
    const at = (name: string) => placed('pstn-appliance', { id: name, name, maintenance: 'True' });
    expect(found([down, at('CCEHOST2')], spared)).toEqual(['RTCMEDSRV is Stopped']);
    expect(found([down, at('ccehost1')], spared)).toEqual([]);
  });

  it('is for some versions', () => {
    const old = { ...stopped, versions: '<2.0.0' };
    const about = (version?: string) => ({ appliances: [known('CCEHOST1', version ? { version } : {})] });
    expect(found([down], old, about('2.1'))).toEqual([]);
    expect(found([down], old, about('1.4.2'))).toHaveLength(1);
    expect(found([down], old, about())).toHaveLength(1);
    expect(found([down], { ...old, versionRequired: true }, about())).toEqual([]);
  });

  it('takes the last word of a source, and the word of every source', () => {
    const running = placed('service', { name: 'rtcmedsrv', status: 'Running' }, { role: 'mediation' });
    expect(found([down, running], stopped)).toEqual([]);
    expect(found([running, { ...down, byteStart: running.byteStart + 1 }], stopped)).toHaveLength(1);
    expect(found([down, { ...running, source: 'b.txt' }], stopped)).toHaveLength(1);
    expect(found([down, { ...running, role: 'edge' }], stopped)).toHaveLength(1);
  });

  const twice = rule(
    [
      pattern('ini-key', { key: 'IP' }),
      pattern(
        'ini-key',
        { key: 'IP', value: '{ini-key.value}', section: { not: '{ini-key.section}' } },
        { as: 'other' },
      ),
    ],
    { found: '{ini-key.section} and {other.section}' },
  );
  const ip = (section: string, value = '192.0.2.1', place = {}) =>
    placed('ini-key', { section, key: 'IP', value }, place);

  it('joins facts, and says a pair once', () => {
    expect(found([ip('A'), ip('B')], twice)).toEqual(['A and B']);
    expect(found([ip('A'), ip('B', '192.0.2.2')], twice)).toEqual([]);
    expect(found([ip('A'), ip('B'), ip('C')], twice)).toHaveLength(3);
  });

  it('looks at one appliance, or across its site', () => {
    const facts = [ip('A', '192.0.2.1'), ip('B', '192.0.2.1', { appliance: 'CCEHOST2' })];
    const about = { appliances: [known('CCEHOST1'), known('CCEHOST2')] };
    const across = {
      ...twice,
      all: twice.all.map((one, index) => (index ? { ...one, across: 'site' as const } : one)),
    };
    expect(found(facts, twice, about)).toEqual([]);
    expect(found(facts, across, about)).toEqual(['A and B', 'B and A']);
    const apart = { appliances: [known('CCEHOST1'), known('CCEHOST2', { site: 'Paris' })] };
    expect(found([facts[0] as PlacedFact, { ...(facts[1] as PlacedFact), site: 'Paris' }], across, apart)).toEqual([]);
  });

  it('joins facts of no known appliance where there is but one, or where one source says them', () => {
    const nobody = (source: string) => ({ appliance: null, site: null, source });
    const facts = [ip('A', '192.0.2.1', nobody('a')), ip('B', '192.0.2.1', nobody('b'))];
    expect(found(facts, twice, { appliances: [] })).toHaveLength(1);
    expect(found(facts, twice)).toHaveLength(1);
    const two = { appliances: [known('CCEHOST1'), known('CCEHOST2')] };
    expect(found(facts, twice, two)).toEqual([]);
    expect(found([facts[0] as PlacedFact, { ...(facts[1] as PlacedFact), source: 'a' }], twice, two)).toHaveLength(1);
  });

  it('says together what several rules say of one fact', () => {
    const also = { ...stopped, found: 'a service is down' };
    expect(found([down], [stopped, also, stopped])).toEqual(['RTCMEDSRV is Stopped; a service is down']);
  });
});

describe('a question', () => {
  const question: StateQuestion = {
    text: 'Do the services run?',
    command: 'Get-CsWindowsService',
    where: 'vm',
    versions: 'any',
    answeredBy: [pattern('service', {}, { role: 'mediation' })],
  };
  const asked = (facts: PlacedFact[], more: Partial<StateQuestion> = {}, about = ONE) =>
    openQuestions([{ id: 'a-state', state: undefined, question: { ...question, ...more } }], facts, about);
  const service = placed('service', { name: 'RTCMEDSRV', status: 'Running' }, { role: 'mediation' });

  it('is open while nothing answers it', () => {
    const { text, command, where } = question;
    expect(asked([])).toEqual([{ signature: 'a-state', text, command, where, appliance: 'CCEHOST1' }]);
    expect(asked([{ ...service, role: 'edge' }])).toHaveLength(1);
    expect(asked([service])).toEqual([]);
    expect(asked([service], { answeredBy: [] })).toHaveLength(1);
  });

  it('is for some versions, and for sites of one or several', () => {
    expect(asked([], { versions: '<2.0.0' })).toEqual([]);
    expect(asked([], { ofSite: 'one' })).toHaveLength(1);
    expect(asked([], { ofSite: 'several' })).toEqual([]);
    const two = { appliances: [...ONE.appliances, known('CCEHOST2')] };
    expect(asked([], { ofSite: 'several' }, two as typeof ONE)).toHaveLength(2);
  });

  it('is not asked where the state was found', () => {
    const state = [rule([pattern('vm')])];
    const signatures = [{ id: 'a-state', state, question }];
    expect(openQuestions(signatures, [placed('vm', { name: 'A', state: 'Off' })], ONE)).toEqual([]);
  });
});
