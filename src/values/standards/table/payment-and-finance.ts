import { RequirementKey as K } from '../requirement-key';
import { DataClass, type StandardFacts } from '../standard-requirement';
import { ImmutabilityLevel } from '../standard-thresholds';
import { AS_OF, clauses } from './clause';
import { CORE_RULES, conformancePack, IN_PLAN_RULES } from './pack';

const pci = clauses('PCI DSS v4.0.1, by the copies of cloudaware and withpci.com');
export const PCI_DSS: StandardFacts = {
  id: 'pci-dss',
  aliases: ['pci'],
  title: 'PCI DSS',
  version: '4.0.1',
  about:
    'Payment cards, June 2024; v4.0 was retired at the end of 2024. No clause asks for daily backups of cardholder data. The PCI DSS standard of Security Hub has no control on AWS Backup.',
  requirements: [
    pci(
      '3.2.1',
      'keep account data as short as your policy says, and verify every 3 months that the rest is deleted',
      [K.RETMAX],
      'H',
      { note: 'cold storage and locked vaults count; the quarterly check is a procedure of yours' },
    ),
    pci('3.5.1', 'make card numbers unreadable wherever they are stored, backups included', [K.ENC], 'M', {
      thresholds: { ownKey: true },
    }),
    pci('3.6', 'protect the keys that encrypt account data', [K.ENC], 'M', { thresholds: { ownKey: true } }),
    pci('3.7', 'manage keys through their whole life, with rotation', [K.ENC], 'M', {
      thresholds: { ownKey: true },
    }),
    pci('7.2', 'give access by least privilege', [K.ACC], 'M'),
    pci('7.3', 'enforce access with an access control system', [K.ACC], 'M'),
    pci('9.4.1.1', 'keep offline media with backups in a secure place', [K.ISO], 'H', {
      notApplicable: true,
      note: 'there are no offline media in the cloud; AWS attests its own. A logically air-gapped vault is the analogue',
    }),
    pci('9.4.1.2', 'look at that place every 12 months', [K.DOC], 'H', {
      notApplicable: true,
      note: 'there are no offline media in the cloud; AWS attests its own',
    }),
    pci('10.3.3', 'back up audit logs promptly to where they are hard to change', [K.SCOPE, K.IMM], 'H', {
      data: DataClass.AUDIT_LOGS,
    }),
    pci('10.5.1', 'keep audit logs 12 months, 3 of them at hand', [K.RETMIN], 'H', {
      data: DataClass.AUDIT_LOGS,
      thresholds: { minRetentionDays: 365 },
    }),
    pci(
      '12.10.1',
      'the incident response plan covers recovery, continuity and backup processes',
      [K.EVID],
      'H',
    ),
    pci('12.10.2', 'test the incident response plan every 12 months', [K.TEST], 'H', {
      thresholds: { maxTestIntervalDays: 365 },
    }),
    pci('A1.1', 'the environments of different customers are separate', [K.XACC], 'M', {
      note: 'applies to service providers; the accounts with copies are in scope',
    }),
    pci(
      '12.5.2',
      'document the scope, which includes vaults and the accounts with copies',
      [K.XACC, K.DOC],
      'M',
    ),
  ],
  pack: conformancePack('Operational-Best-Practices-for-PCI-DSS-v4.0', [
    'AURORA_RESOURCES_PROTECTED_BY_BACKUP_PLAN',
    'DYNAMODB_RESOURCES_PROTECTED_BY_BACKUP_PLAN',
    'EBS_RESOURCES_PROTECTED_BY_BACKUP_PLAN',
    'EC2_RESOURCES_PROTECTED_BY_BACKUP_PLAN',
    'EFS_RESOURCES_PROTECTED_BY_BACKUP_PLAN',
    'FSX_RESOURCES_PROTECTED_BY_BACKUP_PLAN',
    'RDS_RESOURCES_PROTECTED_BY_BACKUP_PLAN',
    'S3_RESOURCES_PROTECTED_BY_BACKUP_PLAN',
    ...IN_PLAN_RULES,
    'BACKUP_RECOVERY_POINT_MANUAL_DELETION_DISABLED',
  ]),
};

const sox = clauses('SEC release on 17 CFR 210.2-06; RECMGMT-L');
export const SOX: StandardFacts = {
  id: 'sox',
  aliases: ['sarbanes-oxley'],
  title: 'SOX, through IT general controls',
  version: '2002',
  about:
    'Sarbanes-Oxley. Backups are audited as IT general controls, mostly by COBIT. There is no duty to keep backups for 7 years: that number is about the work papers of auditors.',
  requirements: [
    sox('302', 'management answers for internal control over financial reporting', [K.ACC, K.EVID], 'M', {
      source: '15 USC 7241',
    }),
    sox('404', 'management assesses internal control over financial reporting', [K.ACC, K.EVID], 'M', {
      source: '15 USC 7262',
    }),
    sox(
      '802 (18 USC 1519 and 1520, 17 CFR 210.2-06)',
      'auditors keep their work papers 7 years (the statute says 5)',
      [K.RETMIN, K.IMM],
      'M',
      { data: DataClass.RECORDS, thresholds: { minRetentionDays: 2_557 } },
    ),
    sox(
      'COBIT 2019 DSS04.07',
      'manage backups: schedule, test, keep off-site',
      [K.FREQ, K.RETMIN, K.XREG, K.TEST, K.EVID, K.MON],
      'M',
      { source: 'COBIT 2019, by commentaries; also DSS04.01 to DSS04.06 and APO14' },
    ),
    sox('PCAOB AS 2201', 'backups run, and failures are followed up', [K.MON, K.EVID, K.TEST], 'L', {
      source: 'PCAOB AS 2201, IT general controls "computer operations"',
    }),
  ],
};

const ffiec = clauses(
  'FFIEC IT Handbook, Business Continuity Management, November 2019 (table of contents read, text not)',
);
export const FFIEC: StandardFacts = {
  id: 'ffiec',
  title: 'FFIEC IT Handbook',
  version: '2019-11',
  about:
    'US banks. The Cybersecurity Assessment Tool was withdrawn on 2025-08-31; its successors are NIST CSF 2.0, the CISA goals and the CRI Profile. AWS’s pack still cites it.',
  requirements: [
    ffiec(
      'BCM IV.A',
      'back up by criticality, protected from destruction with an air gap, and test restores',
      [K.FREQ, K.ISO, K.IMM, K.TEST, K.XREG],
      'M',
    ),
    ffiec('BCM VII', 'test by plan, and report the results to the board', [K.TEST, K.EVID], 'L'),
    ffiec('CAT D5.IR.Pl.B.6', 'use continuity, recovery and backup programs', [K.SCOPE], 'H', {
      source: 'the compliance mapping of prowler',
      note: 'the tool was withdrawn on 2025-08-31',
    }),
    ffiec('CAT D1.RM.Rm.B.1', 'have a risk management function for continuity', [K.SCOPE], 'H', {
      source: 'the compliance mapping of prowler',
      note: 'the tool was withdrawn on 2025-08-31',
    }),
    ffiec(
      'Appendix J, CSBS R-SAT',
      'keep three copies on two media, one off-site, immutable or air-gapped',
      [K.XACC, K.XREG, K.IMM],
      'M',
      { source: 'commentaries' },
    ),
  ],
  pack: conformancePack('Operational-Best-Practices-for-FFIEC', [
    ...CORE_RULES,
    'BACKUP_RECOVERY_POINT_MINIMUM_RETENTION_CHECK',
  ]),
};

const nydfs = clauses('23 NYCRR 500, second amendment of 2023, by justia and Share 2024');
export const NYDFS_500: StandardFacts = {
  id: 'nydfs-500',
  aliases: ['nydfs', '23-nycrr-500'],
  title: 'NYDFS 23 NYCRR 500',
  version: '2023',
  about: 'Financial services in New York.',
  requirements: [
    nydfs(
      '500.16(a)(2)',
      'copy essential data often enough, and keep the copies off-site',
      [K.FREQ, K.XREG],
      'H',
    ),
    nydfs('500.16(d)', 'test yearly that critical systems can be restored from backups', [K.TEST], 'H', {
      thresholds: { maxTestIntervalDays: 365 },
    }),
    nydfs('500.16(e)', 'protect backups from unauthorized alteration or destruction', [K.IMM], 'M'),
  ],
  pack: conformancePack('Operational-Best-Practices-for-NYDFS-23-NYCRR-500', [], { asOf: AS_OF }),
};

const sec = clauses('17 CFR 240.17a-4(f) as amended in 2022, by commentaries and AWS');
export const SEC_17A_4: StandardFacts = {
  id: 'sec-17a-4',
  aliases: ['17a-4', 'sec-17a-4f'],
  title: 'SEC rule 17a-4(f)',
  version: '2022',
  about: 'Records of US broker-dealers. AWS names Backup Vault Lock beside S3 Object Lock.',
  requirements: [
    sec(
      '240.17a-4(f)(2)',
      'keep records so that they can’t be rewritten or erased, or with an audit trail that recreates them',
      [K.IMM],
      'M',
      { data: DataClass.RECORDS, thresholds: { immutability: ImmutabilityLevel.COMPLIANCE } },
    ),
    sec('240.17a-4(f)(3)', 'keep a second copy of the records apart from the original', [K.XACC], 'M', {
      data: DataClass.RECORDS,
    }),
    sec('240.17a-4(b)', 'keep records 3 to 6 years, by kind of record', [K.RETMIN], 'M', {
      data: DataClass.RECORDS,
      thresholds: { minRetentionDays: 1_096 },
      note: 'set `minRetentionDays` to 2192 for records that must be kept 6 years',
    }),
  ],
};
