-- One row per address that wrote, with when last: what came back before that is no proof any more.
-- Parameters: :campaign, :addresses (list).
SELECT
    sender AS address,
    MAX(received_at) AS heard_at
FROM submission
WHERE campaign = :campaign AND sender IN :addresses
GROUP BY sender;
