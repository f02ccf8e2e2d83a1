-- One row per delivery in a state, oldest first. Parameters: :campaign, :state.
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
WHERE outgoing.campaign = :campaign AND delivery.state = :state
ORDER BY outgoing.id, delivery.id;
