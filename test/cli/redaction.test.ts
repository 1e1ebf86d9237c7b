/** Every kind of name in every kind of source, in every format: none gets out, and what is found stays the same. */
import { mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { beforeAll, describe, expect, test } from 'vitest';
import type { Report } from '../../src/model.js';
import { restoreNames } from '../../src/redaction/map.js';
import { Redaction } from '../../src/redaction/redaction.js';
import { FORMATS } from '../../src/reports/formats.js';
import { corpusFiles, leaksIn, NAMES, readingsOf } from '../support/redaction-corpus.js';
import { rendered } from '../support/render.js';
import { reportOf } from '../support/report.js';
import { desk } from '../support/run-ccelog.js';
import { logonFailure, minute } from '../support/synthetic-log.js';

const place = desk();
let plain: Report;
beforeAll(async () => {
  for (const [name, content] of Object.entries(await corpusFiles())) place.write(`bundle/${name}`, content);
  plain = reportOf((await place.ccelog(['analyze', 'bundle', '--format', 'json'])).stdout);
});

const redacted = (args: string[], db = ':memory:') => place.ccelog([...args, '--redact', '--db', db]);

describe('a report', () => {
  test('has all names without --redact, so that the test tests something', () => {
    expect(leaksIn(JSON.stringify(plain)).sort()).toEqual(Object.keys(NAMES).sort());
  });

  test.each(Object.keys(FORMATS))('has none in %s', async (format) => {
    const { code, stdout, stderr } = await redacted(['analyze', 'bundle', '--format', format]);
    expect({ code, stderr }).toEqual({
      code: 0,
      stderr: expect.stringMatching(/^redacted: appliance 1, .* places\); read/),
    });
    expect(stdout).toContain('user-1');
    expect(leaksIn(stdout)).toEqual([]);
  });

  test('says the same but for the names', async () => {
    const report = reportOf((await redacted(['analyze', 'bundle', '--format', 'json'])).stdout);
    const shape = ({ sources, incidents, unknown, summary }: Report) => ({
      sources: sources.map(({ path: _, appliance: __, ...rest }) => rest),
      incidents: incidents.map(({ signature, count, status, firstSeen, fixes, evidence, entities }) => ({
        ...{ signature, count, status, firstSeen, entities: Object.keys(entities) },
        fixes: fixes.map(({ id, selected, reason }) => ({ id, selected, reason })),
        evidence: evidence.map(({ id, line, byteStart, byteEnd }) => ({ id, line, byteStart, byteEnd })),
        lines: evidence.map(({ excerpt }) => excerpt.split('\n').length),
      })),
      unknown: unknown.map(({ count, level }) => ({ count, level })),
      summary,
    });
    expect(shape(report)).toEqual(shape(plain));
    expect(report.redaction?.counts).toMatchObject({ appliance: 1, sid: 1, guid: 1, mac: 1, phone: 1, place: 1 });
  });

  test('has one pseudonym for one name in all sources, and its words in their places', async () => {
    const { stdout } = await redacted(['analyze', 'bundle', '--format', 'json']);
    const { sources, incidents, unknown } = reportOf(stdout);
    const host = sources.find(({ appliance }) => appliance !== null)?.appliance as string;
    expect(host).toBe('appliance-1');
    expect(sources.map(({ path }) => path).every((path) => path.startsWith(`bundle/${host}/`))).toBe(true);
    expect(sources.map(({ path }) => path)).toContainEqual(
      expect.stringMatching(/old\.zip!\/host-\d+\/Users\/user-\d+\/Cce/),
    );
    const conflict = incidents.find(({ signature }) => signature === 'register-appliance-conflict');
    expect(conflict?.entities).toMatchObject({ appliance: host, site: expect.stringMatching(/^site-\d+$/) });
    // The sentence, from wherever it was read, reads the same.
    const said = unknown.map(({ evidence }) =>
      /Cannot sync (\S+) \((\S+)\) at (\S+) /.exec(evidence.excerpt.replace(/\s+/g, ' ')),
    );
    const read = new Set(
      said.filter((found) => found !== null).map(([, ...parts]) => parts.join(' ').replaceAll('\\\\', '\\')),
    );
    expect([...read]).toHaveLength(1);
    expect(stdout).toContain('System.Net.Sockets');
    expect(stdout).toContain('2.1.0.0');
  });

  test.each(Object.keys(FORMATS))('is refused by the check where %s lets one name through', async (format) => {
    const redaction = new Redaction({ key: null, kept: [], also: [] });
    const clean = redaction.redact(plain);
    const options = { width: 80, colour: true };
    expect(redaction.residues(await rendered(format, clean, options))).toEqual([]);
    const [first, ...others] = clean.incidents;
    for (const name of [NAMES.mail, NAMES.account, `${NAMES.vm}.${NAMES.internalDomain}`, NAMES.ip, NAMES.sid]) {
      const sabotaged = { ...clean, incidents: [{ ...first!, title: `It is ${name} again` }, ...others] };
      expect(redaction.residues(await rendered(format, sabotaged, options)), name).not.toEqual([]);
    }
  });

  test('is the same each time', async () => {
    const args = ['analyze', 'bundle', '--format', 'json'];
    expect((await redacted(args)).stdout).toBe((await redacted(args)).stdout);
  });

  test('masks passwords all the same', async () => {
    const log = place.write('p.log', logonFailure(minute(1)).replace('refused', 'refused -Password S3cr3t-Pa55'));
    expect((await redacted(['analyze', log, '--format', 'json'])).stdout).not.toContain('S3cr3t');
  });
});

describe('other commands', () => {
  test('leave no name out: incidents, show, diff, explain', async () => {
    const kept = place.write('kept.json', JSON.stringify(plain));
    const conflict = plain.incidents.find(({ signature }) => signature === 'register-appliance-conflict')!;
    const evidence = [conflict.evidence[0]!.id, ...plain.unknown.map((error) => error.evidence.id)];
    const runs = [
      ...[['table'], ['json'], ['ndjson']].flatMap(([format]) => [
        ['incidents', 'list', '--format', format!],
        ['incidents', 'show', conflict.id, '--format', format!],
      ]),
      ...evidence.flatMap((id) => [
        ['show', id, '-C', '50'],
        ['show', id, '-C', '50', '--format', 'json'],
      ]),
      ['diff', kept, 'bundle'],
      ['diff', kept, 'bundle', '--format', 'json'],
      ['explain', `Logon failed for the user ${NAMES.mail}. Please`],
    ];
    for (const args of runs) {
      const { code, stdout } = await redacted(args, place.db);
      expect([0, 3], args.join(' ')).toContain(code);
      expect(leaksIn(stdout), args.join(' ')).toEqual([]);
    }
  });

  test('show keeps the lines of the file', async () => {
    const id = plain.incidents.find(({ signature }) => signature === 'register-appliance-conflict')!.evidence[0]!.id;
    const lines = async (args: string[]) =>
      (
        JSON.parse((await place.ccelog(['show', id, '-C', '9', '--format', 'json', ...args])).stdout) as {
          lines: { number: number }[];
        }
      ).lines.map(({ number }) => number);
    expect(await lines(['--redact'])).toEqual(await lines([]));
  });

  test('collect and watch say why not', async () => {
    for (const args of [['collect'], ['watch', '.']]) {
      const { code, stderr } = await place.ccelog([...args, '--redact']);
      expect(code).toBe(2);
      expect(stderr).toMatch(/^error: --redact is not available here\n {2}why: /);
    }
  });
});

describe('the map', () => {
  test('is for its owner alone, gives the names back, and the case goes on with it', async () => {
    const map = place.path('keys/case.json');
    mkdirSync(place.path('keys'));
    const args = ['analyze', 'bundle', '--format', 'json', '--redaction-map', map];
    const first = await redacted(args);
    expect(statSync(map).mode & 0o777).toBe(0o600);
    const { names } = JSON.parse(readFileSync(map, 'utf8'));
    // Names come back in one spelling; nothing else differs, but for the account and where a console's line ended in a name.
    const same = (report: Report) => readingsOf(JSON.stringify({ ...report, redaction: undefined }))[3];
    expect(same(reportOf(restoreNames(first.stdout, names)))).toBe(same(plain));

    const log = place.write(
      'later.log',
      logonFailure(minute(1), 'zoe@kuchenwelt.example') + logonFailure(minute(2), NAMES.mail),
    );
    const later = reportOf((await redacted(['analyze', log, '--format', 'json', '--redaction-map', map])).stdout);
    const before = reportOf(first.stdout).incidents.find(({ signature }) => signature === 'tenant-admin-logon-failed')!;
    const known = later.incidents.find(({ entities }) => entities['user'] === before.entities['user'])!;
    expect(known.fingerprint).toBe(before.fingerprint);
    expect(JSON.parse(readFileSync(map, 'utf8')).names.slice(0, names.length)).toEqual(names);
    // Less is never written: the first report comes out as before.
    expect((await redacted(args)).stdout).toBe(first.stdout);
  });

  test.each([
    ['no map', '{}', 'is no redaction map'],
    ['one of another key', '{"schemaVersion":1,"keyCheck":"0011223344556677","names":[]}', 'do not belong together'],
  ])('is refused where it is %s', async (_, content, message) => {
    const map = place.write(`keys/${message.replaceAll(' ', '-')}.json`, content);
    const { code, stdout, stderr } = await redacted(['analyze', 'bundle', '--redaction-map', map]);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain(message);
    expect(readFileSync(map, 'utf8')).toBe(content);
  });

  test('is refused within what goes out', async () => {
    for (const args of [
      ['-o', 'out.json', '--redaction-map', 'out.json'],
      ['--redaction-map', 'bundle/map.json'],
    ]) {
      const { code, stderr } = await redacted(['analyze', 'bundle', ...args]);
      expect(code).toBe(2);
      expect(stderr).toContain('the redaction map cannot be kept there');
    }
  });
});

describe('the key', () => {
  test('gives the same pseudonyms everywhere', async () => {
    const key = place.write('case.key', 'b2c1f3d4e5a69788b2c1f3d4e5a69788');
    const run = async (path: string) =>
      reportOf((await redacted(['analyze', path, '--format', 'json', '--redaction-key', key])).stdout).incidents.find(
        ({ signature }) => signature === 'tenant-admin-logon-failed',
      )!;
    const log = place.write('other.log', logonFailure(minute(3), NAMES.mail));
    const [one, other] = [await run('bundle'), await run(log)];
    expect(one.entities['user']).toMatch(/^user-[0-9a-f]{8}@tenant-[0-9a-f]{8}$/);
    expect(other.entities).toEqual(one.entities);
    expect(other.fingerprint).toBe(one.fingerprint);
    expect(one.fingerprint).not.toBe(plain.incidents.find(({ signature }) => signature === one.signature)!.fingerprint);
  });

  test('must be long, and there', async () => {
    writeFileSync(place.path('short.key'), 'abc\n');
    for (const [key, message] of [
      ['short.key', 'too short'],
      ['none.key', 'cannot be read'],
    ]) {
      const { code, stderr } = await redacted(['analyze', 'bundle', '--redaction-key', key!]);
      expect(code).toBe(2);
      expect(stderr).toContain(message);
    }
  });
});

describe('usage', () => {
  test.each([
    [['--redaction-map', 'm.json'], 'needs --redact'],
    [['--redact', '--redact-also', 'a(b'], 'at character 2'],
  ])('%j is refused', async (args, message) => {
    const { code, stderr } = await place.ccelog(['analyze', 'bundle', ...args]);
    expect(code).toBe(2);
    expect(stderr).toContain(message);
  });

  test('--redact-also takes what only its owner knows', async () => {
    const also = ['--redact-also', 'portal', '--redact-also', 'Archi\\w+'];
    const { stdout } = await redacted(['analyze', 'bundle', '--format', 'json', ...also]);
    expect(stdout).not.toMatch(/portal|archived/i);
    expect(stdout).toContain('redacted-1');
  });
});
