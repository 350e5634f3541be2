-- Gives the roles the passwords of compose.yaml's environment. The matcher has none, so it cannot log in until it is used.
\getenv migrator_password SYMBOLON_MIGRATOR_PASSWORD
\getenv app_password SYMBOLON_APP_PASSWORD
ALTER ROLE symbolon_migrator PASSWORD :'migrator_password';
ALTER ROLE symbolon_app PASSWORD :'app_password';
