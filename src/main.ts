import { type Config, ConfigError, readConfig } from './config.js';

// Read before the hub's own modules are, which take a second: what is wrong with the settings is said at once.
const config = settings();
if (config) {
  const { serve } = await import('./serve.js');
  await serve(config);
}

function settings(): Config | null {
  try {
    return readConfig();
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    process.stderr.write(`The hub cannot start. ${error.message}\n`);
    process.exitCode = 1;
    return null;
  }
}
