import type { Operation } from '../../../src/handler/core/answer';
import { awsError } from '../support/requests';
import type { Clock } from './clock';
import type { Invocation, Mishap } from './invocation';
import { FUNCTION_TIMEOUT, Lambda } from './lambda';
import { type Course, type Delivery, type Resource, Stack, type Template } from './stack';

/** CloudFormation, as far as custom resources see it. */
export class CloudFormation {
  readonly stacks = new Map<string, Stack>();
  /** CloudFormation describes deleted stacks for 90 days, by their id. */
  private readonly deleted = new Map<string, Stack>();
  /** Owners that CloudFormation gave up on: what they claim is nobody's, and stays. */
  readonly forgotten: string[] = [];
  private readonly lambda: Lambda;

  constructor(
    clock: Clock,
    operationFor: (invocation: Invocation) => Operation,
    random: () => number = () => 0.5,
    functionTimeout = FUNCTION_TIMEOUT,
    /** What people do before they continue a rollback that failed. */
    private readonly help: () => void = () => undefined,
  ) {
    const statusClient = (invocation: Invocation) => this.statusClient(invocation);
    this.lambda = new Lambda(clock, operationFor, statusClient, random, functionTimeout);
  }

  /** The log. */
  get lines(): string[] {
    return this.lambda.lines;
  }

  get invocations(): readonly Invocation[] {
    return this.lambda.invocations;
  }

  stack(uuid: string): Stack {
    const known = this.stacks.get(uuid);
    if (known) return known;
    const stack = new Stack(uuid);
    this.stacks.set(uuid, stack);
    return stack;
  }

  /** Creates or updates a stack. Returns whether it got what the template says. */
  async deploy(stack: Stack, template: Template, course: Course = {}): Promise<boolean> {
    const mishaps = [...(course.mishaps ?? [])];
    const before = new Map([...stack.resources].map(([id, resource]) => [id, { ...resource }]));
    const isNew = stack.resources.size === 0 && stack.status !== 'CREATE_COMPLETE';
    const oldBody = stack.body;
    const verb = isNew ? 'CREATE' : 'UPDATE';
    stack.status = `${verb}_IN_PROGRESS`;
    stack.body = course.others?.body ?? stack.body;
    course.others?.before?.();
    const touched: string[] = [];
    const replaced: [string, Resource][] = [];
    let isGood = true;
    for (const [id, { properties }] of Object.entries(template)) {
      const old = stack.resources.get(id);
      if (old && JSON.stringify(old.properties) === JSON.stringify(properties)) continue;
      touched.push(id);
      const { answer: reply } = await this.applyResource(stack, id, old, properties, mishaps.shift());
      if (reply?.Status === 'SUCCESS') {
        if (old && reply.PhysicalResourceId !== old.physicalId) replaced.push([id, { ...old }]);
        continue;
      }
      isGood = false;
      break;
    }
    if (isGood && !course.failsLater) {
      stack.status = isNew ? 'CREATE_COMPLETE' : 'UPDATE_COMPLETE_CLEANUP_IN_PROGRESS';
      for (const [id, old] of replaced) await this.deleteResource(stack, id, old, mishaps.shift(), true);
      for (const id of [...stack.resources.keys()].reverse())
        if (!(id in template)) await this.deleteResource(stack, id, undefined, mishaps.shift());
      course.others?.cleanUp?.();
      stack.status = isNew ? 'CREATE_COMPLETE' : 'UPDATE_COMPLETE';
      return true;
    }
    if (isNew) {
      stack.status = 'ROLLBACK_IN_PROGRESS';
      const isGone = await this.deleteAll(stack, mishaps);
      stack.status = isGone ? 'ROLLBACK_COMPLETE' : 'ROLLBACK_FAILED';
      return false;
    }
    stack.body = oldBody;
    await this.rollBack(stack, before, touched, mishaps, course.skips ?? false);
    return false;
  }

  /** Goes back to what was before an update: updates first, then deletions of what is new. */
  private async rollBack(
    stack: Stack,
    before: ReadonlyMap<string, Resource>,
    touched: readonly string[],
    mishaps: (Mishap & Delivery)[],
    skips: boolean,
  ): Promise<void> {
    stack.status = 'UPDATE_ROLLBACK_IN_PROGRESS';
    const created: [string, Resource][] = [];
    for (const id of [...touched].reverse()) {
      const old = before.get(id);
      const now = stack.resources.get(id);
      if (!old || !now) continue;
      const { answer: reply } = await this.applyResource(stack, id, now, old.properties, mishaps.shift());
      if (reply?.Status === 'SUCCESS') {
        if (reply.PhysicalResourceId !== now.physicalId) created.push([id, { ...now }]);
        continue;
      }
      stack.status = 'UPDATE_ROLLBACK_FAILED';
      if (!skips) {
        // a person tries again when nothing goes wrong any more
        mishaps.length = 0;
        this.help();
        stack.status = 'UPDATE_ROLLBACK_IN_PROGRESS';
        const again = await this.applyResource(stack, id, now, old.properties, undefined);
        if (again.answer?.Status !== 'SUCCESS') this.lines.push(`STUCK: ${id}: ${again.answer?.Reason}`);
      }
      // what CloudFormation believes of a skipped resource
      stack.resources.set(id, { ...old, status: 'UPDATE_COMPLETE' });
    }
    stack.status = 'UPDATE_ROLLBACK_COMPLETE_CLEANUP_IN_PROGRESS';
    for (const [id, resource] of created)
      await this.deleteResource(stack, id, resource, mishaps.shift(), true);
    for (const id of touched)
      if (!before.has(id)) await this.deleteResource(stack, id, undefined, mishaps.shift());
    stack.status = 'UPDATE_ROLLBACK_COMPLETE';
  }

  /** Deletes a stack; repeated by a person until it succeeds, without mishaps. */
  async destroy(stack: Stack, course: Course = {}): Promise<boolean> {
    const mishaps = [...(course.mishaps ?? [])];
    for (let attempt = 0; attempt < 3; attempt++) {
      stack.status = 'DELETE_IN_PROGRESS';
      const isGone = (await this.deleteAll(stack, mishaps)) && (course.others?.cleanUp?.() ?? true);
      stack.status = isGone ? 'DELETE_COMPLETE' : 'DELETE_FAILED';
      if (isGone) {
        this.stacks.delete(stack.uuid);
        this.deleted.set(stack.uuid, stack);
        return true;
      }
      mishaps.length = 0;
    }
    return false;
  }

  private async deleteAll(stack: Stack, mishaps: (Mishap & Delivery)[]): Promise<boolean> {
    let isGone = true;
    for (const id of [...stack.resources.keys()].reverse())
      isGone = (await this.deleteResource(stack, id, undefined, mishaps.shift())) && isGone;
    return isGone;
  }

  private async applyResource(
    stack: Stack,
    id: string,
    old: Resource | undefined,
    properties: Readonly<Record<string, unknown>>,
    mishap?: Mishap & Delivery,
  ) {
    const type = old ? 'Update' : 'Create';
    stack.resources.set(id, {
      physicalId: old?.physicalId ?? '',
      properties: old?.properties ?? properties,
      status: `${type.toUpperCase()}_IN_PROGRESS`,
    });
    const reply = await this.lambda.request(
      stack,
      {
        RequestType: type,
        LogicalResourceId: id,
        ResourceProperties: properties,
        ...(old && { PhysicalResourceId: old.physicalId, OldResourceProperties: old.properties }),
      },
      mishap,
    );
    const isGood = reply?.Status === 'SUCCESS';
    stack.resources.set(id, {
      physicalId: reply?.PhysicalResourceId ?? old?.physicalId ?? `${stack.uuid}-${id}`,
      properties,
      status: `${type.toUpperCase()}_${isGood ? 'COMPLETE' : 'FAILED'}`,
    });
    return { answer: reply };
  }

  private async deleteResource(
    stack: Stack,
    id: string,
    replaced: Resource | undefined,
    mishap?: Mishap & Delivery,
    isReplacement = false,
  ): Promise<boolean> {
    const resource = replaced ?? stack.resources.get(id);
    if (!resource) return true;
    if (!isReplacement) resource.status = 'DELETE_IN_PROGRESS';
    const reply = await this.lambda.request(
      stack,
      {
        RequestType: 'Delete',
        LogicalResourceId: id,
        PhysicalResourceId: resource.physicalId,
        ResourceProperties: resource.properties,
      },
      mishap,
    );
    const isGone = reply?.Status === 'SUCCESS';
    if (!isGone && /CLEANUP/.test(stack.status)) this.forgotten.push(`${stack.uuid}-${id}`);
    if (isReplacement) return isGone;
    // after an update CloudFormation forgets what it could not delete
    if (isGone || /CLEANUP/.test(stack.status)) stack.resources.delete(id);
    else resource.status = 'DELETE_FAILED';
    return isGone;
  }

  /** CloudFormation itself, as the function asks it. */
  statusClient(invocation: Invocation) {
    const find = (id = '') => {
      const stack = [...this.stacks.values(), ...this.deleted.values()].find((each) => each.id === id);
      if (!stack) throw awsError('ValidationError', `Stack with id ${id} does not exist`);
      return stack;
    };
    return invocation.wrap({
      describeStackResource: async (input: { StackName?: string; LogicalResourceId?: string }) => {
        const resource = find(input.StackName).resources.get(input.LogicalResourceId ?? '');
        const status = resource?.status ?? 'DELETE_COMPLETE';
        return {
          StackResourceDetail: {
            ResourceStatus: status,
            PhysicalResourceId: resource?.physicalId,
          } as never,
        };
      },
      describeStacks: async (input: { StackName?: string }) => {
        const stack = find(input.StackName);
        return {
          Stacks: [{ StackId: stack.id, StackStatus: stack.status as 'DELETE_IN_PROGRESS' }] as never,
        };
      },
      getTemplate: async (input: { StackName?: string }) => ({
        TemplateBody: JSON.stringify(find(input.StackName).body),
      }),
    });
  }

  /** Waits for everything that is still on its way. */
  settle(): Promise<void> {
    return this.lambda.settle();
  }
}
