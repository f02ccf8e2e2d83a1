-- One row per try to deliver a message, in order: what the server answered. Parameters: :key.
SELECT
    delivery.id AS delivery_id,
    delivery.address,
    delivery.kind,
    attempt.at,
    attempt.stage,
    attempt.code,
    attempt.state,
    attempt.reply
FROM outgoing
INNER JOIN delivery ON outgoing.id = delivery.outgoing_id
INNER JOIN attempt ON delivery.id = attempt.delivery_id
WHERE outgoing.key = :key
ORDER BY attempt.id;
