/** `show`: the bytes behind a piece of evidence, and whether they still are what was seen. */
import { appendFileSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { reportOf } from '../support/report.js';
import { desk } from '../support/run-ccelog.js';
import { faultyLog, healthy, keyError, minute } from '../support/synthetic-log.js';

async function analyzed(content: string | Uint8Array) {
  const place = desk();
  const log = place.write('CceManagementService.log', content);
  const { stdout } = await place.ccelog(['analyze', log, '--format', 'json']);
  const evidence = reportOf(stdout).incidents[0]?.evidence ?? [];
  return { place, log, id: evidence[0]?.id ?? '', evidence };
}

describe.concurrent('show', () => {
  test('prints the record and the lines around it, and takes the beginning of an id', async () => {
    const { place, log, id } = await analyzed(healthy(minute(0)) + keyError(minute(1)) + healthy(minute(2)));
    const { code, stdout, stderr } = await place.ccelog(['show', id.slice(0, 8)]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toContain(log);
    expect(stdout).toContain('ConvertTo-SecureString : Key not valid for use in specified state.');
    expect(stdout).toMatch(/Detection cycle finished/);
    const narrow = await place.ccelog(['show', id, '-C', '0']);
    expect(narrow.stdout).not.toMatch(/Detection cycle finished/);
    expect((await place.ccelog(['show', id, '-C', 'many'])).code).toBe(2);
  });

  test('of a log that has grown is unchanged', async () => {
    const { place, log, id } = await analyzed(faultyLog(2));
    appendFileSync(log, faultyLog(2, 9));
    expect((await place.ccelog(['show', id])).code).toBe(0);
  });

  test('of a log that has changed at that place says so and does not show other bytes as proof', async () => {
    const { place, log, id } = await analyzed(faultyLog(2));
    writeFileSync(log, readFileSync(log, 'utf8').replaceAll('Key not valid', 'All is fine! '));
    const { code, stdout, stderr } = await place.ccelog(['show', id]);
    expect(code).toBe(3);
    expect(`${stdout}${stderr}`).toMatch(/changed/);
    expect(stdout).toContain('Key not valid');
  });

  test('of a log that is gone shows what the store kept', async () => {
    const { place, log, id } = await analyzed(faultyLog(2));
    rmSync(log);
    const { code, stdout, stderr } = await place.ccelog(['show', id]);
    expect(code).toBe(3);
    expect(`${stdout}${stderr}`).toMatch(/gone/);
    expect(stdout).toContain('Key not valid');
  });

  test('of a UTF-16 log shows text', async () => {
    const { place, id } = await analyzed(Buffer.from(`\uFEFF${faultyLog(2)}`, 'utf16le'));
    const { code, stdout } = await place.ccelog(['show', id]);
    expect(code).toBe(0);
    expect(stdout).toContain('Key not valid for use in specified state.');
  });

  test('as JSON says where the bytes are and in which state', async () => {
    const { place, log, evidence } = await analyzed(faultyLog(2));
    const { stdout } = await place.ccelog(['show', evidence[0]?.id ?? '', '--format', 'json']);
    const { excerpt: _, ...where } = evidence[0] ?? {};
    expect(JSON.parse(stdout)).toMatchObject({
      schemaVersion: 1,
      state: 'unchanged',
      evidence: { ...where, source: log },
    });
  });

  test('an unknown id: 2', async () => {
    const { place } = await analyzed(faultyLog(1));
    for (const id of ['effffffffffff', '', 'zz', '%']) {
      const { code, stdout, stderr } = await place.ccelog(['show', id]);
      expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
      expect(stderr).toMatch(/^error: .+\n(?: {2}why: {2}.+\n)? {2}try: {2}.+\n$/);
    }
  });

  test('of an error that no signature explains works too, for the report names its id', async () => {
    const { place, log } = await analyzed('CceService Error: 0 : The flux capacitor is empty.\r\n');
    const { stdout } = await place.ccelog(['analyze', log, '--format', 'json']);
    const { code, stderr } = await place.ccelog(['show', reportOf(stdout).unknown[0]?.evidence.id ?? '']);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  });
});

describe.concurrent('show --raw', () => {
  test('prints the bytes of the record and nothing else', async () => {
    const content = healthy(minute(0)) + keyError(minute(1)) + healthy(minute(2));
    const { place, log, evidence } = await analyzed(content);
    const [{ id, byteStart, byteEnd }] = evidence as [(typeof evidence)[number]];
    const { code, stdout, stderr } = await place.ccelog(['show', id, '--raw']);
    expect({ code, stdout, stderr }).toEqual({ code: 0, stdout: content.slice(byteStart, byteEnd), stderr: '' });
    await place.ccelog(['show', id, '--raw', '-o', place.path('record.bin')]);
    expect(readFileSync(place.path('record.bin'))).toEqual(readFileSync(log).subarray(byteStart, byteEnd));
    expect((await place.ccelog(['show', id, '--raw', '-o', place.path('record.bin')])).code).toBe(2);
  });

  test('masks a password star by star and says so on standard error', async () => {
    const { place, id } = await analyzed(keyError(minute(1)).replace('   at ', '   at -Password "hunter2" '));
    const { code, stdout, stderr } = await place.ccelog(['show', id, '--raw']);
    expect(code).toBe(0);
    expect(stdout).toContain('-Password ********* ');
    expect(stderr).toMatch(/^warning: 9 bytes of passwords are overwritten\n$/);
  });

  test('prints nothing where the file has changed or is gone: 3', async () => {
    const { place, log, id } = await analyzed(faultyLog(2));
    writeFileSync(log, readFileSync(log, 'utf8').replaceAll('Key not valid', 'All is fine! '));
    for (const what of [/^error: the file has changed\n/, /^error: the file is gone\n/]) {
      const { code, stdout, stderr } = await place.ccelog(['show', id, '--raw']);
      expect({ code, stdout }).toEqual({ code: 3, stdout: '' });
      expect(stderr).toMatch(what);
      rmSync(log, { force: true });
    }
  });
});
