import type { Command } from 'commander';
import type { Incident } from '../../model.js';
import type { Rendered } from '../../reports/format.js';
import type { Store, WatchProblem } from '../../store/index.js';
import { t, translated } from '../../texts/texts.js';
import { openDoor } from '../door.js';
import { now, renderOptions } from '../environment.js';
import {
  type CommonOptions,
  failOnOption,
  formatName,
  knownVersion,
  outputOptions,
  plainOptions,
  resultOptions,
  selectionOptions,
  signatureOption,
  storeOption,
  timeRange,
  versionOption,
} from '../options.js';
import { loadSignatures, storedNames, withExistingStore } from '../session.js';

const FORMATS = ['table', 'json', 'ndjson'] as const;
const STATUS = { resolve: 'resolved', reopen: 'open', silence: 'silenced' } as const;
type Action = keyof typeof STATUS;

export interface IncidentsHandlers {
  list: (options: CommonOptions) => Promise<void>;
  show: (id: string, options: CommonOptions) => Promise<void>;
  change: (action: Action, id: string, options: CommonOptions) => Promise<void>;
}

export function incidentsCommand(command: Command, handlers: IncidentsHandlers): Command {
  command.description(t`list and manage the incidents in the store`);
  const list = command.command('list').description(t`list incidents, the worst first`);
  const show = command.command('show <id>').description(t`one incident in full, with its history and proof`);
  for (const sub of [list, show]) {
    storeOption(sub);
    versionOption(sub);
    signatureOption(sub);
    outputOptions(sub, FORMATS);
  }
  selectionOptions(list);
  list.option('--appliance <name>', t`incidents of this appliance`);
  failOnOption(list);
  const actions: [Action, string][] = [
    ['resolve', t`mark an incident as resolved; it comes back as regressed when it happens again`],
    ['reopen', t`take back that an incident is resolved or silenced`],
    ['silence', t`keep an incident out of --fail-on, also when it happens again`],
  ];
  for (const [action, text] of actions) {
    const sub = command.command(`${action} <id>`).description(text);
    sub.addHelpText('after', t`\nExamples:\n  ccelog incidents ${action} 3fa2b81c09de`);
    plainOptions(storeOption(sub)).action((id, options) => handlers.change(action, id, options));
  }
  resultOptions(list).action(handlers.list);
  resultOptions(show).action(handlers.show);
  const example = (sub: Command, line: string) => sub.addHelpText('after', t`\nExamples:\n  ccelog incidents ${line}`);
  example(list, 'list --since 7d --severity error');
  example(show, `show 3fa2 --cce-version 2.1      ${t`(the beginning of an id)`}`);
  command.addHelpText(
    'after',
    t`
Examples:
  ccelog incidents list --since 7d
  ccelog incidents show 3fa2          the beginning of an id is enough
  ccelog incidents resolve 3fa2b81c09de`,
  );
  return command;
}

export async function listIncidents(options: CommonOptions): Promise<number> {
  const door = await openDoor(options);
  const selection = {
    ...timeRange(options),
    severity: options.severity ?? null,
    appliance: options.appliance ?? null,
  };
  const { isFailing, select } = await import('../../incidents/select.js');
  const { incidents: stored, known } = await storedIncidents(options, (store) => ({
    problems: store.watching.blindness(20),
    names: door.isRedacting ? storedNames(store) : [],
  }));
  const selected = select(stored, selection);
  const { incidents, problems } = door.out({ incidents: selected, problems: known.problems }, known.names);
  await door.write(await listText(incidents, problems, options), options);
  if (problems.length > 0 && formatName(options, FORMATS) === 'table')
    process.stderr.write(t`watching could not see everything: ccelog watch --status tells what\n`);
  return isFailing(selected, options.failOn) ? 1 : 0;
}

export async function showIncident(id: string, options: CommonOptions): Promise<number> {
  const door = await openDoor(options);
  const { incidents, known } = await storedIncidents(options, (store) => ({
    ...store.incident(id),
    names: door.isRedacting ? storedNames(store) : [],
  }));
  const found = incidents.find(({ id: own, members }) => own === known.id || members.includes(known.id));
  if (!found) throw new Error(`incident ${known.id} is gone`);
  const { incident, history, earlier, symptoms } = door.out(
    {
      incident: found,
      history: known.history,
      earlier: known.earlier,
      symptoms: incidents.filter((entry) => entry.symptomOf === found.id),
    },
    known.names,
  );
  if (formatName(options, FORMATS) === 'json' || formatName(options, FORMATS) === 'ndjson') {
    const document = { schemaVersion: 1, incident, history, earlier };
    const { jsonText } = await import('../../reports/json-text.js');
    const text = formatName(options, FORMATS) === 'json' ? jsonText(document, 2) : jsonText(incident);
    await door.write(`${text}\n`, options);
    return 0;
  }
  const [{ incidentText }, { episodesText }, { coloursFor, shortTime, usableWidth }, { printableLine }] =
    await Promise.all([
      import('../../reports/incident-text.js'),
      import('../../reports/episodes-text.js'),
      import('../../reports/layout.js'),
      import('../../redaction/printable.js'),
    ]);
  const { width: columns, colour } = renderOptions(options);
  const colours = coloursFor(colour);
  const width = usableWidth(columns);
  const text = incidentText(incident, '', {
    width,
    colours,
    symptoms,
    earlier: [],
    allEvidence: true,
  });
  const events = history.map(
    ({ at, event, detail }) =>
      `   ${at === null ? t`time unknown` : `${shortTime(at)} UTC`}  ${event}${detail ? ` (${printableLine(translated(detail))})` : ''}`,
  );
  const past = events.length > 0 ? `\n\n   ${colours.underline(t`History`)}\n${events.join('\n')}` : '';
  const before = episodesText(earlier, width, colours);
  await door.write(`${text.trimStart()}${past}${before === '' ? '' : `\n\n${before}`}\n`, options);
  return 0;
}

export async function changeIncident(action: Action, id: string, options: CommonOptions): Promise<number> {
  // A site's incident is those of all its appliances.
  const { incidents, known } = await storedIncidents(options, (store) => store.incident(id));
  const members = incidents.find((entry) => entry.id === known.id)?.members ?? [];
  const changed = await withExistingStore(options, async (store) => {
    const at = now().toISOString();
    for (const one of members.length > 0 ? members : [known.id]) store.setStatus(one, STATUS[action], at);
    return store.incident(known.id);
  });
  if (!options.quiet) process.stdout.write(t`${changed.id} is ${changed.status}\n`);
  return 0;
}

/** All incidents of the store, and what else a command asks of it meanwhile. */
async function storedIncidents<T = undefined>(
  options: CommonOptions,
  ask?: (store: Store) => T,
): Promise<{ incidents: Incident[]; known: T }> {
  const version = await knownVersion(options.cceVersion);
  const pack = await loadSignatures(options);
  const [{ assemble }, { knownAppliances }] = await Promise.all([
    import('../../incidents/assemble.js'),
    import('../../incidents/known-appliances.js'),
  ]);
  return withExistingStore(options, async (store) => {
    const known = ask?.(store) as T;
    const appliances = knownAppliances(store.places(), version);
    return { incidents: assemble(store.incidents(), pack.signatures, appliances), known };
  });
}

async function listText(incidents: Incident[], problems: WatchProblem[], options: CommonOptions): Promise<Rendered> {
  // What watching could not see may be why something is missing here.
  const document = { schemaVersion: 1, incidents, ...(problems.length > 0 ? { problems } : {}) };
  if (formatName(options, FORMATS) === 'json') {
    const { jsonPieces } = await import('../../reports/json-text.js');
    return jsonPieces(document);
  }
  if (formatName(options, FORMATS) === 'ndjson') {
    const { ndjson } = await import('../../reports/ndjson.js');
    const { summarize } = await import('../../incidents/assemble.js');
    return ndjson.lines(incidents, summarize(incidents));
  }
  if (incidents.length === 0)
    return t`No incident in the store fits (the store, and --since, --until, --severity, --appliance).\n`;
  const [{ incidentTable }, { fold }, { coloursFor, usableWidth }] = await Promise.all([
    import('../../reports/table.js'),
    import('../../reports/fold.js'),
    import('../../reports/layout.js'),
  ]);
  const { width, colour } = renderOptions(options);
  const colours = coloursFor(colour);
  const folded = fold(incidents);
  const line = ({ id, status, signature }: Incident) => `${id}  ${`[${status}]`.padEnd(11)} ${signature}`;
  const ids = folded.flatMap(({ incident, symptoms, earlier }, index) => [
    `${`${index + 1}.`.padStart(4)} ${line(incident)}`,
    ...symptoms.map((symptom) => `     ${line(symptom)} ${t`(symptom)`}`),
    ...earlier.map((before) => `     ${line(before)} ${t`(before)`}`),
  ]);
  return `${incidentTable(folded, usableWidth(width), colours)}\n\n${ids.join('\n')}\n`;
}
