-- One row where the campaign has a verdict or a waiver at all. Parameters: :campaign.
SELECT 1 AS found
WHERE
    EXISTS (SELECT 1 FROM verdict
WHERE verdict.campaign = :campaign)
    OR EXISTS (SELECT 1 FROM waiver
WHERE waiver.campaign = :campaign);
