-- One row per report or alarm that was tried since a moment, the last one first.
-- Parameters: :campaign, :on_day (list: the days whose reports are looked at), :since_at, :until_at, :most.
SELECT
    delivery.id,
    delivery.address,
    delivery.state,
    delivery.tried_at,
    outgoing.kind,
    outgoing.subject
FROM delivery
INNER JOIN outgoing ON delivery.outgoing_id = outgoing.id
WHERE
    outgoing.campaign = :campaign
    AND outgoing.day IN :on_day
    AND outgoing.kind IN ('report', 'alarm')
    AND delivery.kind <> 'witness'
    AND delivery.tried_at >= :since_at
    AND delivery.tried_at <= :until_at
ORDER BY delivery.tried_at DESC, delivery.id DESC
LIMIT :most;
