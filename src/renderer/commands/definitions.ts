import type { Chord } from './chord.ts'

/** Where a chord counts. One chord never means two things in one place. */
export type CommandContext = 'anywhere' | 'terminal' | 'outside-terminal'

export type CommandGroup = 'navigate' | 'workspace' | 'terminal' | 'view'

export type CommandDefinition = {
  group: CommandGroup
  context: CommandContext
  mac?: readonly Chord[]
  /** Windows and Linux. */
  other?: readonly Chord[]
  /** Windows, where it differs from Linux. */
  windows?: readonly Chord[]
  /** The key after the leader chord. */
  leader?: string
}

/** On every platform and in every shell; then one letter. */
export const LEADER_CHORD: Chord = 'Ctrl+Shift+Space'

type ArrowName = 'Left' | 'Right' | 'Up' | 'Down'

/** What an arrow key does to terminals beside each other. Where Windows and Linux have a chord, the leader has the arrow. */
function arrow(name: ArrowName, modifiers: { mac: string; other?: string }): CommandDefinition {
  const { mac, other } = modifiers
  return {
    group: 'terminal',
    context: 'anywhere',
    mac: [`${mac}+${name}`],
    ...(other === undefined ? {} : { other: [`${other}+${name}`], leader: name }),
  }
}

/** Every command of Berth and its chords: what is not here belongs to the shell in the terminal. */
export const COMMANDS = {
  palette: { group: 'navigate', context: 'anywhere', mac: ['Cmd+K'], other: ['Ctrl+Shift+K'], leader: 'Space' },
  'command-list': {
    group: 'navigate',
    context: 'anywhere',
    mac: ['Cmd+Shift+P'],
    other: ['Ctrl+Shift+P'],
    leader: 'p',
  },
  'switch-worker': { group: 'navigate', context: 'anywhere', mac: ['Cmd+O'], other: ['Ctrl+Shift+O'], leader: 'o' },
  'choose-worker': { group: 'navigate', context: 'anywhere' },
  'add-worker': { group: 'navigate', context: 'anywhere' },
  'new-workspace': { group: 'workspace', context: 'anywhere', mac: ['Cmd+N'], other: ['Ctrl+Shift+N'], leader: 'n' },
  back: { group: 'navigate', context: 'outside-terminal', mac: ['Cmd+['], other: ['Alt+Left'], leader: ',' },
  forward: { group: 'navigate', context: 'outside-terminal', mac: ['Cmd+]'], other: ['Alt+Right'], leader: '.' },
  'focus-terminal': { group: 'navigate', context: 'anywhere', leader: 'g' },
  'next-region': { group: 'navigate', context: 'outside-terminal', mac: ['F6'], other: ['F6'], leader: 'Tab' },
  'previous-region': { group: 'navigate', context: 'outside-terminal', mac: ['Shift+F6'], other: ['Shift+F6'] },
  'start-workspace': { group: 'workspace', context: 'anywhere' },
  'stop-workspace': { group: 'workspace', context: 'anywhere' },
  'restart-workspace': { group: 'workspace', context: 'anywhere' },
  'rebuild-workspace': { group: 'workspace', context: 'anywhere' },
  'delete-workspace': { group: 'workspace', context: 'anywhere' },
  'show-terminals': { group: 'workspace', context: 'anywhere' },
  'show-logs': { group: 'workspace', context: 'anywhere' },
  'show-stats': { group: 'workspace', context: 'anywhere' },
  'show-workspace-settings': { group: 'workspace', context: 'anywhere' },
  'follow-log': { group: 'view', context: 'anywhere' },
  find: { group: 'view', context: 'anywhere', mac: ['Cmd+F'], other: ['Ctrl+Shift+F'], leader: 'f' },
  'find-next': { group: 'view', context: 'outside-terminal', mac: ['Cmd+G'], other: ['F3'] },
  'find-previous': { group: 'view', context: 'outside-terminal', mac: ['Cmd+Shift+G'], other: ['Shift+F3'] },
  'new-terminal': { group: 'terminal', context: 'anywhere', mac: ['Cmd+T'], other: ['Ctrl+Shift+T'], leader: 't' },
  'close-terminal': { group: 'terminal', context: 'anywhere', mac: ['Cmd+W'], other: ['Ctrl+Shift+W'], leader: 'w' },
  'close-tab': { group: 'terminal', context: 'anywhere' },
  'reopen-terminal': { group: 'terminal', context: 'anywhere', mac: ['Cmd+Shift+T'], leader: 'u' },
  'keep-in-background': { group: 'terminal', context: 'anywhere' },
  'rename-terminal': { group: 'terminal', context: 'anywhere' },
  'split-right': { group: 'terminal', context: 'anywhere', mac: ['Cmd+D'], other: ['Ctrl+Shift+D'], leader: 'd' },
  'split-down': { group: 'terminal', context: 'anywhere', mac: ['Cmd+Shift+D'], other: ['Ctrl+Shift+E'], leader: 'e' },
  'focus-left': arrow('Left', { mac: 'Cmd+Option', other: 'Alt+Shift' }),
  'focus-right': arrow('Right', { mac: 'Cmd+Option', other: 'Alt+Shift' }),
  'focus-up': arrow('Up', { mac: 'Cmd+Option', other: 'Alt+Shift' }),
  'focus-down': arrow('Down', { mac: 'Cmd+Option', other: 'Alt+Shift' }),
  'zoom-terminal': {
    group: 'terminal',
    context: 'anywhere',
    mac: ['Cmd+Shift+Enter'],
    other: ['Ctrl+Shift+Enter'],
    leader: 'z',
  },
  'resize-terminal': { group: 'terminal', context: 'anywhere', leader: 'r' },
  'resize-left': arrow('Left', { mac: 'Ctrl+Cmd' }),
  'resize-right': arrow('Right', { mac: 'Ctrl+Cmd' }),
  'resize-up': arrow('Up', { mac: 'Ctrl+Cmd' }),
  'resize-down': arrow('Down', { mac: 'Ctrl+Cmd' }),
  'move-terminal-left': { group: 'terminal', context: 'anywhere' },
  'move-terminal-right': { group: 'terminal', context: 'anywhere' },
  'move-terminal-up': { group: 'terminal', context: 'anywhere' },
  'move-terminal-down': { group: 'terminal', context: 'anywhere' },
  'move-terminal-to-new-tab': { group: 'terminal', context: 'anywhere' },
  'move-terminal-to-next-tab': { group: 'terminal', context: 'anywhere' },
  'move-terminal-to-previous-tab': { group: 'terminal', context: 'anywhere' },
  'move-tab-left': { group: 'terminal', context: 'anywhere' },
  'move-tab-right': { group: 'terminal', context: 'anywhere' },
  'next-terminal': {
    group: 'terminal',
    context: 'anywhere',
    mac: ['Cmd+Shift+]', 'Ctrl+Tab'],
    other: ['Ctrl+Tab'],
    leader: ']',
  },
  'previous-terminal': {
    group: 'terminal',
    context: 'anywhere',
    mac: ['Cmd+Shift+[', 'Ctrl+Shift+Tab'],
    other: ['Ctrl+Shift+Tab'],
    leader: '[',
  },
  copy: { group: 'terminal', context: 'terminal', mac: ['Cmd+C'], other: ['Ctrl+Shift+C'], leader: 'c' },
  paste: { group: 'terminal', context: 'terminal', mac: ['Cmd+V'], other: ['Ctrl+Shift+V'], leader: 'v' },
  'clear-scrollback': {
    group: 'terminal',
    context: 'terminal',
    mac: ['Cmd+Shift+Backspace'],
    other: ['Ctrl+Shift+Backspace'],
    leader: 'l',
  },
  'open-link': { group: 'terminal', context: 'terminal', leader: 'h' },
  'previous-command': {
    group: 'terminal',
    context: 'terminal',
    mac: ['Cmd+Up'],
    other: ['Ctrl+Shift+Up'],
    leader: 'k',
  },
  'next-command': {
    group: 'terminal',
    context: 'terminal',
    mac: ['Cmd+Down'],
    other: ['Ctrl+Shift+Down'],
    leader: 'm',
  },
  'readable-view': { group: 'terminal', context: 'terminal', mac: ['Alt+F2'], windows: ['Alt+F2'], leader: 'a' },
  'upload-files': { group: 'terminal', context: 'terminal' },
  'show-connection': { group: 'terminal', context: 'terminal' },
  'select-output': { group: 'terminal', context: 'terminal' },
  'page-up': { group: 'terminal', context: 'terminal', mac: ['Shift+PageUp'], other: ['Shift+PageUp'] },
  'page-down': { group: 'terminal', context: 'terminal', mac: ['Shift+PageDown'], other: ['Shift+PageDown'] },
  'scroll-top': { group: 'terminal', context: 'terminal', mac: ['Cmd+Home'], other: ['Ctrl+Shift+Home'] },
  'scroll-bottom': { group: 'terminal', context: 'terminal', mac: ['Cmd+End'], other: ['Ctrl+Shift+End'] },
  'leave-terminal': {
    group: 'terminal',
    context: 'terminal',
    mac: ['Shift+Escape'],
    other: ['Shift+Escape'],
    leader: 'Escape',
  },
  'toggle-sidebar': { group: 'view', context: 'anywhere', mac: ['Cmd+B'], other: ['Ctrl+Shift+B'], leader: 'b' },
  'larger-text': {
    group: 'view',
    context: 'anywhere',
    mac: ['Cmd++', 'Cmd+='],
    other: ['Ctrl++', 'Ctrl+='],
    leader: '+',
  },
  'smaller-text': { group: 'view', context: 'anywhere', mac: ['Cmd+-'], other: ['Ctrl+-'], leader: '-' },
  'reset-text': { group: 'view', context: 'anywhere', mac: ['Cmd+0'], other: ['Ctrl+0'], leader: '0' },
  settings: { group: 'view', context: 'anywhere', mac: ['Cmd+,'], other: ['Ctrl+,'], leader: 's' },
  'show-about': { group: 'view', context: 'anywhere' },
  'show-credentials': { group: 'view', context: 'anywhere' },
  'show-scripts': { group: 'view', context: 'anywhere' },
  'show-templates': { group: 'view', context: 'anywhere' },
  'show-worker-settings': { group: 'view', context: 'anywhere' },
  'show-access': { group: 'view', context: 'anywhere' },
  shortcuts: { group: 'view', context: 'anywhere', mac: ['Cmd+/'], other: ['Ctrl+Shift+/'], leader: '?' },
} as const satisfies Record<string, CommandDefinition>

export type CommandId = keyof typeof COMMANDS

export const isCommandId = (text: string): text is CommandId => text in COMMANDS

export const COMMAND_IDS: readonly CommandId[] = Object.keys(COMMANDS).filter(isCommandId)

export const definitionOf = (id: CommandId): CommandDefinition => COMMANDS[id]

/** How many workspaces have a chord of their own: the first nine of the sidebar. */
export const NUMBERED_WORKSPACES = 9

/** Goes to the workspace at this place of the sidebar. */
export const numberedChord = (os: 'mac' | 'windows' | 'linux', position: number): Chord =>
  os === 'mac' ? `Cmd+${position}` : `Ctrl+Shift+${position}`

/** What Chromium keeps for itself in an ordinary tab: tabs and windows made, closed, reopened, switched. */
export const BROWSER_CHORDS: ReadonlySet<Chord> = new Set([
  'Ctrl+Shift+N',
  'Ctrl+Shift+T',
  'Ctrl+Shift+W',
  'Ctrl+Tab',
  'Ctrl+Shift+Tab',
  'Cmd+N',
  'Cmd+T',
  'Cmd+W',
  'Cmd+Shift+T',
  'Cmd+Shift+]',
  'Cmd+Shift+[',
])
