import { type CfnResource, FeatureFlags } from 'aws-cdk-lib';
import { ANNOTATIONS_IN_VALIDATION_REPORT } from 'aws-cdk-lib/cx-api';
import type { IConstruct } from 'constructs';
import { ownersOf } from '../resources/core/resource-arns';
import { ANNOTATION } from '../template/input/acknowledged-rules';

/** The warnings of the constructs of an app, which the validation report of the CDK has next to those of plugins. */
export class ConstructAnnotations {
  private readonly areReported: boolean;

  constructor(root: IConstruct) {
    this.areReported = FeatureFlags.of(root).isEnabled(ANNOTATIONS_IN_VALIDATION_REPORT) === true;
  }

  /** Whether the report has a warning with an ID about a resource, on the resource or on the construct that it belongs to. */
  public has(id: string, resource: CfnResource | undefined): boolean {
    if (!this.areReported || !resource) return false;
    return ownersOf(resource).some(({ node }) =>
      node.metadata.some(
        ({ type, data }) => type === 'aws:cdk:warning' && String(data).includes(`[ack: ${ANNOTATION}${id}]`),
      ),
    );
  }
}
