-- One row per address that ever expressed a wish, the last one. Parameters: :campaign.
SELECT
    address,
    unit,
    wish,
    actor,
    reason,
    at
FROM contact_wish AS said
WHERE
    campaign = :campaign
    AND NOT EXISTS (
        SELECT 1
        FROM contact_wish AS later
        WHERE
            later.campaign = said.campaign
            AND later.address = said.address
            AND (later.at, later.id) > (said.at, said.id)
    )
ORDER BY address;
