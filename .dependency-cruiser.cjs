/** Who may import whom, as ARCHITECTURE.md tells it. A room that is not named for another may not be reached from it. */
const room = (name) => `^src/${name}/`;

/** Files that name what the rooms hand on; they do nothing. */
const WORDS = '^src/(model|facts|appliance|recovery|errors)\\.ts$';

/** Each room with the rooms it may reach; everything may reach model.ts, facts.ts, appliance.ts, recovery.ts, errors.ts and texts/. */
const ALLOWED = {
  parsers: [],
  scanner: ['parsers'],
  redaction: [],
  detectors: ['parsers', 'scanner', 'redaction'],
  texts: [],
  context: [],
  incidents: [],
  store: ['incidents', 'scanner'],
  bundles: ['parsers', 'redaction'],
  watch: ['parsers', 'detectors', 'incidents', 'store', 'bundles', 'pipeline', 'redaction'],
  reports: ['redaction'],
  pipeline: ['parsers', 'scanner', 'redaction', 'detectors', 'incidents', 'store', 'bundles', 'context'],
};

module.exports = {
  forbidden: [
    { name: 'no-circular', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'no-orphans',
      severity: 'error',
      from: { orphan: true, path: '^src/', pathNot: 'src/cli/ccelog\\.ts$|src/index\\.ts$' },
      to: {},
    },
    {
      name: 'words-import-words',
      severity: 'error',
      from: { path: WORDS },
      to: { path: '^src/', pathNot: WORDS },
    },
    { name: 'nobody-imports-cli', severity: 'error', from: { pathNot: room('cli') }, to: { path: room('cli') } },
    {
      name: 'heavy-libraries-only-in-the-pack-compiler',
      comment: 'A start of the tool must not pay for the YAML parser, the schema library or the syntax trees.',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/detectors/(pack/(compile|schema|overlay-schema)|literals)\\.ts$' },
      to: { path: 'node_modules/(yaml|zod|@eslint-community/regexpp)/' },
    },
    ...Object.entries(ALLOWED).map(([name, others]) => ({
      name: `${name}-reaches-only-its-own`,
      severity: 'error',
      from: { path: room(name) },
      to: {
        path: '^src/',
        pathNot: [room(name), ...others.map(room), WORDS, room('texts')],
      },
    })),
  ],
  options: {
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    doNotFollow: { path: 'node_modules' },
    // Another language: the scanner's source is compiled by itself.
    exclude: { path: '^src/scanner/assembly/' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'node', 'default'] },
  },
};
