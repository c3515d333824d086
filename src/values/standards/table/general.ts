import { RequirementKey as K } from '../requirement-key';
import type { StandardFacts } from '../standard-requirement';
import { clauses } from './clause';
import { conformancePack, IN_PLAN_RULES } from './pack';

const iso = clauses(
  'ISO/IEC 27001:2022 Annex A, by prowler and tcsa.in of June 2026; guidance of 27002:2022',
);
export const ISO_27001: StandardFacts = {
  id: 'iso-27001',
  aliases: ['iso27001', 'iso-27002', 'iso-27001-2022'],
  title: 'ISO/IEC 27001',
  version: '2022',
  about: 'Certificates on the edition of 2013 ended in October 2025. AWS has no pack for either edition.',
  requirements: [
    iso(
      'A.8.13',
      'keep copies of information, software and systems, and test them regularly, by a backup policy; guidance: remote, encrypted, watched, with a retention',
      [K.SCOPE, K.FREQ, K.RETMIN, K.TEST, K.XREG, K.ENC, K.MON],
      'H',
    ),
    iso('A.8.14', 'have enough redundancy for availability', [K.XREG], 'H'),
    iso('A.5.29', 'keep information secure in a disruption', [K.IMM, K.DOC], 'H'),
    iso('A.5.30', 'plan and test the readiness of IT by objectives', [K.RTO, K.FREQ, K.TEST], 'H'),
    iso(
      'A.5.33',
      'keep records safe from loss, falsification and unauthorized access',
      [K.IMM, K.ACC, K.RETMIN, K.HOLD],
      'H',
    ),
    iso('A.8.10', 'delete what is no longer needed', [K.RETMAX], 'H'),
    iso('A.8.24', 'have rules for cryptography and keys', [K.ENC], 'H'),
    iso('A.5.28', 'collect and preserve evidence', [K.EVID], 'H'),
    iso('A.8.15', 'keep logs', [K.EVID, K.MON], 'H'),
    iso('A.8.16', 'watch for anomalies', [K.MON], 'H'),
    iso('A.8.3', 'restrict access to information', [K.ACC], 'M'),
    iso('A.8.2', 'restrict privileged rights', [K.ACC], 'M'),
    iso('A.5.15', 'have rules for access', [K.ACC], 'M'),
  ],
};

const soc = clauses('AICPA Trust Services Criteria 2017, points of focus of 2022, by ac5labs and auditfront');
export const SOC_2: StandardFacts = {
  id: 'soc-2',
  aliases: ['soc2'],
  title: 'SOC 2',
  version: '2017 (points of focus 2022)',
  about: 'Reports of auditors on service organizations. AWS has no pack for it, and says so.',
  requirements: [
    soc(
      'A1.2',
      'design, run and watch backup processes and recovery infrastructure',
      [K.SCOPE, K.FREQ, K.RETMIN, K.XREG, K.MON],
      'H',
    ),
    soc(
      'A1.3',
      'test recovery; point of focus: the integrity and completeness of backups are tested periodically',
      [K.TEST, K.EVID],
      'H',
      {
        source: 'compliancewiki',
        note: 'auditors look for tests every year at least, which is practice, not text',
      },
    ),
    soc('A1.1', 'watch capacity', [K.DOC], 'M', {
      note: '`cdk-backup check` compares with the quotas of AWS Backup',
    }),
    soc('CC6.1', 'control logical access', [K.ACC, K.ENC], 'M'),
    soc('CC6.3', 'give access by role and least privilege', [K.ACC], 'M'),
    soc('CC6.5', 'dispose of data that is no longer needed', [K.RETMAX], 'M'),
    soc('CC6.7', 'protect data when it moves', [K.ENC], 'M'),
    soc('CC7.2', 'watch for anomalies', [K.MON], 'M'),
    soc('CC7.3', 'evaluate security events', [K.MON], 'M'),
    soc('CC7.4', 'respond to incidents', [K.SCAN], 'M'),
    soc('CC7.5', 'recover from incidents', [K.TEST], 'M'),
    soc('CC9.1', 'mitigate disruptions', [K.XREG, K.XACC], 'M'),
    soc('C1.1', 'keep confidential data protected', [K.ENC], 'M'),
    soc('C1.2', 'dispose of confidential data', [K.RETMAX], 'M'),
    soc('PI1.5', 'stored data stays complete, and safe from destruction', [K.IMM, K.ENC], 'H', {
      source: 'the compliance mapping of prowler',
    }),
  ],
};

const cis = clauses('CIS Controls v8.1 of June 2024, by csf.tools (text of v8)');
export const CIS_CONTROLS: StandardFacts = {
  id: 'cis-controls',
  aliases: ['cis', 'cis-v8', 'cis-8.1'],
  title: 'CIS Critical Security Controls',
  version: '8.1',
  about:
    'The only standard in this table whose text has a frequency of backups and of restore tests. The CIS AWS Foundations Benchmark, up to 7.0, has nothing on AWS Backup.',
  requirements: [
    cis(
      '11.1',
      'have a recovery process: scope, priorities, security; reviewed every year',
      [K.TIER, K.EVID],
      'H',
      {
        level: 'IG1',
      },
    ),
    cis('11.2', 'back up automatically, weekly or more often', [K.FREQ, K.SCOPE], 'H', {
      level: 'IG1',
      thresholds: { maxBackupIntervalHours: 168 },
    }),
    cis('11.3', 'protect backups as well as the original', [K.ENC, K.ACC], 'H', { level: 'IG1' }),
    cis('11.4', 'keep an isolated instance of the backups', [K.ISO, K.XACC, K.XREG], 'H', { level: 'IG1' }),
    cis('11.5', 'test a sample of the backups, quarterly or more often', [K.TEST], 'H', {
      level: 'IG2',
      thresholds: { maxTestIntervalDays: 92 },
    }),
  ],
  pack: conformancePack(
    'Operational-Best-Practices-for-CIS-Critical-Security-Controls-v8-IG1',
    [
      'BACKUP_RECOVERY_POINT_ENCRYPTED',
      ...IN_PLAN_RULES,
      'DYNAMODB_PITR_ENABLED',
      'DB_INSTANCE_BACKUP_ENABLED',
    ],
    { remark: 'IG1 to IG3' },
  ),
};

const fsbp = clauses('Security Hub User Guide of August to October 2026; the list of prowler of 2026-08-21');
const of = (control: string, type: string) => ({ securityHubControls: [control], resourceTypes: [type] });
export const AWS_FSBP: StandardFacts = {
  id: 'aws-fsbp',
  aliases: ['fsbp', 'aws-foundational-security-best-practices'],
  title: 'AWS Foundational Security Best Practices',
  version: '1.0.0',
  about: 'A standard of Security Hub, evaluated by AWS. Of the controls on AWS Backup it has only Backup.1.',
  requirements: [
    fsbp('Backup.1', 'recovery points are encrypted', [K.ENC], 'H', { securityHubControls: ['Backup.1'] }),
    fsbp('DynamoDB.2', 'tables have point-in-time recovery', [K.OWN], 'H', of('DynamoDB.2', 'DynamoDB')),
    fsbp('DynamoDB.4', 'tables are in a backup plan', [K.SCOPE], 'H', of('DynamoDB.4', 'DynamoDB')),
    fsbp('EC2.28', 'EBS volumes are in a backup plan', [K.SCOPE], 'H', of('EC2.28', 'EBS')),
    fsbp('EFS.2', 'file systems are in a backup plan', [K.SCOPE], 'H', of('EFS.2', 'EFS')),
    fsbp('EFS.7', 'file systems have automatic backups', [K.OWN], 'M', of('EFS.7', 'EFS')),
    fsbp('RDS.11', 'database instances have automatic backups, kept 7 days', [K.OWN], 'H', {
      ...of('RDS.11', 'RDS'),
      thresholds: { minRetentionDays: 7 },
    }),
    fsbp('RDS.14', 'Aurora clusters have backtracking', [K.DOC], 'H', {
      ...of('RDS.14', 'Aurora'),
      note: 'backtracking isn’t a backup, and isn’t read',
    }),
    fsbp('RDS.26', 'database instances are in a backup plan', [K.SCOPE], 'H', of('RDS.26', 'RDS')),
    fsbp('DocumentDB.2', 'clusters keep their backups 7 days', [K.OWN], 'H', {
      ...of('DocumentDB.2', 'DocumentDB'),
      thresholds: { minRetentionDays: 7 },
    }),
    fsbp('Neptune.5', 'clusters have automatic backups, kept 7 days', [K.OWN], 'H', {
      ...of('Neptune.5', 'Neptune'),
      thresholds: { minRetentionDays: 7 },
    }),
    fsbp('ElastiCache.1', 'clusters have automatic backups', [K.DOC], 'H', {
      securityHubControls: ['ElastiCache.1'],
      note: 'AWS Backup doesn’t support ElastiCache',
    }),
    fsbp('Redshift.3', 'clusters have automatic snapshots', [K.OWN], 'M', of('Redshift.3', 'Redshift')),
    fsbp('FSx.1', 'OpenZFS file systems copy tags to backups', [K.DOC], 'H', {
      securityHubControls: ['FSx.1'],
    }),
    fsbp('FSx.2', 'Lustre file systems copy tags to backups', [K.DOC], 'M', {
      securityHubControls: ['FSx.2'],
    }),
    fsbp('S3.13', 'buckets have lifecycle rules', [K.DOC], 'M', { securityHubControls: ['S3.13'] }),
  ],
};

const e8 = clauses('ASD Essential Eight of November 2023, as quoted by the compliance mapping of prowler');
export const ESSENTIAL_EIGHT: StandardFacts = {
  id: 'essential-eight',
  aliases: ['acsc-essential-8', 'asd-essential-eight'],
  title: 'ASD Essential Eight',
  version: '2023-11',
  about:
    'Mitigation strategies of the Australian Signals Directorate, of which the eighth is regular backups.',
  requirements: [
    e8('8.1', 'back up data, applications and settings by criticality', [K.FREQ, K.RETMIN, K.TIER], 'H'),
    e8('8.2', 'back up so that everything can be restored to a common point in time', [K.FREQ], 'H'),
    e8('8.3', 'keep backups secure and resilient', [K.IMM], 'H'),
    e8('8.4', 'test restores', [K.TEST], 'H'),
    e8('8.5', 'unprivileged users can’t read backups', [K.ACC], 'H'),
    e8('8.6', 'unprivileged users can’t change or delete backups', [K.ACC, K.IMM], 'H'),
  ],
  pack: conformancePack('Operational-Best-Practices-for-ACSC-Essential-8', []),
};

const ccm = clauses('CSA Cloud Controls Matrix 4, as quoted by the compliance mapping of prowler');
export const CSA_CCM: StandardFacts = {
  id: 'csa-ccm',
  aliases: ['ccm'],
  title: 'CSA Cloud Controls Matrix',
  version: '4',
  about: 'Controls of the Cloud Security Alliance.',
  requirements: [
    ccm(
      'BCR-08',
      'back up periodically, protect the backups, and verify that they can be restored',
      [K.FREQ, K.ENC, K.TEST],
      'H',
    ),
  ],
};
