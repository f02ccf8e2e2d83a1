-- One row per try of these deliveries, with the server's reply.
-- Parameters: :campaign, :day.
SELECT
    attempt.id,
    attempt.delivery_id,
    attempt.at,
    attempt.stage,
    attempt.code,
    attempt.state,
    attempt.reply
FROM attempt
INNER JOIN delivery ON attempt.delivery_id = delivery.id
INNER JOIN outgoing ON delivery.outgoing_id = outgoing.id
WHERE outgoing.campaign = :campaign AND outgoing.day = :day
ORDER BY attempt.id;
