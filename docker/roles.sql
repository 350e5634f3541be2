-- The four roles of a hub's database. Run once by a superuser, connected with psql to the database that the hub is to use.
-- No role has a password yet: give each its own (\password, or another way to log in).

-- Owns the tables and changes them; used only while the hub starts.
CREATE ROLE symbolon_migrator LOGIN NOSUPERUSER NOBYPASSRLS NOCREATEDB NOCREATEROLE NOREPLICATION;
-- Serves members, bound by row-level security.
CREATE ROLE symbolon_app LOGIN NOSUPERUSER NOBYPASSRLS NOCREATEDB NOCREATEROLE NOREPLICATION;
-- Compares linkage tokens and sees nothing else.
CREATE ROLE symbolon_matcher LOGIN NOSUPERUSER NOBYPASSRLS NOCREATEDB NOCREATEROLE NOREPLICATION;
-- Counts alerts for the picture by how they are coded and reads nothing that was said.
CREATE ROLE symbolon_counter LOGIN NOSUPERUSER NOBYPASSRLS NOCREATEDB NOCREATEROLE NOREPLICATION;

GRANT symbolon_app, symbolon_matcher, symbolon_counter TO symbolon_migrator;
ALTER DATABASE :"DBNAME" OWNER TO symbolon_migrator;
REVOKE ALL ON DATABASE :"DBNAME" FROM PUBLIC;
GRANT CONNECT ON DATABASE :"DBNAME" TO symbolon_app, symbolon_matcher, symbolon_counter;
