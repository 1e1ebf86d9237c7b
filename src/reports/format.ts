import type { Report } from '../model.js';

/** How a report looks on the way out. */
export interface RenderOptions {
  /** Columns of the terminal, for formats that are laid out. */
  width: number;
  colour: boolean;
}

/** A report format: one file each, which names it and turns a report into text. */
export interface ReportFormat {
  name: string;
  render: (report: Report, options: RenderOptions) => string;
}
