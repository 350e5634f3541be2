-- Gives the roles the passwords of compose.yaml's environment.
\getenv migrator_password SYMBOLON_MIGRATOR_PASSWORD
\getenv app_password SYMBOLON_APP_PASSWORD
\getenv matcher_password SYMBOLON_MATCHER_PASSWORD
\getenv counter_password SYMBOLON_COUNTER_PASSWORD
ALTER ROLE symbolon_migrator PASSWORD :'migrator_password';
ALTER ROLE symbolon_app PASSWORD :'app_password';
ALTER ROLE symbolon_matcher PASSWORD :'matcher_password';
ALTER ROLE symbolon_counter PASSWORD :'counter_password';
