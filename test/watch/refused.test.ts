/** Files and folders that the system refuses for a while: said once, asked for less and less often, and read to the end. */
import * as fs from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { logonFailure, minute } from '../support/synthetic-log.js';
import { LOG, WatchDesk } from '../support/watch-desk.js';
import { differences } from '../support/watch-reference.js';

/** What the system answers for some calls, by the name of the call; null: nothing special. */
const refusals = vi.hoisted(() => ({
  asked: [] as string[],
  answer: (() => null) as (call: string, subject: unknown) => string | null,
}));

vi.mock('node:fs', async (original) => {
  const real = await original<typeof fs>();
  const refusing =
    <A extends unknown[], R>(name: string, call: (subject: never, ...rest: A) => R) =>
    (subject: never, ...rest: A): R => {
      const code = refusals.answer(name, subject);
      if (code === null) return call(subject, ...rest);
      refusals.asked.push(name);
      const text = { EACCES: 'permission denied', EBUSY: 'resource busy or locked' }[code] ?? 'refused';
      throw Object.assign(new Error(`${code}: ${text}, ${name}`), { code, syscall: name });
    };
  return {
    ...real,
    openSync: refusing('open', real.openSync),
    readSync: refusing('read', real.readSync),
    statSync: refusing('stat', real.statSync),
    readdirSync: refusing('scandir', real.readdirSync),
  };
});

let desk: WatchDesk;
afterEach(async () => {
  refusals.answer = () => null;
  refusals.asked = [];
  await desk.remove();
});

let minutes = 0;
const failures = (count: number) => {
  let text = '';
  for (let one = 0; one < count; one++) text += logonFailure(minute(minutes++), `user${minutes}@contoso.example`);
  return text;
};
const looks = async (count: number) => {
  for (let done = 0; done < count; done++) await desk.look(1000);
};
async function expectStored(count: number): Promise<void> {
  expect(desk.hits()).toEqual({ 'tenant-admin-logon-failed': count });
  expect(desk.query('SELECT max(count) FROM incident_streams')).toEqual([[1]]);
  expect(await differences(desk)).toEqual([]);
}
const refuse = (call: string, path: string, code: string) => {
  refusals.answer = (name, subject) => (name === call && subject === path ? code : null);
};

describe.each(['EACCES', 'EBUSY', 'EPERM'])('%s for a minute', (code) => {
  it('to open a log: one line, fewer and fewer attempts, and then all of it', async () => {
    desk = new WatchDesk();
    fs.writeFileSync(desk.path(), failures(2));
    refuse('open', desk.path(), code);
    await looks(60);
    fs.appendFileSync(desk.path(), failures(1));
    // After 1, 2, 4, 8, 16 and 30 seconds.
    expect(refusals.asked.length).toBeGreaterThan(3);
    expect(refusals.asked.length).toBeLessThan(9);
    expect(desk.warnings).toHaveLength(1);
    expect(desk.watch.problems.lasting).toMatchObject([{ kind: 'source', path: desk.path(), until: null }]);
    refusals.answer = () => null;
    await looks(31);
    expect(desk.warnings).toEqual([expect.any(String), expect.stringMatching(/^no longer a problem: .* to /)]);
    expect(desk.query('SELECT path FROM watch_problems WHERE until IS NOT NULL')).toEqual([[desk.path()]]);
    await expectStored(3);
  });

  it('to look at a log by its name: nothing is lost of it, or of the others', async () => {
    desk = new WatchDesk();
    fs.writeFileSync(desk.path(), failures(2));
    fs.writeFileSync(desk.path(`2-${LOG}`), failures(1));
    await looks(2);
    refuse('stat', desk.path(), code);
    fs.appendFileSync(desk.path(), failures(1));
    fs.appendFileSync(desk.path(`2-${LOG}`), failures(1));
    await looks(30);
    expect(desk.warnings).toHaveLength(1);
    refusals.answer = () => null;
    fs.appendFileSync(desk.path(), failures(1));
    await looks(10);
    expect(desk.warnings).toHaveLength(2);
    await expectStored(6);
  });

  it('to read the folder: logs that are open are read on', async () => {
    desk = new WatchDesk();
    fs.writeFileSync(desk.path(), failures(1));
    await looks(2);
    refuse('scandir', desk.folder, code);
    await looks(8);
    fs.appendFileSync(desk.path(), failures(1));
    await looks(40);
    expect(desk.hits()).toEqual({ 'tenant-admin-logon-failed': 2 });
    expect(desk.warnings).toHaveLength(1);
    await looks(100);
    fs.appendFileSync(desk.path(), failures(1));
    refusals.answer = () => null;
    await looks(10);
    await expectStored(3);
  });
});

it('an error in the middle of reading: what was read counts once, what was not is read later', async () => {
  desk = new WatchDesk();
  fs.writeFileSync(desk.path(), failures(3000));
  let reads = 0;
  refusals.answer = (name) => (name === 'read' && reads++ >= 4 ? 'EIO' : null);
  await looks(2);
  expect(desk.warnings).toHaveLength(1);
  refusals.answer = () => null;
  await looks(5);
  await expectStored(3000);
});

it('a log that is gone between the look into the folder and the look at the file: found under its new name', async () => {
  desk = new WatchDesk();
  fs.writeFileSync(desk.path(), failures(2));
  let isMoved = false;
  refusals.answer = (name, subject) => {
    if (name === 'open' && subject === desk.path() && !isMoved) {
      isMoved = true;
      fs.renameSync(desk.path(), desk.path(`1-${LOG}`));
    }
    return null;
  };
  await looks(3);
  expect(isMoved).toBe(true);
  expect(desk.warnings).toEqual([]);
  await expectStored(2);
});

it('a link to nowhere, and one that leads around in a circle, where a log was: waited for', async () => {
  desk = new WatchDesk();
  fs.writeFileSync(desk.path(), failures(1));
  await looks(2);
  fs.renameSync(desk.path(), join(desk.root, 'kept.txt'));
  for (const target of ['nowhere', desk.path()]) {
    fs.symlinkSync(target, desk.path());
    await looks(10);
    fs.unlinkSync(desk.path());
  }
  fs.symlinkSync(join(desk.root, 'kept.txt'), desk.path());
  await looks(10);
  fs.appendFileSync(desk.path(), failures(1));
  await looks(10);
  expect(desk.warnings).toEqual([]);
  await expectStored(2);
});

it('a folder that is not there yet, that goes for long, and comes back: said once each time', async () => {
  desk = new WatchDesk();
  fs.rmdirSync(desk.folder);
  await looks(30);
  expect(desk.warnings).toEqual([expect.stringContaining('it is waited for')]);
  fs.mkdirSync(desk.folder);
  fs.writeFileSync(desk.path(), failures(2));
  await looks(6);
  fs.renameSync(desk.folder, `${desk.folder}-away`);
  // Longer than files are read on that nobody finds any more.
  await looks(130);
  fs.appendFileSync(join(`${desk.folder}-away`, LOG), failures(1));
  fs.renameSync(`${desk.folder}-away`, desk.folder);
  await looks(6);
  expect(desk.warnings).toHaveLength(4);
  await expectStored(3);
});
