-- One row per reminder by mail of the day, the last one first, with when a server first accepted it.
-- Parameters: :campaign, :day.
SELECT
    outgoing.key,
    outgoing.made_at,
    MIN(delivery.accepted_at) AS accepted_at
FROM outgoing
INNER JOIN delivery ON outgoing.id = delivery.outgoing_id
WHERE outgoing.campaign = :campaign AND outgoing.day = :day AND outgoing.kind = 'reminder'
GROUP BY outgoing.id, outgoing.key, outgoing.made_at
ORDER BY outgoing.made_at DESC, outgoing.id DESC;
