/** A backup policy that is attached to an entity of the organization. */
export interface AttachedPolicy {
  readonly name: string;
  /** The document, as an object or as JSON text. */
  readonly content: unknown;
}

/** A member account. */
export interface OrganizationAccount {
  /** 12 digits. */
  readonly id: string;
  /** In the order of attachment. */
  readonly policies?: readonly AttachedPolicy[];
}

/** The root, or an organizational unit. */
export interface OrganizationUnit {
  readonly id: string;
  /** In the order of attachment. */
  readonly policies?: readonly AttachedPolicy[];
  readonly children?: readonly OrganizationUnit[];
  readonly accounts?: readonly OrganizationAccount[];
}

/** An organization with the backup policies that are attached in it. */
export interface Organization {
  readonly root: OrganizationUnit;
}

/**
 * Quotas of AWS Organizations: AWS Organizations User Guide, "Quotas", 2026.
 */
export const ORGANIZATION_QUOTAS = {
  /** Backup policies on one entity, inherited ones not counted. */
  policiesPerEntity: 10,
  /** Units in units, below the root. */
  unitDepth: 5,
} as const;
