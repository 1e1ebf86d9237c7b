/**
 * How watching is doing, as text for the textfile collector of node_exporter or windows_exporter.
 *
 * The text is OpenMetrics 1.0 (https://prometheus.io/docs/specs/om/open_metrics_spec/) and stays within what the parser of
 * those collectors takes too (`expfmt/text_parse.go` of prometheus/common, the older format), or they refuse the whole file:
 * - no type but gauge and counter: it does not know `info` and `unknown`. So what would be an info is a gauge of 1.
 * - no timestamps beside a value, and no carriage returns at the ends of lines;
 * - no two lines with the same name and labels: some versions then answer no request at all;
 * - no quotes and backslashes in help texts: the two formats escape them differently;
 * - a line feed at the very end. `# UNIT` and `# EOF` are comments to it.
 * Counters reach Prometheus without their type that way: the older format wants it for the name with `_total`,
 * OpenMetrics for the one without. Their values, and `rate()`, are the same.
 */
import { SEVERITIES, type Severity } from '../model.js';

export interface WatchHealth {
  version: string;
  startedAt: Date;
  sources: readonly SourceHealth[];
  /** Records read since the start. */
  records: number;
  /** Records that matched, by signature, since the start. */
  hits: ReadonlyMap<string, number>;
  /** Errors in the logs that no signature knows, since the start. */
  unknownErrors: number;
  /** Incidents that are open now. */
  open: Readonly<Record<Severity, number>>;
  /** What went wrong in watching itself since the start, by kind, such as 'store', 'source', 'command' or 'webhook'. */
  problems: ReadonlyMap<string, number>;
  deliveries: { sent: number; failed: number; pending: number };
}

export interface SourceHealth {
  path: string;
  /** Bytes of the log, and how many of them were read. */
  size: number;
  position: number;
  lagSeconds: number;
  lastReadAt: Date | null;
}

interface Family {
  name: string;
  type: 'gauge' | 'counter';
  /** The name ends with it, as OpenMetrics asks. */
  unit?: 'bytes' | 'seconds';
  help: string;
  samples: readonly Sample[];
}

type Sample = readonly [labels: Readonly<Record<string, string>>, value: number];

export function openMetrics(health: WatchHealth): string {
  const lines = families(health).flatMap(familyLines);
  return `${[...lines, '# EOF'].join('\n')}\n`;
}

function families({ sources, deliveries, ...health }: WatchHealth): Family[] {
  const inOrder = [...sources].sort((a, b) => inCodeOrder(a.path, b.path));
  const perSource = (value: (source: SourceHealth) => number | null): Sample[] =>
    inOrder.flatMap((source) => {
      const found = value(source);
      return found === null ? [] : [[{ path: source.path }, found] as const];
    });
  return [
    {
      name: 'build_info',
      type: 'gauge',
      help: 'Always 1; the label tells the version of ccelog.',
      samples: [[{ version: health.version }, 1]],
    },
    {
      name: 'start_time_seconds',
      type: 'gauge',
      unit: 'seconds',
      help: 'When watching began, in seconds since 1970. Counters began at 0 then.',
      samples: [[{}, seconds(health.startedAt)]],
    },
    {
      name: 'source_size_bytes',
      type: 'gauge',
      unit: 'bytes',
      help: 'Size of the log.',
      samples: perSource(({ size }) => size),
    },
    {
      name: 'lag_bytes',
      type: 'gauge',
      unit: 'bytes',
      help: 'Bytes of the log that were not read yet.',
      samples: perSource(({ size, position }) => Math.max(0, size - position)),
    },
    {
      name: 'lag_seconds',
      type: 'gauge',
      unit: 'seconds',
      help: 'For how long bytes of the log have been waiting to be read.',
      samples: perSource(({ lagSeconds }) => lagSeconds),
    },
    {
      name: 'last_read_timestamp_seconds',
      type: 'gauge',
      unit: 'seconds',
      help: 'When the log was last read, in seconds since 1970.',
      samples: perSource(({ lastReadAt }) => (lastReadAt === null ? null : seconds(lastReadAt))),
    },
    {
      name: 'records',
      type: 'counter',
      help: 'Records read.',
      samples: [[{}, health.records]],
    },
    {
      name: 'hits',
      type: 'counter',
      help: 'Records that a signature matched.',
      samples: perKey('signature', health.hits),
    },
    {
      name: 'unknown_errors',
      type: 'counter',
      help: 'Errors in the logs that no signature knows.',
      samples: [[{}, health.unknownErrors]],
    },
    {
      name: 'open_incidents',
      type: 'gauge',
      help: 'Incidents that are open now.',
      samples: SEVERITIES.map((severity) => [{ severity }, health.open[severity]]),
    },
    {
      name: 'problems',
      type: 'counter',
      help: 'Errors of watching itself, by kind.',
      samples: perKey('kind', health.problems),
    },
    {
      name: 'deliveries',
      type: 'counter',
      help: 'Attempts to deliver a notification.',
      samples: [
        [{ result: 'failed' }, deliveries.failed],
        [{ result: 'sent' }, deliveries.sent],
      ],
    },
    {
      name: 'pending_deliveries',
      type: 'gauge',
      help: 'Notifications that wait to be delivered.',
      samples: [[{}, deliveries.pending]],
    },
  ];
}

function perKey(label: string, counts: ReadonlyMap<string, number>): Sample[] {
  return [...counts].sort(([a], [b]) => inCodeOrder(a, b)).map(([key, count]) => [{ [label]: key }, count]);
}

/** The lines of one family; none where there is nothing to tell. */
function familyLines({ name, type, unit, help, samples }: Family): string[] {
  const full = `ccelog_watch_${name}`;
  // Two sources may have paths that differ only in what no text can hold; the first of them is told.
  const values = new Map<string, string>();
  for (const [labels, value] of samples) {
    const key = labelText(labels);
    if (!values.has(key)) values.set(key, numberText(value));
  }
  if (values.size === 0) return [];
  return [
    `# TYPE ${full} ${type}`,
    ...(unit ? [`# UNIT ${full} ${unit}`] : []),
    `# HELP ${full} ${help}`,
    ...[...values].map(([labels, value]) => `${full}${type === 'counter' ? '_total' : ''}${labels} ${value}`),
  ];
}

function labelText(labels: Readonly<Record<string, string>>): string {
  const pairs = Object.entries(labels).map(([name, value]) => `${name}="${escaped(value)}"`);
  return pairs.length === 0 ? '' : `{${pairs.join(',')}}`;
}

/** A file name on Windows may hold half of a surrogate pair, which UTF-8 cannot. */
function escaped(value: string): string {
  return value.toWellFormed().replace(/[\\"\n]/g, (character) => (character === '\n' ? '\\n' : `\\${character}`));
}

function numberText(value: number): string {
  if (Number.isFinite(value)) return String(value);
  return Number.isNaN(value) ? 'NaN' : value > 0 ? '+Inf' : '-Inf';
}

function seconds(time: Date): number {
  return time.getTime() / 1000;
}

/** Unlike the order of a language, it is the same on every machine. */
function inCodeOrder(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
