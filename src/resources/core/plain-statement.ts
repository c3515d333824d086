/** A policy statement as the provider of aws-cdk-lib's core takes it: without classes of aws-iam. */
export interface PlainStatement {
  readonly Effect: 'Allow';
  readonly Action: readonly string[];
  readonly Resource: string | readonly string[];
  readonly Condition?: Readonly<Record<string, unknown>>;
}
