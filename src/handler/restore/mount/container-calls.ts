/** The parts of Amazon ECS and CloudWatch Logs that mounts need, whose clients come with the runtime of AWS Lambda. */
export interface ContainerCalls {
  'ecs:DeleteTaskDefinitions': [{ readonly taskDefinitions: readonly string[] }, object];
  'ecs:DeregisterTaskDefinition': [{ readonly taskDefinition: string }, object];
  'ecs:DescribeTasks': [
    { readonly cluster: string; readonly tasks: readonly string[] },
    { readonly tasks?: readonly Task[] },
  ];
  'ecs:ListTaskDefinitions': [
    { readonly familyPrefix: string; readonly status: 'ACTIVE' | 'INACTIVE' },
    { readonly taskDefinitionArns?: readonly string[] },
  ];
  'ecs:ListTasks': [
    { readonly cluster: string; readonly family: string; readonly desiredStatus: 'RUNNING' | 'STOPPED' },
    { readonly taskArns?: readonly string[] },
  ];
  'ecs:RegisterTaskDefinition': [
    TaskDefinition,
    { readonly taskDefinition?: { readonly taskDefinitionArn?: string } },
  ];
  'ecs:RunTask': [TaskRun, { readonly tasks?: readonly Task[]; readonly failures?: readonly TaskFailure[] }];
  'ecs:StopTask': [{ readonly cluster: string; readonly task: string; readonly reason: string }, object];
  'logs:FilterLogEvents': [
    { readonly logGroupName: string; readonly logStreamNamePrefix: string; readonly nextToken?: string },
    { readonly events?: readonly { readonly message?: string }[]; readonly nextToken?: string },
  ];
}

/** What is read of a task. */
export interface Task {
  readonly lastStatus?: string;
  readonly stoppedReason?: string;
  readonly stoppedAt?: Date;
  readonly containers?: readonly { readonly exitCode?: number; readonly reason?: string }[];
}

/** Why a task couldn't be placed. */
export interface TaskFailure {
  readonly reason?: string;
  readonly detail?: string;
}

/** A task that is started. */
export interface TaskRun {
  readonly cluster: string;
  readonly taskDefinition: string;
  readonly launchType: 'FARGATE';
  readonly clientToken: string;
  readonly networkConfiguration: {
    readonly awsvpcConfiguration: {
      readonly subnets: readonly string[];
      readonly securityGroups: readonly string[];
      readonly assignPublicIp: 'ENABLED' | 'DISABLED';
    };
  };
}

/** A task definition for AWS Fargate. */
export interface TaskDefinition {
  readonly family: string;
  readonly networkMode: 'awsvpc';
  readonly requiresCompatibilities: readonly ['FARGATE'];
  readonly cpu: string;
  readonly memory: string;
  readonly taskRoleArn: string;
  readonly executionRoleArn: string;
  readonly volumes: readonly TaskVolume[];
  readonly containerDefinitions: readonly {
    readonly name: string;
    readonly image: string;
    readonly essential: true;
    readonly user: string;
    readonly readonlyRootFilesystem: true;
    readonly entryPoint: readonly string[];
    readonly command: readonly string[];
    readonly environment: readonly { readonly name: string; readonly value: string }[];
    readonly mountPoints: readonly {
      readonly sourceVolume: string;
      readonly containerPath: string;
      readonly readOnly: boolean;
    }[];
    readonly logConfiguration: {
      readonly logDriver: 'awslogs';
      readonly options: Readonly<Record<string, string>>;
    };
  }[];
}

/** A volume of a task: an EFS file system, or empty space. */
export interface TaskVolume {
  readonly name: string;
  readonly efsVolumeConfiguration?: {
    readonly fileSystemId: string;
    readonly rootDirectory: '/';
    readonly transitEncryption: 'ENABLED';
    readonly authorizationConfig: { readonly iam: 'ENABLED' };
  };
}
