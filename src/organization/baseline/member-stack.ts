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
import { BackupError, type Problem, problem, throwErrors } from '../../values/core/problem';

/** Receives the template for member accounts once it is synthesized. */
export type TemplateReceiver = (template: string, file: FileAssetSource) => void;

/**
 * The stack that the StackSet creates in each member account and Region. It is part of the construct tree, so that tags,
 * aspects and validation reach it. The app doesn't deploy it, because its template goes into the StackSet.
 */
export class MemberStack extends Stack {
  /** The file of the template, next to those of the stacks that the app deploys. */
  public override readonly templateFile: string;

  constructor(scope: Construct, id: string, description: string, receiver: TemplateReceiver) {
    super(scope, id, {
      description,
      env: { account: Aws.ACCOUNT_ID, region: Aws.REGION },
      synthesizer: new MemberSynthesizer(receiver),
      analyticsReporting: false,
    });
    this.templateFile = `${this.artifactId}.members.template.json`;
    // construct paths would take a third of the maximum template size
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

  /** The parent stack is synthesized after this one. */
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
        problem({
          id: 'Backup-BaselineAsset',
          property: 'memberStack',
          message: (label) =>
            `${label('memberStack')} can't contain file or image assets, which are not published to member accounts, got \`${what}\``,
          fix: 'create the resources that need them in separate stacks',
        }),
      ],
      this.boundStack.node.path,
    );
  }
}

/** A stack in another account can't refer to stacks of this app, or they to it. */
function isolationProblems(template: { Outputs?: Record<string, { Export?: unknown }> }): Problem[] {
  const foreign = /"(Fn::ImportValue|Fn::GetStackOutput)":/.exec(JSON.stringify(template))?.[1];
  const exported = Object.entries(template.Outputs ?? {}).find(([, { Export }]) => Export !== undefined)?.[0];
  const base = { id: 'Backup-BaselineReference', property: 'memberStack' } as const;
  return [
    ...(foreign === undefined
      ? []
      : [
          problem({
            ...base,
            message: `\`memberStack\` can't refer to other stacks, which don't exist in member accounts, got \`${foreign}\``,
            fix: 'use literal names and ARNs',
          }),
        ]),
    ...(exported === undefined
      ? []
      : [
          problem({
            ...base,
            message: `\`memberStack\` can't be referenced from other stacks, which are in other accounts, got the export \`${exported}\``,
            fix: 'use literal names and ARNs',
          }),
        ]),
  ];
}
