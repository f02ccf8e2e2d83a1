-- One row per message of an edition that lies in the outbox. Parameters: :edition_id.
SELECT
    id,
    message_id
FROM outgoing
WHERE edition_id = :edition_id
ORDER BY id;
