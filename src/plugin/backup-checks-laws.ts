import { checkIdFix, isCheckId } from '../configuration/check-ids';
import { ConfigurationError } from '../configuration/configuration';
import { flagProblems, kindProblems, listProblems, propsProblems } from '../resources/core/argument-checks';
import type { InputError } from '../template/input/input-error';
import { isKnown, show } from '../values/core/amounts';
import type { Problem } from '../values/core/problem';
import { problem } from '../values/core/problem';
import { objectivesProblems } from '../values/objectives/objective-laws';
import { ResourceType } from '../values/resource-type/resource-type';
import { standardListProblems } from '../values/standards/standard-list-laws';
import type { BackupChecksProps } from './backup-checks-props';
import { CheckSeverity } from './check-severity';
import { ChecksFailOn } from './checks-fail-on';

/** The law of the properties of `BackupChecks`. */
export function backupChecksProblems(props: BackupChecksProps): Problem[] {
  const wrong = propsProblems('Backup-ChecksProps', props ?? null, 'BackupChecksProps');
  if (wrong.length > 0) return wrong;
  return [
    ...kindProblems(
      props.configurationFile,
      (file: string) => typeof file === 'string' && isKnown(file) && /\S/.test(file),
      { id: 'Backup-ConfigurationFile', property: 'configurationFile', what: 'the path of a file' },
    ),
    ...minimumProblems(props.minimumCoverage),
    ...kindProblems(props.failOn, (value: ChecksFailOn) => Object.values(ChecksFailOn).includes(value), {
      id: 'Backup-FailOn',
      property: 'failOn',
      what: '`ChecksFailOn.ERROR`, `WARNING` or `NEVER`',
    }),
    ...severitiesProblems(props.severities),
    ...disabledProblems(props.disabled),
    ...flagProblems('Backup-ChecksNotes', 'notes', props.notes),
    ...kindProblems(
      props.reportFile,
      (file: string) => typeof file === 'string' && isKnown(file) && /\S\.html$/.test(file),
      {
        id: 'Backup-ChecksReport',
        property: 'reportFile',
        what: 'the path of a file that ends with `.html`',
      },
    ),
    ...listProblems(props.resourceTypes, (type: unknown) => type instanceof ResourceType, {
      id: 'Backup-ResourceTypes',
      property: 'resourceTypes',
      what: 'a `ResourceType`',
      fix: 'for example, use `ResourceType.of`',
    }),
    ...objectivesProblems(props.objectives),
    ...(props.standards === undefined ? [] : standardListProblems(props.standards)),
    ...flagProblems('Backup-AcknowledgeNagRules', 'acknowledgeNagRules', props.acknowledgeNagRules),
  ];
}

function minimumProblems(minimum: unknown): Problem[] {
  const percent = typeof minimum === 'number' && minimum > 1 && minimum <= 100;
  return kindProblems(minimum, (share: number) => typeof share === 'number' && share >= 0 && share <= 1, {
    id: 'Backup-MinimumCoverage',
    property: 'minimumCoverage',
    what: 'a number from 0 to 1, known at synthesis',
    fix: percent ? `write ${minimum / 100} for ${minimum} %` : undefined,
  });
}

function severitiesProblems(severities: unknown): Problem[] {
  const id = 'Backup-CheckSeverity';
  const wrong = kindProblems(severities, (given) => typeof given === 'object' && !Array.isArray(given), {
    id,
    property: 'severities',
    what: 'an object with check IDs as keys',
  });
  if (wrong.length > 0 || severities === undefined) return wrong;
  return Object.entries(severities as object).flatMap(([check, severity]) => [
    ...idProblems('severities', check),
    ...kindProblems(
      severity ?? null,
      (given: CheckSeverity) => Object.values(CheckSeverity).includes(given),
      {
        id,
        property: `severities['${check}']`,
        what: '`CheckSeverity.ERROR`, `WARNING` or `NOTE`',
        fix: 'to disable the check, add it to `disabled`',
      },
    ),
  ]);
}

function disabledProblems(disabled: unknown): Problem[] {
  const wrong = listProblems(disabled, (id: unknown) => typeof id === 'string' && isKnown(id), {
    id: 'Backup-DisabledChecks',
    property: 'disabled',
    what: 'the ID of a check',
  });
  if (wrong.length > 0 || disabled === undefined) return wrong;
  return (disabled as string[]).flatMap((id) => idProblems('disabled', id));
}

function idProblems(property: string, given: string): Problem[] {
  if (isCheckId(given)) return [];
  return [
    problem({
      id: 'Backup-CheckId',
      property,
      message: (label) => `${label(property)} must contain check IDs, got ${show(given)}`,
      fix: checkIdFix(given),
    }),
  ];
}

/** The problems of a configuration file or a baseline, which the plugin reads when it is created. */
export function configurationProblems(error: ConfigurationError | InputError): Problem[] {
  const lines = error instanceof ConfigurationError ? error.lines : [error.message];
  return lines.map((message) =>
    problem({ id: 'Backup-ConfigurationFile', property: 'configurationFile', message }),
  );
}
