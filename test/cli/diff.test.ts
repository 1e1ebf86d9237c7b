/** `diff` of logs without times, and its gate. */
import { describe, expect, test } from 'vitest';
import { desk } from '../support/run-ccelog.js';
import { healthy, keyError, logonFailure, minute } from '../support/synthetic-log.js';

const place = desk();
const before = place.write('before.log', healthy(null) + logonFailure(null) + keyError(null));

async function difference(earlier: string, later: string) {
  const { code, stdout } = await place.ccelog(['diff', earlier, later, '--format', 'json', '--fail-on', 'error']);
  const { new: fresh, gone, still, unclear } = JSON.parse(stdout) as Record<string, unknown[]>;
  return { code, new: fresh?.length, gone: gone?.length, still: still?.length, unclear: unclear?.length };
}

describe.concurrent('without times', () => {
  test('the failure in another log was seen again, and what is not in it is gone', async () => {
    const other = place.write('other.log', healthy(null) + healthy(null) + logonFailure(null));
    expect(await difference(before, other)).toEqual({ code: 1, new: 0, gone: 1, still: 1, unclear: 0 });
  });

  test('a log that grew by it has seen it again; the same and a shorter one have not', async () => {
    const grown = place.write('grown.log', healthy(null) + logonFailure(null) + keyError(null) + logonFailure(null));
    expect(await difference(before, grown)).toMatchObject({ new: 0, gone: 0, still: 1, unclear: 1 });
    expect(await difference(before, before)).toMatchObject({ new: 0, gone: 0, still: 0, unclear: 2 });
    expect(await difference(grown, before)).toMatchObject({ new: 0, gone: 0, still: 0, unclear: 2 });
  });
});

describe.concurrent('--fail-on', () => {
  test('does not let pass what the later analysis has and cannot tell to be over', async () => {
    expect((await difference(before, before)).code).toBe(1);
  });

  test('lets pass what is over, as the log that goes on shows', async () => {
    const failed = place.write('failed.log', logonFailure(minute(0)));
    const fixed = place.write('fixed.log', logonFailure(minute(0)) + healthy(minute(30)));
    expect(await difference(failed, fixed)).toEqual({ code: 0, new: 0, gone: 1, still: 0, unclear: 0 });
  });
});

test('what a console showed is not gone because another one does not show it', async () => {
  const failed = place.write(
    'failed.txt',
    'PS C:\\> Install-CcAppliance\r\nDismount-WindowsImage : Dismount-WindowsImage failed. Error code = 0xc1550115\r\n',
  );
  const other = place.write(
    'other.txt',
    'PS C:\\> Get-Date\r\n\r\nFriday, September 7, 2018 10:00:00\r\n\r\nPS C:\\>\r\n',
  );
  expect(await difference(failed, other)).toEqual({ code: 0, new: 0, gone: 0, still: 0, unclear: 1 });
});
