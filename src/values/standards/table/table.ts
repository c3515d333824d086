import type { StandardFacts } from '../standard-requirement';
import { BSI_C5, DORA, GDPR, NIS2, SEC_NUM_CLOUD } from './europe';
import { AWS_FSBP, CIS_CONTROLS, CSA_CCM, ESSENTIAL_EIGHT, ISO_27001, SOC_2 } from './general';
import { EU_ANNEX_11, FDA_21_CFR_11, HIPAA, HIPAA_PROPOSED } from './health';
import { NIST_800_53, NIST_800_53_HIGH, NIST_800_53_LOW, NIST_800_53_MODERATE, NIST_CSF } from './nist';
import { FFIEC, NYDFS_500, PCI_DSS, SEC_17A_4, SOX } from './payment-and-finance';

/** Every standard, in the order of reports. */
export const STANDARD_TABLE = {
  HIPAA,
  HIPAA_PROPOSED,
  PCI_DSS,
  SOX,
  GDPR,
  ISO_27001,
  SOC_2,
  NIST_800_53,
  NIST_800_53_LOW,
  NIST_800_53_MODERATE,
  NIST_800_53_HIGH,
  NIST_CSF,
  CIS_CONTROLS,
  AWS_FSBP,
  DORA,
  NIS2,
  FFIEC,
  NYDFS_500,
  SEC_17A_4,
  ESSENTIAL_EIGHT,
  EU_ANNEX_11,
  FDA_21_CFR_11,
  BSI_C5,
  CSA_CCM,
  SEC_NUM_CLOUD,
} as const satisfies Record<string, StandardFacts>;

/** Standards that people ask for, but that say nothing on backups, with what to use instead. */
export const WITHOUT_CLAUSES: Readonly<Record<string, string>> = {
  'cis-aws':
    'no version of the CIS AWS Foundations Benchmark, up to 7.0, has a clause on AWS Backup; use `cis-controls`',
  'cis-aws-foundations':
    'no version of the CIS AWS Foundations Benchmark, up to 7.0, has a clause on AWS Backup; use `cis-controls`',
};
