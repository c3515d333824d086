/** What a statement claims of one resource. Written again here, so that the verifier shares nothing with what it verifies. */
export interface ResourceClaim {
  readonly stack: string;
  readonly logicalId: string;
  readonly type: string;
  readonly protected: boolean;
  readonly optedOut: string | null;
  readonly rules: readonly RuleClaim[];
  /** Copies that state machines make. */
  readonly furtherCopies: readonly Omit<CopyClaim, 'retentionDays'>[];
  readonly rpoMinutes: number | null;
  readonly retentionDays: number | 'forever' | null;
  readonly immutability: string;
  readonly encryption: string;
  readonly restoreTestDays: number | null;
  readonly monitored: boolean;
  readonly survives: Readonly<Record<string, string>>;
}

export interface RuleClaim {
  readonly stack: string;
  readonly plan: string;
  readonly rule: string;
  readonly schedule: string;
  readonly continuous: boolean;
  readonly retentionDays: number | 'forever' | null;
  readonly vault: string;
  readonly copies: readonly CopyClaim[];
}

export interface CopyClaim {
  readonly vault: string;
  readonly account: string | null;
  readonly region: string | null;
  readonly retentionDays: number | 'forever' | null;
}

export interface Statement {
  readonly _type: string;
  readonly predicateType: string;
  readonly subject: readonly { readonly name: string; readonly digest: { readonly sha256: string } }[];
  readonly predicate: { readonly resources: readonly ResourceClaim[] };
}

/** A template of the input. */
export interface VerifiedTemplate {
  /** The name of the stack. */
  readonly stack: string;
  /** The name of the file. */
  readonly name: string;
  readonly sha256: string;
  readonly account?: string;
  readonly region?: string;
  readonly template: unknown;
}

export const TYPE = 'https://in-toto.io/Statement/v1';
export const PREDICATE =
  'https://github.com/cdk-backup-constructs/cdk-backup-constructs/blob/main/schema/evidence.schema.json';
