import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  Aws,
  type DockerImageAssetLocation,
  type DockerImageAssetSource,
  type FileAssetLocation,
  type FileAssetSource,
  type ISynthesisSession,
  Stack,
  StackSynthesizer,
} from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { BackupError, type Problem, throwErrors } from '../../values/core/problem';

/** Takes the template of the members when it is known. */
export type TemplateReceiver = (template: string, file: FileAssetSource) => void;

/**
 * The stack that StackSets make in each member account and Region. It is part of the construct tree, so that tags,
 * aspects and validation reach it; the app doesn't deploy it, since its template goes into the StackSet.
 */
export class MemberStack extends Stack {
  /** Beside the template of the stacks that the app deploys. */
  public override readonly templateFile: string;

  constructor(scope: Construct, id: string, description: string, receiver: TemplateReceiver) {
    super(scope, id, {
      description,
      env: { account: Aws.ACCOUNT_ID, region: Aws.REGION },
      synthesizer: new MemberSynthesizer(receiver),
      analyticsReporting: false,
    });
    this.templateFile = `${this.artifactId}.members.template.json`;
    // the paths of constructs would take a third of what a template may have, and change with them
    this.node.setContext('aws:cdk:enable-path-metadata', false);
  }
}

class MemberSynthesizer extends StackSynthesizer {
  constructor(private readonly receiver: TemplateReceiver) {
    super();
  }

  public addFileAsset(asset: FileAssetSource): FileAssetLocation {
    throw this.assetError(asset.displayName ?? asset.fileName ?? 'a file');
  }

  public addDockerImageAsset(asset: DockerImageAssetSource): DockerImageAssetLocation {
    throw this.assetError(asset.displayName ?? asset.directoryName ?? 'an image');
  }

  /** The stack above is synthesized after this one. */
  public synthesize(session: ISynthesisSession): void {
    const file = this.synthesizeTemplate(session);
    const text = readFileSync(join(session.assembly.outdir, this.boundStack.templateFile), 'utf8');
    const template = JSON.parse(text);
    throwErrors(isolationProblems(template), this.boundStack.node.path);
    this.receiver(JSON.stringify(template), file);
  }

  private assetError(what: string): BackupError {
    return new BackupError(
      [
        {
          id: 'Backup-BaselineAsset',
          severity: 'error',
          property: 'memberStack',
          message: `\`memberStack\` can't have files or images, since nobody brings them to the member accounts, got \`${what}\``,
          fix: 'make what needs them in stacks of their own',
        },
      ],
      this.boundStack.node.path,
    );
  }
}

/** A stack in another account can't refer to stacks of this app, nor they to it. */
function isolationProblems(template: { Outputs?: Record<string, { Export?: unknown }> }): Problem[] {
  const foreign = /"(Fn::ImportValue|Fn::GetStackOutput)":/.exec(JSON.stringify(template))?.[1];
  const exported = Object.entries(template.Outputs ?? {}).find(([, { Export }]) => Export !== undefined)?.[0];
  const problem = { id: 'Backup-BaselineReference', severity: 'error', property: 'memberStack' } as const;
  return [
    ...(foreign === undefined
      ? []
      : [
          {
            ...problem,
            message: `\`memberStack\` can't refer to other stacks, which aren't in the member accounts, got \`${foreign}\``,
            fix: 'give names and ARNs as literals',
          },
        ]),
    ...(exported === undefined
      ? []
      : [
          {
            ...problem,
            message: `\`memberStack\` can't be referred to from other stacks, which are in other accounts, got the export \`${exported}\``,
            fix: 'give names and ARNs as literals',
          },
        ]),
  ];
}
