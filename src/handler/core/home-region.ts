/**
 * The Region in which everything about an organization is remembered: the one where its partition has AWS
 * Organizations. Claims in several Regions would not know of each other.
 */
export function homeRegion(region: string): string {
  if (region.startsWith('cn-')) return 'cn-northwest-1';
  return region.startsWith('us-gov-') ? 'us-gov-west-1' : 'us-east-1';
}
