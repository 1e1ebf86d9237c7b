/** What the build makes of the page's script and style (scripts/build-page.mjs). */
import { readFileSync } from 'node:fs';
import { language, translationOf } from '../../texts/texts.js';

export interface PageAssets {
  script: string;
  style: string;
}

const FOLDER = new URL('../../../dist/reports/html/page/', import.meta.url);

export function pageAssets(): PageAssets {
  return { script: read('page.js'), style: read('page.css') };
}

/** The translations of what the page's script says, into the language of the report. */
export function pageTexts(): Record<string, string> {
  if (language() === 'en') return {};
  const keys = JSON.parse(read('texts.json')) as string[];
  return Object.fromEntries(
    keys.flatMap((key) => {
      const text = translationOf(key);
      return text === undefined ? [] : [[key, text]];
    }),
  );
}

function read(name: string): string {
  return readFileSync(new URL(name, FOLDER), 'utf8');
}
