-- One row: a message with its bytes. Parameters: :id.
SELECT
    key,
    kind,
    message_id,
    sender,
    subject,
    content
FROM outgoing
WHERE id = :id;
