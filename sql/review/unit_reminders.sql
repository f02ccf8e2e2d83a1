-- One row per reminder made for a unit over some days, the latest first.
-- Parameters: :campaign, :pattern (of its key, for LIKE), :on_day (list).
SELECT
    outgoing.day,
    outgoing.made_at,
    outgoing.subject,
    MIN(delivery.state) AS state
FROM outgoing
LEFT JOIN delivery ON outgoing.id = delivery.outgoing_id
WHERE
    outgoing.campaign = :campaign
    AND outgoing.kind = 'reminder'
    AND outgoing.day IN :on_day
    AND outgoing.key LIKE :pattern ESCAPE '!'
GROUP BY outgoing.day, outgoing.id, outgoing.made_at, outgoing.subject
ORDER BY outgoing.day DESC, outgoing.id DESC;
