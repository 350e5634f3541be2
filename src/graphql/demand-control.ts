import type { ApolloServerPlugin, GraphQLRequestContext } from '@apollo/server';
import { maxAliasesRule } from '@escape.tech/graphql-armor-max-aliases';
import { maxDepthRule } from '@escape.tech/graphql-armor-max-depth';
import { maxDirectivesRule } from '@escape.tech/graphql-armor-max-directives';
import { type DocumentNode, GraphQLError, type GraphQLSchema, type ValidationRule, visit } from 'graphql';
import { type ComplexityEstimatorArgs, getComplexity, simpleEstimator } from 'graphql-query-complexity';
import type { GraphqlContext } from './context.js';

/** Bounds of one document. A page of 100 alerts with everything about them fits; asking for it twice in one document does not. */
export const LIMITS = { tokens: 4_000, depth: 14, aliases: 30, directives: 20, cost: 60_000 } as const;

const tooCostly = (): never => {
  throw new GraphQLError('The document asks for too much at once.', {
    extensions: { code: 'TOO_COSTLY', limits: LIMITS },
  });
};

/** Depth, alias and directive limits as validation rules. */
export const DEMAND_RULES: ValidationRule[] = [
  maxDepthRule({ n: LIMITS.depth, ignoreIntrospection: false, onReject: [tooCostly], propagateOnRejection: false }),
  maxAliasesRule({ n: LIMITS.aliases, onReject: [tooCostly], propagateOnRejection: false }),
  maxDirectivesRule({ n: LIMITS.directives, onReject: [tooCostly], propagateOnRejection: false }),
];

/** A connection costs its page size times what one node costs; a list of laws, each law asked for. */
function multiplied({ args, childComplexity }: ComplexityEstimatorArgs): number | undefined {
  const size: unknown = args['first'] ?? args['last'];
  if (typeof size === 'number') return 1 + Math.max(0, Math.min(size, 100)) * childComplexity;
  const under: unknown = args['under'];
  if (Array.isArray(under)) return 1 + under.length * Math.max(1, Math.min(childComplexity, 20));
  return undefined;
}

/** Refuses documents over the cost limit and introspection by strangers, before anything is resolved. */
export function demandControl(): ApolloServerPlugin<GraphqlContext> {
  return {
    async requestDidStart() {
      return {
        async didResolveOperation({ document, schema, contextValue, request, operationName }) {
          if (!contextValue.principal && introspects(document)) {
            throw new GraphQLError('Introspection is for authenticated members.', {
              extensions: { code: 'INTROSPECTION_REFUSED' },
            });
          }
          const cost = costOf(document, schema, request.variables, operationName);
          if (cost > LIMITS.cost) tooCostly();
        },
      };
    },
  };
}

function costOf(
  query: DocumentNode,
  schema: GraphQLSchema,
  variables: GraphQLRequestContext<GraphqlContext>['request']['variables'],
  operationName: string | null,
): number {
  return getComplexity({
    query,
    schema,
    ...(variables ? { variables } : {}),
    ...(operationName ? { operationName } : {}),
    estimators: [multiplied, simpleEstimator({ defaultComplexity: 1 })],
  });
}

function introspects(document: DocumentNode): boolean {
  let found = false;
  visit(document, {
    Field(node) {
      if (node.name.value === '__schema' || node.name.value === '__type') found = true;
    },
  });
  return found;
}
