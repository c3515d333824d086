import { App, type AppProps } from 'aws-cdk-lib';
import recommendedFlags from 'aws-cdk-lib/recommended-feature-flags.json';

/**
 * An app as `cdk init` sets it up: with all recommended feature flags. CDK's own template validation is off
 * (setup.ts); `strictFindings` turns it on where it is wanted.
 */
export function testApp(props: AppProps = {}): App {
  return new App({
    analyticsReporting: false,
    ...props,
    context: { ...recommendedFlags, ...props.context },
  });
}
