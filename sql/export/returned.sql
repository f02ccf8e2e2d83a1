-- One row per recipient that gave a message of the day back.
-- Parameters: :campaign, :day.
SELECT
    returned.id,
    returned.submission_id,
    returned.outgoing_id AS message_number,
    returned.address,
    returned.unit,
    returned.kind,
    returned.status,
    returned.said,
    returned.at
FROM returned
INNER JOIN outgoing ON returned.outgoing_id = outgoing.id
WHERE outgoing.campaign = :campaign AND outgoing.day = :day
ORDER BY returned.id;
