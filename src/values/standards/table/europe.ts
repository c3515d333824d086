import { RequirementKey as K } from '../requirement-key';
import type { StandardFacts } from '../standard-requirement';
import { AS_OF, clauses } from './clause';
import { conformancePack } from './pack';

/** The Regions in the European Economic Area. Source: AWS "Regions and Availability Zones", 2026-11. */
export const EEA_REGIONS: readonly string[] = [
  'eu-central-1',
  'eu-north-1',
  'eu-south-1',
  'eu-south-2',
  'eu-west-1',
  'eu-west-3',
  'eusc-de-east-1',
];

const gdpr = clauses('Regulation (EU) 2016/679, by privacyref and the text in EUR-Lex');
export const GDPR: StandardFacts = {
  id: 'gdpr',
  title: 'GDPR',
  version: '2016/679',
  about:
    'Personal data in the EU. It limits how long backups are kept, which locks can contradict: what a compliance lock holds, nobody can erase.',
  requirements: [
    gdpr('5(1)(e)', 'keep personal data no longer than needed', [K.RETMAX], 'H'),
    gdpr('25', 'build data protection in by design', [K.RETMAX], 'H'),
    gdpr('5(1)(f)', 'protect the integrity and confidentiality of personal data', [K.ENC, K.ACC, K.IMM], 'H'),
    gdpr('32(1)(a)', 'encrypt personal data where that is appropriate', [K.ENC], 'H'),
    gdpr('32(1)(b)', 'systems stay available and resilient', [K.XREG, K.XACC], 'H'),
    gdpr('32(1)(c)', 'restore availability and access in a timely manner', [K.FREQ, K.RTO], 'H'),
    gdpr('32(1)(d)', 'test and evaluate the measures regularly', [K.TEST, K.EVID], 'H'),
    gdpr('17', 'erase personal data on request; backups are no exception', [K.RETMAX, K.ERASE], 'M', {
      note: 'authorities accept that backups expire by rotation, with measures in between (CNIL, as reported)',
    }),
    gdpr('28(3)(g)', 'a processor deletes or returns the data at the end', [K.RETMAX], 'M'),
    gdpr('44 to 49', 'transfer personal data outside the EEA only with safeguards', [K.LOC], 'M', {
      thresholds: { allowedRegions: [...EEA_REGIONS] },
      note: 'add Regions that you have safeguards for to `allowedRegions`',
    }),
    gdpr('30', 'keep records of processing', [K.EVID], 'M'),
    gdpr('5(2)', 'be able to demonstrate all of this', [K.EVID], 'M'),
  ],
};

const dora = clauses('Regulation (EU) 2022/2554, by mica.wtf, dora-info and grca');
const rts = clauses('Delegated Regulation (EU) 2024/1774, by advisera and springlex');
export const DORA: StandardFacts = {
  id: 'dora',
  title: 'DORA, with RTS 2024/1774',
  version: '2022/2554',
  about: 'Digital operational resilience of financial entities in the EU, in force since 2025-01-17.',
  requirements: [
    dora(
      '12(1)(a)',
      'a policy sets which data is backed up, and how often at least, by criticality',
      [K.SCOPE, K.FREQ, K.TIER],
      'H',
    ),
    dora('12(1)(b)', 'have procedures and methods to restore', [K.TEST], 'H'),
    dora(
      '12(2)',
      'backup systems can be activated without harm, and are tested periodically',
      [K.TEST, K.EVID],
      'H',
    ),
    dora(
      '12(3)',
      'restore on systems that are physically and logically separate from the source, and safe from unauthorized access and corruption',
      [K.ISO, K.XACC, K.ACC, K.IMM],
      'H',
    ),
    dora('12(4)', 'keep redundant capacity', [K.XREG], 'M'),
    dora('12(5)', 'central securities depositories have a second site', [K.XREG], 'M'),
    dora('12(6)', 'set RTO and RPO for each function', [K.RTO, K.FREQ], 'M'),
    dora('12(7)', 'check and reconcile data after recovery', [K.SCAN, K.TEST], 'H'),
    dora('11(4)', 'continuity plans cover critical functions', [K.DOC], 'M'),
    dora(
      '11(6)',
      'test continuity plans yearly at least, and after changes, with the switch to backups',
      [K.TEST],
      'M',
      {
        thresholds: { maxTestIntervalDays: 365 },
      },
    ),
    rts('RTS 24', 'a continuity policy', [K.EVID], 'H'),
    rts('RTS 25(2)(c)', 'tests include the switch to redundant capacity and backups', [K.TEST], 'H'),
    rts('RTS 26', 'response and recovery plans', [K.EVID], 'H'),
    rts(
      'RTS 39(2)(g)',
      'simplified regime: which data is backed up and how often at least, by criticality',
      [K.SCOPE, K.FREQ],
      'H',
    ),
    rts('RTS 11', 'security of data and systems', [K.ENC, K.ACC], 'M'),
  ],
};

const nis2 = clauses(
  'Implementing Regulation (EU) 2024/2690: draft of June to September 2024 (nis2-umsetzung.com), compared with the final text where prowler quotes it',
);
export const NIS2: StandardFacts = {
  id: 'nis2',
  title: 'NIS2, with Implementing Regulation (EU) 2024/2690',
  version: '2022/2555',
  about:
    'Network and information security in the EU. The implementing regulation of 17 October 2024 binds cloud, DNS, managed services and others; for everyone else it is guidance.',
  requirements: [
    nis2('21(2)(c)', 'continuity, such as backup management and disaster recovery', [K.SCOPE], 'H', {
      source: 'Directive (EU) 2022/2555',
    }),
    nis2('4.1.2(f)', 'recovery plans name objectives', [K.RTO], 'H'),
    nis2('4.1.2(g)', 'recovery plans name resources, backups included', [K.DOC], 'H'),
    nis2('4.1.4', 'test the plans at planned intervals', [K.TEST], 'H'),
    nis2('4.2.1', 'keep backup copies, and the resources for them', [K.SCOPE], 'H'),
    nis2('4.2.2(a)', 'set recovery times', [K.RTO], 'H'),
    nis2(
      '4.2.2(b)',
      'copies are complete and accurate, with configuration data and data in the cloud',
      [K.SCOPE, K.TEST],
      'H',
    ),
    nis2(
      '4.2.2(c)',
      'keep copies online or offline in safe places, not in the same network, and far enough away',
      [K.ISO, K.XREG, K.XACC],
      'H',
    ),
    nis2(
      '4.2.2(d)',
      'control physical and logical access to copies by their classification',
      [K.ACC, K.ENC],
      'H',
    ),
    nis2('4.2.2(e)', 'set how copies are restored, with approval', [K.ACC], 'H', {
      thresholds: { approvalTeam: true },
      note: 'the draft asks for approval',
    }),
    nis2('4.2.2(f)', 'set retention by business and law', [K.RETMIN, K.RETMAX], 'H'),
    nis2('4.2.3', 'check the integrity of copies regularly', [K.TEST, K.SCAN], 'H'),
    nis2('4.2.4', 'keep partial redundancy', [K.XREG], 'H'),
    nis2('4.2.5', 'watch it', [K.MON], 'H'),
    nis2('4.2.6', 'test recovery regularly, and document the results', [K.TEST, K.EVID], 'H'),
    nis2('9.2', 'cryptography at rest', [K.ENC], 'H'),
    nis2('3.2.3(f)', 'log access to backup files', [K.MON], 'H'),
    nis2('12', 'manage assets up to their deletion', [K.RETMAX], 'H'),
  ],
};

const c5 = clauses('BSI C5, as quoted by the compliance mapping of prowler');
export const BSI_C5: StandardFacts = {
  id: 'bsi-c5',
  aliases: ['c5', 'c5-2025'],
  title: 'BSI C5',
  version: '2025',
  about: 'It binds the cloud provider; a customer inherits the idea.',
  requirements: [
    c5('OPS-06', 'back up daily at least', [K.FREQ], 'H', { thresholds: { maxBackupIntervalHours: 24 } }),
    c5('OPS-07', 'watch backups', [K.MON], 'H'),
    c5('OPS-08', 'test restores yearly', [K.TEST], 'H', { thresholds: { maxTestIntervalDays: 365 } }),
    c5('OPS-09', 'keep backups remote and encrypted', [K.XREG, K.ENC], 'H'),
  ],
  pack: conformancePack('Operational-Best-Practices-for-Germany-C5', [], { asOf: AS_OF }),
};

const secnum = clauses('SecNumCloud 3.2, as quoted by the compliance mapping of prowler');
export const SEC_NUM_CLOUD: StandardFacts = {
  id: 'secnumcloud',
  title: 'SecNumCloud',
  version: '3.2',
  about: 'ANSSI, for cloud providers in France; a customer inherits the idea.',
  requirements: [
    secnum('12.5', 'make and test copies by policy', [K.SCOPE, K.TEST], 'H'),
    secnum('17.6', 'continuity is verified', [K.TEST], 'H'),
  ],
};
