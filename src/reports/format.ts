import type { Report } from '../model.js';

/** How a report looks on the way out. */
export interface RenderOptions {
  /** Columns of the terminal, for formats that are laid out. */
  width: number;
  colour: boolean;
  /** An earlier report that results are compared with, for formats that can say so. */
  baseline?: Report | null;
  /** A byte order mark, for the sake of Excel. */
  bom?: boolean;
}

/** A report as text, or as pieces of it: one string cannot be longer than 512 MB, and would stand in memory whole. */
export type Rendered = string | Iterable<string>;

/** A report format: one file each, which names it and turns a report into text. */
export interface ReportFormat {
  name: string;
  /** Whether it draws `Report.activity`, which takes a look at every hit. */
  drawsActivity?: boolean;
  render: (report: Report, options: RenderOptions) => Rendered;
}
