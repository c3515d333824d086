import { Lazy, Resource, Stack } from 'aws-cdk-lib';
import { CfnFramework, type FrameworkReference, type IFrameworkRef } from 'aws-cdk-lib/aws-backup';
import { propertyInjectable } from 'aws-cdk-lib/core/lib/prop-injectable';
import type { Construct } from 'constructs';
import { AUDIT_QUOTAS } from '../../values/audit/audit-quotas';
import { frameworkProblems } from '../../values/audit/framework-laws';
import { isKnown, show } from '../../values/core/amounts';
import { backupArnProblems } from '../../values/core/backup-arns';
import { descriptionProblems } from '../../values/core/descriptions';
import { NAME_LAWS, nameProblems } from '../../values/core/names';
import { type Problem, refuse, throwErrors } from '../../values/core/problem';
import { placeQuotaProblems } from '../../values/core/quotas';
import { regionProblems } from '../../values/core/service-regions';
import { listProblems, propsProblems } from '../core/argument-checks';
import { lateErrors, report } from '../core/enforce';
import { generatedName } from '../core/generated-name';
import { duplicateNameProblems, neighbours } from '../core/siblings-in-environment';
import { recorderProblems } from './config-recorder';
import { FrameworkControl } from './framework-control';

/** Properties of a `BackupFramework`. */
export interface BackupFrameworkProps {
  /**
   * The name, 1 to 256 letters, digits and `_`, a letter first. Changing it replaces the framework.
   *
   * @default - a name made from the path of the construct: unique in the app, and stable
   */
  readonly frameworkName?: string;

  /**
   * At most 1024 characters.
   *
   * @default - none
   */
  readonly description?: string;

  /**
   * What is asked of backups. A framework has at least one control; `addControl()` adds further ones.
   *
   * @default - none yet
   */
  readonly controls?: FrameworkControl[];
}

/**
 * A framework of AWS Backup Audit Manager: controls that judge again and again whether what is backed up, and how,
 * is as it should be.
 *
 * Its controls are rules of AWS Config, which must record `AWS::Backup::BackupPlan`, `AWS::Backup::BackupSelection`,
 * `AWS::Backup::BackupVault`, `AWS::Backup::RecoveryPoint`, `AWS::Config::ResourceCompliance` and what is backed up.
 * Without a configuration recorder in the Region the deployment succeeds all the same, and the framework ends with
 * the deployment status FAILED.
 *
 * @see https://docs.aws.amazon.com/aws-backup/latest/devguide/working-with-audit-frameworks.html
 */
@propertyInjectable
export class BackupFramework extends Resource implements IFrameworkRef {
  /** Uniquely identifies this class. */
  public static readonly PROPERTY_INJECTION_ID: string = 'cdk-backup-constructs.BackupFramework';

  /** Refers to an existing framework by its ARN; it may be in another account or Region. */
  public static fromFrameworkArn(scope: Construct, id: string, frameworkArn: string): IFrameworkRef {
    throwErrors(backupArnProblems('framework', frameworkArn, 'frameworkArn'));
    return new ImportedFramework(scope, id, frameworkArn);
  }

  /** The name of the framework. */
  public readonly frameworkName: string;

  private readonly resource: CfnFramework;
  private readonly allControls: FrameworkControl[] = [];

  constructor(scope: Construct, id: string, props: BackupFrameworkProps = {}) {
    super(scope, id);
    throwErrors(propsProblems('Backup-Framework', props), this.node.path);
    const { max } = NAME_LAWS.framework;
    this.frameworkName = props.frameworkName ?? generatedName(scope, id, { maxLength: max, separator: '_' });
    report(this, [
      ...nameProblems('framework', this.frameworkName, 'frameworkName'),
      ...descriptionProblems('Backup-FrameworkDescription', props.description),
      ...listProblems(props.controls, isControl, { ...CONTROL, property: 'controls' }),
      ...regionProblems('auditManager', Stack.of(this).region),
      ...this.neighbourProblems(),
    ]);
    for (const control of props.controls ?? []) this.addControl(control);

    this.resource = new CfnFramework(this, 'Resource', {
      frameworkName: this.frameworkName,
      frameworkDescription: props.description,
      frameworkControls: Lazy.any({ produce: () => this.allControls.map((control) => control._render()) }),
    });
    this.node.addValidation({ validate: () => lateErrors(this, this.lateProblems()) });
  }

  /** The ARN of the framework. */
  public get frameworkArn(): string {
    return this.resource.attrFrameworkArn;
  }

  /** Whether the framework was deployed, known at deployment; FAILED where AWS Config doesn't record. */
  public get deploymentStatus(): string {
    return this.resource.attrDeploymentStatus;
  }

  /** How other constructs refer to this framework. */
  public get frameworkRef(): FrameworkReference {
    return { frameworkArn: this.frameworkArn };
  }

  /** The controls of the framework. */
  public get controls(): FrameworkControl[] {
    return [...this.allControls];
  }

  /** Adds a control. A framework has none twice. */
  public addControl(control: FrameworkControl): void {
    if (!isControl(control))
      throw refuse(
        CONTROL.id,
        'control',
        `\`control\` must be ${CONTROL.what}, got ${show(control)}`,
        CONTROL.fix,
      );
    report(this, [...control._warnings, ...this.ownRegionProblems(control)]);
    this.allControls.push(control);
  }

  /** A copy in the Region of the framework is no copy to another Region. */
  private ownRegionProblems(control: FrameworkControl): Problem[] {
    const { region } = Stack.of(this);
    const list = control.parameters.crossRegionList;
    if (list === undefined || !isKnown(region) || !isKnown(list) || !list.split(',').includes(region))
      return [];
    return [
      {
        id: 'Backup-ControlRegion',
        severity: 'warning',
        property: 'regions',
        message: `\`regions\` of \`${control.controlName}\` names ${region}, the Region of the framework itself, which no copy to another Region reaches`,
        fix: 'leave it out',
      },
    ];
  }

  private neighbourProblems(): Problem[] {
    const others = neighbours<BackupFramework>(this, 'framework');
    return [
      ...duplicateNameProblems(this, others, (other) => other.frameworkName, 'frameworkName'),
      ...placeQuotaProblems(
        'Backup-FrameworkQuota',
        'frameworks',
        others.indexOf(this) + 1,
        AUDIT_QUOTAS.frameworks,
      ),
    ];
  }

  private lateProblems(): Problem[] {
    const others = neighbours<BackupFramework>(this, 'framework');
    const before = others.slice(0, others.indexOf(this));
    const count = (frameworks: BackupFramework[]) => frameworks.flatMap((each) => each.allControls).length;
    const sum = count(before) + this.allControls.length;
    const twin = before.find((other) => other.fingerprint() === this.fingerprint());
    const problems = frameworkProblems(this.allControls.map((control) => control._asValues));
    if (problems.length === 0 && twin)
      problems.push({
        id: 'Backup-DuplicateFramework',
        severity: 'warning',
        property: 'controls',
        message: `\`controls\` are those of \`${twin.node.path}\`, and AWS Backup refuses a framework with the same controls and parameters as another`,
        fix: 'leave one of the frameworks out, or change a parameter',
      });
    return [
      ...problems,
      // said once, by the framework that goes beyond
      ...(count(before) <= AUDIT_QUOTAS.controls.max
        ? placeQuotaProblems('Backup-ControlQuota', 'controls', sum, AUDIT_QUOTAS.controls)
        : []),
      ...recorderProblems(this, 'controls'),
    ];
  }

  /** The controls in an order of their own. */
  private fingerprint(): string {
    return this.allControls
      .map((control) => JSON.stringify(control._asValues))
      .sort()
      .join();
  }
}

const CONTROL = {
  id: 'Backup-FrameworkControl',
  what: 'a `FrameworkControl`',
  fix: 'use for example `FrameworkControl.resourcesProtectedByBackupPlan()`',
};

function isControl(value: unknown): boolean {
  return value instanceof FrameworkControl;
}

/** A framework that was made elsewhere. */
class ImportedFramework extends Resource implements IFrameworkRef {
  public readonly frameworkRef: FrameworkReference;

  constructor(scope: Construct, id: string, frameworkArn: string) {
    super(scope, id, { environmentFromArn: frameworkArn });
    this.frameworkRef = { frameworkArn };
  }
}
