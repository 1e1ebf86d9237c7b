/** The whole output for the sample bundle. `UPDATE_GOLDEN=1 npm test` writes it anew: read the difference before you commit. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { desk, ROOT, SAMPLE_BUNDLE } from '../support/run-ccelog.js';

const OUTPUTS: [file: string, args: string[]][] = [
  ['sample-bundle-2.1.table.golden', ['--cce-version', '2.1']],
  ['sample-bundle-2.1.json.golden', ['--cce-version', '2.1', '--format', 'json']],
  ['sample-bundle.table.golden', []],
  ['sample-bundle.json.golden', ['--format', 'json']],
  ['sample-bundle-2.1.ndjson.golden', ['--cce-version', '2.1', '--format', 'ndjson']],
  ['sample-bundle-2.1.csv.golden', ['--cce-version', '2.1', '--format', 'csv']],
  ['sample-bundle-2.1.md.golden', ['--cce-version', '2.1', '--format', 'markdown']],
  ['sample-bundle-2.1.sarif.golden', ['--cce-version', '2.1', '--format', 'sarif']],
  ['sample-bundle-2.1.junit.golden', ['--cce-version', '2.1', '--format', 'junit']],
];

describe.concurrent('the sample bundle', () => {
  const place = desk();

  test.each(OUTPUTS)('gives %s', async (name, args) => {
    const { code, stdout, stderr } = await place.ccelog(['analyze', SAMPLE_BUNDLE, '--db', ':memory:', ...args], {
      cwd: ROOT,
    });
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    const file = join(ROOT, 'test/golden', name);
    const shown = normalized(stdout);
    if (process.env['UPDATE_GOLDEN'] || !existsSync(file)) {
      if (process.env['CI'] && !process.env['UPDATE_GOLDEN']) throw new Error(`${file} is missing`);
      writeFileSync(file, shown);
    }
    expect(shown.split(/\r?\n/)).toEqual(readFileSync(file, 'utf8').split(/\r?\n/));
  });
});

/** Without what differs by release and by system. */
function normalized(text: string): string {
  return text
    .replace(/^(\*?)ccelog \d+\.\d+\.\d+\S*,/m, '$1ccelog <version>,')
    .replace(/("name": "ccelog",\s+"version": )"[^"]+"/, '$1"<version>"')
    .replace(/(?:[\w.-]+\\{1,2})+[\w.-]+\.(?:log|xml|txt|ini)/g, (path) =>
      path.startsWith('test') ? path.replace(/\\+/g, '/') : path,
    );
}
