import { Lazy, Resource, Stack } from 'aws-cdk-lib';
import { CfnFramework, type FrameworkReference, type IFrameworkRef } from 'aws-cdk-lib/aws-backup';
import { propertyInjectable } from 'aws-cdk-lib/core/lib/prop-injectable';
import type { Construct } from 'constructs';
import { AUDIT_QUOTAS } from '../../values/audit/audit-quotas';
import { ownRegionProblems } from '../../values/audit/control-laws';
import { frameworkProblems } from '../../values/audit/framework-laws';
import { show } from '../../values/core/amounts';
import { backupArnProblems } from '../../values/core/backup-arns';
import { descriptionProblems } from '../../values/core/descriptions';
import { NAME_LAWS, nameProblems } from '../../values/core/names';
import { type Problem, problem, refuse, throwErrors } from '../../values/core/problem';
import { placeQuotaProblems } from '../../values/core/quotas';
import { regionProblems } from '../../values/core/service-regions';
import { listProblems, propsProblems } from '../core/argument-checks';
import { enforce, synthesisErrors } from '../core/enforce';
import { generatedName } from '../core/generated-name';
import {
  duplicateNameProblems,
  isCertainlyShared,
  siblingsInEnvironment,
} from '../core/siblings-in-environment';
import { recorderProblems } from './config-recorder';
import { FrameworkControl } from './framework-control';

/** Properties of a `BackupFramework`. */
export interface BackupFrameworkProps {
  /**
   * The name, 1 to 256 letters, digits and `_`, starting with a letter. Changing it replaces the framework.
   *
   * @default - generated from the path of the construct: unique in the app, and stable
   */
  readonly frameworkName?: string;

  /**
   * The description, at most 1024 characters.
   *
   * @default - none
   */
  readonly description?: string;

  /**
   * The controls. A framework needs at least one; `addControl()` adds more.
   *
   * @default - none; add them with `addControl()`
   */
  readonly controls?: FrameworkControl[];
}

/**
 * A framework of AWS Backup Audit Manager: controls that continuously evaluate whether your backups meet your
 * requirements.
 *
 * The controls are AWS Config rules. AWS Config must record `AWS::Backup::BackupPlan`, `AWS::Backup::BackupSelection`,
 * `AWS::Backup::BackupVault`, `AWS::Backup::RecoveryPoint`, `AWS::Config::ResourceCompliance` and the resource types
 * that you back up. Without a configuration recorder in the Region, the stack deploys successfully, but the framework
 * ends up with the deployment status FAILED.
 *
 * @see https://docs.aws.amazon.com/aws-backup/latest/devguide/working-with-audit-frameworks.html
 */
@propertyInjectable
export class BackupFramework extends Resource implements IFrameworkRef {
  /** Uniquely identifies this class. */
  public static readonly PROPERTY_INJECTION_ID: string = 'cdk-backup-constructs.BackupFramework';

  /** Refers to an existing framework by its ARN; it may be in another account or Region. */
  public static fromFrameworkArn(scope: Construct, id: string, frameworkArn: string): IFrameworkRef {
    throwErrors(backupArnProblems('framework', frameworkArn, 'frameworkArn'), `${scope.node.path}/${id}`);
    return new ImportedFramework(scope, id, frameworkArn);
  }

  /** The name of the framework. */
  public readonly frameworkName: string;

  private readonly resource: CfnFramework;
  private readonly allControls: FrameworkControl[] = [];

  constructor(scope: Construct, id: string, props: BackupFrameworkProps = {}) {
    super(scope, id);
    enforce(this, propsProblems('Backup-Framework', props, 'BackupFrameworkProps'));
    const { max } = NAME_LAWS.framework;
    this.frameworkName = props.frameworkName ?? generatedName(scope, id, { maxLength: max, separator: '_' });
    enforce(this, [
      ...nameProblems('framework', this.frameworkName, 'frameworkName'),
      ...descriptionProblems('Backup-FrameworkDescription', props.description),
      ...listProblems(props.controls, isControl, { ...CONTROL, property: 'controls' }),
      ...regionProblems('auditManager', Stack.of(this).region),
      ...this.siblingProblems(),
    ]);
    for (const control of props.controls ?? []) this.addControl(control);

    this.resource = new CfnFramework(this, 'Resource', {
      frameworkName: this.frameworkName,
      frameworkDescription: props.description,
      frameworkControls: Lazy.any({ produce: () => this.allControls.map((control) => control._render()) }),
    });
    this.node.addValidation({ validate: () => synthesisErrors(this, this.synthesisProblems()) });
  }

  /** The ARN of the framework. */
  public get frameworkArn(): string {
    return this.resource.attrFrameworkArn;
  }

  /** The deployment status of the framework, known at deployment; FAILED if AWS Config has no recorder. */
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

  /** Adds a control. Each control of a framework must be unique. */
  public addControl(control: FrameworkControl): void {
    if (!isControl(control))
      throw refuse(
        CONTROL.id,
        'control',
        `\`control\` must be ${CONTROL.what}, got ${show(control)}`,
        CONTROL.fix,
      );
    const { region } = Stack.of(this);
    enforce(this, [
      ...control._warnings,
      ...ownRegionProblems(control.controlName, control.parameters, region, 'regions'),
    ]);
    this.allControls.push(control);
  }

  /** All frameworks in the account and Region, in the order of creation. */
  private siblings(): BackupFramework[] {
    return siblingsInEnvironment<BackupFramework>(this, 'framework');
  }

  private siblingProblems(): Problem[] {
    const others = this.siblings();
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

  private synthesisProblems(): Problem[] {
    const others = this.siblings();
    const before = others.slice(0, others.indexOf(this));
    const count = (frameworks: BackupFramework[]) => frameworks.flatMap((each) => each.allControls).length;
    const sum = count(before) + this.allControls.length;
    const twins = before.filter((other) => other.fingerprint() === this.fingerprint());
    const certain = twins.find((other) => isCertainlyShared(this, other));
    const twin = certain ?? twins[0];
    const problems = frameworkProblems(this.allControls.map((control) => control._asValues));
    if (problems.length === 0 && twin)
      problems.push(
        problem({
          id: isCertainlyShared(this, twin)
            ? 'Backup-DuplicateFramework'
            : 'Backup-PossibleDuplicateFramework',
          property: 'controls',
          message: (label) =>
            `${label('controls')} are those of \`${twin.node.path}\`, but AWS Backup rejects a framework with the same controls and parameters as another`,
          fix: 'remove one of the frameworks or change a parameter',
        }),
      );
    return [
      ...problems,
      // reported once, by the framework that exceeds the quota
      ...(count(before) <= AUDIT_QUOTAS.controls.max
        ? placeQuotaProblems('Backup-ControlQuota', 'controls', sum, AUDIT_QUOTAS.controls)
        : []),
      ...recorderProblems(this, 'controls'),
    ];
  }

  /** The controls in a canonical order. */
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
  fix: 'for example, use `FrameworkControl.resourcesProtectedByBackupPlan()`',
} as const;

function isControl(value: unknown): boolean {
  return value instanceof FrameworkControl;
}

/** A framework created elsewhere. */
class ImportedFramework extends Resource implements IFrameworkRef {
  public readonly frameworkRef: FrameworkReference;

  constructor(scope: Construct, id: string, frameworkArn: string) {
    super(scope, id, { environmentFromArn: frameworkArn });
    this.frameworkRef = { frameworkArn };
  }
}
