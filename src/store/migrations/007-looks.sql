-- A state is seen by a look: of whom, and when. The same bytes are another look at another appliance, or at another time,
-- as two servers that are well answer alike. look: the stream with these bytes, the scope and the time, one a line; such
-- a stream is no log, and no log is found in it.
ALTER TABLE streams ADD COLUMN look TEXT;
CREATE UNIQUE INDEX streams_by_look ON streams (look) WHERE look IS NOT NULL;
