/** How deep a validation of a restored resource looks, from fast to slow. Each level includes those before it. */
export enum ValidationLevel {
  /** The resource exists, in the state in which it can be used. */
  RESTORED = 'restored',
  /**
   * The resource can be used: its keys and permissions allow reading, its port opens, its status checks pass.
   */
  OPENS = 'opens',
  /** It holds as much as its source: items, objects, bytes, or a size. */
  COUNTS = 'counts',
  /** A random part of its content can be read, and equals the source where the source still has it. */
  SAMPLES = 'samples',
  /** Queries or commands of your own have the expected results. */
  QUERIES = 'queries',
}
