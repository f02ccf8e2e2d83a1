-- One row per delivery to try now, message by message, oldest first. Parameters: :campaign, :at.
SELECT
    delivery.id,
    delivery.outgoing_id,
    delivery.address,
    delivery.kind AS recipient_kind,
    delivery.state,
    delivery.attempts,
    delivery.reply,
    delivery.accepted_at,
    delivery.tried_at,
    delivery.claimed_by,
    delivery.claimed_at,
    outgoing.key,
    outgoing.kind,
    outgoing.message_id,
    outgoing.subject
FROM delivery
INNER JOIN outgoing ON delivery.outgoing_id = outgoing.id
WHERE
    outgoing.campaign = :campaign
    AND delivery.state IN ('ready', 'deferred')
    AND (delivery.retry_at IS NULL OR delivery.retry_at <= :at)
ORDER BY outgoing.id, delivery.id;
