import type { ApolloServerPlugin } from '@apollo/server';
import { Plugin } from '@nestjs/apollo';
import {
  type DocumentNode,
  type GraphQLSchema,
  Kind,
  type OperationDefinitionNode,
  type SelectionSetNode,
} from 'graphql';
import type { GraphqlContext } from '../graphql/index.js';
import { Metrics } from './metrics.js';

/** A request that reached no field of the schema: a document that was refused, or one about the schema. */
export const NO_OPERATION = 'none';

/** Counts requests by the root fields that they ask for. What a client calls its operation, or a field in its answer, is never looked at. */
@Plugin()
export class OperationCounting implements ApolloServerPlugin<GraphqlContext> {
  private readonly known = new WeakMap<OperationDefinitionNode, readonly string[]>();

  constructor(private readonly metrics: Metrics) {}

  async requestDidStart() {
    const begun = performance.now();
    let operations: readonly string[] = [];
    return {
      didResolveOperation: async ({ document, operation, schema }: Resolved) => {
        if (!operation) return;
        operations = this.known.get(operation) ?? rootFields(document, operation, schema);
        this.known.set(operation, operations);
      },
      willSendResponse: async () => {
        const seconds = (performance.now() - begun) / 1000;
        for (const name of operations.length > 0 ? operations : [NO_OPERATION])
          this.metrics.countOperation(name, seconds);
      },
    };
  }
}

interface Resolved {
  readonly document: DocumentNode;
  readonly operation?: OperationDefinitionNode;
  readonly schema: GraphQLSchema;
}

/** The fields of the schema's root types that an operation selects, each once. Validation has made sure that fragments do not go in circles. */
function rootFields(document: DocumentNode, operation: OperationDefinitionNode, schema: GraphQLSchema): string[] {
  const fields = schema.getRootType(operation.operation)?.getFields() ?? {};
  const found = new Set<string>();
  const walk = ({ selections }: SelectionSetNode): void => {
    for (const selection of selections) {
      if (selection.kind === Kind.INLINE_FRAGMENT) walk(selection.selectionSet);
      else if (selection.kind === Kind.FIELD) {
        if (Object.hasOwn(fields, selection.name.value)) found.add(selection.name.value);
      } else {
        for (const one of document.definitions)
          if (one.kind === Kind.FRAGMENT_DEFINITION && one.name.value === selection.name.value) walk(one.selectionSet);
      }
    }
  };
  walk(operation.selectionSet);
  return [...found];
}
