-- One row per recipient of a mail that came back since a moment and did not arrive, the last first.
-- Parameters: :campaign, :since_at.
SELECT
    returned.address,
    returned.unit,
    returned.kind,
    returned.status,
    returned.said,
    returned.contact,
    returned.at,
    outgoing.kind AS about
FROM returned
INNER JOIN outgoing ON returned.outgoing_id = outgoing.id
WHERE
    returned.campaign = :campaign
    AND returned.at >= :since_at
    AND returned.kind <> 'arrived'
ORDER BY returned.at DESC, returned.id DESC;
