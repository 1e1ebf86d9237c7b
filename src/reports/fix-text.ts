/** Fixes as steps to follow, for the terminal. */
import type { Fix } from '../model.js';
import { printable } from '../redaction/printable.js';
import { t } from '../texts/texts.js';
import { type Colours, wrapped } from './layout.js';
import { byVersion } from './shown-fixes.js';

function placeText(where: 'host' | 'vm' | 'tenant'): string {
  if (where === 'host') return t`on the host`;
  return where === 'vm' ? t`in the VM` : t`in a tenant PowerShell session`;
}

/** All fixes that apply, in full; of the others only what they are for. `indent` stands before every line. */
export function fixesText(fixes: readonly Fix[], width: number, indent: string, colours: Colours): string {
  const { shown, others } = byVersion(fixes);
  const blocks = shown.map((fix, index) => {
    // How to find the version out is said once.
    const isFirst = index === shown.findIndex(({ reason }) => reason === 'unknown');
    const why =
      fix.reason !== 'unknown' || isFirst
        ? fix.why
        : t`for product versions ${fix.versions}; the version is not known here`;
    return fixText({ ...fix, why }, width, indent, colours);
  });
  if (others.length > 0) {
    const list = others.map(({ title, versions }) => `${title} (${versions})`).join('; ');
    blocks.push(colours.dim(wrapped(t`Not for this version: ${printable(list)}`, width, indent)));
  }
  return blocks.join('\n\n');
}

function fixText(fix: Fix, width: number, indent: string, colours: Colours): string {
  const head = wrapped(colours.bold(printable(fix.title)), width, indent);
  const why = colours.dim(wrapped(printable(fix.why), width, indent));
  const steps = fix.steps.map((step, index) => {
    const number = `${index + 1}.`.padEnd(4);
    const place = step.where && step.command ? ` (${placeText(step.where)})` : '';
    const text = wrapped(`${printable(step.text)}${place}`, width, `${indent}    `, `${indent}${number}`);
    if (step.command === null) return text;
    // Commands are never wrapped: they are there to be copied.
    const command = printable(step.command)
      .split('\n')
      .map((line) => `${indent}      ${colours.green(line)}`);
    return [text, ...command].join('\n');
  });
  return [head, why, ...steps].join('\n');
}
