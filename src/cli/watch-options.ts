import type { CommonOptions } from './options.js';

/** What `ccelog watch` can be told. */
export interface WatchCommandOptions extends CommonOptions {
  poll?: number;
  quietPeriod?: number;
  wait?: boolean;
  onIncident?: string;
  shell?: boolean;
  webhook?: string;
  metrics?: string;
  status?: boolean;
  install?: boolean;
  uninstall?: boolean;
  dryRun?: boolean;
  user?: string;
  taskName?: string;
}
