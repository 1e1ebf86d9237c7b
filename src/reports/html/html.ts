/**
 * The report that is mailed around: one file that opens anywhere, asks nothing of a network and obeys nothing that stands in
 * a log. Its style and script are in it by their digests; what it shows goes through node.ts, which knows no markup.
 */
import type { Report } from '../../model.js';
import type { ReportFormat } from '../format.js';
import { pageAssets, pageTexts } from './assets.js';
import { pageData } from './data/build.js';
import { document } from './document.js';

export const html: ReportFormat = { name: 'html', drawsActivity: true, render };

function render(report: Report): string {
  return document(report, pageData(report, pageTexts()), pageAssets());
}
