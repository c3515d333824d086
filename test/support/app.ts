import { App, type AppProps } from 'aws-cdk-lib';
import recommendedFlags from 'aws-cdk-lib/recommended-feature-flags.json';

/** Where constructs are made isn't asked for, and finding it out is most of the time of many tests. */
const WITHOUT_TRACES = {
  'aws:cdk:disable-stack-trace': true,
  'aws:cdk:disable-creation-stack-traces': true,
};

/**
 * An app as `cdk init` sets it up: with all recommended feature flags. CDK's own template validation is off
 * (setup.ts); `strictFindings` turns it on where it is wanted.
 */
export function testApp(props: AppProps = {}): App {
  return new App({
    analyticsReporting: false,
    ...props,
    context: { ...recommendedFlags, ...WITHOUT_TRACES, ...props.context },
  });
}
