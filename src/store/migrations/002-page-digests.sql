-- Pages are digested in another way. What was known of a log's bytes says nothing any more; its hits stay. Read again from
-- the same place, it is taken up as a log whose reading was broken off: nothing of it counts twice.
DELETE FROM stream_pages;
UPDATE streams SET length = 0, rest = 0;
