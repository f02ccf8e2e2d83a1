-- One row per recipient of a message of ours, by Message-ID; witnesses among them.
-- Parameters: :campaign, :message_ids (list).
SELECT
    outgoing.id AS outgoing_id,
    outgoing.message_id,
    outgoing.kind,
    delivery.address,
    delivery.kind AS recipient_kind
FROM outgoing
INNER JOIN delivery ON outgoing.id = delivery.outgoing_id
WHERE
    outgoing.campaign = :campaign
    AND outgoing.message_id IN :message_ids
ORDER BY outgoing.id, delivery.id;
