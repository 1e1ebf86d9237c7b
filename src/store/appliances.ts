/** What is known of the appliances whose incidents the store has. */
import { deflateRawSync, inflateRawSync } from 'node:zlib';
import type { Database } from 'better-sqlite3';

/** Facts of more characters are kept packed: SQLite would hold several copies of them at once. */
const PACKED_FROM = 1 << 16;

/** As it stands in the table. */
type Row = Omit<StoredAppliance, 'facts'> & { facts: string | Buffer };

/** What decides how the incidents of one place are shown. */
export interface KnownPlace {
  /** As in incidents. */
  scope: string;
  name: string | null;
  site: string | null;
  /** The product version that picks the fix, and where it comes from. */
  version: string | null;
  origin: string | null;
}

export interface StoredAppliance extends KnownPlace {
  /** The last moment that its sources told, ISO in UTC. */
  asOf: string | null;
  /** What the report shows of it, as JSON. */
  facts: string;
}

/** Keeps what a bundle told; an older one, by the times that both tell, does not replace a newer one. In a transaction. */
export function saveAppliances(db: Database, appliances: Iterable<StoredAppliance>): void {
  const put = db.prepare<[Row]>(
    `INSERT INTO appliances (scope, name, site, version, origin, as_of, facts)
     VALUES (@scope, @name, @site, @version, @origin, @asOf, @facts)
     ON CONFLICT (scope) DO UPDATE SET name = coalesce(excluded.name, name), site = coalesce(excluded.site, site),
       version = coalesce(excluded.version, version), origin = iif(excluded.version IS NULL, origin, excluded.origin),
       as_of = excluded.as_of, facts = excluded.facts
     WHERE as_of IS NULL OR excluded.as_of >= as_of`,
  );
  for (const appliance of appliances) put.run({ ...appliance, facts: packed(appliance.facts) });
}

function packed(facts: string): string | Buffer {
  return facts.length < PACKED_FROM ? facts : deflateRawSync(facts, { level: 1 });
}

function unpacked(facts: string | Buffer): string {
  return typeof facts === 'string' ? facts : inflateRawSync(facts).toString();
}

/** All of them, in the order of their scopes. */
export function readAppliances(db: Database): StoredAppliance[] {
  return db
    .prepare<[], Row>('SELECT scope, name, site, version, origin, as_of AS asOf, facts FROM appliances ORDER BY scope')
    .all()
    .map((row) => ({ ...row, facts: unpacked(row.facts) }));
}

/** As `readAppliances`, without what takes long to read. */
export function readPlaces(db: Database): KnownPlace[] {
  return db.prepare<[], KnownPlace>('SELECT scope, name, site, version, origin FROM appliances ORDER BY scope').all();
}
