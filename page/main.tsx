import { render } from 'preact';
import { App } from './app';
import './styles.css';
import { readData } from './data';
import { Page } from './model';

async function start(): Promise<void> {
  const root = document.getElementById('app');
  if (!root) return;
  const page = new Page(await readData());
  root.textContent = ''; // the summary that was there before
  render(<App page={page} />, root);
}

/** Exported, since esbuild wraps every module of an entry point without exports. */
export const started = start();
