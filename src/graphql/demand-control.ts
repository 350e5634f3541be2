import type { ApolloServerPlugin, GraphQLRequestContext } from '@apollo/server';
import { maxAliasesRule } from '@escape.tech/graphql-armor-max-aliases';
import { maxDepthRule } from '@escape.tech/graphql-armor-max-depth';
import { maxDirectivesRule } from '@escape.tech/graphql-armor-max-directives';
import {
  type DocumentNode,
  GraphQLError,
  type GraphQLSchema,
  Kind,
  OperationTypeNode,
  type ValidationContext,
  type ValidationRule,
  type ValueNode,
  visit,
} from 'graphql';
import { type ComplexityEstimatorArgs, getComplexity, simpleEstimator } from 'graphql-query-complexity';
import type { GraphqlContext } from './context.js';

/** Bounds of one document. A page of 100 alerts with everything about them fits; asking for it twice in one document does not. */
export const LIMITS = { tokens: 4_000, depth: 14, aliases: 30, directives: 20, cost: 60_000 } as const;

const tooCostly = () =>
  new GraphQLError('The document asks for too much at once.', {
    extensions: { code: 'TOO_COSTLY', limits: LIMITS, http: { status: 400 } },
  });

const elsewhere = () =>
  new GraphQLError('This address answers queries and mutations; subscriptions are for the stream beside it.', {
    extensions: { code: 'BAD_REQUEST', http: { status: 400 } },
  });

/** Reported and not thrown: what is thrown while a document is validated counts as the server's own failure. */
const rejection = {
  onReject: [
    (context: ValidationContext | null): void => {
      context?.reportError(tooCostly());
    },
  ],
  propagateOnRejection: false,
};

/** Depth, alias and directive limits as validation rules. */
export const DEMAND_RULES: ValidationRule[] = [
  maxDepthRule({ n: LIMITS.depth, ignoreIntrospection: false, ...rejection }),
  maxAliasesRule({ n: LIMITS.aliases, ...rejection }),
  maxDirectivesRule({ n: LIMITS.directives, ...rejection }),
];

/** As how many rows a table counts whose size is known only when it is there; two with everything about them fit into a document. */
const ROWS_OF_A_TABLE = 300;

/** A connection costs its page size times what one node costs; a table, the rows that it counts as; a list of laws, each law asked for. */
function multiplied({ args, childComplexity }: ComplexityEstimatorArgs): number | undefined {
  const size: unknown = args['first'] ?? args['last'];
  if (typeof size === 'number') return 1 + Math.max(0, Math.min(size, 100)) * childComplexity;
  const by: unknown = args['by'];
  if (Array.isArray(by) && by.length > 0) return 1 + ROWS_OF_A_TABLE * childComplexity;
  const under: unknown = args['under'];
  if (Array.isArray(under)) return 1 + under.length * Math.max(1, Math.min(childComplexity, 20));
  return undefined;
}

/** Refuses documents over the cost limit and introspection by strangers, before anything is resolved. */
export function demandControl(): ApolloServerPlugin<GraphqlContext> {
  return {
    async requestDidStart() {
      return {
        async didResolveOperation({ document, schema, contextValue, request, operationName, operation }) {
          if (operation?.operation === OperationTypeNode.SUBSCRIPTION) throw elsewhere();
          if (!contextValue.principal && introspects(document, schema, request.variables ?? {})) {
            throw new GraphQLError('Introspection is for authenticated members.', {
              extensions: { code: 'INTROSPECTION_REFUSED' },
            });
          }
          assertAffordable(document, schema, request.variables, operationName);
        },
      };
    },
  };
}

/** Refuses a document over the cost limit. Throws `GraphQLError` TOO_COSTLY, or BAD_USER_INPUT when its variables do not fit. */
export function assertAffordable(
  document: DocumentNode,
  schema: GraphQLSchema,
  variables: Variables,
  operationName: string | null,
): void {
  if (costOf(document, schema, variables, operationName) > LIMITS.cost) throw tooCostly();
}

type Variables = GraphQLRequestContext<GraphqlContext>['request']['variables'];

/** Costs of documents that take no variables: the server keeps a document that it has parsed, and asks about the same one again. */
const costs = new WeakMap<DocumentNode, Map<string | null, number>>();

function costOf(
  document: DocumentNode,
  schema: GraphQLSchema,
  variables: Variables,
  operationName: string | null,
): number {
  if (variables && Object.keys(variables).length > 0) return countCost(document, schema, variables, operationName);
  const known = costs.get(document)?.get(operationName);
  if (known !== undefined) return known;
  const cost = countCost(document, schema, variables, operationName);
  costs.set(document, (costs.get(document) ?? new Map<string | null, number>()).set(operationName, cost));
  return cost;
}

function countCost(
  query: DocumentNode,
  schema: GraphQLSchema,
  variables: Variables,
  operationName: string | null,
): number {
  try {
    return getComplexity({
      query,
      schema,
      ...(variables ? { variables } : {}),
      ...(operationName ? { operationName } : {}),
      estimators: [multiplied, simpleEstimator({ defaultComplexity: 1 })],
    });
  } catch (cause) {
    // The count reads the variables before the server does, and stumbles over those that do not fit their types.
    throw new GraphQLError('A variable does not have the type that the operation declares.', {
      extensions: { code: 'BAD_USER_INPUT', http: { status: 400 } },
      originalError: cause instanceof Error ? cause : null,
    });
  }
}

/** Whether a document asks about the schema. Asking for a type that is not there learns nothing, and conforming clients do it to try a server out. */
function introspects(
  document: DocumentNode,
  schema: GraphQLSchema,
  variables: Readonly<Record<string, unknown>>,
): boolean {
  let found = false;
  visit(document, {
    Field(node) {
      if (node.name.value === '__schema') found = true;
      if (node.name.value !== '__type') return;
      const name = nameAskedFor(node.arguments?.[0]?.value, variables);
      if (name === null || schema.getType(name)) found = true;
    },
  });
  return found;
}

/** The name that an argument gives; null when it cannot be told without running the document. */
function nameAskedFor(value: ValueNode | undefined, variables: Readonly<Record<string, unknown>>): string | null {
  if (value?.kind === Kind.STRING) return value.value;
  const given = value?.kind === Kind.VARIABLE ? variables[value.name.value] : null;
  return typeof given === 'string' ? given : null;
}
