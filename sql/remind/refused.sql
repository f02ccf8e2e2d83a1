-- One row per reminder that a mail server refused for good while it was handed over, and that is not noted
-- yet as come back. Parameters: :campaign.
SELECT
    outgoing.id AS outgoing_id,
    delivery.address,
    delivery.reply,
    delivery.tried_at
FROM outgoing
INNER JOIN delivery ON outgoing.id = delivery.outgoing_id
WHERE
    outgoing.campaign = :campaign
    AND outgoing.kind = 'reminder'
    AND delivery.state = 'failed'
    AND NOT EXISTS (
        SELECT 1
        FROM returned
        WHERE returned.outgoing_id = outgoing.id AND returned.address = delivery.address
    )
ORDER BY delivery.id;
