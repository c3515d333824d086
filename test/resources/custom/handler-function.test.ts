import { App, Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { BackupRegionSettings } from '../../../src/resources/custom/backup-region-settings';
import { ResourceType } from '../../../src/values/resource-type/resource-type';

test('the function of custom resources is invoked as long as CloudFormation waits, and its log is kept a year', () => {
  const stack = new Stack(new App(), 'Stack');
  new BackupRegionSettings(stack, 'Settings', { optIn: [ResourceType.S3] });
  const template = Template.fromStack(stack);
  template.hasResourceProperties('AWS::Lambda::EventInvokeConfig', {
    MaximumEventAgeInSeconds: 900,
    MaximumRetryAttempts: 2,
    Qualifier: '$LATEST',
  });
  template.hasResource('AWS::Logs::LogGroup', {
    Properties: { RetentionInDays: 365 },
    DeletionPolicy: 'RetainExceptOnCreate',
  });
  template.hasResourceProperties('AWS::Lambda::Function', {
    LoggingConfig: { LogGroup: { Ref: Match.stringLikeRegexp('Log') } },
  });
  template.hasResource('Custom::BackupRegionSettings', {
    DependsOn: Match.arrayWith([Match.stringLikeRegexp('Invocations')]),
  });
});
