import { expect, test } from 'vitest';
import { safeName } from '../../src/bundles/archive/names.js';
import { handZip, kinds, readAll, tarOf, tarWith, texts } from './archive-kit.js';

test.each([
  ['../../etc/passwd', 'etc/passwd', 'leads out of the archive'],
  ['logs/../../x.log', 'logs/x.log', 'leads out of the archive'],
  ['..\\..\\x.log', 'x.log', 'leads out of the archive'],
  ['/var/log/x.log', 'var/log/x.log', 'is an absolute path'],
  ['C:\\CCE\\x.log', 'CCE/x.log', 'is an absolute path'],
  ['c:x.log', 'x.log', 'is an absolute path'],
  ['\\\\server\\share\\x.log', 'server/share/x.log', 'is an absolute path'],
  ['\\\\?\\C:\\CCE\\x.log', 'CCE/x.log', 'is an absolute path'],
  ['/C:/../x.log', 'x.log', 'is an absolute path and leads out of the archive'],
  ['x\0.log', 'x_.log', 'holds control characters'],
  ['x\x1b[31m.log', 'x_[31m.log', 'holds control characters'],
  ['gol\u202e.exe', 'gol_.exe', 'holds control characters'],
  ['in.zip!/x.log', 'in.zip_/x.log', 'holds the mark "!/"'],
  ['', 'unnamed', 'is empty'],
])('%j is shown as %s, and reported', async (raw, name, why) => {
  expect(safeName(raw)).toEqual({ name, isFolder: false, why: `its name ${why}` });
  if (raw === '' || raw.includes('\0')) return;
  for (const bytes of [handZip([{ name: raw, content: 'x', flags: 0x800 }]), await tarOf({ [raw]: 'x' })]) {
    const reading = await readAll(bytes);
    expect(texts(reading)).toEqual({ [`a!/${name}`]: 'x' });
    expect(reading.problems).toEqual([
      {
        path: `a!/${name}`,
        kind: 'unsafe-name',
        why: `its name ${why}; it was read under the name shown here`,
        lost: false,
      },
    ]);
  }
});

test('a NUL in a name cannot hide its end', async () => {
  const reading = await readAll(handZip([{ name: 'x.log\0.exe', content: 'x' }]));
  expect(texts(reading)).toEqual({ 'a!/x.log_.exe': 'x' });
  expect(kinds(reading)).toEqual(['unsafe-name a!/x.log_.exe']);
});

test('ordinary names stay as they are', () => {
  for (const name of ['x.log', 'logs/x.log', 'a..b/..c', 'Übersicht/日志.log', 'x!.log', '.hidden', '...'])
    expect(safeName(name)).toEqual({ name, isFolder: false, why: null });
  expect(safeName('logs\\x.log')).toEqual({ name: 'logs/x.log', isFolder: false, why: null });
  expect(safeName('./logs//x.log')).toEqual({ name: 'logs/x.log', isFolder: false, why: null });
  for (const folder of ['logs/', './', 'logs\\', '/', '..', 'logs/..']) expect(safeName(folder).isFolder).toBe(true);
});

test('a very long name is cut', () => {
  const { name, why } = safeName('x'.repeat(60_000));
  expect(name.length).toBe(1000);
  expect(why).toBe('its name is too long');
});

test('names that come twice get paths of their own, in the order of the archive', async () => {
  const names = ['x.log', 'x.log', 'x.log (2)', './x.log', 'x.log'];
  const zip = await readAll(handZip(names.map((name, at) => ({ name, content: String(at) }))));
  const expected = {
    'a!/x.log': '0',
    'a!/x.log (2)': '1',
    'a!/x.log (2) (2)': '2',
    'a!/x.log (3)': '3',
    'a!/x.log (4)': '4',
  };
  expect(texts(zip)).toEqual(expected);
  const tar = await tarWith((pack) => {
    names.forEach((name, at) => {
      pack.entry({ name }, String(at));
    });
  });
  expect(texts(await readAll(tar))).toEqual(expected);
});

test('names of a zip are code page 437 unless they say that they are UTF-8, or plainly are', async () => {
  const utf8 = Buffer.from('Überblick.log');
  const reading = await readAll(
    handZip([
      { name: Buffer.from([0x9a, 0x62, 0x65, 0x72, 0x2e, 0x6c, 0x6f, 0x67]), content: 'cp437' },
      { name: utf8, flags: 0x800, content: 'flag' },
      { name: Buffer.from('macOS-日志.log'), host: 3, content: 'unix' },
      { name: utf8, content: 'no flag' },
      { name: Buffer.from([0x9a, 0x2e, 0x6c, 0x6f, 0x67]), host: 3, content: 'unix cp437' },
    ]),
  );
  expect(texts(reading)).toEqual({
    'a!/Über.log': 'cp437',
    'a!/Überblick.log': 'flag',
    'a!/macOS-日志.log': 'unix',
    'a!/├£berblick.log': 'no flag',
    'a!/Ü.log': 'unix cp437',
  });
});

test('a name in Latin-1 in a tar is read', async () => {
  const tar = await tarOf({ 'Xber.log': 'x' });
  tar[0] = 0xdc;
  const sum = tar.subarray(0, 512).reduce((total, byte, at) => total + (at >= 148 && at < 156 ? 32 : byte), 0);
  tar.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148, 'latin1');
  expect(texts(await readAll(tar))).toEqual({ 'a!/Über.log': 'x' });
});
