-- One recipient of a mail of ours that came back; without a submission where the first server refused it.
-- Parameters: :campaign, :submission_id, :outgoing_id, :address, :unit, :kind, :status, :said, :contact, :at.
INSERT INTO returned (campaign, submission_id, outgoing_id, address, unit, kind, status, said, contact, at)
VALUES (:campaign, :submission_id, :outgoing_id, :address, :unit, :kind, :status, :said, :contact, :at)
ON CONFLICT (submission_id, outgoing_id, address) DO NOTHING;
