import * as path from 'node:path';
import {
  type Configuration,
  findConfiguration,
  NO_CONFIGURATION,
  readConfiguration,
} from '../../configuration/configuration';
import type { Arguments } from './arguments';
import type { Io } from './io';
import { relativeTo } from './place-labels';

/** The configuration that `--config` names, or the nearest one. */
export function configurationOf(args: Arguments, io: Io): Configuration {
  const named = args.get('config');
  // as the user named it in messages
  const file = named ?? findConfiguration(io.cwd);
  if (file === undefined) return NO_CONFIGURATION;
  const configuration = readConfiguration(path.resolve(io.cwd, file));
  return { ...configuration, file: relativeTo(io.cwd, file) };
}
