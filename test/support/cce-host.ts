/** A host of Cloud Connector as folders, synthetic throughout, and programs that answer in the place of Windows' own. */
import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { type Entry, fromBuffer, type ZipFile } from 'yauzl';
import type { Manifest, ManifestItem } from '../../src/bundles/collect/manifest.js';
import { type Desk, ROOT } from './run-ccelog.js';
import { faultyLog } from './synthetic-log.js';

/** Stands in all that must never get into a bundle. */
export const NEVER = 'NEVER-TO-BE-READ-5e1f';
export const PASSWORD = 'Synth-Pa55w0rd!x';

export const SERVICE_FOLDER = 'Program Files/Skype for Business Cloud Connector Edition/ManagementService';
export const CLOUD_CONNECTOR = 'Users/cce admin/CloudConnector';
/** A certificate made for these tests, for a name that nobody can have. */
export const PUBLIC_KEY = [
  '-----BEGIN CERTIFICATE-----',
  'MIIBkTCCATegAwIBAgIUJrbz7H+nAEMbMtdg99BKrkE18mcwCgYIKoZIzj0EAwIw',
  'HTEbMBkGA1UEAwwSYXAuY29udG9zby5leGFtcGxlMCAXDTI2MTEyNjIzMzE1NFoY',
  'DzIxMjYxMTAyMjMzMTU0WjAdMRswGQYDVQQDDBJhcC5jb250b3NvLmV4YW1wbGUw',
  'WTATBgcqhkjOPQIBBggqhkjOPQMBBwNCAAS5RaH7FkOmh961d1pPvM/FW9Fmaiqd',
  'ng17IrbixC945x9ovCfU/a08zf3QFKc3jVoQfS0AFmpUOAuGAr9Y3Hxho1MwUTAd',
  'BgNVHQ4EFgQU0KuPpEI2653y49ZHMDBpacWywKAwHwYDVR0jBBgwFoAU0KuPpEI2',
  '653y49ZHMDBpacWywKAwDwYDVR0TAQH/BAUwAwEB/zAKBggqhkjOPQQDAgNIADBF',
  'AiEAlql8yxfzbdzQUVHVSCfkltE9UTazhH2oEIuA1aTXn88CIG9kb+Fp81+EOooM',
  'XEUJBVG+vwwa1D2yrftS5yPkaXhI',
  '-----END CERTIFICATE-----',
  '',
].join('\n');
const CREDENTIALS = `<Objs Version="1.1.0.1"><Obj><SS N="Password">${NEVER}</SS></Obj></Objs>`;

/** What is on the disk, by path. */
export function hostFiles(): Record<string, string | Buffer> {
  return {
    [`${SERVICE_FOLDER}/CceManagementService.log`]: faultyLog(3),
    [`${SERVICE_FOLDER}/6f1c2e0a-0000-4000-8000-00000000000aCceManagementService.log`]: faultyLog(1, 7),
    [`${SERVICE_FOLDER}/CceManagementService (1).log`]: Buffer.from(`\ufeff${faultyLog(2, 8)}`, 'utf16le'),
    [`${SERVICE_FOLDER}/Microsoft.Rtc.CCE.ManagementService.exe`]: NEVER,
    'ProgramData/CloudConnector/module.ini': '[Versions]\nRunning=2.1.0\n',
    'ProgramData/CloudConnector/ApplianceManager.ini': '[Health]\nHAHealthKeepRecover=2\n',
    'ProgramData/CloudConnector/credentials.admin.xml': CREDENTIALS,
    'ProgramData/CloudConnector/credentials..CceService.xml': CREDENTIALS,
    [`${CLOUD_CONNECTOR}/module.ini`]: '[Versions]\nRunning=2.0.1\n',
    [`${CLOUD_CONNECTOR}/ApplianceRoot/CloudConnector.ini`]: '[Common]\nSiteName=Seattle\nState=\n',
    [`${CLOUD_CONNECTOR}/ApplianceRoot/CceSevicePersistent`]: 'AutoMaintenanceStatus=3\n',
    [`${CLOUD_CONNECTOR}/ApplianceRoot/certificates/edge.cer`]: PUBLIC_KEY,
    [`${CLOUD_CONNECTOR}/ApplianceRoot/certificates/edge.pfx`]: NEVER,
    [`${CLOUD_CONNECTOR}/ApplianceRoot/certificates/both.crt`]: `${PUBLIC_KEY}-----BEGIN PRIVATE KEY-----\n${NEVER}\n`,
    [`${CLOUD_CONNECTOR}/ApplianceRoot/certificates/renamed.cer`]: Buffer.concat([
      Buffer.from([0x30, 0x82, 0x09, 0x00, 0x02, 0x01, 0x03]),
      Buffer.from(NEVER),
    ]),
    [`${CLOUD_CONNECTOR}/ApplianceRoot/Logs/install.log`]: `one\r\nRegister-CcAppliance -Password ${PASSWORD} -Force\r\n`,
    [`${CLOUD_CONNECTOR}/ApplianceRoot/Logs/credentials.copy.xml`]: CREDENTIALS,
    [`${CLOUD_CONNECTOR}/ApplianceRoot/Logs/export.xml`]: CREDENTIALS,
    [`${CLOUD_CONNECTOR}/ApplianceRoot/Logs/old.log.zip`]: Buffer.from(`PK\x03\x04${NEVER}`),
    [`${CLOUD_CONNECTOR}/ApplianceRoot/Instances/2.1.0-default/x.vhdx`]: NEVER,
    [`${CLOUD_CONNECTOR}/SiteRoot/Site_ap.contoso.example`]: 'Seattle\n',
    [`${CLOUD_CONNECTOR}/SiteRoot/CA/SfB CCE Root.p12`]: NEVER,
  };
}

/** Writes files below a folder; gives the folder. */
export function writeTree(folder: string, files: Record<string, string | Buffer>): string {
  for (const [name, content] of Object.entries(files)) {
    const path = join(folder, name);
    mkdirSync(join(path, '..'), { recursive: true });
    writeFileSync(path, content);
  }
  return folder;
}

/** What a program does: prints, ends with a code, or hangs. */
export interface Behaviour {
  /** Base64. */
  stdout?: string;
  stderr?: string;
  code?: number;
  hangs?: boolean;
}

export function prints(output: string | Buffer, code = 0): Behaviour {
  return { stdout: Buffer.from(output).toString('base64'), code };
}

/** A live host on this machine: its environment, with `powershell` and others that do as they are told on their PATH. */
export function liveHost(place: Desk, files = hostFiles()) {
  const disk = writeTree(place.path('disk'), files);
  const programs = place.path('programs');
  mkdirSync(programs, { recursive: true });
  const env = {
    ProgramFiles: join(disk, 'Program Files'),
    ProgramData: join(disk, 'ProgramData'),
    USERPROFILE: join(disk, 'Users/cce admin'),
    PATH: programs,
  };
  /** Makes a program; the behaviour is that of the first word that is in its arguments, or of ''. */
  const program = (name: string, behaviours: Record<string, Behaviour>) => {
    const path = join(programs, name);
    writeFileSync(
      path,
      `#!${join(ROOT, 'node_modules/node/bin/node')}\n(${stub})(${JSON.stringify(behaviours)}, ${JSON.stringify(place.path(`${name}.ran`))});\n`,
    );
    chmodSync(path, 0o755);
  };
  return { disk, env, program };
}

const stub = `async (behaviours, ran) => {
  const line = process.argv.slice(2).join(' ');
  require('node:fs').appendFileSync(ran, JSON.stringify(process.argv.slice(2)) + '\\n');
  const script = /exit 69}};try{(.*)\\|Out-String/s.exec(line)?.[1] ?? line;
  const found = Object.keys(behaviours).find((word) => word !== '' && script.includes(word)) ?? '';
  const { stdout = '', stderr = '', code = 0, hangs = false } = behaviours[found] ?? { code: 69 };
  process.stdout.write(Buffer.from(stdout, 'base64'));
  process.stderr.write(stderr);
  if (hangs) { require('node:child_process').spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)']); setInterval(() => {}, 1000); }
  else process.exitCode = code;
}`;

/** PowerShell of a host where all is well. */
export const ANSWERS: Record<string, Behaviour> = {
  PSVersionTable: prints('5.1.14409.1018\r\n'),
  'Get-CcVersion': prints('2.1.0\r\n'),
  'Get-CcRunningVersion': prints(''),
  'Get-VM |': prints('\r\nName  : CCEMS1-2.1.0\r\nState : Running\r\n\r\n'),
};

/** All members of a zip, decompressed. */
export async function membersOf(zip: Buffer): Promise<Map<string, Buffer>> {
  const opened = (await promisify(fromBuffer as never)(zip as never, { lazyEntries: true } as never)) as ZipFile;
  const members = new Map<string, Buffer>();
  await new Promise<void>((done, fail) => {
    opened.on('entry', (entry: Entry) => {
      opened.openReadStream(entry, (error, stream) => {
        if (error) return fail(error);
        const chunks: Buffer[] = [];
        stream.on('data', (chunk: Buffer) => chunks.push(chunk));
        stream.on('end', () => {
          members.set(entry.fileName, Buffer.concat(chunks));
          opened.readEntry();
        });
      });
    });
    opened.on('end', done).on('error', fail);
    opened.readEntry();
  });
  return members;
}

export function manifestIn(members: Map<string, Buffer>): Manifest {
  return JSON.parse(String(members.get('manifest.json')));
}

/** The rows about a thing. */
export function rows(manifest: Manifest, id: string): ManifestItem[] {
  return manifest.items.filter((item) => item.id === id);
}
