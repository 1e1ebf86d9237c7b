/** What is measured against what: ccelog in several ways, and the programs people use instead. */
import { spawnSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const LNAV_COUNT = ';select count(*) from all_logs';
const CLI = fileURLToPath(new URL('../dist/cli/ccelog.js', import.meta.url));

/** A command that runs ccelog. */
export function ccelog(...args) {
  return [process.execPath, CLI, ...args];
}

/** The options of an analysis into a store that is new each time. */
export function freshStore(folder) {
  const database = join(folder, `bench-${process.pid}.db`);
  const before = () => {
    for (const suffix of ['', '-wal', '-shm', '-journal']) rmSync(database + suffix, { force: true });
  };
  return { before, database, options: ['--db', database, '--format', 'json', '--quiet'] };
}

function absent(program) {
  const found = spawnSync('sh', ['-c', `command -v ${program}`]).status === 0;
  return found ? null : `${program} is not installed`;
}

export function contendersFor(data, folder) {
  const { before, options } = freshStore(folder);
  const analyze = (id, name, path, jobs, missing = null) => ({
    id,
    name: `ccelog, ${name}`,
    // Without the option it takes as many threads as the machine has cores.
    command: ccelog('analyze', path, ...options, ...(jobs === null ? [] : ['--jobs', String(jobs)])),
    before,
    missing,
  });
  const peer = (id, name, command, more = {}) => ({ id, name, command, missing: absent(command[0]), ...more });
  const { log, piece, utf16, zip, secLog, sec, rust, ere } = data;
  const count = `${data.patternCount} patterns`;
  const noZip = zip === null ? 'zip is not installed' : null;
  return [
    analyze('jobs1', '1 thread', log.path, 1),
    analyze('jobs2', '2 threads', log.path, 2),
    analyze('default', 'as many threads as cores', log.path, null),
    peer('rg', `rg -c, ${count}, 1 thread`, ['rg', '-j1', '-c', '-f', rust, log.path]),
    peer('grep', `grep -cE, ${count}, C locale`, ['grep', '-cE', '-f', ere, log.path], { env: { LC_ALL: 'C' } }),
    peer('lnav', 'lnav -n, index and count', ['lnav', '-n', '-c', LNAV_COUNT, log.path], { env: { HOME: folder } }),
    peer('wc', 'wc -l', ['wc', '-l', log.path]),
    analyze('utf8', '1 thread, UTF-8', piece.path, 1),
    analyze('utf16', '1 thread, UTF-16LE', utf16, 1),
    analyze('zip1', '1 thread, .zip', zip, 1, noZip),
    analyze('zip', 'as many threads as cores, .zip', zip, null, noZip),
    // What goes to nowhere must not wait for a reader of its output.
    peer('unzip', 'unzip -p', ['sh', '-c', `unzip -p '${zip}' > /dev/null`], { missing: noZip ?? absent('unzip') }),
    // One run of it takes as long as all others together.
    peer('sec', `sec, ${count} as rules`, ['sec', '--notail', `--conf=${sec}`, `--input=${secLog.path}`, '--debug=1'], {
      once: true,
    }),
  ];
}
