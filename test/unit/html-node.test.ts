import { expect, test } from 'vitest';
import { h } from '../../src/reports/html/node.js';
import { toHtml } from '../../src/reports/html/to-html.js';

test('texts and values are escaped, absent ones left out', () => {
  const node = h('p', { title: `"'<&`, hidden: true, id: null, lang: false }, '<b>', null, false, ['&', 1]);
  expect(toHtml(node).trim()).toBe('<p title="&quot;&#39;&lt;&amp;" hidden="">&lt;b&gt;&amp;1</p>');
});

test('what could run, load or lead out of the page is refused', () => {
  for (const name of ['onclick', 'ONLOAD', 'style', 'src', 'srcdoc', 'action', 'formaction', 'xlink:href'])
    expect(() => h('a', { [name]: 'x' })).toThrow('must not have');
  for (const href of ['https://example.invalid', 'javascript:alert(1)', '//x', ' #x'])
    expect(() => h('a', { href })).toThrow();
  expect(toHtml(h('a', { href: '#i-1' }))).toBe('<a href="#i-1"></a>');
});
