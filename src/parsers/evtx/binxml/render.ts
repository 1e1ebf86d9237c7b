import type { XmlElement } from './nodes.js';

/** An element as XML to read: one element a line, those within it indented by two. */
export function renderXml(element: XmlElement, indent = ''): string {
  const lines: string[] = [];
  render(element, indent, lines);
  return lines.join('\n');
}

function render({ name, attributes, content }: XmlElement, indent: string, lines: string[]): void {
  const start = `${indent}<${name}${attributes.map(([key, value]) => ` ${key}="${escapeXml(value, true)}"`).join('')}`;
  if (content.length === 0) {
    lines.push(`${start}/>`);
    return;
  }
  if (content.every((one) => typeof one === 'string')) {
    lines.push(`${start}>${escapeXml(content.join(''))}</${name}>`);
    return;
  }
  lines.push(`${start}>`);
  for (const one of content) {
    if (typeof one === 'string') lines.push(`${indent}  ${escapeXml(one)}`);
    else render(one, `${indent}  `, lines);
  }
  lines.push(`${indent}</${name}>`);
}

function escapeXml(text: string, isAttribute = false): string {
  const escaped = text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
  return isAttribute ? escaped.replaceAll('"', '&quot;') : escaped;
}
