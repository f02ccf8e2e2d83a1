-- One row per message that carries an edition. Parameters: :edition_id.
SELECT key
FROM outgoing
WHERE edition_id = :edition_id;
