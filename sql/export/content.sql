-- One row: the exact bytes of a message. Parameters: :id.
SELECT content
FROM outgoing
WHERE id = :id;
