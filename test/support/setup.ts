// CDK's template validation costs seconds and hundreds of MiB a process: off here, and on (`strictFindings`) in the
// suite that judges examples and patterns.
process.env.CDK_VALIDATION = 'false';
// aws-cdk-lib uses its own deprecated properties (TableV2, for one) and warns the reader of the tests of it.
process.env.JSII_DEPRECATED ??= 'quiet';
