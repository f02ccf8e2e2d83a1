-- One officer; nothing where the name is taken.
-- Parameters: :name, :title, :password, :role, :branch, :created_at.
INSERT INTO officer (name, title, password, role, branch, created_at)
VALUES (:name, :title, :password, :role, :branch, :created_at)
ON CONFLICT (name) DO NOTHING;
