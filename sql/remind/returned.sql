-- One row per address a mail came back from, the last one; a reminder's final notice before a passing one
-- (which may be of an earlier mail and only come later), and both before any other mail's.
-- Parameters: :campaign.
SELECT
    last.address,
    last.unit,
    last.kind,
    last.status,
    last.said,
    last.contact,
    last.at,
    outgoing.kind AS about
FROM returned AS last
INNER JOIN outgoing ON last.outgoing_id = outgoing.id
WHERE
    last.campaign = :campaign
    AND NOT EXISTS (
        SELECT 1
        FROM returned AS later
        INNER JOIN outgoing AS its ON later.outgoing_id = its.id
        WHERE
            later.campaign = last.campaign
            AND later.address = last.address
            AND (
                CASE WHEN its.kind <> 'reminder' THEN 0 WHEN later.kind = 'soft' THEN 1 ELSE 2 END,
                later.at,
                later.id
            ) > (
                CASE WHEN outgoing.kind <> 'reminder' THEN 0 WHEN last.kind = 'soft' THEN 1 ELSE 2 END,
                last.at,
                last.id
            )
    )
ORDER BY last.address;
