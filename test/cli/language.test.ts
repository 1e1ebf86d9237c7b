/** `--lang`: which language is spoken to whom, and what is the same in all. */
import { cpSync, existsSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, test } from 'vitest';
import { systemLanguage } from '../../src/cli/language.js';
import { loadPack } from '../../src/detectors/pack/load.js';
import { reportOf } from '../support/report.js';
import { desk, ROOT, runProgram, SAMPLE_BUNDLE } from '../support/run-ccelog.js';

const FRENCH = { LANG: 'fr_FR.UTF-8' };
/** The beginning of a title, as far as it stands in one line of a table. */
const TITLE = 'PowerShell ne trouve pas';
const place = desk();

describe('the language of the system', () => {
  test.each([
    [{}, 'en'],
    [{ LANG: 'fr_FR.UTF-8' }, 'fr'],
    [{ LANG: 'fr' }, 'fr'],
    [{ LANG: 'FR_ca' }, 'fr'],
    [{ LANG: 'frp_FR' }, 'en'],
    [{ LANG: 'C.UTF-8' }, 'en'],
    [{ LANG: 'de_DE.UTF-8' }, 'en'],
    [{ LANG: 'fr_FR', LC_ALL: 'C' }, 'en'],
    [{ LANG: 'en_US', LC_MESSAGES: 'fr_FR' }, 'fr'],
    [{ LANG: 'fr_FR', LC_MESSAGES: 'en_GB', LC_ALL: '' }, 'en'],
    [{ LANG: 'fr_FR', CCELOG_LANG: 'en' }, 'en'],
    [{ LC_ALL: 'C', CCELOG_LANG: 'fr' }, 'fr'],
  ])('%j is %s', (env: Record<string, string>, language) => {
    expect(systemLanguage(env, 'linux')).toBe(language);
  });

  test('on Windows it is that of the user', () => {
    const locale = Intl.DateTimeFormat().resolvedOptions().locale;
    expect(systemLanguage({}, 'win32')).toBe(/^fr\b/.test(locale) ? 'fr' : 'en');
  });
});

describe('what is loaded', () => {
  const HOOK = pathToFileURL(join(ROOT, 'test/support/print-loaded.mjs')).href;
  const loadedBy = async (...args: string[]) => {
    const command = ['--import', HOOK, join(ROOT, 'dist/cli/ccelog.js'), 'signatures', 'list', ...args];
    return (await runProgram(process.execPath, command, { env: place.env })).stderr;
  };

  test('in English nothing of another language; in French neither the YAML parser nor the schema library', async () => {
    expect(await loadedBy()).not.toMatch(/program\/(localised|overlay)-/);
    const french = await loadedBy('--lang', 'fr');
    expect(french).toMatch(/program\/localised-/);
    expect(french).not.toMatch(/node_modules\/(yaml|zod)\//);
  });
});

describe.concurrent('who reads what', () => {
  test('a person reads the language of the system', async () => {
    const { stdout } = await place.ccelog(['signatures', 'list'], { env: FRENCH });
    expect(stdout).toContain(TITLE);
    const english = await place.ccelog(['signatures', 'list', '--lang', 'en'], { env: FRENCH });
    expect(english).toEqual(await place.ccelog(['signatures', 'list']));
    expect((await place.ccelog(['signatures', 'list'], { env: { CCELOG_LANG: 'fr' } })).stdout).toBe(stdout);
  });

  test('a program reads English wherever it runs, unless --lang says otherwise', async () => {
    for (const format of [
      ['--format', 'json'],
      ['--format', 'ndjson'],
      ['--format', 'csv'],
      ['-o', 'out.json', '--force'],
    ]) {
      const args = ['analyze', join(ROOT, SAMPLE_BUNDLE), '--db', ':memory:', ...format];
      const [system, none] = [await place.ccelog(args, { env: FRENCH }), await place.ccelog(args)];
      expect(system).toEqual(none);
      expect(system.stdout).not.toContain(TITLE);
    }
    expect(readFileSync(place.path('out.json'), 'utf8')).not.toContain(TITLE);
    const asked = await place.ccelog(['signatures', 'list', '--format', 'json', '--lang', 'fr']);
    expect(asked.stdout).toContain(TITLE);
    const before = await place.ccelog(['--lang', 'fr', 'signatures', 'list', '--format', 'json']);
    expect(before).toEqual(asked);
  });

  test('the JSON of a report has the same keys and commands in French', async () => {
    const args = ['analyze', join(ROOT, SAMPLE_BUNDLE), '--db', ':memory:', '--cce-version', '2.1', '--format', 'json'];
    const [english, french] = [await place.ccelog(args), await place.ccelog([...args, '--lang', 'fr'])];
    const [left, right] = [reportOf(english.stdout), reportOf(french.stdout)];
    const same = ({ incidents }: typeof left) =>
      incidents.map(({ id, fingerprint, evidence, fixes }) => [
        id.length,
        fingerprint,
        evidence.map(({ excerpt }) => excerpt),
        fixes.map((fix) => [fix.id, fix.selected, fix.reason, fix.steps.map(({ command, where }) => [command, where])]),
      ]);
    expect(same(right)).toEqual(same(left));
    const shown = right.incidents.find(({ signature }) => signature === 'credential-key-invalid-state');
    const golden = {
      title: shown?.title,
      cause: shown?.cause,
      fixes: shown?.fixes.map(({ title, steps }) => ({ title, steps })),
    };
    const file = join(ROOT, 'test/golden/incident-fr.json.golden');
    const text = `${JSON.stringify(golden, null, 2)}\n`;
    if (process.env['UPDATE_GOLDEN'] || !existsSync(file)) writeFileSync(file, text);
    expect(text.split('\n')).toEqual(readFileSync(file, 'utf8').split(/\r?\n/));
  });

  test('a watch that is installed speaks the language that was asked for; one that others read speaks English', async () => {
    const install = ['watch', '--install', '--dry-run', place.folder];
    if (process.platform === 'linux')
      expect((await place.ccelog([...install, '--lang', 'fr'])).stdout).toMatch(/--lang"? "?fr/);
    expect((await place.ccelog(install)).stdout).not.toContain('--lang');
  });

  test('all of a help is in the language, and no line begins with what a firm blank holds to the one before', async () => {
    for (const command of ['report', 'collect']) {
      const { stdout } = await place.ccelog([command, '--help'], { env: FRENCH });
      expect(stdout).not.toMatch(/^\s+[;:!?»]/m);
      expect(stdout).not.toMatch(/\b(?:the|which|what|with|only)\b/);
      expect(stdout).toContain('\u00a0;');
    }
  });

  test('a language that there is not: 2', async () => {
    for (const args of [
      ['signatures', 'list', '--lang', 'xx'],
      ['--lang', 'xx', 'signatures', 'list'],
    ]) {
      const { code, stdout, stderr } = await place.ccelog(args);
      expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
      expect(stderr).toMatch(/^error: .*xx.*\n/);
    }
  });

  test('explain finds by French words and by English ones', async () => {
    for (const words of ['certificat racine expire', 'root certificate expiry']) {
      const { stdout } = await place.ccelog(['explain', '--lang', 'fr', ...words.split(' ')]);
      expect(stdout).toContain('ca-certificate-near-expiry');
      expect(stdout).toContain('Renouveler le certificat racine');
    }
  });
});

test('what a state rule found is stored in English and shown in the language of the reader', async () => {
  const signature = (await loadPack()).signatures.find(({ id }) => id === 'ini-server-name-too-long');
  const [example] = signature?.examples.found ?? [];
  for (const [name, text] of Object.entries(example?.files ?? {})) place.write(`state/${name}`, text);
  const store = ['--db', place.path('state.db'), '--format', 'json'];
  const foundIn = ({ stdout }: { stdout: string }) =>
    reportOf(stdout).incidents.find((incident) => incident.signature === signature?.id)?.entities['found'];
  const analyze = ['analyze', place.path('state'), ...store];
  const first = foundIn(await place.ccelog([...analyze, '--lang', 'fr']));
  expect(first).toMatch(/(dépasse 15 caractères|contient un point)\u00a0: /);
  const english = foundIn(await place.ccelog(analyze));
  expect(english).toMatch(/is longer than 15 characters: |holds a dot: /);
  const list = await place.ccelog(['incidents', 'list', ...store]);
  expect(list.stdout).toContain(JSON.stringify(english).slice(1, -1));
  expect(list.stdout).not.toContain('dépasse');
});

describe('overlays of one`s own', () => {
  const OWN = readFileSync(join(ROOT, 'signatures/cce/download-file-failed.yaml'), 'utf8')
    .replace('id: download-file-failed', 'id: own-download')
    .replace('title: Start-CcDownload cannot download a file', 'title: A download of ours');
  place.write('own/own-download.yaml', OWN);
  place.write('own/fr/own-download.yaml', 'id: own-download\ntitle: Un téléchargement à nous\n');

  test('stand in a folder "fr" beside the signatures; lint tells the digest that lets them count', async () => {
    const list = ['signatures', 'list', '--signatures', 'own', '--lang', 'fr'];
    expect((await place.ccelog(list)).stdout).toContain('A download of ours');
    const lint = await place.ccelog(['signatures', 'lint', 'own']);
    expect(lint.code).toBe(0);
    expect(lint.stderr).toContain('warning: fr: own-download is translated in part; English stays cause, ');
    const digest = /add of: "([0-9a-f]{12})"/.exec(lint.stderr)?.[1] as string;
    place.write('own/fr/own-download.yaml', `id: own-download\nof: "${digest}"\ntitle: Un téléchargement à nous\n`);
    expect((await place.ccelog(list)).stdout).toContain('Un téléchargement à nous');
    expect((await place.ccelog(['signatures', 'lint', 'own'])).stderr).not.toContain('of:');
    place.write('own/own-download.yaml', OWN.replace('A download of ours', 'A download of theirs'));
    expect((await place.ccelog(list)).stdout).toContain('A download of theirs');
    expect((await place.ccelog(['signatures', 'lint', 'own/fr'])).stderr).toContain('was made for other English texts');
  });

  test('that are wrong end with 2, in lint and where French is spoken', async () => {
    place.write('bad/own-download.yaml', OWN);
    place.write('bad/fr/nobody.yaml', 'id: nobody\ntitle: Personne\n');
    const lint = await place.ccelog(['signatures', 'lint', 'bad']);
    expect(lint.code).toBe(2);
    expect(lint.stderr).toMatch(/file: .*nobody\.yaml:1:5\n {2}why: {2}no signature has the id "nobody"\n/);
    expect((await place.ccelog(['signatures', 'list', '--signatures', 'bad', '--lang', 'fr'])).code).toBe(2);
    expect((await place.ccelog(['signatures', 'list', '--signatures', 'bad'])).code).toBe(0);
  });
});

test('a built-in overlay that is edited counts at once', async () => {
  const copy = place.path('copy');
  for (const name of ['dist', 'signatures', 'package.json'])
    cpSync(join(ROOT, name), join(copy, name), { recursive: true });
  symlinkSync(join(ROOT, 'node_modules'), join(copy, 'node_modules'), 'junction');
  const file = join(copy, 'signatures/fr/cloudconnector-module-not-loaded.yaml');
  writeFileSync(file, readFileSync(file, 'utf8').replace(TITLE, 'Module introuvable'));
  const args = [join(copy, 'dist/cli/ccelog.js'), 'signatures', 'list', '--lang', 'fr'];
  const { stdout } = await runProgram(process.execPath, args, { env: place.env });
  expect(stdout).toContain('Module introuvable');
});

describe.concurrent('help in French', () => {
  const described = (text: string) => text.split('\n').flatMap((line) => /^ {2}-.* {2,}(\S.*)$/.exec(line)?.[1] ?? []);

  test.each(['analyze', 'report', 'watch', 'incidents list', 'explain', 'show', 'diff', 'collect', 'signatures new'])(
    'of "%s" describes every option in French',
    async (command) => {
      const args = [...command.split(' '), '--help', '--lang'];
      const [english, french] = [await place.ccelog([...args, 'en']), await place.ccelog([...args, 'fr'])];
      const said = new Set(described(english.stdout));
      expect(said.size).toBeGreaterThan(3);
      expect(described(french.stdout).filter((text) => said.has(text))).toEqual([]);
    },
  );
});
