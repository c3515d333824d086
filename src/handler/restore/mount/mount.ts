/** Where and with what a restored file system is mounted, as the construct writes it. */
export interface Mount {
  /** The ARN of the cluster. */
  readonly cluster: string;
  /** The IDs of the subnets, of which the first that has room is used. */
  readonly subnets: readonly string[];
  readonly securityGroup: string;
  readonly publicIp?: boolean;
  readonly image: string;
  readonly taskRole: string;
  readonly executionRole: string;
  readonly logGroup: string;
  readonly region: string;
  /** The ARNs of the file systems that are mounted too, if one of them is the source. */
  readonly sources?: readonly string[];
}
