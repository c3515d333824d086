/**
 * The Regions that an account has to turn on, as aws-cdk-lib knows them: since 2019 all new ones are.
 *
 * Source: AWS Account Management "AWS Regions", 2026-11.
 */
const OPT_IN_REGIONS: ReadonlySet<string> = new Set([
  'af-south-1',
  'ap-east-1',
  'ap-east-2',
  'ap-south-2',
  'ap-southeast-3',
  'ap-southeast-4',
  'ap-southeast-5',
  'ap-southeast-6',
  'ap-southeast-7',
  'ca-west-1',
  'eu-central-2',
  'eu-south-1',
  'eu-south-2',
  'il-central-1',
  'me-central-1',
  'me-south-1',
  'mx-central-1',
]);

/** The first of some Regions that an account has to turn on; undefined where none of them is, as far as is known. */
export function firstOptInRegion(...regions: readonly (string | undefined)[]): string | undefined {
  return regions.find((region) => region !== undefined && OPT_IN_REGIONS.has(region));
}
