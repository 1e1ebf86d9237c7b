/**
 * A folder of real logs that other programs wrote through the same .NET trace listener. They are third-party data and no
 * part of the project: CCELOG_SAMPLES names the folder, or it stands beside the checkout.
 */
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const beside = fileURLToPath(new URL('../../../shared/samples', import.meta.url));
const folder = process.env['CCELOG_SAMPLES'] ?? beside;

/** The folder, or null where there is none: tests on it are skipped, and in CI that is a failure. */
export const realLogs: string | null = existsSync(folder) ? folder : null;

if (realLogs === null) {
  const why = `skipped: tests on real trace logs, for there is no folder ${folder} (set CCELOG_SAMPLES)`;
  if (process.env['CI']) throw new Error(why);
  console.warn(why);
}
