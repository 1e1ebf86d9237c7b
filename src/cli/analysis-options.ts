/** The options of commands that report what was analyzed, whether just now or before. */
import type { Command } from 'commander';
import { FORMATS } from '../reports/formats.js';
import { archiveOptions } from './archive-options.js';
import {
  failOnOption,
  jobsOption,
  outputOptions,
  resultOptions,
  selectionOptions,
  signatureOption,
  storeOption,
  versionOption,
} from './options.js';
import { reportOptions } from './report-options.js';

/** Adds them in the order in which help lists them. */
export function analysisOptions(command: Command): Command {
  storeOption(command);
  versionOption(command);
  signatureOption(command);
  outputOptions(command, Object.keys(FORMATS));
  selectionOptions(command);
  reportOptions(command);
  failOnOption(command);
  command.addOption(jobsOption());
  archiveOptions(command);
  return resultOptions(command);
}
