/** Synthetic keys and certificates, made by OpenSSL while the tests run: none is kept. */
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryFolders } from './temporary-folders.js';

export interface Certificates {
  folder: string;
  /** Reads one of the files: `root`, `edge` and `old` with `.pem`, `.der` and `.key`, `chain.p7b`, `chain.der.p7b`, … */
  file: (name: string) => Buffer;
}

/** A root, a certificate that it issued for two names, and one that was over long ago. */
export function makeCertificates(): Certificates {
  const folder = temporaryFolders()({ 'openssl.cnf': '[req]\ndistinguished_name=dn\n[dn]\n' });
  const run = (...args: string[]) =>
    execFileSync('openssl', args, { cwd: folder, stdio: ['ignore', 'pipe', 'ignore'] });
  const authority = ['-addext', 'basicConstraints=critical,CA:TRUE'];
  const ec = ['-config', 'openssl.cnf', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'];
  run(
    'req',
    '-x509',
    ...ec,
    ...authority,
    '-keyout',
    'root.key',
    '-out',
    'root.pem',
    '-days',
    '3650',
    '-subj',
    '/DC=example/CN=Synthetic Root',
  );
  const leaf = ['-CA', 'root.pem', '-CAkey', 'root.key', '-addext', 'basicConstraints=CA:FALSE'];
  const names = ['-addext', 'subjectAltName=DNS:sip.contoso.example,DNS:ap1.contoso.example,IP:192.0.2.1'];
  run(
    'req',
    '-x509',
    ...ec,
    ...leaf,
    ...names,
    '-keyout',
    'edge.key',
    '-out',
    'edge.pem',
    '-days',
    '730',
    '-subj',
    '/O=Contoso/CN=ap1.contoso.example',
  );
  run(
    'req',
    '-x509',
    ...ec,
    ...leaf,
    '-keyout',
    'old.key',
    '-out',
    'old.pem',
    '-days',
    '1',
    '-subj',
    '/CN=old.contoso.example',
  );
  for (const name of ['root', 'edge', 'old'])
    run('x509', '-in', `${name}.pem`, '-outform', 'DER', '-out', `${name}.der`);
  run('crl2pkcs7', '-nocrl', '-certfile', 'edge.pem', '-certfile', 'root.pem', '-out', 'chain.p7b');
  run(
    'crl2pkcs7',
    '-nocrl',
    '-certfile',
    'edge.pem',
    '-certfile',
    'root.pem',
    '-outform',
    'DER',
    '-out',
    'chain.der.p7b',
  );
  run('pkcs12', '-export', '-in', 'edge.pem', '-inkey', 'edge.key', '-out', 'edge.pfx', '-passout', 'pass:x');
  run('pkcs8', '-topk8', '-in', 'edge.key', '-out', 'edge.encrypted.key', '-passout', 'pass:x');
  run('pkcs8', '-topk8', '-in', 'edge.key', '-outform', 'DER', '-out', 'edge.encrypted.der', '-passout', 'pass:x');
  run('pkcs8', '-topk8', '-nocrypt', '-in', 'edge.key', '-outform', 'DER', '-out', 'edge.pkcs8.der');
  run('ec', '-in', 'edge.key', '-outform', 'DER', '-out', 'edge.ec.der');
  run('ec', '-in', 'edge.key', '-out', 'edge.ec.key');
  return { folder, file: (name) => readFileSync(join(folder, name)) };
}
