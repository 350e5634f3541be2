import {
  type DocumentNode,
  getOperationAST,
  getVariableValues,
  GraphQLError,
  type GraphQLSchema,
  OperationTypeNode,
  parse,
  specifiedRules,
  validate,
} from 'graphql';
import { assertAffordable, DEMAND_RULES, LIMITS } from './demand-control.js';

/** What a client sends to have a document run. */
export interface DocumentRequest {
  readonly query: string;
  readonly operationName?: string | null | undefined;
  readonly variables?: Readonly<Record<string, unknown>> | null | undefined;
}

const RULES = [...specifiedRules, ...DEMAND_RULES];

/** Holds a document against the schema and the limits that queries have too. Throws the `GraphQLError` that the client is told. */
export function readSubscription(schema: GraphQLSchema, { query, operationName, variables }: DocumentRequest) {
  const document = parsed(query);
  const [fault] = validate(schema, document, RULES, { maxErrors: 1 });
  if (fault) throw coded(fault, 'GRAPHQL_VALIDATION_FAILED');
  const operation = getOperationAST(document, operationName);
  if (!operation) throw new GraphQLError('No operation.', { extensions: { code: 'OPERATION_RESOLUTION_FAILURE' } });
  if (operation.operation !== OperationTypeNode.SUBSCRIPTION)
    throw new GraphQLError('This address is for subscriptions; queries and mutations are for the one beside it.', {
      extensions: { code: 'BAD_REQUEST' },
    });
  const given = { ...variables };
  assertAffordable(document, schema, given, operationName ?? null);
  const { errors } = getVariableValues(schema, operation.variableDefinitions ?? [], given, { maxErrors: 1 });
  if (errors?.[0]) throw coded(errors[0], 'BAD_USER_INPUT');
  return { schema, document, variableValues: given, operationName: operationName ?? null };
}

function parsed(query: string): DocumentNode {
  try {
    return parse(query, { maxTokens: LIMITS.tokens });
  } catch (error) {
    throw error instanceof GraphQLError ? coded(error, 'GRAPHQL_PARSE_FAILED') : error;
  }
}

/** The fault under the code of its own, or this one. */
function coded(fault: GraphQLError, code: string): GraphQLError {
  const { message, nodes, source, positions, extensions } = fault;
  return new GraphQLError(message, { nodes, source, positions, extensions: { code, ...extensions } });
}
