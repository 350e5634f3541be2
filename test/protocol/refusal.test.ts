import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { type EnumTypeDefinitionNode, parse } from 'graphql';
import { REFUSAL_CODES } from '../../src/protocol/index.js';

describe('refusal codes', () => {
  it('are the same in the protocol and in the SDL', () => {
    const sdl = parse(readFileSync(new URL('../../schema/graphql/common.graphql', import.meta.url), 'utf8'));
    const isCodes = (node: { kind: string }): node is EnumTypeDefinitionNode => node.kind === 'EnumTypeDefinition';
    const codes = sdl.definitions.filter(isCodes).find(({ name }) => name.value === 'RefusalCode');
    expect(codes?.values?.map(({ name }) => name.value)).toEqual([...REFUSAL_CODES]);
  });
});
