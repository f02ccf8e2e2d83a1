-- One row per address that was answered since a moment, with how often. Parameters: :campaign, :since_at.
SELECT
    delivery.address,
    COUNT(*) AS answers
FROM outgoing
INNER JOIN delivery ON outgoing.id = delivery.outgoing_id
WHERE
    outgoing.campaign = :campaign
    AND outgoing.kind IN ('answer', 'receipt')
    AND outgoing.made_at > :since_at
GROUP BY delivery.address;
