import { own } from '../../template/input/files';
import type { StackScope } from '../../template/input/stack';
import { closestName } from '../../values/core/closest-name';

const PSEUDO: ReadonlySet<string> = new Set(
  'AccountId NotificationARNs NoValue Partition Region StackId StackName URLSuffix'
    .split(' ')
    .map((name) => `AWS::${name}`),
);
const SAM = 'AWS::Serverless-2016-10-31';
/** Transforms that add no resources, except SAM. */
const READABLE: ReadonlySet<unknown> = new Set([
  SAM,
  'AWS::LanguageExtensions',
  'AWS::SecretsManager-2020-07-23',
]);
/** Resources that SAM adds, besides those whose ids start with the id of a resource. */
const ADDED_BY_SAM = /^(Serverless|CodeDeployServiceRole)/;
/** Sections of templates that `aws cloudformation package` and Rain turn into resources. */
const PACKAGED = ['Modules', 'Rain'];

/** What references in a template may lead to. */
export class TemplateNames {
  public readonly resources: ReadonlySet<string>;
  public readonly conditions: ReadonlySet<string>;
  /** What `Ref` accepts: resources, parameters and pseudo parameters. */
  public readonly referable: ReadonlySet<string>;
  private readonly template: unknown;
  private readonly transforms: readonly unknown[];
  /** Ids that begin so may be those of resources that a transform or a module adds. */
  private readonly added: readonly string[];
  /** What was probably meant. Many references may have the same wrong name. */
  private readonly meant = new WeakMap<ReadonlySet<string>, Map<string, string | undefined>>();

  constructor(stack: StackScope) {
    this.template = stack.source.template;
    this.transforms = [own(this.template, 'Transform') ?? []].flat();
    this.resources = new Set(stack.names('Resources'));
    this.referable = new Set([...this.resources, ...stack.names('Parameters'), ...PSEUDO]);
    this.conditions = new Set(stack.names('Conditions'));
    this.added = [...this.resources].filter((logicalId) => {
      const type = stack.resources.get(logicalId)?.type ?? '';
      // a resource without a type of CloudFormation is a module of a packager
      return !type.includes('::') || type.startsWith('AWS::Serverless::') || type.endsWith('::MODULE');
    });
  }

  /** Whether everything that references may lead to is in the template itself. */
  public areComplete(): boolean {
    const loops = [...this.resources, ...this.conditions].some((name) => name.startsWith('Fn::'));
    // a packager replaces modules by what is in them
    const isPackaged = PACKAGED.every((section) => own(this.template, section) === undefined);
    return !loops && isPackaged && this.transforms.every((name) => READABLE.has(name));
  }

  /** Whether a transform or a module may add something of this name. */
  public mayBeAdded(name: string): boolean {
    if (this.added.some((id) => name.startsWith(id))) return true;
    return ADDED_BY_SAM.test(name) && this.transforms.includes(SAM);
  }

  /** The name that was probably meant instead of one that isn't among some names; undefined if none is close. */
  public closest(name: string, names: ReadonlySet<string>): string | undefined {
    const known = this.meant.get(names) ?? new Map<string, string | undefined>();
    this.meant.set(names, known);
    if (!known.has(name))
      known.set(
        name,
        closestName(
          name,
          [...names].filter((each) => !PSEUDO.has(each)),
        ),
      );
    return known.get(name);
  }
}
