import { RequirementKey as K } from '../requirement-key';
import type { StandardFacts } from '../standard-requirement';
import { AS_OF, clauses } from './clause';
import { CORE_RULES, conformancePack, IN_PLAN_RULES } from './pack';

const rule = clauses('45 CFR 164, as quoted by the compliance mappings of prowler and by commentaries');
const proposed = clauses(
  '90 FR 898 of 2025-01-06, by commentaries of June 2026 (alstonprivacy, medcurity, hipaatimes)',
);

export const HIPAA: StandardFacts = {
  id: 'hipaa',
  aliases: ['hipaa-security', 'hipaa-security-rule'],
  title: 'HIPAA Security Rule',
  version: '2013',
  about:
    'US health data, 45 CFR 164, last amended in 2013. It says that data is backed up, not how often or how long. "Addressable" means: do it, or document why not.',
  requirements: [
    rule('164.308(a)(7)(i)', 'have a contingency plan for emergencies', [K.DOC], 'H', { level: 'required' }),
    rule(
      '164.308(a)(7)(ii)(A)',
      'make exact copies of electronic health data, and keep them retrievable',
      [K.SCOPE, K.FREQ, K.RETMIN],
      'H',
      { level: 'required' },
    ),
    rule('164.308(a)(7)(ii)(B)', 'have procedures that restore lost data', [K.TEST], 'H', {
      level: 'required',
    }),
    rule('164.308(a)(7)(ii)(C)', 'go on with critical processes in an emergency', [K.XREG, K.XACC], 'H', {
      level: 'required',
    }),
    rule(
      '164.308(a)(7)(ii)(D)',
      'test and revise the contingency plan from time to time',
      [K.TEST, K.EVID],
      'H',
      { level: 'addressable' },
    ),
    rule('164.308(a)(7)(ii)(E)', 'know which applications and data matter most', [K.TIER], 'H', {
      level: 'addressable',
    }),
    rule('164.310(d)(2)(iv)', 'make an exact copy before equipment is moved', [K.DOC], 'H', {
      level: 'addressable',
      source: '45 CFR 164.310, as quoted by compliancewiki',
      notApplicable: true,
      note: 'AWS moves the equipment; `OnDemandBackup` makes a copy before a change of yours',
    }),
    rule('164.312(a)(2)(iv)', 'encrypt and decrypt electronic health data', [K.ENC], 'M', {
      level: 'addressable',
    }),
    rule(
      '164.312(c)(1)',
      'protect electronic health data from improper alteration or destruction',
      [K.IMM],
      'M',
    ),
    rule('164.312(e)(2)(ii)', 'encrypt electronic health data that is transmitted', [K.ENC], 'M', {
      level: 'addressable',
    }),
    rule(
      '164.316(b)(2)(i)',
      'keep the documentation of policies and actions for 6 years (not the records, and not every backup)',
      [K.EVID],
      'M',
      { level: 'required', thresholds: { minEvidenceRetentionDays: 2_192 } },
    ),
  ],
  pack: conformancePack('Operational-Best-Practices-for-HIPAA-Security', [...CORE_RULES, ...IN_PLAN_RULES]),
};

export const HIPAA_PROPOSED: StandardFacts = {
  id: 'hipaa-proposed',
  title: 'HIPAA Security Rule, proposed changes',
  version: '2025-01-06',
  about:
    'The proposed rule of January 2025, which was not final in June 2026. Ask for it in addition to `hipaa`, to see what may come. Figures of 48 hours and monthly that circulate were not found in its text.',
  requirements: [
    proposed('90 FR 898, restore', 'restore critical systems and data within 72 hours', [K.RTO], 'M', {
      thresholds: { maxRestoreTimeMinutes: 4_320 },
      note: 'the numbering of the proposal was not read',
    }),
    proposed(
      '90 FR 898, controls',
      'have separate technical controls for backup and recovery: how often, with failures reported',
      [K.FREQ, K.MON],
      'M',
      { note: 'the numbering of the proposal was not read' },
    ),
    proposed('90 FR 898, tests', 'test that backups can be restored', [K.TEST], 'M', {
      note: 'the numbering of the proposal was not read',
    }),
  ],
};

const annex11 = clauses('EU GMP Annex 11, as quoted by the compliance mapping of prowler');
export const EU_ANNEX_11: StandardFacts = {
  id: 'eu-annex-11',
  aliases: ['gxp', 'gxp-eu-annex-11', 'annex-11'],
  title: 'EU GMP Annex 11 (GxP)',
  version: '2011',
  about: 'Computerised systems in the manufacture of medicines.',
  requirements: [
    annex11(
      '7.2',
      'make regular backups, and check integrity and restores, also by monitoring',
      [K.FREQ, K.TEST, K.MON],
      'H',
    ),
    annex11(
      '16',
      'keep critical processes going when the system fails, and test the provisions',
      [K.TEST, K.DOC],
      'H',
    ),
    annex11('17', 'archived data stays readable and complete', [K.TEST], 'H'),
  ],
  pack: conformancePack('Operational-Best-Practices-for-GxP-EU-Annex-11', [], { asOf: AS_OF }),
};

const part11 = clauses('21 CFR 11, by the mapping of AWS Audit Manager');
export const FDA_21_CFR_11: StandardFacts = {
  id: 'fda-21-cfr-11',
  aliases: ['21-cfr-11', '21-cfr-part-11'],
  title: 'FDA 21 CFR Part 11',
  version: '1997',
  about: 'Electronic records and signatures in US pharma and medical devices.',
  requirements: [
    part11('11.10(a)', 'validate that systems work reliably, restores included', [K.TEST], 'M'),
    part11('11.10(c)', 'records can be retrieved throughout their retention', [K.RETMIN, K.TEST], 'M'),
  ],
  pack: conformancePack('Operational-Best-Practices-for-FDA-21CFR-Part-11', [], { asOf: AS_OF }),
};
