import { show } from '../core/amounts';
import { enumerateNames } from '../core/enumeration';
import { nearestOf } from '../core/nearest';
import { refuse, throwErrors } from '../core/problem';
import { type CustomStandardOptions, customStandardProblems } from './custom-standard';
import type { StandardFacts, StandardRequirement } from './standard-requirement';
import type { StandardThresholds } from './standard-thresholds';
import { STANDARD_TABLE, WITHOUT_CLAUSES } from './table/table';
import { thresholdProblems } from './threshold-laws';

const ID = 'Backup-Standard';

/**
 * A standard, as a table of clauses: what each asks of backups, and with which numbers. The texts are our words, and the
 * mapping to backups is our reading, unless a clause names AWS's own control. Meeting it proves no legal compliance: policies,
 * drills and approvals are in no template.
 *
 * `docs/compliance.md` lists every clause with its source.
 */
export class ComplianceStandard {
  /** US health data: HIPAA Security Rule, 45 CFR 164. */
  public static readonly HIPAA: ComplianceStandard = new ComplianceStandard(STANDARD_TABLE.HIPAA);
  /** The proposed changes to the HIPAA Security Rule of January 2025, which are not in force. */
  public static readonly HIPAA_PROPOSED: ComplianceStandard = new ComplianceStandard(
    STANDARD_TABLE.HIPAA_PROPOSED,
  );
  /** Payment cards: PCI DSS. */
  public static readonly PCI_DSS: ComplianceStandard = new ComplianceStandard(STANDARD_TABLE.PCI_DSS);
  /** Financial reporting in the US: Sarbanes-Oxley, through IT general controls. */
  public static readonly SOX: ComplianceStandard = new ComplianceStandard(STANDARD_TABLE.SOX);
  /** Personal data in the EU: GDPR. */
  public static readonly GDPR: ComplianceStandard = new ComplianceStandard(STANDARD_TABLE.GDPR);
  /** ISO/IEC 27001, Annex A. */
  public static readonly ISO_27001: ComplianceStandard = new ComplianceStandard(STANDARD_TABLE.ISO_27001);
  /** SOC 2: the AICPA Trust Services Criteria. */
  public static readonly SOC_2: ComplianceStandard = new ComplianceStandard(STANDARD_TABLE.SOC_2);
  /** NIST SP 800-53, with the controls that no baseline selects. */
  public static readonly NIST_800_53: ComplianceStandard = new ComplianceStandard(STANDARD_TABLE.NIST_800_53);
  /** NIST SP 800-53, low baseline. */
  public static readonly NIST_800_53_LOW: ComplianceStandard = new ComplianceStandard(
    STANDARD_TABLE.NIST_800_53_LOW,
  );
  /** NIST SP 800-53, moderate baseline. */
  public static readonly NIST_800_53_MODERATE: ComplianceStandard = new ComplianceStandard(
    STANDARD_TABLE.NIST_800_53_MODERATE,
  );
  /** NIST SP 800-53, high baseline. */
  public static readonly NIST_800_53_HIGH: ComplianceStandard = new ComplianceStandard(
    STANDARD_TABLE.NIST_800_53_HIGH,
  );
  /** NIST Cybersecurity Framework 2.0. */
  public static readonly NIST_CSF: ComplianceStandard = new ComplianceStandard(STANDARD_TABLE.NIST_CSF);
  /** CIS Critical Security Controls: the only one with a frequency of backups and of restore tests in its text. */
  public static readonly CIS_CONTROLS: ComplianceStandard = new ComplianceStandard(
    STANDARD_TABLE.CIS_CONTROLS,
  );
  /** AWS Foundational Security Best Practices, a standard of Security Hub. */
  public static readonly AWS_FSBP: ComplianceStandard = new ComplianceStandard(STANDARD_TABLE.AWS_FSBP);
  /** Financial entities in the EU: DORA. */
  public static readonly DORA: ComplianceStandard = new ComplianceStandard(STANDARD_TABLE.DORA);
  /** Network and information security in the EU: NIS2. */
  public static readonly NIS2: ComplianceStandard = new ComplianceStandard(STANDARD_TABLE.NIS2);
  /** US banks: the FFIEC IT Handbook. */
  public static readonly FFIEC: ComplianceStandard = new ComplianceStandard(STANDARD_TABLE.FFIEC);
  /** Financial services in New York: 23 NYCRR 500. */
  public static readonly NYDFS_500: ComplianceStandard = new ComplianceStandard(STANDARD_TABLE.NYDFS_500);
  /** Records of US broker-dealers: SEC rule 17a-4(f). */
  public static readonly SEC_17A_4: ComplianceStandard = new ComplianceStandard(STANDARD_TABLE.SEC_17A_4);
  /** Essential Eight of the Australian Signals Directorate. */
  public static readonly ESSENTIAL_EIGHT: ComplianceStandard = new ComplianceStandard(
    STANDARD_TABLE.ESSENTIAL_EIGHT,
  );
  /** Manufacture of medicines: EU GMP Annex 11 (GxP). */
  public static readonly EU_ANNEX_11: ComplianceStandard = new ComplianceStandard(STANDARD_TABLE.EU_ANNEX_11);
  /** Electronic records in US pharma and medical devices: 21 CFR Part 11. */
  public static readonly FDA_21_CFR_11: ComplianceStandard = new ComplianceStandard(
    STANDARD_TABLE.FDA_21_CFR_11,
  );
  /** Cloud providers in Germany: BSI C5. */
  public static readonly BSI_C5: ComplianceStandard = new ComplianceStandard(STANDARD_TABLE.BSI_C5);
  /** Cloud Controls Matrix of the Cloud Security Alliance. */
  public static readonly CSA_CCM: ComplianceStandard = new ComplianceStandard(STANDARD_TABLE.CSA_CCM);
  /** Cloud providers in France: SecNumCloud. */
  public static readonly SEC_NUM_CLOUD: ComplianceStandard = new ComplianceStandard(
    STANDARD_TABLE.SEC_NUM_CLOUD,
  );

  /** All standards of this library. */
  public static all(): ComplianceStandard[] {
    return Object.values(standardsById());
  }

  /**
   * A standard by its name in the command line, such as `pci-dss`, or `pci-dss@4.0.1` if only this version will do.
   *
   * @throws if there is no such standard or version
   */
  public static of(name: string): ComplianceStandard {
    const known = standardsById();
    const names = Object.keys(known);
    if (typeof name !== 'string' || name === '')
      throw refuse(
        ID,
        'name',
        (label) => `${label('name')} must be the name of a standard, got ${show(name)}`,
        `use one of ${enumerateNames(names)}`,
      );
    const at = name.indexOf('@');
    const id = (at < 0 ? name : name.slice(0, at)).toLowerCase();
    const version = at < 0 ? undefined : name.slice(at + 1);
    if (Object.hasOwn(WITHOUT_CLAUSES, id))
      throw refuse(
        ID,
        'name',
        (label) => `${label('name')} ${show(name)}: ${WITHOUT_CLAUSES[id].split('; ')[0]}`,
        WITHOUT_CLAUSES[id].split('; ')[1],
      );
    const found = Object.values(known).find(({ facts }) => facts.id === id || facts.aliases?.includes(id));
    if (!found) {
      const every = Object.values(known).flatMap(({ facts }) => [facts.id, ...(facts.aliases ?? [])]);
      const near = nearestOf(id, every);
      throw refuse(
        ID,
        'name',
        (label) => `${label('name')} must be the name of a standard, got ${show(name)}`,
        near === undefined ? `use one of ${enumerateNames(names)}` : `did you mean ${show(near)}?`,
      );
    }
    if (version !== undefined && version !== found.version)
      throw refuse(
        ID,
        'name',
        (label) =>
          `${label('name')} must name the version of \`${found.id}\` that this library has (${found.version}), got ${show(version)}`,
        `use \`${found.id}\``,
      );
    return found;
  }

  /**
   * A standard of your own, such as the backup policy of your company.
   *
   * @throws if an option is invalid
   */
  public static custom(options: CustomStandardOptions): ComplianceStandard {
    throwErrors(customStandardProblems(options), 'ComplianceStandard.custom');
    return new ComplianceStandard({ ...options, about: options.about ?? 'A standard of your own.' });
  }

  /** The name in the command line, such as `pci-dss`. */
  public readonly id: string;
  /** The name that people use. */
  public readonly title: string;
  /** The version of the standard. */
  public readonly version: string;
  /** What it is, and what to keep in mind. */
  public readonly about: string;
  /** The clauses. */
  public readonly requirements: StandardRequirement[];
  /** The thresholds that you chose. */
  public readonly thresholds: StandardThresholds;
  /** The name of the conformance pack that AWS publishes for it; undefined if there is none. */
  public readonly conformancePack?: string;

  private constructor(
    private readonly facts: StandardFacts,
    thresholds: StandardThresholds = {},
  ) {
    this.id = facts.id;
    this.title = facts.title;
    this.version = facts.version;
    this.about = facts.about;
    this.requirements = [...facts.requirements];
    this.conformancePack = facts.pack?.name;
    this.thresholds = thresholds;
  }

  /**
   * The same standard, measured with your numbers. Numbers that a clause has can only be made stricter.
   *
   * @throws if a threshold is unknown, out of range, looser than a clause, or contradicts another
   */
  public withThresholds(thresholds: StandardThresholds): ComplianceStandard {
    const merged =
      thresholds && typeof thresholds === 'object' ? { ...this.thresholds, ...thresholds } : thresholds;
    throwErrors(thresholdProblems(this.facts, merged), this.id);
    return new ComplianceStandard(this.facts, merged);
  }

  /** Such as `PCI DSS 4.0.1`. */
  public toString(): string {
    return `${this.title} ${this.version}`;
  }

  /** The data behind it. @internal */
  public get _facts(): StandardFacts {
    return this.facts;
  }
}

/** The standards of the table, by id. */
function standardsById(): Readonly<Record<string, ComplianceStandard>> {
  const all = Object.keys(STANDARD_TABLE).map(
    (name) => ComplianceStandard[name as keyof typeof STANDARD_TABLE],
  );
  return Object.fromEntries(all.map((standard) => [standard.id, standard]));
}
