-- One row: a message's id. Parameters: :key.
SELECT id
FROM outgoing
WHERE key = :key;
