import type { IConstruct } from 'constructs';

/**
 * The warnings of a construct and everything below it that nobody has acknowledged, as `id: sentence`. Warnings that
 * are added at synthesis are there only after the app was synthesized.
 */
export function warningsOf(construct: IConstruct): string[] {
  return annotationsOf(construct, 'aws:cdk:warning');
}

/** The same for infos, which are all added at synthesis. */
export function infosOf(construct: IConstruct): string[] {
  return annotationsOf(construct, 'aws:cdk:info');
}

function annotationsOf(construct: IConstruct, kind: string): string[] {
  return construct.node
    .findAll()
    .flatMap((each) => each.node.metadata)
    .filter(({ type }) => type === kind)
    .map(({ data }) => String(data).replace(/^(.*) \[ack: Annotation::(.*)\]$/s, '$2: $1'));
}
