/**
 * ccelog as a library: what the command line is made of. The names here follow semantic versioning; whatever they do not
 * reach is the inside.
 */
export { walk } from './bundles/walk.js';
export { Detector } from './detectors/detector.js';
export { loadPack, type Pack } from './detectors/pack/load.js';
export { CcelogError, ERROR_CODES, type ErrorCode } from './errors.js';
export { assemble, summarize } from './incidents/assemble.js';
export { fixesFor, type KnownVersion } from './incidents/fixes.js';
export { parseProductVersion } from './incidents/versions.js';
export type * from './model.js';
export { type ExceptionInfo, parseExceptions } from './parsers/exceptions.js';
export type { Analysis, AnalyzeOptions } from './pipeline/analysis.js';
export { analyze } from './pipeline/analyze.js';
export { beginThreads } from './pipeline/begin-threads.js';
export { type Explanation, explain } from './pipeline/explain.js';
export { openEvidence } from './pipeline/open-evidence.js';
export { reportOf } from './pipeline/report.js';
export { type ExampleResult, runExamples } from './pipeline/run-examples.js';
export { restoreNames } from './redaction/map.js';
export { maskSecrets } from './redaction/mask-secrets.js';
export { type KnownValue, Redaction, type RedactionOptions } from './redaction/redaction.js';
export { FORMATS } from './reports/formats.js';
export { openStore, type Store } from './store/index.js';
