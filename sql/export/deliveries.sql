-- One row per recipient of the day's messages, with how far it came.
-- Parameters: :campaign, :day.
SELECT
    delivery.id,
    delivery.outgoing_id AS message_number,
    delivery.address,
    delivery.kind,
    delivery.state,
    delivery.attempts,
    delivery.tried_at,
    delivery.retry_at,
    delivery.accepted_at,
    delivery.reply
FROM delivery
INNER JOIN outgoing ON delivery.outgoing_id = outgoing.id
WHERE outgoing.campaign = :campaign AND outgoing.day = :day
ORDER BY delivery.id;
