/**
 * What a clause of a standard asks of backups. Each key is a question that has one answer per resource, vault or app.
 */
export enum RequirementKey {
  /** Is every resource protected by a backup plan? */
  SCOPE = 'SCOPE',
  /** Are backups made often enough? */
  FREQ = 'FREQ',
  /** Are backups kept long enough? */
  RETMIN = 'RETMIN',
  /** Are backups deleted in time? */
  RETMAX = 'RETMAX',
  /** Can data be erased from backups on request? */
  ERASE = 'ERASE',
  /** Can nobody delete backups, or shorten their retention? */
  IMM = 'IMM',
  /** Are backups isolated from what they protect? */
  ISO = 'ISO',
  /** Do backups survive the loss of the account? */
  XACC = 'XACC',
  /** Do backups survive the loss of the Region? */
  XREG = 'XREG',
  /** Do backups stay in the allowed Regions? */
  LOC = 'LOC',
  /** Are backups encrypted? */
  ENC = 'ENC',
  /** Is it limited who may delete, copy or share backups? */
  ACC = 'ACC',
  /** Are restores tested, often enough? */
  TEST = 'TEST',
  /** Is the time that a restore may take measured? */
  RTO = 'RTO',
  /** Are backups scanned for malware? */
  SCAN = 'SCAN',
  /** Is someone notified of failures? */
  MON = 'MON',
  /** Is evidence produced and kept? */
  EVID = 'EVID',
  /** Can backups be frozen on demand? */
  HOLD = 'HOLD',
  /** Does the service itself keep backups, apart from AWS Backup? */
  OWN = 'OWN',
  /** Are resources classified, so that each gets the protection that it needs? */
  TIER = 'TIER',
  /** Something that no template shows: a policy, a procedure, a decision. */
  DOC = 'DOC',
}
