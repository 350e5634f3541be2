import { describe, expect, it } from '@jest/globals';
import { alpha2Of, isCountryCode } from '../../../src/protocol/index.js';
import { isRegion, regionName, regionsOf } from '../../../src/statistics/picture/regions.js';

describe('the regions of the world', () => {
  it.each([
    ['AL', ['039', '150']],
    ['NL', ['155', '150']],
    ['NG', ['011', '202', '002']],
    ['MX', ['013', '419', '019']],
    ['XK', ['039', '150']],
    ['TW', ['030', '142']],
    ['QQ', []],
  ])('%s lies in %j, by UN M49', (country, regions) => {
    expect(regionsOf(country)).toEqual(regions);
  });

  it('have names, and there is one for every country but the Antarctic', () => {
    const letters = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ'];
    const countries = letters.flatMap((a) => letters.map((b) => a + b)).filter(isCountryCode);
    expect(countries.length).toBe(250);
    expect(countries.filter((country) => regionsOf(country).length === 0)).toEqual(['AQ']);
    for (const region of countries.flatMap(regionsOf)) expect(regionName(region)).toMatch(/[a-z]/);
    expect([isRegion('150'), isRegion('001'), isRegion('528'), regionName('528')]).toEqual([true, false, false, null]);
    expect([alpha2Of('NLD'), alpha2Of('NAM'), alpha2Of('QQQ')]).toEqual(['NL', 'NA', null]);
  });
});
