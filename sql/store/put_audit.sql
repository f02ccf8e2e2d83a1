-- One deed, for ever. Parameters: :at, :actor, :action, :subject, :detail.
INSERT INTO audit (at, actor, action, subject, detail)
VALUES (:at, :actor, :action, :subject, :detail);
