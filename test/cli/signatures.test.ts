/** `signatures`: list, show, lint and test, with the built-in pack and with one's own. */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { countsOf, reportOf } from '../support/report.js';
import { desk, ROOT } from '../support/run-ccelog.js';
import { minute, record } from '../support/synthetic-log.js';

const OWN = `id: gateway-certificate-expired
title: The certificate of a gateway has expired
severity: warning
status: experimental
detection: text
appearsIn: [trace-log]
cause: The gateway shows a certificate that is no longer valid.
match:
  - all:
      - text: 'TLS handshake with gateway (?<gateway>[a-z0-9-]+): certificate expired'
entities:
  gateway: name of the gateway
groupBy: [gateway]
fixes:
  - id: replace-certificate
    title: Replace the certificate
    versions: any
    steps:
      - text: Install a valid certificate on the gateway.
versionUnknown: The same for every version.
references: ["Internal page 12"]
examples:
  match:
    - { in: trace-log, text: "CceService Error: 0 : TLS handshake with gateway gw-1: certificate expired" }
    - { in: trace-log, text: "CceService Warning: 3 : TLS handshake with gateway gw-2: certificate expired" }
  noMatch:
    - { in: trace-log, why: not expired, text: "CceService Error: 0 : TLS handshake with gateway gw-1: certificate revoked" }
    - { in: trace-log, why: no gateway, text: "CceService Error: 0 : TLS handshake with proxy px-1: certificate expired" }
`;

const place = desk();
const own = place.path('own');
place.write('own/gateway-certificate-expired.yaml', OWN);
const ids = readdirSync(join(ROOT, 'signatures/cce')).map((name) => name.replace('.yaml', ''));

describe.concurrent('signatures list and show', () => {
  test('list names all 42 ids, in the table and in JSON', async () => {
    const { code, stdout } = await place.ccelog(['signatures', 'list', '--format', 'json']);
    expect(code).toBe(0);
    const document = JSON.parse(stdout) as { schemaVersion: number; signatures: { id: string }[] };
    expect(document).toMatchObject({ schemaVersion: 1 });
    expect(document.signatures.map(({ id }) => id)).toEqual(ids.sort());
    expect(ids).toHaveLength(42);
    const table = await place.ccelog(['signatures', 'list']);
    for (const id of ids) expect(table.stdout).toContain(id);
    expect(Math.max(...table.stdout.split('\n').map((line) => line.length))).toBeLessThanOrEqual(80);
  });

  test('show answers for a failure of the state kind too', async () => {
    const { code, stdout } = await place.ccelog(['signatures', 'show', 'ca-compromised-multi', '--cce-version', '2.1']);
    expect(code).toBe(0);
    expect(stdout).toContain('Backup-CcCertificationAuthority');
    expect(stdout).toContain('Update-CcServerCertificate');
    expect(stdout).not.toContain('Renew-CcServerCertificate');
  });

  test('show tells what proves a failure over, in words and in JSON, and nothing where nothing does', async () => {
    const { stdout } = await place.ccelog(['signatures', 'show', 'recovery-cannot-recover']);
    expect(stdout).toMatch(/\nIs over when a later record says\n {2}- the same event .+\n/);
    expect(stdout).toMatch(/\n {2}│ CceService Information: 304 : Completed recovery .+\n/);
    const json = await place.ccelog(['signatures', 'show', 'recovery-cannot-recover', '--format', 'json']);
    expect(JSON.parse(json.stdout).signature.resolvedBy).toHaveLength(1);
    expect(json.stdout).not.toContain('compiled');
    const other = await place.ccelog(['signatures', 'show', 'dotnet-461-required']);
    expect(other.stdout).not.toContain('Is over when');
  });

  test('show tells what a rule about a state looks at, and what to ask', async () => {
    const { stdout } = await place.ccelog(['signatures', 'show', 'dotnet-461-required']);
    expect(stdout).toMatch(/\nFound where\n {2}394254 is .+\n/);
    expect(stdout).toContain(
      '  versions >=2.1.0, where the version is known\n    dotnet with release below 394254, role',
    );
    expect(stdout).toMatch(/\nTo ask where nothing tells\n {2}Which \.NET Framework does the host have\?\n/);
  });

  test('an unknown id: 2, and the nearest is offered', async () => {
    const { code, stdout, stderr } = await place.ccelog(['signatures', 'show', 'dotnet']);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(/^error: .+\n {2}try: {2}ccelog signatures show dotnet-461-required\n$/);
  });
});

describe.concurrent("signatures of one's own", () => {
  test('are found in logs beside the built-in ones', async () => {
    const log = place.write(
      'a.log',
      record('Error', 'TLS handshake with gateway gw-9: certificate expired', minute(0)),
    );
    const args = ['analyze', log, '--signatures', own, '--format', 'json', '--db', ':memory:'];
    const { code, stdout, stderr } = await place.ccelog(args);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    const report = reportOf(stdout);
    expect(report.tool.signatures).toBe(43);
    expect(countsOf(report.incidents)).toEqual({ 'gateway-certificate-expired': 1 });
    expect(report.incidents[0]?.entities).toEqual({ gateway: 'gw-9' });
  });

  test('stay readable in the store when the folder is not given any more', async () => {
    const log = place.write(
      'b.log',
      record('Error', 'TLS handshake with gateway gw-8: certificate expired', minute(0)),
    );
    await place.ccelog(['analyze', log, '--signatures', own]);
    const { code, stdout, stderr } = await place.ccelog(['incidents', 'list']);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toContain('gateway-certificate-expired');
  });

  test('are tried for what proves them over, and called slow where that has no literal', async () => {
    const ended = OWN.replace('groupBy: [gateway]\n', '')
      .replace('fixes:', "resolvedBy:\n  - all:\n      - text: 'gateway [a-z0-9-]+ [a-z] again'\nfixes:")
      .concat('  resolves:\n    - { text: gateway gw-1 o again }\n')
      .concat('  notResolves:\n    - { why: not yet, text: gateway gw-1 again }\n');
    const file = place.write('ended/gateway-certificate-expired.yaml', ended);
    expect(await place.ccelog(['signatures', 'lint', file])).toMatchObject({
      code: 0,
      stderr: expect.stringMatching(/^warning: .+ is slow: what stands in all that resolves it can be as short as "/),
    });
    const console = ended.replace('appearsIn: [trace-log]', 'appearsIn: [trace-log, console]');
    place.write('ended/gateway-certificate-expired.yaml', console);
    expect(await place.ccelog(['signatures', 'test', file])).toMatchObject({
      code: 0,
      stdout: '6 of 6 examples of 1 signature hold\n',
    });
    place.write(
      'ended/gateway-certificate-expired.yaml',
      console.replace('text: gateway gw-1 again', 'text: gateway gw-1 x again'),
    );
    const { code, stdout } = await place.ccelog(['signatures', 'test', file]);
    expect(code).toBe(2);
    expect(stdout).toMatch(/^failed: .+, notResolves 1: resolved, and must not: not yet\n5 of 6 /);
  });

  test('say nothing that a terminal obeys, whoever wrote them', async () => {
    const [sequence, control] = ['\\e]0;owned\\a', '\\x9b31m'];
    const hostile = OWN.replace('title: The', `title: "${sequence}${control}The`)
      .replace('gateway has expired', 'gateway has expired"')
      .replace('cause: The', `cause: "${control}The`)
      .replace('no longer valid.', `no longer valid.${sequence}"`)
      .replace('why: not expired', `why: "${sequence}${control}not expired"`)
      .replace('certificate revoked', 'certificate expired');
    const folder = desk();
    folder.write('hostile/gateway-certificate-expired.yaml', hostile);
    const signatures = ['--signatures', folder.path('hostile')];
    const show = ['signatures', 'show', 'gateway-certificate-expired', ...signatures];
    const list = ['signatures', 'list', ...signatures];
    for (const command of [
      ['signatures', 'lint', folder.path('hostile')],
      ['signatures', 'test', folder.path('hostile')],
      show,
      [...show, '--format', 'json'],
      list,
      [...list, '--format', 'json'],
    ]) {
      const { stdout, stderr } = await folder.ccelog(command);
      expect(stdout + stderr, command.join(' ')).not.toMatch(/[\x07\x1b\x9b]/);
    }
    expect((await folder.ccelog(['signatures', 'test', folder.path('hostile')])).stdout).toContain('not expired');
  });

  test('are checked by lint and tried by test', async () => {
    expect(await place.ccelog(['signatures', 'lint', own])).toMatchObject({
      code: 0,
      stdout: '1 signature is valid\n',
    });
    const tried = await place.ccelog(['signatures', 'test', own]);
    expect(tried).toMatchObject({ code: 0, stdout: '4 of 4 examples of 1 signature hold\n' });
    const broken = OWN.replace('certificate revoked', 'certificate expired');
    const { code, stdout } = await place.ccelog([
      'signatures',
      'test',
      place.write('wrong/gateway-certificate-expired.yaml', broken),
    ]);
    expect(code).toBe(2);
    expect(stdout).toMatch(/^failed: gateway-certificate-expired, .+\n3 of 4 examples/);
  });
});

describe.concurrent('the built-in pack', () => {
  test('passes its own lint and its own examples', async () => {
    const lint = await place.ccelog(['signatures', 'lint']);
    expect(lint).toMatchObject({ code: 0, stdout: '42 signatures are valid\n42 translations are valid\n', stderr: '' });
    const tried = await place.ccelog(['signatures', 'test']);
    expect(tried.code).toBe(0);
    expect(tried.stdout).toMatch(/^(\d+) of \1 examples of \d+ signatures hold\n$/);
  });
});

describe.concurrent('a signature that is not valid', () => {
  /** Line and column of a text in a file, both from 1. */
  const placeOf = (content: string, text: string) => {
    const before = content.slice(0, content.indexOf(text)).split('\n');
    return `${before.length}:${(before.at(-1)?.length ?? 0) + 1}`;
  };
  const cases: [string, string, string, RegExp][] = [
    [
      'an unknown severity',
      OWN.replace('severity: warning', 'severity: high'),
      'high',
      /"severity" must be one of info, warning, error, critical \(found "high"\)/,
    ],
    ['an unknown key', OWN.replace('status:', 'stage: new\nstatus:'), 'stage: new', /no key "stage"/],
    ['a broken pattern', OWN.replace('(?<gateway>', '(?<gateway>('), "text: 'TLS", /does not compile/],
    [
      'a capture that is not declared',
      OWN.replace('  gateway: name', '  gate: name').replace('[gateway]', '[gate]'),
      "text: 'TLS",
      /"gateway" is not listed/,
    ],
    ['a range that is none', OWN.replace('versions: any', 'versions: newest'), 'newest', /version range/],
    ['YAML that is none', OWN.replace('cause: The', 'cause: "The'), '', /.+/],
  ];

  test.each(cases)('%s: file, line and column, and 2', async (name, content, at, why) => {
    const folder = `bad ${name}`;
    const file = place.write(`${folder}/gateway-certificate-expired.yaml`, content);
    const { code, stdout, stderr } = await place.ccelog(['analyze', file, '--signatures', folder]);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(
      /^error: cannot read signature pack\n {2}file: .+:\d+:\d+\n {2}why: {2}.+\n {2}try: {2}ccelog signatures lint .+\n$/,
    );
    expect(stderr).toMatch(why);
    if (at !== '')
      expect(stderr).toContain(`file: ${join(folder, 'gateway-certificate-expired.yaml')}:${placeOf(content, at)}\n`);
  });

  test('lint lists all that is wrong, in all files', async () => {
    place.write('many/one.yaml', OWN.replace('severity: warning', 'severity: high'));
    place.write('many/gateway-certificate-expired.yaml', OWN.replace('any', 'newest'));
    const { code, stderr } = await place.ccelog(['signatures', 'lint', 'many']);
    expect(code).toBe(2);
    expect(stderr.match(/^error: /gm)).toHaveLength(2);
    expect(stderr).toMatch(/one\.yaml:3:11\n/);
  });

  test('an id that is taken, a folder that is missing, a folder without signatures: 2', async () => {
    place.write('taken/dotnet-461-required.yaml', OWN.replace('gateway-certificate-expired', 'dotnet-461-required'));
    place.write('none/readme.txt', 'nothing here');
    for (const folder of ['taken', 'missing', 'none']) {
      const { code, stderr } = await place.ccelog(['signatures', 'list', '--signatures', folder]);
      expect([folder, code]).toEqual([folder, 2]);
      expect(stderr).toMatch(new RegExp(`^error: cannot read signature pack\\n {2}file: .*${folder}`));
    }
  });
});

describe.concurrent('signatures new', () => {
  const begun = desk();

  test('prints a file that passes its own check and its own examples, and is found in a log', async () => {
    const printed = await begun.ccelog(['signatures', 'new']);
    expect({ code: printed.code, stderr: printed.stderr }).toEqual({ code: 0, stderr: '' });
    const folder = begun.path('mine');
    begun.write('mine/my-failure.yaml', printed.stdout);
    const lint = await begun.ccelog(['signatures', 'lint', folder]);
    expect(lint).toEqual({ code: 0, stdout: '1 signature is valid\n', stderr: '' });
    const tested = await begun.ccelog(['signatures', 'test', folder]);
    expect(tested).toMatchObject({ code: 0, stdout: '4 of 4 examples of 1 signature hold\n' });
    const log = begun.write('a.log', record('Error', 'Gateway gw-1 refused the call with code 503', minute(0)));
    const args = ['analyze', log, '--signatures', folder, '--db', ':memory:', '--format', 'json'];
    const { incidents } = reportOf((await begun.ccelog(args)).stdout);
    expect(countsOf(incidents)).toEqual({ 'my-failure': 1 });
    expect(incidents[0]?.entities).toEqual({ gateway: 'gw-1' });
  });

  test('takes its id from the name of the file, and never overwrites one', async () => {
    const file = begun.path('gateway-refuses-calls.yaml');
    const args = ['signatures', 'new', '-o', file];
    expect(await begun.ccelog(args)).toEqual({ code: 0, stdout: '', stderr: '' });
    expect((await begun.ccelog(['signatures', 'lint', file])).code).toBe(0);
    expect(await begun.ccelog(args)).toMatchObject({ code: 2, stdout: '' });
  });

  test('refuses what is no id', async () => {
    const { code, stderr } = await begun.ccelog(['signatures', 'new', 'My Failure']);
    expect(code).toBe(2);
    expect(stderr).toMatch(/^error: "My Failure" is no id of a signature\n/);
  });
});
