/** A report in a format, as one text. */
import type { Report } from '../../src/model.js';
import type { RenderOptions } from '../../src/reports/format.js';
import { FORMATS } from '../../src/reports/formats.js';

export async function rendered(name: string, report: Report, options: Partial<RenderOptions> = {}): Promise<string> {
  const format = await FORMATS[name]!();
  const result = format.render(report, { width: 80, colour: false, ...options });
  return typeof result === 'string' ? result : [...result].join('');
}
