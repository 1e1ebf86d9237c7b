/** Three appliances of one site: what all of them have, what one has, and whether it was repaired. */
import { describe, expect, test } from 'vitest';
import type { Incident } from '../../src/model.js';
import { appliance, ini, serviceLog } from '../fixtures/bundles/appliance.ts';
import { serverCertificate } from '../fixtures/bundles/certificate.ts';
import { siteAfter, siteBefore } from '../fixtures/bundles/site.ts';
import { analyzed, states, writeBundle } from '../support/bundle-files.js';
import { type Desk, desk } from '../support/run-ccelog.js';
import { healthy, logonFailure, minute } from '../support/synthetic-log.js';

const of = (incidents: readonly Incident[], signature: string) =>
  incidents.filter((incident) => incident.signature === signature);

describe.concurrent('a site', () => {
  test.each([
    ['roles', 'utf-8-crlf', false],
    ['tree', 'utf-16le', false],
    ['zip', 'cp850', true],
  ] as const)('has what is shared once, and what is local where it is (%s, %s)', async (layout, encoding, isZip) => {
    const place = desk();
    const path = await writeBundle(place, 'site', siteBefore(layout, encoding), isZip);
    const { report, code } = await analyzed(place, [path, '--fail-on', 'critical']);
    expect(code).toBe(1);
    expect(report.appliances.map(({ name, site }) => [name, site])).toEqual(
      [1, 2, 3].map((number) => [`CCEHOST${number}`, 'Seattle']),
    );
    // A failure of the log, and a state.
    for (const signature of ['tenant-admin-logon-failed', 'inbound-firewall-rule-disabled']) {
      const [shared, ...more] = of(report.incidents, signature) as [Incident];
      expect(more).toEqual([]);
      expect(shared).toMatchObject({ scope: 'site', site: 'Seattle', appliance: null });
      expect(shared.members).toHaveLength(3);
      expect(shared.suggests).toMatch(/^All 3 appliances of site Seattle have it, so look at what they share/);
      expect(new Set(shared.evidence.map(({ source }) => /CCEHOST\d/.exec(source)?.[0])).size).toBe(3);
    }
    expect(of(report.incidents, 'tenant-admin-logon-failed')[0]?.count).toBe(6);
    for (const [signature, host] of [
      ['service-down-mediation', 'CCEHOST2'],
      ['credential-key-invalid-state', 'CCEHOST3'],
    ] as const) {
      const [local, ...more] = of(report.incidents, signature) as [Incident];
      expect(more).toEqual([]);
      expect(local).toMatchObject({ scope: 'appliance', appliance: host, members: [] });
      expect(local.suggests).toMatch(`look at ${host} itself first`);
    }
    expect(report.incidents).toHaveLength(4);
  });

  test('that was collected in one go judges what has no time of its own by the time of the others', async () => {
    const place = desk();
    const certificate = serverCertificate(2, '2018-01-01', '2020-01-01');
    const files = new Map<string, string | Buffer>([
      ['CCEHOST1/CceManagementService.log', serviceLog()],
      ['CCEHOST1/CloudConnector.ini', ini(appliance(1))],
      ['CCEHOST2/CloudConnector.ini', ini(appliance(2))],
      ['CCEHOST2/Mediation/server.cer', certificate],
    ]);
    const path = await writeBundle(place, 'b', new Map([...files].map(([name, data]) => [name, Buffer.from(data)])));
    const { report } = await analyzed(place, [path]);
    expect(states(report)).toEqual([]);
    const later = await analyzed(place, [path], ['--as-of', '2019-12-15T00:00:00Z']);
    expect(states(later.report)).toEqual(['internal-certificate-near-expiry']);
  });

  test('as Markdown says whose each failure is', async () => {
    const place = desk();
    const path = await writeBundle(place, 'site', siteBefore());
    const { stdout } = await place.ccelog(['analyze', path, '--format', 'markdown']);
    expect(stdout.replaceAll(/\s+/g, ' ')).toMatch(/All 3 appliances of site Seattle have it/);
  });
});

interface Difference {
  new: Incident[];
  gone: { incident: Incident; why: string }[];
  still: { before: Incident; after: Incident }[];
  unclear: { incident: Incident; why: string; question: { command: string } | null }[];
}

async function difference(place: Desk, before: string, after: string, options: string[] = []) {
  const { stdout, code, stderr } = await place.ccelog(['diff', before, after, '--format', 'json', ...options]);
  return { code, stderr, ...(JSON.parse(stdout) as Difference) };
}

const summed = ({ new: fresh, gone, still, unclear }: Difference) => ({
  fresh: fresh.map(({ signature, appliance }) => `${signature} ${appliance}`),
  gone: gone.map(({ incident }) => `${incident.signature} ${incident.appliance}`).sort(),
  still: still.map(({ after }) => `${after.signature} ${after.appliance}`),
  unclear: unclear.map(({ incident }) => `${incident.signature} ${incident.appliance}`),
});

const REPAIRED = {
  fresh: ['vm-saved-or-stopped CCEHOST1'],
  gone: ['service-down-mediation CCEHOST2', 'tenant-admin-logon-failed null'],
  still: ['credential-key-invalid-state CCEHOST3'],
  unclear: ['inbound-firewall-rule-disabled null'],
};

describe.concurrent('two bundles of a site', () => {
  test('show what was repaired, what was not, what is new and what cannot be told', async () => {
    const place = desk();
    const before = await writeBundle(place, 'before', siteBefore());
    const after = await writeBundle(place, 'after', siteAfter());
    const found = await difference(place, before, after);
    expect(summed(found)).toEqual(REPAIRED);
    expect(found.code).toBe(0);
    expect(found.unclear[0]?.question?.command).toMatch(/^Get-NetFirewallRule/);
    // The log goes on, so a failure that it does not repeat is over, though it holds the old records.
    expect(found.gone.find(({ incident }) => incident.signature.startsWith('tenant'))?.why).toMatch(
      /^not seen again, though its log goes on until 2018-09-28/,
    );
    expect((await difference(place, before, after, ['--fail-on', 'critical'])).code).toBe(1);
  });

  test('tell the same in another layout, zipped, and as reports that were kept', async () => {
    const place = desk();
    const before = await writeBundle(place, 'before', siteBefore('zip', 'utf-16le'), true);
    const after = await writeBundle(place, 'after', siteAfter('tree', 'cp850'));
    expect(summed(await difference(place, before, after))).toEqual(REPAIRED);
    for (const [name, path] of [
      ['before.json', before],
      ['after.json', after],
    ] as const)
      await place.ccelog(['analyze', path, '--db', ':memory:', '--format', 'json', '-o', place.path(name)]);
    const [was, is] = [place.path('before.json'), place.path('after.json')];
    expect(summed(await difference(place, was, after))).toEqual(REPAIRED);
    expect(summed(await difference(place, before, is))).toEqual(REPAIRED);
    expect(summed(await difference(place, was, is))).toEqual(REPAIRED);
  });

  test('that are the same have nothing new and nothing gone', async () => {
    const place = desk();
    const path = await writeBundle(place, 'before', siteBefore());
    const { new: fresh, gone, still, code } = await difference(place, path, path, ['--fail-on', 'critical']);
    expect([fresh, gone]).toEqual([[], []]);
    expect(still.length).toBeGreaterThan(0);
    expect(code).toBe(1);
  });

  test('are compared appliance by appliance where not all of the site is alike any more', async () => {
    const place = desk();
    const files = (ends: (host: number) => string) =>
      new Map(
        [1, 2, 3].flatMap((host) => [
          [`CCEHOST${host}/CloudConnector.ini`, Buffer.from(ini(appliance(host)))] as const,
          [`CCEHOST${host}/CceManagementService.log`, Buffer.from(logonFailure(minute(host)) + ends(host))] as const,
        ]),
      );
    const quiet = healthy(minute(100));
    const paths = await Promise.all([
      writeBundle(
        place,
        'before',
        files(() => ''),
      ),
      // The log of the first host ends where it did.
      writeBundle(
        place,
        'after',
        files((host) => (host === 1 ? '' : quiet)),
      ),
      writeBundle(
        place,
        'again',
        files((host) => (host === 1 ? logonFailure(minute(99)) : quiet)),
      ),
    ]);
    const kept = paths.map((path) => `${path}.json`);
    for (const [index, path] of paths.entries())
      await place.ccelog(['analyze', path, '--db', ':memory:', '--format', 'json', '-o', kept[index] as string]);
    const logon = [1, 2, 3].map((host) => `tenant-admin-logon-failed CCEHOST${host}`);
    for (const [before, after, again] of [paths, kept] as [string, string, string][]) {
      expect(summed(await difference(place, before, after))).toEqual({
        fresh: [],
        gone: logon.slice(1),
        still: [],
        unclear: logon.slice(0, 1),
      });
      expect(summed(await difference(place, before, again))).toEqual({
        fresh: [],
        gone: logon.slice(1),
        still: logon.slice(0, 1),
        unclear: [],
      });
    }
  });

  test('in which nothing is left fail nothing; what could not be read is said', async () => {
    const place = desk();
    const before = await writeBundle(place, 'before', siteBefore());
    const after = await writeBundle(place, 'after', siteAfter());
    place.write('after/broken.zip', Buffer.concat([Buffer.from('PK\x03\x04'), Buffer.alloc(100, 7)]));
    const found = await difference(place, before, after);
    expect(found.code).toBe(3);
    expect(found.stderr).toMatch(/^warning: .*broken\.zip: /m);
    const back = await difference(place, after, before, ['--fail-on', 'critical']);
    expect(back.new.length).toBeGreaterThan(0);
    expect(back.code).toBe(1);
  });
});
