/** The lists of what is collected, and the rules that hold for all of them. */
import { mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { COMMAND_ITEMS, DIRECTORY_ITEMS } from '../../src/bundles/collect/command-items.js';
import { openFile } from '../../src/bundles/collect/copy-file.js';
import { FILE_ITEMS } from '../../src/bundles/collect/file-items.js';
import type { CollectHost, Place } from '../../src/bundles/collect/host.js';
import { isPowerShell } from '../../src/bundles/collect/items.js';
import { refusalOfContent, refusalOfName } from '../../src/bundles/collect/never-read.js';
import { planFiles, withAnswer } from '../../src/bundles/collect/plan.js';
import { QUESTIONS } from '../../src/bundles/collect/questions.js';
import { hostFiles, PUBLIC_KEY, writeTree } from '../support/cce-host.js';

const COMMANDS = [...DIRECTORY_ITEMS, ...COMMAND_ITEMS];

describe('the lists', () => {
  it('name each thing once, and put each in a file of its own', () => {
    const ids = [...FILE_ITEMS, ...COMMANDS, ...QUESTIONS].map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    const members = COMMANDS.map(({ member }) => member.toLowerCase());
    expect(new Set(members).size).toBe(members.length);
    for (const member of members) expect(member).toMatch(/^(commands|events)\/[\w -]+\.(txt|xml)$/);
  });

  it('have commands that only read, and lines that every command line carries', () => {
    for (const item of COMMANDS) {
      expect(item.limitSeconds).toBeGreaterThan(0);
      if (!isPowerShell(item)) {
        expect(['ipconfig', 'systeminfo', 'reg', 'wevtutil']).toContain(item.program);
        continue;
      }
      expect(item.script).not.toMatch(/["\n]/);
      const cmdlets = item.script.match(/\b[A-Z]\w+-[A-Z]\w+/g) ?? [];
      for (const name of cmdlets) expect(name).toMatch(/^(Get|Select|Where|Format)-/);
      expect(item.script).not.toMatch(/Credential|DisplayPassword/);
    }
    expect(COMMAND_ITEMS.find(({ program }) => program === 'reg')).toMatchObject({
      args: ['query', expect.any(String), '/v', 'Release', '/reg:64'],
    });
  });

  it('have no pattern that is meant for credentials or private keys', () => {
    for (const item of FILE_ITEMS)
      if (item.kind === 'file')
        for (const name of item.names) expect(refusalOfName(name.replaceAll('*', 'x'))).toBeNull();
  });
});

describe('what is never read', () => {
  it.each(['credentials.admin.xml', 'CREDENTIALS..CceService.XML', 'SfB CCE Root.p12', 'edge.PFX', 'x.key', 'x.pvk'])(
    'is known by its name: %s',
    (name) => expect(refusalOfName(name)).not.toBeNull(),
  );

  const der = (...bytes: number[]) => Buffer.from(bytes);
  it.each([
    ['PKCS#12', der(0x30, 0x82, 0x0a, 0x00, 0x02, 0x01, 0x03, 0x30), true],
    ['a private key in PKCS#8', der(0x30, 0x82, 0x04, 0xbd, 0x02, 0x01, 0x00), true],
    ['a short one', der(0x30, 0x2e, 0x02, 0x01, 0x00), true],
    ['a certificate', der(0x30, 0x82, 0x03, 0x00, 0x30, 0x82, 0x02), false],
    ['PKCS#7', der(0x30, 0x82, 0x03, 0x00, 0x06, 0x09, 0x2a), false],
    ['PEM', Buffer.from(PUBLIC_KEY), false],
    ['PEM with its key', Buffer.from(`${PUBLIC_KEY}-----BEGIN ENCRYPTED PRIVATE KEY-----\n`), true],
  ])('as a certificate: %s', (_, content, isRefused) => {
    expect(refusalOfContent(content, content.length, 'certificate') !== null).toBe(isRefused);
  });

  it.each([
    ['credentials in UTF-16', Buffer.from('\ufeff<Objs><SS N="Password">x</SS></Objs>', 'utf16le'), true],
    ['a program', Buffer.from(Array.from({ length: 500 }, (_, index) => index % 7)), true],
    ['gzip', Buffer.from([0x1f, 0x8b, 8, 0]), true],
    ['a log with a hole', Buffer.from(`CceService Error: 0 : x\n${'\0'.repeat(5000)}y\n`), false],
    ['nothing', Buffer.alloc(0), false],
  ])('as a log: %s', (_, content, isRefused) => {
    expect(refusalOfContent(content, content.length, 'log') !== null).toBe(isRefused);
  });
});

describe('a copy', () => {
  it('of a log that is emptied meanwhile ends there, and says so', () => {
    const folder = mkdtempSync(join(tmpdir(), 'ccelog-collect-'));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    const path = join(folder, 'x.log');
    writeFileSync(path, 'CceService Information: 0 : x\n'.repeat(100_000));
    const file = openFile(path, 'log');
    if ('state' in file) throw new Error(file.reason);
    onTestFinished(() => file.close());
    const blocks = file.blocks();
    blocks.next();
    truncateSync(path);
    const rest = [...blocks];
    expect(rest.every((block) => block.length < 2 ** 20)).toBe(true);
    expect(file.outcome().failure).toMatch(/^it became shorter while it was read: \d+ bytes are missing$/);
  });

  it('of what is not there any more is none', () => {
    expect(openFile(join(tmpdir(), 'ccelog-no-such'), 'log')).toMatchObject({ state: 'absent' });
  });
});

describe('the plan', () => {
  const place = (folder: string, origin: Place['origin'] = 'default'): Place[] => [{ folder, label: '', origin }];
  function host(places: Partial<CollectHost['places']>): CollectHost {
    const none = { ProgramFiles: [], ProgramData: [], UserProfile: [], ApplianceRoot: [], SiteRoot: [] };
    const now = () => new Date(0);
    return {
      name: 'CCEHOST1',
      platform: 'test',
      places: { ...none, ...places },
      root: null,
      findProgram: () => null,
      run: null,
      now,
      zoneOffset: 0,
    };
  }
  function tree(files: Record<string, string | Buffer>): string {
    const folder = mkdtempSync(join(tmpdir(), 'ccelog-collect-'));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    return writeTree(folder, files);
  }

  it('finds names in any case, each file once, and has a name of its own for each in the zip', () => {
    const folder = tree({
      'cloudconnector/MODULE.INI': '[a]\n',
      'CLOUD/x.ini': '',
    });
    const both = [...place(folder), { ...place(folder)[0], label: 'twice' } as Place];
    const { files, absent } = planFiles(host({ ProgramData: both }), 1e9);
    expect(files.map(({ found }) => found.member)).toEqual(['ProgramData/CloudConnector/MODULE.INI']);
    expect(absent.map(({ item }) => item.id)).toContain('service-log');

    const one = tree({ 'CloudConnector.ini': '1' });
    const other = tree({ 'cloudconnector.INI': '2' });
    const two = planFiles(host({ ApplianceRoot: [...place(one), ...place(other)] }), 1e9);
    expect(two.files.map(({ found }) => found.member)).toEqual([
      'ApplianceRoot/CloudConnector.ini',
      'ApplianceRoot/cloudconnector (2).INI',
    ]);
  });

  it('is the same each time', () => {
    const folder = tree(hostFiles());
    const from = host({
      ProgramFiles: place(join(folder, 'Program Files')),
      ApplianceRoot: place(join(folder, 'Users/cce admin/CloudConnector/ApplianceRoot')),
    });
    expect(planFiles(from, 1e9)).toEqual(planFiles(from, 1e9));
  });

  it('takes the folder that the product names, but for another machine, and what the user names before it', () => {
    const answered = (answer: string, given = host({})) => {
      const known = withAnswer(given, 'SiteRoot', answer);
      return typeof known === 'string' ? null : known.places.SiteRoot[0]?.folder;
    };
    expect(answered('D:\\SiteRoot')).toBe('D:\\SiteRoot');
    expect(answered('\\\\ccehost1\\SiteRoot')).toBe('\\\\ccehost1\\SiteRoot');
    expect(answered('\\\\CCEHOST1.contoso.example\\SiteRoot')).toBe('\\\\CCEHOST1.contoso.example\\SiteRoot');
    expect(answered('\\\\?\\D:\\SiteRoot')).toBe('\\\\?\\D:\\SiteRoot');
    expect(answered('\\\\OTHER\\SiteRoot')).toBeNull();
    expect(answered('//OTHER/SiteRoot')).toBeNull();
    expect(answered('\\\\?\\UNC\\OTHER\\SiteRoot')).toBeNull();
    expect(answered('WARNING: nothing is registered')).toBeNull();
    expect(answered('D:\\SiteRoot', host({ SiteRoot: place('E:\\mine', 'option') }))).toBe('E:\\mine');
  });
});
