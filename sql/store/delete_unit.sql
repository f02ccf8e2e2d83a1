-- One version of a unit that units.csv no longer lists; editions keep what they froze of it.
-- Parameters: :campaign, :code, :valid_from.
DELETE FROM unit
WHERE campaign = :campaign AND code = :code AND valid_from = :valid_from;
