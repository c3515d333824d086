// CDK's template validation costs seconds and hundreds of MiB a process: off here, and on (`strictFindings`) in the
// suite that judges examples and patterns.
process.env.CDK_VALIDATION = 'false';
