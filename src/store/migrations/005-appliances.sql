-- What the last bundle told of an appliance. scope: as in incidents; several folders may be one appliance without a name.
-- facts: as the report shows it, JSON.
CREATE TABLE appliances (
  scope TEXT PRIMARY KEY,
  name TEXT,
  site TEXT,
  version TEXT,
  origin TEXT,
  as_of TEXT,
  facts TEXT NOT NULL
) WITHOUT ROWID;
