import { describe, expect, it } from 'vitest';
import { markSecrets, maskSecrets } from '../../src/redaction/mask-secrets.js';

const SECRET = 'Synth-Pa55w0rd!x';

describe('secrets', () => {
  it.each([
    `Please manually update the VM (Password: ${SECRET}) and run Convert-CcIsoToVhdx with -GeneralizeOnly`,
    `update the VM (Password: ${SECRET}) and\nrun Convert-CcIsoToVhdx`,
    `Password: ${SECRET}`,
    `Password : ${SECRET}`,
    `AdminPassword=${SECRET};User=sa`,
    `PASSWORD = "${SECRET} with blanks"`,
    `New-Thing -Password ${SECRET} -Force`,
    `New-Thing -VMAdminPassword '${SECRET} and more'`,
    `New-Thing -Password:${SECRET}`,
    `ConvertTo-SecureString "${SECRET}" -AsPlainText -Force`,
    `ConvertTo-SecureString -AsPlainText -Force -String '${SECRET}'`,
    `ConvertTo-SecureString ${SECRET} -AsPlainText`,
    `ConvertTo-SecureString -String ${SECRET} -AsPlainText -Force`,
    `https://admin:${SECRET}@contoso.example/feed`,
    `Authorization: Basic ${SECRET}${SECRET}`,
    `"password": "${SECRET}"`,
    `{"adminPassword":"${SECRET}"}`,
    `<Password>${SECRET}</Password>`,
    `<s:password type="text">${SECRET}</s:password>`,
    `client_secret=${SECRET}&grant_type=x`,
    `pwd=${SECRET}`,
    `Kennwort: ${SECRET}`,
    `pass\x1b[31mword: ${SECRET}`,
    `pass\x1bword: ${SECRET}`,
    `Pass\0word: ${SECRET}`,
    `pass\u200bword: ${SECRET}`,
    `-Pass\u00adword ${SECRET}`,
    `Password: Synth-\x1b[0mPa55\0w0rd!x`,
    `Password:\r\n${SECRET}\r\nPS C:\\>`,
    `Enter the password :\n    ${SECRET}`,
    `{"password": "S3cret\\"|${SECRET}`,
    `{"password": "S3cret\\`,
    `'password': '${SECRET}`,
    `-----BEGIN RSA PRIVATE KEY-----\r\nU1NI${SECRET.slice(6)}\r\nPa55\r\n-----END`,
    `$secret = ConvertTo-SecureString -String "${SECRET}" -AsPlainText -Force`,
    `ConvertTo-SecureString -AsPlainText "${SECRET}" -Force`,
    `Set-CcCredential -AccountType TenantAdmin -Password (ConvertTo-SecureString '${SECRET}' -AsPlainText -Force)`,
    `[Common]\r\nAdminPassword=${SECRET}\r\nState=`,
    `net use \\\\host1\\share /user:admin ${SECRET}`,
    `Proxy-Authorization: Basic ${SECRET}${SECRET}`,
    `http://admin:${SECRET}@proxy.contoso.example:8080`,
    `-Credential (New-Object PSCredential('admin', '${SECRET}'))`,
    `net use Z: \\\\host1\\share ${SECRET} /user:admin`,
    `<add key="AdminPassword" value="${SECRET}"/>`,
    `<SS N="Password">${SECRET}</SS>`,
    `<S N="Password">${SECRET}</S>`,
    `cmdkey /add:host1 /user:admin /pass:${SECRET}`,
    `Get-CcCredential -AccountType VMAdmin -DisplayPassword\r\nPassword : ${SECRET}`,
  ])('are masked in: %s', (text) => {
    const masked = maskSecrets(text);
    expect(masked).not.toContain(SECRET);
    expect(masked).not.toMatch(/Pa55|S3cret|w0rd!x/);
    expect(masked).toContain('********');
  });

  it('are masked when a console cut them at the end of a line', () => {
    const line = `PS C:\\> New-Thing -Name averyveryverylongname -Password Synth-Pa5`;
    expect(maskSecrets(`${line}\n5w0rd!x -Force`)).not.toContain('5w0rd!x');
    expect(maskSecrets('Please update the VM (Password: Synth-Pa5\n5w0rd!x) and run Convert-CcIsoToVhdx')).not.toMatch(
      /Synth|5w0rd/,
    );
  });

  it('may hold a bracket', () => {
    expect(maskSecrets('the VM (Password: a)b-Pa55) and run Convert-CcIsoToVhdx')).not.toContain('Pa55');
  });

  it.each([
    'ConvertTo-SecureString : Key not valid for use in specified state.',
    'making sure that you have used the correct user name and password. --->',
    '+ CategoryInfo          : InvalidArgument: (:) [ConvertTo-SecureString], CryptographicException',
    'https://contoso.example:443/path',
    'The password of the account has expired.',
    'Password:\r\nPS C:\\> Get-VM',
    'Password:\n    DateTime=2018-09-07T10:40:37.3875187Z',
    'Enter password:\nThe account is locked.',
    'Password:\n-----------\nUser:\n',
    'net use Z: \\\\host1\\share /user:admin /persistent:no',
    '<S N="User">someone</S>',
  ])('are not seen in: %s', (text) => {
    expect(maskSecrets(text)).toBe(text);
  });

  it('leave everything else where it is, line by line', () => {
    const text = `a\u200b b\n(Password: Synth-Pa5\r\n5w0rd!x) and run\x1b[0m c`;
    const marked = markSecrets(text);
    expect(marked).toHaveLength(text.length);
    expect(maskSecrets(text)).toBe('a\u200b b\n(Password: ********\n) and run\x1b[0m c');
    expect(marked.split('\n')).toHaveLength(text.split('\n').length);
  });

  it('cost time in proportion to the text', () => {
    const hostile = [
      'a',
      'password',
      'password:\n',
      '"password":"\\',
      'pass\u200bword: ',
      '-password ',
      'ConvertTo-SecureString ',
      '(Password: ',
      '<password ',
      '<S N="password" ',
      'net use x /user:',
      'a://',
      '"',
      "-a'",
    ];
    for (const piece of hostile) {
      const text = piece.repeat(16_000 / piece.length);
      const started = performance.now();
      maskSecrets(text);
      expect(performance.now() - started, piece).toBeLessThan(1500);
    }
  });
});
