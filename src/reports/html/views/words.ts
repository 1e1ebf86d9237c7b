/** The report's words for what the data names by code, and small pieces that many views need. */
import type { FixStep, IncidentStatus, Severity } from '../../../model.js';
import { plural, t } from '../../../texts/texts.js';
import type { ShownIncident } from '../data/unpack.js';
import { h, type PageElement } from '../node.js';

export function severityWord(severity: Severity): string {
  if (severity === 'critical') return t`critical`;
  if (severity === 'error') return t`error`;
  return severity === 'warning' ? t`warning` : t`info`;
}

export function severityCount(severity: Severity, count: number): string {
  if (severity === 'critical') return plural(count, '{0} critical', '{0} critical');
  if (severity === 'error') return plural(count, '{0} error', '{0} errors');
  return severity === 'warning' ? plural(count, '{0} warning', '{0} warnings') : plural(count, '{0} info', '{0} info');
}

export function statusWord(status: IncidentStatus): string {
  if (status === 'open') return t`open`;
  if (status === 'regressed') return t`back again`;
  return status === 'silenced' ? t`silenced` : t`over`;
}

/** Whether it asks for attention. */
export function isOpen({ status }: { status: IncidentStatus }): boolean {
  return status === 'open' || status === 'regressed';
}

export function whereWord(where: FixStep['where']): string | null {
  if (where === 'host') return t`on the host`;
  if (where === 'vm') return t`in the VM`;
  return where === 'tenant' ? t`in a tenant PowerShell session` : null;
}

/** Where an incident is, in words. */
export function placeWord({ appliance, site, members }: ShownIncident): string {
  if (members > 0 && site !== null) return t`site ${site}, all ${members} appliances`;
  return appliance ?? t`an appliance whose name is not known`;
}

export function severityBadge(severity: Severity): PageElement {
  return h('span', { class: `badge ${severity}` }, severityWord(severity));
}

/** A text out of a log or a file: set apart, so that its direction does not turn what stands around it. */
export function value(text: string): PageElement {
  return h('bdi', {}, text);
}

/** The same in the type of code. */
export function code(text: string): PageElement {
  return h('code', { dir: 'auto' }, text);
}

/** The place of an incident in the page, for links within it. */
export function anchorOf({ id }: { id: string }): string {
  return `i-${id}`;
}
