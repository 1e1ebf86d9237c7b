import { expect, it } from 'vitest';
import { analyzeFiles } from '../support/analyze-files.js';

it('a failure in plain text stands on its own lines, whatever script lines stand above it', async () => {
  const failure = 'Service RTCMRAUTH failed to start. Check to make sure the service is not disabled.';
  const lines = ['FullyQualifiedErrorId is a label', '+ Start-Thing -Name a-long-name-of-a-thing', failure, failure];
  const text = `${lines.join('\r\n')}\r\n`;
  const { report } = await analyzeFiles({ 'notes.txt': text });
  const [incident] = report.incidents;
  expect(incident?.count).toBe(2);
  const places = incident?.evidence.map(({ line, byteStart, byteEnd }) => [line, text.slice(byteStart, byteEnd)]);
  expect(places).toEqual([
    [3, failure],
    [4, failure],
  ]);
});
