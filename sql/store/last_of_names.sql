-- One row: the bytes of the file that was recorded last under one of these names and received no earlier than
-- that moment; none where there is none. Parameters: :campaign, :names (list), :since_at.
SELECT sha256
FROM submission
WHERE campaign = :campaign AND sender IS NULL AND received_at >= :since_at AND name IN :names
ORDER BY id DESC
LIMIT 1;
