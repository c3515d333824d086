/** What a service control policy protects, and who is exempt from it. */
export interface BackupProtectionOptions {
  /**
   * Names of roles, with their paths, that are exempt from the policy, for emergencies. `*` is a wildcard. Nobody else can
   * create or change roles with these names.
   *
   * @default - only the roles of StackSets and AWS Backup are exempt
   */
  readonly exemptRoles?: string[];

  /**
   * Names of roles, with their paths, with which CloudFormation deploys custom resources of this library in the accounts,
   * such as `cdk-hnb659fds-cfn-exec-role-*`. `*` is a wildcard. The functions of the custom resources are then exempt.
   *
   * Their roles have the path `/cdk-backup-constructs/`. With this option, only the deployers can create or change roles
   * with this path, pass them to AWS Lambda, and change or invoke the functions. So nobody else can act as one of them. The
   * deployers are not exempt from anything else. Nobody else can create or change roles with their names, so bootstrap the
   * accounts first.
   *
   * @default - functions are not exempt: the policy denies what they do in the accounts
   */
  readonly functionDeployers?: string[];

  /**
   * Whether to protect running backup jobs from being stopped.
   *
   * @default true
   */
  readonly protectsJobs?: boolean;

  /**
   * Whether to protect legal holds from being canceled.
   *
   * @default true
   */
  readonly protectsLegalHolds?: boolean;

  /**
   * Whether to protect the settings of AWS Backup, such as which resource types are opted in.
   *
   * @default true
   */
  readonly protectsSettings?: boolean;

  /**
   * Whether to protect the sharing of vaults with other accounts from being changed: who may restore from them.
   *
   * @default true
   */
  readonly protectsSharing?: boolean;

  /**
   * Whether to protect the tags of the vaults, of the plans and of recovery points. Backup jobs can still add tags to recovery
   * points.
   *
   * @default true
   */
  readonly protectsTags?: boolean;

  /**
   * Whether to protect frameworks, report plans and restore testing plans, also those that member accounts create
   * themselves.
   *
   * @default true
   */
  readonly protectsAudits?: boolean;

  /**
   * Whether to prevent accounts from leaving the organization and from being closed by their own administrators. An account
   * that leaves is no longer protected by any policy.
   *
   * @default true
   */
  readonly protectsMembership?: boolean;

  /**
   * Whether to also protect the plans that member accounts create themselves. Members can't change plans that come from
   * backup policies anyway.
   *
   * @default false
   */
  readonly protectsMemberPlans?: boolean;
}
