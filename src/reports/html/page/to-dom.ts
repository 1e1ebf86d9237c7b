/** Pieces of the page as elements: texts become text nodes, never markup. */
import type { PageNode } from '../node.js';

const SVG = 'http://www.w3.org/2000/svg';

export function toDom(node: PageNode, inSvg = false): Node {
  if (typeof node === 'string') return document.createTextNode(node);
  const isSvg = inSvg || node.tag === 'svg';
  const element = isSvg ? document.createElementNS(SVG, node.tag) : document.createElement(node.tag);
  for (const [name, value] of Object.entries(node.attributes)) element.setAttribute(name, value);
  for (const child of node.children) element.append(toDom(child, isSvg));
  return element;
}

/** Puts pieces in the place of what an element holds. */
export function fill(element: Element, ...nodes: PageNode[]): void {
  element.replaceChildren(...nodes.map((node) => toDom(node)));
}
