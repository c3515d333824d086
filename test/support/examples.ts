import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { App } from 'aws-cdk-lib';
import recommendedFlags from 'aws-cdk-lib/recommended-feature-flags.json';

const FOLDER = join(__dirname, '..', '..', 'examples');

/** The names of the examples, without folder and extension. */
export function exampleNames(): string[] {
  return readdirSync(FOLDER)
    .filter((file) => file.endsWith('.ts'))
    .map((file) => file.slice(0, -'.ts'.length))
    .sort();
}

/**
 * Runs an example in this process and hands back its app instead of synthesizing it. An example is a plain CDK app
 * that ends with `app.synth()`; it gets the flags of `cdk init` the way the CDK CLI hands them over. It fails if it calls
 * anything that is deprecated.
 */
export function exampleApp(name: string): App {
  const apps: App[] = [];
  const { CDK_CONTEXT_JSON, JSII_DEPRECATED } = process.env;
  process.env.CDK_CONTEXT_JSON = JSON.stringify(recommendedFlags);
  process.env.JSII_DEPRECATED = 'fail';
  const synth = jest.spyOn(App.prototype, 'synth').mockImplementation(function (this: App) {
    apps.push(this);
    return undefined as unknown as ReturnType<App['synth']>;
  });
  try {
    require(join(FOLDER, name));
  } finally {
    synth.mockRestore();
    if (CDK_CONTEXT_JSON === undefined) delete process.env.CDK_CONTEXT_JSON;
    else process.env.CDK_CONTEXT_JSON = CDK_CONTEXT_JSON;
    if (JSII_DEPRECATED === undefined) delete process.env.JSII_DEPRECATED;
    else process.env.JSII_DEPRECATED = JSII_DEPRECATED;
  }
  if (apps.length !== 1) throw new Error(`examples/${name}.ts must end with \`app.synth()\`, once`);
  return apps[0];
}
