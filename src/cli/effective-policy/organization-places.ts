import type { AttachedPolicy, Organization, OrganizationUnit } from '../../policy/effective/organization';

/** A place in an organization file. */
export interface FilePlace {
  readonly file: string;
  /** Such as `root/children/0/policies/1`. */
  readonly path: string;
}

/** The places of roots, units, accounts and policies; of policies, the first attachment. */
export class OrganizationPlaces {
  private readonly entities = new Map<string, FilePlace>();
  private readonly policies = new Map<string, FilePlace>();

  constructor(
    organizations: readonly { readonly file: string; readonly organization: Organization }[],
    /** Policies of apps, which are in templates. */
    private readonly apps: readonly (FilePlace & { readonly name: string })[] = [],
  ) {
    for (const { file, organization } of organizations) {
      const open: [OrganizationUnit, string][] = [[organization.root, 'root']];
      for (let i = 0; i < open.length; i++) {
        const [unit, path] = open[i];
        this.entity(unit, file, path);
        for (const [index, account] of (unit.accounts ?? []).entries())
          this.entity(account, file, `${path}/accounts/${index}`);
        for (const [index, child] of (unit.children ?? []).entries())
          open.push([child, `${path}/children/${index}`]);
      }
    }
  }

  public ofEntity(id: string): FilePlace | undefined {
    return this.entities.get(id);
  }

  /** @param account an account that the policy applies to: policy names are unique in an organization only */
  public ofPolicy(name: string, account: string): FilePlace | undefined {
    const app = this.apps.find((policy) => policy.name === name);
    if (app) return { file: app.file, path: app.path };
    const file = this.entities.get(account)?.file;
    return file === undefined ? undefined : this.policies.get(`${file}\0${name}`);
  }

  private entity(
    { id, policies = [] }: { readonly id: string; readonly policies?: readonly AttachedPolicy[] },
    file: string,
    path: string,
  ): void {
    this.entities.set(id, { file, path });
    for (const [index, { name }] of policies.entries()) {
      const key = `${file}\0${name}`;
      if (!this.policies.has(key)) this.policies.set(key, { file, path: `${path}/policies/${index}` });
    }
  }
}
