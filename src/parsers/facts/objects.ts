/** Objects in whatever form PowerShell printed them: each form is looked for in every answer. */
import type { TextLine } from '../text-line.js';
import { ClixmlObjects } from './clixml.js';
import { CsvObjects } from './csv.js';
import type { Answer, Found, OutputReader } from './found.js';
import { JsonObjects } from './json.js';
import { ListObjects } from './list.js';
import { factsOfObject } from './object-shapes.js';
import { TableObjects } from './table.js';
import { WmicObjects } from './wmic.js';

const NOTHING: Found[] = [];

export class ObjectReader implements OutputReader {
  readonly #forms = [
    new ListObjects(),
    new TableObjects(),
    new CsvObjects(),
    new JsonObjects(),
    new ClixmlObjects(),
    new WmicObjects(),
  ];

  push(line: TextLine, answer: Answer): Found[] {
    let facts = NOTHING;
    for (const form of this.#forms)
      for (const one of form.push(line, answer)) facts = [...facts, ...factsOfObject(one, answer)];
    return facts;
  }

  end(answer: Answer): Found[] {
    return this.#forms.flatMap((form) => form.end()).flatMap((one) => factsOfObject(one, answer));
  }
}
