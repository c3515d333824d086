import type { Mishap } from './invocation';

/** A custom resource in a template. */
export interface Declared {
  readonly properties: Readonly<Record<string, unknown>>;
}

/** The custom resources of a template, by logical id. */
export type Template = Readonly<Record<string, Declared>>;

/** Resources of a template that are not ours, such as a vault. */
export interface OtherResources {
  /** Before the custom resources change. */
  before?(): void;
  /** After those that left are deleted; false if that fails. */
  cleanUp?(): boolean;
  /** The template as CloudFormation shows it. */
  readonly body?: Record<string, unknown>;
}

/** How one deployment goes. */
export interface Course {
  /** Another resource of the stack fails after ours succeeded. */
  readonly failsLater?: boolean;
  /** By the order of requests: what goes wrong with each. */
  readonly mishaps?: readonly (Mishap & Delivery)[];
  /** After a rollback that failed: leave the failed resources as they are. */
  readonly skips?: boolean;
  readonly others?: OtherResources;
}

/** How AWS Lambda delivers a request. */
export interface Delivery {
  readonly delay?: number;
  /** Delivered a second time, so much later than the first. */
  readonly again?: number;
}

/** A resource of a stack, as CloudFormation knows it. */
export interface Resource {
  physicalId: string;
  properties: Readonly<Record<string, unknown>>;
  status: string;
}

/** One stack. */
export class Stack {
  readonly id: string;
  status = 'REVIEW_IN_PROGRESS';
  readonly resources = new Map<string, Resource>();
  template: Record<string, unknown> = {};
  body: Record<string, unknown> = { Resources: {} };

  constructor(readonly uuid: string) {
    this.id = `arn:aws:cloudformation:eu-west-1:111122223333:stack/app/${uuid}`;
  }
}
