/**
 * Holds a log open as the tool does, to read, and prints what the handle says of it: once it is open, and at Ctrl+C, after
 * which it lets go.
 *
 *   node hold-open.mjs <log>
 */
import { closeSync, fstatSync, openSync, readFileSync } from 'node:fs';

const file = openSync(process.argv[2], 'r');
const tell = (content) => {
  const { ino, size } = fstatSync(file, { bigint: true });
  console.log(JSON.stringify({ ino: String(ino), size: Number(size), content }));
};

tell(null);
const living = setInterval(() => {}, 1000);
process.on('SIGINT', () => {
  // What stands there now is read from the beginning, since nothing has been read by this handle.
  tell(readFileSync(file, 'utf8'));
  closeSync(file);
  clearInterval(living);
});
