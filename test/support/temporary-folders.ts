import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll } from 'vitest';

/** Makes folders with files in them, which are removed when the tests of the file have ended. */
export function temporaryFolders(): (files: Record<string, string | Buffer>) => string {
  const root = mkdtempSync(join(tmpdir(), 'ccelog-test-'));
  afterAll(() => rmSync(root, { recursive: true, force: true }));
  let folders = 0;
  return (files) => {
    const folder = join(root, String(folders++));
    for (const [name, content] of Object.entries(files)) {
      mkdirSync(dirname(join(folder, name)), { recursive: true });
      writeFileSync(join(folder, name), content);
    }
    return folder;
  };
}
