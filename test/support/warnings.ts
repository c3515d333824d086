import type { IConstruct } from 'constructs';

/**
 * The warnings of a construct and all below it that nobody has acknowledged, as `id: sentence`. Warnings that are only
 * told at synthesis need the app to be synthesized first.
 */
export function warningsOf(construct: IConstruct): string[] {
  return construct.node
    .findAll()
    .flatMap((each) => each.node.metadata)
    .filter(({ type }) => type === 'aws:cdk:warning')
    .map(({ data }) => String(data).replace(/^(.*) \[ack: Annotation::(.*)\]$/s, '$2: $1'));
}
