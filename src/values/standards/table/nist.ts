import { RequirementKey as K } from '../requirement-key';
import type { StandardFacts, StandardRequirement } from '../standard-requirement';
import { clauses } from './clause';
import { CORE_RULES, conformancePack, IN_PLAN_RULES } from './pack';

const control = clauses(
  'NIST SP 800-53 Rev. 5.1.1 in OSCAL (usnistgov/oscal-content, baselines 5.1.1+u4 of 2024-02-13)',
);

/** The baselines in `level`: L low, M moderate, H high; `none` for controls that no baseline selects. */
const CONTROLS: readonly StandardRequirement[] = [
  control(
    'CP-9 a',
    'back up user data at a frequency that fits RTO and RPO, which you define',
    [K.SCOPE, K.FREQ],
    'H',
    {
      level: 'L M H',
      configRules: [
        'DYNAMODB_IN_BACKUP_PLAN',
        'EBS_IN_BACKUP_PLAN',
        'EFS_IN_BACKUP_PLAN',
        'DB_INSTANCE_BACKUP_ENABLED',
        'DYNAMODB_PITR_ENABLED',
      ],
      securityHubControls: ['DynamoDB.2', 'DynamoDB.4', 'EC2.28', 'EFS.2', 'RDS.26', 'RDS.11'],
    },
  ),
  control('CP-9 b', 'back up system data at a frequency that fits RTO and RPO', [K.SCOPE, K.FREQ], 'H', {
    level: 'L M H',
  }),
  control('CP-9 c', 'back up documentation at a frequency that fits RTO and RPO', [K.DOC], 'H', {
    level: 'L M H',
  }),
  control(
    'CP-9 d',
    'protect the confidentiality, integrity and availability of backups',
    [K.ENC, K.IMM, K.ACC],
    'H',
    {
      level: 'L M H',
    },
  ),
  control('CP-9(1)', 'test backups for reliability and integrity', [K.TEST, K.SCAN], 'H', { level: 'M H' }),
  control('CP-9(2)', 'restore a sample in tests of the contingency plan', [K.TEST], 'H', {
    level: 'H',
    thresholds: { randomSample: true },
  }),
  control('CP-9(3)', 'keep copies of critical data in a separate facility', [K.XREG, K.ISO], 'H', {
    level: 'H',
  }),
  control(
    'CP-9(5)',
    'transfer backups to the alternate site, at a rate that fits RTO and RPO',
    [K.XREG, K.FREQ],
    'H',
    {
      level: 'H',
    },
  ),
  control('CP-9(6)', 'keep a redundant secondary system', [K.XREG], 'H', { level: 'none' }),
  control('CP-9(7)', 'delete backups only with the approval of two', [K.ACC], 'H', {
    level: 'none',
    thresholds: { approvalTeam: true },
  }),
  control('CP-9(8)', 'encrypt backups', [K.ENC], 'H', {
    level: 'M H',
    securityHubControls: ['Backup.1'],
  }),
  control('CP-6', 'have an alternate storage site', [K.XREG, K.XACC], 'H', {
    level: 'M H',
    securityHubControls: ['DynamoDB.4', 'EFS.2'],
  }),
  control('CP-6(1)', 'the alternate site is separate from the primary one', [K.XREG, K.XACC], 'H', {
    level: 'M H',
  }),
  control('CP-6(2)', 'the alternate site allows recovery within RTO and RPO', [K.XREG, K.RTO], 'H', {
    level: 'H',
  }),
  control('CP-6(3)', 'the alternate site can be reached in a disaster', [K.XREG], 'H', { level: 'M H' }),
  control('CP-4', 'test the contingency plan', [K.TEST, K.EVID], 'H', { level: 'L M H' }),
  control('CP-4(1)', 'coordinate the test with related plans', [K.DOC], 'H', { level: 'M H' }),
  control('CP-4(2)', 'test at the alternate site', [K.DOC], 'H', { level: 'H' }),
  control('CP-10', 'recover the system', [K.TEST], 'H', {
    level: 'L M H',
    securityHubControls: ['DynamoDB.2', 'DynamoDB.4', 'EC2.28', 'EFS.2', 'RDS.26', 'RDS.11'],
  }),
  control('CP-10(2)', 'recover transactions of transaction-based systems', [K.FREQ], 'H', { level: 'M H' }),
  control('CP-10(4)', 'restore within a time that you define', [K.RTO], 'H', { level: 'H' }),
  control('SI-12', 'keep and delete data by law and policy', [K.RETMIN, K.RETMAX], 'H', {
    level: 'L M H',
    securityHubControls: ['Backup.1', 'DynamoDB.4', 'EFS.2'],
  }),
  control('SC-28', 'protect data at rest', [K.ENC], 'H', { level: 'M H', securityHubControls: ['Backup.1'] }),
  control('SC-28(1)', 'encrypt data at rest', [K.ENC], 'H', {
    level: 'M H',
    securityHubControls: ['Backup.1'],
  }),
  control('AC-3', 'enforce access', [K.ACC], 'H', { level: 'L M H' }),
  control('AC-6', 'give least privilege', [K.ACC], 'H', { level: 'M H' }),
  control('AU-9(2)', 'keep audit records on another system', [K.XACC], 'H', { level: 'H' }),
  control('AU-9(3)', 'protect audit records with cryptography', [K.ENC], 'H', { level: 'H' }),
  control('AU-11', 'keep audit records as long as you define', [K.EVID], 'H', { level: 'L M H' }),
  control('SI-13(5)', 'fail over when a component fails', [K.XREG], 'H', { level: 'none' }),
];

const PACK = conformancePack('Operational-Best-Practices-for-NIST-800-53-rev-5', [
  'DYNAMODB_IN_BACKUP_PLAN',
  'EBS_IN_BACKUP_PLAN',
  'EFS_IN_BACKUP_PLAN',
]);

const ABOUT =
  'Controls for US federal systems. Frequencies and times are yours to define ("organization-defined"). FedRAMP builds on its baselines: its Moderate pack adds a daily frequency and 35 days.';

export const NIST_800_53: StandardFacts = {
  id: 'nist-800-53',
  aliases: ['nist-800-53-r5', 'nist-sp-800-53'],
  title: 'NIST SP 800-53, all controls',
  version: '5.1.1',
  about: `${ABOUT} Release 5.2.0 exists since 2025. With the controls that no baseline selects.`,
  requirements: CONTROLS,
  pack: PACK,
};

export const NIST_800_53_LOW = baseline('low', 'L');
export const NIST_800_53_MODERATE = baseline('moderate', 'M', ['fedramp-moderate']);
export const NIST_800_53_HIGH = baseline('high', 'H', ['fedramp-high']);

function baseline(name: string, letter: string, aliases?: readonly string[]): StandardFacts {
  return {
    id: `nist-800-53-${name}`,
    aliases,
    title: `NIST SP 800-53, ${name} baseline`,
    version: '5.1.1',
    about: ABOUT,
    requirements: CONTROLS.filter(({ level }) => level?.split(' ').includes(letter)),
    pack: PACK,
  };
}

const csf = clauses('NIST CSF 2.0 of February 2024, by csf.tools and kjoelensecurity');
export const NIST_CSF: StandardFacts = {
  id: 'nist-csf',
  aliases: ['csf', 'nist-csf-2'],
  title: 'NIST Cybersecurity Framework',
  version: '2.0',
  about:
    'Outcomes, with implementation examples. AWS’s pack is for version 1.1, whose PR.IP-4 became PR.DS-11.',
  requirements: [
    csf(
      'PR.DS-11',
      'backups are made, protected, maintained and tested; examples: near real time for critical data, tests every year for all kinds, some offline and off-site',
      [K.SCOPE, K.FREQ, K.IMM, K.ISO, K.XREG, K.TEST],
      'H',
      {
        thresholds: { maxTestIntervalDays: 365 },
        configRules: [
          'AURORA_RESOURCES_PROTECTED_BY_BACKUP_PLAN',
          'EC2_RESOURCES_PROTECTED_BY_BACKUP_PLAN',
          'BACKUP_PLAN_MIN_FREQUENCY_AND_MIN_RETENTION_CHECK',
          'BACKUP_RECOVERY_POINT_ENCRYPTED',
          'BACKUP_RECOVERY_POINT_MANUAL_DELETION_DISABLED',
          'DYNAMODB_IN_BACKUP_PLAN',
          'EBS_IN_BACKUP_PLAN',
          'EFS_IN_BACKUP_PLAN',
          'RDS_IN_BACKUP_PLAN',
        ],
        note: 'the tests every year are an example of the framework; AWS’s pack maps to PR.IP-4 of version 1.1',
      },
    ),
    csf('PR.DS-01', 'data at rest is protected', [K.ENC], 'H'),
    csf('PR.DS-02', 'data in transit is protected', [K.ENC], 'H'),
    csf('PR.DS-10', 'data in use is protected', [K.ENC], 'H'),
    csf(
      'RC.RP-03',
      'the integrity of backups is checked before they are restored',
      [K.SCAN, K.TEST, K.IMM],
      'H',
    ),
    csf('RC.RP-01', 'the recovery plan is executed', [K.TEST, K.EVID], 'H'),
    csf('RC.RP-02', 'recovery actions are chosen and scoped', [K.TEST, K.EVID], 'H'),
    csf('RC.RP-05', 'restored assets are verified', [K.TEST, K.EVID], 'H'),
    csf('PR.IR-03', 'mechanisms achieve resilience', [K.XREG], 'M'),
    csf('PR.IR-04', 'there is enough capacity for availability', [K.XREG], 'M'),
    csf('PR.AA-05', 'access follows least privilege', [K.ACC], 'M'),
    csf('ID.IM-02', 'improvements come from tests', [K.EVID], 'M'),
    csf('DE.CM-09', 'computing and its data are watched', [K.MON], 'M'),
  ],
  pack: conformancePack('Operational-Best-Practices-for-NIST-CSF', [...CORE_RULES, ...IN_PLAN_RULES], {
    remark: 'for version 1.1',
  }),
};
