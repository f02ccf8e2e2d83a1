-- One row per entry that names another day than it is filed under, with the entry that counts for its unit on
-- the day it names. Parameters: :entries (list).
SELECT
    mine.id AS entry_id,
    theirs.id AS stated_id
FROM entry AS mine
INNER JOIN standing_entry AS theirs
    ON
        mine.campaign = theirs.campaign
        AND mine.unit = theirs.unit
        AND mine.stated_day = theirs.day
        AND theirs.standing = 'counted'
WHERE mine.id IN :entries
ORDER BY mine.id;
