import { readFileSync } from 'node:fs';
import * as fc from 'fast-check';
import { COMPLIANCE_PAGE, compliancePage } from '../../../scripts/compliance-doc';
import {
  ClauseConfidence,
  ComplianceStandard,
  DataClass,
  ImmutabilityLevel,
  RequirementKey,
  type StandardThresholds,
} from '../../../src';
import {
  effectiveFlags,
  effectiveNumber,
  THRESHOLDS_OF_KEY,
} from '../../../src/values/standards/effective-thresholds';
import { KEY_FACTS } from '../../../src/values/standards/key-facts';
import { NUMERIC_THRESHOLDS, THRESHOLD_FACTS } from '../../../src/values/standards/standard-thresholds';
import { refusal } from '../../support/refusal';

/** The clauses of each standard that say something on backups. */
const CLAUSES: Readonly<Record<string, string>> = {
  hipaa:
    '164.308(a)(7)(i) | 164.308(a)(7)(ii)(A) | 164.308(a)(7)(ii)(B) | 164.308(a)(7)(ii)(C) | 164.308(a)(7)(ii)(D) | 164.308(a)(7)(ii)(E) | 164.310(d)(2)(iv) | 164.312(a)(2)(iv) | 164.312(c)(1) | 164.312(e)(2)(ii) | 164.316(b)(2)(i)',
  'hipaa-proposed': '90 FR 898, restore | 90 FR 898, controls | 90 FR 898, tests',
  'pci-dss':
    '3.2.1 | 3.5.1 | 3.6 | 3.7 | 7.2 | 7.3 | 9.4.1.1 | 9.4.1.2 | 10.3.3 | 10.5.1 | 12.10.1 | 12.10.2 | A1.1 | 12.5.2',
  sox: '302 | 404 | 802 (18 USC 1519 and 1520, 17 CFR 210.2-06) | COBIT 2019 DSS04.07 | PCAOB AS 2201',
  gdpr: '5(1)(e) | 25 | 5(1)(f) | 32(1)(a) | 32(1)(b) | 32(1)(c) | 32(1)(d) | 17 | 28(3)(g) | 44 to 49 | 30 | 5(2)',
  'iso-27001':
    'A.8.13 | A.8.14 | A.5.29 | A.5.30 | A.5.33 | A.8.10 | A.8.24 | A.5.28 | A.8.15 | A.8.16 | A.8.3 | A.8.2 | A.5.15',
  'soc-2':
    'A1.2 | A1.3 | A1.1 | CC6.1 | CC6.3 | CC6.5 | CC6.7 | CC7.2 | CC7.3 | CC7.4 | CC7.5 | CC9.1 | C1.1 | C1.2 | PI1.5',
  'nist-800-53':
    'CP-9 a | CP-9 b | CP-9 c | CP-9 d | CP-9(1) | CP-9(2) | CP-9(3) | CP-9(5) | CP-9(6) | CP-9(7) | CP-9(8) | CP-6 | CP-6(1) | CP-6(2) | CP-6(3) | CP-4 | CP-4(1) | CP-4(2) | CP-10 | CP-10(2) | CP-10(4) | SI-12 | SC-28 | SC-28(1) | AC-3 | AC-6 | AU-9(2) | AU-9(3) | AU-11 | SI-13(5)',
  'nist-800-53-low': 'CP-9 a | CP-9 b | CP-9 c | CP-9 d | CP-4 | CP-10 | SI-12 | AC-3 | AU-11',
  'nist-800-53-moderate':
    'CP-9 a | CP-9 b | CP-9 c | CP-9 d | CP-9(1) | CP-9(8) | CP-6 | CP-6(1) | CP-6(3) | CP-4 | CP-4(1) | CP-10 | CP-10(2) | SI-12 | SC-28 | SC-28(1) | AC-3 | AC-6 | AU-11',
  'nist-800-53-high':
    'CP-9 a | CP-9 b | CP-9 c | CP-9 d | CP-9(1) | CP-9(2) | CP-9(3) | CP-9(5) | CP-9(8) | CP-6 | CP-6(1) | CP-6(2) | CP-6(3) | CP-4 | CP-4(1) | CP-4(2) | CP-10 | CP-10(2) | CP-10(4) | SI-12 | SC-28 | SC-28(1) | AC-3 | AC-6 | AU-9(2) | AU-9(3) | AU-11',
  'nist-csf':
    'PR.DS-11 | PR.DS-01 | PR.DS-02 | PR.DS-10 | RC.RP-03 | RC.RP-01 | RC.RP-02 | RC.RP-05 | PR.IR-03 | PR.IR-04 | PR.AA-05 | ID.IM-02 | DE.CM-09',
  'cis-controls': '11.1 | 11.2 | 11.3 | 11.4 | 11.5',
  'aws-fsbp':
    'Backup.1 | DynamoDB.2 | DynamoDB.4 | EC2.28 | EFS.2 | EFS.7 | RDS.11 | RDS.14 | RDS.26 | DocumentDB.2 | Neptune.5 | ElastiCache.1 | Redshift.3 | FSx.1 | FSx.2 | S3.13',
  dora: '12(1)(a) | 12(1)(b) | 12(2) | 12(3) | 12(4) | 12(5) | 12(6) | 12(7) | 11(4) | 11(6) | RTS 24 | RTS 25(2)(c) | RTS 26 | RTS 39(2)(g) | RTS 11',
  nis2: '21(2)(c) | 4.1.2(f) | 4.1.2(g) | 4.1.4 | 4.2.1 | 4.2.2(a) | 4.2.2(b) | 4.2.2(c) | 4.2.2(d) | 4.2.2(e) | 4.2.2(f) | 4.2.3 | 4.2.4 | 4.2.5 | 4.2.6 | 9.2 | 3.2.3(f) | 12',
  ffiec: 'BCM IV.A | BCM VII | CAT D5.IR.Pl.B.6 | CAT D1.RM.Rm.B.1 | Appendix J, CSBS R-SAT',
  'nydfs-500': '500.16(a)(2) | 500.16(d) | 500.16(e)',
  'sec-17a-4': '240.17a-4(f)(2) | 240.17a-4(f)(3) | 240.17a-4(b)',
  'essential-eight': '8.1 | 8.2 | 8.3 | 8.4 | 8.5 | 8.6',
  'eu-annex-11': '7.2 | 16 | 17',
  'fda-21-cfr-11': '11.10(a) | 11.10(c)',
  'bsi-c5': 'OPS-06 | OPS-07 | OPS-08 | OPS-09',
  'csa-ccm': 'BCR-08',
  secnumcloud: '12.5 | 17.6',
};

/** The only numbers that come from the text of a clause. */
const NUMBERS: readonly (readonly [standard: string, clause: string, thresholds: StandardThresholds])[] = [
  ['hipaa', '164.316(b)(2)(i)', { minEvidenceRetentionDays: 2_192 }],
  ['hipaa-proposed', '90 FR 898, restore', { maxRestoreTimeMinutes: 4_320 }],
  ['pci-dss', '3.5.1', { ownKey: true }],
  ['pci-dss', '3.6', { ownKey: true }],
  ['pci-dss', '3.7', { ownKey: true }],
  ['pci-dss', '10.5.1', { minRetentionDays: 365 }],
  ['pci-dss', '12.10.2', { maxTestIntervalDays: 365 }],
  ['sox', '802 (18 USC 1519 and 1520, 17 CFR 210.2-06)', { minRetentionDays: 2_557 }],
  ['nist-csf', 'PR.DS-11', { maxTestIntervalDays: 365 }],
  ['cis-controls', '11.2', { maxBackupIntervalHours: 168 }],
  ['cis-controls', '11.5', { maxTestIntervalDays: 92 }],
  ['aws-fsbp', 'RDS.11', { minRetentionDays: 7 }],
  ['aws-fsbp', 'DocumentDB.2', { minRetentionDays: 7 }],
  ['aws-fsbp', 'Neptune.5', { minRetentionDays: 7 }],
  ['dora', '11(6)', { maxTestIntervalDays: 365 }],
  ['nis2', '4.2.2(e)', { approvalTeam: true }],
  ['nydfs-500', '500.16(d)', { maxTestIntervalDays: 365 }],
  ['sec-17a-4', '240.17a-4(f)(2)', { immutability: ImmutabilityLevel.COMPLIANCE }],
  ['sec-17a-4', '240.17a-4(b)', { minRetentionDays: 1_096 }],
  ['bsi-c5', 'OPS-06', { maxBackupIntervalHours: 24 }],
  ['bsi-c5', 'OPS-08', { maxTestIntervalDays: 365 }],
];

describe('the table', () => {
  test.each(Object.entries(CLAUSES))('%s has its clauses', (id, clauses) => {
    expect(
      ComplianceStandard.of(id)
        .requirements.map(({ clause }) => clause)
        .join(' | '),
    ).toBe(clauses);
  });

  test('has these standards and no others', () => {
    expect(ComplianceStandard.all().map(({ id }) => id)).toEqual(Object.keys(CLAUSES));
  });

  test('has numbers only where the text of a clause has one', () => {
    const found = ComplianceStandard.all()
      .filter(({ id }) => !id.startsWith('nist-800-53'))
      .flatMap(({ id, requirements }) =>
        requirements.flatMap(({ clause, thresholds: { allowedRegions, ...numbers } = {} }) =>
          Object.keys(numbers).length > 0 ? [[id, clause, numbers]] : [],
        ),
      );
    expect(found).toEqual(NUMBERS);
  });

  test('has a source, a date and a confidence on every row, and keys that its numbers belong to', () => {
    const wrong = ComplianceStandard.all().flatMap(({ id, requirements }) =>
      requirements
        .filter(
          ({ clause, requirement, keys, confidence, source, asOf, thresholds = {}, notApplicable, note }) => {
            const measured = keys.flatMap((key) => THRESHOLDS_OF_KEY[key] ?? []);
            return !(
              clause.trim() !== '' &&
              /^[a-z"]|^IT|^RTO|^OpenZFS|^Lustre|^EBS|^Aurora/.test(requirement) &&
              !requirement.endsWith('.') &&
              keys.length > 0 &&
              new Set(keys).size === keys.length &&
              Object.values(ClauseConfidence).includes(confidence) &&
              source.length > 4 &&
              /^2026-\d\d-\d\d$/.test(asOf) &&
              Object.keys(thresholds).every((name) => (measured as string[]).includes(name)) &&
              (!notApplicable || note !== undefined)
            );
          },
        )
        .map(({ clause }) => `${id} ${clause}`),
    );
    expect(wrong).toEqual([]);
  });

  test('names what no template can show for every key, and how to fix the rest', () => {
    expect(Object.keys(KEY_FACTS)).toEqual(expect.arrayContaining(Object.values(RequirementKey)));
    for (const { question, where, unseen, fix } of Object.values(KEY_FACTS)) {
      expect(question).toMatch(/\?$/);
      for (const text of [where, unseen, fix]) expect(text).toMatch(/^[a-z].*[^.]$/);
    }
  });

  test('never claims compliance', () => {
    expect(compliancePage().match(/[^.]*\b(?:is|are) compliant\b[^.]*/g)).toBeNull();
  });

  test('is what docs/compliance.md lists; if this fails, run `npx projen compliance-doc`', () => {
    expect(readFileSync(COMPLIANCE_PAGE, 'utf8')).toBe(compliancePage());
  });
});

describe('a standard', () => {
  test.each([
    ['pci-dss', 'PCI DSS 4.0.1'],
    ['PCI', 'PCI DSS 4.0.1'],
    ['pci-dss@4.0.1', 'PCI DSS 4.0.1'],
    ['fedramp-moderate', 'NIST SP 800-53, moderate baseline 5.1.1'],
    ['cis', 'CIS Critical Security Controls 8.1'],
  ])('is found by the name %s', (name, title) => {
    expect(String(ComplianceStandard.of(name))).toBe(title);
  });

  test.each([
    [
      () => ComplianceStandard.of('hippa'),
      '`name` must be the name of a standard, got `hippa`; did you mean `hipaa`?',
    ],
    [
      () => ComplianceStandard.of('pci-dss@3.2.1'),
      '`name` must name the version of `pci-dss` that this library has (4.0.1), got `3.2.1`; use `pci-dss`',
    ],
    [
      () => ComplianceStandard.of('cis-aws'),
      '`name` `cis-aws`: no version of the CIS AWS Foundations Benchmark, up to 7.0, has a clause on AWS Backup; use `cis-controls`',
    ],
    [
      () => ComplianceStandard.HIPAA.withThresholds({ minRetentionDay: 3 } as StandardThresholds),
      '`minRetentionDay` is not a threshold; did you mean `minRetentionDays`? (in `hipaa`)',
    ],
    [
      () => ComplianceStandard.HIPAA.withThresholds({ minRetentionDays: 0 }),
      '`minRetentionDays` must be a whole number from 1 to 36500 days, got 0; use 1 day or more (in `hipaa`)',
    ],
    [
      () => ComplianceStandard.CIS_CONTROLS.withThresholds({ maxBackupIntervalHours: 336 }),
      '`maxBackupIntervalHours` must be at most 168 hours, as `cis-controls` 11.2 says, got 336 hours; use 168 or less, or omit it (in `cis-controls`)',
    ],
    [
      () => ComplianceStandard.NIS2.withThresholds({ minRetentionDays: 365, maxRetentionDays: 90 }),
      '`maxRetentionDays` must be at least 365 days, because `nis2` 4.2.2(f) is measured with `minRetentionDays` of 365 days, got 90 days for `nis2` 4.2.2(f); use 365 or more, or a shorter `minRetentionDays` (in `nis2`)',
    ],
    [
      () => ComplianceStandard.HIPAA.withThresholds({ allowedRegions: ['eu-west-1'] }),
      '`allowedRegions` must belong to a clause of `hipaa`, but none is measured with it; remove it (in `hipaa`)',
    ],
    [
      () => ComplianceStandard.GDPR.withThresholds({ allowedRegions: ['Frankfurt'] }),
      '`allowedRegions` must be Regions such as `eu-central-1`, at least one, got `Frankfurt` (in `gdpr`)',
    ],
    [
      () => ComplianceStandard.custom({ id: 'Ours', title: 'Ours', version: '1', requirements: [] }),
      '2 problems of `ComplianceStandard.custom`:\n  - `id` must be 1 to 64 lowercase letters, digits, `-` and `.`, got `Ours`\n  - `requirements` must be a list with at least one clause, got none',
    ],
  ])('refuses what it does not know (%#)', (act, message) => {
    expect(refusal(act)).toBe(message);
  });

  test('of your own has clauses and numbers like any other', () => {
    const own = ComplianceStandard.custom({
      id: 'acme',
      title: 'Backup policy of ACME',
      version: '7',
      requirements: [
        {
          clause: '1',
          requirement: 'keep backups of records for ten years',
          keys: [RequirementKey.RETMIN],
          confidence: ClauseConfidence.HIGH,
          source: 'the wiki',
          asOf: '2026-11-01',
          data: DataClass.RECORDS,
          thresholds: { minRetentionDays: 3_653 },
        },
      ],
    });
    expect(String(own)).toBe('Backup policy of ACME 7');
    expect(effectiveNumber(own.requirements[0], {}, 'minRetentionDays')).toEqual({
      value: 3_653,
      origin: 'clause',
    });
  });
});

describe('a threshold', () => {
  test('is the number of the clause, then that of the user, then the default; a stricter choice wins over the clause', () => {
    const [weekly] = ComplianceStandard.CIS_CONTROLS.requirements.filter(({ clause }) => clause === '11.2');
    const [copies] = ComplianceStandard.HIPAA.requirements.filter(({ clause }) => clause.endsWith('(ii)(A)'));
    const hours = (of: typeof weekly, choices: StandardThresholds) =>
      effectiveNumber(of, choices, 'maxBackupIntervalHours');
    expect(hours(weekly, {})).toEqual({ value: 168, origin: 'clause' });
    expect(hours(weekly, { maxBackupIntervalHours: 24 })).toEqual({ value: 24, origin: 'choice' });
    expect(hours(copies, { maxBackupIntervalHours: 48 })).toEqual({ value: 48, origin: 'choice' });
    expect(hours(copies, {})).toEqual({ value: 24, origin: 'default' });
    expect(effectiveNumber(copies, {}, 'maxRetentionDays')).toBeUndefined();
  });

  test('that is no number is as strict as the stricter of clause and choice', () => {
    const [worm] = ComplianceStandard.SEC_17A_4.requirements;
    expect(effectiveFlags(worm, { immutability: ImmutabilityLevel.GOVERNANCE }).immutability).toBe(
      'compliance',
    );
    expect(
      effectiveFlags({ ...worm, thresholds: {} }, { immutability: ImmutabilityLevel.GOVERNANCE })
        .immutability,
    ).toBe('governance');
  });

  test('is accepted in its range if no clause is stricter, and refused otherwise', () => {
    const standards = ComplianceStandard.all();
    fc.assert(
      fc.property(
        fc.constantFrom(...standards),
        fc.constantFrom(...NUMERIC_THRESHOLDS),
        fc.integer({ min: -1, max: 40_000 }),
        (standard, name, value) => {
          const { max, stricter } = THRESHOLD_FACTS[name];
          const rows = standard.requirements.filter(({ keys }) =>
            keys.some((key) => (THRESHOLDS_OF_KEY[key] as string[] | undefined)?.includes(name)),
          );
          const limits = rows
            .filter(({ data, resourceTypes }) => data === undefined && resourceTypes === undefined)
            .flatMap(({ thresholds }) => thresholds?.[name] ?? []);
          const isLoose = limits.some((limit) => (stricter === 'larger' ? value < limit : value > limit));
          // a retention below the default minimum contradicts it
          const contradicts =
            name === 'maxRetentionDays' &&
            value < 35 &&
            standard.requirements.some(
              ({ keys, data, resourceTypes }) =>
                keys.includes(RequirementKey.RETMIN) && data === undefined && resourceTypes === undefined,
            );
          const isFine = rows.length > 0 && value >= 1 && value <= max && !isLoose && !contradicts;
          const accept = () => standard.withThresholds({ [name]: value });
          if (isFine) expect(accept().thresholds).toEqual({ [name]: value });
          else expect(accept).toThrow(name);
        },
      ),
      { numRuns: 300 },
    );
  });
});
