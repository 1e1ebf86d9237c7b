/** Help, the version, and a Node that is too old. */
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { CLI, desk, needs, ROOT, runProgram } from '../support/run-ccelog.js';
import { faultyLog } from '../support/synthetic-log.js';

const COMMANDS = [
  '',
  'analyze',
  'incidents',
  'incidents list',
  'incidents show',
  'incidents resolve',
  'incidents reopen',
  'incidents silence',
  'signatures',
  'signatures list',
  'signatures show',
  'signatures lint',
  'signatures test',
  'signatures new',
  'explain',
  'show',
  'report',
  'diff',
  'watch',
  'collect',
];

describe.concurrent('help', () => {
  const place = desk();

  test.each(COMMANDS)('of "%s" has examples, fits 80 columns and ends with 0', async (command) => {
    const { code, stdout, stderr } = await place.ccelog([...command.split(' ').filter(Boolean), '--help']);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toMatch(new RegExp(`\\nExamples:\\n {2}(.*\\| )?ccelog ${command.split(' ')[0]}`));
    expect(stdout.split('\n').filter((line) => line.length > 80)).toEqual([]);
  });

  test.each(['analyze', 'signatures new', 'incidents resolve'])('"help %s" is the same', async (command) => {
    const words = command.split(' ');
    const [asWord, asOption] = [await place.ccelog(['help', ...words]), await place.ccelog([...words, '--help'])];
    expect(asOption.stdout).toContain(`Usage: ccelog ${command} `);
    expect(asWord).toEqual(asOption);
  });

  test('offers no option that the command refuses, and no --redact that does nothing', async () => {
    for (const args of [['collect'], ['watch']]) {
      expect((await place.ccelog([...args, '--help'])).stdout).not.toContain('--redact');
      const { code, stderr } = await place.ccelog([...args, '--redact']);
      expect(code).toBe(2);
      expect(stderr).toMatch(/^error: --redact is not available here/);
    }
    expect((await place.ccelog(['analyze', '--help'])).stdout).toContain('--redaction-map');
  });
});

describe('--version', () => {
  const place = desk();

  test('prints the version of the package, quickly', async () => {
    const { version } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { version: string };
    const times = [];
    for (let run = 0; run < 3; run++) {
      const started = performance.now();
      expect(await place.ccelog(['--version'])).toEqual({ code: 0, stdout: `${version}\n`, stderr: '' });
      times.push(performance.now() - started);
    }
    // An idle machine takes 60 ms; a busy one must not fail the test.
    expect(Math.min(...times)).toBeLessThan(500);
  });
});

describe.concurrent('a Node that is too old', () => {
  const old = oldNode();

  test.runIf(needs('a Node older than 22.22, in /usr/bin/node or CCELOG_OLD_NODE', old !== null))(
    'ends with one clear error and 2, and never in a crash',
    async () => {
      const place = desk();
      const log = place.write('a.log', faultyLog(1));
      for (const args of [['--version'], ['analyze', log], ['incidents', 'list'], []]) {
        const { code, stdout, stderr } = await runProgram(old as string, [CLI, ...args], { env: place.env });
        expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
        expect(stderr).toMatch(
          /^error: ccelog needs Node\.js 22\.22 or newer, and this is \d+\.\d+\.\d+; install .+\n$/,
        );
      }
    },
  );
});

function oldNode(): string | null {
  const path = process.env['CCELOG_OLD_NODE'] ?? '/usr/bin/node';
  if (!existsSync(path)) return null;
  const [major = 0, minor = 0] = execFileSync(path, ['-p', 'process.versions.node'], { encoding: 'utf8' })
    .split('.')
    .map(Number);
  return major < 22 || (major === 22 && minor < 22) ? path : null;
}
