import type { App } from 'aws-cdk-lib';
import * as library from '../src';
import { ALL_CHECKS } from '../src/checks/all-checks';
import { runChecks } from '../src/checks/engine/check';
import { conformanceOf } from '../src/compliance/conformance/conformance';
import { forecastOf } from '../src/forecast/outlook/forecast';
import { readInventory } from '../src/inventory/inventory';
import { ComplianceStandard } from '../src/values/standards/compliance-standard';
import { exampleApp, exampleNames } from './support/examples';
import { nagFindings } from './support/nag';
import { schemaProblems } from './support/schema';
import { strictFindings } from './support/strict';

jest.setTimeout(60_000); // CDK's validation engine

/** The paths of what this library makes; the rest of an example is only there to be backed up. */
function ourPaths(app: App): string[] {
  const ours = Object.values(library).filter((exported) => typeof exported === 'function');
  return app.node
    .findAll()
    .filter((construct) => ours.some((our) => construct instanceof our))
    .map((construct) => construct.node.path);
}

/** What the library answers for: what else an example has differs from one aws-cdk-lib to the next. */
function backupResources(resources: Record<string, { Type: string }>) {
  return Object.fromEntries(
    Object.entries(resources).filter(([, { Type }]) =>
      /^(AWS::(Backup(Gateway)?|Organizations)::|Custom::(Backup|OnDemandBackup))/.test(Type),
    ),
  );
}

describe.each(exampleNames())('examples/%s.ts', (name) => {
  let app: App;
  beforeAll(() => {
    app = exampleApp(name);
  });

  test("passes CDK's own CloudFormation validation in strict mode", () => {
    expect(strictFindings(app)).toEqual([]);
  });

  test('makes templates that fit the CloudFormation schema', () => {
    const { stacksRecursively } = app.synth();
    expect(stacksRecursively).not.toEqual([]);
    for (const { template } of stacksRecursively) expect(schemaProblems(template)).toEqual([]);
  });

  test('has no error of the checks', () => {
    const findings = runChecks(ALL_CHECKS, readInventory([app.synth().directory]), { now: new Date() });
    const errors = findings.filter(({ severity }) => severity === 'error');
    expect(errors.map(({ id, place, message }) => `${id} at ${place.constructPath}: ${message}`)).toEqual([]);
  });

  test('makes the AWS Backup resources of its snapshot', () => {
    const made = app
      .synth()
      .stacksRecursively.map(({ stackName, template }) => [stackName, backupResources(template.Resources)]);
    expect(Object.fromEntries(made)).toMatchSnapshot();
  });

  test('answers the requirements of every standard as written in its snapshot', () => {
    const period = { from: Date.parse('2027-01-01T00:00:00Z'), to: Date.parse('2028-01-01T00:00:00Z') };
    const forecast = forecastOf(readInventory([app.synth().directory]), { period });
    const { standards } = conformanceOf(forecast, ComplianceStandard.all());
    const answers = standards.map(({ standard, requirements }) => [
      standard.id,
      requirements
        .map(({ requirement: { clause }, key, status }) => `${clause} ${key}: ${status}`)
        .join('; '),
    ]);
    expect(Object.fromEntries(answers)).toMatchSnapshot();
  });

  test('passes AwsSolutions, HIPAA, NIST 800-53 R5 and PCI, but for what it acknowledges with a reason', () => {
    const ours = ourPaths(app);
    expect(ours).not.toEqual([]);
    expect(nagFindings(app).filter((finding) => ours.some((path) => finding.includes(` ${path}/`)))).toEqual(
      [],
    );
  });
});
