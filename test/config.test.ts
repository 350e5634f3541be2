import { describe, expect, it } from '@jest/globals';
import { readConfig } from '../src/config.js';

const PRODUCTION = {
  NODE_ENV: 'production',
  HUB_URL: 'https://hub.example',
  DATABASE_URL: 'postgres://app@database/symbolon',
  MATCHER_DATABASE_URL: 'postgres://matcher@database/symbolon',
  COUNTER_DATABASE_URL: 'postgres://counter@database/symbolon',
  HUB_SECRET_FILE: '/run/secrets/hub',
};

describe('the configuration in production', () => {
  it('is refused when libraries are told to print what they handle', () => {
    expect(readConfig(PRODUCTION).production).toBe(true);
    expect(() => readConfig({ ...PRODUCTION, DEBUG: '*' })).toThrow(/^DEBUG_REFUSED: .*leave it out/);
    expect(readConfig({ ...PRODUCTION, DEBUG: '' }).production).toBe(true);
    expect(readConfig({ DEBUG: 'oidc-provider:*' }).production).toBe(false);
  });

  it('releases the picture on fixed days, never at once', () => {
    expect(readConfig(PRODUCTION).picture.everyDays).toBe(7);
    expect(() => readConfig({ ...PRODUCTION, PICTURE_EVERY_DAYS: '0' })).toThrow(/^PICTURE_EVERY_DAYS /);
    expect(() => readConfig({ ...PRODUCTION, PICTURE_EVERY_DAYS: '1.5' })).toThrow(/^PICTURE_EVERY_DAYS /);
    expect(readConfig({}).picture.everyDays).toBe(0);
  });
});
