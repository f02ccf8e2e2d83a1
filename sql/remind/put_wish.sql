-- One wish to be reminded no more, or again.
-- Parameters: :campaign, :address, :unit, :wish, :actor, :reason, :submission_id, :at.
INSERT INTO contact_wish (campaign, address, unit, wish, actor, reason, submission_id, at)
VALUES (:campaign, :address, :unit, :wish, :actor, :reason, :submission_id, :at);
