import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Context, ContextSource } from '../../src/context/index.js';
import { roleOfName } from '../../src/context/role.js';
import { context, fact, ini, log, output, row, running, service, source, transcript, vm } from '../unit/context-kit.js';

const folderName = fc.constantFrom(
  'host1',
  'host2',
  'north',
  'south.zip!',
  'logs',
  'CMS',
  'Edge',
  '2018-09-07',
  'CCEHOST2',
  'misc',
  'C$',
  'ProgramData',
  'Users',
);
const folders = fc.array(folderName, { maxLength: 3 }).map((names) => names.map((name) => `${name}/`).join(''));
const machine = fc.constantFrom(
  'CCEHOST1',
  'ccehost1.corp.example',
  'CCEHOST2',
  'ADMINPC7',
  'CCEMS1',
  'CCEEDGE2',
  'WIN-0A1B2C3D4E5',
);
const number = fc.integer({ min: 1, max: 2 });

const maker = fc.oneof(
  fc.constant((path: string) => log(`${path}.log`, '2018-09-07T10:40:37Z')),
  number.map((n) => (path: string) => ini(`${path}.ini`, { number: n })),
  machine.map((name) => (path: string) => transcript(`${path}.txt`, name)),
  machine.map((name) => (path: string) => transcript(`${path}.txt`, name, [running('2.1'), service('MASTER')])),
  fc
    .array(machine, { minLength: 1, maxLength: 2 })
    .map((machines) => (path: string) => source(`${path}.evtx`, 'event-log', { machines })),
  number.map((n) => (path: string) => output(`${path}.txt`, vm(`CCEMS${n}-2.1.0`), vm(`CCEEDGE${n}-2.1.0`, 'Off'))),
  number.map((n) => (path: string) => output(`${path}.txt`, row('CCEHOST1', n), row('CCEHOST2', 2))),
  machine.map(
    (name) => (path: string) =>
      output(`${path}.txt`, fact('machine', { name }), service('RTCMRAUTH', { machine: name })),
  ),
  fc.constant((path: string) => output(`${path}.txt`, fact('certificate', { subject: 'CN=ccems1.cce.local' }))),
);
const fileName = fc.constantFrom('a', 'seattle_get-vm', 'denver_get-vm', 'ccehost1_x', 'CCEMS2', 'edge');

const bundle = fc
  .array(fc.tuple(folders, fileName, maker), { minLength: 1, maxLength: 9 })
  // A place in the list makes every path another.
  .map((list) => list.map(([path, file, make], at) => make(`outer/${path}${file} ${at}`)));

/** All that a context says, as data. */
function told({ appliances, facts, of }: Context, sources: readonly ContextSource[]) {
  const paths = sources.map(({ path }) => path).sort();
  return { appliances, facts, of: paths.map((path) => [path, of(path)?.key ?? null]) };
}

describe('context', () => {
  it('is the same whatever order the sources come in', () => {
    fc.assert(
      fc.property(
        bundle.chain((sources) =>
          fc.tuple(fc.constant(sources), fc.shuffledSubarray(sources, { minLength: sources.length })),
        ),
        ([sources, shuffled]) => {
          expect(told(context(shuffled), sources)).toEqual(told(context(sources), sources));
        },
      ),
    );
  });

  it('gives every source and fact to one appliance at most, and to one that it lists', () => {
    fc.assert(
      fc.property(bundle, fc.option(fc.constantFrom('ccehost1', 'GIVEN')), (sources, given) => {
        const found = context(sources, given);
        const keys = found.appliances.map(({ key }) => key);
        expect(new Set(keys).size).toBe(keys.length);
        for (const { path } of sources) expect([null, ...found.appliances]).toContain(found.of(path));
        for (const { appliance } of found.facts) expect([null, ...keys]).toContain(appliance);
        expect(found.facts).toHaveLength(sources.flatMap(({ facts }) => facts).length);
      }),
    );
  });

  it('keeps every name that was said, whatever the outermost folder is called', () => {
    const outer = fc.constantFrom(
      'Edge',
      'CCEHOST1',
      'CCEHOST2',
      'host1',
      'logs',
      '2018-09-07',
      'CCEMS1',
      'x.zip!',
      'Instances',
    );
    fc.assert(
      fc.property(bundle, outer, (sources, name) => {
        // Folder and machine that are called after the same server show that machine to be it: test/unit/context-layouts.
        const server = roleOfName(name);
        const named = sources.flatMap(({ machines, facts }) => [
          ...machines,
          ...facts.map(({ machine }) => machine ?? ''),
        ]);
        fc.pre(server === null || server === 'host' || !named.some((machine) => roleOfName(machine) === server));
        const renamed = sources.map((one) => ({ ...one, path: one.path.replace('outer/', `/var/${name}/`) }));
        expect(saidNames(context(renamed))).toEqual(saidNames(context(sources)));
        const [before, after] = [context(sources), context(renamed)];
        for (const [at, { path, machines }] of sources.entries()) {
          if (machines.length === 1) expect(after.of(renamed[at]!.path)?.name).toBe(before.of(path)?.name);
        }
      }),
    );
  });

  it('is the same for all others when a source comes that says nothing', () => {
    const silent = fc.tuple(folders, fileName).map(([path, file]) => source(`outer/${path}${file}.dat`, 'other'));
    fc.assert(
      fc.property(bundle, silent, (sources, more) => {
        expect(told(context([...sources, more]), sources)).toEqual(told(context(sources), sources));
      }),
    );
  });

  it('is the same for all others when a log comes beside another', () => {
    fc.assert(
      fc.property(bundle, fc.nat(), (sources, pick) => {
        const logs = sources.filter(({ kind }) => kind === 'trace-log');
        const beside = logs[pick % Math.max(1, logs.length)];
        fc.pre(beside !== undefined);
        const more = log(beside!.path.replace('.log', ' (copy).log'));
        expect(told(context([...sources, more]), sources)).toEqual(told(context(sources), sources));
      }),
    );
  });
});

function saidNames({ appliances }: Context): string[] {
  return appliances
    .filter(({ known }) => known.some(({ name, basis }) => name === 'appliance' && basis === 'said'))
    .map(({ key }) => key);
}
