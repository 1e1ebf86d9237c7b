/**
 * Pieces of the page as plain data, so that one view serves both ends: the report writes it as text (to-html.ts), the page's
 * own script makes elements of it (page/to-dom.ts). Neither ever reads markup out of a string: what comes from a log is a
 * text child or an attribute's value, and nothing else.
 */

export interface PageElement {
  tag: string;
  attributes: Readonly<Record<string, string>>;
  children: readonly PageNode[];
}

export type PageNode = PageElement | string;

type Child = PageNode | number | null | false | readonly Child[];
type AttributeValue = string | number | boolean | null | undefined;

/** Attributes that could run, load or lead somewhere: no view has a use for them. */
const REFUSED = /^(on.*|style|src|srcset|srcdoc|action|formaction|xlink:href)$/i;

/** An element. `null`, `false` and absent values are left out, of attributes and of children. Throws where an attribute could reach out of the page. */
export function h(tag: string, attributes: Record<string, AttributeValue> = {}, ...children: Child[]): PageElement {
  const kept: Record<string, string> = {};
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    const text = value === true ? '' : String(value);
    if (REFUSED.test(name) || (name === 'href' && !text.startsWith('#')))
      throw new Error(`a page must not have ${name}="${text}"`);
    kept[name] = text;
  }
  return { tag, attributes: kept, children: flat(children) };
}

function flat(children: readonly Child[]): PageNode[] {
  return children.flatMap((child) => {
    if (child === null || child === false) return [];
    if (Array.isArray(child)) return flat(child as readonly Child[]);
    return [typeof child === 'number' ? String(child) : (child as PageNode)];
  });
}
