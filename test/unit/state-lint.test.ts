import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { lintFolder } from '../../src/detectors/pack/load.js';

const VALID = `id: my-state
title: A state of mine
severity: error
status: experimental
detection: state
cause: Something is off.
state:
  - versions: ">=2.0.0"
    versionRequired: true
    all:
      - fact: service
        role: edge
        where:
          name: [RTCSRV]
          status: { not: Running, orAbsent: true }
      - fact: version
        as: running
        where: { of: running, version: { version: "<{service.source}" } }
      - fact: certificate
        where: { notAfter: { within: 60d, daysAfter: { time: "{certificate.notBefore}", atLeast: 5, below: 9 } } }
    none:
      - fact: pstn-appliance
        where: { name: "{service.appliance}" }
    found: "{service.name} is {service.status}"
    entities: { service: "{service.name}" }
question:
  text: Does it run?
  answeredBy:
    - { fact: service, role: edge }
entities:
  service: the service
groupBy: [service]
fixes:
  - id: put-it-on
    title: Put it on
    steps:
      - text: Put it on.
versionUnknown: It does not matter.
references: [my own notes]
examples:
  found:
    - files: { a.txt: one }
    - files: { b.txt: two }
  notFound:
    - { files: { c.txt: three }, why: it runs }
    - { files: { d.txt: four }, why: another one }
`;

async function problemsOf(text: string) {
  const folder = mkdtempSync(join(tmpdir(), 'ccelog-pack-'));
  writeFileSync(join(folder, 'my-state.yaml'), text);
  return (await lintFolder(folder)).problems;
}

describe('a rule about a state', () => {
  it('passes where nothing is wrong with it', async () => {
    expect(await problemsOf(VALID)).toEqual([]);
  });

  it.each([
    [
      'fact: service\n        role',
      'fact: services\n        role',
      11,
      '"state.0.all.0.fact" must be one of ini-file, ',
    ],
    ['name: [RTCSRV]', 'title: [RTCSRV]', 14, 'a fact "service" has no value "title": there is name, displayName, '],
    ['role: edge\n        where:', 'role: front\n        where:', 12, 'must be one of host, ad, cms, mediation, edge'],
    ['        where:\n', '        were:\n', 13, 'has no key "were"'],
    ['{ not: Running, orAbsent: true }', '{ nut: Running }', 15, 'has no key "nut"'],
    ['{ not: Running, orAbsent: true }', '{ }', 15, 'needs a test'],
    ['{ not: Running, orAbsent: true }', '{ orAbsent: true }', 15, '"orAbsent" needs a test beside it'],
    ['{ not: Running, orAbsent: true }', '{ present: false, not: x }', 15, 'has nothing to test'],
    ['{ not: Running, orAbsent: true }', '{ not: { present: false } }', 15, 'stand beside "not", never in it'],
    ['{ not: Running, orAbsent: true }', '{ atLeast: 5, below: 5 }', 15, 'nothing is at least 5 and below 5'],
    ['{ not: Running, orAbsent: true }', '{ pattern: "(" }', 15, 'the pattern does not compile'],
    ['{ not: Running, orAbsent: true }', '{ within: soon }', 15, 'must be a duration such as 90s, 1h or 7d'],
    ['{ not: Running, orAbsent: true }', '"{server.status}"', 15, '"{server.status}" refers to no fact bound before'],
    ['{ not: Running, orAbsent: true }', '"{running.version}"', 15, 'refers to no fact bound before: there is service'],
    ['"<{service.source}"', '"<{service.port}"', 18, 'a fact "service" has no value "port"'],
    ['"<{service.source}"', '"newer"', 18, 'must be "any" or a version range'],
    ['"<{service.source}"', '">2.1.0 <2.0.0"', 18, 'no version lies in this range'],
    ['        as: running\n', '        as: service\n', 16, 'a fact is called "service" already'],
    ['atLeast: 5, below: 9', 'atLeast: 9, below: 5', 20, 'nothing is at least 9 and below 5'],
    ['"{certificate.notBefore}"', '"{certificate.begins}"', 20, 'a fact "certificate" has no value "begins"'],
    [
      '      - fact: pstn-appliance\n',
      '      - fact: pstn-appliance\n        as: service\n',
      22,
      'another name with "as"',
    ],
    ['found: "{service.name} is', 'found: "{pstn-appliance.name} is', 24, 'refers to no fact bound before'],
    ['found: "{service.name} is', 'found: "{service} is', 24, 'a reference is written {alias.value}'],
    ['entities: { service: "{service.name}" }', 'entities: { name: "{service.name}" }', 25, '"name" is not listed'],
    ['    entities: { service: "{service.name}" }\n', '', 24, 'the rule gives none of the entities of groupBy'],
    ['versions: ">=2.0.0"\n', 'versions: ">2.1.0 <2.0.0"\n', 8, 'no version lies in this range'],
    ['versions: ">=2.0.0"\n', 'versions: any\n', 9, 'means nothing where "versions" is any'],
    ['{ fact: service, role: edge }', '{ fact: service, where: { role: "{vm.role}" } }', 29, 'refers to no fact'],
    ['    - files: { b.txt: two }\n', '', 41, 'at least two examples under "found"'],
    ['why: it runs', 'because: it runs', 45, 'has no key "because"'],
  ])('with %s made %s is refused with its line', async (from, to, line, why) => {
    expect(VALID).toContain(from);
    const problems = await problemsOf(VALID.replace(from, to));
    expect(problems.map((problem) => problem.why).join('\n')).toContain(why);
    expect(problems.find((problem) => problem.why.includes(why))?.line).toBe(line);
  });
});
