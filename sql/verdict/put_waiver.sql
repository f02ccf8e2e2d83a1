-- One waiver. Parameters: :campaign, :unit, :code, :since, :until, :at, :officer, :reason.
INSERT INTO waiver (campaign, unit, code, since, until, at, officer, reason)
VALUES (:campaign, :unit, :code, :since, :until, :at, :officer, :reason)
RETURNING id;
