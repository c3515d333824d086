import {
  flagProblems,
  kindProblems,
  listProblems,
  propsProblems,
  requiredKindProblems,
} from '../../resources/core/argument-checks';
import { isKnown } from '../../values/core/amounts';
import { type Problem, problem } from '../../values/core/problem';
import { unknownPropertyProblems } from '../../values/core/unknown-properties';
import type { RestoreMountProps } from './restore-mount-props';

const ID = 'Backup-RestoreMount';

/** What is wrong with the properties of a mount. */
export function mountProblems(props: RestoreMountProps): Problem[] {
  const wrong = propsProblems(ID, props ?? null);
  if (wrong.length > 0) return wrong;
  const { vpc, subnets, sources, image, repository, assignPublicIp } = props;
  const has = (key: string) => (value: Record<string, unknown>) => value[key] !== undefined;
  return [
    ...unknownPropertyProblems(props, 'RestoreMountProps'),
    ...requiredKindProblems(vpc, has('vpcRef'), { id: ID, property: 'vpc', what: 'a VPC' }),
    ...requiredKindProblems(subnets, (list: unknown) => Array.isArray(list) && list.length > 0, {
      id: ID,
      property: 'subnets',
      what: 'a list with at least one subnet',
      fix: 'for example, use `vpc.privateSubnets`',
    }),
    ...(Array.isArray(subnets)
      ? listProblems(subnets, has('subnetRef'), { id: ID, property: 'subnets', what: 'a subnet' })
      : []),
    ...listProblems(sources, has('fileSystemRef'), {
      id: ID,
      property: 'sources',
      what: 'an EFS file system',
    }),
    ...kindProblems(image, (value: unknown) => typeof value === 'string' && value !== '', {
      id: ID,
      property: 'image',
      what: 'the name of a container image',
      fix: 'for example, use `public.ecr.aws/docker/library/busybox:1.37`',
    }),
    ...kindProblems(repository, has('repositoryRef'), {
      id: ID,
      property: 'repository',
      what: 'an ECR repository',
    }),
    ...flagProblems(ID, 'assignPublicIp', assignPublicIp),
    ...(repository !== undefined && image === undefined
      ? [
          problem({
            id: ID,
            property: 'image',
            message: (label) => `${label('image')} must be set with \`repository\``,
            fix: 'set the URI of an image in that repository',
          }),
        ]
      : []),
    ...privateImageProblems(image, repository !== undefined),
  ];
}

/** An image in a private repository can't be pulled without permissions. */
function privateImageProblems(image: unknown, hasRepository: boolean): Problem[] {
  if (typeof image !== 'string' || !isKnown(image) || hasRepository) return [];
  if (!/^\d{12}\.dkr[.-]ecr[.-]/.test(image)) return [];
  return [
    problem({
      id: ID,
      property: 'repository',
      message: (label) =>
        `${label('repository')} must be set for an image in a private ECR repository, got \`${image}\``,
      fix: 'pass the repository, so that the task may pull the image',
    }),
  ];
}
