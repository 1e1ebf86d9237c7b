/**
 * Reads OpenMetrics 1.0 text as its grammar says, and refuses what the grammar, the rules beside it, or the older parser of
 * the textfile collectors forbid. Written from the documents, not from what writes the text.
 */

export interface Sample {
  name: string;
  labels: Record<string, string>;
  value: number;
}

// metricname, label-name, escaped-string and number of the grammar.
const NAME = '[a-zA-Z_:][a-zA-Z0-9_:]*';
const LABEL = '[a-zA-Z_][a-zA-Z0-9_]*';
const STRING = '(?:[^\\n"\\\\]|\\\\[n"\\\\])*';
const NUMBER = '[+-]?(?:\\d+(?:\\.\\d*)?|\\.\\d+)(?:[eE][+-]?\\d+)?|[+-]?(?:inf|infinity)|nan';
const METADATA = new RegExp(`^# (TYPE|UNIT|HELP) (${NAME}) (.*)$`, 's');
const SAMPLE = new RegExp(`^(${NAME})(?:\\{((?:${LABEL}="${STRING}"(?:,(?!\\})|(?=\\})))*)\\})? (${NUMBER})$`, 'isu');

/** All samples in their order. Throws where the text is not valid. */
export function parseOpenMetrics(text: string): Sample[] {
  const lines = text.split('\n');
  refuseIf(lines.pop() !== '', 'the last line does not end', text);
  refuseIf(lines.pop() !== '# EOF', 'there is no EOF', text);
  const families = new Set<string>();
  const seen = new Set<string>();
  const samples: Sample[] = [];
  let family = '';
  let metadata = new Map<string, string>();
  for (const line of lines) {
    const [, kind, name = '', value = ''] = METADATA.exec(line) ?? [];
    if (kind !== undefined) {
      if (name !== family) {
        refuseIf(families.has(name), 'a family is told in two places', line);
        families.add(name);
        [family, metadata] = [name, new Map()];
      }
      refuseIf(metadata.has(kind), 'told twice', line);
      refuseIf(samples.at(-1)?.name.startsWith(`${family}_total`) === true, 'metadata after a sample', line);
      metadata.set(kind, value);
      checkMetadata(kind, name, value, line);
      continue;
    }
    const sample = parseSample(line);
    // A counter's sample has the suffix, a gauge's the name of the family.
    refuseIf(sample.name !== family + (metadata.get('TYPE') === 'counter' ? '_total' : ''), 'of another family', line);
    refuseIf(metadata.get('TYPE') === 'counter' && !(sample.value >= 0), 'a counter below zero', line);
    const key = JSON.stringify([sample.name, Object.entries(sample.labels).sort()]);
    refuseIf(seen.has(key), 'the same name and labels twice', line);
    seen.add(key);
    samples.push(sample);
  }
  return samples;
}

function checkMetadata(kind: string, name: string, value: string, line: string): void {
  if (kind === 'UNIT') refuseIf(!name.endsWith(`_${value}`), 'the name does not end with the unit', line);
  // The older parser stops at any other type, and at \" in a help text.
  if (kind === 'TYPE') refuseIf(value !== 'gauge' && value !== 'counter', 'a type that not all readers know', line);
  if (kind === 'HELP') refuseIf(/[\\"\r]/.test(value), 'escapes that not all readers know', line);
}

function parseSample(line: string): Sample {
  const [, name, pairs = '', number = ''] = SAMPLE.exec(line) ?? [];
  if (name === undefined) throw new Error(`no sample: ${JSON.stringify(line)}`);
  const labels: Record<string, string> = {};
  for (const [, label = '', value = ''] of pairs.matchAll(new RegExp(`(${LABEL})="(${STRING})"`, 'gsu'))) {
    refuseIf(label in labels, 'a label twice', line);
    labels[label] = value.replace(/\\(.)/g, (_, escaped: string) => (escaped === 'n' ? '\n' : escaped));
  }
  return { name, labels, value: Number(number.replace(/inf$/i, 'Infinity')) };
}

function refuseIf(wrong: boolean, what: string, where: string): void {
  if (wrong) throw new Error(`${what}: ${JSON.stringify(where)}`);
}
