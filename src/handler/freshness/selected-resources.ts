import type {
  DescribeRegionSettingsOutput,
  GetBackupSelectionInput,
  GetBackupSelectionOutput,
  ListBackupSelectionsInput,
  ListBackupSelectionsOutput,
} from '@aws-sdk/client-backup';
import type { DBInstanceMessage, DescribeDBInstancesMessage } from '@aws-sdk/client-rds';
import { retrying } from '../core/retry';
import type { Work } from '../core/runtime';
import { isOptedIn, selectableKind } from './selectable-arns';
import { criteriaOf, type TagFilter, type Tags } from './selections';

/** A request to the Resource Groups Tagging API. */
export interface GetResourcesInput {
  readonly TagFilters: readonly TagFilter[];
  readonly ResourcesPerPage?: number;
  readonly PaginationToken?: string;
}

/** A page of tagged resources. The last one has an empty token. */
export interface GetResourcesOutput {
  readonly PaginationToken?: string;
  readonly ResourceTagMappingList: readonly {
    readonly ResourceARN: string;
    readonly Tags: readonly { readonly Key: string; readonly Value: string }[];
  }[];
}

/** How the check finds out what plans select. */
export interface SelectionReader {
  listBackupSelections(input: ListBackupSelectionsInput): Promise<ListBackupSelectionsOutput>;
  getBackupSelection(input: GetBackupSelectionInput): Promise<GetBackupSelectionOutput>;
  describeRegionSettings(): Promise<DescribeRegionSettingsOutput>;
  getResources(input: GetResourcesInput): Promise<GetResourcesOutput>;
  describeDbInstances(input: DescribeDBInstancesMessage): Promise<DBInstanceMessage>;
}

/** The most that the tagging API returns at once. */
const PAGE = 100;

/** Reads what plans select. Each search and each setting is read once, however many plans need it. */
export class SelectedResources {
  private readonly searches = new Map<string, Promise<[string, Tags][]>>();
  private settings?: Promise<Readonly<Record<string, boolean>>>;
  private members?: Promise<ReadonlySet<string>>;

  constructor(
    private readonly reader: SelectionReader,
    private readonly work: Work,
  ) {}

  /**
   * The ARNs of resources that a plan certainly selects: those that it names, and those with a tag that it selects by, of
   * types whose ARNs say that AWS Backup backs them up and that the Region is opted in to.
   */
  public async of(plan: string): Promise<Set<string>> {
    const selected = new Set<string>();
    for (const id of await this.selectionIds(plan)) {
      const { BackupSelection } = await retrying(this.work, () =>
        this.reader.getBackupSelection({ BackupPlanId: plan, SelectionId: id }),
      );
      if (!BackupSelection) continue;
      const { named, searches, selects } = criteriaOf(BackupSelection);
      for (const arn of named) selected.add(arn);
      for (const filters of searches)
        for (const [arn, tags] of await this.search(filters))
          if (selects(arn, tags) && (await this.isBackedUp(arn))) selected.add(arn);
    }
    return selected;
  }

  /** Whether a database with this ARN is a member of a cluster, which AWS Backup backs up instead of it. */
  public async isMember(arn: string): Promise<boolean> {
    if (selectableKind(arn)?.type !== 'RDS') return false;
    this.members ??= this.readMembers();
    return (await this.members).has(arn);
  }

  private async selectionIds(plan: string): Promise<string[]> {
    const ids: string[] = [];
    let NextToken: string | undefined;
    do {
      const input = { BackupPlanId: plan, NextToken };
      const page = await retrying(this.work, () => this.reader.listBackupSelections(input));
      for (const { SelectionId } of page.BackupSelectionsList ?? []) if (SelectionId) ids.push(SelectionId);
      NextToken = page.NextToken;
    } while (NextToken);
    return ids;
  }

  private search(filters: readonly TagFilter[]): Promise<[string, Tags][]> {
    const key = JSON.stringify(filters);
    const search = this.searches.get(key) ?? this.readTagged(filters);
    this.searches.set(key, search);
    return search;
  }

  private async readTagged(TagFilters: readonly TagFilter[]): Promise<[string, Tags][]> {
    const found: [string, Tags][] = [];
    let PaginationToken: string | undefined;
    do {
      const input = { TagFilters, ResourcesPerPage: PAGE, PaginationToken };
      const page = await retrying(this.work, () => this.reader.getResources(input));
      for (const { ResourceARN: arn, Tags: tags } of page.ResourceTagMappingList)
        if (selectableKind(arn)) found.push([arn, new Map(tags.map(({ Key, Value }) => [Key, Value]))]);
      PaginationToken = page.PaginationToken;
    } while (PaginationToken);
    return found;
  }

  private async isBackedUp(arn: string): Promise<boolean> {
    const kind = selectableKind(arn);
    if (!kind) return false;
    this.settings ??= retrying(this.work, () => this.reader.describeRegionSettings()).then(
      ({ ResourceTypeOptInPreference = {} }) => ResourceTypeOptInPreference,
    );
    return isOptedIn(kind, await this.settings);
  }

  private async readMembers(): Promise<ReadonlySet<string>> {
    const members = new Set<string>();
    let Marker: string | undefined;
    do {
      const input = { MaxRecords: PAGE, Marker };
      const page = await retrying(this.work, () => this.reader.describeDbInstances(input));
      for (const { DBInstanceArn, DBClusterIdentifier, Engine } of page.DBInstances ?? [])
        if (DBInstanceArn && (DBClusterIdentifier || Engine?.startsWith('custom-')))
          members.add(DBInstanceArn);
      Marker = page.Marker;
    } while (Marker);
    return members;
  }
}
