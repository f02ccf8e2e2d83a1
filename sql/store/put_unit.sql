-- One unit in one version, new or changed.
-- Parameters: :campaign, :code, :valid_from, :valid_to, :name, :kind, :parent, :reports, :emails, :phone.
INSERT INTO unit (campaign, code, valid_from, valid_to, name, kind, parent, reports, emails, phone)
VALUES (:campaign, :code, :valid_from, :valid_to, :name, :kind, :parent, :reports, :emails, :phone)
ON CONFLICT (campaign, code, valid_from) DO UPDATE SET
    valid_to = excluded.valid_to,
    name = excluded.name,
    kind = excluded.kind,
    parent = excluded.parent,
    reports = excluded.reports,
    emails = excluded.emails,
    phone = excluded.phone;
