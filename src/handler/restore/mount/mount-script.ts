import type { Level } from '../check';

/** What the script gets besides the folders: everything in its environment. */
export interface ScriptInput {
  /** Starts each line of the result, so that nothing else in the log is mistaken for one. */
  readonly mark: string;
  readonly level: Level;
  /** The folder of the restored file system. */
  readonly restored: string;
  /** The folder of its source; undefined if the source isn't mounted. */
  readonly source?: string;
  readonly samples: number;
  /** A whole number, for the choice of samples. */
  readonly seed: number;
  /** What changed in the source after this isn't compared: seconds since the epoch. */
  readonly since?: number;
}

/** Larger files are read in part: their beginning and their end. */
const MAX_BYTES = 8 * 1024 * 1024;

/**
 * Counts, compares and runs commands in a restored file system: the command of a container, `sh -c SCRIPT restore-check
 * COMMAND…`. Needs only what POSIX shells, BusyBox and GNU have: `sh`, `find`, `stat -c`, `awk`, `sha256sum`, `head -c`,
 * `tail -c`, `tr`, `wc`, `grep`, `readlink`. Names of files are passed as arguments and never parsed, so that they can hold
 * anything.
 *
 * Each line of the result is the mark, a key and a value, each key once. The last has the key `done`, and how many are before it.
 */
export const MOUNT_SCRIPT = `
export T="\${TMPDIR:-/tmp}"
lines=0
say() { printf '%s %s %s\\n' "$MARK" "$1" "$2"; lines=$((lines + 1)); }
end() { say done "$lines"; exit 0; }
line() { head -n 1 "$1" | tr '\\000-\\037' ' ' | cut -c 1-300; }
reaches() { case " $LEVELS " in *" $1 "*) return 0 ;; esac; return 1; }

# a full restore puts everything into one folder, aws-backup-restore_TIME
BASE=$RESTORED
ls -A "$RESTORED" >/dev/null 2>"$T/err" || { say closed "$(line "$T/err")"; end; }
only=
entries=0
for entry in "$RESTORED"/* "$RESTORED"/.[!.]* "$RESTORED"/..?*; do
  [ -e "$entry" ] || [ -L "$entry" ] || continue
  case "\${entry##*/}" in aws-backup-lost+found_*) continue ;; esac
  entries=$((entries + 1))
  only=$entry
done
case "\${only##*/}" in
  aws-backup-restore_*)
    # unless the source itself has this folder, from an earlier restore into it
    if [ "$entries" -eq 1 ] && [ -d "$only" ] && [ ! -L "$only" ]; then
      [ -n "$SOURCE" ] && [ -e "$SOURCE/\${only##*/}" ] || BASE=$only
    fi ;;
esac
export BASE
say opens yes
reaches counts || end

# files, bytes, and bytes as Amazon EFS meters them: 4 KiB steps, and 2 KiB for each entry
measure() {
  find "$1" -mindepth 1 -exec stat -c '%f %s' {} + 2>"$T/err" | awk '
    $1 ~ /^4...$/ { metered += 6144; next }
    { files++; steps = 1 }
    $1 ~ /^8...$/ { bytes += $2; if ($2 > 4096) steps = int(($2 + 4095) / 4096) }
    { metered += steps * 4096 + 2048 }
    END { printf "%.0f %.0f %.0f\\n", files, bytes, metered }'
}
found=$(measure "$BASE")
say counted "$found"
[ -s "$T/err" ] && say unread "$(wc -l <"$T/err" | tr -d ' ') $(line "$T/err")"
if [ -n "$SOURCE" ]; then
  say source "$(measure "$SOURCE")"
  # the source is in use: files come and go
  grep -v -e 'No such file' -e 'Stale' "$T/err" >"$T/errors"
  [ -s "$T/errors" ] && say sourceunread "$(wc -l <"$T/errors" | tr -d ' ') $(line "$T/errors")"
fi
reaches samples || end

export PICKS="$(awk -v n="\${found%% *}" -v k="$SAMPLES" -v seed="$SEED" 'BEGIN {
  srand(seed)
  if (k > n) k = n
  while (c < k) { i = int(rand() * n) + 1; if (!(i in picked)) { picked[i] = 1; c++; printf " %d", i } }
}')"
echo 0 >"$T/seen"
find "$BASE" -mindepth 1 ! -type d -exec sh -c "$READ" sh {} + >"$T/samples" 2>"$T/err"
outcome() { grep -c "^$1$" "$T/samples"; }
say sampled "$(outcome equal) $(outcome different) $(outcome alone) $(outcome unread)"
[ -s "$T/err" ] && say unsampled "$(line "$T/err")"
reaches queries || end

cd "$BASE" || end
number=0
for command; do
  number=$((number + 1))
  sh -c "$command" >"$T/out" 2>&1 </dev/null
  code=$?
  if [ "$code" -ne 0 ]; then
    say failed "$number $code $(tail -c 300 "$T/out" | tr '\\000-\\037' ' ')"
    end
  fi
done
say passed "$number"
end
`;

/** Reads the files that were picked, and compares them with the source: \`sh -c READ sh FILE…\`, several times. */
export const READ_SCRIPT = `
content() {
  if [ -L "$1" ]; then printf 'link '; readlink "$1" | sha256sum
  elif [ -f "$1" ]; then
    size=$(stat -c %s "$1") || return 1
    rm -f "$T/bad"
    printf '%s ' "$size"
    {
      head -c ${MAX_BYTES} "$1" || : >"$T/bad"
      [ "$size" -le ${MAX_BYTES} ] || tail -c ${MAX_BYTES} "$1" || : >"$T/bad"
    } | sha256sum
    [ ! -e "$T/bad" ]
  else stat -c %F "$1"
  fi
}
# whether the source changed or lost the file since, also while it is read
since() {
  changed=$(stat -c %Z "$theirs" 2>/dev/null) || return 0
  [ -n "$SINCE" ] && [ "$changed" -gt "$SINCE" ]
}
seen=$(cat "$T/seen")
for file; do
  seen=$((seen + 1))
  case "$PICKS " in *" $seen "*) ;; *) continue ;; esac
  own=$(content "$file") || { echo unread; continue; }
  theirs=$SOURCE\${file#"$BASE"}
  if [ -z "$SOURCE" ] || { [ ! -e "$theirs" ] && [ ! -L "$theirs" ]; }; then echo alone; continue; fi
  since && { echo alone; continue; }
  other=$(content "$theirs") || { since && echo alone || echo unread; continue; }
  if [ "$own" = "$other" ]; then echo equal
  elif since; then echo alone
  else echo different
  fi
done
echo "$seen" >"$T/seen"
`;

const DEEPER: readonly Level[] = ['counts', 'samples', 'queries'];

/** The environment that the script reads. */
export function scriptEnvironment(input: ScriptInput): Record<string, string> {
  return {
    MARK: input.mark,
    LEVELS: DEEPER.slice(0, DEEPER.indexOf(input.level) + 1).join(' '),
    RESTORED: input.restored,
    SOURCE: input.source ?? '',
    SAMPLES: String(input.samples),
    SEED: String(input.seed),
    SINCE: input.since === undefined ? '' : String(input.since),
    READ: READ_SCRIPT,
  };
}

/** What the script wrote, by key; undefined for what it didn't reach. */
export interface ScriptResult {
  readonly opens?: string;
  /** Why the folder can't be listed. */
  readonly closed?: string;
  readonly counted?: Counted;
  readonly source?: Counted;
  /** How many folders and files couldn't be read, and why the first. */
  readonly unread?: string;
  readonly sourceunread?: string;
  readonly sampled?: {
    readonly equal: number;
    readonly different: number;
    readonly alone: number;
    unread: number;
  };
  readonly unsampled?: string;
  /** How many commands passed. */
  readonly passed?: number;
  readonly failed?: { readonly number: number; readonly code: number; readonly output: string };
}

/** What a folder holds. */
export interface Counted {
  readonly files: number;
  readonly bytes: number;
  /** As Amazon EFS meters them. */
  readonly metered: number;
}

/** Reads the lines of a log, in any order; undefined unless the script is done, and all of its lines are there. */
export function readResult(lines: readonly string[], mark: string): ScriptResult | undefined {
  const found = new Map<string, string[]>();
  for (const line of lines) {
    if (!line.startsWith(`${mark} `)) continue;
    const [key, ...words] = line.slice(mark.length + 1).split(' ');
    found.set(key, words);
  }
  if (found.get('done')?.[0] !== String(found.size - 1)) return undefined;
  const text = (key: string) => found.get(key)?.join(' ').trim();
  const numbers = (key: string) => found.get(key)?.map(Number);
  const counted = (key: string): Counted | undefined => {
    const [files, bytes, metered] = numbers(key) ?? [];
    return files === undefined ? undefined : { files, bytes, metered };
  };
  const [equal, different, alone, unread] = numbers('sampled') ?? [];
  const [number, code, ...output] = found.get('failed') ?? [];
  return {
    opens: text('opens'),
    closed: text('closed'),
    counted: counted('counted'),
    source: counted('source'),
    unread: text('unread'),
    sourceunread: text('sourceunread'),
    sampled: equal === undefined ? undefined : { equal, different, alone, unread },
    unsampled: text('unsampled'),
    passed: numbers('passed')?.[0],
    failed:
      number === undefined
        ? undefined
        : { number: Number(number), code: Number(code), output: output.join(' ').trim() },
  };
}
