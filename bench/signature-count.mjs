/** Time against the number of signatures: one pass looks for all of them, so many must not cost much more than few. */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ccelog, freshStore } from './contenders.mjs';
import { measureInTurn } from './measure.mjs';

const BUILT_IN = 37;
const COUNTS = [37, 200, 1000];
const VERBS = [
  'could not be started',
  'was refused by the gateway',
  'has expired on the edge',
  'is missing from the pool',
];
const SYLLABLES = ['ka', 'lor', 'min', 'tes', 'vo', 'ran', 'du', 'pex', 'sil', 'gor'];

/**
 * Measures the log with folders of extra signatures. The time is all of it. Extra signatures are compiled at every start;
 * how much of the time that is, a small log tells, and stands beside.
 */
export async function signatureCountRows(data, folder, runs) {
  const { before, options } = freshStore(folder);
  const folders = COUNTS.map((count) => ({ count, path: join(folder, `signatures-${count}`) }));
  const contenders = folders.flatMap(({ count, path }) => {
    const more = count > BUILT_IN ? ['--signatures', writeSignatures(path, count - BUILT_IN)] : [];
    const of = (id, log) => ({ id, before, command: ccelog('analyze', log, ...options, ...more, '--jobs', '1') });
    return [of(`log-${count}`, data.log.path), of(`start-${count}`, data.small.path)];
  });
  const results = await measureInTurn(contenders, runs);
  for (const { path } of folders) rmSync(path, { recursive: true, force: true });
  const why = [...results.values()].find((result) => result.why !== null)?.why ?? null;
  const seconds = (id) => results.get(id).seconds;
  const compilation = (count) => (seconds(`start-${count}`) - seconds(`start-${BUILT_IN}`)).toFixed(2);
  return COUNTS.slice(1).map((count) => ({
    id: `signatures-${count}`,
    what: `time with ${count.toLocaleString('en')} signatures against ${BUILT_IN}`,
    target: 2,
    limit: 'most',
    unit: '×',
    value: why === null ? seconds(`log-${count}`) / seconds(`log-${BUILT_IN}`) : null,
    why,
    detail: why === null ? `${compilation(count)} s of it to compile them` : '',
  }));
}

/** Sentences as failures have them, each with a name of its own in it: a thousand different literals. */
function writeSignatures(path, count) {
  rmSync(path, { recursive: true, force: true });
  mkdirSync(path, { recursive: true });
  for (let index = 0; index < count; index++) {
    const name = [...String(index).padStart(3, '0')].map((digit) => SYLLABLES[Number(digit)]).join('');
    const text = `The service ${name} ${VERBS[index % VERBS.length]} while ${[...name].reverse().join('')} was running`;
    writeFileSync(join(path, `made-${index}.yaml`), signature(`made-${index}`, text));
  }
  return path;
}

function signature(id, text) {
  return `id: ${id}
title: ${text}
severity: warning
status: experimental
detection: text
appearsIn: [trace-log]
cause: Made for the measurement.
match:
  - all:
      - text:
          en: "${text}"
versionUnknown: The same for all.
fixes:
  - id: none
    title: None
    steps:
      - text: Nothing to do.
references:
  - None
examples:
  match:
    - { text: "${text}", in: trace-log }
    - { text: "${text}, again", in: trace-log }
  noMatch:
    - { text: Something else, in: trace-log, why: it is something else }
    - { text: Nothing, in: trace-log, why: it is nothing }
`;
}
