/** A line that is still being written is not shown: what makes a secret known may not be there yet. */
import { appendFileSync, writeFileSync } from 'node:fs';
import { afterEach, expect, it } from 'vitest';
import { healthy, keyError, minute } from '../support/synthetic-log.js';
import { WatchDesk } from '../support/watch-desk.js';

let desk: WatchDesk;
afterEach(() => desk.remove());

const SECRET = 'tulip-49-Anchor';

const LOG =
  healthy(minute(0)) + keyError(minute(1)).replace('    ProcessId', `   Password: ${SECRET}\r\n   ਊ\r\n    ProcessId`);

const excerpts = () => desk.query('SELECT excerpt FROM evidence').map(([excerpt]) => excerpt as string);

it.each([
  ['UTF-8', (text: string) => Buffer.from(text)],
  ['UTF-16', (text: string) => Buffer.from(text, 'utf16le')],
  ['UTF-16, big-endian', (text: string) => Buffer.from(text, 'utf16le').swap16()],
])('in %s', async (_, encode) => {
  const mark = '\uFEFF';
  const line = LOG.indexOf('   Password: ');
  // The last ends with a letter that has a byte of a line end in it.
  for (const end of [line + 6, line + 13, line + 20, LOG.indexOf('ਊ') + 1]) {
    desk = new WatchDesk();
    writeFileSync(desk.path(), encode(mark + LOG.slice(0, end)));
    await desk.look();
    await desk.look(3000);
    const whole = LOG.slice(LOG.indexOf('CceService Error'), LOG.lastIndexOf('\n', end - 1) + 1);
    expect(excerpts()).toEqual([whole.trimEnd().replace(SECRET, '********')]);
    expect(desk.hits()).toEqual({ 'credential-key-invalid-state': 1 });
    appendFileSync(desk.path(), encode(LOG.slice(end)));
    await desk.look();
    expect(excerpts()).toEqual([expect.stringMatching(/\n {3}Password: \*{8}.*DateTime=/s)]);
    await desk.remove();
  }
});
