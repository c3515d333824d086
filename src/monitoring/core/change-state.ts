/** What happened to a vault or a plan, as its events name it. */
export enum ChangeState {
  /** It was created. */
  CREATED = 'CREATED',
  /** It was changed. */
  MODIFIED = 'MODIFIED',
  /** It was deleted. */
  DELETED = 'DELETED',
}
