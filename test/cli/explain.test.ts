/** `explain`: a pasted error, a description, an id, or what a pipe brings. */
import { describe, expect, test } from 'vitest';
import type { Fix } from '../../src/model.js';
import { desk } from '../support/run-ccelog.js';

const KEY_ERROR = 'ConvertTo-SecureString : Key not valid for use in specified state.';
/** As an 80 column console prints it. */
const WRAPPED = `Remove-VMSwitch : Failed while removing virtual Ethernet switch. The virtual swi
tch 'Cloud Connector Management Switch' cannot be deleted because it is being us
ed by running virtual machines or assigned to child pools.
`;

interface Match {
  signature: string;
  score: number;
  fixes: Fix[];
}

describe.concurrent('explain', () => {
  const place = desk();

  async function matches(args: string[], input: string | Uint8Array = ''): Promise<Match[]> {
    const { code, stdout, stderr } = await place.ccelog(['explain', ...args, '--format', 'json'], { input });
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    const document = JSON.parse(stdout) as { schemaVersion: number; matches: Match[] };
    expect(document.schemaVersion).toBe(1);
    return document.matches;
  }

  test('text: names the failure with certainty and shows the fix', async () => {
    const [found, ...others] = await matches([KEY_ERROR, '--cce-version', '2.1']);
    expect(others).toEqual([]);
    expect(found).toMatchObject({ signature: 'credential-key-invalid-state', score: 1 });
    expect(found?.fixes.filter(({ selected }) => selected)).toHaveLength(1);
    const { stdout } = await place.ccelog(['explain', KEY_ERROR]);
    expect(stdout).toContain('Register-CcAppliance -Local');
  });

  test.each([
    ['UTF-8', Buffer.from(WRAPPED)],
    ['UTF-16 with a mark, as Windows PowerShell writes files', Buffer.from(`\uFEFF${WRAPPED}`, 'utf16le')],
    ['UTF-16 without a mark', Buffer.from(WRAPPED, 'utf16le')],
    ['UTF-8 with a mark and CRLF', Buffer.from(`\uFEFF${WRAPPED.replaceAll('\n', '\r\n')}`)],
  ])('standard input in %s, wrapped by the console', async (_, input) => {
    expect(await matches([], input)).toMatchObject([{ signature: 'management-switch-in-use', score: 1 }]);
  });

  test('an id, of a failure without a text too', async () => {
    expect(await matches(['running-version-empty'])).toMatchObject([{ signature: 'running-version-empty', score: 1 }]);
  });

  test("a description in one's own words finds the likely ones, and says that it is not certain", async () => {
    const found = await matches(['running', 'version', 'is', 'empty']);
    expect(found[0]?.signature).toBe('running-version-empty');
    expect(found[0]?.score).toBeLessThan(1);
    expect((await place.ccelog(['explain', 'running version is empty'])).stdout).toMatch(/^Not certain/);
  });

  test('states of certificates are told apart by their words', async () => {
    const first = async (text: string) => (await matches([text]))[0]?.signature;
    expect(await first('the internal certificates of the Edge Server are near expiration')).toBe(
      'internal-certificate-near-expiry',
    );
    expect(await first('certificate authority certificates are near expiration')).toBe('ca-certificate-near-expiry');
    const compromised = 'the certification authority certificates are compromised';
    expect(await first(`${compromised}, only one appliance in the site`)).toBe('ca-compromised-single');
    expect(await first(`${compromised}, multiple appliances in the site`)).toBe('ca-compromised-multi');
  });

  test('something else altogether is not known, and 0', async () => {
    expect(await matches(['qwertz uiopü asdfg'])).toEqual([]);
    const { code, stdout } = await place.ccelog(['explain', 'qwertz uiopü asdfg']);
    expect({ code, stdout }).toEqual({ code: 0, stdout: expect.stringMatching(/^No signature knows this/) });
  });

  test('nothing at all: 2', async () => {
    for (const input of ['', ' \r\n ']) {
      const { code, stdout, stderr } = await place.ccelog(['explain'], { input });
      expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
      expect(stderr).toMatch(/^error: there is nothing to explain\n {2}why: {2}.+\n {2}try: {2}.+\n$/);
    }
  });

  test('makes no store', async () => {
    const fresh = desk();
    await fresh.ccelog(['explain', KEY_ERROR, '--cce-version', '1.4.2']);
    const { stdout } = await fresh.shell('ls -A home');
    expect(stdout).toBe('');
  });
});
